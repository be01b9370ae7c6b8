//===- TargetJsonReader.cpp - Any text is a machine or an error -----------===//
#include "compiler/Target/CpuMachineJson.h"
#include "runtime/Support/Assert.h"
#include "runtime/Systolic/MachineJson.h"
#include "tactus/Error.h"
#include "tests/fuzz/Readers.h"

using namespace tactus;

template <typename Parse>
static bool roundTrips(Parse parse, const std::string &text) {
  try {
    auto machine = parse(text, "fuzz.json");
    TACTUS_ASSERT(parse(toJson(machine), "again.json") == machine,
                  "machines round-trip through JSON");
    return true;
  } catch (const Error &) {
    return false;
  }
}

bool fuzz::readsTargetJson(std::span<const uint8_t> bytes) {
  std::string text(bytes.begin(), bytes.end());
  bool isCpu = roundTrips(parseCpuJson, text);
  bool isSystolic = roundTrips(systolic::parseMachineJson, text);
  return isCpu || isSystolic;
}
