//===- Contraction.h - Matrix products --------------------------*- C++ -*-===//
#ifndef TACTUS_CONTRACTION_H
#define TACTUS_CONTRACTION_H

#include "tactus/Graph.h"
#include <optional>
#include <source_location>
#include <string>
#include <vector>

namespace tactus {

/// Returns the matrix product of `lhs` [..., m, k] and `rhs` [..., k, n].
///
/// Leading dimensions broadcast as in NumPy. The result's element type is i32
/// for i8 and u8, else that of the operands, which for f16 and bf16 may be
/// changed to f32. Throws `Error` at once where the inner dimensions or the
/// element types differ.
Value matmul(Operand lhs, Operand rhs,
             std::optional<ElementType> elementType = {});

/// How the sums of a product are made.
struct Accumulation {
  /// What each sum starts from, of the result's element type; it broadcasts to
  /// the result's shape. 0 where there is none.
  std::optional<Operand> init = {};
  /// For sums in f32 in the order of an array that is this deep: a chain of
  /// fused multiply-adds for each `block` of k, added one after the other. The
  /// CPU keeps an order of its own.
  std::optional<int64_t> block = {};
  std::optional<ElementType> elementType = {};
};

/// The same with a say in how it sums. Throws, besides, where `init` does not
/// fit the result, or `block` is not positive or the sums are in another float
/// type.
Value matmul(Operand lhs, Operand rhs, const Accumulation &settings);

/// Returns the sum of products that `equation` names, as NumPy's einsum: each
/// letter is a dimension, and those that the result lacks are summed over.
///
///     einsum("bij,bjk->bik", {x, y})   a product of matrices
///     einsum("bhqd,bhkd->bhqk", {q, k})   scores of attention
///     einsum("i,j->ij", {x, y})   all products
///
/// Without `->` the result has the letters that occur once, in alphabetical
/// order. It becomes transposes, `matmul`, `mul` and `sum`, the operands being
/// joined from the left. Throws where letters and dimensions do not match, a
/// letter stands twice in one operand, or the sizes of letters that have to be
/// joined into one dimension are unknown.
Value einsum(
    const std::string &equation, const std::vector<Operand> &operands,
    const std::source_location &where = std::source_location::current());

} // namespace tactus

#endif // TACTUS_CONTRACTION_H
