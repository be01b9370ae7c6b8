//===- Expander.cpp - One op as arithmetic --------------------------------===//
#include "compiler/Conversion/Math/Expander.h"
#include "compiler/Conversion/Math/Functions.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace tactus {

Expander::Expander(OpBuilder &builder, Operation *op, MathMachine machine,
                   bool halfFloats)
    : builder(builder), op(op), loc(op->getLoc()),
      elementType(getElementTypeOrSelf(op->getResult(0).getType())),
      machine(machine), conversions(builder, loc, halfFloats) {}

Value Expander::asSignless(Value value) {
  Type type = getElementTypeOrSelf(value.getType());
  if (!type.isUnsignedInteger())
    return value;
  Type signless = withElementType(
      value.getType(), builder.getIntegerType(type.getIntOrFloatBitWidth()));
  return UnrealizedConversionCastOp::create(builder, loc, signless, value)
      .getResult(0);
}

Value Expander::operand(unsigned index) {
  return asSignless(op->getOperand(index));
}

Value Expander::integer(Type like, int64_t value) {
  auto type = cast<IntegerType>(getElementTypeOrSelf(like));
  auto element = builder.getIntegerAttr(
      type, APInt(type.getWidth(), uint64_t(value), /*isSigned=*/false,
                  /*implicitTrunc=*/true));
  if (auto vector = dyn_cast<VectorType>(like))
    return arith::ConstantOp::create(builder, loc,
                                     DenseElementsAttr::get(vector, element));
  return arith::ConstantOp::create(builder, loc, element);
}

Value Expander::expand() {
  Value result;
  if (auto cast = dyn_cast<ir::CastOp>(op))
    result = expandCast(cast);
  else if (isa<ir::QuantizeOp, ir::DequantizeOp, ir::RequantizeOp>(op))
    result = expandQuantization();
  else if (Value logic = expandLogic())
    result = logic;
  else if (isa<FloatType>(elementType))
    result = expandFloat();
  else
    result = expandInteger();
  Type wanted = op->getResult(0).getType();
  if (!result || result.getType() == wanted)
    return result;
  return UnrealizedConversionCastOp::create(builder, loc, wanted, result)
      .getResult(0);
}

Value Expander::expandCast(ir::CastOp cast) {
  Type from = getElementTypeOrSelf(cast.getInput().getType());
  return conversions.convert(operand(0), from, elementType);
}

//===----------------------------------------------------------------------===//
// Floats
//===----------------------------------------------------------------------===//

