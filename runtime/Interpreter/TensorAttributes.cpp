//===- TensorAttributes.cpp - Tensors as MLIR types and attributes --------===//
#include "runtime/Interpreter/TensorAttributes.h"
#include "mlir/IR/Builders.h"
#include "runtime/Support/Assert.h"
#include <cstring>

using namespace mlir;

namespace tactus {

ElementType elementTypeOf(Type type) {
  if (type.isF32())
    return ElementType::F32;
  if (type.isF64())
    return ElementType::F64;
  if (type.isF16())
    return ElementType::F16;
  if (type.isBF16())
    return ElementType::BF16;
  if (type.isUnsignedInteger(8))
    return ElementType::U8;
  switch (type.getIntOrFloatBitWidth()) {
  case 1:
    return ElementType::I1;
  case 8:
    return ElementType::I8;
  case 16:
    return ElementType::I16;
  case 32:
    return ElementType::I32;
  case 64:
    return ElementType::I64;
  }
  TACTUS_ASSERT(false, "the dialect has no other element types");
  return ElementType::F32;
}

Type toMlirType(MLIRContext *context, ElementType type) {
  Builder builder(context);
  switch (type) {
  case ElementType::F32:
    return builder.getF32Type();
  case ElementType::F64:
    return builder.getF64Type();
  case ElementType::F16:
    return builder.getF16Type();
  case ElementType::BF16:
    return builder.getBF16Type();
  case ElementType::I1:
    return builder.getI1Type();
  case ElementType::I8:
    return builder.getI8Type();
  case ElementType::U8:
    return builder.getIntegerType(8, /*isSigned=*/false);
  case ElementType::I16:
    return builder.getI16Type();
  case ElementType::I32:
    return builder.getI32Type();
  case ElementType::I64:
    return builder.getI64Type();
  }
  return {};
}

RankedTensorType toMlirType(MLIRContext *context, const TensorType &type) {
  SmallVector<int64_t> shape;
  for (const Dimension &dimension : type.dimensions)
    shape.push_back(dimension.isStatic() ? dimension.size()
                                         : ShapedType::kDynamic);
  return RankedTensorType::get(shape, toMlirType(context, type.elementType));
}

TensorType tensorTypeOf(RankedTensorType type) {
  TACTUS_ASSERT(type.hasStaticShape(), "only static types have sizes");
  return {elementTypeOf(type.getElementType()),
          {type.getShape().begin(), type.getShape().end()}};
}

/// Constants keep an i1 as a bit where it is a splat, else as a byte.
static void copyElements(DenseElementsAttr attribute, Tensor &tensor) {
  char *out = static_cast<char *>(tensor.mutableRawData());
  if (tensor.elementType() == ElementType::I1) {
    for (bool element : attribute.getValues<bool>())
      *out++ = element;
    return;
  }
  ArrayRef<char> raw = attribute.getRawData();
  int64_t times = attribute.isSplat() ? tensor.numElements() : 1;
  for (int64_t i = 0; i < times; ++i, out += raw.size())
    std::memcpy(out, raw.data(), raw.size());
}

Tensor tensorOfAttribute(DenseElementsAttr attribute) {
  Tensor tensor =
      Tensor::zeros(tensorTypeOf(cast<RankedTensorType>(attribute.getType())));
  if (tensor.numElements() != 0)
    copyElements(attribute, tensor);
  return tensor;
}

DenseElementsAttr attributeOfTensor(MLIRContext *context,
                                    const Tensor &tensor) {
  RankedTensorType type = toMlirType(context, tensor.type());
  if (tensor.elementType() == ElementType::I1) {
    std::span<const bool> elements = tensor.data<bool>();
    return DenseElementsAttr::get(type,
                                  ArrayRef(elements.data(), elements.size()));
  }
  return DenseElementsAttr::getFromRawBuffer(
      type, ArrayRef(static_cast<const char *>(tensor.rawData()),
                     size_t(tensor.byteSize())));
}

} // namespace tactus
