//===- ActivateTest.cpp - What ACT, VEC and DMA compute -------------------===//
#include "tests/unit/Systolic/Assembler.h"
#include <gtest/gtest.h>

using namespace tactus;
using namespace tactus::systolic;

namespace {
/// 4 x 4 cells; memory comes from the image, results go to the output `y`.
class ActivateTest : public testing::Test {
protected:
  template <typename T>
  void preload(Space space, uint32_t row, int64_t rows,
               const std::vector<T> &values) {
    DmaLoad op;
    op.space = space;
    op.dramAddress = assembler.constant(values);
    op.rows = rows;
    op.rowBytes = op.dramStride = values.size() / rows * sizeof(T);
    op.localRow = row;
    op.localStride = spanOf(assembler.program.machine, space, op.rowBytes);
    assembler.add(op);
  }
  /// Runs `op` after the loads and gives `rows` rows of `columns` elements from
  /// row 100 of the unified buffer.
  template <typename T>
  std::vector<T> run(const Operands &op, int64_t rows, int64_t columns) {
    int64_t span = spanOf(assembler.program.machine, Space::UnifiedBuffer,
                          columns * sizeof(T));
    DmaStore store;
    store.dramAddress =
        assembler.output("y", {ElementTypeOf<T>::value, {rows, columns}});
    store.rows = rows;
    store.rowBytes = store.dramStride = columns * sizeof(T);
    store.localRow = 100;
    store.localStride = span;
    assembler.add(Fence());
    assembler.add(op);
    assembler.add(Fence());
    assembler.add(store);
    Tensor y = Simulator(assembler.finish()).run({}).outputs.at("y");
    return {y.data<T>().begin(), y.data<T>().end()};
  }
  Activate drain(int64_t rows, int64_t columns, DataType output) {
    Activate op;
    op.rows = rows;
    op.columns = columns;
    op.outputType = output;
    op.destinationRow = 100;
    op.destinationStride =
        spanOf(assembler.program.machine, Space::UnifiedBuffer,
               columns * byteSize(output));
    return op;
  }

  Assembler assembler{testMachine({4, 4}, 64)};
};

using Bytes = std::vector<int8_t>;
using Ints = std::vector<int32_t>;
using Floats = std::vector<float>;
} // namespace

TEST_F(ActivateTest, RoundsTiesToEvenAndSaturates) {
  // Halves: 0.5, 1.5, 2.5, -0.5; -1.5, 127.5, 128, -200.
  preload(Space::Accumulators, 0, 2, Ints{1, 3, 5, -1, -3, 255, 256, -400});
  Activate op = drain(2, 4, DataType::I8);
  op.scale = 0.5f;
  EXPECT_EQ(run<int8_t>(op, 2, 4), (Bytes{0, 2, 2, 0, -2, 127, 127, -128}));
}

TEST_F(ActivateTest, AddsTheZeroPointAfterRounding) {
  preload(Space::Accumulators, 0, 1, Ints{1, -3, 300, -300});
  Activate op = drain(1, 4, DataType::I8);
  op.scale = 0.5f;
  op.zeroPoint = 10;
  // 0 + 10, -2 + 10, 150 + 10, -150 + 10.
  EXPECT_EQ(run<int8_t>(op, 1, 4), (Bytes{10, 8, 127, -128}));
}

TEST_F(ActivateTest, SumsBecomeTheNearestF32) {
  // 2^24 + 1 is a tie; 2^24 + 3 too.
  preload(Space::Accumulators, 0, 1, Ints{16777217, 16777219, -7, 0});
  EXPECT_EQ(run<float>(drain(1, 4, DataType::F32), 1, 4),
            (Floats{16777216, 16777220, -7, 0}));
}

TEST_F(ActivateTest, KeepsI32ExactlyThroughRelu) {
  preload(Space::Accumulators, 0, 1, Ints{16777217, -16777219, 7, -1});
  Activate op = drain(1, 4, DataType::I32);
  op.function = Function::Relu;
  EXPECT_EQ(run<int32_t>(op, 1, 4), (Ints{16777217, 0, 7, 0}));
}

TEST_F(ActivateTest, ScalesPerChannel) {
  preload(Space::Accumulators, 0, 1, Ints{10, 10, 10, 10});
  preload(Space::UnifiedBuffer, 50, 1, Floats{1, 0.5f, -2, 0.25f});
  Activate op = drain(1, 4, DataType::F32);
  op.perChannelScale = true;
  op.scaleRow = 50;
  EXPECT_EQ(run<float>(op, 1, 4), (Floats{10, 5, -20, 2.5f}));
}

