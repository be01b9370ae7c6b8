//===- SimulateLayers.cpp - How fast the systolic simulator is ------------===//
//
// Products of 512 x 512 x 512 on an array of 128 x 128, and the instructions of
// a transformer layer on `tpu-v2`, values and times in one run on one thread,
// in seconds of the processor. With an argument, only the lines whose name has
// it. Exit status 2 where a bar is missed: 5e9 multiply-adds a second, and one
// second for the layer.
//
//===----------------------------------------------------------------------===//
#include "tests/benchmarks/TransformerProgram.h"
#include "tests/unit/Systolic/Assembler.h"
#include <cstdio>
#include <cstring>
#include <ctime>

using namespace tactus;
using namespace tactus::systolic;

using Inputs = std::map<std::string, Tensor>;

/// Of the processor, so that a busy host does not count.
static double seconds() {
  return double(std::clock()) / CLOCKS_PER_SEC;
}

static int64_t macsOf(const Program &program) {
  int64_t macs = 0, n = 0;
  // Tiles in the order in which matmuls switch to them.
  std::vector<const LoadWeights *> tiles;
  for (const Instruction &each : program.instructions)
    if (auto *load = std::get_if<LoadWeights>(&each.operands))
      tiles.push_back(load);
  size_t next = 0;
  for (const Instruction &each : program.instructions)
    if (auto *op = std::get_if<Matmul>(&each.operands)) {
      if (op->switchWeights)
        n = tiles[next++]->n;
      macs += op->rows() * op->k * n;
    }
  return macs;
}

struct Result {
  /// Of the best run.
  double macsPerSecond = 0;
  /// Of the first run with all that comes before it.
  double whole = 0;
};

template <typename Make>
static Result measure(const char *name, Make make, const Inputs &inputs) {
  double begin = seconds();
  Program program = make();
  double made = seconds();
  Simulator simulator(program);
  double checked = seconds();
  simulator.run(inputs);
  double first = seconds();
  double best = first - checked;
  for (int i = 0; i < 9; ++i) {
    double start = seconds();
    simulator.run(inputs);
    best = std::min(best, seconds() - start);
  }
  int64_t macs = macsOf(program);
  std::printf("%-18s %5zu instructions %9.3e MAC  program %6.1f ms  check "
              "%5.1f ms  first run %6.1f ms  best run %6.1f ms  %.2e MAC/s\n",
              name, program.instructions.size(), double(macs),
              (made - begin) * 1e3, (checked - made) * 1e3,
              (first - checked) * 1e3, best * 1e3, double(macs) / best);
  return {double(macs) / best, first - begin};
}

/// Whether the bar of 5e9 multiply-adds a second is met.
static bool reportProduct(const char *name, DataType type) {
  Machine machine = testMachine({128, 128}, 1024, type);
  ProductShape shape = {512, 512, 512};
  std::vector<uint8_t> weights(shape.k * shape.n * byteSize(type));
  for (size_t i = 0; i < weights.size(); ++i)
    // Of bf16 the upper byte, so that no number is huge.
    weights[i] = type == DataType::I8 ? i * 37 : i % 2 ? 0x3f : i * 37;
  Tensor a =
      type == DataType::I8
          ? wideRandom({shape.m, shape.k}, 1)
          : Tensor::random({ElementType::BF16, {shape.m, shape.k}}, Seed(1));
  Result result = measure(
      name,
      [&] { return assembleProduct(machine, shape, type, {512}, weights); },
      {{"a", a}});
  return result.macsPerSecond >= 5e9;
}

/// Whether the bar of one second is met, the making of the program included.
static bool reportLayer(const char *name) {
  TransformerShape shape;
  Tensor x = Tensor::random({ElementType::BF16, {shape.tokens, shape.hidden}},
                            Seed(2));
  auto make = [&] { return assembleTransformer(shape); };
  return measure(name, make, {{"x", x}}).whole <= 1;
}

int main(int argc, char **argv) {
  bool areMet = true;
  auto run = [&](const char *name, auto report) {
    if (argc > 1 && !std::strstr(name, argv[1]))
      return;
    bool isMet = report(name);
    if (!isMet)
      std::printf("%s misses its bar\n", name);
    areMet &= isMet;
  };
  run("product-i8",
      [](auto name) { return reportProduct(name, DataType::I8); });
  run("product-bf16",
      [](auto name) { return reportProduct(name, DataType::BF16); });
  run("transformer-layer", reportLayer);
  return areMet ? 0 : 2;
}
