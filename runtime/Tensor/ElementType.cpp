//===- ElementType.cpp - Element types of tensors -------------------------===//
#include "tactus/ElementType.h"
#include "runtime/Support/Assert.h"
#include <bit>

using namespace tactus;

namespace {
struct Description {
  std::string_view name;
  std::string_view numpyName;
  int64_t bytes;
};
} // namespace

/// In the order of the enumeration.
static constexpr Description descriptions[numElementTypes] = {
    {"f32", "float32", 4},   {"f64", "float64", 8}, {"f16", "float16", 2},
    {"bf16", "bfloat16", 2}, {"i1", "bool", 1},     {"i8", "int8", 1},
    {"u8", "uint8", 1},      {"i16", "int16", 2},   {"i32", "int32", 4},
    {"i64", "int64", 8},
};

static const Description &describe(ElementType type) {
  TACTUS_ASSERT(int(type) < numElementTypes, "an element type out of range");
  return descriptions[int(type)];
}

std::string_view tactus::toString(ElementType type) {
  return describe(type).name;
}

std::string_view tactus::toNumpyString(ElementType type) {
  return describe(type).numpyName;
}

std::optional<ElementType> tactus::parseElementType(std::string_view name) {
  for (int i = 0; i < numElementTypes; ++i)
    if (descriptions[i].name == name)
      return ElementType(i);
  return std::nullopt;
}

int64_t tactus::byteSize(ElementType type) {
  return describe(type).bytes;
}

bool tactus::isFloat(ElementType type) {
  return type == ElementType::F32 || type == ElementType::F64 ||
         type == ElementType::F16 || type == ElementType::BF16;
}

bool tactus::isInteger(ElementType type) {
  return !isFloat(type);
}

bool tactus::isSigned(ElementType type) {
  return type != ElementType::U8 && type != ElementType::I1;
}

/// The bits of `value` rounded once, to nearest with ties to even, to a sign,
/// `exponentBits` and `mantissaBits`. All in integers, so that neither the
/// rounding mode nor flushing of subnormals matters. NaNs keep the upper bits
/// of their payload and become quiet.
static uint16_t narrow(double value, int exponentBits, int mantissaBits) {
  const uint64_t bits = std::bit_cast<uint64_t>(value);
  const uint16_t sign = uint16_t(bits >> 63) << (exponentBits + mantissaBits);
  const uint16_t infinity = ((1u << exponentBits) - 1) << mantissaBits;
  const uint64_t fraction = bits & ((uint64_t(1) << 52) - 1);
  const int exponent = int(bits >> 52 & 0x7ff);

  if (exponent == 0x7ff) {
    if (!fraction)
      return sign | infinity;
    return sign | infinity | uint16_t(1u << (mantissaBits - 1)) |
           uint16_t(fraction >> (52 - mantissaBits));
  }
  // A double that is zero or subnormal is far below half the least result.
  if (exponent == 0)
    return sign;

  const int bias = (1 << (exponentBits - 1)) - 1;
  int target = exponent - 1023 + bias;
  if (target > 2 * bias)
    return sign | infinity;
  uint64_t significand = fraction | uint64_t(1) << 52;
  int shift = 52 - mantissaBits;
  if (target <= 0) {
    // Subnormal: the exponent field stays 0, the significand shifts further.
    shift += 1 - target;
    target = 0;
    if (shift > 53)
      return sign;
  } else {
    significand &= ~(uint64_t(1) << 52);
  }
  uint64_t kept = significand >> shift;
  const uint64_t rest = significand & ((uint64_t(1) << shift) - 1);
  const uint64_t half = uint64_t(1) << (shift - 1);
  if (rest > half || (rest == half && (kept & 1)))
    ++kept;
  // A carry out of the mantissa moves into the exponent, up to infinity, which
  // is just what rounding asks for.
  return sign | uint16_t((uint64_t(target) << mantissaBits) + kept);
}

/// Converts a NaN by bits too: arithmetic could change its payload.
static double widenExactly(float value) {
  uint32_t bits = std::bit_cast<uint32_t>(value);
  if ((bits & 0x7fffffff) <= 0x7f800000)
    return value;
  return std::bit_cast<double>(uint64_t(bits >> 31) << 63 |
                               uint64_t(0x7ff) << 52 |
                               uint64_t(bits & 0x7fffff) << 29);
}

Float16::Float16(double value) : bits(narrow(value, 5, 10)) {}
Float16::Float16(float value) : bits(narrow(widenExactly(value), 5, 10)) {}

Float16 Float16::fromBits(uint16_t bits) {
  Float16 result;
  result.bits = bits;
  return result;
}

Float16::operator float() const {
  const uint32_t sign = uint32_t(bits & 0x8000) << 16;
  const uint32_t exponent = bits >> 10 & 0x1f;
  const uint32_t mantissa = bits & 0x3ff;
  if (exponent == 0x1f) {
    const uint32_t quiet = mantissa ? 0x400000 : 0;
    return std::bit_cast<float>(sign | 0x7f800000 | quiet | mantissa << 13);
  }
  if (exponent)
    return std::bit_cast<float>(sign | (exponent + 112) << 23 | mantissa << 13);
  // A subnormal is a small multiple of 2^-24, which is exact in float.
  const float magnitude = float(mantissa) * 0x1p-24f;
  return std::bit_cast<float>(sign | std::bit_cast<uint32_t>(magnitude));
}

BFloat16::BFloat16(double value) : bits(narrow(value, 8, 7)) {}

BFloat16::BFloat16(float value) {
  const uint32_t word = std::bit_cast<uint32_t>(value);
  if ((word & 0x7fffffff) > 0x7f800000)
    bits = uint16_t(word >> 16 | 0x40);
  else
    bits = uint16_t((word + 0x7fff + (word >> 16 & 1)) >> 16);
}

BFloat16 BFloat16::fromBits(uint16_t bits) {
  BFloat16 result;
  result.bits = bits;
  return result;
}

BFloat16::operator float() const {
  return std::bit_cast<float>(uint32_t(bits) << 16);
}
