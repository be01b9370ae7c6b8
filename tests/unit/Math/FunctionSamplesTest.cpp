//===- FunctionSamplesTest.cpp - Functions of f64 against MPFR ------------===//
//
// Each function of one float runs on random numbers of every size and on
// special ones, on the interpreter and compiled, and is held against MPFR.
// TACTUS_SAMPLES=N takes N numbers in place of a few thousand, and prints the
// worst distances.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Driver/Programs.h"
#include "tests/unit/Math/ExactFunctions.h"
#include "tests/unit/Math/PreciseFunctions.h"
#include "tests/unit/Support/ExactActivations.h"
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <gtest/gtest.h>
#include <random>

using namespace tactus;
using namespace tactus::test;

namespace {

struct Function {
  const char *name;
  /// The op, on %v.
  const char *text;
  Exact (*exact)(const Exact &);
};

/// Those that are measured in f32, and with parameters that f32 cannot hold.
std::vector<Function> allFunctions() {
  std::vector<Function> functions = {
      {"leaky_relu_f64", "leaky_relu %v {alpha = 3.000000e-01 : f64}",
       [](const Exact &x) { return x.isNegative() ? Exact(0.3) * x : x; }},
      {"hard_sigmoid_f64",
       "hard_sigmoid %v {alpha = 3.000000e-01 : f64, beta = 7.500000e-01 : "
       "f64}",
       [](const Exact &x) {
         return clamped(Exact(0.3) * x + Exact(0.75L), 0, 1);
       }}};
  for (const ExactFunction &function : exactFunctions()) {
    const PreciseFunction *precise = findPreciseFunction(function.name);
    functions.push_back(
        {function.name, function.text, precise ? precise->compute : nullptr});
  }
  return functions;
}

/// Half of the numbers have any bits, half a size where functions bend.
std::vector<double> samples(size_t count) {
  std::vector<double> numbers = {0.0,
                                 -0.0,
                                 INFINITY,
                                 -INFINITY,
                                 NAN,
                                 1.0,
                                 -1.0,
                                 0.5,
                                 -0.5,
                                 0x1p-1074,
                                 -0x1p-1074,
                                 0x1p-1022,
                                 -0x1p-1022,
                                 0x1.fffffffffffffp1023,
                                 -0x1.fffffffffffffp1023};
  std::mt19937_64 random(7);
  while (numbers.size() < count) {
    uint64_t bits = random();
    if (numbers.size() % 2) {
      numbers.push_back(std::bit_cast<double>(bits));
    } else {
      double fraction = 1 + double(bits >> 12) * 0x1p-52;
      int exponent = int(bits % 32) - 22;
      numbers.push_back(
          std::ldexp(bits & 0x800 ? -fraction : fraction, exponent));
    }
  }
  return numbers;
}

size_t sampleCount() {
  const char *text = std::getenv("TACTUS_SAMPLES");
  return text ? size_t(std::strtoull(text, nullptr, 10)) : 3000;
}

struct FunctionSamplesTest : testing::TestWithParam<Function> {};

TEST_P(FunctionSamplesTest, AreNearTheExactResult) {
  const Function &function = GetParam();
  ASSERT_TRUE(function.exact) << "expected it in PreciseFunctions.cpp";
  std::vector<double> numbers = samples(sampleCount());
  std::vector<Exact> exact;
  for (double x : numbers)
    exact.push_back(std::isnan(x) ? Exact(NAN) : function.exact(Exact(x)));
  auto size = int64_t(numbers.size());
  Tensor input = Tensor::fromVector<double>({size}, numbers);
  std::string type = "tensor<" + std::to_string(size) + "xf64>";
  Program program = parseProgram(
      "func.func @main(%v: " + type + " {tactus.name = \"x\"}) -> (" + type +
      " {tactus.name = \"y\"}) {\n%r = tactus." + function.text + " : " + type +
      "\nreturn %r : " + type + "\n}\n");
  // The interpreter computes with a relative error below 2^-58 and rounds once;
  // compiled code is within 2 ULP everywhere.
  const std::pair<const char *, double> bounds[] = {{"interpreter", 0.54},
                                                    {"cpu", 2},
                                                    {"cpu:x86-64-v2", 2},
                                                    {"cpu:x86-64-v3", 2}};
  for (auto [target, bound] : bounds) {
    Tensor y = compileProgram(program, Target::parse(target))
                   .run({{"x", input}})
                   .at("y");
    double worst = 0, at = 0;
    for (size_t i = 0; i < numbers.size(); ++i) {
      double found = distanceInUnits(y.data<double>()[i], exact[i],
                                     Format::of(ElementType::F64));
      if (found > worst) {
        worst = found;
        at = numbers[i];
      }
    }
    EXPECT_LE(worst, bound)
        << function.name << " of " << at << " on " << target;
    if (std::getenv("TACTUS_SAMPLES"))
      std::printf("%-18s %-14s %.4f ULP at %.17g\n", function.name, target,
                  worst, at);
  }
}

INSTANTIATE_TEST_SUITE_P(Functions, FunctionSamplesTest,
                         testing::ValuesIn(allFunctions()),
                         [](const auto &info) {
                           return std::string(info.param.name);
                         });

} // namespace
