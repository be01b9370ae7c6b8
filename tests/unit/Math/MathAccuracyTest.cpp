//===- MathAccuracyTest.cpp - Distances from the exact result -------------===//
//
// Each function is compiled for three levels of the processor family and judged
// on a sample of all 2^32 inputs, against long double.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Math/Passes.h"
#include "compiler/Conversion/ToLLVM/Passes.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "runtime/JIT/KernelLibrary.h"
#include "runtime/JIT/ObjectCode.h"
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <gtest/gtest.h>

using namespace tactus;

namespace {

using Exact = long double;
constexpr Exact infinity = std::numeric_limits<Exact>::infinity();

//===----------------------------------------------------------------------===//
// Exact functions
//===----------------------------------------------------------------------===//

Exact sigmoid(Exact x) {
  return x < 0 ? expl(x) / (1 + expl(x)) : 1 / (1 + expl(-x));
}
Exact gate(Exact x, Exact factor) {
  return x == -infinity ? -0.0L : x * factor;
}
Exact geluTanh(Exact x) {
  if (fabsl(x) > 100)
    return x > 0 ? x : 0;
  return gate(x, sigmoid(2 * sqrtl(2 / M_PIl) * (x + 0.044715L * x * x * x)));
}
Exact geluErf(Exact x) {
  return gate(x, erfcl(-x / sqrtl(2)) / 2);
}
Exact softplus(Exact x) {
  return fmaxl(x, 0) + log1pl(expl(-fabsl(x)));
}
Exact mish(Exact x) {
  Exact e = expl(-fabsl(x));
  return gate(x, x < 0 ? (e * e + 2 * e) / (e * e + 2 * e + 2)
                       : (1 + 2 * e) / (1 + 2 * e + 2 * e * e));
}
Exact elu(Exact x, Exact alpha) {
  return x < 0 ? alpha * expm1l(x) : x;
}

struct Function {
  const char *name;
  const char *text;
  Exact (*exact)(Exact);
};

const Function functions[] = {
    {"sqrt", "sqrt %v", sqrtl},
    {"floor", "floor %v", floorl},
    {"ceil", "ceil %v", ceill},
    {"round", "round %v", rintl},
    {"trunc", "trunc %v", truncl},
    {"exp", "exp %v", expl},
    {"log", "log %v", logl},
    {"reciprocal", "reciprocal %v", [](Exact x) { return 1 / x; }},
    {"rsqrt", "rsqrt %v", [](Exact x) { return 1 / sqrtl(x); }},
    {"log1p", "log1p %v", log1pl},
    {"expm1", "expm1 %v", expm1l},
    {"sinh", "sinh %v", sinhl},
    {"cosh", "cosh %v", coshl},
    {"asinh", "asinh %v", asinhl},
    {"acosh", "acosh %v", acoshl},
    {"atanh", "atanh %v", atanhl},
    {"erf", "erf %v", erfl},
    {"erfc", "erfc %v", erfcl},
    {"cbrt", "cbrt %v", cbrtl},
    {"sin", "sin %v", sinl},
    {"cos", "cos %v", cosl},
    {"tan", "tan %v", tanl},
    {"asin", "asin %v", asinl},
    {"acos", "acos %v", acosl},
    {"atan", "atan %v", atanl},
    {"tanh", "tanh %v", tanhl},
    {"sigmoid", "sigmoid %v", sigmoid},
    {"silu", "silu %v", [](Exact x) { return gate(x, sigmoid(x)); }},
    {"mish", "mish %v", mish},
    {"softplus", "softplus %v", softplus},
    {"softsign", "softsign %v",
     [](Exact x) {
       return std::isinf(x) ? copysignl(1, x) : x / (1 + fabsl(x));
     }},
    {"gelu_tanh", "gelu %v {approximate = #tactus.gelu_form<tanh>}", geluTanh},
    {"gelu_erf", "gelu %v", geluErf},
    {"elu", "elu %v {alpha = 7.500000e-01 : f64}",
     [](Exact x) { return elu(x, 0.75L); }},
    {"selu", "selu %v",
     [](Exact x) {
       Exact gamma = 1.05070102214813232421875f;
       return x > 0 ? gamma * x
                    : gamma * 1.67326319217681884765625f * expm1l(x);
     }},
    {"celu", "celu %v {alpha = 3.000000e+00 : f64}",
     [](Exact x) { return x > 0 ? x : 3 * expm1l(x / 3); }},
    {"hard_sigmoid", "hard_sigmoid %v {alpha = 1.992187500e-01 : f64}",
     [](Exact x) {
       return std::isnan(x) ? x : fmaxl(0, fminl(1, 0.19921875L * x + 0.5L));
     }},
    {"relu6", "relu6 %v",
     [](Exact x) { return std::isnan(x) ? x : fmaxl(0, fminl(6, x)); }},
    {"leaky_relu", "leaky_relu %v {alpha = 2.500000e-01 : f64}",
     [](Exact x) { return x < 0 ? 0.25L * x : x; }},
    {"hard_tanh", "hard_tanh %v {min = -2.000000e+00 : f64}",
     [](Exact x) { return std::isnan(x) ? x : fmaxl(-2, fminl(1, x)); }},
    {"thresholded_relu", "thresholded_relu %v",
     [](Exact x) { return x <= 1 ? 0 : x; }},
    {"hard_swish", "hard_swish %v",
     [](Exact x) {
       Exact gateOfX = fmaxl(0, fminl(1, x / 6 + 0.5L));
       return gateOfX == 0 ? 0 : x * gateOfX;
     }},
};

//===----------------------------------------------------------------------===//
// Compiled functions
//===----------------------------------------------------------------------===//

constexpr int64_t batch = 4096;

struct Level {
  const char *cpu;
  int64_t vectorBits;
  const char *options;
};
const Level levels[] = {{"x86-64-v2", 128, "fma=false half-floats=false"},
                        {"x86-64-v3", 256, "fma=true"},
                        {"x86-64-v4", 512, "fma=true avx512=true"}};

bool hostHas(const Level &level) {
  const char *feature = level.vectorBits == 512   ? "avx512bw"
                        : level.vectorBits == 256 ? "avx2"
                                                  : "sse4.2";
  return hasFeature({}, feature);
}

std::string kernel(const std::string &op, const char *type) {
  std::string text = R"(
    func.func @k(%x: memref<4096xT>, %y: memref<4096xT>, %scratch: memref<1xi8>,
                 %begin: index, %end: index, %status: memref<2xi64>)
        attributes {tactus.extent = 256 : i64, tactus.scratch = 1 : i64} {
      %c1 = arith.constant 1 : index
      %c16 = arith.constant 16 : index
      scf.for %i = %begin to %end step %c1 {
        %at = arith.muli %i, %c16 : index
        %v = vector.load %x[%at] : memref<4096xT>, vector<16xT>
        %r = tactus.OP : vector<16xT>
        vector.store %r, %y[%at] : memref<4096xT>, vector<16xT>
      }
      return
    })";
  text.replace(text.find("OP"), 2, op);
  for (size_t at; (at = text.find("xT")) != std::string::npos;)
    text.replace(at, 2, std::string("x") + type);
  return text;
}

