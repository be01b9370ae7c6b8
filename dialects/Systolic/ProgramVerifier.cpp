//===- ProgramVerifier.cpp - What holds of a whole program ----------------===//
#include "dialects/Systolic/Instructions.h"
#include "dialects/Systolic/ModuleMachine.h"
#include "mlir/IR/BuiltinOps.h"

using namespace mlir;
using namespace tactus::systolic;

LogicalResult ProgramOp::verify() {
  // (C1)
  auto module = (*this)->getParentOfType<ModuleOp>();
  Attribute attribute =
      module ? module->getAttr(machineAttributeName) : Attribute();
  return machineOf(attribute, [&] { return emitOpError(); });
}

/// (C2)
static LogicalResult verifyAccesses(Operation *op, const Machine &machine) {
  for (const LocalAccess &access : localAccessesOf(op, machine)) {
    auto alloc = access.buffer.getDefiningOp<AllocOp>();
    const LocalRange &range = access.range;
    int64_t reach = (range.count - 1) * range.stride;
    int64_t first = range.row + std::min<int64_t>(reach, 0);
    int64_t last = range.row + std::max<int64_t>(reach, 0) + range.span - 1;
    int64_t rows = alloc.getRows();
    if (first >= 0 && last < rows)
      continue;
    InFlightDiagnostic diagnostic = op->emitOpError("expected rows below ")
                                    << rows << " of its buffer, but got "
                                    << (first < 0 ? first : last);
    diagnostic.attachNote(alloc.getLoc()) << "declared here";
    return diagnostic;
  }
  DramAccess access = dramAccessOf(op);
  if (!access.buffer)
    return success();
  auto dram = access.buffer.getDefiningOp<DramOp>();
  auto type = cast<RankedTensorType>(dram.getTensor());
  int64_t bytes = type.getNumElements() * (type.getElementTypeBitWidth() / 8);
  if (access.range.address >= 0 && access.range.end() <= bytes)
    return success();
  InFlightDiagnostic diagnostic =
      op->emitOpError("expected bytes below ")
      << bytes << " of its tensor, but got "
      << (access.range.address < 0 ? access.range.address
                                   : access.range.end() - 1);
  diagnostic.attachNote(dram.getLoc()) << "declared here";
  return diagnostic;
}

/// (C3)
static LogicalResult verifyTiles(ProgramOp program) {
  SmallVector<LoadWeightsOp> tiles;
  for (auto load : program.getBody().getOps<LoadWeightsOp>())
    tiles.push_back(load);
  size_t used = 0;
  for (auto matmul : program.getBody().getOps<MatmulOp>()) {
    used += matmul.getSwitchWeights();
    if (used == 0)
      return matmul.emitOpError(
          "expected the first matmul to switch weights, but got none in use");
    if (used > tiles.size())
      return matmul.emitOpError("expected a weight tile to switch to, but got "
                                "only ")
             << tiles.size();
    LoadWeightsOp tile = tiles[used - 1];
    if (matmul.getElement() == tile.getElement() &&
        matmul.getK() <= tile.getK())
      continue;
    InFlightDiagnostic diagnostic =
        matmul.emitOpError("expected weights of its type with ")
        << matmul.getK() << " or more rows, but got " << tile.getK() << " of "
        << stringifyElementKind(tile.getElement());
    diagnostic.attachNote(tile.getLoc()) << "declared here";
    return diagnostic;
  }
  if (used < tiles.size())
    return tiles[used].emitOpError(
        "expected a matmul to use the weight tile, but got none");
  return success();
}

LogicalResult ProgramOp::verifyRegions() {
  std::optional<Machine> machine = findMachine(*this);
  if (!machine)
    return success();
  if (!isa<HaltOp>(getBody().front().getTerminator()))
    return emitOpError("expected the program to end with halt");
  for (Operation &op : getBody().front()) {
    if (!isInstruction(&op))
      continue;
    if (failed(verifyAccesses(&op, *machine)))
      return failure();
    // (C4)
    std::string problem;
    Instruction instruction = instructionOf(&op, problem);
    if (instruction.layer >= getLayers().size())
      return op.emitOpError("expected a layer below ")
             << getLayers().size() << ", but got " << instruction.layer;
  }
  return verifyTiles(*this);
}
