//===- Footprint.cpp - What an instruction reads and writes ---------------===//
#include "dialects/Systolic/Footprint.h"
#include <algorithm>

using namespace tactus;
using namespace tactus::systolic;

//===----------------------------------------------------------------------===//
// DRAM
//===----------------------------------------------------------------------===//

/// Whether a row of `rows` has a byte of [begin, end).
static bool hasByteOf(const DramRange &rows, int64_t begin, int64_t end) {
  if (rows.stride == 0)
    return rows.address < end && rows.address + rows.bytes > begin;
  // Row i is hit where address + i * stride + bytes > begin and
  // address + i * stride < end.
  int64_t above = begin - rows.bytes - rows.address;
  int64_t first = above < 0 ? 0 : above / rows.stride + 1;
  int64_t below = end - 1 - rows.address;
  if (below < 0)
    return false;
  return first <= std::min(below / rows.stride, rows.count - 1);
}

/// The least x of 0 or more for which a x mod m lies in [least, most], none of
/// them over m; -1 where there is none. As Euclid's algorithm, in logarithmic
/// time: a x - m y lies there for some x where m y mod a lies in [-most,
/// -least].
static __int128 findMultiple(__int128 a, __int128 m, __int128 least,
                             __int128 most) {
  if (least == 0)
    return 0;
  if (a == 0)
    return -1;
  __int128 x = (least + a - 1) / a;
  if (a * x <= most)
    return x;
  __int128 y = findMultiple(m % a, a, a - most % a, a - least % a);
  return y < 0 ? -1 : (least + m * y + a - 1) / a;
}

bool DramRange::overlaps(const DramRange &other) const {
  if (isEmpty() || other.isEmpty() || end() <= other.address ||
      other.end() <= address)
    return false;
  if (other.count == 1 || other.stride == 0)
    return hasByteOf(*this, other.address, other.address + other.bytes);
  if (count == 1 || stride == 0)
    return hasByteOf(other, address, address + bytes);
  // Rows of this one that reach from the first byte of the other to its last.
  int64_t above = other.address - bytes - address;
  int64_t first = above < 0 ? 0 : above / stride + 1;
  int64_t last = std::min((other.end() - 1 - address) / stride, count - 1);
  if (first > last)
    return false;
  // A row hits one of the other's where its last byte is less than this far
  // behind the first of that.
  int64_t reach = bytes + other.bytes - 1;
  if (reach >= other.stride)
    return true;
  int64_t behind =
      (address + first * stride + bytes - 1 - other.address) % other.stride;
  if (behind < reach)
    return true;
  int64_t missing = other.stride - behind;
  __int128 rows = findMultiple(stride % other.stride, other.stride, missing,
                               missing + reach - 1);
  return rows >= 0 && rows <= last - first;
}

DramRange systolic::dramRange(const Operands &operands) {
  if (auto *op = std::get_if<DmaLoad>(&operands))
    return {int64_t(op->dramAddress), int64_t(op->dramStride), op->dramRows(),
            op->rowBytes, false};
  if (auto *op = std::get_if<DmaStore>(&operands))
    return {int64_t(op->dramAddress), int64_t(op->dramStride), op->rows,
            op->rowBytes, true};
  if (auto *op = std::get_if<LoadWeights>(&operands);
      op && op->source == WeightSource::Dram)
    return {int64_t(op->address), int64_t(op->stride), op->memoryRows(),
            op->memoryRowBytes(), false};
  if (auto *op = std::get_if<HostCall>(&operands); op && op->bytes)
    return {int64_t(op->dramAddress), 0, 1, int64_t(op->bytes), true};
  return {};
}

//===----------------------------------------------------------------------===//
// Local memory
//===----------------------------------------------------------------------===//

int64_t systolic::spanOf(const Machine &machine, Space space, int64_t bytes) {
  int64_t width = space == Space::UnifiedBuffer ? machine.unifiedBufferRowBytes
                                                : machine.columns * 4;
  return (bytes + width - 1) / width;
}

namespace {
class Collector {
public:
  explicit Collector(const Machine &machine) : machine(machine) {}

  void add(Space space, bool isWrite, int64_t row, int64_t stride,
           int64_t count, int64_t bytes) {
    ranges.push_back(
        {space, isWrite, row, stride, count, spanOf(machine, space, bytes)});
  }

  void operator()(const DmaLoad &op) {
    add(op.space, true, op.localRow, op.localStride, op.rows, op.localBytes());
  }
  void operator()(const DmaStore &op) {
    add(op.space, false, op.localRow, op.localStride, op.rows, op.rowBytes);
  }
  void operator()(const LoadWeights &op) {
    if (op.source == WeightSource::UnifiedBuffer)
      add(Space::UnifiedBuffer, false, op.address, op.stride, op.memoryRows(),
          op.memoryRowBytes());
  }
  void operator()(const Matmul &op) {
    for (int64_t i = 0; i < op.counts[0]; ++i)
      for (int64_t j = 0; j < op.counts[1]; ++j)
        add(Space::UnifiedBuffer, false,
            op.ubRow + i * op.strides[0] + j * op.strides[1], op.strides[2],
            op.counts[2], op.k * byteSize(op.type));
    if (op.accumulate)
      add(Space::Accumulators, false, op.accumulatorRow, op.accumulatorStride,
          op.rows(), machine.columns * 4);
    add(Space::Accumulators, true, op.accumulatorRow, op.accumulatorStride,
        op.rows(), machine.columns * 4);
  }
  void operator()(const Activate &op) {
    add(Space::Accumulators, false, op.accumulatorRow, 1, op.rows,
        op.columns * 4);
    if (op.perChannelScale)
      add(Space::UnifiedBuffer, false, op.scaleRow, 1, 1, op.columns * 4);
    if (op.function == Function::Prelu)
      add(Space::UnifiedBuffer, false, op.slopeRow, 1, 1, op.columns * 4);
    int64_t bytes = op.columns * byteSize(op.outputType);
    if (op.residual)
      add(Space::UnifiedBuffer, false, op.residual->ubRow, op.residual->stride,
          op.rows, bytes);
    add(Space::UnifiedBuffer, true, op.destinationRow, op.destinationStride,
        op.outputRows(), bytes);
  }
  void operator()(const Vec &op) {
    add(op.lhs.space, false, op.lhs.row, op.lhs.stride, op.rows,
        op.columns * byteSize(op.inputType));
    if (op.readsRightRows())
      add(op.rhs.space, false, op.rhs.row, op.rhs.stride, op.rows,
          op.rightBytes());
    add(op.destination.space, true, op.destination.row, op.destination.stride,
        op.rows, op.outputColumns() * byteSize(op.outputType));
  }
  void operator()(const Nop &) {}
  void operator()(const Halt &) {}
  void operator()(const Config &) {}
  void operator()(const Fence &) {}
  void operator()(const HostCall &) {}
  void operator()(const Tag &) {}

  std::vector<LocalRange> ranges;

private:
  const Machine &machine;
};
} // namespace

std::vector<LocalRange> systolic::localRanges(const Operands &operands,
                                              const Machine &machine) {
  Collector collector(machine);
  std::visit(collector, operands);
  return std::move(collector.ranges);
}
