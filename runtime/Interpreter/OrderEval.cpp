//===- OrderEval.cpp - Ops that go along a dimension in order -------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "runtime/Interpreter/Evaluation.h"
#include "runtime/Interpreter/Strides.h"
#include "llvm/ADT/TypeSwitch.h"
#include <algorithm>
#include <cmath>
#include <numeric>

using namespace mlir;

namespace tactus::interpreter {
namespace {

/// A dimension of a tensor: elements of a row are `inner` places apart.
struct Along {
  int64_t outer = 1, size = 1, inner = 1;

  Along(const Shape &shape, int64_t axis) {
    axis = *ir::normalizeAxis(std::nullopt, axis, int64_t(shape.size()));
    for (int64_t d = 0; d < int64_t(shape.size()); ++d)
      (d < axis ? outer : d == axis ? size : inner) *= shape[d];
  }

  /// Calls `visit(first)` with the place of each row's first element in a
  /// tensor whose rows have `length` elements.
  template <typename Fn> void forEachRow(Fn &&visit) const {
    for (int64_t row = 0; row < outer * inner; ++row)
      visit(row / inner, row % inner);
  }
};

template <typename T, typename Op>
void accumulate(Op op, const Tensor &input, Tensor &result) {
  constexpr bool isSum = std::is_same_v<Op, ir::CumsumOp>;
  using W = std::conditional_t<isFloatType<T>, WiderT<T>, uint64_t>;
  auto in = input.data<T>();
  auto out = result.mutableData<T>();
  Along along(input.shape(), op.getAxis());
  bool exclusive = op.getExclusive(), reverse = op.getReverse();
  along.forEachRow([&](int64_t outer, int64_t inner) {
    W total = isSum ? 0 : 1;
    for (int64_t i = 0; i < along.size; ++i) {
      int64_t place = reverse ? along.size - 1 - i : i;
      int64_t at = (outer * along.size + place) * along.inner + inner;
      W before = total;
      if constexpr (isSum)
        total += W(in[at]);
      else
        total *= W(in[at]);
      out[at] = T(exclusive ? before : total);
    }
  });
}

/// Whether `a` goes before `b` in ascending order.
template <typename T> bool isLess(T a, T b) {
  if constexpr (isFloatType<T>)
    return !std::isnan(widen(a)) &&
           (std::isnan(widen(b)) || widen(a) < widen(b));
  else
    return a < b;
}

/// The first elements of each row in order, as many as the results hold.
template <typename T>
void orderRows(const Tensor &input, int64_t axis, bool descending,
               Tensor &values, Tensor &indices) {
  auto in = input.data<T>();
  auto out = values.mutableData<T>();
  auto places = indices.mutableData<int64_t>();
  Along along(input.shape(), axis), kept(values.shape(), axis);
  std::vector<int64_t> order(static_cast<size_t>(along.size));
  along.forEachRow([&](int64_t outer, int64_t inner) {
    auto at = [&](int64_t i) {
      return in[(outer * along.size + i) * along.inner + inner];
    };
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int64_t a, int64_t b) {
      return descending ? isLess<T>(at(b), at(a)) : isLess<T>(at(a), at(b));
    });
    for (int64_t i = 0; i < kept.size; ++i) {
      int64_t to = (outer * kept.size + i) * kept.inner + inner;
      out[to] = at(order[i]);
      places[to] = order[i];
    }
  });
}

template <typename Fn> void onNumbers(ElementType type, Fn &&fn) {
  dispatch(type, [&](auto tag) {
    if constexpr (!std::is_same_v<decltype(tag), bool>)
      fn(tag);
  });
}

} // namespace

Tensor evalCumulative(Operation *op, const Tensor &input) {
  Tensor result = Tensor::zeros(staticType(op->getResult(0)));
  onNumbers(input.elementType(), [&](auto tag) {
    using T = decltype(tag);
    llvm::TypeSwitch<Operation *>(op).Case<ir::CumsumOp, ir::CumprodOp>(
        [&](auto op) { accumulate<T>(op, input, result); });
  });
  return result;
}

SmallVector<Tensor> evalOrder(Operation *op, const Tensor &input) {
  Tensor values = Tensor::zeros(staticType(op->getResult(0)));
  Tensor indices = Tensor::zeros(staticType(op->getResult(1)));
  onNumbers(input.elementType(), [&](auto tag) {
    using T = decltype(tag);
    llvm::TypeSwitch<Operation *>(op)
        .Case([&](ir::SortOp op) {
          orderRows<T>(input, op.getAxis(), op.getDescending(), values,
                       indices);
        })
        .Case([&](ir::TopKOp op) {
          orderRows<T>(input, op.getAxis(), op.getLargest(), values, indices);
        });
  });
  return {values, indices};
}

} // namespace tactus::interpreter
