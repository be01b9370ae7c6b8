//===- RoundedFunctions.cpp - exp and log by two roundings ----------------===//
//
// Both give the f64 nearest to the true value, rounded to f32: what a good C
// library's functions of f64 give, which the interpreter calls. A quick
// estimate decides all inputs but those that lie close to the middle of two
// f32; these are computed again as an unevaluated sum of two f64.
//
//===----------------------------------------------------------------------===//
#include "runtime/Systolic/VectorMath.h"
#include <bit>
#include <cmath>
#include <limits>

using namespace tactus;
using namespace tactus::systolic;

static constexpr double log2e = 0x1.71547652b82fep+0;
// The upper part has 33 bits, so that its product with a small whole number is
// exact; both together miss ln 2 by 2^-86.
static constexpr double ln2High = 0x1.62e42fee00000p-1;
static constexpr double ln2Low = 0x1.a39ef35793c76p-33;

//===----------------------------------------------------------------------===//
// Sums of two f64
//===----------------------------------------------------------------------===//

namespace {
/// high + low, where high is the f64 nearest to that sum.
struct Pair {
  double high, low;
};
} // namespace

/// a + b exactly, for |a| >= |b|.
static Pair sumOfOrdered(double a, double b) {
  double sum = a + b;
  return {sum, b - (sum - a)};
}

/// a + b exactly.
static Pair sum(double a, double b) {
  double sum = a + b;
  double ofB = sum - a;
  return {sum, (a - (sum - ofB)) + (b - ofB)};
}

/// a * b exactly: by halves of 26 bits, whose products are exact.
static Pair product(double a, double b) {
  constexpr double splitter = 134217729; // 2^27 + 1
  double upperA = splitter * a - (splitter * a - a), lowerA = a - upperA;
  double upperB = splitter * b - (splitter * b - b), lowerB = b - upperB;
  double product = a * b;
  double rest = ((upperA * upperB - product) + upperA * lowerB) +
                lowerA * upperB + lowerA * lowerB;
  return {product, rest};
}

/// Whether every number within `error` of `estimate`, relative to it, has one
/// nearest f32.
static bool isDecided(double estimate, double error) {
  return float(estimate - estimate * error) ==
         float(estimate + estimate * error);
}

//===----------------------------------------------------------------------===//
// exp
//===----------------------------------------------------------------------===//

/// 2^n for -1022 <= n <= 1023.
static double powerOfTwo(int n) {
  return std::bit_cast<double>(uint64_t(n + 1023) << 52);
}

/// x = n ln 2 + r with |r| <= ln 2 / 2, and the Taylor series of r to r^13 /
/// 13!, whose rest is below 2^-57. To 2^-50.
static double estimateExp(double x, double n) {
  double r = (x - n * ln2High) - n * ln2Low;
  static constexpr double inverses[] = {1.0 / 2,  1.0 / 3,  1.0 / 4,  1.0 / 5,
                                        1.0 / 6,  1.0 / 7,  1.0 / 8,  1.0 / 9,
                                        1.0 / 10, 1.0 / 11, 1.0 / 12, 1.0 / 13};
  double sum = 1;
  for (int i = 11; i >= 0; --i)
    sum = 1 + r * inverses[i] * sum;
  return (1 + r * sum) * powerOfTwo(int(n));
}

/// The same series of r / 16, then squared four times. To 2^-66.
static Pair exactExp(double x, double n) {
  Pair r = sum(x - n * ln2High, -(n * ln2Low));
  double t = r.high / 16, tLow = r.low / 16;
  // t^3 (1/3! + t/4! + ... + t^6/9!), below 2^-19 of the whole.
  double tail = 1;
  for (int i = 9; i > 3; --i)
    tail = 1 + t / i * tail;
  tail = t * t * t / 6 * tail;
  Pair square = product(t, t);
  Pair value = sumOfOrdered(1, t);
  Pair half = sumOfOrdered(value.high, square.high / 2);
  value =
      sumOfOrdered(half.high, value.low + half.low +
                                  (tLow + (square.low / 2 + t * tLow) + tail));
  for (int i = 0; i < 4; ++i) {
    Pair squared = product(value.high, value.high);
    value =
        sumOfOrdered(squared.high, squared.low + 2 * value.high * value.low);
  }
  double scale = powerOfTwo(int(n));
  return {value.high * scale, value.low * scale};
}

float systolic::vectorExp(float x) {
  if (std::isnan(x))
    return x;
  // Beyond these the f32 is 0 or infinity.
  if (x < -150)
    return 0;
  if (x > 100)
    return std::numeric_limits<float>::infinity();
  double n = std::nearbyint(x * log2e);
  double estimate = estimateExp(x, n);
  if (isDecided(estimate, 0x1p-48))
    return float(estimate);
  return float(exactExp(x, n).high);
}

//===----------------------------------------------------------------------===//
// log
//===----------------------------------------------------------------------===//

/// 1/first + w/(first + 2) + ... + w^n/last.
static double oddSeries(double w, int first, int last) {
  double sum = 0;
  for (int i = last; i >= first; i -= 2)
    sum = sum * w + 1.0 / i;
  return sum;
}

/// e ln 2 + log m by log m = 2 atanh s, s = (m - 1) / (m + 1), |s| < 0.172. To
/// 2^-49.
static double estimateLog(double m, int e) {
  double s = (m - 1) / (m + 1), w = s * s;
  double rest = s * w * oddSeries(w, 3, 27);
  return e * ln2High + (2 * s + (2 * rest + e * ln2Low));
}

/// The same with the first two terms of the series as sums of two. To 2^-63.
static Pair exactLog(double m, int e) {
  // m has 24 bits, so both are exact.
  double numerator = m - 1, denominator = m + 1;
  double s = numerator / denominator;
  Pair back = product(s, denominator);
  double sLow = ((numerator - back.high) - back.low) / denominator;
  Pair w = product(s, s);
  w.low += 2 * s * sLow;
  Pair cube = product(s, w.high);
  cube.low += s * w.low + sLow * w.high;
  double third = cube.high / 3;
  Pair three = product(third, 3);
  double thirdLow = ((cube.high - three.high) - three.low + cube.low) / 3;
  double tail = s * w.high * w.high * oddSeries(w.high, 5, 27);
  Pair value = sumOfOrdered(s, third);
  value = sumOfOrdered(value.high, value.low + (sLow + thirdLow + tail));
  Pair whole = sum(e * ln2High, 2 * value.high);
  return sumOfOrdered(whole.high, whole.low + (2 * value.low + e * ln2Low));
}

float systolic::vectorLog(float x) {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  if (x == 0)
    return -infinity;
  if (x < 0)
    return std::numeric_limits<float>::quiet_NaN();
  if (std::isnan(x) || x == infinity)
    return x;
  // As an f64 it is normal: m from sqrt(1/2) to sqrt(2).
  uint64_t bits = std::bit_cast<uint64_t>(double(x));
  int e = int(bits >> 52) - 1023;
  double m = std::bit_cast<double>((bits & 0xfffffffffffffull) |
                                   0x3ff0000000000000ull);
  if (m > 0x1.6a09e667f3bcdp+0) {
    m /= 2;
    ++e;
  }
  double estimate = estimateLog(m, e);
  if (isDecided(estimate, 0x1p-47))
    return float(estimate);
  return float(exactLog(m, e).high);
}
