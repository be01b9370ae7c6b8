//===- TpuNetworksTest.cpp - How fast networks of TPU's sizes are ---------===//
#include "docs/examples/TpuNetworks.h"
#include "tactus/tactus.h"
#include <gtest/gtest.h>

using namespace tactus;
using namespace tactus::examples;

namespace {

/// Operations a second, in 10^12, of a run whose instructions none are the
/// host's.
double topsOf(const TpuNetwork &network) {
  Graph graph = tpuGraph(network, tpuWeights(network));
  TensorType type{ElementType::I8, {network.batch, network.width}};
  Simulation played = simulate(compile(graph, Target::parse("systolic:tpu-v1")),
                               {{"x", Tensor::random(type, Seed(1))}});
  EXPECT_EQ(played.report.find("host call"), std::string::npos);
  return network.operations() / played.seconds * 1e-12;
}

/// The values of a small batch, which are the same row for row.
void expectValues(TpuNetwork network) {
  network.batch = 5;
  Graph graph = tpuGraph(network, tpuWeights(network));
  TensorType type{ElementType::I8, {network.batch, network.width}};
  std::map<std::string, Tensor> inputs = {{"x", Tensor::random(type, Seed(2))}};
  Tensor machine =
      compile(graph, Target::parse("systolic:tpu-v1")).run(inputs).at("y");
  Tensor law = compile(graph, Target::parse("interpreter")).run(inputs).at("y");
  EXPECT_TRUE(machine.bitwiseEquals(law));
  // Not all cut off, and not all zero.
  int64_t inside = 0;
  for (int8_t element : law.data<int8_t>())
    inside += element > 0 && element < 127;
  EXPECT_GT(inside, law.numElements() / 8);
}

// The roof is two operations for each of the batch and each byte of weights,
// which come at 34 GB/s: 13.6 and 11.4.
TEST(TpuNetworksTest, Mlp0IsAtTheRoof) {
  EXPECT_GE(topsOf(mlp0Like()), 13.2);
}
TEST(TpuNetworksTest, Mlp1IsAtTheRoof) {
  EXPECT_GE(topsOf(mlp1Like()), 11.0);
}

TEST(TpuNetworksTest, ValuesAreTheInterpreters) {
  expectValues(mlp0Like());
  expectValues(mlp1Like());
}

} // namespace
