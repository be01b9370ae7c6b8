//===- ReportCompare.cpp - Two reports side by side -----------------------===//
#include "runtime/Support/Text.h"
#include "runtime/Systolic/Report.h"
#include <map>

using namespace tactus;
using namespace tactus::systolic;

namespace {
class Table {
public:
  void add(std::string name, int64_t before, int64_t after) {
    addRow(std::move(name), double(before), double(after),
           [](double value, bool isSigned) {
             return formatText(isSigned ? "%+.0f" : "%.0f", value);
           });
  }
  void addRate(std::string name, double before, double after) {
    addRow(std::move(name), before, after, [](double value, bool isSigned) {
      return formatText(isSigned ? "%+.6g" : "%.6g", value);
    });
  }
  /// What only one of them has; the other stands as a dash.
  void addOnly(std::string name, int64_t value, bool isBefore) {
    std::string text = std::to_string(value);
    rows.push_back({std::move(name), isBefore ? text : "-",
                    isBefore ? "-" : text, "-", "-"});
  }

  std::string str() const { return alignColumns(rows); }

private:
  template <typename Show>
  void addRow(std::string name, double before, double after, Show show) {
    std::string percent = "-";
    if (before == after)
      percent = "=";
    else if (before != 0)
      percent = formatText("%+.2f%%", 100 * (after - before) / before);
    rows.push_back({std::move(name), show(before, false), show(after, false),
                    show(after - before, true), std::move(percent)});
  }

  std::vector<std::vector<std::string>> rows = {
      {"", "old", "new", "difference", "percent"}};
};
} // namespace

static void addTotals(Table &table, const Report &before, const Report &after) {
  table.add("total cycles", before.totalCycles, after.totalCycles);
  table.addRate("time (us)", before.seconds() * 1e6, after.seconds() * 1e6);
  table.add("array cycles", before.arrayCycles, after.arrayCycles);
  table.add("array active", before.activeCycles, after.activeCycles);
  for (int i = 0; i < numStalls; ++i)
    if (before.stalls[i] || after.stalls[i])
      table.add("  " + std::string(toString(Stall(i))), before.stalls[i],
                after.stalls[i]);
  table.add("useful MACs", before.usefulMacs, after.usefulMacs);
  table.add("unused MACs", before.arrayMacs() - before.usefulMacs,
            after.arrayMacs() - after.usefulMacs);
  table.addRate("utilization (%)", 100 * before.utilization(),
                100 * after.utilization());
  table.addRate("throughput (GOPS)",
                before.roofline().operationsPerSecond / 1e9,
                after.roofline().operationsPerSecond / 1e9);
  table.addRate("roofline (GOPS)", before.roofline().attainable / 1e9,
                after.roofline().attainable / 1e9);
  table.add("weight bytes", before.weightBytes, after.weightBytes);
  table.add("load bytes", before.loadedBytes, after.loadedBytes);
  table.add("store bytes", before.storedBytes, after.storedBytes);
  table.add("unified buffer rows", before.unifiedBufferRows,
            after.unifiedBufferRows);
  table.add("accumulator rows", before.accumulatorRows, after.accumulatorRows);
  table.addRate("energy (uJ)", before.energy().total() * 1e-6,
                after.energy().total() * 1e-6);
  table.add("instructions", before.instructions, after.instructions);
  table.add("host calls", int64_t(before.hostCalls.size()),
            int64_t(after.hostCalls.size()));
}

static void addLayer(Table &table, const LayerReport &before,
                     const LayerReport &after) {
  table.add("layer " + before.name, before.cycles(), after.cycles());
  table.add("  array cycles", before.arrayCycles, after.arrayCycles);
  table.add("  array active", before.activeCycles, after.activeCycles);
  for (int i = 0; i < numStalls; ++i)
    if (before.stalls[i] || after.stalls[i])
      table.add("  " + std::string(toString(Stall(i))), before.stalls[i],
                after.stalls[i]);
  table.add("  DRAM bytes",
            before.weightBytes + before.loadedBytes + before.storedBytes,
            after.weightBytes + after.loadedBytes + after.storedBytes);
}

static void addLayers(Table &table, const Report &before, const Report &after) {
  // Layers of one name match in their order.
  std::map<std::string, std::vector<const LayerReport *>> byName;
  for (size_t i = after.layers.size(); i--;)
    byName[after.layers[i].name].push_back(&after.layers[i]);
  std::vector<const LayerReport *> missing;
  for (const LayerReport &layer : before.layers) {
    auto &matches = byName[layer.name];
    if (matches.empty()) {
      missing.push_back(&layer);
      continue;
    }
    addLayer(table, layer, *matches.back());
    matches.pop_back();
  }
  for (const LayerReport *layer : missing)
    table.addOnly("layer " + layer->name, layer->cycles(), true);
  for (const LayerReport &layer : after.layers) {
    auto &matches = byName[layer.name];
    if (matches.empty() || matches.back() != &layer)
      continue;
    matches.pop_back();
    table.addOnly("layer " + layer.name, layer.cycles(), false);
  }
}

std::string systolic::compareReports(const Report &before,
                                     const Report &after) {
  auto describe = [](const Report &report) {
    return report.machine.name +
           (report.weightLoading == WeightLoading::Serial ? ", serial" : "");
  };
  Table table;
  addTotals(table, before, after);
  addLayers(table, before, after);
  std::string out = "machine " + describe(before);
  if (before.machine != after.machine ||
      before.weightLoading != after.weightLoading)
    out += " against " + describe(after) +
           (before.machine.name == after.machine.name ? ", changed" : "");
  return out + "\n" + table.str();
}
