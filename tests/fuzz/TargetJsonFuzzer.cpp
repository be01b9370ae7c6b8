//===- TargetJsonFuzzer.cpp - Any text is a machine or an error -----------===//
#include "compiler/Target/CpuMachineJson.h"
#include "runtime/Support/Assert.h"
#include "runtime/Systolic/MachineJson.h"
#include "tactus/Error.h"

using namespace tactus;

template <typename Parse>
static void checkRoundTrip(Parse parse, const std::string &text) {
  try {
    auto machine = parse(text, "fuzz.json");
    TACTUS_ASSERT(parse(toJson(machine), "again.json") == machine,
                  "machines round-trip through JSON");
  } catch (const Error &) {
  }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string text(reinterpret_cast<const char *>(data), size);
  checkRoundTrip(parseCpuJson, text);
  checkRoundTrip(systolic::parseMachineJson, text);
  return 0;
}
