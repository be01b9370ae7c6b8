//===- ActivateExecutor.cpp - What activate and vec do --------------------===//
#include "runtime/Systolic/Executor.h"
#include <algorithm>
#include <cmath>
#include <cstring>

using namespace tactus;
using namespace tactus::systolic;

/// As tactus.maximum: NaN where one is, +0 over -0.
static float greater(float a, float b) {
  if (std::isnan(a) || std::isnan(b))
    return std::isnan(a) ? a : b;
  if (a == b)
    return std::signbit(a) ? b : a;
  return a > b ? a : b;
}

static int32_t greater(int32_t a, int32_t b) {
  return std::max(a, b);
}

//===----------------------------------------------------------------------===//
// activate
//===----------------------------------------------------------------------===//

float Executor::applyFunction(const Activate &op, const float *slopes,
                              int64_t column, float value) const {
  switch (op.function) {
  case Function::None:
    return value;
  case Function::Relu:
    return greater(value, 0.0f);
  case Function::LeakyRelu:
    return value < 0 ? value * op.alpha : value;
  case Function::Prelu:
    return value < 0 ? value * slopes[column] : value;
  case Function::Clip:
    return value < op.alpha ? op.alpha : value > op.beta ? op.beta : value;
  default:
    return segmentTable(op.function)(value);
  }
}

/// Replaces rows by the greatest of each window of them, column by column.
template <typename T>
void Executor::pool(const Activate &op, std::vector<T> &values) const {
  const Pooling &pooling = *op.pooling;
  int64_t columns = op.columns, width = pooling.inputWidth;
  int64_t height = op.rows / width;
  std::vector<T> out;
  for (int64_t y = 0; y + pooling.height <= height; y += pooling.strideY)
    for (int64_t x = 0; x + pooling.width <= width; x += pooling.strideX)
      for (int64_t column = 0; column < columns; ++column) {
        T best = values[(y * width + x) * columns + column];
        for (int64_t dy = 0; dy < pooling.height; ++dy)
          for (int64_t dx = 0; dx < pooling.width; ++dx)
            best = greater(
                best, values[((y + dy) * width + x + dx) * columns + column]);
        out.push_back(best);
      }
  values = std::move(out);
}

void Executor::drainExact(const Activate &op) {
  int64_t columns = op.columns;
  std::vector<int32_t> values(op.rows * columns);
  for (int64_t i = 0; i < op.rows; ++i) {
    const uint8_t *sums =
        readLocal(Space::Accumulators, op.accumulatorRow + i, columns * 4);
    std::memcpy(values.data() + i * columns, sums, columns * 4);
  }
  if (op.function == Function::Relu)
    for (int32_t &value : values)
      value = std::max(value, 0);
  if (op.pooling)
    pool(op, values);
  for (int64_t i = 0; i < op.outputRows(); ++i) {
    uint8_t *out =
        writeLocal(Space::UnifiedBuffer,
                   op.destinationRow + i * op.destinationStride, columns * 4);
    std::memcpy(out, values.data() + i * columns, columns * 4);
  }
}

void Executor::drainRow(const Activate &op, int64_t row, float *values) {
  const uint8_t *sums =
      readLocal(Space::Accumulators, op.accumulatorRow + row, op.columns * 4);
  const float *scales =
      op.perChannelScale ? readVector(op.scaleRow, op.columns) : nullptr;
  const float *slopes = op.function == Function::Prelu
                            ? readVector(op.slopeRow, op.columns)
                            : nullptr;
  const uint8_t *residual = nullptr;
  int64_t width = byteSize(op.outputType);
  if (op.residual)
    residual = readLocal(Space::UnifiedBuffer,
                         op.residual->ubRow + row * op.residual->stride,
                         op.columns * width);
  for (int64_t j = 0; j < op.columns; ++j) {
    float value = loadElement(op.inputType, sums + j * 4);
    value = value * (scales ? scales[j] : op.scale);
    float extra = 0;
    if (residual)
      extra =
          loadElement(op.outputType, residual + j * width) * op.residual->scale;
    if (residual && op.residual->beforeFunction)
      value = value + extra;
    value = applyFunction(op, slopes, j, value);
    if (residual && !op.residual->beforeFunction)
      value = value + extra;
    values[j] = value;
  }
}

void Executor::run(const Activate &op) {
  if (op.outputType == DataType::I32)
    return drainExact(op);
  std::vector<float> values(int64_t(op.rows) * op.columns);
  for (int64_t i = 0; i < op.rows; ++i)
    drainRow(op, i, values.data() + i * op.columns);
  if (op.pooling)
    pool(op, values);
  int64_t width = byteSize(op.outputType);
  for (int64_t i = 0; i < op.outputRows(); ++i) {
    uint8_t *out = writeLocal(Space::UnifiedBuffer,
                              op.destinationRow + i * op.destinationStride,
                              op.columns * width);
    for (int64_t j = 0; j < op.columns; ++j)
      storeElement(op.outputType, out + j * width,
                   values[i * op.columns + j] * op.outputScale, op.zeroPoint);
  }
}

//===----------------------------------------------------------------------===//
// vec
//===----------------------------------------------------------------------===//

static float combine(VectorOperation operation, float lhs, float rhs) {
  switch (operation) {
  case VectorOperation::Add:
    return lhs + rhs;
  case VectorOperation::Mul:
    return lhs * rhs;
  default:
    return greater(lhs, rhs);
  }
}

static float transform(const Vec &op, float value) {
  switch (op.operation) {
  case VectorOperation::Exp:
    return vectorExp(value);
  case VectorOperation::Rsqrt:
    return vectorRsqrt(value);
  default:
    return segmentTable(op.function)(value);
  }
}

void Executor::run(const Vec &op) {
  int64_t inputWidth = byteSize(op.inputType);
  std::vector<float> values(op.columns);
  for (int64_t i = 0; i < op.rows; ++i) {
    const uint8_t *lhs = readLocal(op.lhs.space, op.lhs.row + i * op.lhs.stride,
                                   op.columns * inputWidth);
    for (int64_t j = 0; j < op.columns; ++j)
      values[j] = loadElement(op.inputType, lhs + j * inputWidth);

    if (isBinary(op.operation)) {
      bool isColumn = op.rightOperand == RightOperand::Column;
      const float *rhs = nullptr;
      if (op.readsRightRows())
        rhs = reinterpret_cast<const float *>(
            readLocal(op.rhs.space, op.rhs.row + i * op.rhs.stride,
                      isColumn ? 4 : op.columns * 4));
      for (int64_t j = 0; j < op.columns; ++j) {
        float right = rhs ? rhs[isColumn ? 0 : j] : op.immediate;
        values[j] =
            combine(op.operation, values[j], op.negate ? -right : right);
      }
    } else if (isReduction(op.operation)) {
      VectorOperation step = op.operation == VectorOperation::RowSum
                                 ? VectorOperation::Add
                                 : VectorOperation::Max;
      for (int64_t j = 1; j < op.columns; ++j)
        values[0] = combine(step, values[0], values[j]);
    } else {
      for (float &value : values)
        value = transform(op, value);
    }

    int64_t width = byteSize(op.outputType);
    uint8_t *out = writeLocal(op.destination.space,
                              op.destination.row + i * op.destination.stride,
                              op.outputColumns() * width);
    for (int64_t j = 0; j < op.outputColumns(); ++j)
      storeElement(op.outputType, out + j * width, values[j], op.zeroPoint);
  }
}
