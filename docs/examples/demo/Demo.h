//===- Demo.h - The parts of the demo ---------------------------*- C++ -*-===//
#ifndef TACTUS_DOCS_EXAMPLES_DEMO_DEMO_H
#define TACTUS_DOCS_EXAMPLES_DEMO_DEMO_H

#include "Checks.h"
#include <filesystem>

namespace tactus::demo {

void runTutorial(Checks &checks);
/// A 784-512-512-10 classifier on interpreter and CPU, for batches of 1 and 64.
/// Its weights go to `folder`, beside a graph that `tactus run` takes.
void runClassifier(Checks &checks, const std::filesystem::path &folder);
void runEncoderLayer(Checks &checks);
/// An i8 matmul with bias, ReLU and requantize on a simulated machine.
void runQuantizedLayer(Checks &checks);
/// The classifier in i8 on `tpu-v1` and `edge`, after calibration, and the
/// encoder layer in bf16 on `tpu-v2`, each beside the interpreter on what the
/// machine is to compute.
void runMachines(Checks &checks);

} // namespace tactus::demo

#endif // TACTUS_DOCS_EXAMPLES_DEMO_DEMO_H
