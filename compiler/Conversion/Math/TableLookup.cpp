//===- TableLookup.cpp - Functions in pieces, as arithmetic ---------------===//
#include "compiler/Conversion/Math/Tables.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include <array>
#include <cmath>

using namespace mlir;

namespace tactus::math {

/// The lanes of a vector of f32 of the machines that have tables.
static constexpr int64_t vectorLanes = 16;

bool hasTables(const MathEmitter &m) {
  return m.getMachine().avx512 && !m.isDouble;
}

static Value callIntrinsic(MathEmitter &m, StringRef name,
                           ValueRange operands) {
  return LLVM::CallIntrinsicOp::create(m.builder, m.loc, m.type,
                                       m.builder.getStringAttr(name), operands)
      .getResults();
}

static Value constantRow(MathEmitter &m, ArrayRef<float> row) {
  return arith::ConstantOp::create(
      m.builder, m.loc, DenseElementsAttr::get(cast<VectorType>(m.type), row));
}

/// The elements of `row`, of 16 or 32, that the low bits of `index` name.
static Value permute(MathEmitter &m, Value index, ArrayRef<float> row) {
  Value low = constantRow(m, row.take_front(vectorLanes));
  if (row.size() == vectorLanes)
    return callIntrinsic(m, "llvm.x86.avx512.permvar.sf.512", {low, index});
  assert(row.size() == 2 * vectorLanes && "no instruction for such a table");
  Value high = constantRow(m, row.drop_front(vectorLanes));
  return callIntrinsic(m, "llvm.x86.avx512.vpermi2var.ps.512",
                       {low, index, high});
}

/// What a table's polynomial is made of at x: the sum of all terms is
/// c[0] + t * rest.
struct Looked {
  Value t, first, rest;
};
static Looked look(MathEmitter &m, const Table &table, Value x) {
  // Adding `magic` leaves the number of the piece in the lowest bits.
  Value shifted = m.mulAdd(x, m.constant(table.scale), m.constant(0x1.8p23));
  Value index = m.bitsOf(shifted);
  Value t = m.sub(x, permute(m, index, table.rows.front()));
  Value sum = permute(m, index, table.rows.back());
  for (ArrayRef<float> row :
       llvm::reverse(table.rows.drop_front(2).drop_back()))
    sum = m.mulAdd(sum, t, permute(m, index, row));
  return {t, permute(m, index, table.rows[1]), sum};
}

Value lookUp(MathEmitter &m, const Table &table, Value x) {
  Looked looked = look(m, table, x);
  return m.mulAdd(looked.rest, looked.t, looked.first);
}

Value lookUpOdd(MathEmitter &m, const Table &table, Value x) {
  // In the first piece c[0] is 0, in others more than t.
  Value size = m.atMost(m.abs(x), (Table::pieces - 0.55) / table.scale);
  Looked looked = look(m, table, size);
  Value first =
      m.select(m.less(looked.t, looked.first), looked.first, looked.t);
  return m.copySign(m.mulAdd(looked.rest, looked.t, first), x);
}

Value nearOrFar(MathEmitter &m, const Table &table, Value size, Value near,
                llvm::function_ref<Value()> far) {
  OpBuilder &builder = m.builder;
  // Not a number is far, too.
  Value isFar = arith::CmpFOp::create(builder, m.loc, arith::CmpFPredicate::UGE,
                                      size, m.constant(table.end()));
  Value isAnyFar = vector::ReductionOp::create(
      builder, m.loc, vector::CombiningKind::OR, isFar);
  auto branch =
      scf::IfOp::create(builder, m.loc, TypeRange{m.type}, isAnyFar, true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.thenBlock());
  scf::YieldOp::create(builder, m.loc, m.select(isFar, far(), near));
  builder.setInsertionPointToStart(branch.elseBlock());
  scf::YieldOp::create(builder, m.loc, near);
  return branch.getResult(0);
}

Value tableGate(MathEmitter &m, const Table &table, Value x,
                llvm::function_ref<Value()> far) {
  // max(x, 0) - |x| f(|x|), with one rounding; zeros keep their sign.
  Value size = m.abs(x), minusZero = m.constant(-0.0);
  Value positive = m.select(m.less(x, minusZero), minusZero, x);
  Value near = m.mulAdd(m.neg(size), lookUp(m, table, size), positive);
  return nearOrFar(m, table, size, near, far);
}

/// 2^(i / 16).
static const std::array<float, vectorLanes> &roots() {
  static const std::array<float, vectorLanes> numbers = [] {
    std::array<float, vectorLanes> result;
    for (int i = 0; i < vectorLanes; ++i)
      result[size_t(i)] = float(std::exp2(double(i) / vectorLanes));
    return result;
  }();
  return numbers;
}

Value tableExponential(MathEmitter &m, Value t) {
  // n = t / ln 2, rounded to sixteenths, whose number is in the lowest bits.
  Value magic = m.constant(0x1.8p19);
  Value shifted = m.mulAdd(t, m.constant(0x1.71547652b82fep0), magic);
  Value n = m.sub(shifted, magic);
  // t - n ln 2. The upper part of ln 2 has so few bits that this difference is
  // exact (Cody and Waite, 1980).
  Value r = m.mulAdd(n, m.constant(-0x1.62e4p-1), t);
  r = m.mulAdd(n, m.constant(-0x1.7f7d1cf79abcap-20), r);
  // e^r - 1 for |r| <= ln 2 / 32.
  Value q = m.mulAdd(m.constant(0x1.555556p-3), r, m.constant(0.5));
  Value rise = m.mulAdd(m.mul(r, r), q, r);
  Value root = permute(m, m.bitsOf(shifted), roots());
  Value mantissa = m.mulAdd(root, rise, root);
  // The instruction rounds the exponent down, and the result once.
  Type mask = m.builder.getIntegerType(16), mode = m.builder.getI32Type();
  auto integer = [&](Type type, int64_t value) -> Value {
    return LLVM::ConstantOp::create(m.builder, m.loc, type,
                                    m.builder.getIntegerAttr(type, value));
  };
  constexpr int64_t currentRounding = 4;
  return callIntrinsic(m, "llvm.x86.avx512.mask.scalef.ps.512",
                       {mantissa, n, mantissa, integer(mask, -1),
                        integer(mode, currentRounding)});
}

Value onSixteen(MathEmitter &m, Value x,
                llvm::function_ref<Value(MathEmitter &, Value)> function) {
  OpBuilder &builder = m.builder;
  Type whole = VectorType::get({vectorLanes}, builder.getF32Type());
  if (m.type == whole)
    return function(m, x);
  MathEmitter sixteen(builder, m.loc, whole, m.getMachine());
  auto vector = dyn_cast<VectorType>(m.type);
  if (!vector) {
    Value spread = vector::BroadcastOp::create(builder, m.loc, whole, x);
    return vector::ExtractOp::create(builder, m.loc, function(sixteen, spread),
                                     0);
  }
  Value result = m.constant(0);
  for (int64_t at = 0, count = vector.getNumElements(); at < count;
       at += vectorLanes) {
    int64_t lanes = std::min(vectorLanes, count - at);
    Value piece = vector::ExtractStridedSliceOp::create(
        builder, m.loc, x, ArrayRef<int64_t>{at}, ArrayRef<int64_t>{lanes},
        ArrayRef<int64_t>{1});
    Value filled = lanes == vectorLanes
                       ? piece
                       : vector::InsertStridedSliceOp::create(
                             builder, m.loc, piece, sixteen.constant(0),
                             ArrayRef<int64_t>{0}, ArrayRef<int64_t>{1})
                             .getResult();
    Value done = vector::ExtractStridedSliceOp::create(
        builder, m.loc, function(sixteen, filled), ArrayRef<int64_t>{0},
        ArrayRef<int64_t>{lanes}, ArrayRef<int64_t>{1});
    result = vector::InsertStridedSliceOp::create(builder, m.loc, done, result,
                                                  ArrayRef<int64_t>{at},
                                                  ArrayRef<int64_t>{1});
  }
  return result;
}

} // namespace tactus::math
