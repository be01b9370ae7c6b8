//===- SystolicCompile.h - From a graph to a machine's program --*- C++ -*-===//
#ifndef TACTUS_COMPILER_DRIVER_SYSTOLICCOMPILE_H
#define TACTUS_COMPILER_DRIVER_SYSTOLICCOMPILE_H

#include "compiler/Driver/Compile.h"
#include "runtime/Systolic/Program.h"
#include <span>

namespace tactus {

/// Compiles a program, which it takes over, for `machine`: for inputs of these
/// static types, or as they are declared where it is given none. Throws `Error`
/// where a shape is not known, or the machine cannot run a kernel. Threads may
/// compile programs at one time whose contexts are their own.
systolic::Program
compileToSystolic(Program program, const systolic::Machine &machine,
                  const DriverOptions &options,
                  std::span<const TensorType> inputTypes = {});

} // namespace tactus

#endif // TACTUS_COMPILER_DRIVER_SYSTOLICCOMPILE_H
