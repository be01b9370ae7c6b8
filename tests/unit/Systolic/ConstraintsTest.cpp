//===- ConstraintsTest.cpp - What a machine refuses of an instruction -----===//
#include "dialects/Systolic/Encoding.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace tactus;
using namespace tactus::systolic;

namespace {
/// The problem on gemmini: 16 x 16, 16384 rows of 16 bytes, 1024 accumulators.
std::string problem(const Operands &operands, const char *machine = "gemmini") {
  return findProblem(Instruction(operands), *findMachinePreset(machine))
      .value_or("none");
}

DmaLoad load() {
  DmaLoad op;
  op.rows = 4;
  op.rowBytes = 16;
  op.dramStride = 16;
  return op;
}

DmaStore store() {
  DmaStore op;
  op.rows = 4;
  op.rowBytes = 16;
  op.dramStride = 16;
  return op;
}

LoadWeights weights() {
  LoadWeights op;
  op.k = op.n = 16;
  op.stride = 16;
  return op;
}

Matmul matmul() {
  Matmul op;
  op.counts = {1, 1, 8};
  op.strides = {0, 0, 1};
  op.k = 16;
  return op;
}

Activate activate() {
  Activate op;
  op.rows = 8;
  op.columns = 16;
  return op;
}

Vec vec() {
  Vec op;
  op.rows = 4;
  op.columns = 4;
  op.destination.row = 100;
  op.rhs.row = 50;
  return op;
}
} // namespace

TEST(ConstraintsTest, AcceptsWhatFits) {
  for (const Operands &op : std::initializer_list<Operands>{
           Nop(), Halt(), Fence(), Tag{1}, Config(), HostCall{1, 0, 64}, load(),
           store(), weights(), matmul(), activate(), vec()})
    EXPECT_EQ(problem(op), "none") << disassemble(Instruction(op));
}

TEST(ConstraintsTest, BarrierHasNoWaitAndNoSignal) {
  Instruction fence{Fence()};
  fence.signal = 1;
  EXPECT_EQ(findProblem(fence, machinePresets()[1]),
            "expected no wait and no signal, which a barrier implies");
}

TEST(ConstraintsTest, UnusedFieldsKeepTheirDefaults) {
  Activate op = activate();
  op.alpha = 2;
  std::string expected = "expected fields that its choices leave unused to "
                         "keep their defaults, and no NaN";
  EXPECT_EQ(problem(op), expected);
  op.alpha = 0;
  op.scale = std::nanf("");
  EXPECT_EQ(problem(op), expected);
}

TEST(ConstraintsTest, ConfigAndHostCall) {
  EXPECT_EQ(problem(Config{Register::FillValue, 256}),
            "expected a value of 0 to 255, but got 256");
  EXPECT_EQ(problem(HostCall{1, 4294967290, 7}),
            "expected DRAM bytes below 4294967296, but got 4294967296");
}

TEST(ConstraintsTest, DmaLoad) {
  DmaLoad op = load();
  op.rows = 0;
  EXPECT_EQ(problem(op), "expected rows of 1 to 16777216, but got 0");
  op = load();
  op.zeroFill = op.broadcastRow = true;
  EXPECT_EQ(problem(op), "expected at most one of zero fill, broadcast row and "
                         "pixel repeat, but got more");
  op = load();
  op.zeroFill = true;
  op.dramStride = 0;
  op.dramAddress = 64;
  EXPECT_EQ(problem(op),
            "expected no DRAM address for a zero fill, but got 64");
  op = load();
  op.dramAddress = 4294967296 - 63;
  EXPECT_EQ(problem(op),
            "expected DRAM bytes below 4294967296, but got 4294967296");
  op = load();
  op.localRow = 16381;
  EXPECT_EQ(problem(op), "expected local rows below 16384 of the unified "
                         "buffer, but got 16384");
  op = load();
  op.rowBytes = 17;
  EXPECT_EQ(problem(op), "expected local rows 2 or more apart, but got 1");
  op = load();
  op.space = Space::Accumulators;
  op.rowBytes = 14;
  EXPECT_EQ(problem(op), "expected row bytes of accumulators to be a multiple "
                         "of 4, but got 14");
  op.rowBytes = 68;
  EXPECT_EQ(problem(op), "expected local rows of at most 64 bytes, but got 68");
  op.rowBytes = 64;
  op.localRow = 1021;
  EXPECT_EQ(problem(op),
            "expected local rows below 1024 of the accumulator, but got 1024");
}

TEST(ConstraintsTest, DmaStore) {
  DmaStore op = store();
  op.dramStride = 15;
  EXPECT_EQ(problem(op),
            "expected DRAM rows 16 or more bytes apart, but got 15");
  op = store();
  op.rowBytes = 0;
  EXPECT_EQ(problem(op), "expected row bytes of 1 to 4294967295, but got 0");
}

TEST(ConstraintsTest, LoadWeights) {
  LoadWeights op = weights();
  op.k = 17;
  EXPECT_EQ(problem(op), "expected k of 1 to 16, but got 17");
  op = weights();
  op.n = 0;
  EXPECT_EQ(problem(op), "expected n of 1 to 16, but got 0");
  op = weights();
  op.type = DataType::BF16;
  EXPECT_EQ(problem(op), "expected operands of type i8, but got bf16");
  op.stride = 31;
  op.address = 2;
  EXPECT_EQ(problem(op, "tpu-v2"),
            "expected the weights' stride to be a multiple of 2, but got 31");
  op.stride = 32;
  op.address = 3;
  EXPECT_EQ(problem(op, "tpu-v2"),
            "expected the weights' address to be a multiple of 2, but got 3");
  op = weights();
  op.source = WeightSource::UnifiedBuffer;
  op.stride = 1;
  op.address = 16369;
  EXPECT_EQ(problem(op), "expected weight rows below 16384 of the unified "
                         "buffer, but got 16384");
}

