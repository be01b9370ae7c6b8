//===- Allocate.cpp - The places of buffers -------------------------------===//
#include "compiler/Transforms/Systolic/FinishProgram.h"
#include "compiler/Transforms/Systolic/Passes.h"
#include "compiler/Transforms/Systolic/Placement.h"
#include "dialects/Systolic/Instructions.h"
#include "dialects/Systolic/ModuleMachine.h"
#include "llvm/ADT/TypeSwitch.h"

namespace tactus {
#define GEN_PASS_DEF_SYSTOLICALLOCATEPASS
#include "compiler/Transforms/Systolic/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

using namespace tactus::systolic;

class Allocator {
public:
  Allocator(ProgramOp program, const Machine &machine)
      : program(program), machine(machine) {}

  LogicalResult placeRows() {
    AllocOp unplaced;
    auto placed = placeBuffers(program, machine, unplaced);
    if (!placed) {
      bool isSums = isa<AccumulatorsType>(unplaced.getType());
      return unplaced.emitOpError("expected ")
             << unplaced.getRows() << " free rows, but '" << machine.name
             << "' has no more beside what is in use of its "
             << (isSums ? machine.accumulatorRows
                        : machine.unifiedBufferRows());
    }
    Builder builder(program.getContext());
    for (PlacedBuffer &buffer : *placed) {
      buffer.alloc.setRowAttr(builder.getI64IntegerAttr(buffer.row));
      for (AllocOp before : buffer.before)
        orderAfter(buffer.alloc, before);
    }
    return success();
  }

  LogicalResult placeDram() {
    Builder builder(program.getContext());
    int64_t next = 0;
    for (RoleKind role : {RoleKind::constant, RoleKind::input, RoleKind::output,
                          RoleKind::scratch})
      for (auto dram : program.getOps<DramOp>()) {
        if (dram.getRole() != role)
          continue;
        int64_t bytes = dramBytesOf(cast<RankedTensorType>(dram.getTensor()));
        dram.setAddressAttr(builder.getI64IntegerAttr(next));
        next = llvm::alignTo(next + bytes, 64);
        if (next > machine.dramBytes)
          return dram.emitOpError("expected ")
                 << bytes << " free bytes of DRAM, but '" << machine.name
                 << "' has " << machine.dramBytes << " in all";
      }
    return success();
  }

private:
  /// Has the instructions that write to `later` wait for the last accesses of
  /// `earlier`, which had some of its rows.
  static void orderAfter(AllocOp later, AllocOp earlier) {
    std::array<Value, numQueues> last;
    for (Operation *user : earlier->getUsers()) {
      auto instruction = dyn_cast<QueueOpInterface>(user);
      if (!instruction)
        continue;
      Value &token = last[size_t(*queueOf(user))];
      if (!token || token.getDefiningOp()->isBeforeInBlock(user))
        token = instruction.getToken();
    }
    // Waits are operands, and adding one moves the others.
    for (Operation *user : llvm::to_vector(later->getUsers())) {
      auto instruction = dyn_cast<QueueOpInterface>(user);
      if (!instruction || !writes(user, later))
        continue;
      for (Value token : last)
        if (token && !llvm::is_contained(instruction.getWaits(), token))
          instruction.getWaitsMutable().append(token);
    }
  }

  static bool writes(Operation *op, AllocOp buffer) {
    return llvm::TypeSwitch<Operation *, bool>(op)
        .Case<DmaLoadOp, ActivateOp, VecOp>([&](auto write) {
          return write.getDestination() == buffer.getResult();
        })
        .Case([&](MatmulOp matmul) {
          return matmul.getSums() == buffer.getResult();
        })
        .Default([](Operation *) { return false; });
  }

  ProgramOp program;
  const Machine &machine;
};

struct SystolicAllocatePass final
    : tactus::impl::SystolicAllocatePassBase<SystolicAllocatePass> {
  void runOnOperation() override {
    std::optional<Machine> machine = findMachine(getOperation());
    if (!machine || failed(allocate(getOperation(), *machine)))
      signalPassFailure();
  }
};

} // namespace

LogicalResult systolic::allocate(ProgramOp program, const Machine &machine) {
  Allocator allocator(program, machine);
  return success(succeeded(allocator.placeRows()) &&
                 succeeded(allocator.placeDram()));
}

} // namespace tactus
