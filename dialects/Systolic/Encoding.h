//===- Encoding.h - Instructions of the systolic machine --------*- C++ -*-===//
//
// The complete instruction set: what an instruction says, its 64 bytes, and its
// text. Plain C++: no MLIR. Each field is declared once, in Fields.h, which the
// encoder, the decoder and the disassembler all walk.
//
// Word 0, from bit 0:
//   opcode 8 | queue 4 | flags 12 | wait semaphores 2 x 4 | signal semaphore 4
//   | layer 16 | wait 0, wait 1, signal present 3 x 1 | reserved 9
// Word 1: the two wait counts. Words 2 to 7: operands. What no field of an
// instruction claims is reserved and 0.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_DIALECTS_SYSTOLIC_ENCODING_H
#define TACTUS_DIALECTS_SYSTOLIC_ENCODING_H

#include "dialects/Systolic/Machine.h"
#include <array>
#include <variant>

namespace tactus::systolic {

using Words = std::array<uint64_t, 8>;

inline constexpr int numQueues = 5;
inline constexpr int numSemaphores = 16;

/// The in-order queues: loads, weight loads, products, activation with the
/// vector unit, stores.
enum class Queue : uint8_t { LD, WL, MM, ACT, ST };

/// 0 is no opcode, so that zeroed memory is no program.
enum class Opcode : uint8_t {
  Nop = 0x01,
  Halt = 0x02,
  Config = 0x03,
  Fence = 0x04,
  HostCall = 0x05,
  Tag = 0x06,
  DmaLoad = 0x10,
  DmaStore = 0x11,
  LoadWeights = 0x20,
  Matmul = 0x30,
  Activate = 0x40,
  Vec = 0x41,
};

enum class Space : uint8_t { UnifiedBuffer, Accumulators };
enum class WeightSource : uint8_t { Dram, UnifiedBuffer };
enum class Register : uint8_t { FillValue };

/// What `activate` applies to a scaled sum, and `vec` to an element. From
/// Sigmoid on, these are computed from a table of 1024 segments.
enum class Function : uint8_t {
  None,
  Relu,
  LeakyRelu,
  Prelu,
  Clip,
  Sigmoid,
  Tanh,
  Gelu,
  GeluTanh,
  Silu,
};

inline constexpr bool isTableFunction(Function function) {
  return function >= Function::Sigmoid;
}

enum class VectorOperation : uint8_t {
  Add,
  Mul,
  Max,
  RowMax,
  RowSum,
  Exp,
  Rsqrt,
  /// A Function; None copies and converts.
  Apply,
  Div,
  Min,
  Sqrt,
  Log,
};

inline constexpr int numVectorOperations = 12;

inline constexpr bool isBinary(VectorOperation operation) {
  return operation <= VectorOperation::Max ||
         operation == VectorOperation::Div || operation == VectorOperation::Min;
}
inline constexpr bool isReduction(VectorOperation operation) {
  return operation == VectorOperation::RowMax ||
         operation == VectorOperation::RowSum;
}

/// Where the right operand of a vector operation comes from: as many rows, one
/// value a row, or the instruction.
enum class RightOperand : uint8_t { Rows, Column, Immediate };

std::string_view toString(Queue queue);
std::string_view toString(Opcode opcode);
std::string_view toString(Space space);
std::string_view toString(Function function);
std::string_view toString(VectorOperation operation);
std::string_view toString(RightOperand kind);

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

struct Nop {
  static constexpr Opcode opcode = Opcode::Nop;
  bool operator==(const Nop &) const = default;
};

/// Ends the program once everything before has completed.
struct Halt {
  static constexpr Opcode opcode = Opcode::Halt;
  bool operator==(const Halt &) const = default;
};

/// Sets a register of the queue's unit. FillValue is the byte that a `zeroFill`
/// writes, the zero point of asymmetric data; it begins as 0.
struct Config {
  static constexpr Opcode opcode = Opcode::Config;
  Register target = Register::FillValue;
  uint32_t value = 0;
  bool operator==(const Config &) const = default;
};

/// Everything before completes before anything after starts, on all queues.
struct Fence {
  static constexpr Opcode opcode = Opcode::Fence;
  bool operator==(const Fence &) const = default;
};

/// Has the host work on a range of DRAM, as a fence on all queues. Reported.
struct HostCall {
  static constexpr Opcode opcode = Opcode::HostCall;
  uint32_t function = 0;
  uint64_t dramAddress = 0;
  uint64_t bytes = 0;
  bool operator==(const HostCall &) const = default;
};

/// Marks a place in the trace.
struct Tag {
  static constexpr Opcode opcode = Opcode::Tag;
  uint32_t id = 0;
  bool operator==(const Tag &) const = default;
};

/// Row i of `rows` comes from DRAM at `dramAddress + i * dramStride` and goes
/// to local row `localRow + i * localStride`. A row wider than one of the
/// unified buffer goes to rows that follow.
struct DmaLoad {
  static constexpr Opcode opcode = Opcode::DmaLoad;
  Space space = Space::UnifiedBuffer;
  /// Writes the register FillValue; DRAM is not read.
  bool zeroFill = false;
  /// All local rows get the one row at `dramAddress`, such as a bias.
  bool broadcastRow = false;
  /// Local row i gets the pixels i to i + pixelRepeat - 1 side by side, each of
  /// `rowBytes`; DRAM is read once a pixel.
  uint8_t pixelRepeat = 1;
  uint64_t dramAddress = 0;
  uint64_t dramStride = 0;
  uint32_t rows = 1;
  uint32_t rowBytes = 0;
  uint32_t localRow = 0;
  uint32_t localStride = 1;

