//===- ExactActivations.h - Activations in 400 bits -------------*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_SUPPORT_EXACTACTIVATIONS_H
#define TACTUS_TESTS_UNIT_SUPPORT_EXACTACTIVATIONS_H

#include "tests/unit/Support/Exact.h"

namespace tactus::test {

/// x times a gate that is 0 far below 0.
inline Exact gated(const Exact &x, const Exact &gate) {
  return gate.isZero() && x.isNegative() ? Exact(-0.0L) : x * gate;
}
inline Exact clamped(const Exact &x, long double low, long double high) {
  return Exact::of(mpfr_min, Exact::of(mpfr_max, x, Exact(low)), Exact(high));
}
inline Exact geluErfOf(const Exact &x) {
  Exact half = 0.5L;
  Exact root = Exact::of(mpfr_sqrt, half);
  return gated(x, half * Exact::of(mpfr_erfc, Exact(0) - x * root));
}
inline Exact geluTanhOf(const Exact &x) {
  Exact u = Exact::of(mpfr_sqrt, Exact(2) / Exact::pi()) *
            (x + Exact::ofText("0.044715") * x * x * x);
  return gated(x, sigmoidOf(u + u));
}
inline Exact siluOf(const Exact &x) {
  return gated(x, sigmoidOf(x));
}
inline Exact mishOf(const Exact &x) {
  return gated(x, Exact::of(mpfr_tanh, softplusOf(x)));
}
inline Exact softsignOf(const Exact &x) {
  return x.isInfinite() ? Exact(x.isNegative() ? -1 : 1)
                        : x / (Exact(1) + Exact::of(mpfr_abs, x));
}
inline Exact hardSwishOf(const Exact &x) {
  return gated(x, clamped(x / Exact(6) + Exact(0.5L), 0, 1));
}

} // namespace tactus::test

#endif // TACTUS_TESTS_UNIT_SUPPORT_EXACTACTIVATIONS_H