std::shared_ptr<const KernelLibrary> compile(const std::string &text,
                                             const Level &level) {
  mlir::DialectRegistry registry;
  registerLoweredDialects(registry);
  registry.insert<ir::TactusDialect>();
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  auto module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
  mlir::PassManager pm(&context);
  auto expand = createExpandMathPass();
  EXPECT_TRUE(succeeded(expand->initializeOptions(
      level.options, [](const llvm::Twine &) { return mlir::failure(); })));
  pm.addPass(std::move(expand));
  addLowerToLLVM(pm);
  if (!module || failed(pm.run(*module)))
    return nullptr;
  auto object = compileToObject(
      *module, {.cpu = level.cpu, .vectorBits = level.vectorBits});
  if (!object)
    return ADD_FAILURE() << toString(object.takeError()), nullptr;
  auto library = KernelLibrary::load({*object});
  if (!library)
    return ADD_FAILURE() << toString(library.takeError()), nullptr;
  return *library;
}

/// The distance of `result` from `exact` in units of the last place of T.
template <typename T> double distance(T result, Exact exact) {
  if (std::isnan(exact))
    return std::isnan(result) ? 0 : infinity;
  T rounded = T(exact);
  if (std::isinf(rounded) || std::isnan(result) || std::isinf(result))
    return rounded == result ? 0 : infinity;
  int exponent;
  frexpl(exact, &exponent);
  constexpr int digits = std::numeric_limits<T>::digits;
  constexpr int least = std::numeric_limits<T>::min_exponent - digits;
  Exact unit = ldexpl(1, std::max(exponent - digits, least));
  return double(fabsl(Exact(result) - exact) / unit);
}

