//===- tpu.cpp - Networks of the first TPU's sizes, played ----------------===//
//
// Plays each network on `systolic:tpu-v1`, or on the target named, compares its
// values with the interpreter's, and prints what became of the cycles beside
// what is published of the hardware.
//
//===----------------------------------------------------------------------===//
#include "TpuNetworks.h"
#include "tactus/tactus.h"
#include <cstdio>
#include <iostream>

using namespace tactus;

/// The share of the causes named, in per cent.
static double shareOf(const Simulation &played,
                      const std::vector<std::string> &causes) {
  double sum = 0;
  for (const auto &[cause, share] : played.cycleShares)
    for (const std::string &wanted : causes)
      sum += 100 * share * (cause == wanted);
  return sum;
}

static bool play(const examples::TpuNetwork &network, const Target &target) {
  Graph graph = examples::tpuGraph(network, examples::tpuWeights(network));
  TensorType type{ElementType::I8, {network.batch, network.width}};
  std::map<std::string, Tensor> inputs = {{"x", Tensor::random(type, Seed(7))}};
  Simulation played = simulate(compile(graph, target), inputs);
  Tensor law = compile(graph, Target::parse("interpreter")).run(inputs).at("y");
  bool agrees = played.outputs.at("y").bitwiseEquals(law);

  const examples::TpuNetwork::Published &known = network.published;
  std::printf("%s: %.1f million weights, %lld layers, batch %lld; values %s "
              "the interpreter's\n",
              network.name.c_str(), double(network.weights()) * 1e-6,
              static_cast<long long>(network.layers),
              static_cast<long long>(network.batch),
              agrees ? "equal to" : "DIFFER from");
  auto row = [](const char *name, double published, double ours) {
    std::printf("  %-28s %10.1f %10.1f\n", name, published, ours);
  };
  double active = shareOf(played, {"array active"});
  double data = shareOf(played, {"weight data"});
  double shift = shareOf(played, {"weight shift"});
  std::printf("  %-28s %10s %10s\n", "", "published", "here");
  row("array active, % of cycles", known.active, active);
  row("  cells of use, %", known.useful, 100 * played.utilization);
  row("waits for weights, %", known.weightData, data);
  row("weights shift in, %", known.weightShift, shift);
  row("all else, %", known.rest, 100 - active - data - shift);
  row("10^12 operations a second", known.tops,
      network.operations() / played.seconds * 1e-12);
  std::printf("  %lld cycles\n", static_cast<long long>(played.totalCycles));
  return agrees;
}

int main(int argc, char **argv) try {
  Target target = Target::parse(argc > 1 ? argv[1] : "systolic:tpu-v1");
  bool agree = true;
  for (const examples::TpuNetwork &network :
       {examples::mlp0Like(), examples::mlp1Like()})
    agree &= play(network, target);
  return agree ? 0 : 2;
} catch (const Error &error) {
  std::cerr << error.what() << '\n';
  return 1;
}
