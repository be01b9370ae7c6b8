//===- QuarterTurns.cpp - Last places in quarters of a turn ---------------===//
#include "tests/unit/Math/QuarterTurns.h"
#include "tests/unit/Support/Exact.h"

namespace tactus::test {

/// The largest multiple of 2^`exponent` that is at most `x`.
static Exact cut(const Exact &x, long exponent) {
  return Exact::of(mpfr_rint_floor, x.scaled(-exponent)).scaled(exponent);
}

static QuarterTurns computeQuarterTurns() {
  QuarterTurns turns;
  for (long e = 0; e < 128; ++e) {
    Exact whole = (Exact(2) / Exact::pi()).scaled(e - 23);
    Exact rest = whole - cut(whole, 2), high = cut(rest, -27);
    rest = rest - high;
    Exact middle = cut(rest, -56);
    turns.high[e] = high.toDouble();
    turns.middle[e] = middle.toDouble();
    turns.low[e] = (rest - middle).toDouble();
  }
  return turns;
}

const QuarterTurns &quarterTurns() {
  static const QuarterTurns turns = computeQuarterTurns();
  return turns;
}

} // namespace tactus::test
