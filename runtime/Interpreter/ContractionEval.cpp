//===- ContractionEval.cpp - Matrix products ------------------------------===//
#include "runtime/Interpreter/Evaluation.h"
#include "runtime/Interpreter/Strides.h"
#include <algorithm>
#include <cmath>

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

/// One matrix; each sum ascends in k from what `out` holds.
template <typename Sum, typename To>
void multiplyMatrices(const Sum *lhs, const Sum *rhs, To *out, Sizes sizes) {
  std::vector<Sum> row(size_t(sizes.n));
  for (int64_t m = 0; m < sizes.m; ++m) {
    for (int64_t n = 0; n < sizes.n; ++n)
      row[n] = Sum(out[m * sizes.n + n]);
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

/// One matrix in f32: a chain of fused multiply-adds for each block of k, whose
/// ends are added to what `out` holds, but for the first one where there is
/// nothing to start from.
void multiplyBlocks(const float *lhs, const float *rhs, float *out, Sizes sizes,
                    int64_t block, bool hasInit) {
  std::vector<float> row(size_t(sizes.n));
  for (int64_t m = 0; m < sizes.m; ++m, out += sizes.n, lhs += sizes.k)
    for (int64_t begin = 0, end; begin < sizes.k; begin = end) {
      end = begin + std::min(block, sizes.k - begin);
      std::fill(row.begin(), row.end(), 0.0f);
      for (int64_t k = begin; k < end; ++k)
        for (int64_t n = 0; n < sizes.n; ++n)
          row[n] = std::fma(lhs[k], rhs[k * sizes.n + n], row[n]);
      bool isFirst = begin == 0 && !hasInit;
      for (int64_t n = 0; n < sizes.n; ++n)
        out[n] = isFirst ? row[n] : out[n] + row[n];
    }
}

/// The shape without its last two dimensions.
std::span<const int64_t> leading(const std::vector<int64_t> &shape) {
  return {shape.data(), shape.size() - 2};
}

/// Calls `multiply(lhs, rhs, result, sizes)` for each matrix, with the places
/// of their first elements.
template <typename Fn>
void forEachMatrix(const Tensor &lhs, const Tensor &rhs, const Tensor &result,
                   Fn &&multiply) {
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
    multiply(place * sizes.m * sizes.k, places[i] * sizes.k * sizes.n,
             i * sizes.m * sizes.n, sizes);
  });
}

template <typename L, typename R, typename To>
void multiplyAll(const Tensor &lhs, const Tensor &rhs, Tensor &result) {
  auto left = widenAll<L>(lhs);
  auto right = widenAll<R>(rhs);
  To *out = result.mutableData<To>().data();
  forEachMatrix(
      lhs, rhs, result, [&](int64_t l, int64_t r, int64_t to, Sizes sizes) {
        multiplyMatrices(left.data() + l, right.data() + r, out + to, sizes);
      });
}

template <typename T>
void multiplyAllBlocks(const Tensor &lhs, const Tensor &rhs, Tensor &result,
                       int64_t block, bool hasInit) {
  auto exactly = [](const Tensor &tensor) {
    std::vector<float> elements;
    for (T element : tensor.data<T>())
      elements.push_back(float(element));
    return elements;
  };
  std::vector<float> left = exactly(lhs), right = exactly(rhs);
  float *out = result.mutableData<float>().data();
  forEachMatrix(lhs, rhs, result,
                [&](int64_t l, int64_t r, int64_t to, Sizes sizes) {
                  multiplyBlocks(left.data() + l, right.data() + r, out + to,
                                 sizes, block, hasInit);
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

/// Puts into each element of `result` the one of `init` that it starts from.
void start(const Tensor &init, Tensor &result) {
  std::vector<int64_t> places = broadcastPlaces(init.shape(), result.shape());
  dispatch(result.elementType(), [&](auto tag) {
    using T = decltype(tag);
    auto in = init.data<T>();
    auto out = result.mutableData<T>();
    for (size_t i = 0; i < places.size(); ++i)
      out[i] = in[places[i]];
  });
}

} // namespace

Tensor evalMatmul(ir::MatmulOp op, Operands operands) {
  const Tensor &lhs = operands[0], &rhs = operands[1];
  Tensor result = Tensor::zeros(staticType(op.getResult()));
  bool hasInit = bool(op.getInit());
  if (hasInit)
    start(operands[2], result);
  dispatch(lhs.elementType(), [&](auto tag) {
    using L = decltype(tag);
    if constexpr (isFloatType<L> && !std::is_same_v<L, double>)
      if (op.getBlock())
        return multiplyAllBlocks<L>(lhs, rhs, result, *op.getBlock(), hasInit);
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
