//===- RandomTest.cpp - Philox, uniform and normal numbers ----------------===//
#include "runtime/Tensor/Random.h"
#include "tests/unit/Support/ExpectError.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace tactus;

using Words = std::array<uint32_t, 4>;

// The known answers that Random123 publishes for philox4x32 with 10 rounds.
TEST(RandomTest, PhiloxKnownAnswers) {
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}),
            (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox4x32({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
                       {0xffffffff, 0xffffffff}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                       {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(RandomTest, UniformMappingAtTheEnds) {
  EXPECT_EQ(uniformFromWord<float>(0), -1.0f);
  EXPECT_EQ(uniformFromWord<float>(0xffffffff), 1 - 0x1p-23f);
  EXPECT_EQ(uniformFromWord<float>(0x80000000), 0.0f);
  EXPECT_EQ(uniformFromWord<double>(0xffffffff), 1 - 0x1p-31);
  EXPECT_EQ(float(uniformFromWord<Float16>(0xffffffff)), 1 - 0x1p-10f);
  EXPECT_EQ(float(uniformFromWord<BFloat16>(0xffffffff)), 1 - 0x1p-7f);
  EXPECT_EQ(float(uniformFromWord<BFloat16>(0)), -1.0f);
  EXPECT_EQ(uniformFromWord<int8_t>(0), -8);
  EXPECT_EQ(uniformFromWord<int64_t>(0xffffffff), 7);
  EXPECT_EQ(uniformFromWord<uint8_t>(0xffffffff), 15);
  EXPECT_TRUE(uniformFromWord<bool>(0x80000000));
}

TEST(RandomTest, ElementTakesItsLaneOfItsCounter) {
  Tensor tensor = Tensor::random(f32({11}), Seed(0x123456789abcdef0));
  for (uint32_t i = 0; i < 11; ++i)
    EXPECT_EQ(tensor.data<float>()[i],
              uniformFromWord<float>(philox4x32(
                  {i / 4, 0, 0, 0}, {0x9abcdef0, 0x12345678})[i % 4]));
}

TEST(RandomTest, SameSeedSameBitsWhateverTheShape) {
  Tensor tensor = Tensor::random(i32({6, 7}), Seed(3));
  EXPECT_TRUE(
      tensor.reshaped({42}).bitwiseEquals(Tensor::random(i32({42}), Seed(3))));
  EXPECT_FALSE(tensor.bitwiseEquals(Tensor::random(i32({6, 7}), Seed(4))));
}

// The bits are the contract: every target gives these, which a separate program
// worked out.
TEST(RandomTest, NormalsHaveFixedBits) {
  Tensor tensor = randomNormal(f64({4}), Seed(0));
  // Words 6627e8d5 e169c58d bc57ac4c 9b00dbd8 of the first known answer.
  double radius = std::sqrt(-2 * std::log((0x6627e8d5 + 1.0) / 0x1p32));
  double angle = 2 * M_PI * (double(0xe169c58d) / 0x1p32);
  EXPECT_NEAR(tensor.data<double>()[0], radius * std::cos(angle), 1e-15);
  EXPECT_NEAR(tensor.data<double>()[1], radius * std::sin(angle), 1e-15);
  EXPECT_EQ(tensor.data<double>()[0], 0x1.fb7665db1b649p-1);
  EXPECT_EQ(tensor.data<double>()[1], -0x1.d96d5ff0aec98p-1);
  EXPECT_EQ(tensor.data<double>()[2], -0x1.3c373dd6d9558p-1);
  EXPECT_EQ(tensor.data<double>()[3], -0x1.eda3633cd9710p-2);
}

TEST(RandomTest, NormalsFollowTheFormula) {
  for (uint32_t i = 0; i < 20000; ++i) {
    Words words = philoxBlock(i, Seed(9));
    for (uint32_t second : {words[1], i << 29, (i << 29) + 1, (i << 29) - 1}) {
      double radius = std::sqrt(-2 * std::log((words[0] + 1.0) / 0x1p32));
      double angle = 2 * M_PI * (second / 0x1p32);
      auto [c, s] = normalsFromWords(words[0], second);
      ASSERT_NEAR(c, radius * std::cos(angle), 4e-15);
      ASSERT_NEAR(s, radius * std::sin(angle), 4e-15);
    }
  }
  EXPECT_EQ(normalsFromWords(0xffffffff, 5)[0], 0);
  EXPECT_NEAR(normalsFromWords(0, 0)[0], std::sqrt(64 * std::log(2.0)), 1e-15);
}

TEST(RandomTest, NormalsHaveTheMomentsOfTheDistribution) {
  Tensor tensor = randomNormal(f32({100000}), Seed(1));
  double sum = 0, squares = 0, fourth = 0;
  for (float x : tensor.data<float>()) {
    sum += x;
    squares += double(x) * x;
    fourth += double(x) * x * x * x;
  }
  EXPECT_NEAR(sum / 1e5, 0, 0.01);
  EXPECT_NEAR(squares / 1e5, 1, 0.015);
  EXPECT_NEAR(fourth / 1e5, 3, 0.1);
}

TEST(RandomTest, NormalsAreFloats) {
  EXPECT_ERROR(randomNormal(i32({2}), Seed(0)),
               "expected a float type for normal numbers, but got i32[2]");
}
