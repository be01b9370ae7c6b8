//===- Energy.cpp - What a run takes, by a table --------------------------===//
#include "runtime/Systolic/Energy.h"
#include "runtime/Support/JsonObject.h"
#include "runtime/Systolic/Timing.h"

using namespace tactus;
using namespace tactus::systolic;

//===----------------------------------------------------------------------===//
// Counting
//===----------------------------------------------------------------------===//

Traffic &Traffic::operator+=(const Traffic &other) {
  i8Macs += other.i8Macs;
  bf16Macs += other.bf16Macs;
  dramBytes += other.dramBytes;
  unifiedBufferBytes += other.unifiedBufferBytes;
  accumulatorBytes += other.accumulatorBytes;
  activateElements += other.activateElements;
  vectorElements += other.vectorElements;
  return *this;
}

/// Bytes that a DMA reads or writes on the side of the machine.
static void countLocal(Traffic &traffic, Space space, int64_t bytes) {
  (space == Space::UnifiedBuffer ? traffic.unifiedBufferBytes
                                 : traffic.accumulatorBytes) += bytes;
}

static void countProduct(Traffic &traffic, const Matmul &op,
                         const LoadWeights &tile) {
  int64_t rows = op.rows();
  (op.type == DataType::I8 ? traffic.i8Macs : traffic.bf16Macs) +=
      rows * op.k * tile.n;
  traffic.unifiedBufferBytes += rows * op.k * byteSize(op.type);
  // Adding to a sum reads it first.
  traffic.accumulatorBytes += rows * tile.n * 4 * (op.accumulate ? 2 : 1);
}

static void countDrain(Traffic &traffic, const Activate &op) {
  int64_t elements = int64_t(op.rows) * op.columns;
  int64_t width = byteSize(op.outputType);
  traffic.activateElements += elements;
  traffic.accumulatorBytes += elements * 4;
  traffic.unifiedBufferBytes += op.outputRows() * op.columns * width;
  if (op.residual)
    traffic.unifiedBufferBytes += elements * width;
  // Vectors are read once an instruction.
  traffic.unifiedBufferBytes +=
      int64_t(op.columns) * 4 *
      (op.perChannelScale + (op.function == Function::Prelu));
}

static void countVector(Traffic &traffic, const Vec &op) {
  int64_t rows = op.rows;
  traffic.vectorElements += rows * op.columns;
  countLocal(traffic, op.lhs.space, rows * op.columns * byteSize(op.inputType));
  if (op.readsRightRows())
    countLocal(traffic, op.rhs.space, rows * op.rightBytes());
  countLocal(traffic, op.destination.space,
             rows * op.outputColumns() * byteSize(op.outputType));
}

Traffic systolic::trafficOf(const Operands &operands, const LoadWeights *tile,
                            const Machine &machine) {
  Traffic traffic;
  traffic.dramBytes = burstBytes(machine, operands);
  if (auto *load = std::get_if<DmaLoad>(&operands))
    countLocal(traffic, load->space, load->rows * load->localBytes());
  else if (auto *store = std::get_if<DmaStore>(&operands))
    countLocal(traffic, store->space, int64_t(store->rows) * store->rowBytes);
  else if (auto *drain = std::get_if<Activate>(&operands))
    countDrain(traffic, *drain);
  else if (auto *vec = std::get_if<Vec>(&operands))
    countVector(traffic, *vec);
  else if (auto *product = std::get_if<Matmul>(&operands))
    countProduct(traffic, *product, *tile);
  else if (auto *weights = std::get_if<LoadWeights>(&operands))
    if (weights->source == WeightSource::UnifiedBuffer)
      traffic.unifiedBufferBytes +=
          weights->memoryRows() * weights->memoryRowBytes();
  return traffic;
}

