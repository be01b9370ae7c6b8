//===- ReportReader.cpp - Reading reports ---------------------------------===//
//
// What a report says twice must agree: the figures that follow from others are
// worked out again.
//
//===----------------------------------------------------------------------===//
#include "runtime/Support/JsonObject.h"
#include "runtime/Systolic/MachineJson.h"
#include "runtime/Systolic/ReportFields.h"
#include <cmath>

using namespace tactus;
using namespace tactus::systolic;

// What JSON's numbers hold exactly.
static constexpr int64_t maxCount = int64_t(1) << 53;

/// Whether a count of `part` is more than that of the whole.
static bool exceeds(const Counts &part, const Counts &whole) {
  for (const CountField &field : countFields)
    if (part.*field.count > whole.*field.count)
      return true;
  for (const TrafficField &field : trafficFields)
    if (part.traffic.*field.count > whole.traffic.*field.count)
      return true;
  for (int i = 0; i < numStalls; ++i)
    if (part.stalls[i] > whole.stalls[i])
      return true;
  return false;
}

namespace {
class Reader {
public:
  explicit Reader(Diagnostics &diagnostics) : diagnostics(diagnostics) {}

  Report read(json::Value root) {
    json::Object object(root, diagnostics);
    if (!readVersion(object))
      return report;
    object.allow("rtl_verified");
    object.allow("modeled");
    if (auto machine = object.required<json::Value>("machine"))
      report.machine = readMachine(*machine, diagnostics);
    if (auto table = object.required<json::Value>("energy_table"))
      report.energyTable = readEnergy(*table, diagnostics);
    readWeightLoading(object);
    count(object, "total_cycles", report.totalCycles);
    count(object, "array_cycles", report.arrayCycles);
    count(object, "unified_buffer_rows", report.unifiedBufferRows);
    count(object, "accumulator_rows", report.accumulatorRows);
    readCounts(object, report);
    checkLimits(root);
    // Rates and bytes can be worked out only of a machine that is one.
    knowsMachine = !diagnostics.hasErrors();
    checkCounts(object, report);
    if (knowsMachine) {
      check(object, "seconds", report.seconds());
      check(object, "array_macs", double(report.arrayMacs()));
      check(object, "unified_buffer_bytes",
            double(report.unifiedBufferBytes()));
      check(object, "accumulator_bytes", double(report.accumulatorBytes()));
    } else {
      for (const char *key : {"seconds", "array_macs", "unified_buffer_bytes",
                              "accumulator_bytes"})
        object.allow(key);
    }
    readLayers(object);
    readHostCalls(object);
    readAccuracy(object);
    object.finish();
    return report;
  }

private:
  /// Another file than a report is refused with one message.
  bool readVersion(json::Object &object) {
    auto version = object.required<json::Value>("tactus_report");
    auto number = version ? version->toInt64(diagnostics) : std::nullopt;
    if (number && *number != reportFormatVersion)
      version->report(diagnostics, "expected version " +
                                       std::to_string(reportFormatVersion) +
                                       ", but got " + std::to_string(*number));
    return number == reportFormatVersion;
  }

  void readWeightLoading(json::Object &object) {
    auto value = object.required<json::Value>("weight_loading");
    auto name = value ? value->toString(diagnostics) : std::nullopt;
    if (!name)
      return;
    if (*name == "serial")
      report.weightLoading = WeightLoading::Serial;
    else if (*name != "overlapped")
      value->report(diagnostics, "expected 'overlapped' or 'serial', but got " +
                                     value->describe());
  }

  void count(json::Object &object, std::string_view key, int64_t &field) {
    if (auto number = object.requiredInt64(key, 0, maxCount))
      field = *number;
  }

  void readCounts(json::Object &object, Counts &counts) {
    for (const CountField &field : countFields)
      count(object, field.key, counts.*field.count);
    if (auto value = object.required<json::Value>("stalls")) {
      json::Object stalls(*value, diagnostics);
      for (int i = 0; i < numStalls; ++i)
        count(stalls, keyOf(Stall(i)), counts.stalls[i]);
      stalls.finish();
    }
    if (auto value = object.required<json::Value>("traffic")) {
      json::Object traffic(*value, diagnostics);
      for (const TrafficField &field : trafficFields)
        count(traffic, field.key, counts.traffic.*field.count);
      traffic.finish();
    }
  }

