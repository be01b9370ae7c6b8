//===- PowModTest.cpp - Functions of two floats against MPFR --------------===//
//
// pow and mod on all pairs of special and ordinary numbers and on random pairs,
// for every float type, on the interpreter and compiled. TACTUS_SAMPLES=N takes
// N random pairs in place of a few thousand, and prints the worst distances.
//
//===----------------------------------------------------------------------===//
#include "tactus/tactus.h"
#include "tests/unit/Support/Exact.h"
#include <cstdio>
#include <cstdlib>
#include <gtest/gtest.h>
#include <random>

using namespace tactus;
using namespace tactus::test;

namespace {

using Pair = std::pair<double, double>;

double rounded(double x, ElementType type) {
  return dispatch(type, [&](auto tag) { return double(decltype(tag)(x)); });
}

/// Numbers that `type` has, each in both signs.
std::vector<double> remarkable(ElementType type) {
  Format format = Format::of(type);
  std::vector<double> numbers;
  auto add = [&](double x) {
    numbers.push_back(x);
    numbers.push_back(-x);
  };
  for (double x : {0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 7.0, 10.0, 100.0, 0.1, 0.3,
                   0.99, 1.01, 2.7182818284590452, 1e-3, 12.34})
    add(rounded(x, type));
  add(INFINITY);
  add(NAN);
  // The least number, one below the normal ones, the least of these, the
  // largest.
  add(std::ldexp(1.0, format.minExponent - format.digits));
  add(std::ldexp(3.0, format.minExponent - 4));
  add(std::ldexp(1.0, format.minExponent - 1));
  add(std::ldexp(2 - std::ldexp(1.0, 1 - format.digits),
                 format.maxExponent - 1));
  // The numbers beside 1, and the first beyond which all are even.
  add(1 + std::ldexp(1.0, 1 - format.digits));
  add(1 - std::ldexp(1.0, -format.digits));
  add(std::ldexp(1.0, format.digits) - 1);
  if (format.digits + 1 < format.maxExponent)
    add(std::ldexp(1.0, format.digits + 1));
  return numbers;
}

/// Random pairs: of any size, and such that the power is in range.
std::vector<Pair> samples(ElementType type, size_t count) {
  Format format = Format::of(type);
  std::mt19937_64 random(11);
  auto unit = [&] { return double(random() >> 11) * 0x1p-53; };
  auto between = [&](double low, double high) {
    return low + (high - low) * unit();
  };
  std::vector<Pair> pairs;
  for (size_t i = 0; i < count; ++i) {
    double size = std::exp2(between(format.minExponent, format.maxExponent));
    double x = i % 3 == 0 ? size : between(0, 4), y;
    if (i % 2 == 0) {
      // log2 of the power is anything that the type has, and a little more.
      double power =
          between(-format.maxExponent * 1.2, format.maxExponent * 1.1);
      y = power / std::log2(x);
    } else {
      y = std::exp2(between(-20, 20));
    }
    // Negative numbers have powers where the exponent is whole.
    if (i % 5 == 0) {
      x = -x;
      y = std::rint(y);
    }
    pairs.push_back({rounded(x, type), rounded(y, type)});
  }
  return pairs;
}

size_t sampleCount() {
  const char *text = std::getenv("TACTUS_SAMPLES");
  return text ? size_t(std::strtoull(text, nullptr, 10)) : 3000;
}

Exact fmodOf(const Exact &x, const Exact &y) {
  return Exact::of(mpfr_fmod, x, y);
}

/// What is left has the sign of the divisor, 0 too.
Exact modOf(const Exact &x, const Exact &y) {
  Exact rest = fmodOf(x, y);
  if (rest.isNan() || rest.isNegative() == y.isNegative())
    return rest;
  return rest.isZero() ? Exact::of(mpfr_neg, rest) : rest + y;
}

Exact powOf(const Exact &x, const Exact &y) {
  return Exact::of(mpfr_pow, x, y);
}

struct Function {
  const char *name;
  Value (*build)(Value, Value);
  Exact (*exact)(const Exact &, const Exact &);
  /// For the interpreter and for compiled code.
  double bounds[2];
};

const Function functions[] = {
    {"pow", [](Value x, Value y) { return pow(x, y); }, powOf, {0.54, 2}},
    {"mod", [](Value x, Value y) { return mod(x, y); }, modOf, {0.501, 0.501}},
    {"fmod",
     [](Value x, Value y) { return mod(x, y, ModSign::Dividend); },
     fmodOf,
     {0, 0}},
};

struct PowModTest : testing::TestWithParam<ElementType> {};

TEST_P(PowModTest, AreNearTheExactResult) {
  ElementType type = GetParam();
  Format format = Format::of(type);
  std::vector<Pair> pairs = samples(type, sampleCount());
  for (double x : remarkable(type))
    for (double y : remarkable(type))
      pairs.push_back({x, y});

  auto size = int64_t(pairs.size());
  TensorType shape{type, {Dimension(size)}};
  Tensor lhs = Tensor::zeros(shape), rhs = Tensor::zeros(shape);
  dispatch(type, [&](auto tag) {
    using T = decltype(tag);
    for (size_t i = 0; i < pairs.size(); ++i) {
      lhs.mutableData<T>()[i] = T(pairs[i].first);
      rhs.mutableData<T>()[i] = T(pairs[i].second);
    }
  });
  Graph g;
  Value x = g.input("x", shape), y = g.input("y", shape);
  for (const Function &function : functions)
    g.output(function.name, function.build(x, y));

  for (const char *target :
       {"interpreter", "cpu", "cpu:x86-64-v2", "cpu:x86-64-v3"}) {
    auto results =
        compile(g, Target::parse(target)).run({{"x", lhs}, {"y", rhs}});
    bool isCompiled = target != std::string_view("interpreter");
    for (const Function &function : functions) {
      const Tensor &result = results.at(function.name);
      double worst = 0;
      Pair at;
      dispatch(type, [&](auto tag) {
        for (size_t i = 0; i < pairs.size(); ++i) {
          Exact exact =
              function.exact(Exact(pairs[i].first), Exact(pairs[i].second));
          double found = distanceInUnits(
              double(result.data<decltype(tag)>()[i]), exact, format);
          if (found > worst) {
            worst = found;
            at = pairs[i];
          }
        }
      });
      EXPECT_LE(worst, function.bounds[isCompiled])
          << function.name << " of " << at.first << " and " << at.second
          << " on " << target;
      if (std::getenv("TACTUS_SAMPLES"))
        std::printf("%-5s %-5s %-14s %.4f ULP at %.17g, %.17g\n", function.name,
                    std::string(toString(type)).c_str(), target, worst,
                    at.first, at.second);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Types, PowModTest,
                         testing::Values(ElementType::F32, ElementType::F64,
                                         ElementType::F16, ElementType::BF16),
                         [](const auto &info) {
                           return std::string(toString(info.param));
                         });

} // namespace
