//===- VectorExecutor.cpp - What vec does ---------------------------------===//
#include "runtime/Systolic/Executor.h"
#include <algorithm>

using namespace tactus;
using namespace tactus::systolic;

/// values[i] = compute(values[i], right[i]), or of right[0] alone.
template <typename Fn>
static void combine(std::span<float> values, const float *right, bool isOne,
                    Fn compute) {
  if (isOne) {
    float one = *right;
    for (float &value : values)
      value = compute(value, one);
    return;
  }
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = compute(values[i], right[i]);
}

template <typename Fn>
static void transform(std::span<float> values, Fn compute) {
  for (float &value : values)
    value = compute(value);
}

static void apply(const Vec &op, std::span<float> values, const float *right,
                  bool isOne) {
  switch (op.operation) {
  case VectorOperation::Add:
    return combine(values, right, isOne,
                   [](float a, float b) { return a + b; });
  case VectorOperation::Mul:
    return combine(values, right, isOne,
                   [](float a, float b) { return a * b; });
  case VectorOperation::Div:
    return combine(values, right, isOne,
                   [](float a, float b) { return a / b; });
  case VectorOperation::Max:
    return combine(values, right, isOne, maximum);
  case VectorOperation::Min:
    return combine(values, right, isOne, minimum);
  case VectorOperation::RowMax:
    for (float value : values.subspan(1))
      values[0] = maximum(values[0], value);
    return;
  case VectorOperation::RowSum: {
    float sum = 0;
    for (float value : values)
      sum += value;
    values[0] = sum;
    return;
  }
  case VectorOperation::Exp:
    return transform(values, vectorExp);
  case VectorOperation::Log:
    return transform(values, vectorLog);
  case VectorOperation::Sqrt:
    return transform(values, [](float x) { return std::sqrt(x); });
  case VectorOperation::Rsqrt:
    return transform(values, vectorRsqrt);
  case VectorOperation::Apply:
    return applyFunction({op.function, op.alpha, op.beta}, values,
                         {right, isOne ? 1 : values.size()});
  }
  __builtin_unreachable();
}

void Executor::run(const Vec &op) {
  int64_t columns = op.columns, inputBytes = columns * byteSize(op.inputType);
  int64_t outputBytes = op.outputColumns() * byteSize(op.outputType);
  bool isColumn = op.rightOperand == RightOperand::Column;
  std::vector<float> values(columns), right(1, op.immediate);
  if (op.readsRightRows() && !isColumn)
    right.resize(columns);
  if (op.negate)
    right[0] = -right[0];

  for (int64_t i = 0; i < op.rows; ++i) {
    loadElements(
        op.inputType,
        readLocal(op.lhs.space, op.lhs.row + i * op.lhs.stride, inputBytes),
        columns, values.data());
    if (op.readsRightRows()) {
      loadElements(op.rightType,
                   readLocal(op.rhs.space, op.rhs.row + i * op.rhs.stride,
                             op.rightBytes()),
                   right.size(), right.data());
      if (op.negate)
        for (float &value : right)
          value = -value;
    }
    apply(op, values, right.data(), right.size() == 1);
    storeElements(op.outputType, values.data(), op.outputColumns(),
                  op.zeroPoint,
                  writeLocal(op.destination.space,
                             op.destination.row + i * op.destination.stride,
                             outputBytes));
  }
}
