//===- ProgramBuilder.cpp - Instructions with their tokens ----------------===//
#include "compiler/Transforms/Systolic/ProgramBuilder.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace tactus::systolic {

Value ProgramBuilder::alloc(int64_t rows, Type space) {
  return AllocOp::create(builder, loc, space, builder.getI64IntegerAttr(rows),
                         IntegerAttr());
}

NamedAttribute ProgramBuilder::number(StringRef name, int64_t value) {
  return builder.getNamedAttr(name, builder.getI64IntegerAttr(value));
}

Operation *ProgramBuilder::create(StringRef name, ValueRange operands,
                                  ArrayRef<int32_t> segments,
                                  NamedAttrList attributes, ValueRange reads,
                                  ValueRange writes) {
  llvm::SetVector<Value> waits;
  for (Value buffer : reads)
    if (Value writer = accesses[buffer].writer)
      waits.insert(writer);
  for (Value buffer : writes) {
    if (Value writer = accesses[buffer].writer)
      waits.insert(writer);
    waits.insert_range(accesses[buffer].readers);
  }
  OperationState state(loc, name);
  state.addOperands(operands);
  state.addOperands(waits.getArrayRef());
  state.addTypes(TokenType::get(builder.getContext()));
  attributes.append(number("layer", layer));
  if (!segments.empty()) {
    SmallVector<int32_t> sizes(segments);
    sizes.push_back(int32_t(waits.size()));
    attributes.append("operandSegmentSizes",
                      builder.getDenseI32ArrayAttr(sizes));
  }
  state.addAttributes(attributes);
  Operation *op = builder.create(state);
  Value token = op->getResult(0);
  for (Value buffer : reads)
    accesses[buffer].readers.push_back(token);
  for (Value buffer : writes)
    accesses[buffer] = {token, {}};
  return op;
}

void ProgramBuilder::load(const Transfer &t) {
  NamedAttrList attributes;
  attributes.append(number("offset", t.offset));
  attributes.append(number("dram_stride", t.dramStride));
  attributes.append(number("rows", t.rows));
  attributes.append(number("row_bytes", t.rowBytes));
  attributes.append(number("stride", t.localStride));
  if (t.broadcast)
    attributes.append("broadcast_row", builder.getUnitAttr());
  create(DmaLoadOp::getOperationName(), {t.dram, t.local}, {1, 1}, attributes,
         t.dram, t.local);
}

void ProgramBuilder::store(const Transfer &t) {
  NamedAttrList attributes;
  attributes.append(number("offset", t.offset));
  attributes.append(number("dram_stride", t.dramStride));
  attributes.append(number("rows", t.rows));
  attributes.append(number("row_bytes", t.rowBytes));
  attributes.append(number("stride", t.localStride));
  // Stores go to places of their own and keep their order, so they do not wait
  // for each other; who reads the tensor waits for the last.
  create(DmaStoreOp::getOperationName(), {t.local, t.dram}, {}, attributes,
         t.local, t.dram);
}

void ProgramBuilder::loadWeights(Value source, int64_t k, int64_t n,
                                 int64_t offset, int64_t stride) {
  NamedAttrList attributes;
  attributes.append(
      "element", ElementKindAttr::get(builder.getContext(), ElementKind::i8));
  attributes.append(number("k", k));
  attributes.append(number("n", n));
  attributes.append(number("offset", offset));
  attributes.append(number("stride", stride));
  create(LoadWeightsOp::getOperationName(), source, {}, attributes, source, {});
}

void ProgramBuilder::multiply(Value input, Value sums, int64_t k, int64_t rows,
                              bool accumulate) {
  NamedAttrList attributes;
  attributes.append(
      "element", ElementKindAttr::get(builder.getContext(), ElementKind::i8));
  attributes.append(number("k", k));
  attributes.append("counts", builder.getDenseI64ArrayAttr({1, 1, rows}));
  attributes.append("strides", builder.getDenseI64ArrayAttr({0, 0, 1}));
  attributes.append("switch_weights", builder.getUnitAttr());
  if (accumulate)
    attributes.append("accumulate", builder.getUnitAttr());
  create(MatmulOp::getOperationName(), {input, sums}, {}, attributes, input,
         sums);
}

void ProgramBuilder::drain(const Drain &d) {
  MLIRContext *context = builder.getContext();
  NamedAttrList attributes;
  attributes.append("input", ElementKindAttr::get(context, ElementKind::i32));
  attributes.append("output",
                    ElementKindAttr::get(context, d.scale ? ElementKind::i8
                                                          : ElementKind::i32));
  attributes.append(number("rows", d.rows));
  attributes.append(number("columns", d.columns));
  attributes.append(number("stride", d.stride));
  attributes.append(
      "function", FunctionKindAttr::get(context, d.relu ? FunctionKind::relu
                                                        : FunctionKind::none));
  if (d.scale) {
    attributes.append("scale", builder.getF32FloatAttr(*d.scale));
    attributes.append(number("zero_point", d.zeroPoint));
  }
  create(ActivateOp::getOperationName(), {d.sums, d.destination},
         {1, 1, 0, 0, 0}, attributes, d.sums, d.destination);
}

void ProgramBuilder::halt() {
  HaltOp::create(builder, loc, builder.getI64IntegerAttr(layer));
}

} // namespace tactus::systolic
