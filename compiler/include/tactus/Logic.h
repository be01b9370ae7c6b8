//===- Logic.h - Comparison, choice, logic and bits -------------*- C++ -*-===//
#ifndef TACTUS_LOGIC_H
#define TACTUS_LOGIC_H

#include "tactus/Graph.h"

namespace tactus {

// Shapes broadcast as in NumPy. Operands have one element type, and a number
// takes that of the value beside it; anything else throws `Error` at once.

/// Each returns i1: whether `lhs` is in that relation to `rhs`. A NaN on either
/// side makes notEqual true and all others false.
Value equal(Operand lhs, Operand rhs);
Value notEqual(Operand lhs, Operand rhs);
Value less(Operand lhs, Operand rhs);
Value lessEqual(Operand lhs, Operand rhs);
Value greater(Operand lhs, Operand rhs);
Value greaterEqual(Operand lhs, Operand rhs);

/// Returns the elements of `onTrue` where `condition`, an i1, is true, and
/// those of `onFalse` elsewhere.
Value select(Operand condition, Operand onTrue, Operand onFalse);

/// Returns i1: whether each element of a float tensor is not a number.
Value isNan(Operand input);

/// Returns i1: whether each element of a float tensor is an infinity.
Value isInf(Operand input);

/// Returns i1: whether each element of a float tensor is a finite number.
Value isFinite(Operand input);

/// Returns whether both of two i1 elements are true.
Value logicalAnd(Operand lhs, Operand rhs);

/// Returns whether one at least of two i1 elements is true.
Value logicalOr(Operand lhs, Operand rhs);

/// Returns whether exactly one of two i1 elements is true.
Value logicalXor(Operand lhs, Operand rhs);

/// Returns whether an i1 element is false.
Value logicalNot(Operand input);

/// Returns the bits that are set in both of two integers.
Value bitwiseAnd(Operand lhs, Operand rhs);

/// Returns the bits that are set in one at least of two integers.
Value bitwiseOr(Operand lhs, Operand rhs);

/// Returns the bits in which two integers differ.
Value bitwiseXor(Operand lhs, Operand rhs);

/// Returns an integer with every bit swapped.
Value bitwiseNot(Operand input);

/// Returns `lhs` times 2 to the power of `rhs`, both integers; a shift that is
/// negative or past the width gives 0.
Value shiftLeft(Operand lhs, Operand rhs);

/// Returns `lhs` divided by 2 to the power of `rhs`, both integers, rounded
/// down; a shift that is negative or past the width gives 0, or -1 for a
/// negative `lhs`.
Value shiftRight(Operand lhs, Operand rhs);

} // namespace tactus

#endif // TACTUS_LOGIC_H
