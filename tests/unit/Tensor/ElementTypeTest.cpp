//===- ElementTypeTest.cpp - Names and 16-bit floats ----------------------===//
#include "tactus/ElementType.h"
#include <bit>
#include <cmath>
#include <gtest/gtest.h>

using namespace tactus;

TEST(ElementTypeTest, NamesRoundTrip) {
  for (int i = 0; i < numElementTypes; ++i)
    EXPECT_EQ(parseElementType(toString(ElementType(i))), ElementType(i));
  EXPECT_EQ(parseElementType("float32"), std::nullopt);
  EXPECT_EQ(parseElementType(""), std::nullopt);
  EXPECT_EQ(toString(ElementType::BF16), "bf16");
  EXPECT_EQ(toNumpyString(ElementType::I1), "bool");
  EXPECT_EQ(toNumpyString(ElementType::U8), "uint8");
}

TEST(ElementTypeTest, SizesAndKinds) {
  EXPECT_EQ(byteSize(ElementType::F64), 8);
  EXPECT_EQ(byteSize(ElementType::BF16), 2);
  EXPECT_EQ(byteSize(ElementType::I1), 1);
  EXPECT_TRUE(isFloat(ElementType::F16));
  EXPECT_FALSE(isFloat(ElementType::I1));
  EXPECT_TRUE(isInteger(ElementType::I1));
  EXPECT_FALSE(isSigned(ElementType::U8));
  EXPECT_TRUE(isSigned(ElementType::I64));
}

TEST(ElementTypeTest, Float16HandWorkedValues) {
  EXPECT_EQ(Float16(1.0f).bits, 0x3c00);
  EXPECT_EQ(Float16(-2.0f).bits, 0xc000);
  EXPECT_EQ(Float16(-0.0f).bits, 0x8000);
  EXPECT_EQ(Float16(65504.0).bits, 0x7bff);
  // Halfway between the greatest value and 2^16: ties to even, to infinity.
  EXPECT_EQ(Float16(65520.0).bits, 0x7c00);
  EXPECT_EQ(Float16(std::nextafter(65520.0, 0.0)).bits, 0x7bff);
  EXPECT_EQ(Float16(-1e300).bits, 0xfc00);
  EXPECT_EQ(Float16(0x1p-24).bits, 0x0001);
  EXPECT_EQ(Float16(0x1p-25).bits, 0x0000);
  EXPECT_EQ(Float16(std::nextafter(0x1p-25, 1.0)).bits, 0x0001);
  EXPECT_EQ(Float16(0x1.8p-24).bits, 0x0002);
  // The greatest subnormal's upper neighbor is the least normal number.
  EXPECT_EQ(Float16(0x1.ffep-15).bits, 0x0400);
  EXPECT_EQ(Float16(5e-324).bits, 0x0000);
  EXPECT_EQ(float(Float16::fromBits(0x03ff)), 1023 * 0x1p-24f);
}

TEST(ElementTypeTest, DoubleRoundsOnce) {
  // 1 + 2^-11 + 2^-40 is above the tie; through float it would fall on it.
  EXPECT_EQ(Float16(1 + 0x1p-11 + 0x1p-40).bits, 0x3c01);
  EXPECT_EQ(Float16(float(1 + 0x1p-11 + 0x1p-40)).bits, 0x3c00);
  EXPECT_EQ(BFloat16(1 + 0x1p-8 + 0x1p-40).bits, 0x3f81);
  EXPECT_EQ(BFloat16(float(1 + 0x1p-8 + 0x1p-40)).bits, 0x3f80);
}

TEST(ElementTypeTest, NaNsStayNaNsAndBecomeQuiet) {
  EXPECT_EQ(Float16(std::bit_cast<float>(0x7f800001u)).bits, 0x7e00);
  EXPECT_EQ(Float16(std::bit_cast<float>(0xffc02000u)).bits, 0xfe01);
  EXPECT_EQ(BFloat16(std::bit_cast<float>(0x7f800001u)).bits, 0x7fc0);
  EXPECT_EQ(BFloat16(std::nan("")).bits, 0x7fc0);
  EXPECT_TRUE(std::isnan(float(Float16::fromBits(0x7c01))));
  EXPECT_TRUE(std::isinf(float(Float16::fromBits(0x7c00))));
}

TEST(ElementTypeTest, BFloat16HandWorkedValues) {
  EXPECT_EQ(BFloat16(1.0f).bits, 0x3f80);
  EXPECT_EQ(BFloat16(0x1.fffffep127f).bits, 0x7f80);
  EXPECT_EQ(BFloat16(0x1.fep127).bits, 0x7f7f);
  EXPECT_EQ(BFloat16(0x1p-133).bits, 0x0001);
  EXPECT_EQ(BFloat16(0x1p-134).bits, 0x0000);
  EXPECT_EQ(BFloat16(0x1.8p-133).bits, 0x0002);
  EXPECT_EQ(BFloat16(-0x1p-149f).bits, 0x8000);
}

/// Every value converts to itself, and the point between neighbors goes to the
/// even one, just above and below it to the nearer one.
template <typename T> static void checkAll(uint16_t infinity) {
  for (uint32_t bits = 0; bits < infinity; ++bits) {
    double low = double(T::fromBits(uint16_t(bits)));
    ASSERT_EQ(T(low).bits, bits);
    ASSERT_EQ(T(float(low)).bits, bits);
    ASSERT_EQ(T(-low).bits, bits | 0x8000);
    if (bits + 1u == infinity)
      break;
    double high = double(T::fromBits(uint16_t(bits + 1)));
    double middle = (low + high) / 2;
    ASSERT_EQ(T(middle).bits, bits + (bits & 1));
    ASSERT_EQ(T(std::nextafter(middle, 0.0)).bits, bits);
    ASSERT_EQ(T(std::nextafter(middle, 1e300)).bits, bits + 1);
  }
}

TEST(ElementTypeTest, AllFloat16RoundToNearestEven) {
  checkAll<Float16>(0x7c00);
}

TEST(ElementTypeTest, AllBFloat16RoundToNearestEven) {
  checkAll<BFloat16>(0x7f80);
}
