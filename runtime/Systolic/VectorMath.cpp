//===- VectorMath.cpp - The arithmetic of the machine's units -------------===//
#include "runtime/Systolic/VectorMath.h"
#include "runtime/Support/Assert.h"
#include <bit>
#include <cstring>

using namespace tactus;
using namespace tactus::systolic;

//===----------------------------------------------------------------------===//
// f64 functions
//===----------------------------------------------------------------------===//

/// 2^n for -1022 <= n <= 1023.
static double powerOfTwo(int n) {
  return std::bit_cast<double>(uint64_t(n + 1023) << 52);
}

/// exp for |x| <= 700: x = n ln 2 + r, and the Taylor series of r to r^13 /
/// 13!, whose rest is below 2^-57 for |r| <= ln 2 / 2.
static double exp64(double x) {
  constexpr double log2e = 0x1.71547652b82fep+0;
  // The upper part has 32 bits, so that its product with n is exact.
  constexpr double ln2High = 0x1.62e42fee00000p-1;
  constexpr double ln2Low = 0x1.a39ef35793c76p-33;
  double n = std::nearbyint(x * log2e);
  double r = (x - n * ln2High) - n * ln2Low;
  double sum = 1;
  for (int i = 13; i > 0; --i)
    sum = 1 + r / i * sum;
  return sum * powerOfTwo(int(n));
}

static double sigmoid64(double x) {
  double e = exp64(-std::fabs(x));
  return (x < 0 ? e : 1) / (1 + e);
}

static double tanh64(double x) {
  double e = exp64(-2 * std::fabs(x));
  double magnitude = (1 - e) / (1 + e);
  return x < 0 ? -magnitude : magnitude;
}