  void checkLimits(json::Value root) {
    if (diagnostics.hasErrors())
      return;
    const Machine &machine = report.machine;
    auto limit = [&](std::string_view key, int64_t value, int64_t most,
                     const char *why) {
      if (value > most)
        root.find(key)->report(
            diagnostics, "expected at most " + std::to_string(most) + ", " +
                             why + ", but got " + std::to_string(value));
    };
    limit("unified_buffer_rows", report.unifiedBufferRows,
          machine.unifiedBufferRows(), "which the machine has");
    limit("accumulator_rows", report.accumulatorRows, machine.accumulatorRows,
          "which the machine has");
    limit("active_cycles", report.activeCycles,
          maxCount / (machine.rows * machine.columns),
          "whose products can be counted");
    if (report.cycles() != report.totalCycles)
      root.find("total_cycles")
          ->report(diagnostics,
                   "expected the sum of active cycles and stalls (" +
                       std::to_string(report.cycles()) + "), but got " +
                       std::to_string(report.totalCycles));
  }

  /// The figures that follow from counts.
  void checkCounts(json::Object &object, const Counts &counts) {
    if (!knowsMachine) {
      for (const char *key :
           {"utilization", "operations_per_second", "operations_per_byte",
            "roofline", "bound", "picojoules"})
        object.allow(key);
      return;
    }
    RooflinePoint point = report.roofline(counts);
    check(object, "utilization", report.utilization(counts));
    check(object, "operations_per_second", point.operationsPerSecond);
    check(object, "operations_per_byte", point.operationsPerByte);
    check(object, "roofline", point.attainable);
    if (auto bound = object.required<json::Value>("bound"))
      if (auto name = bound->toString(diagnostics);
          name && *name != toString(point.bound))
        bound->report(diagnostics, "expected '" +
                                       std::string(toString(point.bound)) +
                                       "', which follows from the counts, "
                                       "but got " +
                                       bound->describe());
    if (auto value = object.required<json::Value>("picojoules")) {
      Energy energy = report.energy(counts);
      json::Object costs(*value, diagnostics);
      for (const EnergyComponent &component : energyComponents)
        check(costs, component.key, energy.*component.picojoules);
      check(costs, "total", energy.total());
      costs.finish();
    }
  }

  void check(json::Object &object, std::string_view key, double expected) {
    auto value = object.required<json::Value>(key);
    auto number = value ? value->toElement<double>(diagnostics) : std::nullopt;
    if (!number || *number == expected ||
        std::fabs(*number - expected) <= 1e-9 * std::fabs(expected))
      return;
    json::Writer writer;
    std::string text = writer.value(expected).take();
    text.pop_back();
    value->report(diagnostics, "expected " + text +
                                   ", which follows from the counts, but got " +
                                   value->describe());
  }

  void readLayers(json::Object &object) {
    auto list = object.required<json::Value>("layers");
    if (!list || !list->expectKind(json::Kind::Array, diagnostics))
      return;
    for (json::Value element : *list) {
      json::Object entry(element, diagnostics);
      LayerReport layer;
      if (auto name = entry.required<std::string>("name"))
        layer.name = *name;
      count(entry, "begin", layer.begin);
      count(entry, "end", layer.end);
      count(entry, "array_cycles", layer.arrayCycles);
      size_t before = diagnostics.numErrors();
      readCounts(entry, layer);
      if (auto product = entry.optional<json::Value>("product"))
        layer.product = readProduct(*product, layer.usefulMacs);
      if (diagnostics.numErrors() == before)
        check(entry, "cycles", double(layer.cycles()));
      else
        entry.allow("cycles");
      checkCounts(entry, layer);
      entry.finish();
      report.layers.push_back(std::move(layer));
    }
    Counts sum;
    bool isMore = false;
    for (size_t i = 0; i < report.layers.size() && !isMore; ++i) {
      sum += report.layers[i];
      isMore = exceeds(sum, report);
    }
    if (!diagnostics.hasErrors() &&
        (isMore || sum != static_cast<const Counts &>(report)))
      list->report(diagnostics, "expected layers whose counts sum up to the "
                                "report's, but got others");
  }

