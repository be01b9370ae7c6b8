//===- NormEval.cpp - Norms and other numbers for a whole row -------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "runtime/Interpreter/Evaluation.h"
#include "runtime/Interpreter/Rows.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;

namespace tactus::interpreter {
namespace {

/// m + ln(sum of e^(x - m)). The largest element gives 1, which log1p adds.
template <typename W> W logSumExp(const std::vector<W> &row) {
  W largest = -std::numeric_limits<W>::infinity();
  for (W x : row)
    if (std::isnan(x) || x > largest)
      largest = x;
  if (!std::isfinite(largest))
    return largest;
  bool skipped = false;
  W sum = 0;
  for (W x : row) {
    if (!skipped && x == largest)
      skipped = true;
    else
      sum += std::exp(x - largest);
  }
  return largest + std::log1p(sum);
}

template <typename W> W l1Norm(const std::vector<W> &row) {
  W sum = 0;
  for (W x : row)
    sum += std::fabs(x);
  return sum;
}

/// The wider type holds the square of any element, so nothing is divided here;
/// a NaN beside an infinity gives NaN.
template <typename W> W l2Norm(const std::vector<W> &row) {
  W sum = 0;
  for (W x : row)
    sum += x * x;
  return std::sqrt(sum);
}

template <typename W>
W variance(const std::vector<W> &row, int64_t correction) {
  W sum = 0, squares = 0;
  for (W x : row)
    sum += x;
  W mean = sum / W(row.size());
  for (W x : row)
    squares += (x - mean) * (x - mean);
  int64_t count = int64_t(row.size()) - correction;
  return count > 0 ? squares / W(count) : std::numeric_limits<W>::quiet_NaN();
}

} // namespace

Tensor evalNorm(Operation *op, const Tensor &input) {
  Tensor result = Tensor::zeros(staticType(op->getResult(0)));
  auto run = [&](std::optional<ArrayRef<int64_t>> axes, auto &&compute) {
    Rows rows(input.shape(),
              *ir::normalizeAxes(std::nullopt, axes, input.rank()));
    dispatch(input.elementType(), [&](auto tag) {
      using T = decltype(tag);
      if constexpr (isFloatType<T>) {
        auto in = input.data<T>();
        auto out = result.mutableData<T>();
        std::vector<WiderT<T>> elements;
        rows.forEach([&](int64_t i, auto &&row) {
          elements.clear();
          row([&](int64_t, int64_t place) {
            elements.push_back(widen(in[place]));
          });
          out[i] = narrow<T>(compute(elements));
        });
      }
    });
  };
  llvm::TypeSwitch<Operation *>(op)
      .Case([&](ir::LogSumExpOp op) {
        run(op.getAxes(), [](const auto &row) { return logSumExp(row); });
      })
      .Case([&](ir::L1NormOp op) {
        run(op.getAxes(), [](const auto &row) { return l1Norm(row); });
      })
      .Case([&](ir::L2NormOp op) {
        run(op.getAxes(), [](const auto &row) { return l2Norm(row); });
      })
      .Case([&](ir::VarianceOp op) {
        int64_t correction = op.getCorrection();
        run(op.getAxes(),
            [&](const auto &row) { return variance(row, correction); });
      });
  return result;
}

} // namespace tactus::interpreter
