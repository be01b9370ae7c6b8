//===- Constraints.cpp - What a machine asks of one instruction -----------===//
//
// Each check names the constraint of the dialect's op description, (C<N>).
//
//===----------------------------------------------------------------------===//
#include "dialects/Systolic/Encoding.h"
#include "tactus/Error.h"
#include <algorithm>

using namespace tactus;
using namespace tactus::systolic;

namespace {
using Problem = std::optional<std::string>;

std::string got(int64_t value) {
  return ", but got " + std::to_string(value);
}

std::string got(std::string_view value) {
  return ", but got " + std::string(value);
}

Problem within(const char *what, int64_t value, int64_t least, int64_t most) {
  if (value >= least && value <= most)
    return std::nullopt;
  return std::string("expected ") + what + " of " + std::to_string(least) +
         " to " + std::to_string(most) + got(value);
}

Problem aligned(const char *what, int64_t value, int64_t bytes) {
  if (value % bytes == 0)
    return std::nullopt;
  return std::string("expected ") + what + " to be a multiple of " +
         std::to_string(bytes) + got(value);
}

class Checker {
public:
  explicit Checker(const Machine &machine) : machine(machine) {}

  Problem operator()(const Nop &) { return {}; }
  Problem operator()(const Halt &) { return {}; }
  Problem operator()(const Fence &) { return {}; }
  Problem operator()(const Tag &) { return {}; }
  Problem operator()(const Config &op);
  Problem operator()(const HostCall &op);
  Problem operator()(const DmaLoad &op);
  Problem operator()(const DmaStore &op);
  Problem operator()(const LoadWeights &op);
  Problem operator()(const Matmul &op);
  Problem operator()(const Activate &op);
  Problem operator()(const Vec &op);

private:
  int64_t rowsOf(Space space) const {
    return space == Space::UnifiedBuffer ? machine.unifiedBufferRows()
                                         : machine.accumulatorRows;
  }
  int64_t rowBytesOf(Space space) const {
    return space == Space::UnifiedBuffer ? machine.unifiedBufferRowBytes
                                         : machine.columns * 4;
  }

  /// `count` rows of `bytes` each, from `row` on, lie in `space`. Strides may
  /// repeat a row where `mayRepeat` says so.
  Problem local(const char *what, Space space, int64_t row, int64_t stride,
                int64_t count, int64_t bytes, bool mayRepeat = false) const {
    int64_t width = rowBytesOf(space), span = (bytes + width - 1) / width;
    if (space == Space::Accumulators && span > 1)
      return std::string("expected ") + what + " rows of at most " +
             std::to_string(width) + " bytes" + got(bytes);
    if (count > 1 && stride < span && !(mayRepeat && stride == 0))
      return std::string("expected ") + what + " rows " + std::to_string(span) +
             " or more apart" + got(stride);
    // Three counts of a matmul and a stride together pass 64 bits.
    __int128 last = row + __int128(count - 1) * stride + span - 1;
    if (last >= rowsOf(space))
      return std::string("expected ") + what + " rows below " +
             std::to_string(rowsOf(space)) + " of the " +
             std::string(toString(space)) +
             got(int64_t(std::min<__int128>(last, INT64_MAX)));
    return {};
  }

  Problem dram(uint64_t address, uint64_t stride, int64_t count,
               int64_t bytes) const {
    __int128 end = __int128(address) + __int128(count - 1) * stride + bytes;
    if (end > machine.dramBytes)
      return "expected DRAM bytes below " + std::to_string(machine.dramBytes) +
             got(int64_t(std::min<__int128>(end - 1, INT64_MAX)));
    return {};
  }

  Problem vector(const char *what, int64_t row, int64_t columns) const {
    return local(what, Space::UnifiedBuffer, row, 1, 1, columns * 4);
  }

  Problem operandType(DataType type) const {
    if (machine.supports(type))
      return {};
    std::string types;
    for (DataType each : machine.elementTypes)
      types += (types.empty() ? "" : " or ") + std::string(toString(each));
    return "expected operands of type " + types + got(toString(type));
  }

  template <typename Op> Problem clip(const Op &op) const {
    if (op.function == Function::Clip && !(op.alpha <= op.beta))
      return "expected a clip from alpha to beta, but got alpha above beta";
    return {};
  }

  Problem outputType(DataType type, int64_t zeroPoint) const {
    if (zeroPoint && type != DataType::I8)
      return "expected a zero point for i8 only" + got(toString(type));
    return {};
  }

