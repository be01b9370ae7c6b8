//===- JsonGraphFuzzer.cpp - Any text is a graph or an error --------------===//
#include "compiler/Import/JsonReader.h"
#include "compiler/Import/JsonWriter.h"
#include "runtime/Support/Assert.h"

using namespace tactus;

static std::optional<Program> read(std::string text) {
  try {
    Diagnostics diagnostics;
    auto program =
        readJsonGraph(json::Document::parse(std::move(text), "fuzz.json"),
                      "/nonexistent", diagnostics);
    TACTUS_ASSERT(program.has_value() != diagnostics.hasErrors(),
                  "a graph is read unless it has errors");
    return program;
  } catch (const Error &) {
    return std::nullopt;
  }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto program = read(std::string(reinterpret_cast<const char *>(data), size));
  if (!program)
    return 0;
  std::string written = writeJsonGraph(*program);
  auto again = read(written);
  TACTUS_ASSERT(again && writeJsonGraph(*again) == written,
                "graphs round-trip through JSON");
  return 0;
}
