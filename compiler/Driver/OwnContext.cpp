//===- OwnContext.cpp - Programs that share nothing -----------------------===//
#include "compiler/Driver/OwnContext.h"
#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/Parser/Parser.h"
#include "runtime/Support/Assert.h"

using namespace mlir;

namespace tactus {

Program inOwnContext(const Program &program) {
  std::string bytes;
  llvm::raw_string_ostream os(bytes);
  LogicalResult written = writeBytecodeToFile(*program.module, os);
  TACTUS_ASSERT(succeeded(written), "a verified module can be written");
  Program copy;
  copy.context = makeContext();
  ParserConfig config(copy.context.get());
  copy.module = parseSourceString<ModuleOp>(bytes, config);
  TACTUS_ASSERT(copy.module, "what was written can be read");
  copy.parameters = program.parameters;
  copy.parameterFile = program.parameterFile;
  return copy;
}

} // namespace tactus
