//===- ScalarConstant.h - Numbers written beside values ---------*- C++ -*-===//
#ifndef TACTUS_COMPILER_GRAPH_SCALARCONSTANT_H
#define TACTUS_COMPILER_GRAPH_SCALARCONSTANT_H

#include "tactus/Graph.h"

namespace tactus {

/// `scalar` as a tensor of rank 0, rounded once to a float type. Throws at
/// `place` where it is out of the type's range, or has a fraction and the type
/// is an integer's.
Tensor tensorOfScalar(const Operand::Scalar &scalar, ElementType type,
                      const Error::Place &place);

} // namespace tactus

#endif // TACTUS_COMPILER_GRAPH_SCALARCONSTANT_H
