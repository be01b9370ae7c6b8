//===- ReportText.cpp - Reports for people and for spreadsheets -----------===//
#include "runtime/Support/Text.h"
#include "runtime/Systolic/Report.h"
#include <cmath>

using namespace tactus;
using namespace tactus::systolic;

using Rows = std::vector<std::vector<std::string>>;

static long long ll(int64_t value) {
  return static_cast<long long>(value);
}

static double percent(double part, double whole) {
  return whole != 0 ? 100 * part / whole : 0;
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

static std::string boundText(const Report &report, Bound bound) {
  switch (bound) {
  case Bound::Array:
    return "the array";
  case Bound::Dram:
    return report.machine.host ? "the weights' way from DRAM" : "DRAM";
  case Bound::Host:
    return "the host's way to DRAM";
  case Bound::Units:
    return "ACT and VEC";
  }
  __builtin_unreachable();
}

static std::string rooflineText(const Report &report) {
  RooflinePoint point = report.roofline();
  std::string text = formatText(
      "throughput        %14.6g  GOPS of %.6g GOPS roofline, bound by %s\n",
      point.operationsPerSecond / 1e9, point.attainable / 1e9,
      boundText(report, point.bound).c_str());
  if (std::isfinite(point.operationsPerByte))
    text += formatText("intensity         %14.6g  operations per %s byte\n",
                       point.operationsPerByte,
                       report.machine.host ? "weight" : "DRAM");
  return text;
}

static std::string causesText(const Report &report) {
  std::string text = "cycles by cause (modeled)\n";
  double total = double(report.totalCycles);
  double useful = percent(report.utilization(), 1);
  double active = percent(double(report.activeCycles), total);
  text += formatText(
      "  array active    %14lld  %6.2f%%  useful %.2f%%, unused %.2f%%\n",
      ll(report.activeCycles), active, useful, std::fabs(active - useful));
  for (int i = 0; i < numStalls; ++i)
    text += formatText(
        "  %-15s %14lld  %6.2f%%\n", std::string(toString(Stall(i))).c_str(),
        ll(report.stalls[i]), percent(double(report.stalls[i]), total));
  return text;
}

static std::string energyText(const Report &report) {
  Energy energy = report.energy();
  double joules = energy.total() * 1e-12;
  double seconds = report.seconds();
  std::string text = formatText(
      "energy (modeled)  %14.6g  uJ by %s: %.4g W on average, %.4g TOPS/W\n",
      joules * 1e6, report.energyTable.name.c_str(),
      seconds > 0 ? joules / seconds : 0,
      joules > 0 ? 2 * double(report.usefulMacs) / joules / 1e12 : 0);
  for (const EnergyComponent &component : energyComponents) {
    std::string name(component.key);
    for (char &c : name)
      c = c == '_' ? ' ' : c;
    text += formatText("  %-15s %14.6g  %6.2f%%\n", name.c_str(),
                       energy.*component.picojoules * 1e-6,
                       percent(energy.*component.picojoules, energy.total()));
  }
  return text;
}

/// A row a layer; causes that occur nowhere have no column.
static std::string layersText(const Report &report) {
  Rows rows = {{"layer", "cycles", "array", "active", "useful"}};
  std::vector<std::string> &head = rows.front();
  for (int i = 0; i < numStalls; ++i)
    if (report.stalls[i])
      head.emplace_back(toString(Stall(i)));
  head.insert(head.end(), {"weight bytes", "load bytes", "store bytes", "uJ"});
  for (const LayerReport &layer : report.layers) {
    std::vector<std::string> row = {
        layer.name, std::to_string(layer.cycles()),
        std::to_string(layer.arrayCycles), std::to_string(layer.activeCycles),
        formatText("%.2f%%", 100 * report.utilization(layer))};
    for (int i = 0; i < numStalls; ++i)
      if (report.stalls[i])
        row.push_back(std::to_string(layer.stalls[i]));
    row.insert(row.end(),
               {std::to_string(layer.weightBytes),
                std::to_string(layer.loadedBytes),
                std::to_string(layer.storedBytes),
                formatText("%.4g", report.energy(layer).total() * 1e-6)});
    rows.push_back(std::move(row));
  }
  return alignColumns(rows);
}

/// What other dataflows would take; nothing where no layer is one product.
static std::string productsText(const Report &report) {
  ArrayShape array{report.machine.rows, report.machine.columns};
  Rows rows = {{"layer as one product, by SCALE-Sim's forms", "M x K x N",
                "array", "WS", "IS", "OS"}};
  for (const LayerReport &layer : report.layers) {
    if (!layer.product)
      continue;
    ProductShape p = *layer.product;
    rows.push_back({layer.name,
                    formatText("%lld x %lld x %lld", ll(p.m), ll(p.k), ll(p.n)),
                    std::to_string(layer.arrayCycles),
                    std::to_string(weightStationaryCycles(p, array)),
                    std::to_string(inputStationaryCycles(p, array)),
                    std::to_string(outputStationaryCycles(p, array))});
  }
  return rows.size() > 1 ? alignColumns(rows) : "";
}

std::string OutputAccuracy::str() const {
  return "accuracy of " + output + ": " + accuracy.str();
}

std::string Report::str() const {
  std::string out =
      "machine " + machine.name +
      formatText(", %lld x %lld cells, %.6g MHz\n", ll(machine.rows),
                 ll(machine.columns), double(machine.clockHz) / 1e6);
  out += formatText(
      "total cycles      %14lld  %.6g us (DMA, ACT and VEC modeled)\n",
      ll(totalCycles), seconds() * 1e6);
  out += formatText(
      "array cycles      %14lld  exact, %s weight loading, %lld folds\n",
      ll(arrayCycles),
      weightLoading == WeightLoading::Serial ? "serial" : "overlapped",
      ll(folds));
  out +=
      formatText("useful MACs       %14lld  %.2f%% of all cells and cycles\n",
                 ll(usefulMacs), 100 * utilization());
  out += formatText(
      "unused MACs       %14lld  of %lld while the array was active\n",
      ll(arrayMacs() - usefulMacs), ll(arrayMacs()));
  out += rooflineText(*this);
  out += causesText(*this);
  out += formatText(
      "DRAM bytes        %14lld  weights %lld, loads %lld, stores %lld\n",
      ll(weightBytes + loadedBytes + storedBytes), ll(weightBytes),
      ll(loadedBytes), ll(storedBytes));
  out +=
      formatText("unified buffer    %14lld  of %lld rows, %lld of %lld bytes\n",
                 ll(unifiedBufferRows), ll(machine.unifiedBufferRows()),
                 ll(unifiedBufferBytes()), ll(machine.unifiedBufferBytes));
  out += formatText(
      "accumulators      %14lld  of %lld rows, %lld of %lld bytes\n",
      ll(accumulatorRows), ll(machine.accumulatorRows), ll(accumulatorBytes()),
      ll(machine.accumulatorRows * machine.columns * 4));
  out += energyText(*this);
  out += layersText(*this);
  out += productsText(*this);
  for (const HostCallReport &call : hostCalls)
    out += formatText("host call: instruction %u of layer ", call.instruction) +
           call.layer + " runs " + call.kernel +
           formatText(" on the host: %lld bytes there and back in %lld "
                      "cycles\n",
                      ll(call.bytes), ll(call.cycles));
  for (const OutputAccuracy &found : accuracy)
    out += found.str() + "\n";
  return out;
}

//===----------------------------------------------------------------------===//
// CSV
//===----------------------------------------------------------------------===//

static std::string quoteCsv(const std::string &text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos)
    return text;
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"')
      quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string Report::csv() const {
  std::string out = "LayerID, Total Cycles, Stall Cycles, Overall Util %, "
                    "Mapping Efficiency %, Compute Util %, Avg IFMAP SRAM BW, "
                    "Avg FILTER SRAM BW, Avg OFMAP SRAM BW, Avg IFMAP DRAM BW, "
                    "Avg FILTER DRAM BW, Avg OFMAP DRAM BW, Layer,\n";
  double cells = double(machine.rows) * double(machine.columns);
  for (size_t i = 0; i < layers.size(); ++i) {
    const LayerReport &layer = layers[i];
    double cycles = double(layer.cycles());
    auto rate = [&](int64_t count) {
      return cycles > 0 ? double(count) / cycles : 0;
    };
    // What its array alone would not have taken.
    int64_t stalled = std::max<int64_t>(0, layer.cycles() - layer.arrayCycles);
    out += formatText(
        "%zu, %lld, %lld, %.6g, %.6g, %.6g, %.6g, %.6g, %.6g, %.6g, %.6g, "
        "%.6g, ",
        i, ll(layer.cycles()), ll(stalled), 100 * utilization(layer),
        percent(double(layer.usedCells), double(layer.folds) * cells),
        percent(double(layer.usefulMacs), double(layer.arrayCycles) * cells),
        rate(layer.inputElements), rate(layer.usedCells),
        rate(layer.outputElements), rate(layer.loadedBytes),
        rate(layer.weightBytes), rate(layer.storedBytes));
    out += quoteCsv(layer.name) + ",\n";
  }
  return out;
}
