//===- IndexChecks.cpp - Indices that may be out of range -----------------===//
#include "compiler/Conversion/Kernels/IndexChecks.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace tactus {

/// A constant of the type of `like`, a scalar or a vector of integers.
static Value constantLike(OpBuilder &builder, Location loc, Value like,
                          int64_t value) {
  Type type = like.getType();
  auto scalar = builder.getIntegerAttr(getElementTypeOrSelf(type), value);
  if (auto vector = dyn_cast<VectorType>(type))
    return arith::ConstantOp::create(
        builder, loc, vector,
        DenseElementsAttr::get(vector, Attribute(scalar)));
  return arith::ConstantOp::create(builder, loc, scalar);
}

int64_t IndexChecks::numberOf(Operation *op, int64_t size) {
  int64_t position = 0;
  for (Operation *other = op->getPrevNode(); other;
       other = other->getPrevNode())
    position += isa<ir::IndexingOpInterface>(other);
  int64_t count = int64_t(checks.size()) / 2;
  for (int64_t i = 0; i < count; ++i)
    if (checks[2 * i] == position && checks[2 * i + 1] == size)
      return i + 1;
  checks.append({position, size});
  func->setAttr("tactus.checks",
                DenseI64ArrayAttr::get(func.getContext(), checks));
  return count + 1;
}

/// Stores the check and the index unless an earlier one failed.
void IndexChecks::report(OpBuilder &builder, int64_t number, Value index) {
  Location loc = index.getLoc();
  auto place = [&](int64_t i) -> Value {
    return arith::ConstantIndexOp::create(builder, loc, i);
  };
  Value known =
      memref::LoadOp::create(builder, loc, status, place(0)).getResult();
  Value isFirst =
      arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, known,
                            constantLike(builder, loc, known, 0));
  auto first = scf::IfOp::create(builder, loc, isFirst, /*withElse=*/false);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPoint(first.thenBlock()->getTerminator());
  memref::StoreOp::create(builder, loc,
                          constantLike(builder, loc, known, number), status,
                          place(0));
  memref::StoreOp::create(builder, loc, index, status, place(1));
}

Value IndexChecks::checked(OpBuilder &builder, Operation *op, Value index,
                           int64_t size, Value mask) {
  Location loc = op->getLoc();
  if (!getElementTypeOrSelf(index.getType()).isInteger(64)) {
    Type wide = builder.getI64Type();
    if (auto vector = dyn_cast<VectorType>(index.getType()))
      wide = vector.clone(wide);
    index = arith::ExtSIOp::create(builder, loc, wide, index);
  }
  Value zero = constantLike(builder, loc, index, 0);
  Value limit = constantLike(builder, loc, index, size);
  Value isNegative = arith::CmpIOp::create(
      builder, loc, arith::CmpIPredicate::slt, index, zero);
  Value fromEnd = arith::AddIOp::create(builder, loc, index, limit);
  Value front =
      arith::SelectOp::create(builder, loc, isNegative, fromEnd, index);
  // As unsigned numbers, negative ones are large.
  Value isOutside = arith::CmpIOp::create(
      builder, loc, arith::CmpIPredicate::uge, front, limit);
  Value safe = arith::SelectOp::create(builder, loc, isOutside, zero, front);

  auto vector = dyn_cast<VectorType>(index.getType());
  if (vector && mask)
    isOutside = arith::AndIOp::create(builder, loc, isOutside, mask);
  Value fails = isOutside;
  if (vector)
    fails = vector::ReductionOp::create(builder, loc, vector::CombiningKind::OR,
                                        isOutside);
  auto failing = scf::IfOp::create(builder, loc, fails, /*withElse=*/false);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPoint(failing.thenBlock()->getTerminator());
  Value bad = index;
  if (vector) {
    // The first lane that is outside, found from the last one down.
    int64_t lanes = vector.getNumElements();
    bad = vector::ExtractOp::create(builder, loc, index, lanes - 1);
    for (int64_t lane = lanes - 1; lane-- > 0;)
      bad = arith::SelectOp::create(
          builder, loc,
          vector::ExtractOp::create(builder, loc, isOutside, lane),
          vector::ExtractOp::create(builder, loc, index, lane), bad);
  }
  report(builder, numberOf(op, size), bad);
  return safe;
}

} // namespace tactus
