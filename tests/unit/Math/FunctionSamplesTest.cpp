//===- FunctionSamplesTest.cpp - Functions of f64 against MPFR ------------===//
//
// Each function of one float runs on random numbers of every size and on
// special ones, on the interpreter and compiled, and is held against MPFR.
// TACTUS_SAMPLES=N takes N numbers in place of a few thousand, and prints the
// worst distances.
//
//===----------------------------------------------------------------------===//
#include "tactus/tactus.h"
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
  Value (*build)(Value);
  Exact (*exact)(const Exact &);
};

#define TACTUS_MPFR(name)                                                      \
  {#name, [](Value x) { return name(x); },                                     \
   [](const Exact &x) { return Exact::of(mpfr_##name, x); }}

const Function functions[] = {
    TACTUS_MPFR(sqrt),
    TACTUS_MPFR(exp),
    TACTUS_MPFR(log),
    TACTUS_MPFR(log1p),
    TACTUS_MPFR(expm1),
    TACTUS_MPFR(sinh),
    TACTUS_MPFR(cosh),
    TACTUS_MPFR(tanh),
    TACTUS_MPFR(asinh),
    TACTUS_MPFR(acosh),
    TACTUS_MPFR(atanh),
    TACTUS_MPFR(erf),
    TACTUS_MPFR(erfc),
    TACTUS_MPFR(cbrt),
    TACTUS_MPFR(sin),
    TACTUS_MPFR(cos),
    TACTUS_MPFR(tan),
    TACTUS_MPFR(asin),
    TACTUS_MPFR(acos),
    TACTUS_MPFR(atan),
    {"floor", [](Value x) { return floor(x); },
     [](const Exact &x) { return Exact::of(mpfr_rint_floor, x); }},
    {"ceil", [](Value x) { return ceil(x); },
     [](const Exact &x) { return Exact::of(mpfr_rint_ceil, x); }},
    {"trunc", [](Value x) { return trunc(x); },
     [](const Exact &x) { return Exact::of(mpfr_rint_trunc, x); }},
    {"round", [](Value x) { return round(x); },
     [](const Exact &x) { return Exact::of(mpfr_rint_roundeven, x); }},
    {"reciprocal", [](Value x) { return reciprocal(x); },
     [](const Exact &x) { return Exact(1) / x; }},
    {"rsqrt", [](Value x) { return rsqrt(x); },
     [](const Exact &x) { return Exact(1) / Exact::of(mpfr_sqrt, x); }},
    {"sigmoid", [](Value x) { return sigmoid(x); }, sigmoidOf},
    {"silu", [](Value x) { return silu(x); }, siluOf},
    {"mish", [](Value x) { return mish(x); }, mishOf},
    {"softplus", [](Value x) { return softplus(x); }, softplusOf},
    {"softsign", [](Value x) { return softsign(x); }, softsignOf},
    {"gelu", [](Value x) { return gelu(x); }, geluErfOf},
    {"gelu_tanh", [](Value x) { return gelu(x, Gelu::Tanh); }, geluTanhOf},
    {"elu", [](Value x) { return elu(x, 0.75); },
     [](const Exact &x) {
       return x.isNegative() ? Exact(0.75L) * expm1(x) : x;
     }},
    {"selu", [](Value x) { return selu(x, 1.5, 1.25); },
     [](const Exact &x) {
       return Exact(1.25L) * (x.isNegative() ? Exact(1.5L) * expm1(x) : x);
     }},
    {"celu", [](Value x) { return celu(x, 3); },
     [](const Exact &x) {
       return x.isNegative() ? Exact(3) * expm1(x / Exact(3)) : x;
     }},
    {"hard_sigmoid", [](Value x) { return hardSigmoid(x, 0.3, 0.75); },
     [](const Exact &x) {
       return clamped(Exact(0.3) * x + Exact(0.75L), 0, 1);
     }},
    {"hard_swish", [](Value x) { return hardSwish(x); }, hardSwishOf},
    {"hard_tanh", [](Value x) { return hardTanh(x, -2, 3); },
     [](const Exact &x) { return clamped(x, -2, 3); }},
    {"relu6", [](Value x) { return relu6(x); },
     [](const Exact &x) { return clamped(x, 0, 6); }},
    {"leaky_relu", [](Value x) { return leakyRelu(x, 0.3); },
     [](const Exact &x) { return x.isNegative() ? Exact(0.3) * x : x; }},
    {"thresholded_relu", [](Value x) { return thresholdedRelu(x, 0.5); },
     [](const Exact &x) {
       return (x - Exact(0.5L)).isNegative() || x.toDouble() == 0.5 ? Exact(0)
                                                                    : x;
     }},
};
#undef TACTUS_MPFR

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
  std::vector<double> numbers = samples(sampleCount());
  std::vector<Exact> exact;
  for (double x : numbers)
    exact.push_back(std::isnan(x) ? Exact(NAN) : function.exact(Exact(x)));
  auto size = int64_t(numbers.size());
  Tensor input = Tensor::fromVector<double>({size}, numbers);
  Graph g;
  g.output("y", function.build(g.input("x", f64({size}))));
  // The interpreter computes with a relative error below 2^-58 and rounds once;
  // compiled code is within 2 ULP everywhere.
  const std::pair<const char *, double> bounds[] = {{"interpreter", 0.54},
                                                    {"cpu", 2},
                                                    {"cpu:x86-64-v2", 2},
                                                    {"cpu:x86-64-v3", 2}};
  for (auto [target, bound] : bounds) {
    Tensor y = compile(g, Target::parse(target)).run({{"x", input}}).at("y");
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
                         testing::ValuesIn(functions), [](const auto &info) {
                           return std::string(info.param.name);
                         });

} // namespace