  const Machine &machine;
};
} // namespace

#define TRY(check)                                                             \
  do {                                                                         \
    if (Problem problem = (check))                                             \
      return problem;                                                          \
  } while (false)

Problem Checker::operator()(const Config &op) {
  // (C1)
  return within("a value", op.value, 0, 255);
}

Problem Checker::operator()(const HostCall &op) {
  // (C1)
  return dram(op.dramAddress, 0, 1, int64_t(op.bytes));
}

Problem Checker::operator()(const DmaLoad &op) {
  // (C1)
  TRY(within("rows", op.rows, 1, 1 << 24));
  TRY(within("row bytes", op.rowBytes, 1, UINT32_MAX));
  TRY(within("a pixel repeat", op.pixelRepeat, 1, 255));
  // (C2)
  if (op.zeroFill + op.broadcastRow + (op.pixelRepeat > 1) > 1)
    return "expected at most one of zero fill, broadcast row and pixel repeat, "
           "but got more";
  // (C3)
  if (op.zeroFill && (op.dramAddress || op.dramStride))
    return "expected no DRAM address for a zero fill" +
           got(int64_t(op.dramAddress ? op.dramAddress : op.dramStride));
  // (C4)
  if (!op.zeroFill)
    TRY(dram(op.dramAddress, op.dramStride, op.dramRows(), op.rowBytes));
  // (C5)
  TRY(local("local", op.space, op.localRow, op.localStride, op.rows,
            op.localBytes()));
  // (C6)
  if (op.space == Space::Accumulators)
    TRY(aligned("row bytes of accumulators", op.localBytes(), 4));
  return {};
}

Problem Checker::operator()(const DmaStore &op) {
  // (C1)
  TRY(within("rows", op.rows, 1, 1 << 24));
  TRY(within("row bytes", op.rowBytes, 1, UINT32_MAX));
  // (C2)
  TRY(dram(op.dramAddress, op.dramStride, op.rows, op.rowBytes));
  // (C3)
  if (op.rows > 1 && op.dramStride < op.rowBytes)
    return "expected DRAM rows " + std::to_string(op.rowBytes) +
           " or more bytes apart" + got(int64_t(op.dramStride));
  // (C4)
  TRY(local("local", op.space, op.localRow, op.localStride, op.rows,
            op.rowBytes));
  // (C5)
  if (op.space == Space::Accumulators)
    TRY(aligned("row bytes of accumulators", op.rowBytes, 4));
  return {};
}

Problem Checker::operator()(const LoadWeights &op) {
  // (C1)
  TRY(operandType(op.type));
  // (C2)
  TRY(within("k", op.k, 1, machine.rows));
  // (C3)
  TRY(within("n", op.n, 1, machine.columns));
  if (op.source == WeightSource::UnifiedBuffer)
    // (C4)
    return local("weight", Space::UnifiedBuffer, op.address, op.stride,
                 op.memoryRows(), op.memoryRowBytes());
  // (C5)
  TRY(dram(op.address, op.stride, op.memoryRows(), op.memoryRowBytes()));
  // (C6)
  TRY(aligned("the weights' address", op.address, byteSize(op.type)));
  return aligned("the weights' stride", op.stride, byteSize(op.type));
}

Problem Checker::operator()(const Matmul &op) {
  // (C1)
  TRY(operandType(op.type));
  // (C2)
  TRY(within("k", op.k, 1, machine.rows));
  // (C3)
  for (uint16_t count : op.counts)
    TRY(within("a count", count, 1, UINT16_MAX));
  // (C4)
  int64_t least = op.ubRow, most = op.ubRow;
  for (int i = 0; i < 3; ++i) {
    int64_t reach = int64_t(op.counts[i] - 1) * op.strides[i];
    (reach < 0 ? least : most) += reach;
  }
  if (least < 0 || most >= machine.unifiedBufferRows())
    return "expected input rows of 0 to " +
           std::to_string(machine.unifiedBufferRows() - 1) +
           got(least < 0 ? least : most);
  // (C5)
  return local("accumulator", Space::Accumulators, op.accumulatorRow,
               op.accumulatorStride, op.rows(), machine.columns * 4);
}

