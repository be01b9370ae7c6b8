//===- HostileCallsTest.cpp - Calls that must not crash -------------------===//
#include "tactus/tactus.h"
#include "tests/unit/Driver/Programs.h"
#include "tests/unit/Support/ExpectError.h"
#include <functional>

using namespace tactus;

namespace {

const char *const targets[] = {"interpreter", "cpu"};

/// y = softmax(gelu(x * w + b)), s = sum(x * w + b) over the batch.
Graph layer() {
  ParameterStore weights;
  weights.set("w", Tensor::random(f32({20, 33}), Seed(1)));
  weights.set("b", Tensor::random(f32({33}), Seed(2)));
  Graph g("layer");
  Value h =
      matmul(g.input("x", f32({"batch", 20})), g.parameter("w", weights)) +
      g.parameter("b", weights);
  g.output("y", softmax(gelu(h)));
  g.output("s", sum(h, {0}));
  return g;
}

TEST(HostileCallsTest, WhatWasMovedFromIsRefused) {
  Executable exe = compile(layer(), Target::parse("cpu"));
  Executable moved = std::move(exe);
  const char *message =
      "expected a compiled program, but got an executable that was moved from";
  EXPECT_ERROR(exe.run({}), message);
  EXPECT_ERROR(exe.bind(), message);
  EXPECT_ERROR(exe.inputs(), message);
  EXPECT_ERROR(exe.outputs(), message);
  Call call = moved.bind();
  Call held = std::move(call);
  EXPECT_ERROR(call.run(),
               "expected a call of a program, but got one that was moved from");
  EXPECT_ERROR(call.input("x", Tensor()),
               "expected a call of a program, but got one that was moved from");
}

TEST(HostileCallsTest, UnusedInputsAreNoNoise) {
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  Graph g;
  Value x = g.input("x", f32({2}));
  g.input("unused", f32({"n"}));
  g.output("y", x + 1);
  for (const char *target : targets) {
    Executable exe = compile(g, Target::parse(target));
    ASSERT_EQ(exe.inputs().size(), 2u);
    Tensor y = exe.run({{"x", Tensor::zeros(f32({2}))},
                        {"unused", Tensor::zeros(f32({0}))}})
                   .at("y");
    EXPECT_EQ(y.data<float>()[1], 1.f);
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

//===----------------------------------------------------------------------===//
// Dimensions of size 0
//===----------------------------------------------------------------------===//

TEST(HostileCallsTest, DynamicDimensionsMayBeZero) {
  Graph g("zero");
  Value x = g.input("x", f32({"n", 5}));
  g.output("elementwise", gelu(x) * x);
  g.output("softmax", softmax(x));
  g.output("layer", matmul(x, transpose(x, {1, 0})));
  g.output("inner", matmul(transpose(x, {1, 0}), x));
  g.output("columns", sum(x, {0}));
  g.output("rows", sum(x, {1}));
  g.output("mean", mean(x, {0}));
  g.output("normal", layerNorm(x));
  g.output("cast", cast(x, ElementType::I8));
  for (const char *target : targets) {
    auto y = compile(g, Target::parse(target))
                 .run({{"x", Tensor::zeros(f32({0, 5}))}});
    using Shape = std::vector<int64_t>;
    for (const char *name : {"elementwise", "softmax", "normal", "cast"})
      EXPECT_EQ(y.at(name).shape(), (Shape{0, 5})) << target << ' ' << name;
    EXPECT_EQ(y.at("layer").shape(), (Shape{0, 0})) << target;
    EXPECT_EQ(y.at("rows").shape(), (Shape{0})) << target;
    // A sum of nothing is 0, and a mean of nothing is 0 / 0.
    ASSERT_EQ(y.at("inner").shape(), (Shape{5, 5})) << target;
    for (float element : y.at("inner").data<float>())
      EXPECT_EQ(element, 0.f) << target;
    for (float element : y.at("columns").data<float>())
      EXPECT_EQ(element, 0.f) << target;
    for (float element : y.at("mean").data<float>())
      EXPECT_TRUE(std::isnan(element)) << target;
  }
}

TEST(HostileCallsTest, AMaximumOverNothingIsAnError) {
  Graph g;
  g.output("y", max(g.input("x", f32({"n", 5})), {0}));
  for (const char *target : targets) {
    Executable exe = compile(g, Target::parse(target));
    std::string error =
        test::errorOf([&] { exe.run({{"x", Tensor::zeros(f32({0, 5}))}}); });
    EXPECT_NE(error.find("expected elements to compare, but got dim 0 of size "
                         "0"),
              std::string::npos)
        << target << ": " << error;
  }
}

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

TEST(HostileCallsTest, SizesOfACallMayNotOverflow) {
  // Inputs of 8 MB each whose product would have 2^84 elements.
  Graph g;
  Value x = g.input("x", f32({"n", 1, 1, 1})),
        y = g.input("y", f32({"n", 1, 1}));
  Value z = g.input("z", f32({"n", 1})), w = g.input("w", f32({"n"}));
  g.output("r", x + y + z + w);
  constexpr int64_t n = int64_t(1) << 21;
  std::map<std::string, Tensor> inputs = {
      {"x", Tensor::zeros(f32({n, 1, 1, 1}))},
      {"y", Tensor::zeros(f32({n, 1, 1}))},
      {"z", Tensor::zeros(f32({n, 1}))},
      {"w", Tensor::zeros(f32({n}))}};
  for (const char *target : targets) {
    Executable exe = compile(g, Target::parse(target));
    std::string error = test::errorOf([&] { exe.run(inputs); });
    EXPECT_NE(error.find("expected a tensor of 2^40 bytes or less, but got"),
              std::string::npos)
        << target << ": " << error;
  }
}

// Regression: what a target computes in a wider type was beyond the limit of a
// tensor, and the compiler ended the process.
TEST(HostileCallsTest, SizesInWiderTypesAreRefused) {
  constexpr int64_t n = int64_t(1) << 20;
  auto repeated = [](Graph &g, ElementType type, std::vector<int64_t> shape) {
    return broadcast(g.input("x", {type, {1}}), shape);
  };
  using Build = std::function<Value(Graph &)>;
  const std::map<std::string, Build> builds = {
      {"eye", [](Graph &g) { return eye(g, i8({n, n})); }},
      {"linspace",
       [](Graph &g) { return linspace(g, f16({n * n / 2}), 0, 1); }},
      {"softmax",
       [&](Graph &g) {
         return softmax(repeated(g, ElementType::F16, {n, n / 2}));
       }},
      {"variance",
       [&](Graph &g) {
         return variance(repeated(g, ElementType::F16, {n, n / 2}));
       }},
      {"trilu",
       [&](Graph &g) {
         return sum(trilu(repeated(g, ElementType::I8, {n, n})));
       }},
      {"one_hot",
       [](Graph &g) {
         return oneHot(g.input("x", i32({1})), n * n,
                       g.constant({false, true}));
       }},
  };
  for (const auto &[name, build] : builds) {
    Graph g;
    g.output("y", build(g));
    std::map<std::string, Tensor> inputs;
    Executable law = compile(g, Target::parse("interpreter"));
    for (const Port &port : law.inputs())
      inputs.emplace(port.name, Tensor::zeros(port.type));
    EXPECT_NE(test::errorOf([&] {
                law.run(inputs);
              }).find("expected a run that takes at most "),
              std::string::npos)
        << name;
    std::string error =
        test::errorOf([&] { compile(g, Target::parse("cpu")).run(inputs); });
    EXPECT_NE(
        error.find("expected a tensor of 2^37 elements or less, but got "),
        std::string::npos)
        << name << ": " << error;
  }
}

TEST(HostileCallsTest, RunsOverTheMemoryLimitAreRefused) {
  // 400 bytes of x, 800 of h and 400 of y.
  Graph g;
  Value x = g.input("x", f32({100, 1}));
  Value h = matmul(x, g.constant({{1.f, 2.f}}));
  g.output("y", matmul(h, g.constant({{1.f}, {2.f}})));
  std::map<std::string, Tensor> inputs = {{"x", Tensor::zeros(f32({100, 1}))}};
  for (const char *target : targets) {
    std::string error = test::errorOf([&] {
      compile(g, Target::parse(target), {.maxMemory = 1000}).run(inputs);
    });
    EXPECT_NE(error.find("expected a run that takes at most 1000 bytes of "
                         "memory, but got "),
              std::string::npos)
        << target << ": " << error;
    EXPECT_NO_THROW(
        compile(g, Target::parse(target), {.maxMemory = 10000}).run(inputs))
        << target;
  }
}

TEST(HostileCallsTest, WhatWasMovedFromIsStillWhatItWas) {
  Tensor tensor = Tensor::fromVector<float>({}, {2}), other = std::move(tensor);
  ParameterStore store, otherStore = std::move(store);
  Target target = Target::parse("cpu"), otherTarget = std::move(target);
  store.set("w", tensor);

  Graph g;
  Value x = g.input("x", f32({}));
  g.output("y", x * g.parameter("w", store));
  Tensor y = compile(g, target).run({{"x", tensor}}).at("y");
  EXPECT_EQ(y.data<float>()[0], 4);
  EXPECT_TRUE(other.bitwiseEquals(tensor));
}

} // namespace
