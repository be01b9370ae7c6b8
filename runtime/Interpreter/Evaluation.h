//===- Evaluation.h - Ops on tensors ----------------------------*- C++ -*-===//
//
// One function a family: what an op computes from its operands' values. The
// op's types are static and verified.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_INTERPRETER_EVALUATION_H
#define TACTUS_RUNTIME_INTERPRETER_EVALUATION_H

#include "dialects/Tactus/TactusDialect.h"
#include "tactus/Tensor.h"
#include <optional>

namespace tactus::interpreter {

using Operands = llvm::ArrayRef<Tensor>;

/// Arithmetic and activations; operands broadcast.
Tensor evalElementwise(mlir::Operation *op, Operands operands);
/// Comparison, choice, logic and bits; nothing for other ops.
std::optional<Tensor> evalLogic(mlir::Operation *op, Operands operands);
Tensor evalCast(ir::CastOp op, const Tensor &input);
/// quantize, dequantize, requantize.
Tensor evalQuantization(mlir::Operation *op, Operands operands);
llvm::SmallVector<Tensor> evalDynamicQuantize(ir::DynamicQuantizeOp op,
                                              const Tensor &input);
Tensor evalMatmul(ir::MatmulOp op, Operands operands);
Tensor evalPiecewiseLinear(ir::PiecewiseLinearOp op, Operands operands);
/// sum, prod, mean, max, min, argmax, argmin, any, all.
Tensor evalReduction(mlir::Operation *op, const Tensor &input);
/// log_sum_exp, l1_norm, l2_norm, variance.
Tensor evalNorm(mlir::Operation *op, const Tensor &input);
/// cumsum, cumprod.
Tensor evalCumulative(mlir::Operation *op, const Tensor &input);
/// sort, top_k: values and indices.
llvm::SmallVector<Tensor> evalOrder(mlir::Operation *op, const Tensor &input);
/// layer_norm, softmax, log_softmax.
Tensor evalNormalization(mlir::Operation *op, Operands operands);
/// transpose, broadcast, slice, pack, unpack.
Tensor evalMovement(mlir::Operation *op, const Tensor &input);
/// tile, reverse, trilu, pad, concat, split.
llvm::SmallVector<Tensor> evalArrangement(mlir::Operation *op,
                                          Operands operands);
/// gather, gather_elements, gather_nd, scatter_elements, scatter_nd. Throws
/// where an index is out of range.
Tensor evalIndexing(mlir::Operation *op, Operands operands);
/// fill, iota, eye, linspace, random.
Tensor evalCreation(mlir::Operation *op);
/// The type of a range between these operands, which alone say how long it is.
/// Throws where there is none.
TensorType typeOfRange(Operands operands);
Tensor evalRange(ir::RangeOp op, Operands operands);
Tensor evalOneHot(ir::OneHotOp op, const Tensor &indices, const Tensor &values);

/// The elements of `tensor` at index i of dimension 0.
Tensor sliceOf(const Tensor &tensor, int64_t i);
void setSlice(Tensor &tensor, int64_t i, const Tensor &slice);

/// The static type of `value`.
TensorType staticType(mlir::Value value);

/// The type that ops on T are computed in, before one rounding.
template <typename T> struct Wider {
  using type = double;
};
template <> struct Wider<double> {
  using type = long double;
};
template <typename T> using WiderT = typename Wider<T>::type;

template <typename T> WiderT<T> widen(T value) {
  return static_cast<WiderT<T>>(value);
}
/// Rounds once.
template <typename T> T narrow(WiderT<T> value) {
  return static_cast<T>(value);
}

/// A number that T holds, but for rounding.
template <typename T, typename From> T fromNumber(From value) {
  if constexpr (std::is_same_v<T, Float16> || std::is_same_v<T, BFloat16>)
    return T(double(value));
  else
    return T(value);
}

template <typename T>
inline constexpr bool isFloatType =
    std::is_same_v<T, float> || std::is_same_v<T, double> ||
    std::is_same_v<T, Float16> || std::is_same_v<T, BFloat16>;

} // namespace tactus::interpreter

#endif // TACTUS_RUNTIME_INTERPRETER_EVALUATION_H
