//===- Programs.h - Programs from text for tests ----------------*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_DRIVER_PROGRAMS_H
#define TACTUS_TESTS_UNIT_DRIVER_PROGRAMS_H

#include "compiler/Driver/Compile.h"
#include "mlir/Parser/Parser.h"
#include "tactus/Error.h"

namespace tactus::test {

/// The program that `text`, a module in MLIR's syntax, holds.
inline Program parseProgram(llvm::StringRef text,
                            ParameterStore parameters = {}) {
  Program program;
  program.context = makeContext();
  program.module =
      mlir::parseSourceString<mlir::ModuleOp>(text, program.context.get());
  if (!program.module)
    throw Error("the test's program does not parse");
  program.parameters = std::move(parameters);
  return program;
}

} // namespace tactus::test

#endif // TACTUS_TESTS_UNIT_DRIVER_PROGRAMS_H
