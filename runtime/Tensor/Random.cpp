//===- Random.cpp - Random numbers, the same on every target --------------===//
#include "runtime/Tensor/Random.h"
#include <cmath>
#include <utility>

using namespace tactus;

std::array<uint32_t, 4> tactus::philox4x32(std::array<uint32_t, 4> counter,
                                           std::array<uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const uint64_t first = uint64_t(0xd2511f53) * counter[0];
    const uint64_t second = uint64_t(0xcd9e8d57) * counter[2];
    counter = {uint32_t(second >> 32) ^ counter[1] ^ key[0], uint32_t(second),
               uint32_t(first >> 32) ^ counter[3] ^ key[1], uint32_t(first)};
    key[0] += 0x9e3779b9;
    key[1] += 0xbb67ae85;
  }
  return counter;
}

std::array<uint32_t, 4> tactus::philoxBlock(uint64_t block, Seed seed) {
  return philox4x32({uint32_t(block), uint32_t(block >> 32), 0, 0},
                    {uint32_t(seed.value), uint32_t(seed.value >> 32)});
}

Tensor Tensor::random(const TensorType &type, Seed seed) {
  Tensor tensor = zeros(type);
  dispatch(tensor.elementType(), [&](auto zero) {
    using T = decltype(zero);
    std::span<T> out = tensor.mutableData<T>();
    for (size_t i = 0; i < out.size(); i += 4) {
      std::array<uint32_t, 4> words = philoxBlock(i / 4, seed);
      for (size_t lane = 0; lane < 4 && i + lane < out.size(); ++lane)
        out[i + lane] = uniformFromWord<T>(words[lane]);
    }
  });
  return tensor;
}

//===----------------------------------------------------------------------===//
// Normal numbers
//===----------------------------------------------------------------------===//

/// The natural logarithm of n / 2^32 for 1 <= n <= 2^32. With n = m * 2^e and m
/// within a factor sqrt(2) of 1 it is e log(2) + 2 atanh((m - 1) / (m + 1)).
/// The Taylor series is cut after s^21, where s is below 0.172: the rest is
/// below 2^-58 of the sum.
static double logOfFraction(uint64_t n) {
  int exponent = 63 - __builtin_clzll(n);
  double m = double(n) / double(uint64_t(1) << exponent);
  if (m > 1.4142135623730951) {
    m = m * 0.5;
    ++exponent;
  }
  const double s = (m - 1.0) / (m + 1.0);
  const double square = s * s;
  double sum = 1.0 / 21.0;
  for (double odd = 19.0; odd >= 1.0; odd -= 2.0)
    sum = sum * square + 1.0 / odd;
  return double(exponent - 32) * 0.6931471805599453 + 2.0 * s * sum;
}

/// The Taylor series of sine and cosine up to x^17 and x^18; for 0 <= x <= pi/4
/// the rest is below 2^-58.
static double sineNearZero(double x) {
  const double square = x * x;
  double sum = 1.0;
  for (double n = 16.0; n >= 2.0; n -= 2.0)
    sum = 1.0 - sum * square / (n * (n + 1.0));
  return x * sum;
}

static double cosineNearZero(double x) {
  const double square = x * x;
  double sum = 1.0;
  for (double n = 17.0; n >= 1.0; n -= 2.0)
    sum = 1.0 - sum * square / (n * (n + 1.0));
  return sum;
}

std::array<double, 2> tactus::normalsFromWords(uint32_t first,
                                               uint32_t second) {
  const double radius = std::sqrt(-2.0 * logOfFraction(uint64_t(first) + 1));

  // The upper three bits are the octant; in odd ones the angle is measured back
  // from the next, so that it never exceeds pi/4 and the split is exact.
  const uint32_t octant = second >> 29;
  uint32_t rest = second & 0x1fffffff;
  if (octant & 1)
    rest = 0x20000000 - rest;
  const double angle = double(rest) * (0.7853981633974483 * 0x1p-29);
  double cosine = cosineNearZero(angle), sine = sineNearZero(angle);

  // Octants 1, 2, 5 and 6 lie nearer to the axis of the sine.
  if ((octant + 1) & 2)
    std::swap(cosine, sine);
  if (octant >= 2 && octant <= 5)
    cosine = -cosine;
  if (octant >= 4)
    sine = -sine;
  return {radius * cosine, radius * sine};
}

Tensor tactus::randomNormal(const TensorType &type, Seed seed) {
  if (!isFloat(type.elementType))
    throw Error("expected a float type for normal numbers, but got " +
                type.str());
  Tensor tensor = Tensor::zeros(type);
  dispatch(tensor.elementType(), [&](auto zero) {
    using T = decltype(zero);
    if constexpr (!std::is_integral_v<T>) {
      std::span<T> out = tensor.mutableData<T>();
      for (size_t i = 0; i < out.size(); i += 4) {
        std::array<uint32_t, 4> words = philoxBlock(i / 4, seed);
        for (size_t lane = 0; lane < 4 && i + lane < out.size(); ++lane) {
          size_t pair = lane & ~size_t(1);
          out[i + lane] =
              T(normalsFromWords(words[pair], words[pair + 1])[lane & 1]);
        }
      }
    }
  });
  return tensor;
}
