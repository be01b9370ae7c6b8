//===- SystolicEmit.cpp - Programs of the machine -------------------------===//
#include "compiler/Emit/SystolicEmit.h"
#include "compiler/Emit/HostFunctionEmit.h"
#include "dialects/Systolic/Instructions.h"
#include "dialects/Systolic/ModuleMachine.h"
#include "runtime/Interpreter/TensorAttributes.h"
#include <cstring>

using namespace mlir;

namespace tactus::systolic {

/// Writes the elements of `tensor` tile by tile, as `systolic.dram` says.
static void writeTiles(const Tensor &tensor, ArrayRef<int64_t> tiles,
                       char *out) {
  int64_t bytes = byteSize(tensor.elementType());
  const std::vector<Dimension> &shape = tensor.type().dimensions;
  int64_t columns = shape.empty() ? 1 : shape.back().size();
  int64_t count = tensor.byteSize() / bytes;
  int64_t rows = columns == 0 ? 0 : count / columns;
  const auto *data = static_cast<const char *>(tensor.rawData());
  for (int64_t piece = 0; piece < rows; piece += tiles[0])
    for (int64_t r = piece; r < piece + tiles[0]; r += tiles[1])
      for (int64_t c = 0; c < columns; c += tiles[2]) {
        int64_t end = std::min(r + tiles[1], piece + tiles[0]);
        int64_t width = std::min(tiles[2], columns - c) * bytes;
        for (int64_t i = r; i < end; ++i, out += width)
          std::memcpy(out, data + (i * columns + c) * bytes, size_t(width));
      }
}

/// Puts a constant's bytes at its place in the image.
static LogicalResult addConstant(DramOp op, ArrayRef<Tensor> constants,
                                 Program &program) {
  Tensor tensor;
  TensorType type = tensorTypeOf(cast<RankedTensorType>(op.getTensor()));
  if (auto value = dyn_cast_if_present<DenseElementsAttr>(
          op.getValue().value_or(ElementsAttr())))
    tensor = tensorOfAttribute(value);
  else if (op.getIndex() < constants.size())
    tensor = constants[op.getIndex()];
  else
    return op.emitOpError("expected a constant beside the program, but there "
                          "are ")
           << constants.size();
  if (tensor.type() != type)
    return op.emitOpError("expected a constant of type ")
           << type.str() << ", but got " << tensor.type().str();
  uint64_t end = op.getAddress().value_or(0) + uint64_t(tensor.byteSize());
  if (program.image.size() < end)
    program.image.resize(end);
  auto *place = reinterpret_cast<char *>(program.image.data()) +
                op.getAddress().value_or(0);
  if (auto tiles = op.getTiles())
    writeTiles(tensor, *tiles, place);
  else
    std::memcpy(place, tensor.rawData(), size_t(tensor.byteSize()));
  return success();
}

static LogicalResult addTensor(DramOp op, ArrayRef<Tensor> constants,
                               Program &program) {
  auto type = cast<RankedTensorType>(op.getTensor());
  uint64_t address = op.getAddress().value_or(0);
  uint64_t bytes = uint64_t(dramBytesOf(type));
  program.dramBytes = std::max(program.dramBytes, address + bytes);
  if (op.getRole() == RoleKind::constant)
    return addConstant(op, constants, program);
  ProgramPort port{op.getName().value_or("").str(), tensorTypeOf(type),
                   address};
  if (op.getRole() == RoleKind::input)
    program.inputs.push_back(std::move(port));
  else if (op.getRole() == RoleKind::output)
    program.outputs.push_back(std::move(port));
  return success();
}

static LogicalResult addHostCall(HostCallOp call, Program &program) {
  if (call.getFunction() != program.hostFunctions.size())
    return call.emitOpError("expected the calls of a program to be numbered, "
                            "here ")
           << program.hostFunctions.size() << ", but got "
           << call.getFunction();
  FailureOr<HostFunction> function = emitHostFunction(call);
  if (failed(function))
    return failure();
  program.hostFunctions.push_back(std::move(*function));
  return success();
}

FailureOr<Program> emitProgram(ProgramOp op, ArrayRef<Tensor> constants) {
  std::optional<Machine> machine = findMachine(op);
  if (!machine)
    return op.emitOpError("expected a module that names a machine");
  Program program;
  program.machine = *machine;
  for (Attribute layer : op.getLayers())
    program.layers.push_back(cast<StringAttr>(layer).str());
  for (auto dram : op.getOps<DramOp>())
    if (failed(addTensor(dram, constants, program)))
      return failure();
  for (Operation &instruction : op.getBody().front()) {
    if (!isInstruction(&instruction))
      continue;
    std::string problem;
    program.instructions.push_back(instructionOf(&instruction, problem));
    if (!problem.empty())
      return instruction.emitOpError(problem);
    if (auto call = dyn_cast<HostCallOp>(instruction);
        call && failed(addHostCall(call, program)))
      return failure();
  }
  return program;
}

} // namespace tactus::systolic
