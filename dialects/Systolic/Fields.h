//===- Fields.h - Every operand field, declared once ------------*- C++ -*-===//
//
// `visitFields(visitor, operands)` names the fields of an instruction in order.
// A visitor offers:
//   word(i)                          following fields stand in word i, from bit
//   0 flag(name, bool &)               the next flag of word 0 present(name,
//   optional<T> &)     a flag; true where the fields of T follow bits(name,
//   unsigned &, width)    signedBits(name, int &, width) real(name, float &)
//   choice(name, enum &, count, width, names)
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_DIALECTS_SYSTOLIC_FIELDS_H
#define TACTUS_DIALECTS_SYSTOLIC_FIELDS_H

#include "dialects/Systolic/Encoding.h"
#include <type_traits>

namespace tactus::systolic::detail {

inline constexpr std::array<std::string_view, 2> spaceNames = {"ub", "acc"};
inline constexpr std::array<std::string_view, 2> sourceNames = {"dram", "ub"};
inline constexpr std::array<std::string_view, 1> registerNames = {"fill_value"};
inline constexpr std::array<std::string_view, 10> functionNames = {
    "none",    "relu", "leaky_relu", "prelu",     "clip",
    "sigmoid", "tanh", "gelu",       "gelu_tanh", "silu"};
inline constexpr std::array<std::string_view, numVectorOperations> vectorNames =
    {"add",   "mul",   "max", "row_max", "row_sum", "exp",
     "rsqrt", "apply", "div", "min",     "sqrt",    "log"};
inline constexpr std::array<std::string_view, 3> rightNames = {"rows", "column",
                                                               "immediate"};
inline constexpr std::array<std::string_view, 4> typeNames = {"i8", "bf16",
                                                              "i32", "f32"};
inline constexpr std::array<std::string_view, numQueues> queueNames = {
    "LD", "WL", "MM", "ACT", "ST"};

template <typename Op, typename Kind>
inline constexpr bool is = std::is_same_v<std::remove_const_t<Op>, Kind>;

template <typename Visitor, typename Op> void visitDma(Visitor &v, Op &op) {
  v.word(2);
  v.bits("dram", op.dramAddress, 40);
  v.bits("rows", op.rows, 24);
  v.word(3);
  v.bits("dram_stride", op.dramStride, 40);
  if constexpr (is<Op, DmaLoad>)
    v.bits("pixel_repeat", op.pixelRepeat, 8);
  v.word(4);
  v.bits("row", op.localRow, 32);
  v.bits("stride", op.localStride, 32);
  v.word(5);
  v.bits("row_bytes", op.rowBytes, 32);
}

/// The numbers of a function.
template <typename Visitor, typename Op> void visitBounds(Visitor &v, Op &op) {
  if (op.function == Function::LeakyRelu || op.function == Function::Clip)
    v.real("alpha", op.alpha);
  if (op.function == Function::Clip)
    v.real("beta", op.beta);
}

template <typename Visitor, typename Op>
void visitActivate(Visitor &v, Op &op) {
  // The choices come first: they say which of the other fields exist.
  v.word(7);
  v.choice("function", op.function, 4, functionNames);
  v.choice("input", op.inputType, 2, typeNames);
  v.choice("output", op.outputType, 2, typeNames);
  v.signedBits("zero_point", op.zeroPoint, 8);
  if (v.present("pooling", op.pooling)) {
    v.bits("pool_height", op.pooling->height, 4);
    v.bits("pool_width", op.pooling->width, 4);
    v.bits("pool_stride_y", op.pooling->strideY, 4);
    v.bits("pool_stride_x", op.pooling->strideX, 4);
    v.bits("pool_input_width", op.pooling->inputWidth, 12);
  } else {
    v.skip(28);
  }
  v.word(2);
  v.bits("acc_row", op.accumulatorRow, 32);
  v.bits("rows", op.rows, 24);
  v.word(3);
  v.bits("row", op.destinationRow, 32);
  v.bits("stride", op.destinationStride, 16);
  v.bits("columns", op.columns, 16);
  v.word(4);
  v.flag("per_channel", op.perChannelScale);
  if (op.perChannelScale)
    v.bits("scale_row", op.scaleRow, 32);
  else
    v.real("scale", op.scale);
  v.real("output_scale", op.outputScale);
  v.word(5);
  if (op.function == Function::Prelu)
    v.bits("slope_row", op.slopeRow, 32);
  visitBounds(v, op);
  if (v.present("residual", op.residual)) {
    v.flag("residual_first", op.residual->beforeFunction);
    v.word(6);
    v.bits("residual_row", op.residual->ubRow, 32);
    v.real("residual_scale", op.residual->scale);
    v.wordAt(7, 44);
    v.bits("residual_stride", op.residual->stride, 16);
  }
}

template <typename Visitor, typename Op> void visitVec(Visitor &v, Op &op) {
  v.word(5);
  v.choice("operation", op.operation, 4, vectorNames);
  v.choice("input", op.inputType, 2, typeNames);
  v.choice("output", op.outputType, 2, typeNames);
  v.signedBits("zero_point", op.zeroPoint, 8);
  if (op.operation == VectorOperation::Apply)
    v.choice("function", op.function, 4, functionNames);
  if (op.hasRightOperand()) {
    v.choice("right", op.rightOperand, 2, rightNames);
    v.flag("negate", op.negate);
  }
  v.word(2);
  v.bits("rows", op.rows, 24);
  v.bits("columns", op.columns, 16);
  v.word(3);
  v.bits("lhs_row", op.lhs.row, 32);
  v.bits("lhs_stride", op.lhs.stride, 16);
  v.choice("lhs", op.lhs.space, 1, spaceNames);
  v.word(4);
  v.bits("row", op.destination.row, 32);
  v.bits("stride", op.destination.stride, 16);
  v.choice("to", op.destination.space, 1, spaceNames);
  v.word(6);
  if (op.readsRightRows()) {
    v.bits("rhs_row", op.rhs.row, 32);
    v.bits("rhs_stride", op.rhs.stride, 16);
    v.choice("rhs", op.rhs.space, 1, spaceNames);
    v.choice("right_input", op.rightType, 2, typeNames);
  } else if (op.hasRightOperand()) {
    v.real("immediate", op.immediate);
  }
  v.word(7);
  visitBounds(v, op);
}

template <typename Visitor, typename Op> void visitFields(Visitor &v, Op &op) {
  if constexpr (is<Op, Config>) {
    v.word(2);
    v.choice("register", op.target, 8, registerNames);
    v.word(3);
    v.bits("value", op.value, 32);
  } else if constexpr (is<Op, HostCall>) {
    v.word(2);
    v.bits("function", op.function, 32);
    v.word(3);
    v.bits("dram", op.dramAddress, 40);
    v.word(4);
    v.bits("bytes", op.bytes, 40);
  } else if constexpr (is<Op, Tag>) {
    v.word(2);
    v.bits("id", op.id, 32);
  } else if constexpr (is<Op, DmaLoad>) {
    v.flag("zero_fill", op.zeroFill);
    v.flag("broadcast_row", op.broadcastRow);
    visitDma(v, op);
    v.choice("to", op.space, 1, spaceNames);
  } else if constexpr (is<Op, DmaStore>) {
    visitDma(v, op);
    v.choice("from", op.space, 1, spaceNames);
  } else if constexpr (is<Op, LoadWeights>) {
    v.flag("transpose", op.transpose);
    v.word(2);
    v.bits("address", op.address, 40);
    v.choice("from", op.source, 1, sourceNames);
    v.choice("type", op.type, 2, typeNames);
    v.word(3);
    v.bits("stride", op.stride, 40);
    v.word(4);
    v.bits("k", op.k, 16);
    v.bits("n", op.n, 16);
  } else if constexpr (is<Op, Matmul>) {
    v.flag("switch", op.switchWeights);
    v.flag("accumulate", op.accumulate);
    v.word(2);
    v.bits("ub_row", op.ubRow, 32);
    v.bits("acc_row", op.accumulatorRow, 32);
    v.word(3);
    v.bits("count0", op.counts[0], 16);
    v.bits("count1", op.counts[1], 16);
    v.bits("count2", op.counts[2], 16);
    v.bits("k", op.k, 16);
    v.word(4);
    v.signedBits("stride0", op.strides[0], 32);
    v.signedBits("stride1", op.strides[1], 32);
    v.word(5);
    v.signedBits("stride2", op.strides[2], 32);
    v.bits("acc_stride", op.accumulatorStride, 24);
    v.choice("type", op.type, 2, typeNames);
  } else if constexpr (is<Op, Activate>) {
    visitActivate(v, op);
  } else if constexpr (is<Op, Vec>) {
    visitVec(v, op);
  }
  // Nop, Halt and Fence have no operands.
}

} // namespace tactus::systolic::detail

#endif // TACTUS_DIALECTS_SYSTOLIC_FIELDS_H
