//===- InterpreterAgreementTest.cpp - The units against tactus ops --------===//
//
// What `vec` and `activate` compute is what the interpreter computes for the
// tactus op of that name on f32, bit for bit, on pairs of awkward and random
// numbers; any NaN equals any NaN.
//
//===----------------------------------------------------------------------===//
#include "tactus/tactus.h"
#include "tests/unit/Systolic/Assembler.h"
#include <bit>
#include <cstring>
#include <gtest/gtest.h>
#include <limits>
#include <random>

using namespace tactus;
using namespace tactus::systolic;

namespace {

using Tensors = std::map<std::string, Tensor>;

constexpr int64_t size = 64;

Machine machineOfBothTypes() {
  Machine machine = testMachine({8, 8}, 1024, DataType::BF16);
  machine.elementTypes = {DataType::I8, DataType::BF16};
  return machine;
}

/// Zeros, infinities, NaN, subnormals, ties and neighbors of 1; then random
/// bits, and random numbers near 1.
std::vector<float> numbers() {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  std::vector<float> out = {std::nanf("")};
  for (float x : {0.0f, 0.5f, 1.0f, 1.5f, 2.5f, 127.5f, 128.5f, 0x1p-149f,
                  0x1.8p-140f, 0x1p-126f, 0x1.fffffep127f, infinity,
                  1 + 0x1p-23f, 1 - 0x1p-24f, 88.5f, 0x1p-30f})
    out.insert(out.end(), {x, -x});
  std::mt19937 engine(5);
  while (out.size() < size - 12)
    out.push_back(std::bit_cast<float>(uint32_t(engine())));
  while (out.size() < size)
    out.push_back(float(int32_t(engine())) * 0x1p-28f);
  return out;
}

/// [i, j] is number i, or number j.
Tensor allPairs(bool isLeft) {
  std::vector<float> list = numbers(), out;
  for (int64_t i = 0; i < size; ++i)
    for (int64_t j = 0; j < size; ++j)
      out.push_back(list[isLeft ? i : j]);
  return Tensor::fromVector<float>({size, size}, out);
}

template <typename T> std::vector<T> randomIntegers(int64_t count) {
  using Limits = std::numeric_limits<T>;
  std::mt19937_64 engine(7);
  std::vector<T> out = {
      0, 1, -1, T(16777217), T(16777219), Limits::min(), Limits::max()};
  while (int64_t(out.size()) < count)
    out.push_back(T(engine()));
  return out;
}

DataType dataTypeOf(const Tensor &tensor) {
  return *parseDataType(toString(tensor.elementType()));
}

uint64_t bitsAt(const Tensor &tensor, int64_t i) {
  int64_t bytes = byteSize(tensor.elementType());
  uint64_t bits = 0;
  std::memcpy(&bits, static_cast<const uint8_t *>(tensor.rawData()) + i * bytes,
              bytes);
  return bits;
}

bool isNanAt(const Tensor &tensor, int64_t i) {
  if (tensor.elementType() == ElementType::F32)
    return std::isnan(tensor.data<float>()[i]);
  if (tensor.elementType() == ElementType::BF16)
    return std::isnan(float(tensor.data<BFloat16>()[i]));
  return false;
}

void expectSameBits(const Tensor &actual, const Tensor &expected,
                    const std::string &name) {
  ASSERT_EQ(actual.numElements(), expected.numElements()) << name;
  ASSERT_EQ(actual.elementType(), expected.elementType()) << name;
  for (int64_t i = 0; i < actual.numElements(); ++i) {
    if (isNanAt(actual, i) && isNanAt(expected, i))
      continue;
    ASSERT_EQ(bitsAt(actual, i), bitsAt(expected, i))
        << name << " at " << i << std::hex << ": " << bitsAt(actual, i)
        << " for " << bitsAt(expected, i);
  }
}

/// Puts tensors of rows into the machine, and gives a program's output `z`.
class Bench {
public:
  /// The first of the rows, after those of the tensors before.
  uint32_t put(const Tensor &tensor, Space space = Space::UnifiedBuffer) {
    DmaLoad op;
    std::vector<uint8_t> bytes = bytesOf(tensor);
    op.space = space;
    op.dramAddress = assembler.constant(bytes);
    op.rows = tensor.rank() > 1 ? tensor.shape()[0] : 1;
    op.rowBytes = op.dramStride = bytes.size() / op.rows;
    op.localRow = nextRow;
    op.localStride = spanOf(assembler.program.machine, space, op.rowBytes);
    nextRow += op.rows * op.localStride;
    assembler.add(op);
    return op.localRow;
  }
  uint16_t span(int64_t bytes) const {
    return spanOf(assembler.program.machine, Space::UnifiedBuffer, bytes);
  }
  Tensor run(const Operands &op, uint32_t row, const TensorType &type) {
    DmaStore store;
    store.dramAddress = assembler.output("z", type);
    store.rows = type.dimensions[0].size();
    store.rowBytes = store.dramStride =
        type.dimensions[1].size() * byteSize(type.elementType);
    store.localRow = row;
    store.localStride = span(store.rowBytes);
    assembler.add(Fence());
    assembler.add(op);
    assembler.add(Fence());
    assembler.add(store);
    return Simulator(assembler.finish()).run({}).outputs.at("z");
  }
  uint32_t nextRow = 0;

private:
  Assembler assembler{machineOfBothTypes()};
};

/// Runs `op` on rows of `lhs` and, where it takes rows, of `rhs`.
Tensor runVec(Vec op, const Tensor &lhs, const Tensor &rhs, ElementType to) {
  Bench bench;
  int64_t columns = lhs.shape()[1];
  op.inputType = dataTypeOf(lhs);
  op.rows = lhs.shape()[0];
  op.columns = columns;
  op.lhs.row = bench.put(lhs);
  op.lhs.stride = bench.span(columns * byteSize(lhs.elementType()));
  if (op.readsRightRows()) {
    op.rightType = dataTypeOf(rhs);
    op.rhs.row = bench.put(rhs);
    op.rhs.stride = bench.span(op.rightBytes());
  }
  TensorType type = {to, {size, op.outputColumns()}};
  op.outputType = *parseDataType(toString(to));
  op.destination.row = bench.nextRow;
  op.destination.stride = bench.span(op.outputColumns() * byteSize(to));
  return bench.run(op, op.destination.row, type);
}

template <typename Fn> Tensor interpret(const Tensors &inputs, Fn build) {
  Graph g("expected");
  std::vector<Value> values;
  for (const auto &[name, tensor] : inputs)
    values.push_back(g.input(name, tensor.type()));
  g.output("z", build(values));
  return compile(g, Target::parse("interpreter")).run(inputs).at("z");
}

using Build = std::function<Value(std::vector<Value>)>;

Vec vec(VectorOperation operation) {
  Vec op;
  op.operation = operation;
  return op;
}

Vec apply(Function function) {
  Vec op = vec(VectorOperation::Apply);
  op.function = function;
  return op;
}

Vec withImmediate(VectorOperation operation, float immediate) {
  Vec op = vec(operation);
  op.rightOperand = RightOperand::Immediate;
  op.immediate = immediate;
  return op;
}

struct Case {
  const char *name;
  Vec op;
  Build build;
};

} // namespace

