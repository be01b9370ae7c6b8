//===- LogicEval.cpp - Comparison, choice, logic and bits -----------------===//
#include "runtime/Interpreter/Evaluation.h"
#include "runtime/Interpreter/Strides.h"
#include "runtime/Support/Assert.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;

namespace tactus::interpreter {
namespace {

/// Calls `compute` with the elements of operand type T that each element of the
/// result is made of.
template <typename T, typename R, typename Fn>
void mapPairs(const Tensor &lhs, const Tensor &rhs, Tensor &result,
              Fn &&compute) {
  auto a = lhs.data<T>(), b = rhs.data<T>();
  auto out = result.mutableData<R>();
  std::vector<int64_t> left = broadcastPlaces(lhs.shape(), result.shape());
  std::vector<int64_t> right = broadcastPlaces(rhs.shape(), result.shape());
  for (size_t i = 0; i < out.size(); ++i)
    out[i] = compute(T(a[left[i]]), T(b[right[i]]));
}

template <typename V> bool holds(ir::Predicate predicate, V a, V b) {
  switch (predicate) {
  case ir::Predicate::equal:
    return a == b;
  case ir::Predicate::not_equal:
    return a != b;
  case ir::Predicate::less:
    return a < b;
  case ir::Predicate::less_equal:
    return a <= b;
  case ir::Predicate::greater:
    return a > b;
  case ir::Predicate::greater_equal:
    return a >= b;
  }
  return false;
}

void compare(ir::CompareOp op, Operands operands, Tensor &result) {
  dispatch(operands[0].elementType(), [&](auto tag) {
    using T = decltype(tag);
    mapPairs<T, bool>(operands[0], operands[1], result, [&](T a, T b) {
      if constexpr (isFloatType<T>)
        return holds(op.getPredicate(), widen(a), widen(b));
      else
        return holds(op.getPredicate(), a, b);
    });
  });
}

void select(Operands operands, Tensor &result) {
  auto condition = operands[0].data<bool>();
  std::vector<int64_t> places =
      broadcastPlaces(operands[0].shape(), result.shape());
  std::vector<int64_t> taken[2];
  for (int branch = 0; branch < 2; ++branch)
    taken[branch] =
        broadcastPlaces(operands[1 + branch].shape(), result.shape());
  dispatch(result.elementType(), [&](auto tag) {
    using T = decltype(tag);
    auto out = result.mutableData<T>();
    for (size_t i = 0; i < out.size(); ++i) {
      int branch = condition[places[i]] ? 0 : 1;
      out[i] = operands[1 + branch].data<T>()[taken[branch][i]];
    }
  });
}

template <typename Fn>
void classify(const Tensor &input, Tensor &result, Fn &&isOfClass) {
  auto out = result.mutableData<bool>();
  dispatch(input.elementType(), [&](auto tag) {
    using T = decltype(tag);
    if constexpr (isFloatType<T>) {
      auto in = input.data<T>();
      for (size_t i = 0; i < out.size(); ++i)
        out[i] = isOfClass(double(in[i]));
    } else {
      TACTUS_ASSERT(false, "the operand is verified to be of floats");
    }
  });
}

//===----------------------------------------------------------------------===//
// Bits
//===----------------------------------------------------------------------===//

template <typename T> T shiftLeft(T value, T by) {
  if (by < 0 || uint64_t(by) >= 8 * sizeof(T))
    return 0;
  return T(uint64_t(value) << by);
}

template <typename T> T shiftRight(T value, T by) {
  if (by < 0 || uint64_t(by) >= 8 * sizeof(T))
    return value < 0 ? T(-1) : T(0);
  return T(value >> by);
}

template <typename T> using Bits = std::function<T(T, T)>;

/// The function of pairs, or of one element that is given twice.
template <typename T> Bits<T> bitsOf(Operation *op) {
  return llvm::TypeSwitch<Operation *, Bits<T>>(op)
      .template Case<ir::LogicalAndOp, ir::BitwiseAndOp>(
          [](auto) { return [](T a, T b) { return T(a & b); }; })
      .template Case<ir::LogicalOrOp, ir::BitwiseOrOp>(
          [](auto) { return [](T a, T b) { return T(a | b); }; })
      .template Case<ir::LogicalXorOp, ir::BitwiseXorOp>(
          [](auto) { return [](T a, T b) { return T(a ^ b); }; })
      .Case([](ir::LogicalNotOp) { return [](T a, T) { return T(!a); }; })
      .Case([](ir::BitwiseNotOp) {
        return [](T a, T) { return T(~uint64_t(a)); };
      })
      .Case([](ir::ShiftLeftOp) -> Bits<T> {
        if constexpr (std::is_same_v<T, bool>)
          return {};
        else
          return shiftLeft<T>;
      })
      .Case([](ir::ShiftRightOp) -> Bits<T> {
        if constexpr (std::is_same_v<T, bool>)
          return {};
        else
          return shiftRight<T>;
      })
      .Default(Bits<T>());
}

} // namespace

std::optional<Tensor> evalLogic(Operation *op, Operands operands) {
  Tensor result = Tensor::zeros(staticType(op->getResult(0)));
  bool known = llvm::TypeSwitch<Operation *, bool>(op)
                   .Case([&](ir::CompareOp op) {
                     compare(op, operands, result);
                     return true;
                   })
                   .Case([&](ir::SelectOp) {
                     select(operands, result);
                     return true;
                   })
                   .Case([&](ir::IsNanOp) {
                     classify(operands[0], result,
                              [](double x) { return std::isnan(x); });
                     return true;
                   })
                   .Case([&](ir::IsInfOp) {
                     classify(operands[0], result,
                              [](double x) { return std::isinf(x); });
                     return true;
                   })
                   .Case([&](ir::IsFiniteOp) {
                     classify(operands[0], result,
                              [](double x) { return std::isfinite(x); });
                     return true;
                   })
                   .Default(false);
  if (known)
    return result;
  dispatch(result.elementType(), [&](auto tag) {
    using T = decltype(tag);
    if constexpr (!isFloatType<T>)
      if (Bits<T> compute = bitsOf<T>(op)) {
        mapPairs<T, T>(operands.front(), operands.back(), result, compute);
        known = true;
      }
  });
  return known ? std::optional(std::move(result)) : std::nullopt;
}

} // namespace tactus::interpreter