  int64_t localBytes() const { return int64_t(rowBytes) * pixelRepeat; }
  /// Rows that DRAM delivers.
  int64_t dramRows() const {
    return zeroFill ? 0 : broadcastRow ? 1 : int64_t(rows) + pixelRepeat - 1;
  }
  bool operator==(const DmaLoad &) const = default;
};

struct DmaStore {
  static constexpr Opcode opcode = Opcode::DmaStore;
  Space space = Space::UnifiedBuffer;
  uint64_t dramAddress = 0;
  uint64_t dramStride = 0;
  uint32_t rows = 1;
  uint32_t rowBytes = 0;
  uint32_t localRow = 0;
  uint32_t localStride = 1;
  bool operator==(const DmaStore &) const = default;
};

/// Pushes a tile of k x n weights into the FIFO; what it leaves of the array's
/// R x C weights is 0. Weight (i, j) comes from row i, or from row j where
/// `transpose` is set. A row lies `stride` bytes of DRAM, or rows of the
/// unified buffer, after the one before.
struct LoadWeights {
  static constexpr Opcode opcode = Opcode::LoadWeights;
  WeightSource source = WeightSource::Dram;
  bool transpose = false;
  DataType type = DataType::I8;
  /// A byte of DRAM, or a row of the unified buffer.
  uint64_t address = 0;
  uint64_t stride = 0;
  uint16_t k = 0;
  uint16_t n = 0;

  int64_t memoryRows() const { return transpose ? n : k; }
  int64_t memoryRowBytes() const {
    return int64_t(transpose ? k : n) * byteSize(type);
  }
  bool operator==(const LoadWeights &) const = default;
};

/// Streams rows of k values through the array. Row (i0, i1, i2), with i2
/// innermost, is row `ubRow + i0 * strides[0] + i1 * strides[1] + i2 *
/// strides[2]` of the unified buffer; its sums go to the next accumulator row.
struct Matmul {
  static constexpr Opcode opcode = Opcode::Matmul;
  /// The next tile of the FIFO takes effect with the first row.
  bool switchWeights = false;
  /// Adds to the accumulators; overwrites them where it is clear.
  bool accumulate = false;
  DataType type = DataType::I8;
  uint32_t ubRow = 0;
  std::array<uint16_t, 3> counts = {1, 1, 1};
  std::array<int32_t, 3> strides = {0, 0, 0};
  uint16_t k = 0;
  uint32_t accumulatorRow = 0;
  uint32_t accumulatorStride = 1;

  int64_t rows() const { return int64_t(counts[0]) * counts[1] * counts[2]; }
  bool operator==(const Matmul &) const = default;
};

/// A second summand of `activate`: rows of the output's type, times `scale`,
/// one for each row of accumulators.
struct Residual {
  uint32_t ubRow = 0;
  uint16_t stride = 1;
  float scale = 1;
  /// Added before the function; after it where this is clear.
  bool beforeFunction = false;
  bool operator==(const Residual &) const = default;
};

/// Takes the greatest of each window of rows that are pixels (y, x) of an image
/// `inputWidth` wide; no padding.
struct Pooling {
  uint8_t height = 1;
  uint8_t width = 1;
  uint8_t strideY = 1;
  uint8_t strideX = 1;
  uint16_t inputWidth = 1;
  bool operator==(const Pooling &) const = default;
};

/// Drains accumulators into the unified buffer. Each sum becomes an f32, times
/// `scale`, through `function` (with the residual added before or after it),
/// the greatest of its pooling window, times `outputScale`, and is rounded to
/// `outputType` (ties to even; i8: plus `zeroPoint`, saturated). i32 sums to
/// i32 keep all bits: `function` is then None or Relu, and nothing is scaled.
struct Activate {
  static constexpr Opcode opcode = Opcode::Activate;
  DataType inputType = DataType::I32;
  DataType outputType = DataType::I8;
  Function function = Function::None;
  /// Per-channel scales: one f32 a column at row `scaleRow` of the unified
  /// buffer, in place of `scale`.
  bool perChannelScale = false;
  float scale = 1;
  uint32_t scaleRow = 0;
  float outputScale = 1;
  int8_t zeroPoint = 0;
  /// The slope of LeakyRelu; the least of Clip.
  float alpha = 0;
  /// The greatest of Clip, which is tactus.clamp.
  float beta = 0;
  /// The slopes of Prelu: one f32 a column at this row of the unified buffer.
  uint32_t slopeRow = 0;
  uint32_t accumulatorRow = 0;
  uint32_t rows = 1;
  uint16_t columns = 0;
  uint32_t destinationRow = 0;
  uint16_t destinationStride = 1;
  std::optional<Residual> residual = {};
  std::optional<Pooling> pooling = {};

