//===- FloatTextTest.cpp - Floats to and from decimal ---------------------===//
#include "runtime/Support/FloatText.h"
#include <bit>
#include <cmath>
#include <gtest/gtest.h>
#include <random>

using namespace tactus;

TEST(FloatTextTest, ShortestOfEachType) {
  EXPECT_EQ(toShortestString(0.1), "0.1");
  EXPECT_EQ(toShortestString(0.1f), "0.1");
  EXPECT_EQ(toShortestString(Float16(0.1)), "0.1");
  EXPECT_EQ(toShortestString(BFloat16(0.1)), "0.1");
  EXPECT_EQ(toShortestString(1.0f), "1.0");
  EXPECT_EQ(toShortestString(-0.0), "-0.0");
  EXPECT_EQ(toShortestString(1e15), "1000000000000000.0");
  EXPECT_EQ(toShortestString(1e16), "1e+16");
  EXPECT_EQ(toShortestString(0.0001), "0.0001");
  EXPECT_EQ(toShortestString(0.00001), "1e-05");
  EXPECT_EQ(toShortestString(5e-324), "5e-324");
  EXPECT_EQ(toShortestString(HUGE_VAL), "inf");
  EXPECT_EQ(toShortestString(-std::nan("")), "nan");
}

template <typename T> static void checkAllReadBack() {
  for (uint32_t bits = 0; bits < 0x10000; ++bits) {
    T value = T::fromBits(uint16_t(bits));
    std::string text = toShortestString(value);
    auto read = parseFloat<T>(text);
    ASSERT_TRUE(read) << text;
    if (std::isnan(float(value)))
      ASSERT_TRUE(std::isnan(float(*read)));
    else
      ASSERT_EQ(read->bits, bits) << text;
  }
}

TEST(FloatTextTest, EveryFloat16ReadsBack) {
  checkAllReadBack<Float16>();
}

TEST(FloatTextTest, EveryBFloat16ReadsBack) {
  checkAllReadBack<BFloat16>();
}

TEST(FloatTextTest, RandomFloatsReadBack) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20000; ++i) {
    uint64_t bits = random();
    double wide = std::bit_cast<double>(bits);
    float narrow = std::bit_cast<float>(uint32_t(bits));
    if (!std::isnan(wide))
      ASSERT_EQ(parseFloat<double>(toShortestString(wide)), wide);
    if (!std::isnan(narrow))
      ASSERT_EQ(parseFloat<float>(toShortestString(narrow)), narrow);
  }
}

TEST(FloatTextTest, ReadingRoundsOnce) {
  // Just above the tie between 1 and 1 + 2^-10, by less than a double shows.
  EXPECT_EQ(parseFloat<Float16>("1.00048828125")->bits, 0x3c00);
  EXPECT_EQ(parseFloat<Float16>("1.000488281250000000000000000001")->bits,
            0x3c01);
  EXPECT_EQ(parseFloat<Float16>("1.001464843749999999999999999999")->bits,
            0x3c01);
  EXPECT_EQ(parseFloat<Float16>("0.001000488281250000000000000000001e3")->bits,
            0x3c01);
  // The tie between 1 and 1 + 2^-23, for f32.
  EXPECT_EQ(parseFloat<float>("1.000000059604644775390625"), 1.0f);
  EXPECT_EQ(parseFloat<float>("1.0000000596046447753906250000001"),
            std::nextafter(1.0f, 2.0f));
}

TEST(FloatTextTest, RangeIsChecked) {
  EXPECT_EQ(parseFloat<double>("1e400"), std::nullopt);
  EXPECT_EQ(parseFloat<float>("1e39"), std::nullopt);
  EXPECT_EQ(parseFloat<Float16>("65519.9")->bits, 0x7bff);
  EXPECT_FALSE(parseFloat<Float16>("65520"));
  EXPECT_FALSE(parseFloat<BFloat16>("1e39"));
  EXPECT_FALSE(parseFloat<Float16>("1e99999999999999999999"));
  EXPECT_EQ(parseFloat<double>("1e-400"), 0.0);
  EXPECT_TRUE(std::signbit(*parseFloat<float>("-1e-60")));
  EXPECT_EQ(parseFloat<Float16>("1e-99999999999999999999")->bits, 0);
  EXPECT_EQ(parseFloat<float>("0e99999999999999999999"), 0.0f);
}

TEST(FloatTextTest, MalformedTextIsRefused) {
  for (const char *text : {"", "-", "1x", "e5", "1e", "1e+", "--1", "0x10",
                           "1.2.3", "infinity", "NaN", " 1", "1 ", "+1"})
    EXPECT_FALSE(parseFloat<double>(text)) << text;
}