TEST(InterpreterAgreementTest, BinaryOperations) {
  Tensor lhs = allPairs(true), rhs = allPairs(false);
  Vec difference = vec(VectorOperation::Add);
  difference.negate = true;
  using V = std::vector<Value>;
  const Case cases[] = {
      {"add", vec(VectorOperation::Add), [](V v) { return v[0] + v[1]; }},
      {"sub", difference, [](V v) { return v[0] - v[1]; }},
      {"mul", vec(VectorOperation::Mul), [](V v) { return v[0] * v[1]; }},
      {"div", vec(VectorOperation::Div), [](V v) { return v[0] / v[1]; }},
      {"max", vec(VectorOperation::Max),
       [](V v) { return maximum(v[0], v[1]); }},
      {"min", vec(VectorOperation::Min),
       [](V v) { return minimum(v[0], v[1]); }},
      {"prelu", apply(Function::Prelu), [](V v) { return prelu(v[0], v[1]); }},
  };
  for (const Case &each : cases)
    expectSameBits(runVec(each.op, lhs, rhs, ElementType::F32),
                   interpret({{"x", lhs}, {"y", rhs}}, each.build), each.name);
}

TEST(InterpreterAgreementTest, UnaryOperations) {
  Tensor x = allPairs(false);
  Vec clip = apply(Function::Clip), leaky = apply(Function::LeakyRelu);
  clip.alpha = 0;
  clip.beta = 6;
  leaky.alpha = 0.01f;
  using V = std::vector<Value>;
  const Case cases[] = {
      {"exp", vec(VectorOperation::Exp), [](V v) { return exp(v[0]); }},
      {"log", vec(VectorOperation::Log), [](V v) { return log(v[0]); }},
      {"sqrt", vec(VectorOperation::Sqrt), [](V v) { return sqrt(v[0]); }},
      {"rsqrt", vec(VectorOperation::Rsqrt), [](V v) { return rsqrt(v[0]); }},
      {"copy", apply(Function::None), [](V v) { return v[0]; }},
      {"relu", apply(Function::Relu), [](V v) { return relu(v[0]); }},
      {"max(x, 0)", withImmediate(VectorOperation::Max, 0),
       [](V v) { return relu(v[0]); }},
      {"leaky_relu", leaky, [](V v) { return leakyRelu(v[0], 0.01); }},
      {"relu6", clip, [](V v) { return relu6(v[0]); }},
      {"clamp", clip, [](V v) { return clamp(v[0], 0.0f, 6.0f); }},
      {"row_max", vec(VectorOperation::RowMax),
       [](V v) { return max(v[0], {-1}, KeepDims::Yes); }},
  };
  for (const Case &each : cases)
    expectSameBits(runVec(each.op, x, x, ElementType::F32),
                   interpret({{"x", x}}, each.build), each.name);
}

