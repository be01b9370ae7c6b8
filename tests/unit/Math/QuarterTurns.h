//===- QuarterTurns.h - Last places in quarters of a turn -------*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_MATH_QUARTERTURNS_H
#define TACTUS_TESTS_UNIT_MATH_QUARTERTURNS_H

namespace tactus::test {

/// The last place of a float of exponent e from 0 on, 2^(e - 23), in quarters
/// of a turn, less a multiple of 4, as three terms: multiples of 2^-27 and
/// 2^-56, of 29 bits each, and what is below.
struct QuarterTurns {
  double high[128], middle[128], low[128];
};
const QuarterTurns &quarterTurns();

} // namespace tactus::test

#endif // TACTUS_TESTS_UNIT_MATH_QUARTERTURNS_H