  std::optional<ProductShape> readProduct(json::Value value, int64_t macs) {
    json::Object object(value, diagnostics);
    auto size = [&](std::string_view key) {
      return object.requiredInt64(key, 1, int64_t(1) << 31).value_or(1);
    };
    ProductShape shape{size("m"), size("k"), size("n")};
    ArrayShape array{report.machine.rows, report.machine.columns};
    bool isWhole = __int128(shape.m) * shape.k * shape.n == macs;
    if (!isWhole)
      value.report(diagnostics, "expected m x k x n to be the layer's useful "
                                "MACs (" +
                                    std::to_string(macs) +
                                    "), but got another product");
    auto form = [&](std::string_view key, auto cycles) {
      if (knowsMachine && isWhole)
        check(object, key, double(cycles(shape, array)));
      else
        object.allow(key);
    };
    form("weight_stationary", weightStationaryCycles);
    form("input_stationary", inputStationaryCycles);
    form("output_stationary", outputStationaryCycles);
    object.finish();
    return shape;
  }

  void readHostCalls(json::Object &object) {
    auto list = object.required<json::Value>("host_calls");
    if (!list || !list->expectKind(json::Kind::Array, diagnostics))
      return;
    for (json::Value element : *list) {
      json::Object entry(element, diagnostics);
      HostCallReport call;
      if (auto index = entry.requiredInt64("instruction", 0, UINT32_MAX))
        call.instruction = uint32_t(*index);
      if (auto number = entry.requiredInt64("function", 0, UINT32_MAX))
        call.function = uint32_t(*number);
      if (auto kernel = entry.required<std::string>("kernel"))
        call.kernel = *kernel;
      if (auto layer = entry.required<std::string>("layer"))
        call.layer = *layer;
      count(entry, "bytes", call.bytes);
      count(entry, "cycles", call.cycles);
      entry.finish();
      report.hostCalls.push_back(std::move(call));
    }
  }

  void readAccuracy(json::Object &object) {
    auto list = object.optional<json::Value>("accuracy");
    if (!list || !list->expectKind(json::Kind::Array, diagnostics))
      return;
    for (json::Value element : *list) {
      json::Object entry(element, diagnostics);
      OutputAccuracy found;
      if (auto name = entry.required<std::string>("output"))
        found.output = *name;
      Accuracy &accuracy = found.accuracy;
      count(entry, "elements", accuracy.numElements);
      number(entry, "max_error", accuracy.maxError);
      number(entry, "mean_error", accuracy.meanError);
      number(entry, "largest", accuracy.largest);
      number(entry, "cosine", accuracy.cosine);
      if (auto rows = entry.optionalInt64("rows", 1, INT64_MAX)) {
        accuracy.numRows = *rows;
        if (auto same = entry.requiredInt64("same_top", 0, *rows))
          accuracy.numSameTop = *same;
      }
      entry.finish();
      report.accuracy.push_back(std::move(found));
    }
  }

  void number(json::Object &object, std::string_view key, double &number) {
    if (auto value = object.required<json::Value>(key))
      number = value->toElement<double>(diagnostics).value_or(0);
  }

  Diagnostics &diagnostics;
  Report report;
  bool knowsMachine = false;
};
} // namespace

static Report readDocument(const json::Document &document) {
  Diagnostics diagnostics;
  Report report = Reader(diagnostics).read(document.root());
  diagnostics.throwIfErrors();
  return report;
}

Report systolic::parseReportJson(std::string text, std::string file) {
  return readDocument(json::Document::parse(std::move(text), std::move(file)));
}

Report systolic::readReportJson(const std::filesystem::path &file) {
  return readDocument(json::Document::read(file));
}