Energy systolic::energyOf(const EnergyTable &table, const Traffic &traffic,
                          int64_t cycles) {
  Energy energy;
  energy.array = double(traffic.i8Macs) * table.i8Mac +
                 double(traffic.bf16Macs) * table.bf16Mac;
  energy.unifiedBuffer =
      double(traffic.unifiedBufferBytes) * table.unifiedBufferByte;
  energy.accumulators =
      double(traffic.accumulatorBytes) * table.accumulatorByte;
  energy.dram = double(traffic.dramBytes) * table.dramByte;
  energy.activate = double(traffic.activateElements) * table.activateElement;
  energy.vector = double(traffic.vectorElements) * table.vectorElement;
  energy.fixed = double(cycles) * table.staticCycle;
  return energy;
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

// The paper's figures: 8-bit multiplication 0.2 pJ and 32-bit addition 0.1 pJ;
// f16 multiplication 1.1 pJ, f32 multiplication 3.7 pJ and addition 0.9 pJ; 64
// bits of SRAM 20 pJ at 32 KB and 100 pJ at 1 MB; 64 bits of DRAM 1.3 to 2.6
// nJ, of which this is the middle. ACT and VEC are taken for an f32
// multiplication and addition an element. Leakage is not in it.
const EnergyTable &systolic::defaultEnergyTable() {
  static const EnergyTable table = {
      .name = "energy-45nm",
      .source = "M. Horowitz, Computing's Energy Problem (and what we can do "
                "about it), ISSCC 2014: 45 nm, 0.9 V",
      .i8Mac = 0.3,
      .bf16Mac = 2.0,
      .dramByte = 243.75,
      .unifiedBufferByte = 12.5,
      .accumulatorByte = 2.5,
      .activateElement = 4.6,
      .vectorElement = 4.6,
      .staticCycle = 0};
  return table;
}

namespace {
struct Field {
  std::string_view key;
  double EnergyTable::*picojoules;
};
} // namespace

static constexpr Field fields[] = {
    {"mac_i8", &EnergyTable::i8Mac},
    {"mac_bf16", &EnergyTable::bf16Mac},
    {"dram_byte", &EnergyTable::dramByte},
    {"unified_buffer_byte", &EnergyTable::unifiedBufferByte},
    {"accumulator_byte", &EnergyTable::accumulatorByte},
    {"activate_element", &EnergyTable::activateElement},
    {"vector_element", &EnergyTable::vectorElement},
    {"static_cycle", &EnergyTable::staticCycle}};

EnergyTable systolic::readEnergy(json::Value value, Diagnostics &diagnostics) {
  EnergyTable table;
  json::Object object(value, diagnostics);
  if (auto version = object.required<json::Value>("tactus_energy")) {
    auto number = version->toInt64(diagnostics);
    if (number && *number != energyFormatVersion)
      version->report(diagnostics, "expected version " +
                                       std::to_string(energyFormatVersion) +
                                       ", but got " + std::to_string(*number));
  }
  if (auto name = object.required<std::string>("name"))
    table.name = *name;
  if (auto source = object.optional<std::string>("source"))
    table.source = *source;
  if (auto numbers = object.required<json::Value>("picojoules")) {
    json::Object costs(*numbers, diagnostics);
    for (const Field &field : fields) {
      auto cost = costs.required<json::Value>(field.key);
      auto number = cost ? cost->toDouble(diagnostics) : std::nullopt;
      if (!number)
        continue;
      // No sum of 2^63 of these is infinite.
      if (*number < 0 || *number > 1e12)
        cost->report(diagnostics, "expected 0 to 1e12 picojoules, but got " +
                                      cost->describe());
      table.*field.picojoules = *number;
    }
    costs.finish();
  }
  object.finish();
  return table;
}

static EnergyTable readDocument(const json::Document &document) {
  Diagnostics diagnostics;
  EnergyTable table = readEnergy(document.root(), diagnostics);
  diagnostics.throwIfErrors();
  return table;
}

EnergyTable systolic::parseEnergyJson(std::string text, std::string file) {
  return readDocument(json::Document::parse(std::move(text), std::move(file)));
}

EnergyTable systolic::readEnergyJson(const std::filesystem::path &file) {
  return readDocument(json::Document::read(file));
}

void systolic::writeEnergy(json::Writer &writer, const EnergyTable &table) {
  writer.beginObject()
      .member("tactus_energy", energyFormatVersion)
      .member("name", table.name)
      .member("source", table.source);
  writer.key("picojoules").beginObject();
  for (const Field &field : fields)
    writer.member(field.key, table.*field.picojoules);
  writer.endObject().endObject();
}

std::string systolic::toJson(const EnergyTable &table) {
  json::Writer writer;
  writeEnergy(writer, table);
  return writer.take();
}