Value Expander::expandFloat() {
  Type wide = Conversions::computed(elementType);
  MathEmitter m(builder, loc, withElementType(op->getResult(0).getType(), wide),
                machine);
  SmallVector<Value> in;
  for (Value value : op->getOperands())
    in.push_back(conversions.convert(value, elementType, wide));

  Value result =
      llvm::TypeSwitch<Operation *, Value>(op)
          .Case([&](ir::AddOp) { return m.add(in[0], in[1]); })
          .Case([&](ir::SubOp) { return m.sub(in[0], in[1]); })
          .Case([&](ir::MulOp) { return m.mul(in[0], in[1]); })
          .Case([&](ir::DivOp) { return m.div(in[0], in[1]); })
          .Case([&](ir::MaximumOp) -> Value {
            return arith::MaximumFOp::create(builder, loc, in[0], in[1]);
          })
          .Case([&](ir::MinimumOp) -> Value {
            return arith::MinimumFOp::create(builder, loc, in[0], in[1]);
          })
          .Case([&](ir::NegOp) { return m.neg(in[0]); })
          .Case([&](ir::ExpOp) { return math::exp(m, in[0]); })
          .Case([&](ir::LogOp) { return math::log(m, in[0]); })
          .Case([&](ir::SqrtOp) -> Value {
            return mlir::math::SqrtOp::create(builder, loc, in[0]);
          })
          .Case([&](ir::ReciprocalOp) { return m.div(m.constant(1), in[0]); })
          .Case([&](ir::RsqrtOp) -> Value {
            Value root = mlir::math::SqrtOp::create(builder, loc, in[0]);
            return m.div(m.constant(1), root);
          })
          .Case([&](ir::Log1pOp) { return math::log1p(m, in[0]); })
          .Case([&](ir::Expm1Op) { return math::expm1(m, in[0]); })
          .Case([&](ir::SinhOp) { return math::sinh(m, in[0]); })
          .Case([&](ir::CoshOp) { return math::cosh(m, in[0]); })
          .Case([&](ir::AsinhOp) { return math::asinh(m, in[0]); })
          .Case([&](ir::AcoshOp) { return math::acosh(m, in[0]); })
          .Case([&](ir::AtanhOp) { return math::atanh(m, in[0]); })
          .Case([&](ir::ErfOp) { return math::erf(m, in[0]); })
          .Case([&](ir::ErfcOp) { return math::erfc(m, in[0]); })
          .Case([&](ir::CbrtOp) { return math::cbrt(m, in[0]); })
          .Case([&](ir::SinOp) { return math::sin(m, in[0]); })
          .Case([&](ir::CosOp) { return math::cos(m, in[0]); })
          .Case([&](ir::TanOp) { return math::tan(m, in[0]); })
          .Case([&](ir::AsinOp) { return math::asin(m, in[0]); })
          .Case([&](ir::AcosOp) { return math::acos(m, in[0]); })
          .Case([&](ir::AtanOp) { return math::atan(m, in[0]); })
          .Case([&](ir::PowOp) { return math::pow(m, in[0], in[1]); })
          .Case([&](ir::ModOp mod) {
            return math::modulo(m, in[0], in[1], mod.getFmod());
          })
          .Case([&](ir::ClampOp) -> Value {
            Value raised =
                arith::MaximumFOp::create(builder, loc, in[0], in[1]);
            return arith::MinimumFOp::create(builder, loc, raised, in[2]);
          })
          .Case([&](ir::AbsOp) { return m.abs(in[0]); })
          .Case([&](ir::SignOp) { return math::sign(m, in[0]); })
          .Case([&](ir::FloorOp) -> Value {
            return mlir::math::FloorOp::create(builder, loc, in[0]);
          })
          .Case([&](ir::CeilOp) -> Value {
            return mlir::math::CeilOp::create(builder, loc, in[0]);
          })
          .Case([&](ir::RoundOp) -> Value {
            return mlir::math::RoundEvenOp::create(builder, loc, in[0]);
          })
          .Case([&](ir::TruncOp) -> Value {
            return mlir::math::TruncOp::create(builder, loc, in[0]);
          })
          .Case([&](ir::PreluOp) { return math::leakyRelu(m, in[0], in[1]); })
          .Default([&](Operation *) {
            return in.size() == 1 ? expandFloatActivation(m, in[0]) : Value();
          });
  return result ? conversions.convert(result, wide, elementType) : result;
}

/// A parameter as the number of the type that is computed in.
static double parameter(const MathEmitter &m, const APFloat &value) {
  double number = value.convertToDouble();
  return m.isDouble ? number : double(float(number));
}

