//===- ArrangementEval.cpp - Tensors repeated, joined, cut and padded -----===//
#include "dialects/Tactus/ShapeInference.h"
#include "runtime/Interpreter/Evaluation.h"
#include "runtime/Interpreter/Strides.h"
#include "runtime/Support/Assert.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cstring>

using namespace mlir;

namespace tactus::interpreter {
namespace {

/// Fills `result`: along dimension d, index i is read from index
/// `source(d, i)` of `input`, or left as it is where that is negative.
template <typename Fn>
void copyFrom(const Tensor &input, Tensor &result, Fn &&source) {
  Shape shape = result.shape(), strides = stridesOf(input.shape());
  if (result.numElements() == 0)
    return;
  // The offset that each index of each dimension adds.
  std::vector<Shape> offsets(shape.size());
  for (size_t d = 0; d < shape.size(); ++d)
    for (int64_t i = 0; i < shape[d]; ++i) {
      int64_t index = source(int64_t(d), i);
      offsets[d].push_back(index < 0 ? -1 : index * strides[d]);
    }
  size_t bytes = size_t(byteSize(input.elementType()));
  auto *in = static_cast<const char *>(input.rawData());
  auto *out = static_cast<char *>(result.mutableRawData());
  Shape index(shape.size(), 0);
  for (int64_t i = 0; i < result.numElements(); ++i) {
    int64_t at = 0;
    bool isInside = true;
    for (size_t d = 0; d < shape.size(); ++d) {
      int64_t offset = offsets[d][size_t(index[d])];
      isInside &= offset >= 0;
      at += offset;
    }
    if (isInside)
      std::memcpy(out + size_t(i) * bytes, in + size_t(at) * bytes, bytes);
    for (size_t d = shape.size(); d-- > 0;) {
      if (++index[d] < shape[d])
        break;
      index[d] = 0;
    }
  }
}

void evalTile(const Tensor &input, Tensor &result) {
  copyFrom(input, result,
           [&](int64_t d, int64_t i) { return i % input.shape()[d]; });
}

void evalReverse(ir::ReverseOp op, const Tensor &input, Tensor &result) {
  SmallVector<int64_t> axes =
      *ir::normalizeAxes(std::nullopt, op.getAxes(), input.rank());
  copyFrom(input, result, [&](int64_t d, int64_t i) {
    return llvm::is_contained(axes, d) ? input.shape()[d] - 1 - i : i;
  });
}

void evalTrilu(ir::TriluOp op, const Tensor &input, Tensor &result) {
  const std::vector<int64_t> &shape = input.shape();
  int64_t columns = shape.back(), rows = shape[shape.size() - 2];
  auto k = int64_t(op.getK());
  size_t bytes = size_t(byteSize(input.elementType()));
  auto *in = static_cast<const char *>(input.rawData());
  auto *out = static_cast<char *>(result.mutableRawData());
  for (int64_t i = 0; i < input.numElements(); ++i) {
    int64_t distance = i % columns - i / columns % rows;
    if (op.getUpper() ? distance >= k : distance <= k)
      std::memcpy(out + size_t(i) * bytes, in + size_t(i) * bytes, bytes);
  }
}

/// i modulo n, from 0 to n - 1.
int64_t modulo(int64_t i, int64_t n) {
  return (i % n + n) % n;
}

void evalPad(ir::PadOp op, const Tensor &input, Tensor &result) {
  dispatch(result.elementType(), [&](auto tag) {
    using T = decltype(tag);
    double value = op.getValue().convertToDouble();
    for (auto &element : result.mutableData<T>())
      element = fromNumber<T>(value);
  });
  ArrayRef<int64_t> pads = op.getPads();
  copyFrom(input, result, [&](int64_t d, int64_t i) -> int64_t {
    int64_t before = pads[d], after = pads[size_t(d) + pads.size() / 2];
    // What negative pads leave of the dimension.
    int64_t low = std::max<int64_t>(-before, 0);
    int64_t high = input.shape()[d] - std::max<int64_t>(-after, 0);
    int64_t at = i - before, count = high - low;
    if (low <= at && at < high)
      return at;
    switch (op.getMode()) {
    case ir::PadMode::constant:
      return -1;
    case ir::PadMode::edge:
      return at < low ? low : high - 1;
    case ir::PadMode::wrap:
      return low + modulo(at - low, count);
    case ir::PadMode::reflect: {
      if (count == 1)
        return low;
      int64_t period = 2 * (count - 1), place = modulo(at - low, period);
      return low + (place < count ? place : period - place);
    }
    }
    TACTUS_ASSERT(false, "every mode is listed");
    return -1;
  });
}

/// Copies `part` to or from the places of `whole` that begin at `start` along
/// `axis`; `copy(whole's byte, part's byte, bytes)`.
template <typename Fn>
void forEachRun(const std::vector<int64_t> &whole,
                const std::vector<int64_t> &part, ElementType type,
                int64_t axis, int64_t start, Fn &&copy) {
  int64_t outer = 1, inner = byteSize(type);
  for (int64_t d = 0; d < int64_t(whole.size()); ++d)
    if (d != axis)
      (d < axis ? outer : inner) *= whole[size_t(d)];
  int64_t bytes = part[size_t(axis)] * inner;
  for (int64_t o = 0; o < outer && bytes > 0; ++o)
    copy(size_t((o * whole[size_t(axis)] + start) * inner), size_t(o * bytes),
         size_t(bytes));
}

void evalConcat(ir::ConcatOp op, Operands operands, Tensor &result) {
  int64_t axis = *ir::normalizeAxis(std::nullopt, op.getAxis(), result.rank());
  int64_t start = 0;
  for (const Tensor &part : operands) {
    forEachRun(result.shape(), part.shape(), result.elementType(), axis, start,
               [&](size_t to, size_t from, size_t bytes) {
                 std::memcpy(static_cast<char *>(result.mutableRawData()) + to,
                             static_cast<const char *>(part.rawData()) + from,
                             bytes);
               });
    start += part.shape()[size_t(axis)];
  }
}

void evalSplit(ir::SplitOp op, const Tensor &input,
               MutableArrayRef<Tensor> results) {
  int64_t axis = *ir::normalizeAxis(std::nullopt, op.getAxis(), input.rank());
  int64_t start = 0;
  for (Tensor &part : results) {
    forEachRun(input.shape(), part.shape(), input.elementType(), axis, start,
               [&](size_t from, size_t to, size_t bytes) {
                 std::memcpy(static_cast<char *>(part.mutableRawData()) + to,
                             static_cast<const char *>(input.rawData()) + from,
                             bytes);
               });
    start += part.shape()[size_t(axis)];
  }
}

} // namespace

SmallVector<Tensor> evalArrangement(Operation *op, Operands operands) {
  SmallVector<Tensor> results;
  for (Value result : op->getResults())
    results.push_back(Tensor::zeros(staticType(result)));
  llvm::TypeSwitch<Operation *>(op)
      .Case([&](ir::TileOp) { evalTile(operands[0], results[0]); })
      .Case([&](ir::ReverseOp op) { evalReverse(op, operands[0], results[0]); })
      .Case([&](ir::TriluOp op) { evalTrilu(op, operands[0], results[0]); })
      .Case([&](ir::PadOp op) { evalPad(op, operands[0], results[0]); })
      .Case([&](ir::ConcatOp op) { evalConcat(op, operands, results[0]); })
      .Case([&](ir::SplitOp op) { evalSplit(op, operands[0], results); });
  return results;
}

} // namespace tactus::interpreter
