//===- Compile.cpp - From a program to an executable ----------------------===//
#include "compiler/Driver/Compile.h"
#include "compiler/Driver/CpuExecutable.h"
#include "compiler/Driver/InterpreterExecutable.h"
#include "compiler/Driver/SystolicExecutable.h"
#include "compiler/Target/TargetImpl.h"
#include "dialects/Tactus/TactusDialect.h"
#include "runtime/Support/Processors.h"
#include "tactus/Error.h"

namespace tactus {

void refuseKernels(const Program &program, const std::string &target) {
  // Kernels are cut for one target, which nothing here tells.
  for (mlir::Operation &op : *mlir::ModuleOp(program.module.get()).getBody())
    if (isa<ir::KernelOp>(op))
      throw Error("expected a graph, or a level of one that has no kernels "
                  "yet, for target '" +
                  target + "'; from level 3c on only the interpreter runs one");
}

Executable compileProgram(const Program &program, const Target &target,
                          const DriverOptions &options) {
  // Other targets have no use for it, but wrong is wrong.
  if (options.threads)
    (void)numThreads(options.threads);
  if (target.kind() != Target::Kind::Interpreter)
    refuseKernels(program, target.name());
  switch (target.kind()) {
  case Target::Kind::Interpreter:
    return Executable(
        std::make_shared<InterpreterExecutable>(program, options));
  case Target::Kind::Cpu:
    return Executable(std::make_shared<CpuExecutable>(
        program, std::get<CpuMachine>(target.description().machine), options));
  case Target::Kind::Systolic:
    return Executable(std::make_shared<SystolicExecutable>(
        program, std::get<systolic::Machine>(target.description().machine),
        options));
  }
  throw Error("expected a target that programs can be compiled for, but got '" +
              target.name() + "'");
}

} // namespace tactus
