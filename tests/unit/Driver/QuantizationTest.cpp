//===- QuantizationTest.cpp - Quantized layers on targets -----------------===//
#include "runtime/Tensor/Compare.h"
#include "tactus/tactus.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace tactus;

namespace {

using Tensors = std::map<std::string, Tensor>;

/// What the interpreter gives, once the processor has given the same bits.
Tensors runEverywhere(const Graph &g, const Tensors &in) {
  Tensors expected = compile(g, Target::parse("interpreter")).run(in);
  for (const char *target : {"cpu", "cpu:x86-64-v2"})
    for (const auto &[name, actual] :
         compile(g, Target::parse(target)).run(in)) {
      Comparison result =
          compare(actual, expected.at(name), Tolerance::exact());
      EXPECT_TRUE(result.equal()) << target << " " << name << result.report;
    }
  return expected;
}

template <typename T>
void expectElements(const Tensor &tensor, const std::vector<T> &elements) {
  auto actual = tensor.data<T>();
  EXPECT_EQ(std::vector<T>(actual.begin(), actual.end()), elements);
}

Tensors quantizeDynamically(const Tensor &x, ElementType to,
                            const std::optional<std::vector<int64_t>> &axes) {
  Graph g("dynamic");
  auto [values, scale, zeroPoint] =
      dynamicQuantize(g.input("x", x.type()), to, axes);
  g.output("values", values);
  g.output("scale", scale);
  g.output("zero_point", zeroPoint);
  g.output("back", dequantize(values, scale, zeroPoint));
  return runEverywhere(g, {{"x", x}});
}

// The example of ONNX's DynamicQuantizeLinear.
TEST(QuantizationTest, FindsTheScaleOfAllElements) {
  Tensor x = Tensor::fromVector<float>({6}, {0, 2, -3, -2.5f, 1.34f, 0.5f});
  Tensors found = quantizeDynamically(x, ElementType::U8, std::nullopt);
  expectElements<uint8_t>(found.at("values"), {153, 255, 0, 26, 221, 179});
  expectElements<float>(found.at("scale"), {5.0f / 255});
  expectElements<int32_t>(found.at("zero_point"), {153});
}

TEST(QuantizationTest, FindsTheScaleOfEachRow) {
  Tensor x = Tensor::fromVector<float>({3, 2}, {51, 255, 0, 0, -510, 0});
  Tensors found = quantizeDynamically(x, ElementType::I8, {{-1}});
  expectElements<int8_t>(found.at("values"), {-77, 127, -128, -128, -128, 127});
  expectElements<float>(found.at("scale"), {1, 1, 2});
  expectElements<int32_t>(found.at("zero_point"), {-128, -128, 127});
  expectElements<float>(found.at("back"), {51, 255, 0, 0, -510, 0});
}

TEST(QuantizationTest, ScalesOfNothingAndOfNoNumber) {
  Tensors empty =
      quantizeDynamically(Tensor::zeros(f32({2, 0})), ElementType::U8, {{1}});
  expectElements<float>(empty.at("scale"), {1, 1});
  expectElements<int32_t>(empty.at("zero_point"), {0, 0});
  Tensors odd = quantizeDynamically(
      Tensor::fromVector<float>({2, 2}, {NAN, 1, INFINITY, -INFINITY}),
      ElementType::I8, {{1}});
  EXPECT_TRUE(std::isnan(odd.at("scale").data<float>()[0]));
  EXPECT_EQ(odd.at("scale").data<float>()[1], INFINITY);
  expectElements<int32_t>(odd.at("zero_point"), {0, 0});
  expectElements<int8_t>(odd.at("values"), {0, 0, 0, 0});
}

// The width is not 0, and yet a 255th of it is.
TEST(QuantizationTest, GivesNoScaleOfZero) {
  Tensors found = quantizeDynamically(
      Tensor::fromVector<float>({2}, {0x1p-149f, -0x1p-148f}), ElementType::U8,
      std::nullopt);
  expectElements<float>(found.at("scale"), {1});
  expectElements<int32_t>(found.at("zero_point"), {0});
  expectElements<uint8_t>(found.at("values"), {0, 0});
}

// Sums of i8 products, a scale and a zero point for each column, fused.
TEST(QuantizationTest, LayersPerChannel) {
  Graph g("layer");
  Value x = g.input("x", i8({7, 37}));
  Value w = g.input("w", i8({37, 21}));
  Value scale = g.input("scale", f32({21}));
  Value zeroPoint = g.input("zero_point", i32({21}));
  Value sums = matmul(x, w);
  g.output("q", requantize(sums, {.scale = scale, .zeroPoint = zeroPoint}));
  g.output("y", dequantize(sums, scale, zeroPoint));
  Tensor scales = Tensor::random(f32({21}), Seed(3));
  for (float &s : scales.mutableData<float>())
    s = std::fabs(s) / 100;
  runEverywhere(g, {{"x", Tensor::random(i8({7, 37}), Seed(1))},
                    {"w", Tensor::random(i8({37, 21}), Seed(2))},
                    {"scale", scales},
                    {"zero_point", Tensor::random(i32({21}), Seed(4))}});
}

// Channels of an image stand before its rows and columns.
TEST(QuantizationTest, ImagesPerChannel) {
  Graph g("image");
  Value x = g.input("x", f32({2, 3, 4, 5}));
  Quantized form{.scale = g.constant({{{0.5f}}, {{0.25f}}, {{1.0f}}}),
                 .zeroPoint = 100,
                 .to = ElementType::U8};
  Value q = quantize(x, form);
  g.output("q", q);
  g.output("y", dequantize(q, form.scale, form.zeroPoint));
  Tensors found =
      runEverywhere(g, {{"x", Tensor::random(f32({2, 3, 4, 5}), Seed(1))}});
  EXPECT_EQ(found.at("q").type(), u8({2, 3, 4, 5}));
}

} // namespace
