//===- CpuMachine.h - What code generation knows of a processor -*- C++ -*-===//
#ifndef TACTUS_COMPILER_TARGET_CPUMACHINE_H
#define TACTUS_COMPILER_TARGET_CPUMACHINE_H

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tactus {

/// A processor of the x86-64 family, as data.
struct CpuMachine {
  /// The user's word for it.
  std::string name;
  /// LLVM's name of the processor or level, such as `x86-64-v3`.
  std::string processor;
  /// LLVM's list of what it has more or less than `processor`:
  /// `+avx512bf16,-fma`. May be empty.
  std::string features;
  /// Bits of the widest vectors to use: 128, 256 or 512.
  int64_t vectorBits = 0;
  /// How many such registers there are.
  int64_t vectorRegisters = 0;
  /// A multiply and an add with one rounding, as an instruction.
  bool fma = false;
  /// Conversions between f16 and f32, as instructions.
  bool halfFloats = false;
  /// Sums of four products of an unsigned and a signed byte, as an instruction
  /// (VNNI).
  bool byteProducts = false;
  /// Bytes of data cache that one core has to itself.
  int64_t l1Bytes = 0, l2Bytes = 0;

  bool operator==(const CpuMachine &) const = default;
};

/// `x86-64-v2`, `x86-64-v3` and `x86-64-v4`.
std::span<const CpuMachine> cpuPresets();

/// The machine of a target's name after `cpu:`; empty is this machine, whose
/// vector width and registers follow from its features. Throws `Error`, listing
/// the presets.
CpuMachine resolveCpu(std::string_view name);

/// The processor that this process runs on.
const CpuMachine &hostCpu();

} // namespace tactus

#endif // TACTUS_COMPILER_TARGET_CPUMACHINE_H
