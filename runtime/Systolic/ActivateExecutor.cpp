//===- ActivateExecutor.cpp - What activate does --------------------------===//
#include "runtime/Systolic/Executor.h"
#include <algorithm>
#include <cstring>

using namespace tactus;
using namespace tactus::systolic;

static int32_t maximum(int32_t a, int32_t b) {
  return std::max(a, b);
}

/// Replaces rows by the greatest of each window of them, column by column.
template <typename T>
static void pool(const Activate &op, std::vector<T> &values) {
  const Pooling &pooling = *op.pooling;
  int64_t columns = op.columns, width = pooling.inputWidth;
  int64_t height = op.rows / width;
  std::vector<T> out;
  out.reserve(op.outputRows() * columns);
  for (int64_t y = 0; y + pooling.height <= height; y += pooling.strideY)
    for (int64_t x = 0; x + pooling.width <= width; x += pooling.strideX) {
      const T *first = values.data() + (y * width + x) * columns;
      size_t begin = out.size();
      out.insert(out.end(), first, first + columns);
      T *best = out.data() + begin;
      for (int64_t dy = 0; dy < pooling.height; ++dy)
        for (int64_t dx = 0; dx < pooling.width; ++dx) {
          const T *other = first + (dy * width + dx) * columns;
          for (int64_t column = 0; column < columns; ++column)
            best[column] = maximum(best[column], other[column]);
        }
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

static void addTo(std::span<float> values, std::span<const float> extra) {
  for (size_t i = 0; i < values.size(); ++i)
    values[i] += extra[i];
}

void Executor::drainRow(const Activate &op, int64_t row,
                        std::span<float> values) {
  loadElements(
      op.inputType,
      readLocal(Space::Accumulators, op.accumulatorRow + row, op.columns * 4),
      op.columns, values.data());
  if (op.perChannelScale) {
    const float *scales = readVector(op.scaleRow, op.columns);
    for (size_t i = 0; i < values.size(); ++i)
      values[i] *= scales[i];
  } else {
    for (float &value : values)
      value *= op.scale;
  }
  std::span<const float> slopes;
  if (op.function == Function::Prelu)
    slopes = {readVector(op.slopeRow, op.columns), size_t(op.columns)};
  AppliedFunction function = {op.function, op.alpha, op.beta};
  if (!op.residual)
    return applyFunction(function, values, slopes);

  residual.resize(op.columns);
  loadElements(op.outputType,
               readLocal(Space::UnifiedBuffer,
                         op.residual->ubRow + row * op.residual->stride,
                         op.columns * byteSize(op.outputType)),
               op.columns, residual.data());
  for (float &value : residual)
    value *= op.residual->scale;
  if (op.residual->beforeFunction)
    addTo(values, residual);
  applyFunction(function, values, slopes);
  if (!op.residual->beforeFunction)
    addTo(values, residual);
}

void Executor::storeRow(const Activate &op, int64_t row,
                        std::span<float> values) {
  for (float &value : values)
    value *= op.outputScale;
  uint8_t *out = writeLocal(Space::UnifiedBuffer,
                            op.destinationRow + row * op.destinationStride,
                            op.columns * byteSize(op.outputType));
  storeElements(op.outputType, values.data(), op.columns, op.zeroPoint, out);
}

void Executor::run(const Activate &op) {
  if (op.outputType == DataType::I32)
    return drainExact(op);
  size_t columns = op.columns;
  if (!op.pooling) {
    std::vector<float> values(columns);
    for (int64_t i = 0; i < op.rows; ++i) {
      drainRow(op, i, values);
      storeRow(op, i, values);
    }
    return;
  }
  std::vector<float> values(op.rows * columns);
  for (int64_t i = 0; i < op.rows; ++i)
    drainRow(op, i, {values.data() + i * columns, columns});
  pool(op, values);
  for (int64_t i = 0; i < op.outputRows(); ++i)
    storeRow(op, i, {values.data() + i * columns, columns});
}
