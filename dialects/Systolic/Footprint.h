//===- Footprint.h - What an instruction reads and writes -------*- C++ -*-===//
#ifndef TACTUS_DIALECTS_SYSTOLIC_FOOTPRINT_H
#define TACTUS_DIALECTS_SYSTOLIC_FOOTPRINT_H

#include "dialects/Systolic/Encoding.h"

namespace tactus::systolic {

/// Row `row + i * stride` and the `span - 1` rows after it, for i < `count`.
struct LocalRange {
  Space space = Space::UnifiedBuffer;
  bool isWrite = false;
  int64_t row = 0;
  int64_t stride = 1;
  int64_t count = 1;
  int64_t span = 1;
};

/// Bytes `address + i * stride` and the `bytes - 1` after it, for i < `count`.
struct DramRange {
  int64_t address = 0;
  int64_t stride = 0;
  int64_t count = 0;
  int64_t bytes = 0;
  bool isWrite = false;

  bool isEmpty() const { return count == 0; }
  int64_t end() const { return address + (count - 1) * stride + bytes; }
  bool overlaps(const DramRange &other) const;
};

/// Rows that a local row of `bytes` takes in `space`.
int64_t spanOf(const Machine &machine, Space space, int64_t bytes);

/// The rows of local memory that `operands` access. A range appears once for
/// each time it is read or written.
std::vector<LocalRange> localRanges(const Operands &operands,
                                    const Machine &machine);
/// The bytes of DRAM that `operands` access; empty where there are none.
DramRange dramRange(const Operands &operands);

} // namespace tactus::systolic

#endif // TACTUS_DIALECTS_SYSTOLIC_FOOTPRINT_H
