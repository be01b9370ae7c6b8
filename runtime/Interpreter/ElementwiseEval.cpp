//===- ElementwiseEval.cpp - Arithmetic and activations -------------------===//
#include "runtime/Interpreter/Evaluation.h"
#include "runtime/Interpreter/ScalarFunctions.h"
#include "runtime/Interpreter/Strides.h"
#include "runtime/Support/Assert.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace tactus::interpreter {
namespace {

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

/// What integers wrap in.
template <typename T> using Unsigned = std::make_unsigned_t<T>;

template <typename T> T wrappingDiv(T a, T b) {
  if (b == 0)
    return 0;
  if constexpr (std::is_signed_v<T>)
    if (b == -1)
      return T(0 - Unsigned<T>(a));
  return T(a / b);
}

/// With the sign of the divisor, or with `isFmod` of the dividend.
template <typename T> T wrappingMod(T a, T b, bool isFmod) {
  if (b == 0)
    return 0;
  if constexpr (std::is_signed_v<T>)
    if (b == -1)
      return 0;
  T rest = T(a % b);
  return !isFmod && rest != 0 && (rest < 0) != (b < 0) ? T(rest + b) : rest;
}

/// Wraps; to a negative power, 1 over the power without its fraction, 0 for 0.
template <typename T> T wrappingPow(T base, T exponent) {
  if (exponent < 0) {
    if (base == 1)
      return 1;
    bool isMinusOne = std::is_signed_v<T> && base == T(-1);
    return isMinusOne ? T(exponent % 2 == 0 ? 1 : -1) : T(0);
  }
  // Unsigned products wrap, and their low bits are those of signed ones.
  uint64_t result = 1, square = uint64_t(base);
  for (uint64_t left = uint64_t(exponent); left != 0; left /= 2) {
    if (left % 2 == 1)
      result *= square;
    square *= square;
  }
  return T(result);
}

/// The parameter as a number of the op's element type.
template <typename T> WiderT<T> parameter(const APFloat &value) {
  double number = value.convertToDouble();
  if constexpr (std::is_same_v<T, double>)
    return number;
  return double(float(number));
}

template <typename W> using Unary = std::function<W(W)>;
template <typename W> using Binary = std::function<W(W, W)>;

template <typename T> Unary<WiderT<T>> floatUnary(Operation *op) {
  using W = WiderT<T>;
  auto number = [](const APFloat &value) { return parameter<T>(value); };
  return llvm::TypeSwitch<Operation *, Unary<W>>(op)
      .Case([](ir::NegOp) { return [](W x) { return -x; }; })
      .Case([](ir::ExpOp) { return [](W x) { return std::exp(x); }; })
      .Case([](ir::LogOp) { return [](W x) { return std::log(x); }; })
      .Case([](ir::SqrtOp) { return [](W x) { return std::sqrt(x); }; })
      .Case([](ir::ReciprocalOp) { return [](W x) { return W(1) / x; }; })
      .Case([](ir::RsqrtOp) { return [](W x) { return W(1) / std::sqrt(x); }; })
      .Case([](ir::Log1pOp) { return [](W x) { return std::log1p(x); }; })
      .Case([](ir::Expm1Op) { return [](W x) { return std::expm1(x); }; })
      .Case([](ir::SinhOp) { return [](W x) { return std::sinh(x); }; })
      .Case([](ir::CoshOp) { return [](W x) { return std::cosh(x); }; })
      .Case([](ir::AsinhOp) { return [](W x) { return std::asinh(x); }; })
      .Case([](ir::AcoshOp) { return [](W x) { return std::acosh(x); }; })
      .Case([](ir::AtanhOp) { return [](W x) { return std::atanh(x); }; })
      .Case([](ir::ErfOp) { return [](W x) { return std::erf(x); }; })
      .Case([](ir::ErfcOp) { return [](W x) { return std::erfc(x); }; })
      .Case([](ir::CbrtOp) { return [](W x) { return std::cbrt(x); }; })
      .Case([](ir::SinOp) { return [](W x) { return std::sin(x); }; })
      .Case([](ir::CosOp) { return [](W x) { return std::cos(x); }; })
      .Case([](ir::TanOp) { return [](W x) { return std::tan(x); }; })
      .Case([](ir::AsinOp) { return [](W x) { return std::asin(x); }; })
      .Case([](ir::AcosOp) { return [](W x) { return std::acos(x); }; })
      .Case([](ir::AtanOp) { return [](W x) { return std::atan(x); }; })
      .Case([](ir::AbsOp) { return [](W x) { return std::fabs(x); }; })
      .Case([](ir::SignOp) { return sign<W>; })
      .Case([](ir::FloorOp) { return [](W x) { return std::floor(x); }; })
      .Case([](ir::CeilOp) { return [](W x) { return std::ceil(x); }; })
      .Case([](ir::RoundOp) { return [](W x) { return std::nearbyint(x); }; })
      .Case([](ir::TruncOp) { return [](W x) { return std::trunc(x); }; })
      .Case([](ir::ReluOp) { return relu<W>; })
      .Case([](ir::Relu6Op) { return relu6<W>; })
      .Case([&](ir::LeakyReluOp op) {
        return [slope = number(op.getAlpha())](W x) {
          return leakyRelu<W>(x, slope);
        };
      })
      .Case([&](ir::EluOp op) {
        return
            [alpha = number(op.getAlpha())](W x) { return elu<W>(x, alpha); };
      })
      .Case([&](ir::SeluOp op) {
        return [alpha = number(op.getAlpha()), gamma = number(op.getGamma())](
                   W x) { return selu<W>(x, alpha, gamma); };
      })
      .Case([&](ir::CeluOp op) {
        return
            [alpha = number(op.getAlpha())](W x) { return celu<W>(x, alpha); };
      })
      .Case([](ir::SigmoidOp) { return sigmoid<W>; })
      .Case([](ir::TanhOp) { return [](W x) { return std::tanh(x); }; })
      .Case([](ir::GeluOp op) {
        return op.getApproximate() == ir::GeluForm::tanh ? geluTanh<W>
                                                         : geluErf<W>;
      })
      .Case([](ir::SiluOp) { return silu<W>; })
      .Case([](ir::MishOp) { return mish<W>; })
      .Case([](ir::SoftplusOp) { return softplus<W>; })
      .Case([](ir::SoftsignOp) { return softsign<W>; })
      .Case([&](ir::HardSigmoidOp op) {
        return [alpha = number(op.getAlpha()), beta = number(op.getBeta())](
                   W x) { return hardSigmoid<W>(x, alpha, beta); };
      })
      .Case([](ir::HardSwishOp) { return hardSwish<W>; })
      .Case([&](ir::HardTanhOp op) {
        return [low = number(op.getMin()), high = number(op.getMax())](W x) {
          return clamp<W>(x, low, high);
        };
      })
      .Case([&](ir::ThresholdedReluOp op) {
        return [alpha = number(op.getAlpha())](W x) {
          return thresholdedRelu<W>(x, alpha);
        };
      })
      .Default(Unary<W>());
}

template <typename W> Binary<W> floatBinary(Operation *op) {
  return llvm::TypeSwitch<Operation *, Binary<W>>(op)
      .Case([](ir::AddOp) { return [](W a, W b) { return a + b; }; })
      .Case([](ir::SubOp) { return [](W a, W b) { return a - b; }; })
      .Case([](ir::MulOp) { return [](W a, W b) { return a * b; }; })
      .Case([](ir::DivOp) { return [](W a, W b) { return a / b; }; })
      .Case([](ir::MaximumOp) { return maximum<W>; })
      .Case([](ir::MinimumOp) { return minimum<W>; })
      .Case([](ir::ModOp op) -> Binary<W> {
        if (op.getFmod())
          return [](W a, W b) { return std::fmod(a, b); };
        return flooredMod<W>;
      })
      .Case([](ir::PowOp) { return [](W a, W b) { return std::pow(a, b); }; })
      .Case([](ir::PreluOp) { return leakyRelu<W>; })
      .Default(Binary<W>());
}

template <typename T> Unary<T> integerUnary(Operation *op) {
  return llvm::TypeSwitch<Operation *, Unary<T>>(op)
      .Case([](ir::NegOp) { return [](T x) { return T(0 - Unsigned<T>(x)); }; })
      .Case([](ir::AbsOp) {
        return [](T x) { return x < 0 ? T(0 - Unsigned<T>(x)) : x; };
      })
      .Case([](ir::SignOp) { return [](T x) { return T((x > 0) - (x < 0)); }; })
      .Case([](ir::ReluOp) { return [](T x) { return x > 0 ? x : T(0); }; })
      .Default(Unary<T>());
}

template <typename T> Binary<T> integerBinary(Operation *op) {
  using U = Unsigned<T>;
  return llvm::TypeSwitch<Operation *, Binary<T>>(op)
      .Case([](ir::AddOp) { return [](T a, T b) { return T(U(a) + U(b)); }; })
      .Case([](ir::SubOp) { return [](T a, T b) { return T(U(a) - U(b)); }; })
      .Case([](ir::MulOp) {
        // In 64 bits, so that small types do not become a signed int.
        return [](T a, T b) { return T(uint64_t(a) * uint64_t(b)); };
      })
      .Case([](ir::DivOp) { return wrappingDiv<T>; })
      .Case([](ir::ModOp op) {
        return [isFmod = op.getFmod()](T a, T b) {
          return wrappingMod(a, b, isFmod);
        };
      })
      .Case([](ir::PowOp) { return wrappingPow<T>; })
      .Case(
          [](ir::MaximumOp) { return [](T a, T b) { return a > b ? a : b; }; })
      .Case(
          [](ir::MinimumOp) { return [](T a, T b) { return a < b ? a : b; }; })
      .Default(Binary<T>());
}

//===----------------------------------------------------------------------===//
// Tensors
//===----------------------------------------------------------------------===//

template <typename T, typename Fn>
void mapUnary(const Tensor &input, Tensor &result, Fn &&compute) {
  auto in = input.data<T>();
  auto out = result.mutableData<T>();
  for (size_t i = 0; i < out.size(); ++i)
    out[i] = compute(in[i]);
}

template <typename T, typename Fn>
void mapBinary(const Tensor &lhs, const Tensor &rhs, Tensor &result,
               Fn &&compute) {
  auto a = lhs.data<T>(), b = rhs.data<T>();
  auto out = result.mutableData<T>();
  std::vector<int64_t> right = broadcastPlaces(rhs.shape(), result.shape());
  Shape left = broadcastStrides(lhs.shape(), result.shape());
  forEachOffset(result.shape(), left, 0, [&](int64_t i, int64_t place) {
    out[i] = compute(a[place], b[right[i]]);
  });
}

/// The two steps are exact, so that their order with rounding is free.
template <typename T> Tensor evalClamp(ir::ClampOp op, Operands operands) {
  Tensor raised = Tensor::zeros(staticType(op.getResult()));
  Tensor result = Tensor::zeros(staticType(op.getResult()));
  if constexpr (isFloatType<T>) {
    auto larger = [](T a, T b) {
      return narrow<T>(maximum(widen(a), widen(b)));
    };
    auto smaller = [](T a, T b) {
      return narrow<T>(minimum(widen(a), widen(b)));
    };
    mapBinary<T>(operands[0], operands[1], raised, larger);
    mapBinary<T>(raised, operands[2], result, smaller);
  } else {
    mapBinary<T>(operands[0], operands[1], raised,
                 [](T a, T b) { return std::max<T>(a, b); });
    mapBinary<T>(raised, operands[2], result,
                 [](T a, T b) { return std::min<T>(a, b); });
  }
  return result;
}

template <typename T>
void evalTyped(Operation *op, Operands operands, Tensor &result) {
  bool isUnary = operands.size() == 1;
  if constexpr (std::is_same_v<T, bool>) {
    TACTUS_ASSERT(false, "no arithmetic on i1");
  } else if constexpr (isFloatType<T>) {
    using W = WiderT<T>;
    if (isUnary) {
      Unary<W> compute = floatUnary<T>(op);
      TACTUS_ASSERT(compute, "every unary op has a meaning");
      mapUnary<T>(operands[0], result,
                  [&](T x) { return narrow<T>(compute(widen(x))); });
    } else {
      Binary<W> compute = floatBinary<W>(op);
      TACTUS_ASSERT(compute, "every binary op has a meaning");
      mapBinary<T>(operands[0], operands[1], result, [&](T a, T b) {
        return narrow<T>(compute(widen(a), widen(b)));
      });
    }
  } else if (isUnary) {
    Unary<T> compute = integerUnary<T>(op);
    TACTUS_ASSERT(compute, "every unary op has a meaning");
    mapUnary<T>(operands[0], result, compute);
  } else {
    Binary<T> compute = integerBinary<T>(op);
    TACTUS_ASSERT(compute, "every binary op has a meaning");
    mapBinary<T>(operands[0], operands[1], result, compute);
  }
}

} // namespace

Tensor evalElementwise(Operation *op, Operands operands) {
  if (auto clamp = dyn_cast<ir::ClampOp>(op))
    return dispatch(operands[0].elementType(), [&](auto tag) {
      return evalClamp<decltype(tag)>(clamp, operands);
    });
  Tensor result = Tensor::zeros(staticType(op->getResult(0)));
  dispatch(result.elementType(),
           [&](auto tag) { evalTyped<decltype(tag)>(op, operands, result); });
  return result;
}

} // namespace tactus::interpreter
