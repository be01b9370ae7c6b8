//===- MathAccuracyTest.cpp - Distances from the exact result -------------===//
//
// Each function is compiled for three levels of the processor family and judged
// on a sample of all 2^32 inputs, against long double.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Math/CompiledFunction.h"
#include "tests/unit/Math/ExactFunctions.h"
#include "llvm/ADT/STLExtras.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <gtest/gtest.h>

using namespace tactus;
using namespace tactus::test;

namespace {

template <typename T> struct Worst {
  double distance = 0;
  T input = 0;
};

/// The worst distance of each kernel over the numbers of T whose bits are
/// multiples of `stride`.
template <typename T, typename Bits>
std::vector<Worst<T>> findWorst(const std::vector<KernelEntry> &entries,
                                long double (*exact)(long double),
                                Bits stride) {
  std::vector<T> in(batch), out(batch);
  std::vector<long double> expected(batch);
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
        double found = distanceInUnits(out[i], expected[i]);
        if (found > worst.distance)
          worst = {found, in[i]};
      }
    }
  }
  return results;
}

class MathAccuracyTest : public testing::TestWithParam<ExactFunction> {};

template <typename T, typename Bits>
void expectAccurate(const ExactFunction &function, const char *type,
                    Bits stride) {
  std::vector<const char *> names;
  std::vector<std::shared_ptr<const KernelLibrary>> libraries;
  std::vector<KernelEntry> entries;
  for (const Level &level : levels()) {
    if (!hostHas(level))
      continue;
    libraries.push_back(compileKernel(
        kernelText(std::string("tactus.") + function.text, type), level));
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
                         testing::ValuesIn(exactFunctions().begin(),
                                           exactFunctions().end()),
                         [](const testing::TestParamInfo<ExactFunction> &info) {
                           return std::string(info.param.name);
                         });

// Without a fused multiply-add the lower digits of products of such numbers
// were lost, for 2 units.
TEST(SmallResultsTest, GeluKeepsItsDigitsBesideTheLeastNormalNumber) {
  auto gelu =
      llvm::find_if(exactFunctions(), [](const ExactFunction &function) {
        return llvm::StringRef(function.name) == "gelu_erf";
      });
  std::vector<float> in(batch), out(batch);
  for (uint32_t i = 0; i < batch; ++i) {
    uint32_t bits = 0x00400000 + i * 6151;
    std::memcpy(&in[i], &bits, sizeof(bits));
  }
  for (const Level &level : levels()) {
    if (!hostHas(level))
      continue;
    auto library = compileKernel(kernelText("tactus.gelu %v", "f32"), level);
    ASSERT_TRUE(library);
    void *buffers[] = {in.data(), out.data()};
    int64_t status[2] = {0, 0};
    cantFail(library->lookup("k"))(buffers, 0, batch / 16, nullptr, status);
    double worst = 0;
    for (int64_t i = 0; i < batch; ++i)
      worst = std::max(worst, distanceInUnits(out[i], gelu->exact(in[i])));
    EXPECT_LE(worst, 1.001) << level.cpu;
  }
}

} // namespace
