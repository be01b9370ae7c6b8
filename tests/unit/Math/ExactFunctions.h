//===- ExactFunctions.h - Elementwise functions in long double --*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_MATH_EXACTFUNCTIONS_H
#define TACTUS_TESTS_UNIT_MATH_EXACTFUNCTIONS_H

#include <span>

namespace tactus::test {

struct ExactFunction {
  const char *name;
  /// The op, on %v.
  const char *text;
  long double (*exact)(long double);
};

/// Every elementwise function of one float, but those that move or round
/// nothing.
std::span<const ExactFunction> exactFunctions();

/// The distance of `result` from `exact` in units of the last place of T.
template <typename T> double distanceInUnits(T result, long double exact);

} // namespace tactus::test

#endif // TACTUS_TESTS_UNIT_MATH_EXACTFUNCTIONS_H
