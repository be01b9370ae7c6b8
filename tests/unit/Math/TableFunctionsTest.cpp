//===- TableFunctionsTest.cpp - The same bits in every company ------------===//
#include "tests/unit/Math/CompiledFunction.h"
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <random>
#include <vector>

using namespace tactus;
using namespace tactus::test;

namespace {

const char *const ops[] = {"exp",
                           "erf",
                           "tanh",
                           "sigmoid",
                           "silu",
                           "gelu",
                           "gelu {approximate = #tactus.gelu_form<tanh>}"};

class TableFunctionsTest : public testing::TestWithParam<const char *> {};

/// The op on `operand`, attributes after it.
std::string call(const std::string &op, const std::string &operand) {
  size_t space = op.find(' ');
  return "tactus." + op.substr(0, space) + " " + operand +
         (space == std::string::npos ? "" : op.substr(space));
}

std::vector<float> run(const KernelLibrary &library, std::vector<float> in) {
  std::vector<float> out(batch);
  void *buffers[] = {in.data(), out.data()};
  int64_t status[2] = {0, 0};
  cantFail(library.lookup("k"))(buffers, 0, batch / 16, nullptr, status);
  return out;
}

/// Numbers up to `size`.
std::vector<float> numbers(float size) {
  std::mt19937 engine(3);
  std::vector<float> result(batch);
  for (float &x : result)
    x = std::uniform_real_distribution<float>(-size, size)(engine);
  return result;
}

bool areSame(float a, float b) {
  return std::memcmp(&a, &b, sizeof(a)) == 0 ||
         (std::isnan(a) && std::isnan(b));
}

std::shared_ptr<const KernelLibrary> compileOp(const Level &level) {
  return compileKernel(
      kernelText(call(TableFunctionsTest::GetParam(), "%v"), "f32"), level);
}

} // namespace

// Lanes that tables do not reach are computed by other code, for all lanes.
TEST_P(TableFunctionsTest, BitsDoNotDependOnOtherLanes) {
  for (const Level &level : levels()) {
    if (!hostHas(level))
      continue;
    auto library = compileOp(level);
    ASSERT_TRUE(library);
    std::vector<float> in = numbers(3.5f), alone = run(*library, in);
    const float far[] = {-6, 50, -90, NAN, INFINITY, -INFINITY};
    for (int64_t i = 0; i < batch; i += 16)
      in[size_t(i) + 7] = far[i / 16 % 6];
    std::vector<float> beside = run(*library, in);
    for (size_t i = 0; i < in.size(); ++i)
      if (i % 16 != 7)
        ASSERT_TRUE(areSame(alone[i], beside[i]))
            << level.cpu << " at " << in[i];
  }
}

TEST_P(TableFunctionsTest, ScalarsAndShortVectorsHaveTheBitsOfVectors) {
  std::string text = kernelText("arith.negf %v", "f32");
  std::string parts =
      "%low = vector.extract_strided_slice %v {offsets = [0], sizes = [5], "
      "strides = [1]} : vector<16xf32> to vector<5xf32>\n%five = " +
      call(GetParam(), "%low") +
      " : vector<5xf32>\n%last = vector.extract %v[15] : f32 from "
      "vector<16xf32>\n%one = " +
      call(GetParam(), "%last") +
      " : f32\n%joined = vector.insert_strided_slice %five, %v {offsets = [0], "
      "strides = [1]} : vector<5xf32> into vector<16xf32>\n"
      "%r = vector.insert %one, %joined[15] : f32 into vector<16xf32>";
  std::string line = "%r = arith.negf %v : vector<16xf32>";
  size_t at = text.find(line);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, line.size(), parts);
  for (const Level &level : levels()) {
    if (!hostHas(level))
      continue;
    auto whole = compileOp(level), split = compileKernel(text, level);
    ASSERT_TRUE(whole && split);
    std::vector<float> in = numbers(9), expected = run(*whole, in),
                       got = run(*split, in);
    for (size_t i = 0; i < in.size(); ++i)
      if (i % 16 < 5 || i % 16 == 15)
        ASSERT_TRUE(areSame(expected[i], got[i])) << level.cpu << " " << in[i];
  }
}

// Limits are exact, zeros keep their sign, and NaN stays.
TEST_P(TableFunctionsTest, SpecialValuesHaveTheirLimits) {
  std::string op = GetParam();
  struct Limits {
    const char *op;
    float below, above, zero;
  };
  const Limits limits[] = {
      {"exp", 0, INFINITY, 1},      {"erf", -1, 1, 0},
      {"tanh", -1, 1, 0},           {"sigmoid", 0, 1, 0.5f},
      {"silu", -0.0f, INFINITY, 0}, {"gelu", -0.0f, INFINITY, 0}};
  for (const Level &level : levels()) {
    if (!hostHas(level))
      continue;
    auto library = compileOp(level);
    ASSERT_TRUE(library);
    std::vector<float> in(batch, 0.25f);
    in[0] = -INFINITY, in[1] = INFINITY, in[2] = 0, in[3] = -0.0f, in[4] = NAN;
    std::vector<float> out = run(*library, in);
    for (const Limits &limit : limits) {
      if (op.substr(0, op.find(' ')) != limit.op)
        continue;
      EXPECT_EQ(out[0], limit.below) << level.cpu;
      EXPECT_EQ(out[1], limit.above) << level.cpu;
      EXPECT_EQ(out[2], limit.zero) << level.cpu;
      EXPECT_FALSE(std::signbit(out[2])) << level.cpu;
      EXPECT_EQ(out[3], limit.zero) << level.cpu;
      EXPECT_EQ(std::signbit(out[3]), limit.zero == 0) << level.cpu;
      EXPECT_TRUE(std::isnan(out[4])) << level.cpu;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Ops, TableFunctionsTest, testing::ValuesIn(ops),
                         [](const testing::TestParamInfo<const char *> &info) {
                           std::string name = info.param;
                           size_t space = name.find(' ');
                           return space == std::string::npos
                                      ? name
                                      : name.substr(0, space) + "_tanh";
                         });
