//===- Program.h - A program of the systolic machine ------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_PROGRAM_H
#define TACTUS_RUNTIME_SYSTOLIC_PROGRAM_H

#include "dialects/Systolic/Encoding.h"
#include "tactus/Tensor.h"

namespace tactus::systolic {

/// A tensor of the program's caller: row-major, from `address` of DRAM on.
struct ProgramPort {
  std::string name;
  TensorType type;
  uint64_t address = 0;

  bool operator==(const ProgramPort &) const = default;
};

/// What the host computes in a host_call: one tensor, which the instruction has
/// a place for, from others in DRAM.
struct HostFunction {
  /// The kernel's name.
  std::string name;
  /// A module whose @main computes it.
  std::string text;
  struct Input {
    TensorType type;
    uint64_t address = 0;

    bool operator==(const Input &) const = default;
  };
  std::vector<Input> inputs;
  TensorType output;

  bool operator==(const HostFunction &) const = default;
};

/// Everything that a machine needs to run: instructions in program order, and
/// what stands in DRAM when it begins.
struct Program {
  Machine machine;
  /// The layers that instructions name by index.
  std::vector<std::string> layers;
  std::vector<ProgramPort> inputs;
  std::vector<ProgramPort> outputs;
  /// By number.
  std::vector<HostFunction> hostFunctions;
  /// Bytes of DRAM that the program uses, from address 0 on.
  uint64_t dramBytes = 0;
  /// What the first of these hold: weights, biases, scales. Never written.
  std::vector<uint8_t> image;
  std::vector<Instruction> instructions;

  bool operator==(const Program &) const = default;
};

/// Throws `Error` unless every instruction is one that the machine can execute,
/// DRAM is addressed below `dramBytes` and written only past the image, ports
/// have names of their own and lie past the image, inputs apart from inputs and
/// outputs from outputs, host_calls have a function whose tensors lie in DRAM,
/// and the program ends with its only halt.
void validate(const Program &program);

/// `instruction 12 (matmul)`.
std::string describe(const Program &program, size_t index);
/// Throws the Error for instruction `index`: its layer is the node, its opcode
/// the operator.
[[noreturn]] void fail(const Program &program, size_t index,
                       std::string message);

/// The listing: a line an instruction, with its number.
std::string disassemble(const Program &program);

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_PROGRAM_H