Value Expander::expandFloatActivation(MathEmitter &m, Value x) {
  auto number = [&](const APFloat &value) { return parameter(m, value); };
  return llvm::TypeSwitch<Operation *, Value>(op)
      .Case([&](ir::ReluOp) { return math::relu(m, x); })
      .Case([&](ir::Relu6Op) { return m.atMost(math::relu(m, x), 6); })
      .Case([&](ir::LeakyReluOp relu) {
        return math::leakyRelu(m, x, m.constant(number(relu.getAlpha())));
      })
      .Case([&](ir::EluOp elu) {
        return math::elu(m, x, number(elu.getAlpha()));
      })
      .Case([&](ir::SeluOp selu) {
        return math::selu(m, x, number(selu.getAlpha()),
                          number(selu.getGamma()));
      })
      .Case([&](ir::CeluOp celu) {
        return math::celu(m, x, number(celu.getAlpha()));
      })
      .Case([&](ir::SigmoidOp) { return math::sigmoid(m, x); })
      .Case([&](ir::TanhOp) { return math::tanh(m, x); })
      .Case([&](ir::GeluOp gelu) {
        return gelu.getApproximate() == ir::GeluForm::tanh
                   ? math::geluTanh(m, x)
                   : math::geluErf(m, x);
      })
      .Case([&](ir::SiluOp) { return math::silu(m, x); })
      .Case([&](ir::MishOp) { return math::mish(m, x); })
      .Case([&](ir::SoftplusOp) { return math::softplus(m, x); })
      .Case([&](ir::SoftsignOp) { return math::softsign(m, x); })
      .Case([&](ir::HardSigmoidOp hard) {
        return math::hardSigmoid(m, x, number(hard.getAlpha()),
                                 number(hard.getBeta()));
      })
      .Case([&](ir::HardSwishOp) { return math::hardSwish(m, x); })
      .Case([&](ir::HardTanhOp hard) {
        return math::clamp(m, x, number(hard.getMin()), number(hard.getMax()));
      })
      .Case([&](ir::ThresholdedReluOp relu) {
        return math::thresholdedRelu(m, x, number(relu.getAlpha()));
      })
      .Default(Value());
}

//===----------------------------------------------------------------------===//
// Integers
//===----------------------------------------------------------------------===//

Value Expander::expandInteger() {
  Value a = operand(0);
  Value b = op->getNumOperands() > 1 ? operand(1) : Value();
  bool isUnsigned = elementType.isUnsignedInteger() || elementType.isInteger(1);
  auto maximum = [&](Value lhs, Value rhs) -> Value {
    if (isUnsigned)
      return arith::MaxUIOp::create(builder, loc, lhs, rhs);
    return arith::MaxSIOp::create(builder, loc, lhs, rhs);
  };
  auto minimum = [&](Value lhs, Value rhs) -> Value {
    if (isUnsigned)
      return arith::MinUIOp::create(builder, loc, lhs, rhs);
    return arith::MinSIOp::create(builder, loc, lhs, rhs);
  };
  return llvm::TypeSwitch<Operation *, Value>(op)
      .Case([&](ir::AddOp) -> Value {
        return arith::AddIOp::create(builder, loc, a, b);
      })
      .Case([&](ir::SubOp) -> Value {
        return arith::SubIOp::create(builder, loc, a, b);
      })
      .Case([&](ir::MulOp) -> Value {
        return arith::MulIOp::create(builder, loc, a, b);
      })
      .Case([&](ir::DivOp) { return divideIntegers(a, b); })
      .Case([&](ir::ModOp mod) { return modulo(a, b, mod.getFmod()); })
      .Case([&](ir::PowOp) { return power(a, b); })
      .Case([&](ir::MaximumOp) { return maximum(a, b); })
      .Case([&](ir::MinimumOp) { return minimum(a, b); })
      .Case([&](ir::ClampOp) { return minimum(maximum(a, b), operand(2)); })
      .Case([&](ir::AbsOp) { return absolute(a); })
      .Case([&](ir::SignOp) {
        // Between -1 and 1 an integer is its own sign.
        Value atMostOne = minimum(a, integer(a.getType(), 1));
        return isUnsigned ? atMostOne
                          : maximum(atMostOne, integer(a.getType(), -1));
      })
      .Case([&](ir::NegOp) -> Value {
        return arith::SubIOp::create(builder, loc, integer(a.getType(), 0), a);
      })
      .Case([&](ir::ReluOp) { return maximum(a, integer(a.getType(), 0)); })
      .Default(Value());
}

/// x / 0 is 0 and the least number over -1 itself, without trapping.
Value Expander::divideIntegers(Value a, Value b) {
  Type type = a.getType();
  Value zero = integer(type, 0), one = integer(type, 1);
  auto equals = [&](int64_t value) -> Value {
    return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, b,
                                 integer(type, value));
  };
  auto pick = [&](Value condition, Value x, Value y) -> Value {
    return arith::SelectOp::create(builder, loc, condition, x, y);
  };
  Value isZero = equals(0);
  if (elementType.isUnsignedInteger()) {
    Value quotient =
        arith::DivUIOp::create(builder, loc, a, pick(isZero, one, b));
    return pick(isZero, zero, quotient);
  }
  Value isMinusOne = equals(-1);
  Value isUnsafe = arith::OrIOp::create(builder, loc, isZero, isMinusOne);
  Value quotient =
      arith::DivSIOp::create(builder, loc, a, pick(isUnsafe, one, b));
  Value negated = arith::SubIOp::create(builder, loc, zero, a);
  return pick(isZero, zero, pick(isMinusOne, negated, quotient));
}

