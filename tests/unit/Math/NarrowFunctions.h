//===- NarrowFunctions.h - Functions of f16 and bf16 ------------*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_MATH_NARROWFUNCTIONS_H
#define TACTUS_TESTS_UNIT_MATH_NARROWFUNCTIONS_H

#include "tests/unit/Math/AccuracyScan.h"

namespace tactus::test {

/// How a function of a narrow type does on all 65,536 inputs.
struct NarrowResult {
  /// Results that are not the nearest number to the exact one.
  int misrounded = 0;
  /// Of these, those that the exact result would give as well, rounded to f32
  /// and again.
  int roundedTwice = 0;
  /// Results that are not the f32 function's, correctly rounded; a test fails
  /// for one.
  int wrong = 0;
  /// The first input that is misrounded.
  double example = 0;
};

/// `type` is f16 or bf16.
NarrowResult judgeNarrow(const Judges &judges, const std::string &type,
                         const Level &level);

} // namespace tactus::test

#endif // TACTUS_TESTS_UNIT_MATH_NARROWFUNCTIONS_H