/// erf as 2 / sqrt(pi) exp(-x^2) sum of 2^n x^(2n+1) / (2n+1)!!, whose terms
/// are all of one sign. For |x| <= 6, where 150 terms are enough.
static double erf64(double x) {
  constexpr double twoOverRootPi = 0x1.20dd750429b6dp+0;
  double term = x, sum = x;
  for (int n = 1; n < 150; ++n) {
    term = term * (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return twoOverRootPi * exp64(-x * x) * sum;
}

static double function64(Function function, double x) {
  switch (function) {
  case Function::Sigmoid:
    return sigmoid64(x);
  case Function::Tanh:
    return tanh64(x);
  case Function::Gelu: {
    constexpr double rootHalf = 0x1.6a09e667f3bcdp-1;
    return 0.5 * x * (1 + erf64(x * rootHalf));
  }
  case Function::GeluTanh: {
    constexpr double rootTwoOverPi = 0x1.9884533d43651p-1;
    return x * sigmoid64(2 * rootTwoOverPi * (x + 0.044715 * x * x * x));
  }
  case Function::Silu:
    return x * sigmoid64(x);
  default:
    break;
  }
  TACTUS_UNREACHABLE("only table functions have a table");
}

float systolic::vectorRsqrt(float x) {
  return float(1.0 / std::sqrt(double(x)));
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

static SegmentTable makeTable(Function function) {
  SegmentTable table;
  for (int i = 0; i < SegmentTable::numSegments; ++i) {
    double left = function64(function, -8 + i / 64.0);
    double right = function64(function, -8 + (i + 1) / 64.0);
    table.values[i] = float(left);
    table.slopes[i] = float((right - left) * 64);
  }
  table.below = table.values[0];
  table.above = float(function64(function, 8));
  bool saturates = function == Function::Sigmoid || function == Function::Tanh;
  table.aboveSlope = saturates ? 0 : 1;
  return table;
}

const SegmentTable &systolic::segmentTable(Function function) {
  TACTUS_ASSERT(isTableFunction(function), "it has a table");
  static const std::array<SegmentTable, 5> tables = {
      makeTable(Function::Sigmoid), makeTable(Function::Tanh),
      makeTable(Function::Gelu), makeTable(Function::GeluTanh),
      makeTable(Function::Silu)};
  return tables[size_t(function) - size_t(Function::Sigmoid)];
}

float SegmentTable::operator()(float x) const {
  if (std::isnan(x))
    return x;
  if (x < -8)
    return belowSlope == 0 ? below : below + (x + 8);
  if (x >= 8)
    return aboveSlope == 0 ? above : above + (x - 8);
  int index = int((x + 8) * 64);
  // x + 8 may round up to 16.
  if (index == numSegments)
    --index;
  float left = float(index) / 64 - 8;
  float product = slopes[index] * (x - left);
  return values[index] + product;
}

void systolic::applyFunction(AppliedFunction applied, std::span<float> values,
                             std::span<const float> slopes) {
  auto transform = [&](auto compute) {
    for (float &value : values)
      value = compute(value);
  };
  auto leaky = [](float x, float slope) { return x < 0 ? x * slope : x; };
  float alpha = applied.alpha, beta = applied.beta;
  switch (applied.function) {
  case Function::None:
    return;
  case Function::Relu:
    return transform([](float x) { return x <= 0 ? 0 : x; });
  case Function::LeakyRelu:
    return transform([&](float x) { return leaky(x, alpha); });
  case Function::Prelu:
    if (slopes.size() == 1)
      return transform([&](float x) { return leaky(x, slopes[0]); });
    for (size_t i = 0; i < values.size(); ++i)
      values[i] = leaky(values[i], slopes[i]);
    return;
  case Function::Clip:
    return transform([&](float x) { return minimum(maximum(x, alpha), beta); });
  default: {
    const SegmentTable &table = segmentTable(applied.function);
    return transform([&](float x) { return table(x); });
  }
  }
}

//===----------------------------------------------------------------------===//
// Conversions
//===----------------------------------------------------------------------===//

/// Adding this to an f32 below 2^22 leaves no bits for a fraction.
static constexpr float roundingTerm = 12582912; // 1.5 * 2^23

int8_t systolic::quantize(float value, int zeroPoint) {
  // Bounds past which the sum saturates, whatever the zero point.
  float bounded = value < -512 ? -512 : value > 512 ? 512 : value;
  bounded = std::isnan(value) ? 0 : bounded;
  int rounded = int((bounded + roundingTerm) - roundingTerm) + zeroPoint;
  return int8_t(rounded < -128 ? -128 : rounded > 127 ? 127 : rounded);
}

/// The elements of `data`, which need not be aligned, through `convert`.
template <typename T, typename Fn>
static void loadAs(const uint8_t *data, int64_t count, float *values,
                   Fn convert) {
  for (int64_t i = 0; i < count; ++i) {
    T element;
    std::memcpy(&element, data + i * sizeof(T), sizeof(T));
    values[i] = convert(element);
  }
}

void systolic::loadElements(DataType type, const uint8_t *data, int64_t count,
                            float *values) {
  switch (type) {
  case DataType::I8:
    return loadAs<int8_t>(data, count, values,
                          [](int8_t x) { return float(x); });
  case DataType::BF16:
    return loadAs<uint16_t>(data, count, values, [](uint16_t bits) {
      return std::bit_cast<float>(uint32_t(bits) << 16);
    });
  case DataType::I32:
    return loadAs<int32_t>(data, count, values,
                           [](int32_t x) { return float(x); });
  case DataType::F32:
    std::memcpy(values, data, count * sizeof(float));
    return;
  }
  __builtin_unreachable();
}

/// To nearest, ties to even, as BFloat16's constructor, which is not inline.
static uint16_t bfloat16Bits(float value) {
  uint32_t word = std::bit_cast<uint32_t>(value);
  uint32_t rounded = (word + 0x7fff + (word >> 16 & 1)) >> 16;
  uint32_t quiet = word >> 16 | 0x40;
  return uint16_t((word & 0x7fffffff) > 0x7f800000 ? quiet : rounded);
}

void systolic::storeElements(DataType type, const float *values, int64_t count,
                             int zeroPoint, uint8_t *data) {
  switch (type) {
  case DataType::I8:
    for (int64_t i = 0; i < count; ++i)
      data[i] = uint8_t(quantize(values[i], zeroPoint));
    return;
  case DataType::BF16:
    for (int64_t i = 0; i < count; ++i) {
      uint16_t bits = bfloat16Bits(values[i]);
      std::memcpy(data + 2 * i, &bits, 2);
    }
    return;
  case DataType::F32:
    std::memcpy(data, values, count * sizeof(float));
    return;
  case DataType::I32:
    break;
  }
  TACTUS_UNREACHABLE("i32 results keep the bits of i32 sums");
}