TEST_F(ActivateTest, Functions) {
  Ints sums = {-4, -1, 2, 8};
  auto apply = [&](Function function, float alpha, float beta) {
    assembler = Assembler(testMachine({4, 4}, 64));
    preload(Space::Accumulators, 0, 1, sums);
    preload(Space::UnifiedBuffer, 60, 1, Floats{1, 2, 3, 4});
    Activate op = drain(1, 4, DataType::F32);
    op.function = function;
    op.alpha = alpha;
    op.beta = beta;
    op.slopeRow = function == Function::Prelu ? 60 : 0;
    op.outputScale = 2;
    return run<float>(op, 1, 4);
  };
  EXPECT_EQ(apply(Function::None, 0, 0), (Floats{-8, -2, 4, 16}));
  EXPECT_EQ(apply(Function::Relu, 0, 0), (Floats{0, 0, 4, 16}));
  EXPECT_EQ(apply(Function::LeakyRelu, 0.25f, 0), (Floats{-2, -0.5f, 4, 16}));
  EXPECT_EQ(apply(Function::Prelu, 0, 0), (Floats{-8, -4, 4, 16}));
  EXPECT_EQ(apply(Function::Clip, -1.5f, 6), (Floats{-3, -2, 4, 12}));
  EXPECT_EQ(apply(Function::Tanh, 0, 0)[3],
            2 * segmentTable(Function::Tanh)(8));
}

TEST_F(ActivateTest, AddsTheResidualBeforeOrAfterTheFunction) {
  for (bool before : {true, false}) {
    assembler = Assembler(testMachine({4, 4}, 64));
    preload(Space::Accumulators, 0, 2, Ints{-4, 1, 2, 8, -1, -2, -3, -4});
    preload(Space::UnifiedBuffer, 60, 2, Bytes{3, 3, 3, 3, 10, 10, 10, 10});
    Activate op = drain(2, 4, DataType::I8);
    op.function = Function::Relu;
    op.residual = Residual{60, 1, 2.0f, before};
    EXPECT_EQ(run<int8_t>(op, 2, 4),
              before ? (Bytes{2, 7, 8, 14, 19, 18, 17, 16})
                     : (Bytes{6, 7, 8, 14, 20, 20, 20, 20}));
  }
}

// An image of 3 x 4 pixels of one channel, windows of 2 x 2, 1 down, 2 right.
TEST_F(ActivateTest, PoolsWindowsOfPixels) {
  preload(Space::Accumulators, 0, 12,
          Ints{1, 2, 3, 4, 8, 7, 6, 5, -1, 9, -3, -4});
  Activate op = drain(12, 1, DataType::I8);
  op.pooling = Pooling{2, 2, 1, 2, 4};
  EXPECT_EQ(op.outputRows(), 4);
  EXPECT_EQ(run<int8_t>(op, 4, 1), (Bytes{8, 6, 9, 6}));
}

TEST_F(ActivateTest, VectorAddsRowsAColumnAndAnImmediate) {
  for (RightOperand kind :
       {RightOperand::Rows, RightOperand::Column, RightOperand::Immediate}) {
    assembler = Assembler(testMachine({4, 4}, 64));
    preload(Space::UnifiedBuffer, 0, 2, Floats{1, 2, 3, 4, 5, 6});
    Vec op;
    op.rightOperand = kind;
    op.rows = 2;
    op.columns = 3;
    op.lhs.stride = 3;
    op.destination = {Space::UnifiedBuffer, 100, 3};
    op.negate = true;
    if (kind == RightOperand::Immediate)
      op.immediate = 10;
    else if (kind == RightOperand::Column) {
      preload(Space::UnifiedBuffer, 20, 2, Floats{1, 2});
      op.rhs = {Space::UnifiedBuffer, 20, 1};
    } else {
      // One row for both.
      preload(Space::UnifiedBuffer, 20, 1, Floats{1, 2, 3});
      op.rhs = {Space::UnifiedBuffer, 20, 0};
    }
    EXPECT_EQ(run<float>(op, 2, 3), kind == RightOperand::Rows
                                        ? (Floats{0, 0, 0, 3, 3, 3})
                                    : kind == RightOperand::Column
                                        ? (Floats{0, 1, 2, 2, 3, 4})
                                        : (Floats{-9, -8, -7, -6, -5, -4}));
  }
}

