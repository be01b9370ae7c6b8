//===- ElementType.h - Element types of tensors -----------------*- C++ -*-===//
#ifndef TACTUS_ELEMENTTYPE_H
#define TACTUS_ELEMENTTYPE_H

#include <cstdint>
#include <optional>
#include <string_view>

namespace tactus {

enum class ElementType : uint8_t {
  F32,
  F64,
  F16,
  BF16,
  I1,
  I8,
  U8,
  I16,
  I32,
  I64
};

inline constexpr int numElementTypes = 10;

/// The name used in JSON, MLIR text and messages: `f32`, `u8`, `i1`.
std::string_view toString(ElementType type);
/// The name NumPy gives the type: `float32`, `uint8`, `bool`; `bfloat16`.
std::string_view toNumpyString(ElementType type);
std::optional<ElementType> parseElementType(std::string_view name);

/// Bytes of one element in memory; an i1 takes one byte, 0 or 1.
int64_t byteSize(ElementType type);
bool isFloat(ElementType type);
bool isInteger(ElementType type);
bool isSigned(ElementType type);

/// IEEE 754 binary16, stored as its bits.
struct Float16 {
  uint16_t bits = 0;
  Float16() = default;
  /// Rounds to nearest, ties to even.
  explicit Float16(float value);
  /// Rounds once, not through float.
  explicit Float16(double value);
  static Float16 fromBits(uint16_t bits);
  explicit operator float() const;
  explicit operator double() const { return float(*this); }
};

/// The upper half of an IEEE 754 binary32, stored as its bits.
struct BFloat16 {
  uint16_t bits = 0;
  BFloat16() = default;
  /// Rounds to nearest, ties to even.
  explicit BFloat16(float value);
  /// Rounds once, not through float.
  explicit BFloat16(double value);
  static BFloat16 fromBits(uint16_t bits);
  explicit operator float() const;
  explicit operator double() const { return float(*this); }
};

/// The ElementType of a C++ type; `bool` is I1.
template <typename T> struct ElementTypeOf;
template <> struct ElementTypeOf<float> {
  static constexpr ElementType value = ElementType::F32;
};
template <> struct ElementTypeOf<double> {
  static constexpr ElementType value = ElementType::F64;
};
template <> struct ElementTypeOf<Float16> {
  static constexpr ElementType value = ElementType::F16;
};
template <> struct ElementTypeOf<BFloat16> {
  static constexpr ElementType value = ElementType::BF16;
};
template <> struct ElementTypeOf<bool> {
  static constexpr ElementType value = ElementType::I1;
};
template <> struct ElementTypeOf<int8_t> {
  static constexpr ElementType value = ElementType::I8;
};
template <> struct ElementTypeOf<uint8_t> {
  static constexpr ElementType value = ElementType::U8;
};
template <> struct ElementTypeOf<int16_t> {
  static constexpr ElementType value = ElementType::I16;
};
template <> struct ElementTypeOf<int32_t> {
  static constexpr ElementType value = ElementType::I32;
};
template <> struct ElementTypeOf<int64_t> {
  static constexpr ElementType value = ElementType::I64;
};

/// Calls `fn` with a value-initialized object of the C++ type of `type`.
template <typename Fn> decltype(auto) dispatch(ElementType type, Fn &&fn) {
  switch (type) {
  case ElementType::F32:
    return fn(float());
  case ElementType::F64:
    return fn(double());
  case ElementType::F16:
    return fn(Float16());
  case ElementType::BF16:
    return fn(BFloat16());
  case ElementType::I1:
    return fn(bool());
  case ElementType::I8:
    return fn(int8_t());
  case ElementType::U8:
    return fn(uint8_t());
  case ElementType::I16:
    return fn(int16_t());
  case ElementType::I32:
    return fn(int32_t());
  case ElementType::I64:
    return fn(int64_t());
  }
  __builtin_unreachable();
}

} // namespace tactus

#endif // TACTUS_ELEMENTTYPE_H
