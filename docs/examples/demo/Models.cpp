//===- Models.cpp - A classifier and an encoder layer ---------------------===//
#include "Demo.h"
#include "docs/examples/Classifier.h"
#include "docs/examples/EncoderLayer.h"
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>

namespace tactus::demo {

using Clock = std::chrono::steady_clock;

static double milliseconds(Clock::time_point from) {
  return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
}

/// The greatest distance of two f32 tensors, as a part of the largest number.
static double distance(const Tensor &actual, const Tensor &expected) {
  auto a = actual.data<float>(), b = expected.data<float>();
  double far = 0, largest = 0;
  for (size_t i = 0; i < b.size(); ++i) {
    far = std::max(far, std::fabs(double(a[i]) - double(b[i])));
    largest = std::max(largest, std::fabs(double(b[i])));
  }
  return far / largest;
}

/// The least time of some calls on bound buffers, in milliseconds.
static double timeCalls(const Executable &program, const Tensor &x,
                        const Tensor &result) {
  Call call = program.bind();
  call.input("x", x);
  call.output("y", Tensor::zeros(result.type()));
  call.run();
  double least = HUGE_VAL;
  for (int i = 0; i < 20; ++i) {
    auto from = Clock::now();
    call.run();
    least = std::min(least, milliseconds(from));
  }
  return least;
}

/// Runs on interpreter and CPU, compares, and says how long a call takes.
static void compareTargets(Checks &checks, const std::string &name,
                           const Executable &law, const Executable &cpu,
                           const Tensor &x) {
  Tensor expected = law.run({{"x", x}}).at("y");
  Tensor actual = cpu.run({{"x", x}}).at("y");
  double far = distance(actual, expected);
  char detail[120];
  std::snprintf(detail, sizeof(detail),
                "farthest %.2g of the largest number; a call takes %.3f ms",
                far, timeCalls(cpu, x, actual));
  checks.require(name + ", cpu as the interpreter", far < 2e-5, detail);
}

/// The same network as text: what another tool would hand over.
static const char *classifierJson = R"({
  "tactus": 1,
  "name": "classifier",
  "inputs": [{"name": "x", "type": "f32[batch,784]"}],
  "parameters": {"file": "classifier.safetensors", "tensors": [
    {"name": "w0", "type": "f32[784,512]"}, {"name": "b0", "type": "f32[512]"},
    {"name": "w1", "type": "f32[512,512]"}, {"name": "b1", "type": "f32[512]"},
    {"name": "w2", "type": "f32[512,10]"}, {"name": "b2", "type": "f32[10]"}]},
  "nodes": [
    {"name": "m0", "op": "matmul", "inputs": ["x", "w0"]},
    {"name": "s0", "op": "add", "inputs": ["m0", "b0"]},
    {"name": "h0", "op": "relu", "inputs": ["s0"]},
    {"name": "m1", "op": "matmul", "inputs": ["h0", "w1"]},
    {"name": "s1", "op": "add", "inputs": ["m1", "b1"]},
    {"name": "h1", "op": "relu", "inputs": ["s1"]},
    {"name": "m2", "op": "matmul", "inputs": ["h1", "w2"]},
    {"name": "s2", "op": "add", "inputs": ["m2", "b2"]},
    {"name": "y", "op": "softmax", "inputs": ["s2"]}
  ],
  "outputs": ["y"]
}
)";

void runClassifier(Checks &checks, const std::filesystem::path &folder) {
  checks.section("A 784-512-512-10 classifier");
  std::filesystem::create_directories(folder);
  ParameterStore made = examples::classifierWeights();
  made.save(folder / "classifier.safetensors");
  std::ofstream(folder / "classifier.json") << classifierJson;

  // Mapped, not read.
  ParameterStore store =
      ParameterStore::open(folder / "classifier.safetensors");
  Graph g = examples::classifier(store);
  Executable law = compile(g, Target::parse("interpreter"));
  Executable cpu = compile(g, Target::parse("cpu"));
  for (int64_t batch : {1, 64})
    compareTargets(checks, "batch " + std::to_string(batch), law, cpu,
                   Tensor::random(f32({batch, 784}), Seed(7)));
}

void runEncoderLayer(Checks &checks) {
  checks.section("A transformer's encoder layer: 128 x 768, 12 heads, GELU");
  examples::EncoderSizes sizes;
  ParameterStore store = examples::encoderWeights(sizes, Seed(1));
  Graph g = examples::encoderLayer(sizes, store);
  auto start = Clock::now();
  Executable cpu = compile(g, Target::parse("cpu"));
  std::cout << "compiled in " << milliseconds(start) << " ms\n";
  Executable law = compile(g, Target::parse("interpreter"));
  compareTargets(checks, "encoder layer", law, cpu,
                 Tensor::random(f32({sizes.sequence, sizes.hidden}), Seed(2)));
}

void runQuantizedLayer(Checks &checks) {
  checks.section(
      "A quantized 64 x 64 x 64 layer on systolic:gemmini (16 x 16)");
  ParameterStore store;
  store.set("w", Tensor::random(i8({64, 64}), Seed(30)));
  store.set("b", Tensor::random(i32({64}), Seed(31)));
  Graph g("quantized");
  Value x = g.input("x", i8({64, 64}));
  Value sum = matmul(x, g.parameter("w", store)) + g.parameter("b", store);
  g.output("y", requantize(relu(sum), {.scale = 1.0 / 16}));

  std::map<std::string, Tensor> inputs = {
      {"x", Tensor::random(i8({64, 64}), Seed(32))}};
  Tensor law = compile(g, Target::parse("interpreter")).run(inputs).at("y");
  Simulation played =
      simulate(compile(g, Target::parse("systolic:gemmini")), inputs);
  std::cout << played.report;

  auto expected = law.data<int8_t>();
  auto actual = played.outputs.at("y").data<int8_t>();
  int64_t differing = 0;
  for (size_t i = 0; i < expected.size(); ++i)
    differing += expected[i] != actual[i];
  checks.require("values as the interpreter's", differing == 0,
                 std::to_string(differing) + " of 4096 differ");
  // 16 folds of 64 rows; the first weights enter in 16 cycles, and the last sum
  // leaves 16 + 15 after its row came in.
  checks.require("array cycles, 1070 + 1", played.arrayCycles == 1071,
                 std::to_string(played.arrayCycles));
}

} // namespace tactus::demo
