//===- FusionRules.cpp - What a target runs as one kernel -----------------===//
#include "compiler/Transforms/FusionRules.h"
#include "compiler/Conversion/Kernels/AttentionKernel.h"
#include "compiler/Conversion/Kernels/ContractionKernel.h"
#include "compiler/Conversion/Kernels/KernelPlan.h"
#include "compiler/Conversion/Kernels/LoopKernel.h"
#include "compiler/Transforms/Systolic/MachineKernel.h"

using namespace mlir;

namespace tactus {

bool FusionRules::isForPrepare(Operation *op) const {
  return machine && op->getNumResults() > 0 &&
         prepared.contains(op->getResult(0));
}

static bool runsOn(const systolic::Machine &machine, Block &body) {
  return succeeded(systolic::analyzeKernel(body, machine,
                                           [](Operation *, const Twine &) {}));
}

bool FusionRules::isContraction(Block &body) const {
  return machine ? runsOn(*machine, body) : isContractionKernel(body);
}

bool FusionRules::isAttention(Block &body) const {
  return !machine && isAttentionKernel(body);
}

/// On a CPU, one nest of loops, one for each part of a concat, or those of a
/// scatter.
bool FusionRules::isLoops(Block &body) const {
  if (machine)
    return runsOn(*machine, body);
  return succeeded(planKernel(body)) || isConcatKernel(body) ||
         isScatterKernel(body);
}

} // namespace tactus
