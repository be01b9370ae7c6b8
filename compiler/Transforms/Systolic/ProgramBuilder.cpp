//===- ProgramBuilder.cpp - Instructions with their tokens ----------------===//
#include "compiler/Transforms/Systolic/ProgramBuilder.h"
#include "dialects/Systolic/Instructions.h"
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

NamedAttribute ProgramBuilder::single(StringRef name, float value) {
  return builder.getNamedAttr(name, builder.getF32FloatAttr(value));
}

NamedAttribute ProgramBuilder::element(StringRef name, ElementKind kind) {
  return builder.getNamedAttr(name,
                              ElementKindAttr::get(builder.getContext(), kind));
}

NamedAttribute ProgramBuilder::flag(StringRef name) {
  return builder.getNamedAttr(name, builder.getUnitAttr());
}

Operation *ProgramBuilder::create(StringRef name, ValueRange operands,
                                  ArrayRef<int32_t> segments,
                                  NamedAttrList attributes,
                                  ArrayRef<Part> reads, ArrayRef<Part> writes) {
  llvm::SetVector<Value> waits;
  auto wait = [&](Value token) {
    if (token)
      waits.insert(token);
  };
  for (const Part &part : reads)
    wait(accesses[{part.buffer, part.index}].writer);
  for (const Part &part : writes) {
    Accesses &known = accesses[{part.buffer, part.index}];
    wait(known.writer);
    for (Value reader : known.readers)
      wait(reader);
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
  size_t queue = size_t(*queueOf(op));
  for (const Part &part : reads)
    accesses[{part.buffer, part.index}].readers[queue] = token;
  for (const Part &part : writes)
    accesses[{part.buffer, part.index}] = {token, {}};
  return op;
}

void ProgramBuilder::load(const Transfer &t) {
  NamedAttrList attributes;
  attributes.append(number("offset", t.dram.offset));
  attributes.append(number("dram_stride", t.broadcast ? 0 : t.dram.stride));
  attributes.append(number("rows", t.rows));
  attributes.append(number("row_bytes", t.bytes));
  attributes.append(number("row", t.local.row));
  attributes.append(number("stride", t.local.stride));
  if (t.broadcast)
    attributes.append(flag("broadcast_row"));
  create(DmaLoadOp::getOperationName(), {t.dram.tensor, t.local.buffer}, {1, 1},
         attributes, t.dram.parts, t.local.parts);
}

void ProgramBuilder::store(const Transfer &t) {
  NamedAttrList attributes;
  attributes.append(number("offset", t.dram.offset));
  attributes.append(number("dram_stride", t.dram.stride));
  attributes.append(number("rows", t.rows));
  attributes.append(number("row_bytes", t.bytes));
  attributes.append(number("row", t.local.row));
  attributes.append(number("stride", t.local.stride));
  create(DmaStoreOp::getOperationName(), {t.local.buffer, t.dram.tensor}, {},
         attributes, t.local.parts, t.dram.parts);
}

void ProgramBuilder::clear(const Rows &local, int64_t rows, int64_t bytes) {
  NamedAttrList attributes;
  attributes.append(number("rows", rows));
  attributes.append(number("row_bytes", bytes));
  attributes.append(number("row", local.row));
  attributes.append(number("stride", local.stride));
  attributes.append(flag("zero_fill"));
  create(DmaLoadOp::getOperationName(), local.buffer, {0, 1}, attributes, {},
         local.parts);
}

void ProgramBuilder::loadWeights(const Weights &w) {
  NamedAttrList attributes;
  attributes.append(element("element", w.type));
  attributes.append(number("k", w.k));
  attributes.append(number("n", w.n));
  attributes.append(number("offset", w.local ? w.local->row : w.dram->offset));
  attributes.append(
      number("stride", w.local ? w.local->stride : w.dram->stride));
  if (w.transpose)
    attributes.append(flag("transpose"));
  create(LoadWeightsOp::getOperationName(),
         w.local ? w.local->buffer : w.dram->tensor, {}, attributes,
         w.local ? w.local->parts : w.dram->parts, {});
}

void ProgramBuilder::multiply(const Multiply &m) {
  NamedAttrList attributes;
  attributes.append(element("element", m.type));
  attributes.append(number("k", m.k));
  attributes.append("counts", builder.getDenseI64ArrayAttr({1, 1, m.rows}));
  attributes.append("strides",
                    builder.getDenseI64ArrayAttr({0, 0, m.input.stride}));
  attributes.append(number("row", m.input.row));
  attributes.append(number("sums_row", m.sums.row));
  attributes.append(number("sums_stride", m.sums.stride));
  if (m.switchWeights)
    attributes.append(flag("switch_weights"));
  if (m.accumulate)
    attributes.append(flag("accumulate"));
  create(MatmulOp::getOperationName(), {m.input.buffer, m.sums.buffer}, {},
         attributes, m.input.parts, m.sums.parts);
}

void ProgramBuilder::activate(const Activation &a) {
  NamedAttrList attributes;
  attributes.append(element("input", a.input));
  attributes.append(element("output", a.output));
  attributes.append(number("rows", a.rows));
  attributes.append(number("columns", a.columns));
  attributes.append(number("sums_row", a.sums.row));
  attributes.append(number("row", a.destination.row));
  attributes.append(number("stride", a.destination.stride));
  attributes.append("function",
                    FunctionKindAttr::get(builder.getContext(), a.function));
  attributes.append(single("alpha", a.alpha));
  attributes.append(single("beta", a.beta));
  attributes.append(single("scale", a.scale));
  attributes.append(single("output_scale", a.outputScale));
  attributes.append(number("zero_point", a.zeroPoint));
  SmallVector<Value> operands = {a.sums.buffer, a.destination.buffer};
  SmallVector<int32_t> segments = {1, 1};
  SmallVector<Part> reads(a.sums.parts.begin(), a.sums.parts.end());
  auto add = [&](const std::optional<Rows> &rows, StringRef name) {
    segments.push_back(rows.has_value());
    if (!rows)
      return;
    operands.push_back(rows->buffer);
    attributes.append(number(name, rows->row));
    reads.append(rows->parts.begin(), rows->parts.end());
  };
  add(a.scales, "scales_row");
  add(a.slopes, "slopes_row");
  add(a.residual, "residual_row");
  if (a.residual)
    attributes.append(number("residual_stride", a.residual->stride));
  if (a.residualFirst)
    attributes.append(flag("residual_first"));
  create(ActivateOp::getOperationName(), operands, segments, attributes, reads,
         a.destination.parts);
}

void ProgramBuilder::work(const VectorWork &w) {
  MLIRContext *context = builder.getContext();
  NamedAttrList attributes;
  attributes.append("kind", VectorKindAttr::get(context, w.kind));
  attributes.append(number("rows", w.rows));
  attributes.append(number("columns", w.columns));
  attributes.append(element("input", w.input));
  attributes.append(element("right_input", w.rightInput));
  attributes.append(element("output", w.output));
  attributes.append("right", RightKindAttr::get(context, w.right));
  attributes.append("function", FunctionKindAttr::get(context, w.function));
  attributes.append(single("alpha", w.alpha));
  attributes.append(single("beta", w.beta));
  attributes.append(single("immediate", w.immediate));
  attributes.append(number("zero_point", w.zeroPoint));
  if (w.negate)
    attributes.append(flag("negate"));
  attributes.append(number("lhs_row", w.lhs.row));
  attributes.append(number("lhs_stride", w.lhs.stride));
  attributes.append(number("row", w.destination.row));
  attributes.append(number("stride", w.destination.stride));
  SmallVector<Value> operands = {w.lhs.buffer};
  SmallVector<Part> reads(w.lhs.parts.begin(), w.lhs.parts.end());
  if (w.rhs) {
    operands.push_back(w.rhs->buffer);
    attributes.append(number("rhs_row", w.rhs->row));
    attributes.append(number("rhs_stride", w.rhs->stride));
    reads.append(w.rhs->parts.begin(), w.rhs->parts.end());
  }
  operands.push_back(w.destination.buffer);
  create(VecOp::getOperationName(), operands, {1, w.rhs ? 1 : 0, 1}, attributes,
         reads, w.destination.parts);
}

void ProgramBuilder::hostCall(const HostWork &work) {
  HostCallOp::create(builder, loc, work.tensor, work.inputs,
                     builder.getI64IntegerAttr(numHostCalls++),
                     builder.getI64IntegerAttr(work.offset),
                     builder.getI64IntegerAttr(work.bytes),
                     FlatSymbolRefAttr::get(builder.getContext(), work.kernel),
                     builder.getI64IntegerAttr(work.kernelResult),
                     builder.getI64IntegerAttr(layer));
  // Everything before it has completed.
  accesses.clear();
}

void ProgramBuilder::halt() {
  HaltOp::create(builder, loc, builder.getI64IntegerAttr(layer));
}

} // namespace tactus::systolic
