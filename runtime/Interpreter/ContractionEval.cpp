//===- ContractionEval.cpp - Matrix products ------------------------------===//
#include "runtime/Interpreter/Evaluation.h"
#include "runtime/Interpreter/Strides.h"
#include <algorithm>

using namespace mlir;

namespace tactus::interpreter {
namespace {

/// Floats sum wider; integers wrap, so any 64 bits will do.
template <typename T>
using SumT = std::conditional_t<isFloatType<T>, WiderT<T>, uint64_t>;

template <typename T> std::vector<SumT<T>> widenAll(const Tensor &tensor) {
  std::vector<SumT<T>> wide;
  wide.reserve(size_t(tensor.numElements()));
  for (T element : tensor.data<T>())
    wide.push_back(SumT<T>(element));
  return wide;
}

template <typename To, typename Sum> To rounded(Sum sum) {
  if constexpr (isFloatType<To> && std::is_same_v<Sum, long double>)
    return To(double(sum));
  else
    return To(sum);
}

struct Sizes {
  int64_t m, k, n;
};

/// One matrix; each sum ascends in k.
template <typename Sum, typename To>
void multiplyMatrices(const Sum *lhs, const Sum *rhs, To *out, Sizes sizes) {
  std::vector<Sum> row(size_t(sizes.n));
  for (int64_t m = 0; m < sizes.m; ++m) {
    std::fill(row.begin(), row.end(), Sum(0));
    for (int64_t k = 0; k < sizes.k; ++k) {
      Sum factor = lhs[m * sizes.k + k];
      const Sum *from = rhs + k * sizes.n;
      for (int64_t n = 0; n < sizes.n; ++n)
        row[n] += factor * from[n];
    }
    for (int64_t n = 0; n < sizes.n; ++n)
      out[m * sizes.n + n] = rounded<To>(row[n]);
  }
}

/// The shape without its last two dimensions.
std::span<const int64_t> leading(const std::vector<int64_t> &shape) {
  return {shape.data(), shape.size() - 2};
}

template <typename L, typename R, typename To>
void multiplyAll(const Tensor &lhs, const Tensor &rhs, Tensor &result) {
  auto left = widenAll<L>(lhs);
  auto right = widenAll<R>(rhs);
  To *out = result.mutableData<To>().data();
  int64_t rank = result.rank();
  Sizes sizes = {result.shape()[rank - 2], lhs.shape().back(),
                 result.shape()[rank - 1]};
  auto batch = leading(result.shape());
  Shape leftStrides = broadcastStrides(leading(lhs.shape()), batch);
  Shape rightStrides = broadcastStrides(leading(rhs.shape()), batch);
  std::vector<int64_t> places;
  forEachOffset(batch, rightStrides, 0,
                [&](int64_t, int64_t place) { places.push_back(place); });
  if (result.numElements() == 0)
    return;
  forEachOffset(batch, leftStrides, 0, [&](int64_t i, int64_t place) {
    multiplyMatrices(left.data() + place * sizes.m * sizes.k,
                     right.data() + places[i] * sizes.k * sizes.n,
                     out + i * sizes.m * sizes.n, sizes);
  });
}

/// The result's type is that of the operands, or wider.
template <typename L, typename R>
void multiplyTo(const Tensor &lhs, const Tensor &rhs, Tensor &result) {
  if constexpr (std::is_same_v<L, Float16> || std::is_same_v<L, BFloat16>) {
    if (result.elementType() == ElementType::F32)
      return multiplyAll<L, R, float>(lhs, rhs, result);
    return multiplyAll<L, R, L>(lhs, rhs, result);
  } else if constexpr (sizeof(L) == 1) {
    return multiplyAll<L, R, int32_t>(lhs, rhs, result);
  } else {
    return multiplyAll<L, R, L>(lhs, rhs, result);
  }
}

} // namespace

Tensor evalMatmul(ir::MatmulOp op, const Tensor &lhs, const Tensor &rhs) {
  Tensor result = Tensor::zeros(staticType(op.getResult()));
  dispatch(lhs.elementType(), [&](auto tag) {
    using L = decltype(tag);
    // Only 8-bit integers may be of two kinds.
    if constexpr (std::is_same_v<L, int8_t> || std::is_same_v<L, uint8_t>) {
      if (rhs.elementType() == ElementType::U8)
        multiplyTo<L, uint8_t>(lhs, rhs, result);
      else
        multiplyTo<L, int8_t>(lhs, rhs, result);
    } else if constexpr (!std::is_same_v<L, bool>) {
      multiplyTo<L, L>(lhs, rhs, result);
    }
  });
  return result;
}

} // namespace tactus::interpreter
