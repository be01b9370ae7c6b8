//===- NarrowFunctions.cpp - Functions of f16 and bf16 --------------------===//
#include "tests/unit/Math/NarrowFunctions.h"
#include "llvm/Support/Error.h"
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace tactus::test {

namespace {

struct Format {
  int fractionBits, exponentBits;
  int bias() const { return (1 << (exponentBits - 1)) - 1; }
};

double decode(Format format, uint16_t bits) {
  int fraction = bits & ((1 << format.fractionBits) - 1);
  int last = (1 << format.exponentBits) - 1;
  int exponent = (bits >> format.fractionBits) & last;
  double size =
      exponent == last
          ? (fraction ? std::numeric_limits<double>::quiet_NaN() : INFINITY)
      : exponent == 0
          ? std::ldexp(fraction, 1 - format.bias() - format.fractionBits)
          : std::ldexp(fraction + (1 << format.fractionBits),
                       exponent - format.bias() - format.fractionBits);
  return bits & 0x8000 ? -size : size;
}

/// The step between the numbers around x.
long double stepAt(Format format, long double x) {
  int exponent;
  frexpl(x, &exponent);
  int least = 1 - format.bias();
  return ldexpl(1, std::max(exponent - 1, least) - format.fractionBits);
}

/// The nearest number, the even one of two.
long double nearest(Format format, long double x) {
  if (std::isnan(x) || std::isinf(x) || x == 0)
    return x;
  long double step = stepAt(format, x), rounded = rintl(x / step) * step;
  return fabsl(rounded) >= ldexpl(1, format.bias() + 1) ? copysignl(INFINITY, x)
                                                        : rounded;
}

} // namespace

NarrowResult judgeNarrow(const ExactFunction &function, const std::string &type,
                         const Level &level) {
  Format format = type == "f16" ? Format{10, 5} : Format{7, 8};
  std::string op = std::string("tactus.") + function.text;
  auto library = compileKernel(kernelText(op, type), level);
  auto singleLibrary = compileKernel(kernelText(op, "f32"), level);
  if (!library || !singleLibrary)
    return {0, 65536, 0};
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
      singleIn[i] = float(decode(format, in[i]));
    }
    run(*library, in.data(), out.data());
    run(*singleLibrary, singleIn.data(), singleOut.data());
    for (uint32_t i = 0; i < batch; ++i) {
      double x = decode(format, in[i]);
      long double y = decode(format, out[i]);
      auto isOther = [&](long double expected) {
        return y != expected && !(std::isnan(y) && std::isnan(expected));
      };
      result.wrong += isOther(nearest(format, singleOut[i]));
      if (isOther(nearest(format, function.exact(x))) &&
          result.misrounded++ == 0)
        result.example = x;
    }
  }
  return result;
}

} // namespace tactus::test
