//===- RoundedFunctionsTest.cpp - exp and log by two roundings ------------===//
//
// Against what the interpreter computes, the f64 function of the C library
// rounded once, and against MPFR. TACTUS_STRIDE=1 takes all 2^32 inputs, which
// takes five minutes and has found no difference.
//
//===----------------------------------------------------------------------===//
#include "runtime/Systolic/VectorMath.h"
#include "tests/unit/Support/Exact.h"
#include <bit>
#include <cstdlib>
#include <gtest/gtest.h>
#include <random>

using namespace tactus::systolic;
using tactus::test::Exact;

namespace {

uint64_t stride() {
  const char *text = std::getenv("TACTUS_STRIDE");
  return text ? std::max<uint64_t>(1, std::strtoull(text, nullptr, 10)) : 9973;
}

bool areSame(float a, float b) {
  return (std::isnan(a) && std::isnan(b)) ||
         std::bit_cast<uint32_t>(a) == std::bit_cast<uint32_t>(b);
}

/// The nearest f64, rounded to f32.
float roundedExp(float x) {
  return float(Exact::of(mpfr_exp, Exact(x)).toDouble());
}
float roundedLog(float x) {
  return float(Exact::of(mpfr_log, Exact(x)).toDouble());
}

} // namespace

TEST(RoundedFunctionsTest, ExpIsTheInterpretersOnAllSteps) {
  const uint64_t step = stride();
  for (uint64_t bits = 0; bits < uint64_t(1) << 32; bits += step) {
    float x = std::bit_cast<float>(uint32_t(bits));
    ASSERT_TRUE(areSame(vectorExp(x), float(std::exp(double(x)))))
        << std::hexfloat << x;
  }
}

TEST(RoundedFunctionsTest, LogIsTheInterpretersOnAllSteps) {
  const uint64_t step = stride();
  for (uint64_t bits = 0; bits < uint64_t(1) << 32; bits += step) {
    float x = std::bit_cast<float>(uint32_t(bits));
    ASSERT_TRUE(areSame(vectorLog(x), float(std::log(double(x)))))
        << std::hexfloat << x;
  }
}

// Of all 2^32, these come within 2 units of the f64's last place of the middle
// of two f32.
TEST(RoundedFunctionsTest, DecidesTheClosestCasesAsMpfrDoes) {
  for (float x : {-0x1.e1dbe2p-8f, -0x1.d2259ap+3f}) {
    EXPECT_EQ(vectorExp(x), roundedExp(x)) << std::hexfloat << x;
    EXPECT_EQ(vectorExp(x), float(std::exp(double(x)))) << std::hexfloat << x;
  }
  for (float x :
       {0x1.917748p-100f, 0x1.390ffp-93f,  0x1.088d96p-74f, 0x1.22d57p-65f,
        0x1.c7f44cp-46f,  0x1.cc24d6p-44f, 0x1.fa45fp-44f,  0x1.98496ep-39f,
        0x1.925308p-35f,  0x1.b97c7p-14f,  0x1.f0ddep-8f,   0x1.827a74p-7f,
        0x1.2f1fd6p+3f,   0x1.9ab656p+13f, 0x1.cb534cp+13f, 0x1.bacb4ap+25f,
        0x1.c09d7cp+27f,  0x1.0be824p+30f, 0x1.d1309cp+62f, 0x1.b121a6p+76f,
        0x1.5190cp+78f,   0x1.577ac6p+78f, 0x1.6351d8p+95f, 0x1.cfd86ep+116f}) {
    EXPECT_EQ(vectorLog(x), roundedLog(x)) << std::hexfloat << x;
    EXPECT_EQ(vectorLog(x), float(std::log(double(x)))) << std::hexfloat << x;
  }
}

// Subnormal results of exp too, from -87.4 to -104.
TEST(RoundedFunctionsTest, RandomNumbersRoundAsMpfrDoes) {
  std::mt19937_64 engine(11);
  for (int i = 0; i < 20000; ++i) {
    float x = float(int64_t(engine()) * 0x1p-63 * 105);
    ASSERT_TRUE(areSame(vectorExp(x), roundedExp(x))) << std::hexfloat << x;
    float y = std::bit_cast<float>(uint32_t(engine() % 0x7f800000));
    ASSERT_TRUE(areSame(vectorLog(y), roundedLog(y))) << std::hexfloat << y;
    float nearOne = 1 + float(int64_t(engine()) * 0x1p-76);
    ASSERT_TRUE(areSame(vectorLog(nearOne), roundedLog(nearOne)))
        << std::hexfloat << nearOne;
  }
}

TEST(RoundedFunctionsTest, TakeEveryFloat) {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  EXPECT_EQ(vectorExp(-1000), 0);
  EXPECT_EQ(vectorExp(1000), infinity);
  EXPECT_EQ(vectorExp(-infinity), 0);
  EXPECT_EQ(vectorExp(infinity), infinity);
  EXPECT_TRUE(std::isnan(vectorExp(std::nanf(""))));
  EXPECT_EQ(vectorExp(0), 1);
  EXPECT_EQ(vectorLog(0), -infinity);
  EXPECT_EQ(vectorLog(-0.0f), -infinity);
  EXPECT_EQ(vectorLog(infinity), infinity);
  EXPECT_TRUE(std::isnan(vectorLog(-1)));
  EXPECT_TRUE(std::isnan(vectorLog(-infinity)));
  EXPECT_TRUE(std::isnan(vectorLog(std::nanf(""))));
  EXPECT_EQ(vectorLog(1), 0);
  EXPECT_FALSE(std::signbit(vectorLog(1)));
}