// Zeros of both signs are between bounds of both signs.
TEST(InterpreterAgreementTest, ClipsToSignedZeros) {
  Tensor x = allPairs(false);
  for (auto [low, high] :
       {std::pair(-0.0f, 1.0f), std::pair(0.0f, 1.0f), std::pair(-1.0f, -0.0f),
        std::pair(-1.0f, 0.0f), std::pair(0.0f, -0.0f)}) {
    Vec clip = apply(Function::Clip);
    clip.alpha = low;
    clip.beta = high;
    auto build = [&](const std::vector<Value> &v) {
      return clamp(v[0], low, high);
    };
    expectSameBits(runVec(clip, x, x, ElementType::F32),
                   interpret({{"x", x}}, build),
                   std::to_string(low) + " to " + std::to_string(high));
  }
}

TEST(InterpreterAgreementTest, RowMaximaOfSomeNumbers) {
  // Without NaN, which otherwise wins each row.
  std::vector<float> list;
  for (float x : allPairs(true).data<float>())
    list.push_back(std::isnan(x) ? -0.0f : x);
  std::shuffle(list.begin() + 2 * size, list.end(), std::mt19937(3));
  for (int64_t j = 0; j < size; ++j)
    list[j] = j % 5 == 4 ? 0.0f : -0.0f;
  Tensor x = Tensor::fromVector<float>({size, size}, list);
  auto build = [](const std::vector<Value> &v) {
    return max(v[0], {-1}, KeepDims::Yes);
  };
  expectSameBits(runVec(vec(VectorOperation::RowMax), x, x, ElementType::F32),
                 interpret({{"x", x}}, build), "row_max");
}

TEST(InterpreterAgreementTest, Conversions) {
  Tensor x = allPairs(false);
  auto toBf16 = [](const std::vector<Value> &v) {
    return cast(v[0], ElementType::BF16);
  };
  auto toF32 = [](const std::vector<Value> &v) {
    return cast(v[0], ElementType::F32);
  };
  Vec copy = apply(Function::None);
  Tensor narrow = interpret({{"x", x}}, toBf16);
  expectSameBits(runVec(copy, x, x, ElementType::BF16), narrow, "f32 to bf16");
  expectSameBits(runVec(copy, narrow, x, ElementType::F32),
                 interpret({{"x", narrow}}, toF32), "bf16 to f32");
  expectSameBits(runVec(copy, narrow, x, ElementType::BF16), narrow,
                 "bf16 to bf16");
  Tensor words = Tensor::fromVector<int32_t>(
      {size, size}, randomIntegers<int32_t>(size * size));
  expectSameBits(runVec(copy, words, x, ElementType::F32),
                 interpret({{"x", words}}, toF32), "i32 to f32");
  Tensor bytes = Tensor::fromVector<int8_t>(
      {size, size}, randomIntegers<int8_t>(size * size));
  expectSameBits(runVec(copy, bytes, x, ElementType::F32),
                 interpret({{"x", bytes}}, toF32), "i8 to f32");
  expectSameBits(runVec(copy, bytes, x, ElementType::I8), bytes, "i8 to i8");
}