TEST_F(ActivateTest, VectorReducesRowsInAscendingOrder) {
  preload(Space::UnifiedBuffer, 0, 2, Floats{16777216, 1, 1, 1, 1, 16777216});
  Vec op;
  op.operation = VectorOperation::RowSum;
  op.rows = 2;
  op.columns = 3;
  op.lhs.stride = 3;
  op.destination = {Space::UnifiedBuffer, 100, 1};
  // 2^24 + 1 + 1 loses both, 1 + 1 + 2^24 does not.
  EXPECT_EQ(run<float>(op, 2, 1), (Floats{16777216, 16777218}));
}

// The chain begins with +0, so no sum is -0.
TEST_F(ActivateTest, VectorSumsBeginWithZero) {
  preload(Space::UnifiedBuffer, 0, 2, Floats{-0.0f, -0.0f, -1, 1});
  Vec op;
  op.operation = VectorOperation::RowSum;
  op.rows = 2;
  op.columns = 2;
  op.lhs.stride = 2;
  op.destination = {Space::UnifiedBuffer, 100, 1};
  for (float sum : run<float>(op, 2, 1))
    EXPECT_TRUE(sum == 0 && !std::signbit(sum)) << sum;
}

// A row of the greatest width lies in 16384 of the unified buffer's.
TEST_F(ActivateTest, VectorRowsMaySpanManyRows) {
  Bytes x(65535);
  for (size_t i = 0; i < x.size(); ++i)
    x[i] = int8_t(i * i % 251);
  preload(Space::UnifiedBuffer, 200, 1, x);
  Vec op;
  op.operation = VectorOperation::Mul;
  op.rightOperand = RightOperand::Immediate;
  op.immediate = -1;
  op.inputType = op.outputType = DataType::I8;
  op.columns = 65535;
  op.lhs.row = 200;
  // In place.
  op.destination.row = 200;
  Vec copy;
  copy.operation = VectorOperation::Apply;
  copy.inputType = copy.outputType = DataType::I8;
  copy.columns = 65535;
  copy.lhs.row = 200;
  copy.destination.row = 100;
  assembler.add(Fence());
  assembler.add(op);
  Bytes expected;
  for (int8_t value : x)
    expected.push_back(int8_t(std::min(-value, 127)));
  EXPECT_EQ(run<int8_t>(copy, 1, 65535), expected);
}

TEST_F(ActivateTest, VectorReadsRightRowsOfOtherTypes) {
  preload(Space::UnifiedBuffer, 0, 2, Floats{1, 2, 3, 4, 5, 6});
  preload(Space::UnifiedBuffer, 20, 1, Bytes{-1, 10, 100});
  Vec op;
  op.operation = VectorOperation::Div;
  op.rows = 2;
  op.columns = 3;
  op.lhs.stride = 3;
  op.rightType = DataType::I8;
  op.rhs = {Space::UnifiedBuffer, 20, 0};
  op.destination = {Space::UnifiedBuffer, 100, 3};
  EXPECT_EQ(run<float>(op, 2, 3), (Floats{-1, 0.2f, 0.03f, -4, 0.5f, 0.06f}));
}

// One slope a row.
TEST_F(ActivateTest, VectorAppliesPreluByColumn) {
  preload(Space::UnifiedBuffer, 0, 2, Floats{1, -2, -3, 4, -5, 6});
  preload(Space::UnifiedBuffer, 20, 2, Floats{0.5f, 2});
  Vec op;
  op.operation = VectorOperation::Apply;
  op.function = Function::Prelu;
  op.rightOperand = RightOperand::Column;
  op.rows = 2;
  op.columns = 3;
  op.lhs.stride = 3;
  op.rhs = {Space::UnifiedBuffer, 20, 1};
  op.destination = {Space::UnifiedBuffer, 100, 3};
  EXPECT_EQ(run<float>(op, 2, 3), (Floats{1, -1, -1.5f, 4, -10, 6}));
}

TEST_F(ActivateTest, VectorAppliesTables) {
  Floats x = {-7.3f, 0.1f, 2, 40};
  preload(Space::UnifiedBuffer, 0, 1, x);
  Vec op;
  op.operation = VectorOperation::Apply;
  op.function = Function::Silu;
  op.columns = 4;
  op.destination.row = 100;
  Floats expected;
  for (float value : x)
    expected.push_back(segmentTable(Function::Silu)(value));
  EXPECT_EQ(run<float>(op, 1, 4), expected);
}

