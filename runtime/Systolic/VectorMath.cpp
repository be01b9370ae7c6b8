//===- VectorMath.cpp - The arithmetic of the machine's units -------------===//
#include "runtime/Systolic/VectorMath.h"
#include "runtime/Support/Assert.h"
#include "tactus/ElementType.h"
#include <bit>
#include <cmath>
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

float systolic::vectorExp(float x) {
  if (std::isnan(x))
    return x;
  // Beyond these the f32 is 0 or infinity.
  if (x < -150)
    return 0;
  if (x > 100)
    return std::bit_cast<float>(0x7f800000u);
  return float(exp64(x));
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

//===----------------------------------------------------------------------===//
// Conversions
//===----------------------------------------------------------------------===//

int8_t systolic::quantize(float value, int zeroPoint) {
  if (std::isnan(value))
    return int8_t(zeroPoint);
  // Bounds past which the sum saturates, whatever the zero point.
  float bounded = value < -512 ? -512 : value > 512 ? 512 : value;
  int rounded = int(std::nearbyint(bounded)) + zeroPoint;
  return int8_t(rounded < -128 ? -128 : rounded > 127 ? 127 : rounded);
}

float systolic::loadElement(DataType type, const uint8_t *data) {
  switch (type) {
  case DataType::I8:
    return float(int8_t(*data));
  case DataType::BF16: {
    uint16_t bits;
    std::memcpy(&bits, data, 2);
    return float(BFloat16::fromBits(bits));
  }
  case DataType::I32: {
    int32_t value;
    std::memcpy(&value, data, 4);
    return float(value);
  }
  case DataType::F32: {
    float value;
    std::memcpy(&value, data, 4);
    return value;
  }
  }
  __builtin_unreachable();
}

void systolic::storeElement(DataType type, uint8_t *data, float value,
                            int zeroPoint) {
  switch (type) {
  case DataType::I8:
    *data = uint8_t(quantize(value, zeroPoint));
    return;
  case DataType::BF16: {
    uint16_t bits = BFloat16(value).bits;
    std::memcpy(data, &bits, 2);
    return;
  }
  case DataType::F32:
    std::memcpy(data, &value, 4);
    return;
  case DataType::I32:
    break;
  }
  TACTUS_UNREACHABLE("i32 results keep the bits of i32 sums");
}
