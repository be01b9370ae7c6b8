//===- ReportFields.h - Counts as JSON names them ---------------*- C++ -*-===//
//
// Private to the writer and the reader of reports, which both walk these.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_REPORTFIELDS_H
#define TACTUS_RUNTIME_SYSTOLIC_REPORTFIELDS_H

#include "runtime/Systolic/Report.h"
#include <algorithm>

namespace tactus::systolic {

struct CountField {
  std::string_view key;
  int64_t Counts::*count;
};
inline constexpr CountField countFields[] = {
    {"active_cycles", &Counts::activeCycles},
    {"unit_cycles", &Counts::unitCycles},
    {"instructions", &Counts::instructions},
    {"folds", &Counts::folds},
    {"used_cells", &Counts::usedCells},
    {"useful_macs", &Counts::usefulMacs},
    {"input_elements", &Counts::inputElements},
    {"output_elements", &Counts::outputElements},
    {"weight_bytes", &Counts::weightBytes},
    {"loaded_bytes", &Counts::loadedBytes},
    {"stored_bytes", &Counts::storedBytes},
    {"host_bytes", &Counts::hostBytes}};

struct TrafficField {
  std::string_view key;
  int64_t Traffic::*count;
};
inline constexpr TrafficField trafficFields[] = {
    {"i8_macs", &Traffic::i8Macs},
    {"bf16_macs", &Traffic::bf16Macs},
    {"dram_bytes", &Traffic::dramBytes},
    {"unified_buffer_bytes", &Traffic::unifiedBufferBytes},
    {"accumulator_bytes", &Traffic::accumulatorBytes},
    {"activate_elements", &Traffic::activateElements},
    {"vector_elements", &Traffic::vectorElements}};

/// `weight_data`.
inline std::string keyOf(Stall stall) {
  std::string key(toString(stall));
  std::replace(key.begin(), key.end(), ' ', '_');
  return key;
}

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_REPORTFIELDS_H
