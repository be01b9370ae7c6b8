//===- CompiledFunction.h - One elementwise op as a kernel ------*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_MATH_COMPILEDFUNCTION_H
#define TACTUS_TESTS_UNIT_MATH_COMPILEDFUNCTION_H

#include "runtime/JIT/KernelLibrary.h"
#include <memory>
#include <span>
#include <string>

namespace tactus::test {

/// Elements that a kernel takes.
constexpr int64_t batch = 4096;

/// A level of the processor family.
struct Level {
  const char *cpu;
  int64_t vectorBits;
  /// Those of tactus-expand-math.
  const char *options;
};
std::span<const Level> levels();

bool hostHas(const Level &level);

/// The kernel @k of `batch` elements of `type`, %r being `op` of %v.
std::string kernelText(std::string op, const std::string &type);

/// Null, and a failure of the test, where that cannot be compiled. Ops of the
/// math dialect become what MLIR approximates them by.
std::shared_ptr<const KernelLibrary> compileKernel(const std::string &text,
                                                   const Level &level);

} // namespace tactus::test

#endif // TACTUS_TESTS_UNIT_MATH_COMPILEDFUNCTION_H
