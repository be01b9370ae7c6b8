//===- Energy.h - What a run takes, by a table ------------------*- C++ -*-===//
//
// Modeled: each access and each operation costs what a table says, whatever the
// values. A table is a JSON file; the one built in is of 45 nm.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_ENERGY_H
#define TACTUS_RUNTIME_SYSTOLIC_ENERGY_H

#include "runtime/Support/JsonWriter.h"
#include "runtime/Systolic/Program.h"
#include <filesystem>

namespace tactus::systolic {

/// What costs energy.
struct Traffic {
  /// Products that were of use, by operand type.
  int64_t i8Macs = 0, bf16Macs = 0;
  /// Whole bursts; those of host calls both ways.
  int64_t dramBytes = 0;
  /// Read and written.
  int64_t unifiedBufferBytes = 0, accumulatorBytes = 0;
  /// Elements that ACT drained, and that VEC worked on.
  int64_t activateElements = 0, vectorElements = 0;

  Traffic &operator+=(const Traffic &other);
  bool operator==(const Traffic &) const = default;
};

/// What an instruction moves and computes; `tile` is what a matmul multiplies
/// by.
Traffic trafficOf(const Operands &operands, const LoadWeights *tile,
                  const Machine &machine);

/// Picojoules.
struct EnergyTable {
  std::string name;
  /// Where the figures come from.
  std::string source;
  double i8Mac = 0, bf16Mac = 0;
  double dramByte = 0, unifiedBufferByte = 0, accumulatorByte = 0;
  double activateElement = 0, vectorElement = 0;
  /// Of the whole machine, whatever it does.
  double staticCycle = 0;

  bool operator==(const EnergyTable &) const = default;
};

/// The one built in, `energy-45nm`.
const EnergyTable &defaultEnergyTable();

/// The version of the format, the value of `tactus_energy`.
inline constexpr int64_t energyFormatVersion = 1;

/// The table that `text` holds. Throws one `Error` that lists all its problems,
/// each with its place; `file` stands in messages.
EnergyTable parseEnergyJson(std::string text, std::string file);
EnergyTable readEnergyJson(const std::filesystem::path &file);
/// The table in a value of a larger document; problems are reported.
EnergyTable readEnergy(json::Value value, Diagnostics &diagnostics);
/// Reads back as the same table.
std::string toJson(const EnergyTable &table);
void writeEnergy(json::Writer &writer, const EnergyTable &table);

/// Picojoules by component.
struct Energy {
  double array = 0, unifiedBuffer = 0, accumulators = 0, dram = 0;
  double activate = 0, vector = 0, fixed = 0;

  double total() const {
    return array + unifiedBuffer + accumulators + dram + activate + vector +
           fixed;
  }
};

Energy energyOf(const EnergyTable &table, const Traffic &traffic,
                int64_t cycles);

struct EnergyComponent {
  /// As JSON names it: `unified_buffer`.
  std::string_view key;
  double Energy::*picojoules;
};
inline constexpr EnergyComponent energyComponents[] = {
    {"array", &Energy::array},
    {"unified_buffer", &Energy::unifiedBuffer},
    {"accumulators", &Energy::accumulators},
    {"dram", &Energy::dram},
    {"activate", &Energy::activate},
    {"vector", &Energy::vector},
    {"static", &Energy::fixed}};

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_ENERGY_H
