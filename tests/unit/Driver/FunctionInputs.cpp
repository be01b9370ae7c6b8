//===- FunctionInputs.cpp - Numbers of every size, by their bits ----------===//
#include "tests/unit/Driver/FunctionInputs.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

namespace tactus::test {

namespace {

/// Where one of the functions, in one of the types, has a limit, a tie, a zero
/// or another way to be computed; with both signs.
const double places[] = {0,
                         0x1p-1074,
                         0x1p-1022,
                         0x1p-149,
                         0x1p-126,
                         0x1p-24,
                         0x1p-14,
                         0x1p-12,
                         0.25,
                         1.0 / 3,
                         0.46875,
                         0.5,
                         0x1.6a09e6p-1,
                         0.75,
                         1,
                         0x1.6a09e6p0,
                         1.5,
                         0x1.921fb54442d18p0,
                         2,
                         2.5,
                         3,
                         0x1.921fb54442d18p1,
                         3.5,
                         4,
                         6,
                         9.0109,
                         10.055,
                         13.1,
                         16.6355,
                         17.33,
                         37.4,
                         87.33655,
                         88.37627,
                         88.72284,
                         89.4159,
                         103.97208,
                         128,
                         709.782712893384,
                         745.1332191019411,
                         1024.5,
                         65504,
                         0x1p17,
                         0x1p20,
                         0x1.fffffcp21,
                         0x1p23,
                         0x1p31,
                         0x1p52,
                         0x1p63,
                         0x1.fffffep127,
                         0x1.fffffffffffffp1023,
                         INFINITY};

struct Layout {
  int exponentBits, fractionBits;

  static Layout of(ElementType type) {
    switch (type) {
    case ElementType::F64:
      return {11, 52};
    case ElementType::F16:
      return {5, 10};
    case ElementType::BF16:
      return {8, 7};
    default:
      return {8, 23};
    }
  }
  uint64_t fractions() const { return (uint64_t(1) << fractionBits) - 1; }
  uint64_t infinity() const {
    return ((uint64_t(1) << exponentBits) - 1) << fractionBits;
  }
  uint64_t sign() const { return uint64_t(1) << (exponentBits + fractionBits); }
};

template <typename T> uint64_t bitsOfNumber(double number) {
  T narrow(number);
  uint64_t bits = 0;
  std::memcpy(&bits, &narrow, sizeof(narrow));
  return bits;
}

uint64_t bitsAs(ElementType type, double number) {
  switch (type) {
  case ElementType::F64:
    return bitsOfNumber<double>(number);
  case ElementType::F16:
    return bitsOfNumber<Float16>(number);
  case ElementType::BF16:
    return bitsOfNumber<BFloat16>(number);
  default:
    return bitsOfNumber<float>(number);
  }
}

bool isNan(ElementType type, uint64_t bits) {
  return sizeOf(type, bits) > Layout::of(type).infinity();
}

} // namespace

std::vector<uint64_t> sampleBits(ElementType type) {
  Layout layout = Layout::of(type);
  std::vector<uint64_t> samples = {layout.infinity() |
                                   (layout.fractions() + 1) / 2};
  for (double place : places)
    for (uint64_t sign : {uint64_t(0), layout.sign()}) {
      uint64_t bits = bitsAs(type, place);
      samples.push_back(bits | sign);
      if (bits != layout.infinity())
        samples.push_back((bits + 1) | sign);
      if (bits != 0)
        samples.push_back((bits - 1) | sign);
    }
  // As many of each exponent as make some thousands of all, and half as many
  // again where functions bend.
  std::mt19937_64 random(11);
  uint64_t exponents = uint64_t(1) << layout.exponentBits;
  uint64_t ofEach = std::max<uint64_t>(1, 2048 / exponents);
  auto add = [&](uint64_t exponent) {
    uint64_t bits = random();
    samples.push_back((exponent << layout.fractionBits) |
                      (bits & layout.fractions()) |
                      (bits >> 63 ? layout.sign() : 0));
  };
  for (uint64_t exponent = 0; exponent < exponents - 1; ++exponent)
    for (uint64_t i = 0; i < 2 * ofEach; ++i)
      add(exponent);
  for (int i = 0; i < 2048; ++i)
    add(exponents / 2 - 12 + random() % 20);
  return samples;
}

uint64_t bitsOfOne(ElementType type) {
  return bitsAs(type, 1);
}

uint64_t sizeOf(ElementType type, uint64_t bits) {
  return bits & ~Layout::of(type).sign();
}

uint64_t withExponentOfOne(ElementType type, uint64_t bits) {
  return (bits & Layout::of(type).fractions()) | bitsOfOne(type);
}

uint64_t bitsOf(const Tensor &tensor, int64_t i) {
  int64_t size = byteSize(tensor.elementType());
  uint64_t bits = 0;
  std::memcpy(&bits, static_cast<const char *>(tensor.rawData()) + i * size,
              size_t(size));
  return bits;
}

void setBits(Tensor &tensor, int64_t i, uint64_t bits) {
  int64_t size = byteSize(tensor.elementType());
  std::memcpy(static_cast<char *>(tensor.mutableRawData()) + i * size, &bits,
              size_t(size));
}

bool hasNumbers(const Tensor &tensor) {
  for (int64_t i = 0; i < tensor.numElements(); ++i)
    if (!isNan(tensor.elementType(), bitsOf(tensor, i)))
      return true;
  return false;
}

int64_t firstDifference(const Tensor &a, const Tensor &b) {
  if (a.bitwiseEquals(b))
    return -1;
  for (int64_t i = 0; i < a.numElements(); ++i) {
    uint64_t x = bitsOf(a, i), y = bitsOf(b, i);
    if (x != y && !(isNan(a.elementType(), x) && isNan(b.elementType(), y)))
      return i;
  }
  return -1;
}

} // namespace tactus::test
