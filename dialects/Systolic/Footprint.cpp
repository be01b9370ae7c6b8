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

bool DramRange::overlaps(const DramRange &other) const {
  if (isEmpty() || other.isEmpty() || end() <= other.address ||
      other.end() <= address)
    return false;
  const DramRange &few = count <= other.count ? *this : other;
  const DramRange &many = count <= other.count ? other : *this;
  for (int64_t i = 0; i < few.count; ++i) {
    int64_t begin = few.address + i * few.stride;
    if (hasByteOf(many, begin, begin + few.bytes))
      return true;
  }
  return false;
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