Problem Checker::operator()(const Activate &op) {
  bool exact = op.outputType == DataType::I32;
  // (C1)
  if (op.inputType != DataType::I32 && op.inputType != DataType::F32)
    return "expected sums of type i32 or f32" + got(toString(op.inputType));
  if (!machine.supports(op.inputType == DataType::I32 ? DataType::I8
                                                      : DataType::BF16))
    return "expected sums that the array makes" + got(toString(op.inputType));
  // (C2)
  if (exact && op.inputType != DataType::I32)
    return "expected i32 results of i32 sums" + got(toString(op.inputType));
  // (C3)
  if (exact &&
      ((op.function != Function::None && op.function != Function::Relu) ||
       op.perChannelScale || op.scale != 1 || op.outputScale != 1 ||
       op.residual))
    return "expected i32 results unscaled, through none or relu" +
           got(toString(op.function));
  // (C4)
  TRY(outputType(op.outputType, op.zeroPoint));
  // (C5)
  TRY(within("rows", op.rows, 1, machine.accumulatorRows));
  TRY(within("columns", op.columns, 1, machine.columns));
  TRY(local("accumulator", Space::Accumulators, op.accumulatorRow, 1, op.rows,
            op.columns * 4));
  // (C6)
  if (op.pooling) {
    const Pooling &pooling = *op.pooling;
    TRY(within("a pooling height", pooling.height, 1, 15));
    TRY(within("a pooling width", pooling.width, 1, 15));
    TRY(within("a pooling stride", pooling.strideY, 1, 15));
    TRY(within("a pooling stride", pooling.strideX, 1, 15));
    TRY(within("a pooling input width", pooling.inputWidth, pooling.width,
               4095));
    if (op.rows % pooling.inputWidth)
      return "expected rows of whole lines of " +
             std::to_string(pooling.inputWidth) + got(int64_t(op.rows));
    TRY(within("pooled lines", op.rows / pooling.inputWidth, pooling.height,
               machine.accumulatorRows));
  }
  // (C7)
  TRY(local("result", Space::UnifiedBuffer, op.destinationRow,
            op.destinationStride, op.outputRows(),
            op.columns * byteSize(op.outputType)));
  // (C8)
  if (op.perChannelScale)
    TRY(vector("scale", op.scaleRow, op.columns));
  if (op.function == Function::Prelu)
    TRY(vector("slope", op.slopeRow, op.columns));
  if (op.residual)
    TRY(local("residual", Space::UnifiedBuffer, op.residual->ubRow,
              op.residual->stride, op.rows,
              op.columns * byteSize(op.outputType), /*mayRepeat=*/true));
  // (C9)
  return clip(op);
}

Problem Checker::operator()(const Vec &op) {
  // (C1)
  TRY(outputType(op.outputType, op.zeroPoint));
  if (op.outputType == DataType::I32)
    return "expected results of type i8, bf16 or f32" +
           got(toString(op.outputType));
  // (C2)
  TRY(within("rows", op.rows, 1, 1 << 24));
  TRY(within("columns", op.columns, 1, UINT16_MAX));
  // (C3)
  TRY(clip(op));
  // (C4)
  for (auto [rows, type] :
       {std::pair(op.lhs, op.inputType), std::pair(op.rhs, op.rightType),
        std::pair(op.destination, op.outputType)})
    if (rows.space == Space::Accumulators && byteSize(type) != 4)
      return "expected a 4-byte type in accumulators" + got(toString(type));
  // (C5)
  TRY(local("left", op.lhs.space, op.lhs.row, op.lhs.stride, op.rows,
            op.columns * byteSize(op.inputType), /*mayRepeat=*/true));
  if (op.readsRightRows())
    TRY(local("right", op.rhs.space, op.rhs.row, op.rhs.stride, op.rows,
              op.rightBytes(), /*mayRepeat=*/true));
  return local("result", op.destination.space, op.destination.row,
               op.destination.stride, op.rows,
               op.outputColumns() * byteSize(op.outputType));
}

std::optional<std::string> systolic::findProblem(const Instruction &instruction,
                                                 const Machine &machine) {
  if (instruction.isBarrier() &&
      (instruction.signal || instruction.waits[0] || instruction.waits[1]))
    return "expected no wait and no signal, which a barrier implies";
  // Fields that do not fit, or that these choices leave unused.
  try {
    if (decode(encode(instruction)) != instruction)
      return "expected fields that its choices leave unused to keep their "
             "defaults, and no NaN";
  } catch (const Error &error) {
    return error.message();
  }
  return std::visit(Checker(machine), instruction.operands);
}