TEST_F(ActivateTest, VectorConvertsQuantizedRows) {
  preload(Space::UnifiedBuffer, 0, 1, Bytes{-128, -1, 4, 127});
  Vec op;
  op.operation = VectorOperation::Mul;
  op.rightOperand = RightOperand::Immediate;
  op.immediate = 0.5f;
  op.inputType = op.outputType = DataType::I8;
  op.zeroPoint = 1;
  op.columns = 4;
  op.destination.row = 100;
  // -64, -0.5, 2, 63.5.
  EXPECT_EQ(run<int8_t>(op, 1, 4), (Bytes{-63, 1, 3, 65}));
}

TEST_F(ActivateTest, BroadcastRowPreloadsABias) {
  DmaLoad bias;
  bias.space = Space::Accumulators;
  bias.broadcastRow = true;
  bias.dramAddress = assembler.constant(Ints{100, -100, 7});
  bias.rows = 2;
  bias.rowBytes = 12;
  assembler.add(bias);
  preload(Space::UnifiedBuffer, 0, 2, Bytes{1, 2, 3, 4});
  LoadWeights tile;
  // [[1, 10, 0], [0, 1, 1]]
  tile.address = assembler.constant(Bytes{1, 10, 0, 0, 1, 1});
  tile.k = 2;
  tile.n = 3;
  tile.stride = 3;
  assembler.add(tile);
  Matmul product;
  product.switchWeights = product.accumulate = true;
  product.counts = {1, 1, 2};
  product.strides = {0, 0, 1};
  product.k = 2;
  assembler.add(Fence());
  assembler.add(product);
  EXPECT_EQ(run<int32_t>(drain(2, 3, DataType::I32), 2, 3),
            (Ints{101, -88, 9, 103, -66, 11}));
}

// Weights of a tile that stands transposed in the unified buffer.
TEST_F(ActivateTest, LoadsTransposedWeightsFromTheUnifiedBuffer) {
  preload(Space::UnifiedBuffer, 0, 1, Bytes{1, 2});
  // Three rows of two: column j of the tile is row j.
  preload(Space::UnifiedBuffer, 10, 3, Bytes{1, 10, 2, 20, 3, -30});
  LoadWeights tile;
  tile.source = WeightSource::UnifiedBuffer;
  tile.transpose = true;
  tile.address = 10;
  tile.stride = 1;
  tile.k = 2;
  tile.n = 3;
  assembler.add(Fence());
  assembler.add(tile);
  Matmul product;
  product.switchWeights = true;
  product.k = 2;
  assembler.add(product);
  EXPECT_EQ(run<int32_t>(drain(1, 3, DataType::I32), 1, 3),
            (Ints{21, 42, -57}));
}

TEST_F(ActivateTest, ZeroFillWritesTheFillValue) {
  assembler.add(Config{Register::FillValue, 0xfe});
  DmaLoad fill;
  fill.zeroFill = true;
  fill.rows = 2;
  fill.rowBytes = 4;
  fill.localRow = 0;
  assembler.add(fill);
  Vec op;
  op.operation = VectorOperation::Mul;
  op.rightOperand = RightOperand::Immediate;
  op.immediate = 3;
  op.inputType = op.outputType = DataType::I8;
  op.rows = 2;
  op.columns = 4;
  op.destination.row = 100;
  EXPECT_EQ(run<int8_t>(op, 2, 4), Bytes(8, -6));
}

// Pixels of 1 channel, three wide windows: rows 0 1 2, 1 2 3.
TEST_F(ActivateTest, PixelRepeatPutsNeighborsSideBySide) {
  DmaLoad op;
  op.pixelRepeat = 3;
  op.dramAddress = assembler.constant(Bytes{5, 6, 7, 8});
  op.dramStride = 1;
  op.rows = 2;
  op.rowBytes = 1;
  assembler.add(op);
  Vec copy;
  copy.operation = VectorOperation::Mul;
  copy.rightOperand = RightOperand::Immediate;
  copy.immediate = 1;
  copy.inputType = copy.outputType = DataType::I8;
  copy.rows = 2;
  copy.columns = 3;
  copy.destination.row = 100;
  EXPECT_EQ(run<int8_t>(copy, 2, 3), (Bytes{5, 6, 7, 6, 7, 8}));
}
