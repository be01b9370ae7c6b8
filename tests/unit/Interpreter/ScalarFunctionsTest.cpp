//===- ScalarFunctionsTest.cpp - The law against MPFR ---------------------===//
//
// Each function in double stays within 2^-40 of the exact result, relatively,
// and in long double within 2^-58, wherever the result is a number of the
// element type that is computed so. The exact result is MPFR's, in 400 bits.
//
//===----------------------------------------------------------------------===//
#include "runtime/Interpreter/ScalarFunctions.h"
#include "tests/unit/Support/Exact.h"
#include <functional>
#include <gtest/gtest.h>
#include <random>

using namespace tactus::interpreter;
using namespace tactus::test;

namespace {

/// A function and its exact form; `alpha` and `beta` are attributes.
template <typename W> struct Function {
  const char *name;
  std::function<W(W)> computed;
  std::function<Exact(const Exact &)> exact;
};

template <typename W> std::vector<Function<W>> functions() {
  // As attributes come: rounded to the element type.
  using T = std::conditional_t<std::is_same_v<W, double>, float, double>;
  W a = T(0.2), b = T(0.5), c = T(1.67326319217681884765625),
    d = T(1.05070102214813232421875), third = T(0.3333333333333333);
  Exact half = 0.5L;
  return {
      {"exp", [](W x) { return std::exp(x); },
       [](const Exact &x) { return exp(x); }},
      {"log1p", [](W x) { return std::log1p(x); },
       [](const Exact &x) { return Exact::of(mpfr_log1p, x); }},
      {"expm1", [](W x) { return std::expm1(x); },
       [](const Exact &x) { return Exact::of(mpfr_expm1, x); }},
      {"sinh", [](W x) { return std::sinh(x); },
       [](const Exact &x) { return Exact::of(mpfr_sinh, x); }},
      {"cosh", [](W x) { return std::cosh(x); },
       [](const Exact &x) { return Exact::of(mpfr_cosh, x); }},
      {"asinh", [](W x) { return std::asinh(x); },
       [](const Exact &x) { return Exact::of(mpfr_asinh, x); }},
      {"acosh", [](W x) { return std::acosh(x); },
       [](const Exact &x) { return Exact::of(mpfr_acosh, x); }},
      {"atanh", [](W x) { return std::atanh(x); },
       [](const Exact &x) { return Exact::of(mpfr_atanh, x); }},
      {"erf", [](W x) { return std::erf(x); },
       [](const Exact &x) { return Exact::of(mpfr_erf, x); }},
      {"erfc", [](W x) { return std::erfc(x); },
       [](const Exact &x) { return Exact::of(mpfr_erfc, x); }},
      {"cbrt", [](W x) { return std::cbrt(x); },
       [](const Exact &x) { return Exact::of(mpfr_cbrt, x); }},
      {"sin", [](W x) { return std::sin(x); },
       [](const Exact &x) { return Exact::of(mpfr_sin, x); }},
      {"cos", [](W x) { return std::cos(x); },
       [](const Exact &x) { return Exact::of(mpfr_cos, x); }},
      {"tan", [](W x) { return std::tan(x); },
       [](const Exact &x) { return Exact::of(mpfr_tan, x); }},
      {"asin", [](W x) { return std::asin(x); },
       [](const Exact &x) { return Exact::of(mpfr_asin, x); }},
      {"acos", [](W x) { return std::acos(x); },
       [](const Exact &x) { return Exact::of(mpfr_acos, x); }},
      {"atan", [](W x) { return std::atan(x); },
       [](const Exact &x) { return Exact::of(mpfr_atan, x); }},
      {"tanh", [](W x) { return std::tanh(x); },
       [](const Exact &x) { return Exact::of(mpfr_tanh, x); }},
      {"sigmoid", sigmoid<W>, sigmoidOf},
      {"silu", silu<W>, [](const Exact &x) { return x * sigmoidOf(x); }},
      {"softplus", softplus<W>, softplusOf},
      {"mish", mish<W>,
       [](const Exact &x) { return x * Exact::of(mpfr_tanh, softplusOf(x)); }},
      {"softsign", softsign<W>,
       [](const Exact &x) { return x / (Exact(1) + Exact::of(mpfr_abs, x)); }},
      {"gelu_erf", geluErf<W>,
       [half](const Exact &x) {
         Exact root = Exact::of(mpfr_sqrt, half);
         return x * half * Exact::of(mpfr_erfc, Exact(0) - x * root);
       }},
      {"gelu_tanh", geluTanh<W>,
       [](const Exact &x) {
         Exact u = Exact::of(mpfr_sqrt, Exact(2) / Exact::pi()) *
                   (x + Exact::ofText("0.044715") * x * x * x);
         return x * sigmoidOf(u + u);
       }},
      {"elu", [=](W x) { return elu<W>(x, third); },
       [=](const Exact &x) {
         return x.isNegative() ? Exact(third) * expm1(x) : x;
       }},
      {"selu", [=](W x) { return selu<W>(x, c, d); },
       [=](const Exact &x) {
         return Exact(d) * (x.isNegative() ? Exact(c) * expm1(x) : x);
       }},
      {"celu", [=](W x) { return celu<W>(x, third); },
       [=](const Exact &x) {
         return x.isNegative() ? Exact(third) * expm1(x / Exact(third)) : x;
       }},
      {"hard_sigmoid", [=](W x) { return hardSigmoid<W>(x, a, b); },
       [=](const Exact &x) {
         Exact y = Exact(a) * x + Exact(b);
         if (y.isNegative())
           return Exact(0);
         return (y - Exact(1)).isNegative() ? y : Exact(1);
       }},
      {"hard_swish", hardSwish<W>,
       [](const Exact &x) {
         if ((x + Exact(3)).isNegative())
           return Exact(0);
         return (x - Exact(3)).isNegative() ? x * (x + Exact(3)) / Exact(6) : x;
       }},
  };
}

/// Inputs of every size, both signs, and close to where functions turn.
template <typename T> std::vector<T> inputs(T largest) {
  std::mt19937_64 random(1);
  std::vector<T> points;
  auto uniform = [&] { return T(random() >> 11) * T(0x1p-53); };
  for (int i = 0; i < 4000; ++i) {
    points.push_back((uniform() * 2 - 1) * largest);
    points.push_back((uniform() * 2 - 1) * 8);
    int exponent = int(random() % 140) - 135;
    points.push_back(std::ldexp(uniform() * 2 - 1, exponent));
  }
  for (T center :
       {T(-3), T(-2.5), T(-0.75), T(0), T(1), T(3), T(2.5), T(-7.25)})
    for (int i = 0; i < 400; ++i)
      points.push_back(center +
                       (uniform() * 2 - 1) * std::ldexp(T(1), -i % 40));
  return points;
}

/// The greatest relative error, as log2, of numbers not below 2^`least`.
template <typename W, typename T>
double greatestError(const Function<W> &function, T largest, double least,
                     T &worst) {
  double greatest = -1000;
  for (T x : inputs<T>(largest)) {
    Exact exact = function.exact(Exact((long double)x));
    W computed = function.computed(W(x));
    if (exact.isZero()) {
      EXPECT_EQ(computed, 0) << function.name << " of " << x;
      continue;
    }
    // Below half the least number the result rounds to 0 either way.
    if (exact.exponent() < least)
      continue;
    Exact error = (Exact((long double)computed) - exact) / exact;
    if (!error.isZero() && error.exponent() > greatest) {
      greatest = error.exponent();
      worst = x;
    }
  }
  return greatest;
}

TEST(ScalarFunctionsTest, RoundsOnceInFloat) {
  for (const Function<double> &function : functions<double>()) {
    float worst = 0;
    double error = greatestError<double, float>(function, 88, -150, worst);
    EXPECT_LT(error, -40) << function.name << " of " << worst;
  }
}

TEST(ScalarFunctionsTest, RoundsOnceInDouble) {
  for (const Function<long double> &function : functions<long double>()) {
    double worst = 0;
    double error =
        greatestError<long double, double>(function, 700, -1075, worst);
    EXPECT_LT(error, -58) << function.name << " of " << worst;
  }
}

// A naive GELU gives 0 here.
TEST(ScalarFunctionsTest, KeepsGeluFarBelowZero) {
  EXPECT_DOUBLE_EQ(geluTanh(-7.25), -1.0631936227657138e-16);
}

TEST(ScalarFunctionsTest, GivesLimitsAtInfinity) {
  const double infinity = std::numeric_limits<double>::infinity();
  for (double (*function)(double) :
       {silu<double>, mish<double>, geluErf<double>, geluTanh<double>}) {
    EXPECT_EQ(function(infinity), infinity);
    EXPECT_EQ(function(-infinity), 0);
    EXPECT_TRUE(std::signbit(function(-infinity)));
    EXPECT_TRUE(std::isnan(function(std::nan(""))));
  }
  EXPECT_EQ(sigmoid(infinity), 1);
  EXPECT_EQ(sigmoid(-infinity), 0);
  EXPECT_EQ(softplus(infinity), infinity);
  EXPECT_EQ(softplus(-infinity), 0);
  EXPECT_EQ(softsign(-infinity), -1);
  EXPECT_EQ(elu(-infinity, 2.0), -2);
}

} // namespace
