//===- ReportJson.cpp - Reports for programs ------------------------------===//
#include "runtime/Support/JsonObject.h"
#include "runtime/Systolic/MachineJson.h"
#include "runtime/Systolic/ReportFields.h"
#include <algorithm>

using namespace tactus;
using namespace tactus::systolic;

using Layout = json::Writer::Layout;

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

/// What is held to the RTL, and what only follows rules.
static void writeProvenance(json::Writer &writer) {
  writer.key("rtl_verified").beginArray();
  writer.value("array_cycles").value("folds").value("useful_macs");
  writer.endArray().key("modeled").beginArray();
  for (const char *key :
       {"total_cycles", "seconds", "cycles", "stalls", "unit_cycles",
        "utilization", "operations_per_second", "energy", "host_calls"})
    writer.value(key);
  writer.endArray();
}

static void writeCounts(json::Writer &writer, const Report &report,
                        const Counts &counts) {
  for (const CountField &field : countFields)
    writer.member(field.key, counts.*field.count);
  writer.key("stalls").beginObject(Layout::Inline);
  for (int i = 0; i < numStalls; ++i)
    writer.member(keyOf(Stall(i)), counts.stalls[i]);
  writer.endObject().key("traffic").beginObject(Layout::Inline);
  for (const TrafficField &field : trafficFields)
    writer.member(field.key, counts.traffic.*field.count);
  writer.endObject();

  RooflinePoint point = report.roofline(counts);
  writer.member("utilization", report.utilization(counts))
      .member("operations_per_second", point.operationsPerSecond)
      .member("operations_per_byte", point.operationsPerByte)
      .member("roofline", point.attainable)
      .member("bound", toString(point.bound));
  Energy energy = report.energy(counts);
  writer.key("picojoules").beginObject(Layout::Inline);
  for (const EnergyComponent &component : energyComponents)
    writer.member(component.key, energy.*component.picojoules);
  writer.member("total", energy.total()).endObject();
}

static void writeLayer(json::Writer &writer, const Report &report,
                       const LayerReport &layer) {
  writer.beginObject()
      .member("name", layer.name)
      .member("begin", layer.begin)
      .member("end", layer.end)
      .member("cycles", layer.cycles())
      .member("array_cycles", layer.arrayCycles);
  if (layer.product) {
    ProductShape p = *layer.product;
    ArrayShape array{report.machine.rows, report.machine.columns};
    writer.key("product")
        .beginObject(Layout::Inline)
        .member("m", p.m)
        .member("k", p.k)
        .member("n", p.n)
        .member("weight_stationary", weightStationaryCycles(p, array))
        .member("input_stationary", inputStationaryCycles(p, array))
        .member("output_stationary", outputStationaryCycles(p, array))
        .endObject();
  }
  writeCounts(writer, report, layer);
  writer.endObject();
}

std::string Report::json() const {
  json::Writer writer;
  writer.beginObject().member("tactus_report", reportFormatVersion);
  writeProvenance(writer);
  writeMachine(writer.key("machine"), machine);
  writeEnergy(writer.key("energy_table"), energyTable);
  writer
      .member("weight_loading",
              weightLoading == WeightLoading::Serial ? "serial" : "overlapped")
      .member("total_cycles", totalCycles)
      .member("seconds", seconds())
      .member("array_cycles", arrayCycles)
      .member("array_macs", arrayMacs())
      .member("unified_buffer_rows", unifiedBufferRows)
      .member("unified_buffer_bytes", unifiedBufferBytes())
      .member("accumulator_rows", accumulatorRows)
      .member("accumulator_bytes", accumulatorBytes());
  writeCounts(writer, *this, *this);
  writer.key("layers").beginArray(Layout::Block);
  for (const LayerReport &layer : layers)
    writeLayer(writer, *this, layer);
  writer.endArray();
  writer.key("host_calls").beginArray(Layout::Block);
  for (const HostCallReport &call : hostCalls)
    writer.beginObject(Layout::Inline)
        .member("instruction", call.instruction)
        .member("function", call.function)
        .member("kernel", call.kernel)
        .member("layer", call.layer)
        .member("bytes", call.bytes)
        .member("cycles", call.cycles)
        .endObject();
  writer.endArray();
  if (!accuracy.empty()) {
    writer.key("accuracy").beginArray(Layout::Block);
    for (const OutputAccuracy &found : accuracy) {
      writer.beginObject(Layout::Inline).member("output", found.output);
      found.accuracy.write(writer);
      writer.endObject();
    }
    writer.endArray();
  }
  writer.endObject();
  return writer.take();
}
