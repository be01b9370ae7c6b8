//===- Conversions.h - Between element types --------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_MATH_CONVERSIONS_H
#define TACTUS_COMPILER_CONVERSION_MATH_CONVERSIONS_H

#include "mlir/IR/Builders.h"

namespace tactus {

/// Builds conversions of scalars and vectors between the dialect's element
/// types as `tactus.cast` defines them: one rounding, saturation from floats to
/// integers, wrapping between integers. Values of ui8 are signless here, so an
/// element type says what is meant.
class Conversions {
public:
  /// `halfFloats`: the processor converts between f16 and f32.
  Conversions(mlir::OpBuilder &builder, mlir::Location loc, bool halfFloats)
      : builder(builder), loc(loc), halfFloats(halfFloats) {}

  mlir::Value convert(mlir::Value value, mlir::Type from, mlir::Type to);
  /// The type in which ops on `elementType` are computed: f32 for f16 and bf16.
  static mlir::Type computed(mlir::Type elementType);
  /// The integers between `low` and `high` nearest to zero's side of `value`;
  /// NaN gives 0. The result is i32, or i64 for wider bounds.
  mlir::Value truncate(mlir::Value value, int64_t low, int64_t high,
                       mlir::Type integer);

private:
  mlir::Value toFloat(mlir::Value value, mlir::Type from, mlir::Type to);
  mlir::Value toInteger(mlir::Value value, mlir::Type from, mlir::Type to);
  mlir::Value betweenFloats(mlir::Value value, mlir::Type from, mlir::Type to);
  mlir::Value betweenIntegers(mlir::Value value, mlir::Type from,
                              mlir::Type to);
  mlir::Value halfToSingle(mlir::Value value);
  mlir::Value singleToHalf(mlir::Value value);
  mlir::Value brainToSingle(mlir::Value value);
  mlir::Value singleToBrain(mlir::Value value);
  mlir::Value doubleToSingleOdd(mlir::Value value);
  mlir::Value constant(mlir::Type like, mlir::Attribute element);
  mlir::Value integer(mlir::Type like, int64_t value);
  mlir::Value number(mlir::Type like, double value);
  mlir::Value bitcast(mlir::Value value, mlir::Type elementType);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  bool halfFloats;
};

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_MATH_CONVERSIONS_H
