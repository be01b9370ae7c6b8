//===- NarrowFunctions.cpp - Functions of f16 and bf16 --------------------===//
#include "tests/unit/Math/NarrowFunctions.h"
#include "llvm/Support/Error.h"
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace tactus::test {

namespace {

struct Layout {
  int fractionBits, exponentBits;
  int bias() const { return (1 << (exponentBits - 1)) - 1; }
};

double decode(Layout layout, uint16_t bits) {
  int fraction = bits & ((1 << layout.fractionBits) - 1);
  int last = (1 << layout.exponentBits) - 1;
  int exponent = (bits >> layout.fractionBits) & last;
  double size =
      exponent == last
          ? (fraction ? std::numeric_limits<double>::quiet_NaN() : INFINITY)
      : exponent == 0
          ? std::ldexp(fraction, 1 - layout.bias() - layout.fractionBits)
          : std::ldexp(fraction + (1 << layout.fractionBits),
                       exponent - layout.bias() - layout.fractionBits);
  return bits & 0x8000 ? -size : size;
}

/// The step between the numbers around x.
long double stepAt(Layout layout, long double x) {
  int exponent;
  frexpl(x, &exponent);
  int least = 1 - layout.bias();
  return ldexpl(1, std::max(exponent - 1, least) - layout.fractionBits);
}

/// The nearest number, the even one of two.
long double nearest(Layout layout, long double x) {
  if (std::isnan(x) || std::isinf(x) || x == 0)
    return x;
  long double step = stepAt(layout, x), rounded = rintl(x / step) * step;
  return fabsl(rounded) >= ldexpl(1, layout.bias() + 1) ? copysignl(INFINITY, x)
                                                        : rounded;
}

/// The number nearest to the function of x. Long double decides that, but near
/// the middle of two numbers.
long double nearestResult(Layout layout, const Judges &judges, float x) {
  long double result = judges.exact.exact(x);
  if (std::isnan(result) || std::isinf(result) || result == 0)
    return result;
  long double step = stepAt(layout, result), below = floorl(result / step);
  if (fabsl(result / step - below - 0.5L) > 0x1p-20L)
    return nearest(layout, result);
  long double middle = (below + 0.5L) * step;
  Exact rest = judges.precise->compute(Exact(x)) - Exact(middle);
  if (rest.isZero())
    return nearest(layout, middle);
  return nearest(layout, rest.isNegative() ? below * step : (below + 1) * step);
}

} // namespace

NarrowResult judgeNarrow(const Judges &judges, const std::string &type,
                         const Level &level) {
  Layout layout = type == "f16" ? Layout{10, 5} : Layout{7, 8};
  std::string op = std::string("tactus.") + judges.exact.text;
  auto library = compileKernel(kernelText(op, type), level);
  auto singleLibrary = compileKernel(kernelText(op, "f32"), level);
  if (!library || !singleLibrary)
    return {.wrong = 65536};
  auto run = [](const KernelLibrary &library, void *in, void *out) {
    void *buffers[] = {in, out};
    int64_t status[2] = {0, 0};
    llvm::cantFail(library.lookup("k"))(buffers, 0, batch / 16, nullptr,
                                        status);
  };
  NarrowResult result;
  std::vector<uint16_t> in(batch), out(batch);
  std::vector<float> singleIn(batch), singleOut(batch);
  for (uint32_t first = 0; first < 65536; first += batch) {
    for (uint32_t i = 0; i < batch; ++i) {
      in[i] = uint16_t(first + i);
      singleIn[i] = float(decode(layout, in[i]));
    }
    run(*library, in.data(), out.data());
    run(*singleLibrary, singleIn.data(), singleOut.data());
    for (uint32_t i = 0; i < batch; ++i) {
      double x = decode(layout, in[i]);
      long double y = decode(layout, out[i]);
      auto isOther = [&](long double expected) {
        return y != expected && !(std::isnan(y) && std::isnan(expected));
      };
      result.wrong += isOther(nearest(layout, singleOut[i]));
      if (!isOther(nearestResult(layout, judges, float(x))))
        continue;
      if (result.misrounded++ == 0)
        result.example = x;
      float single = judges.precise->nearest(float(x));
      result.roundedTwice += !isOther(nearest(layout, single));
    }
  }
  return result;
}

} // namespace tactus::test
