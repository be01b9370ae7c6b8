//===- SystolicDialect.cpp - The systolic dialect and its checks ----------===//
#include "dialects/Systolic/SystolicDialect.h"
#include "dialects/Systolic/Instructions.h"
#include "dialects/Systolic/ModuleMachine.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace tactus::systolic;

#include "dialects/Systolic/SystolicDialect.cpp.inc"

#include "dialects/Systolic/SystolicEnums.cpp.inc"

#include "dialects/Systolic/SystolicInterfaces.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/Systolic/SystolicTypes.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Systolic/SystolicAttributes.cpp.inc"

void SystolicDialect::initialize() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "dialects/Systolic/SystolicTypes.cpp.inc"
      >();
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/Systolic/SystolicAttributes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Systolic/SystolicOps.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// Instructions
//===----------------------------------------------------------------------===//

/// All constraints of instructions are the machine's: Constraints.cpp holds
/// them, under the numbers of the descriptions. The program, which knows the
/// machine, checks them; here fields must fit. So it does of instructions that
/// it holds.
static LogicalResult verifyInstruction(Operation *op) {
  if (isa_and_nonnull<ProgramOp>(op->getParentOp()))
    return success();
  std::string problem;
  instructionOf(op, problem);
  return problem.empty() ? success() : op->emitOpError(problem);
}

LogicalResult DmaLoadOp::verify() {
  return verifyInstruction(*this);
}
LogicalResult DmaStoreOp::verify() {
  return verifyInstruction(*this);
}
LogicalResult LoadWeightsOp::verify() {
  return verifyInstruction(*this);
}
LogicalResult MatmulOp::verify() {
  return verifyInstruction(*this);
}
LogicalResult ActivateOp::verify() {
  return verifyInstruction(*this);
}
LogicalResult VecOp::verify() {
  return verifyInstruction(*this);
}
LogicalResult NopOp::verify() {
  return verifyInstruction(*this);
}
LogicalResult TagOp::verify() {
  return verifyInstruction(*this);
}
LogicalResult ConfigOp::verify() {
  return verifyInstruction(*this);
}
LogicalResult FenceOp::verify() {
  return verifyInstruction(*this);
}
LogicalResult HostCallOp::verify() {
  return verifyInstruction(*this);
}
LogicalResult HaltOp::verify() {
  return verifyInstruction(*this);
}

//===----------------------------------------------------------------------===//
// Buffers
//===----------------------------------------------------------------------===//

LogicalResult AllocOp::verify() {
  std::optional<Machine> machine = findMachine(*this);
  if (!machine)
    return success();
  // (C1)
  int64_t have = isa<UnifiedBufferType>(getBuffer().getType())
                     ? machine->unifiedBufferRows()
                     : machine->accumulatorRows;
  int64_t row = getRow().value_or(0), rows = getRows();
  if (rows < 1 || row < 0 || row > have || rows > have - row)
    return emitOpError("expected 1 or more rows below ")
           << have << " of the machine, but got " << rows << " from row "
           << row;
  return success();
}

LogicalResult DramOp::verify() {
  // (C1)
  auto type = cast<RankedTensorType>(getTensor());
  Type element = type.getElementType();
  bool isKnown = element.isBF16() || element.isF16() || element.isF32() ||
                 element.isF64() || element.isInteger(1) ||
                 element.isInteger(8) || element.isSignlessInteger(16) ||
                 element.isSignlessInteger(32) || element.isSignlessInteger(64);
  if (!type.hasStaticShape() || !isKnown)
    return emitOpError("expected a static tensor of f32, f64, f16, bf16, i1, "
                       "i8, ui8, i16, i32 or i64, but got ")
           << type;
  // (C2)
  if (auto value = getValue()) {
    if (getRole() != RoleKind::constant)
      return emitOpError("expected a value on a constant, but got one on an ")
             << stringifyRoleKind(getRole());
    if (value->getType() != type)
      return emitOpError("expected a value of type ")
             << type << ", but got " << value->getType();
  }
  // (C3)
  bool isPort = getRole() == RoleKind::input || getRole() == RoleKind::output;
  if (isPort && !getName())
    return emitOpError("expected a name for an ")
           << stringifyRoleKind(getRole()) << ", but got none";
  // (C4)
  if (auto tiles = getTiles()) {
    if (getRole() != RoleKind::constant)
      return emitOpError("expected tiles on a constant, but got them on an ")
             << stringifyRoleKind(getRole());
    int64_t columns = type.getRank() == 0 ? 1 : type.getShape().back();
    int64_t rows = columns == 0 ? 0 : type.getNumElements() / columns;
    if (tiles->size() != 3 ||
        llvm::any_of(*tiles, [](int64_t size) { return size < 1; }) ||
        rows % tiles->front() != 0)
      return emitOpError("expected tiles of 3 sizes, the first a divisor of ")
             << rows << " rows, but got [" << *tiles << "]";
  }
  return success();
}

#define GET_OP_CLASSES
#include "dialects/Systolic/SystolicOps.cpp.inc"
