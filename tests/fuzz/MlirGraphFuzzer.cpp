//===- MlirGraphFuzzer.cpp - Any text is a module or an error -------------===//
//
// Through the pre-lexer, as for users: upstream's parser alone overflows its
// stack on nested text.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/MlirReader.h"
#include "runtime/Support/Assert.h"

using namespace tactus;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Diagnostics diagnostics;
  auto program = readMlirGraph({reinterpret_cast<const char *>(data), size},
                               "fuzz.mlir", "/nonexistent", diagnostics);
  TACTUS_ASSERT(program.has_value() != diagnostics.hasErrors(),
                "a module is read unless it has errors");
  return 0;
}