template <typename T> struct Worst {
  double distance = 0;
  T input = 0;
};

/// The worst distance of each kernel over the numbers of T whose bits are
/// multiples of `stride`.
template <typename T, typename Bits>
std::vector<Worst<T>> findWorst(const std::vector<KernelEntry> &entries,
                                Exact (*exact)(Exact), Bits stride) {
  std::vector<T> in(batch), out(batch);
  std::vector<Exact> expected(batch);
  std::vector<Worst<T>> results(entries.size());
  Bits bits = 0;
  for (bool done = false; !done;) {
    for (T &x : in) {
      std::memcpy(&x, &bits, sizeof(x));
      Bits next = bits + stride;
      done |= next < bits;
      bits = next;
    }
    for (int64_t i = 0; i < batch; ++i)
      expected[i] = exact(in[i]);
    for (auto [entry, worst] : llvm::zip(entries, results)) {
      void *buffers[] = {in.data(), out.data()};
      int64_t status[2] = {0, 0};
      entry(buffers, 0, batch / 16, nullptr, status);
      for (int64_t i = 0; i < batch; ++i) {
        double found = distance(out[i], expected[i]);
        if (found > worst.distance)
          worst = {found, in[i]};
      }
    }
  }
  return results;
}

class MathAccuracyTest : public testing::TestWithParam<Function> {};

template <typename T, typename Bits>
void expectAccurate(const Function &function, const char *type, Bits stride) {
  std::vector<const char *> names;
  std::vector<std::shared_ptr<const KernelLibrary>> libraries;
  std::vector<KernelEntry> entries;
  for (const Level &level : levels) {
    if (!hostHas(level))
      continue;
    libraries.push_back(compile(kernel(function.text, type), level));
    ASSERT_TRUE(libraries.back());
    entries.push_back(cantFail(libraries.back()->lookup("k")));
    names.push_back(level.cpu);
  }
  std::vector<Worst<T>> results = findWorst<T>(entries, function.exact, stride);
  for (auto [name, worst] : llvm::zip(names, results)) {
    EXPECT_LE(worst.distance, 2)
        << function.name << "(" << worst.input << ") for " << name;
    if (std::getenv("TACTUS_STRIDE"))
      std::printf("%-18s %s %-10s %.4f ULP at %.9g\n", function.name, type,
                  name, worst.distance, double(worst.input));
  }
}

/// A prime, so that every exponent and many mantissas are met; another one,
/// down to 1 for all inputs, where TACTUS_STRIDE says so.
uint32_t singleStride() {
  const char *text = std::getenv("TACTUS_STRIDE");
  return text ? uint32_t(std::strtoul(text, nullptr, 10)) : 8191;
}

TEST_P(MathAccuracyTest, SinglesAreWithinTwoUnits) {
  expectAccurate<float, uint32_t>(GetParam(), "f32", singleStride());
}

TEST_P(MathAccuracyTest, DoublesAreWithinTwoUnits) {
  expectAccurate<double, uint64_t>(GetParam(), "f64", 0x1000100010001);
}

INSTANTIATE_TEST_SUITE_P(Functions, MathAccuracyTest,
                         testing::ValuesIn(functions),
                         [](const testing::TestParamInfo<Function> &info) {
                           return std::string(info.param.name);
                         });

} // namespace
