//===- MlirGraphReader.cpp - Any text is a module or an error -------------===//
//
// Through the pre-lexer, as for users: upstream's parser alone overflows its
// stack on nested text.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/MlirReader.h"
#include "runtime/Support/Assert.h"
#include "tests/fuzz/Readers.h"

using namespace tactus;

bool fuzz::readsMlirGraph(std::span<const uint8_t> bytes) {
  Diagnostics diagnostics;
  auto program = readMlirGraph(
      {reinterpret_cast<const char *>(bytes.data()), bytes.size()}, "fuzz.mlir",
      ".", diagnostics);
  TACTUS_ASSERT(program.has_value() != diagnostics.hasErrors(),
                "a module is read unless it has errors");
  return program.has_value();
}