/// The lowest number stays, as it does where integers wrap.
Value Expander::absolute(Value a) {
  if (elementType.isUnsignedInteger())
    return a;
  Value negated =
      arith::SubIOp::create(builder, loc, integer(a.getType(), 0), a);
  return arith::MaxSIOp::create(builder, loc, a, negated);
}

/// x modulo 0 is 0; with the sign of the divisor, or of the dividend.
Value Expander::modulo(Value a, Value b, bool isFmod) {
  Value product = arith::MulIOp::create(builder, loc, divideIntegers(a, b), b);
  Value rest = arith::SubIOp::create(builder, loc, a, product);
  Value zero = integer(a.getType(), 0);
  auto compare = [&](arith::CmpIPredicate predicate, Value x) -> Value {
    return arith::CmpIOp::create(builder, loc, predicate, x, zero);
  };
  if (!isFmod && !elementType.isUnsignedInteger()) {
    Value differs = arith::XOrIOp::create(builder, loc, rest, b);
    Value moves = arith::AndIOp::create(
        builder, loc, compare(arith::CmpIPredicate::slt, differs),
        compare(arith::CmpIPredicate::ne, rest));
    Value moved = arith::AddIOp::create(builder, loc, rest, b);
    rest = arith::SelectOp::create(builder, loc, moves, moved, rest);
  }
  return arith::SelectOp::create(
      builder, loc, compare(arith::CmpIPredicate::eq, b), zero, rest);
}

//===----------------------------------------------------------------------===//
// Quantization
//===----------------------------------------------------------------------===//

Value Expander::expandQuantization() {
  Type single = builder.getF32Type(), medium = builder.getI32Type();
  Type floats = withElementType(op->getResult(0).getType(), single);
  MathEmitter m(builder, loc, floats, machine);
  Value scale = operand(1);
  Value zeroPoint = op->getNumOperands() > 2 ? operand(2) : Value();
  if (isa<ir::QuantizeOp>(op))
    return expandQuantize(m.div(operand(0), scale), zeroPoint);
  if (isa<ir::RequantizeOp>(op)) {
    Value input = conversions.convert(operand(0), medium, single);
    return expandQuantize(m.mul(input, scale), zeroPoint);
  }
  Type from = getElementTypeOrSelf(op->getOperand(0).getType());
  Value input = conversions.convert(operand(0), from, medium);
  if (zeroPoint)
    input = arith::SubIOp::create(builder, loc, input, zeroPoint);
  return m.mul(conversions.convert(input, medium, single), scale);
}

Value Expander::expandQuantize(Value scaled, Value zeroPoint) {
  bool isUnsigned = elementType.isUnsignedInteger();
  int64_t low = isUnsigned ? 0 : -128, high = isUnsigned ? 255 : 127;
  Type medium = builder.getI32Type();
  auto within = [&](Value value) -> Value {
    value = arith::MaxSIOp::create(builder, loc, value,
                                   integer(value.getType(), low));
    return arith::MinSIOp::create(builder, loc, value,
                                  integer(value.getType(), high));
  };
  Value nearest = mlir::math::RoundEvenOp::create(builder, loc, scaled);
  if (!zeroPoint)
    return conversions.convert(conversions.truncate(nearest, low, high, medium),
                               medium, elementType);
  // What is further away saturates with any zero point.
  Value steps = conversions.truncate(nearest, -512, 511, medium);
  Value moved = arith::AddIOp::create(builder, loc, steps, within(zeroPoint));
  return conversions.convert(within(moved), medium, elementType);
}

} // namespace tactus
