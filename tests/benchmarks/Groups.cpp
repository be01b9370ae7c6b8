//===- Groups.cpp - What is compared, and the bars ------------------------===//
#include "tests/benchmarks/Groups.h"
#include <algorithm>
#include <random>

namespace tactus::benchmarks {

static std::vector<Workload> plainProducts() {
  std::vector<Workload> all;
  for (int64_t n : {64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048})
    all.push_back(product(n, n, n));
  all.push_back(product(128, 768, 768));
  all.push_back(product(128, 768, 3072));
  all.push_back(product(128, 3072, 768));
  return all;
}

static std::vector<Workload> productsWithActivation() {
  std::vector<Workload> all;
  for (Activation activation :
       {Activation::Gelu, Activation::GeluTanh, Activation::Sigmoid,
        Activation::Tanh, Activation::Silu}) {
    for (int64_t n : {64, 256, 512, 1024})
      all.push_back(product(n, n, n, activation));
    all.push_back(product(128, 768, 3072, activation));
    all.push_back(product(128, 3072, 768, activation));
  }
  return all;
}

static std::vector<Workload> oddProducts() {
  std::vector<Workload> all = {product(127, 333, 65)};
  // The same sizes in each run, whatever the library's distributions do.
  std::mt19937 random(1);
  auto next = [&] { return int64_t(1 + random() % 700); };
  for (int i = 0; i < 50; ++i) {
    int64_t m = next(), k = next(), n = next();
    all.push_back(product(m, k, n));
  }
  return all;
}

static std::vector<Workload> productsOfFewRows() {
  std::vector<Workload> all;
  for (int64_t m : {1, 2, 3, 4, 5, 6, 8, 12, 16}) {
    all.push_back(product(m, 768, 768));
    all.push_back(product(m, 768, 3072));
  }
  for (int64_t m : {1, 4, 16})
    all.push_back(product(m, 4096, 4096));
  // A matrix times a vector, from either side.
  for (int64_t n : {512, 1000, 2048}) {
    all.push_back(product(1, n, n));
    all.push_back(product(n, n, 1));
  }
  all.push_back(product(4096, 4096, 1));
  return all;
}

static std::vector<Workload> productsForThreads() {
  return {product(256, 256, 256),    product(512, 512, 512),
          product(1024, 1024, 1024), product(2048, 2048, 2048),
          product(128, 768, 3072),   product(128, 3072, 768)};
}

static std::vector<Workload> productsOf(ElementType type) {
  std::vector<Workload> all;
  for (int64_t n : {64, 256, 512, 1024})
    all.push_back(product(n, n, n, Activation::None, type, type));
  return all;
}

static Workload bytes(ElementType lhs, int64_t n) {
  return product(n, n, n, Activation::None, lhs, ElementType::I8);
}

std::vector<Group> allGroups(int threads) {
  using enum Activation;
  std::vector<Group> groups = {
      {.name = "matmul",
       .title = "f32 products, constant weights",
       .workloads = plainProducts(),
       .meanBar = 1.0,
       .worstBar = 1.05,
       .peakBar = 0.92},
      {.name = "activation",
       .title = "f32 products, bias, GELU, sigmoid, tanh or SiLU",
       .workloads = productsWithActivation(),
       .meanBar = 0.95,
       .worstBar = 1.02},
      {.name = "odd",
       .title = "f32 products of odd sizes, 1 to 700",
       .workloads = oddProducts(),
       .meanBar = 0.9},
      {.name = "few-rows",
       .title = "f32 products of 1 to 16 rows, and with a vector",
       .workloads = productsOfFewRows(),
       .meanBar = 0.95},
      {.name = "small",
       .title =
           "small f32 products with the cost of a call, beside ONNX Runtime",
       .workloads = {product(16, 16, 16), product(32, 32, 32),
                     product(64, 64, 64)},
       .rival = Rival::OnnxRuntime,
       .meanBar = 0.6},
      {.name = "mlp-1",
       .title = "MLP 784-512-512-10, batch 1",
       .workloads = {mlp(1)},
       .meanBar = 0.95},
      {.name = "mlp-64",
       .title = "MLP 784-512-512-10, batch 64",
       .workloads = {mlp(64)},
       .meanBar = 0.98},
      {.name = "encoder",
       .title = "transformer encoder layer, sequence 128, beside ONNX Runtime",
       .workloads = {encoder()},
       .rival = Rival::OnnxRuntime,
       .meanBar = 0.85},
      {.name = "rows",
       .title = "softmax, layer norm, GELU, a chain of 6 operations",
       .workloads = {softmaxOf(1536, 128), layerNormOf(128, 768),
                     activationOf(Gelu, {128, 3072}), chainOf(1 << 20)},
       .worstBar = 0.9},
      {.name = "bytes",
       .title = "i8 and u8 products with i8, sums in i32, beside oneDNN",
       .workloads = {bytes(ElementType::U8, 512), bytes(ElementType::I8, 512),
                     bytes(ElementType::U8, 64), bytes(ElementType::I8, 64),
                     bytes(ElementType::U8, 1024),
                     bytes(ElementType::I8, 1024)},
       .rival = Rival::OneDnn,
       .worstBar = 1.05},
      {.name = "signed-bytes",
       .title = "i8 products with i8, beside ONNX Runtime",
       .workloads = {bytes(ElementType::I8, 512)},
       .rival = Rival::OnnxRuntime,
       .worstBar = 0.1},
      {.name = "call",
       .title = "a call that does nothing to speak of, beside a limit",
       .workloads = {activationOf(Relu, {1, 1})},
       .rival = Rival::CallLimit,
       .worstBar = 1.0,
       .limits = {0.0005}},
      {.name = "compile",
       .title = "compiling, beside a limit",
       .workloads = {mlp(1), encoder()},
       .rival = Rival::CompileLimit,
       .worstBar = 1.0,
       .limits = {150, 400}},
  };
  // Where a processor has no bf16, libraries only imitate it.
  std::vector<Workload> halves = productsOf(ElementType::F16);
  if (__builtin_cpu_supports("avx512bf16"))
    for (Workload &workload : productsOf(ElementType::BF16))
      halves.push_back(std::move(workload));
  groups.push_back({.name = "halves",
                    .title = "products of 16-bit floats",
                    .workloads = std::move(halves)});
  if (threads > 1)
    groups.push_back({.name = "threads",
                      .title = "beside ourselves on one thread",
                      .workloads = productsForThreads(),
                      .rival = Rival::OneThread,
                      .worstBar = 1 / (0.95 * threads)});
  return groups;
}

bool isFloatProduct(const Workload &workload) {
  return workload.kind == Workload::Kind::Layers &&
         workload.layers.size() == 1 &&
         workload.input.elementType == ElementType::F32;
}

bool isLargeProduct(const Workload &workload) {
  if (!isFloatProduct(workload))
    return false;
  const Layer &layer = workload.layers.front();
  auto [least, greatest] =
      std::minmax({workload.input.dimensions[0].size(), layer.in, layer.out});
  return least >= 128 && greatest >= 256;
}

} // namespace tactus::benchmarks
