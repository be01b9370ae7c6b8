//===- Program.cpp - A program of the systolic machine --------------------===//
#include "runtime/Systolic/Program.h"
#include "dialects/Systolic/Footprint.h"
#include "runtime/Support/Names.h"
#include "runtime/Tensor/Shape.h"
#include "tactus/Error.h"
#include <algorithm>
#include <set>

using namespace tactus;
using namespace tactus::systolic;

std::string systolic::describe(const Program &program, size_t index) {
  return "instruction " + std::to_string(index) + " (" +
         std::string(toString(program.instructions[index].opcode())) + ")";
}

void systolic::fail(const Program &program, size_t index, std::string message) {
  const Instruction &instruction = program.instructions[index];
  Error::Place place;
  if (instruction.layer < program.layers.size())
    place.node = program.layers[instruction.layer];
  place.op = toString(instruction.opcode());
  throw Error(std::move(place), "instruction " + std::to_string(index) + ": " +
                                    std::move(message));
}

std::string systolic::disassemble(const Program &program) {
  std::string out;
  for (size_t i = 0; i < program.instructions.size(); ++i)
    out +=
        std::to_string(i) + ": " + disassemble(program.instructions[i]) + '\n';
  return out;
}

//===----------------------------------------------------------------------===//
// Validation
//===----------------------------------------------------------------------===//

/// Bytes of DRAM, [begin, end).
using Bytes = std::pair<uint64_t, uint64_t>;

/// What a tensor takes; throws where that is not known, or beyond reason.
static uint64_t validateType(const TensorType &type) {
  if (!type.isStatic())
    throw Error("expected a static type, but got " + type.str());
  std::vector<int64_t> shape;
  for (const Dimension &dimension : type.dimensions)
    shape.push_back(dimension.size());
  return uint64_t(checkedNumElements(type.elementType, shape) *
                  byteSize(type.elementType));
}

static Bytes validatePort(const Program &program, const ProgramPort &port) {
  auto refuse = [&](std::string message) {
    Error::Place place;
    place.node = port.name;
    throw Error(std::move(place), std::move(message));
  };
  uint64_t bytes = 0;
  try {
    bytes = validateType(port.type);
  } catch (const Error &error) {
    refuse(error.message());
  }
  if (port.address < program.image.size() || port.address > program.dramBytes ||
      bytes > program.dramBytes - port.address)
    refuse("expected an address between the image (" +
           std::to_string(program.image.size()) + ") and the end of DRAM (" +
           std::to_string(program.dramBytes) + "), but got " +
           std::to_string(port.address) + " for " + std::to_string(bytes) +
           " bytes");
  return {port.address, port.address + bytes};
}

/// `what` is `input` or `output`.
static void validatePorts(const Program &program, const std::string &what,
                          const std::vector<ProgramPort> &ports) {
  std::vector<std::pair<Bytes, std::string_view>> places;
  std::set<std::string_view> names;
  for (size_t i = 0; i < ports.size(); ++i) {
    const ProgramPort &port = ports[i];
    auto refuse = [&](const std::string &message) {
      throw Error(what + " " + std::to_string(i) + ": " + message);
    };
    // Outputs become files of their name.
    if (auto problem = findNameProblem(port.name))
      refuse(*problem);
    if (!names.insert(port.name).second)
      refuse("expected a name of its own, but got '" + port.name + "' again");
    Bytes place = validatePort(program, port);
    if (place.first != place.second)
      places.push_back({place, port.name});
  }
  std::sort(places.begin(), places.end());
  for (size_t i = 1; i < places.size(); ++i)
    if (places[i].first.first < places[i - 1].first.second)
      throw Error("expected " + what + "s that lie apart, but got '" +
                  std::string(places[i - 1].second) + "' and '" +
                  std::string(places[i].second) + "' at DRAM byte " +
                  std::to_string(places[i].first.first));
}

static void validateHostFunction(const Program &program, size_t number) {
  const HostFunction &function = program.hostFunctions[number];
  auto refuse = [&](const std::string &message) {
    throw Error("host function " + std::to_string(number) + ": " + message);
  };
  try {
    validateType(function.output);
    for (const HostFunction::Input &input : function.inputs) {
      uint64_t bytes = validateType(input.type);
      if (input.address > program.dramBytes ||
          bytes > program.dramBytes - input.address)
        throw Error("expected an input below the end of DRAM (" +
                    std::to_string(program.dramBytes) + "), but got " +
                    std::to_string(bytes) + " bytes from " +
                    std::to_string(input.address));
    }
  } catch (const Error &error) {
    refuse(error.message());
  }
}

static void validateHostCall(const Program &program, size_t index,
                             const HostCall &call) {
  if (call.function >= program.hostFunctions.size())
    fail(program, index,
         "expected a host function below " +
             std::to_string(program.hostFunctions.size()) + ", but got " +
             std::to_string(call.function));
  const TensorType &output = program.hostFunctions[call.function].output;
  if (uint64_t bytes = validateType(output); bytes != call.bytes)
    fail(program, index,
         "expected the " + std::to_string(bytes) + " bytes of " + output.str() +
             ", but got " + std::to_string(call.bytes));
}

static void validateInstruction(const Program &program, size_t index) {
  const Instruction &instruction = program.instructions[index];
  if (auto problem = findProblem(instruction, program.machine))
    fail(program, index, *problem);
  if (instruction.layer >= program.layers.size())
    fail(program, index,
         "expected a layer below " + std::to_string(program.layers.size()) +
             ", but got " + std::to_string(instruction.layer));
  if (auto *call = std::get_if<HostCall>(&instruction.operands))
    validateHostCall(program, index, *call);
  DramRange range = dramRange(instruction.operands);
  if (range.isEmpty())
    return;
  if (uint64_t(range.end()) > program.dramBytes)
    fail(program, index,
         "expected DRAM bytes below " + std::to_string(program.dramBytes) +
             " of the program, but got " + std::to_string(range.end() - 1));
  if (range.isWrite && uint64_t(range.address) < program.image.size())
    fail(program, index,
         "expected writes past the image (" +
             std::to_string(program.image.size()) + "), but got " +
             std::to_string(range.address));
}

void systolic::validate(const Program &program) {
  validate(program.machine);
  if (program.dramBytes > uint64_t(program.machine.dramBytes))
    throw Error("expected at most " +
                std::to_string(program.machine.dramBytes) +
                " bytes of DRAM, which the machine has, but got " +
                std::to_string(program.dramBytes));
  if (program.image.size() > program.dramBytes)
    throw Error("expected an image of at most " +
                std::to_string(program.dramBytes) + " bytes, but got " +
                std::to_string(program.image.size()));
  validatePorts(program, "input", program.inputs);
  validatePorts(program, "output", program.outputs);
  for (size_t i = 0; i < program.hostFunctions.size(); ++i)
    validateHostFunction(program, i);
  size_t count = program.instructions.size();
  if (count > UINT32_MAX / 2)
    throw Error("expected at most " + std::to_string(UINT32_MAX / 2) +
                " instructions, but got " + std::to_string(count));
  for (size_t i = 0; i < count; ++i) {
    validateInstruction(program, i);
    bool halts = program.instructions[i].opcode() == Opcode::Halt;
    if (halts != (i + 1 == count))
      fail(program, i,
           halts ? "expected halt as the last instruction, but got "
                   "instructions after it"
                 : "expected the program to end with halt");
  }
  if (!count)
    throw Error("expected a program that ends with halt, but got none");
}
