//===- Expander.h - One op as arithmetic ------------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_MATH_EXPANDER_H
#define TACTUS_COMPILER_CONVERSION_MATH_EXPANDER_H

#include "compiler/Conversion/Math/Conversions.h"
#include "compiler/Conversion/Math/MathEmitter.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

/// Builds what one elementwise op on vectors or scalars computes. Values of ui8
/// are taken and given as they are typed in the op.
class Expander {
public:
  Expander(mlir::OpBuilder &builder, mlir::Operation *op, MathMachine machine,
           bool halfFloats);

  /// Null for an op that it does not know.
  mlir::Value expand();

private:
  mlir::Value expandFloat();
  mlir::Value expandFloatActivation(MathEmitter &m, mlir::Value x);
  mlir::Value expandInteger();
  /// Comparison, choice, logic and bits; null for other ops.
  mlir::Value expandLogic();
  mlir::Value expandCompare(ir::CompareOp compare);
  mlir::Value expandSelect();
  mlir::Value expandShift();
  /// What is_nan and its like see: a float, in a type that has arithmetic.
  mlir::Value widened(unsigned index);
  mlir::Value expandCast(ir::CastOp cast);
  /// `zeroPoint` is null where there is none.
  mlir::Value expandQuantize(mlir::Value scaled, mlir::Value zeroPoint);
  mlir::Value expandQuantization();
  mlir::Value divideIntegers(mlir::Value a, mlir::Value b);
  mlir::Value modulo(mlir::Value a, mlir::Value b, bool isFmod);
  mlir::Value power(mlir::Value base, mlir::Value exponent);
  mlir::Value absolute(mlir::Value a);

  /// Operand `index`, a ui8 as a signless integer.
  mlir::Value operand(unsigned index);
  mlir::Value asSignless(mlir::Value value);
  mlir::Value integer(mlir::Type like, int64_t value);

  mlir::OpBuilder &builder;
  mlir::Operation *op;
  mlir::Location loc;
  /// The element type of the result.
  mlir::Type elementType;
  MathMachine machine;
  Conversions conversions;
};

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_MATH_EXPANDER_H