TEST(InterpreterAgreementTest, Quantization) {
  Tensor x = allPairs(false);
  for (int point : {0, -128, 127, 3}) {
    Vec divide = withImmediate(VectorOperation::Div, 0.37f);
    divide.zeroPoint = int8_t(point);
    auto build = [&](const std::vector<Value> &v) {
      return quantize(v[0], {0.37f, point});
    };
    expectSameBits(runVec(divide, x, x, ElementType::I8),
                   interpret({{"x", x}}, build), "quantize");
  }
  Tensor bytes = Tensor::fromVector<int8_t>(
      {size, size}, randomIntegers<int8_t>(size * size));
  auto build = [&](const std::vector<Value> &v) {
    return dequantize(v[0], 0.37f);
  };
  expectSameBits(runVec(withImmediate(VectorOperation::Mul, 0.37f), bytes, x,
                        ElementType::F32),
                 interpret({{"x", bytes}}, build), "dequantize");
}

TEST(InterpreterAgreementTest, RightOperandsOfOtherTypes) {
  Tensor x = allPairs(true), y = allPairs(false);
  auto toBf16 = [](const std::vector<Value> &v) {
    return cast(v[0], ElementType::BF16);
  };
  Tensor narrow = interpret({{"y", y}}, toBf16);
  auto add = [](const std::vector<Value> &v) {
    return v[0] + cast(v[1], ElementType::F32);
  };
  expectSameBits(runVec(vec(VectorOperation::Add), x, narrow, ElementType::F32),
                 interpret({{"x", x}, {"y", narrow}}, add), "f32 + bf16");
}

TEST(InterpreterAgreementTest, ActivateRequantizesPerChannel) {
  Tensor sums =
      Tensor::fromVector<int32_t>({size, 8}, randomIntegers<int32_t>(size * 8));
  Tensor scales = Tensor::fromVector<float>(
      {8}, {1e-7f, 3e-8f, 0.013f, -1e-6f, 0, 1, 7.7e-9f, 1e30f});
  Bench bench;
  Activate op;
  op.accumulatorRow = bench.put(sums, Space::Accumulators);
  op.scaleRow = bench.put(scales);
  op.perChannelScale = true;
  op.rows = size;
  op.columns = 8;
  op.zeroPoint = -5;
  op.destinationRow = bench.nextRow;
  auto build = [](const std::vector<Value> &v) {
    return requantize(v[0], {v[1], -5});
  };
  expectSameBits(bench.run(op, op.destinationRow, i8({size, 8})),
                 interpret({{"a", sums}, {"b", scales}}, build), "requantize");
}

TEST(InterpreterAgreementTest, ActivateAppliesTheFunctions) {
  Tensor sums = Tensor::fromVector<float>({size / 8, 8}, numbers());
  Tensor slopes = Tensor::fromVector<float>(
      {8}, {0.25f, -1, 0, 2, 1e-40f, 1e30f, 0.1f, -0.0f});
  const struct {
    Function function;
    Build build;
  } cases[] = {
      {Function::None, [](auto v) { return v[0]; }},
      {Function::Relu, [](auto v) { return relu(v[0]); }},
      {Function::LeakyRelu, [](auto v) { return leakyRelu(v[0], -0.5); }},
      {Function::Prelu, [](auto v) { return prelu(v[0], v[1]); }},
      {Function::Clip, [](auto v) { return clamp(v[0], -0.5f, 1.5f); }},
  };
  for (const auto &each : cases) {
    Bench bench;
    Activate op;
    op.inputType = op.outputType = DataType::F32;
    op.function = each.function;
    if (each.function == Function::LeakyRelu || each.function == Function::Clip)
      op.alpha = -0.5f;
    if (each.function == Function::Clip)
      op.beta = 1.5f;
    op.accumulatorRow = bench.put(sums, Space::Accumulators);
    uint32_t slopeRow = bench.put(slopes);
    if (each.function == Function::Prelu)
      op.slopeRow = slopeRow;
    op.rows = size / 8;
    op.columns = 8;
    op.destinationRow = bench.nextRow;
    op.destinationStride = bench.span(8 * 4);
    expectSameBits(bench.run(op, op.destinationRow, f32({size / 8, 8})),
                   interpret({{"a", sums}, {"b", slopes}}, each.build),
                   std::string(toString(each.function)));
  }
}
