//===- JsonGraphReader.cpp - Any text is a graph or an error --------------===//
#include "compiler/Import/JsonReader.h"
#include "compiler/Import/JsonWriter.h"
#include "runtime/Support/Assert.h"
#include "tests/fuzz/Readers.h"

using namespace tactus;

static std::optional<Program> read(std::string text) {
  try {
    Diagnostics diagnostics;
    auto program = readJsonGraph(
        json::Document::parse(std::move(text), "fuzz.json"), ".", diagnostics);
    TACTUS_ASSERT(program.has_value() != diagnostics.hasErrors(),
                  "a graph is read unless it has errors");
    return program;
  } catch (const Error &) {
    return std::nullopt;
  }
}

bool fuzz::readsJsonGraph(std::span<const uint8_t> bytes) {
  auto program = read(std::string(bytes.begin(), bytes.end()));
  if (!program)
    return false;
  std::string written = writeJsonGraph(*program);
  auto again = read(written);
  TACTUS_ASSERT(again && writeJsonGraph(*again) == written,
                "graphs round-trip through JSON");
  return true;
}
