//===- QuickFunctions.h - Functions for a scan of all floats ----*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_MATH_QUICKFUNCTIONS_H
#define TACTUS_TESTS_UNIT_MATH_QUICKFUNCTIONS_H

#include <string_view>

namespace tactus::test {

/// What a scan needs of a function of ExactFunctions.h beside it.
struct QuickFunction {
  const char *name;
  /// Fills `count` f64, a multiple of 8: the function within 2^-44 of itself,
  /// by the vector functions of the C library.
  void (*reference)(const float *x, double *y, long count);
  /// As a user writes it with the C library's float functions; null where it is
  /// one instruction.
  float (*library)(float);
  /// The op of MLIR's math dialect that has an approximation, or null.
  const char *mlir;
};

/// Null for a name that it does not know.
const QuickFunction *findQuickFunction(std::string_view name);

} // namespace tactus::test

#endif // TACTUS_TESTS_UNIT_MATH_QUICKFUNCTIONS_H
