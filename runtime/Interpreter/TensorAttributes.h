//===- TensorAttributes.h - Tensors as MLIR attributes ----------*- C++ -*-===//
//-*-===//
#ifndef TACTUS_RUNTIME_INTERPRETER_TENSORATTRIBUTES_H
#define TACTUS_RUNTIME_INTERPRETER_TENSORATTRIBUTES_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "tactus/Tensor.h"

namespace tactus {

/// The element type of the runtime that an element type of the dialect stands
/// for; verified ops have no other.
ElementType elementTypeOf(mlir::Type type);
mlir::Type toMlirType(mlir::MLIRContext *context, ElementType type);

/// Named dimensions become dynamic ones; their names are lost.
mlir::RankedTensorType toMlirType(mlir::MLIRContext *context,
                                  const TensorType &type);
/// A static type of the dialect.
TensorType tensorTypeOf(mlir::RankedTensorType type);

/// The elements of a constant; a splat is written out.
Tensor tensorOfAttribute(mlir::DenseElementsAttr attribute);
mlir::DenseElementsAttr attributeOfTensor(mlir::MLIRContext *context,
                                          const Tensor &tensor);

} // namespace tactus

#endif // TACTUS_RUNTIME_INTERPRETER_TENSORATTRIBUTES_H