TEST(ConstraintsTest, Matmul) {
  Matmul op = matmul();
  op.k = 17;
  EXPECT_EQ(problem(op), "expected k of 1 to 16, but got 17");
  op = matmul();
  op.type = DataType::F32;
  EXPECT_EQ(problem(op), "expected operands of type i8, but got f32");
  op = matmul();
  op.counts[1] = 0;
  EXPECT_EQ(problem(op), "expected a count of 1 to 65535, but got 0");
  op = matmul();
  op.strides[2] = -1;
  EXPECT_EQ(problem(op), "expected input rows of 0 to 16383, but got -7");
  op = matmul();
  op.ubRow = 16377;
  EXPECT_EQ(problem(op), "expected input rows of 0 to 16383, but got 16384");
  op = matmul();
  op.accumulatorRow = 1017;
  EXPECT_EQ(problem(op), "expected accumulator rows below 1024 of the "
                         "accumulator, but got 1024");
  op = matmul();
  op.accumulatorStride = 0;
  EXPECT_EQ(problem(op),
            "expected accumulator rows 1 or more apart, but got 0");
}

TEST(ConstraintsTest, Activate) {
  Activate op = activate();
  op.inputType = DataType::BF16;
  EXPECT_EQ(problem(op), "expected sums of type i32 or f32, but got bf16");
  op.inputType = DataType::F32;
  EXPECT_EQ(problem(op), "expected sums that the array makes, but got f32");
  op.outputType = DataType::I32;
  EXPECT_EQ(problem(op, "tpu-v2"),
            "expected i32 results of i32 sums, but got f32");
  op = activate();
  op.outputType = DataType::I32;
  op.destinationStride = 4;
  EXPECT_EQ(problem(op), "none");
  op.function = Function::Tanh;
  EXPECT_EQ(
      problem(op),
      "expected i32 results unscaled, through none or relu, but got tanh");
  op = activate();
  op.outputType = DataType::F32;
  op.destinationStride = 4;
  op.zeroPoint = 3;
  EXPECT_EQ(problem(op), "expected a zero point for i8 only, but got f32");
  op = activate();
  op.columns = 17;
  EXPECT_EQ(problem(op), "expected columns of 1 to 16, but got 17");
  op = activate();
  op.pooling = Pooling{2, 2, 2, 2, 3};
  EXPECT_EQ(problem(op), "expected rows of whole lines of 3, but got 8");
  op.pooling->inputWidth = 8;
  EXPECT_EQ(problem(op), "expected pooled lines of 2 to 1024, but got 1");
  op = activate();
  op.destinationRow = 16380;
  EXPECT_EQ(problem(op), "expected result rows below 16384 of the unified "
                         "buffer, but got 16387");
  op = activate();
  op.perChannelScale = true;
  op.scaleRow = 16381;
  EXPECT_EQ(problem(op), "expected scale rows below 16384 of the unified "
                         "buffer, but got 16384");
  op = activate();
  op.function = Function::Clip;
  op.alpha = 1;
  EXPECT_EQ(problem(op),
            "expected a clip from alpha to beta, but got alpha above beta");
}

// 65535^3 rows of any stride pass 64 bits.
TEST(ConstraintsTest, MatmulOfTooManyRows) {
  Matmul op;
  op.counts = {65535, 65535, 65535};
  op.accumulatorStride = (1 << 24) - 1;
  op.k = 1;
  EXPECT_EQ(problem(op), "expected accumulator rows below 1024 of the "
                         "accumulator, but got 9223372036854775807");
  op.accumulatorStride = 1;
  EXPECT_EQ(problem(op), "expected accumulator rows below 1024 of the "
                         "accumulator, but got 281462092005374");
}

TEST(ConstraintsTest, Vec) {
  Vec op = vec();
  op.outputType = DataType::I32;
  EXPECT_EQ(problem(op),
            "expected results of type i8, bf16 or f32, but got i32");
  op = vec();
  op.columns = 0;
  EXPECT_EQ(problem(op), "expected columns of 1 to 65535, but got 0");
  op = vec();
  op.function = Function::Relu;
  EXPECT_EQ(problem(op), "expected fields that its choices leave unused to "
                         "keep their defaults, and no NaN");
  op = vec();
  op.operation = VectorOperation::Apply;
  op.rhs = {};
  op.function = Function::Clip;
  op.alpha = 1;
  EXPECT_EQ(problem(op),
            "expected a clip from alpha to beta, but got alpha above beta");
  op = vec();
  op.lhs.space = Space::Accumulators;
  op.inputType = DataType::I8;
  EXPECT_EQ(problem(op), "expected a 4-byte type in accumulators, but got i8");
  op = vec();
  op.rhs.space = Space::Accumulators;
  op.rightType = DataType::BF16;
  EXPECT_EQ(problem(op),
            "expected a 4-byte type in accumulators, but got bf16");
  op = vec();
  op.columns = 5;
  EXPECT_EQ(problem(op), "expected left rows 2 or more apart, but got 1");
  op = vec();
  op.rhs.row = 16381;
  EXPECT_EQ(problem(op), "expected right rows below 16384 of the unified "
                         "buffer, but got 16384");
}
