//===- CpuMachineJson.cpp - Processor descriptions as JSON ----------------===//
#include "compiler/Target/CpuMachineJson.h"
#include "runtime/JIT/ObjectCode.h"
#include "runtime/Support/JsonObject.h"
#include "runtime/Support/JsonWriter.h"

using namespace tactus;

static void checkVersion(json::Object &object, Diagnostics &diagnostics) {
  auto version = object.required<json::Value>("tactus_cpu");
  if (!version)
    return;
  auto number = version->toInt64(diagnostics);
  if (number && *number != cpuFormatVersion)
    version->report(diagnostics, "expected version " +
                                     std::to_string(cpuFormatVersion) +
                                     ", but got " + std::to_string(*number));
}

/// Reads one of `choices`.
static void readChoice(json::Object &object, const char *key,
                       std::initializer_list<int64_t> choices, int64_t &field,
                       Diagnostics &diagnostics) {
  auto value = object.required<json::Value>(key);
  if (!value)
    return;
  auto number = value->toInt64(diagnostics);
  if (!number)
    return;
  field = *number;
  std::string text;
  for (int64_t choice : choices) {
    if (choice == *number)
      return;
    text += (text.empty() ? "" : ", ") + std::to_string(choice);
  }
  value->report(diagnostics, "expected one of " + text + ", but got " +
                                 std::to_string(*number));
}

static void readProcessor(json::Object &object, CpuMachine &machine,
                          Diagnostics &diagnostics) {
  auto processor = object.required<json::Value>("processor");
  auto features = object.optional<std::string>("features");
  if (features)
    machine.features = *features;
  if (!processor)
    return;
  auto name = processor->toString(diagnostics);
  if (!name)
    return;
  machine.processor = *name;
  std::string unknown =
      findUnknownProcessor({machine.processor, machine.features});
  if (!unknown.empty())
    processor->report(diagnostics, "expected a processor and features that "
                                   "LLVM knows for x86-64, but got '" +
                                       unknown + "'");
}

/// Whether there are instructions that LLVM calls `feature`: without them, code
/// that uses them would be calls.
static void readFeature(std::optional<json::Value> value, const char *feature,
                        const CpuMachine &machine, bool &field,
                        Diagnostics &diagnostics) {
  if (!value)
    return;
  auto has = value->toBool(diagnostics);
  if (!has)
    return;
  field = *has;
  if (field && !diagnostics.hasErrors() &&
      !hasFeature({machine.processor, machine.features}, feature))
    value->report(diagnostics, "expected false for '" + machine.processor +
                                   "', which has no such instruction, but got "
                                   "true");
}

static CpuMachine readDocument(const json::Document &document) {
  Diagnostics diagnostics;
  json::Object object(document.root(), diagnostics);
  checkVersion(object, diagnostics);
  CpuMachine machine;
  if (auto name = object.required<std::string>("name"))
    machine.name = *name;
  readProcessor(object, machine, diagnostics);
  readChoice(object, "vector_bits", {128, 256, 512}, machine.vectorBits,
             diagnostics);
  readChoice(object, "vector_registers", {16, 32}, machine.vectorRegisters,
             diagnostics);
  auto required = [&](const char *key) {
    return object.required<json::Value>(key);
  };
  readFeature(required("fma"), "fma", machine, machine.fma, diagnostics);
  readFeature(required("half_floats"), "f16c", machine, machine.halfFloats,
              diagnostics);
  // Descriptions from before it was known have none.
  readFeature(object.optional<json::Value>("byte_products"),
              machine.vectorBits == 512 ? "avx512vnni" : "avxvnni", machine,
              machine.byteProducts, diagnostics);
  constexpr int64_t least = 1 << 10, greatest = int64_t(1) << 40;
  if (auto bytes = object.requiredInt64("l1_bytes", least, greatest))
    machine.l1Bytes = *bytes;
  if (auto bytes = object.requiredInt64("l2_bytes", least, greatest))
    machine.l2Bytes = *bytes;
  object.finish();
  diagnostics.throwIfErrors();
  return machine;
}

CpuMachine tactus::parseCpuJson(std::string text, std::string file) {
  return readDocument(json::Document::parse(std::move(text), std::move(file)));
}

CpuMachine tactus::readCpuJson(const std::filesystem::path &file) {
  return readDocument(json::Document::read(file));
}

std::string tactus::toJson(const CpuMachine &machine) {
  json::Writer writer;
  writer.beginObject()
      .member("tactus_cpu", cpuFormatVersion)
      .member("name", machine.name)
      .member("processor", machine.processor)
      .member("features", machine.features)
      .member("vector_bits", machine.vectorBits)
      .member("vector_registers", machine.vectorRegisters)
      .member("fma", machine.fma)
      .member("half_floats", machine.halfFloats)
      .member("byte_products", machine.byteProducts)
      .member("l1_bytes", machine.l1Bytes)
      .member("l2_bytes", machine.l2Bytes)
      .endObject();
  return writer.take();
}
