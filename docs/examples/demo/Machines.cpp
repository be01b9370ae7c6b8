//===- Machines.cpp - Networks of floats on systolic machines -------------===//
#include "Demo.h"
#include "docs/examples/Classifier.h"
#include "docs/examples/EncoderLayer.h"
#include "tactus/tactus.h"
#include <cstdio>
#include <iostream>

namespace tactus::demo {

/// Plays `graph` on `machine`, says what became of the cycles, and compares
/// with the interpreter, bit for bit.
static void play(Checks &checks, const Graph &graph, const std::string &machine,
                 const Tensor &x, const CompileOptions &options) {
  Target target = Target::parse(machine);
  std::map<std::string, Tensor> inputs = {{"x", x}};
  Simulation played = simulate(compile(graph, target, options), inputs);
  std::printf("%s: %lld cycles, of which the array %lld; %.1f%% of what its "
              "cells can do is of use\n",
              machine.c_str(), static_cast<long long>(played.totalCycles),
              static_cast<long long>(played.arrayCycles),
              100 * played.utilization);
  for (const auto &[cause, share] : played.cycleShares)
    if (share > 0)
      std::printf("  %5.1f%%  %s\n", 100 * share, cause.c_str());
  std::fflush(stdout);
  Tensor law = compileLegalized(graph, target, options).run(inputs).at("y");
  checks.require("values as the interpreter's, bit for bit",
                 played.outputs.at("y").bitwiseEquals(law), law.type().str());
}

void runMachines(Checks &checks) {
  checks.section("The classifier in i8, batch 64, after calibration");
  CompileOptions calibrated;
  for (int i = 0; i < 20; ++i)
    calibrated.calibration.samples.push_back(
        {{"x", Tensor::random(f32({64, 784}), Seed(100 + i))}});
  Graph classifier = examples::classifier(examples::classifierWeights(), 64);
  Tensor images = Tensor::random(f32({64, 784}), Seed(7));
  for (const char *machine : {"systolic:tpu-v1", "systolic:edge"})
    play(checks, classifier, machine, images, calibrated);

  checks.section("The encoder layer in bf16");
  examples::EncoderSizes sizes;
  Graph layer =
      examples::encoderLayer(sizes, examples::encoderWeights(sizes, Seed(1)));
  play(checks, layer, "systolic:tpu-v2",
       Tensor::random(f32({sizes.sequence, sizes.hidden}), Seed(2)), {});
}

} // namespace tactus::demo
