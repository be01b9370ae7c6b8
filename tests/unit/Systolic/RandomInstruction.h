//===- RandomInstruction.h - Seeded valid instructions ----------*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_SYSTOLIC_RANDOMINSTRUCTION_H
#define TACTUS_TESTS_UNIT_SYSTOLIC_RANDOMINSTRUCTION_H

#include "dialects/Systolic/Encoding.h"
#include <random>

namespace tactus::systolic {

/// Draws instructions whose every field takes its whole range, so that any two
/// fields that shared a bit would show.
class RandomInstruction {
public:
  explicit RandomInstruction(uint64_t seed) : engine(seed) {}

  Instruction next() {
    Instruction instruction(operands());
    if (!queueOf(instruction.opcode()))
      instruction.queue = Queue(below(numQueues));
    instruction.layer = uint16_t(engine());
    for (auto &wait : instruction.waits)
      if (flip())
        wait = Wait{uint8_t(below(16)), uint32_t(engine() | 1)};
    if (flip())
      instruction.signal = uint8_t(below(16));
    return instruction;
  }

private:
  uint64_t below(uint64_t count) { return engine() % count; }
  bool flip() { return engine() >> 63; }
  template <typename T> T bits(int width = 8 * sizeof(T)) {
    return T(engine() >> (64 - width));
  }
  float real() { return float(int64_t(engine())) * 0x1p-40f; }
  DataType type() { return DataType(below(4)); }
  Space space() { return Space(below(2)); }
  VectorRows rows() { return {space(), bits<uint32_t>(), bits<uint16_t>()}; }

  Operands operands();
  Activate activate();
  Vec vec();

  std::mt19937_64 engine;
};

inline Operands RandomInstruction::operands() {
  switch (below(12)) {
  case 0:
    return Nop();
  case 1:
    return Halt();
  case 2:
    return Config{Register::FillValue, bits<uint32_t>()};
  case 3:
    return Fence();
  case 4:
    return HostCall{bits<uint32_t>(), bits<uint64_t>(40), bits<uint64_t>(40)};
  case 5:
    return Tag{bits<uint32_t>()};
  case 6:
    return DmaLoad{space(),
                   flip(),
                   flip(),
                   bits<uint8_t>(),
                   bits<uint64_t>(40),
                   bits<uint64_t>(40),
                   bits<uint32_t>(24),
                   bits<uint32_t>(),
                   bits<uint32_t>(),
                   bits<uint32_t>()};
  case 7:
    return DmaStore{space(),
                    bits<uint64_t>(40),
                    bits<uint64_t>(40),
                    bits<uint32_t>(24),
                    bits<uint32_t>(),
                    bits<uint32_t>(),
                    bits<uint32_t>()};
  case 8:
    return LoadWeights{WeightSource(below(2)),
                       flip(),
                       type(),
                       bits<uint64_t>(40),
                       bits<uint64_t>(40),
                       bits<uint16_t>(),
                       bits<uint16_t>()};
  case 9:
    return Matmul{flip(),
                  flip(),
                  type(),
                  bits<uint32_t>(),
                  {bits<uint16_t>(), bits<uint16_t>(), bits<uint16_t>()},
                  {bits<int32_t>(), bits<int32_t>(), bits<int32_t>()},
                  bits<uint16_t>(),
                  bits<uint32_t>(),
                  bits<uint32_t>(24)};
  case 10:
    return activate();
  default:
    return vec();
  }
}

inline Activate RandomInstruction::activate() {
  Activate op;
  op.inputType = type();
  op.outputType = type();
  op.function = Function(below(10));
  op.perChannelScale = flip();
  (op.perChannelScale ? void(op.scaleRow = bits<uint32_t>())
                      : void(op.scale = real()));
  op.outputScale = real();
  op.zeroPoint = bits<int8_t>();
  if (op.function == Function::Prelu)
    op.slopeRow = bits<uint32_t>();
  if (op.function == Function::LeakyRelu || op.function == Function::Clip)
    op.alpha = real();
  if (op.function == Function::Clip)
    op.beta = real();
  op.accumulatorRow = bits<uint32_t>();
  op.rows = bits<uint32_t>(24);
  op.columns = bits<uint16_t>();
  op.destinationRow = bits<uint32_t>();
  op.destinationStride = bits<uint16_t>();
  if (flip())
    op.residual = Residual{bits<uint32_t>(), bits<uint16_t>(), real(), flip()};
  if (flip())
    op.pooling = Pooling{bits<uint8_t>(4), bits<uint8_t>(4), bits<uint8_t>(4),
                         bits<uint8_t>(4), bits<uint16_t>(12)};
  return op;
}

inline Vec RandomInstruction::vec() {
  Vec op;
  op.operation = VectorOperation(below(numVectorOperations));
  op.inputType = type();
  op.outputType = type();
  op.zeroPoint = bits<int8_t>();
  if (op.operation == VectorOperation::Apply)
    op.function = Function(below(10));
  if (op.function == Function::LeakyRelu || op.function == Function::Clip)
    op.alpha = real();
  if (op.function == Function::Clip)
    op.beta = real();
  if (op.hasRightOperand()) {
    op.rightOperand = RightOperand(below(3));
    op.negate = flip();
    if (op.readsRightRows()) {
      op.rhs = rows();
      op.rightType = type();
    } else
      op.immediate = real();
  }
  op.lhs = rows();
  op.destination = rows();
  op.rows = bits<uint32_t>(24);
  op.columns = bits<uint16_t>();
  return op;
}

} // namespace tactus::systolic

#endif // TACTUS_TESTS_UNIT_SYSTOLIC_RANDOMINSTRUCTION_H
