//===- ChoosePlans.cpp - The plans that products run by -------------------===//
#include "compiler/Transforms/Systolic/ChoosePlans.h"
#include "compiler/Transforms/Systolic/FinishProgram.h"
#include "compiler/Transforms/Systolic/ProgramEmitter.h"
#include "dialects/Systolic/Instructions.h"
#include "mlir/IR/Diagnostics.h"
#include "runtime/Systolic/PlayOrder.h"
#include "llvm/ADT/ScopeExit.h"

using namespace mlir;

namespace tactus::systolic {
namespace {

/// Tiles of weights that the trials of one product may take. The error of an
/// estimate does not grow with their number, so that many hide it.
constexpr int64_t mostTiles = 1024;

/// Cycles of one step alone, by the simulator's timing; none where its buffers
/// do not fit.
std::optional<int64_t> timeAlone(ProgramPlan &plan, const PlannedStep &step,
                                 func::FuncOp main, const Machine &machine) {
  ProgramOp program = emitSteps(plan, step, main, machine);
  auto erase = llvm::make_scope_exit([&] { program.erase(); });
  ScopedDiagnosticHandler silence(main.getContext(), [](Diagnostic &) {});
  if (failed(allocate(program, machine)))
    return std::nullopt;
  scheduleLoads(program);
  if (failed(assignSemaphores(program, machine)))
    return std::nullopt;
  Program trial;
  trial.machine = machine;
  trial.layers.push_back(step.layer);
  for (Operation &op : program.getBody().front()) {
    if (!isInstruction(&op))
      continue;
    std::string problem;
    trial.instructions.push_back(instructionOf(&op, problem));
    if (!problem.empty())
      return std::nullopt;
  }
  Dependences dependences(trial);
  Timing timing(trial, dependences, WeightLoading::Overlapped);
  PlayOrder(trial, dependences, timing)
      .play([](uint32_t, const std::vector<LocalRange> &) {}, [](uint32_t) {});
  return timing.totalCycles();
}

int64_t countTiles(const PlacedKernel &placed, const ProductPlan &plan,
                   const Machine &machine) {
  ProductShape3 shape = shapeOf(placed);
  return shape.matrices * llvm::divideCeil(shape.depth, machine.rows) *
         llvm::divideCeil(shape.columns, plan.blockColumns) *
         int64_t(plan.chunks.size());
}

void tryPlans(ProgramPlan &plan, PlannedStep &step,
              ArrayRef<ProductPlan> candidates, func::FuncOp main,
              const Machine &machine) {
  PlannedStep trial = step;
  std::optional<int64_t> least;
  int64_t tiles = 0;
  for (const ProductPlan &candidate : candidates) {
    tiles += countTiles(*step.placed, candidate, machine);
    if (tiles > mostTiles)
      return;
    trial.product = candidate;
    auto cycles = timeAlone(plan, trial, main, machine);
    if (!cycles || (least && *cycles >= *least))
      continue;
    least = cycles;
    step.product = candidate;
  }
}

} // namespace

void choosePlans(ProgramPlan &plan, func::FuncOp main, const Machine &machine,
                 std::optional<int64_t> wanted) {
  for (PlannedStep &step : plan.steps) {
    if (!step.placed || !step.placed->kernel.product)
      continue;
    SmallVector<ProductPlan> candidates = enumeratePlans(*step.placed, machine);
    int64_t last = int64_t(candidates.size()) - 1;
    step.product = candidates[std::clamp<int64_t>(wanted.value_or(0), 0, last)];
    if (!wanted && last > 0)
      tryPlans(plan, step, candidates, main, machine);
  }
}

} // namespace tactus::systolic
