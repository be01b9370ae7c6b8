//===- TileKernels.cpp - Kernels as tiles of the array --------------------===//
#include "compiler/Transforms/Systolic/ChoosePlans.h"
#include "compiler/Transforms/Systolic/NameMachine.h"
#include "compiler/Transforms/Systolic/Passes.h"
#include "compiler/Transforms/Systolic/Placement.h"
#include "compiler/Transforms/Systolic/ProgramEmitter.h"
#include "dialects/Systolic/Instructions.h"
#include "llvm/ADT/StringSet.h"

namespace tactus {
#define GEN_PASS_DEF_SYSTOLICTILEKERNELSPASS
#include "compiler/Transforms/Systolic/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

using namespace tactus::systolic;

struct SystolicTileKernelsPass final
    : tactus::impl::SystolicTileKernelsPassBase<SystolicTileKernelsPass> {
  using SystolicTileKernelsPassBase::SystolicTileKernelsPassBase;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    auto main = module.lookupSymbol<func::FuncOp>("main");
    if (!main || main.isExternal())
      return;
    FailureOr<Machine> found = nameMachine(module, machine);
    std::optional<int64_t> wanted;
    if (plan >= 0)
      wanted = plan;
    if (failed(found) || failed(tile(main, *found, wanted)))
      return signalPassFailure();
    main.erase();
    if (auto prepare = module.lookupSymbol("prepare"))
      prepare->erase();
    // What the host runs stays.
    llvm::StringSet<> called;
    module.walk([&](HostCallOp call) { called.insert(*call.getKernel()); });
    for (auto kernel :
         llvm::make_early_inc_range(module.getOps<ir::KernelOp>()))
      if (!called.contains(kernel.getSymName()))
        kernel.erase();
  }

  /// All tensors of a program are in DRAM at one time.
  static LogicalResult checkDram(func::FuncOp main, ProgramOp program,
                                 const Machine &machine) {
    int64_t bytes = 0;
    for (auto dram : program.getOps<DramOp>())
      bytes += dramBytesOf(cast<RankedTensorType>(dram.getTensor()));
    if (bytes <= machine.dramBytes)
      return success();
    return main.emitError("expected tensors that fit the ")
           << machine.dramBytes << " bytes of DRAM of '" << machine.name
           << "', but got " << bytes << " bytes";
  }

  /// Rows that lie apart may not serve a buffer, though as many are free; then
  /// less is kept in the unified buffer.
  static LogicalResult tile(func::FuncOp main, const Machine &machine,
                            std::optional<int64_t> wanted) {
    for (double share : {1.0, 0.85, 0.7, 0.5, 0.35, 0.2}) {
      FailureOr<ProgramPlan> plan = planProgram(main, machine, share);
      if (failed(plan))
        return failure();
      choosePlans(*plan, main, machine, wanted);
      ProgramOp program = emitSteps(*plan, plan->steps, main, machine);
      AllocOp unplaced;
      if (placeBuffers(program, machine, unplaced))
        return checkDram(main, program, machine);
      program.erase();
    }
    return main.emitError("expected buffers that fit the unified buffer of '")
           << machine.name << "', but got more in use at a time";
  }
};

} // namespace
} // namespace tactus