  /// Rows that are written, after pooling.
  int64_t outputRows() const;
  bool operator==(const Activate &) const = default;
};

/// Rows of a memory; stride 0 is the same row again.
struct VectorRows {
  Space space = Space::UnifiedBuffer;
  uint32_t row = 0;
  uint16_t stride = 1;
  bool operator==(const VectorRows &) const = default;
};

/// Works on rows in f32, one after the other. `lhs` is converted from
/// `inputType`, the right operand from `rightType`. A reduction gives one value
/// a row, in ascending order: a sum begins with +0, a maximum with the first.
/// The result is rounded to `outputType` as by `activate`.
struct Vec {
  static constexpr Opcode opcode = Opcode::Vec;
  VectorOperation operation = VectorOperation::Add;
  RightOperand rightOperand = RightOperand::Rows;
  /// The right operand is negated.
  bool negate = false;
  DataType inputType = DataType::F32;
  DataType rightType = DataType::F32;
  DataType outputType = DataType::F32;
  int8_t zeroPoint = 0;
  /// What Apply applies; the slopes of Prelu are the right operand.
  Function function = Function::None;
  /// As of `activate`.
  float alpha = 0;
  float beta = 0;
  VectorRows lhs = {};
  VectorRows rhs = {};
  VectorRows destination = {};
  float immediate = 0;
  uint32_t rows = 1;
  uint16_t columns = 0;

  bool hasRightOperand() const {
    return isBinary(operation) ||
           (operation == VectorOperation::Apply && function == Function::Prelu);
  }
  bool readsRightRows() const {
    return hasRightOperand() && rightOperand != RightOperand::Immediate;
  }
  /// Bytes of a row of the right operand.
  int64_t rightBytes() const {
    return byteSize(rightType) *
           (rightOperand == RightOperand::Column ? 1 : columns);
  }
  int64_t outputColumns() const { return isReduction(operation) ? 1 : columns; }
  bool operator==(const Vec &) const = default;
};

using Operands = std::variant<Nop, Halt, Config, Fence, HostCall, Tag, DmaLoad,
                              DmaStore, LoadWeights, Matmul, Activate, Vec>;

//===----------------------------------------------------------------------===//
// Instructions
//===----------------------------------------------------------------------===//

/// Holds an instruction back until a semaphore has been signalled `count` times
/// since the program began.
struct Wait {
  uint8_t semaphore = 0;
  uint32_t count = 0;
  bool operator==(const Wait &) const = default;
};

struct Instruction {
  Operands operands;
  Queue queue = Queue::LD;
  /// Index of the layer it works for.
  uint16_t layer = 0;
  std::array<std::optional<Wait>, 2> waits = {};
  /// Semaphore that is signalled once, when the instruction completes.
  std::optional<uint8_t> signal = {};

  Instruction() = default;
  /// On the queue of these operands.
  Instruction(Operands operands);

  Opcode opcode() const;
  /// Fences, host calls and halts: they wait for everything before.
  bool isBarrier() const;
  bool operator==(const Instruction &) const = default;
};

/// The queue that executes `opcode`; none where any may.
std::optional<Queue> queueOf(Opcode opcode);

/// Throws `Error` where a field does not fit.
Words encode(const Instruction &instruction);
/// Throws `Error` where the words are no instruction: unknown opcode, queue or
/// choice, a reserved bit that is set, a wait for 0 signals.
Instruction decode(const Words &words);
/// One line: `MM  matmul ub_row=0 ... wait=s0>=1 signal=s2 layer=3`.
std::string disassemble(const Instruction &instruction);

/// What of an instruction `machine` cannot do: bounds, alignment, types; none
/// where it can. The dialect's verifiers and the simulator share this check.
std::optional<std::string> findProblem(const Instruction &instruction,
                                       const Machine &machine);

} // namespace tactus::systolic

#endif // TACTUS_DIALECTS_SYSTOLIC_ENCODING_H
