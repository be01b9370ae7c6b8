//===- Contraction.h - Matrix products --------------------------*- C++ -*-===//
#ifndef TACTUS_CONTRACTION_H
#define TACTUS_CONTRACTION_H

#include "tactus/Graph.h"
#include <optional>

namespace tactus {

/// Returns the matrix product of `lhs` [..., m, k] and `rhs` [..., k, n].
///
/// Leading dimensions broadcast as in NumPy. The result's element type is i32
/// for i8 and u8, else that of the operands, which for f16 and bf16 may be
/// changed to f32. Throws `Error` at once where the inner dimensions or the
/// element types differ.
Value matmul(Operand lhs, Operand rhs,
             std::optional<ElementType> elementType = {});

} // namespace tactus

#endif // TACTUS_CONTRACTION_H
