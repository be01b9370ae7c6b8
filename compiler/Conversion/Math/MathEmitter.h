//===- MathEmitter.h - Floating-point functions as arithmetic ---*- C++ -*-===//
//
// Every function is built from +, -, *, / and bit patterns, so that compiled
// code calls no library, and is accurate to 2 units in the last place for every
// input. Where one rounding more would cost that, values are pairs: an
// unevaluated sum of a number and a correction below its last place (Dekker,
// 1971).
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_COMPILER_CONVERSION_MATH_MATHEMITTER_H
#define TACTUS_COMPILER_CONVERSION_MATH_MATHEMITTER_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"

namespace tactus {

/// What the processor has for floating-point code.
struct MathMachine {
  /// A multiply and an add with one rounding, as an instruction.
  bool fma = true;
  /// Scaling by powers of two on 512-bit vectors, as an instruction.
  bool avx512 = false;
};

/// The sum of both, `lo` being small beside `hi`.
struct Pair {
  mlir::Value hi, lo;
};

/// Builds arithmetic on values of one type: f32 or f64, or vectors of them.
class MathEmitter {
public:
  MathEmitter(mlir::OpBuilder &builder, mlir::Location loc, mlir::Type type,
              MathMachine machine);

  //===--------------------------------------------------------------------===//
  // Single operations
  //===--------------------------------------------------------------------===//

  mlir::Value constant(double value);
  mlir::Value add(mlir::Value a, mlir::Value b);
  mlir::Value sub(mlir::Value a, mlir::Value b);
  mlir::Value mul(mlir::Value a, mlir::Value b);
  mlir::Value div(mlir::Value a, mlir::Value b);
  mlir::Value neg(mlir::Value a);
  mlir::Value abs(mlir::Value a);
  /// `magnitude` with the sign of `sign`.
  mlir::Value copySign(mlir::Value magnitude, mlir::Value sign);
  /// a * b + c, rounded once where the machine can, else twice.
  mlir::Value mulAdd(mlir::Value a, mlir::Value b, mlir::Value c);
  /// The same rounded once on every machine, but for the last bits of what is
  /// below 2^-100 where the machine cannot.
  mlir::Value mulAddOnce(mlir::Value a, mlir::Value b, mlir::Value c);
  /// Ordered comparisons: false where one side is NaN.
  mlir::Value less(mlir::Value a, mlir::Value b);
  mlir::Value lessEqual(mlir::Value a, mlir::Value b);
  mlir::Value isNaN(mlir::Value a);
  mlir::Value select(mlir::Value condition, mlir::Value a, mlir::Value b);
  Pair select(mlir::Value condition, Pair a, Pair b);
  /// At least `low` or at most `high`; NaN stays.
  mlir::Value atLeast(mlir::Value a, double low);
  mlir::Value atMost(mlir::Value a, double high);
  /// The coefficients' lowest degree first.
  mlir::Value polynomial(mlir::Value x, llvm::ArrayRef<double> coefficients);

  //===--------------------------------------------------------------------===//
  // Pairs
  //===--------------------------------------------------------------------===//

  /// a + b exactly, for |a| >= |b|.
  Pair fastTwoSum(mlir::Value a, mlir::Value b);
  /// a + b exactly.
  Pair twoSum(mlir::Value a, mlir::Value b);
  /// a * b exactly, but for underflow.
  Pair twoProduct(mlir::Value a, mlir::Value b);
  /// a + b for |a| >= |b.hi|.
  Pair addTo(mlir::Value a, Pair b);
  Pair multiply(Pair a, Pair b);
  Pair divide(Pair a, Pair b);
  Pair negate(Pair a);
  /// The nearest single value.
  mlir::Value round(Pair a);
  /// a * b, rounded to a single value.
  mlir::Value multiplyRounded(mlir::Value a, Pair b);

  //===--------------------------------------------------------------------===//
  // Powers of two
  //===--------------------------------------------------------------------===//

  /// An integer between -1200 and 1100 (f64), or -220 and 130 (f32), as the
  /// bits of an integer of the element's width.
  struct Exponent {
    mlir::Value bits;
  };
  Exponent zeroExponent();
  Exponent select(mlir::Value condition, Exponent a, Exponent b);
  mlir::Value isZero(Exponent n);
  /// a * 2^n, rounded once, also where the result is subnormal.
  mlir::Value scale(mlir::Value a, Exponent n);
  Pair scale(Pair a, Exponent n);

  //===--------------------------------------------------------------------===//
  // The exponential function
  //===--------------------------------------------------------------------===//

  /// e^t as mantissa * 2^exponent, mantissa being 1 + fraction and within
  /// [0.7, 1.42].
  struct Exponential {
    Pair mantissa, fraction;
    Exponent exponent;
  };
  /// For arguments whose result's exponent is within Exponent's range. `t.lo`
  /// may be null, for 0.
  Exponential exponential(Pair t);
  /// e^t as (1 + fraction) * 2^exponent, the fraction being within a unit in
  /// the last place of 1: half the work.
  struct RoundedExponential {
    mlir::Value fraction;
    Exponent exponent;
  };
  RoundedExponential roundedExponential(Pair t);
  Pair power(const Exponential &e) { return scale(e.mantissa, e.exponent); }
  /// e^t - 1 for t <= 0.
  Pair expMinusOne(Pair t);

  /// Below this, e^t is less than half of the smallest number.
  double leastExponent() const { return isDouble ? -746 : -104.5; }
  /// From here on, 1 + e^-t rounds to 1.
  double oneExponent() const { return isDouble ? 40 : 20; }

  MathMachine getMachine() const { return machine; }

  bool isDouble;
  mlir::OpBuilder &builder;
  mlir::Location loc;
  mlir::Type type;
  /// Integers of the elements' width.
  mlir::Type bitsType;

  mlir::Value integer(int64_t value);
  mlir::Value bitsOf(mlir::Value a);
  mlir::Value fromBits(mlir::Value bits);

private:
  /// Number of bits after the leading one.
  int64_t mantissaBits() const { return isDouble ? 52 : 23; }
  int64_t bias() const { return isDouble ? 1023 : 127; }
  /// 2^n for normal results.
  mlir::Value powerOfTwo(mlir::Value n);
  /// t - exponent * ln 2, as the sum of a number that is exact and a small one.
  struct Remainder {
    mlir::Value exact, rest;
    Exponent exponent;
  };
  Remainder remainderOfLog2(Pair t);
  /// (e^r - 1 - r) / r^2 for |r| <= ln 2 / 2.
  mlir::Value expQuotient(mlir::Value r);
  /// The upper half of the digits of `a`.
  mlir::Value upperHalf(mlir::Value a);

  MathMachine machine;
};

/// A vector like `like`, or a scalar, of another element type.
mlir::Type withElementType(mlir::Type like, mlir::Type elementType);

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_MATH_MATHEMITTER_H
