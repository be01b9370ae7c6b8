//===- ByteProducts.cpp - Instructions that sum several products ----------===//
#include "compiler/Conversion/Kernels/ByteProducts.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "runtime/Support/Assert.h"

using namespace mlir;

namespace tactus {

static Value splat(OpBuilder &builder, Location loc, VectorType type,
                   int64_t value) {
  auto element = builder.getIntegerAttr(type.getElementType(), value);
  return arith::ConstantOp::create(
      builder, loc, type, DenseElementsAttr::get(type, Attribute(element)));
}

static Value extend(OpBuilder &builder, Location loc, Value bytes,
                    bool isUnsigned) {
  auto type = cast<VectorType>(bytes.getType()).clone(builder.getI16Type());
  if (isUnsigned)
    return arith::ExtUIOp::create(builder, loc, type, bytes);
  return arith::ExtSIOp::create(builder, loc, type, bytes);
}

Value ByteProducts::prepareLeft(OpBuilder &builder, Location loc,
                                Value bytes) const {
  if (depth == 2)
    return extend(builder, loc, bytes, isLeftUnsigned);
  if (!hasStart())
    return bytes;
  auto type = cast<VectorType>(bytes.getType());
  return arith::XOrIOp::create(builder, loc, bytes,
                               splat(builder, loc, type, -128));
}

Value ByteProducts::startWord(OpBuilder &builder, Location loc) const {
  return arith::ConstantOp::create(
      builder, loc, builder.getI32IntegerAttr(int32_t(0x80808080)));
}

/// The instruction on vectors of `lanes` sums, from the narrowest on.
static StringRef nameFor(int64_t lanes, ArrayRef<StringRef> names) {
  TACTUS_ASSERT(lanes == 4 || lanes == 8 || lanes == 16,
                "vectors have 128, 256 or 512 bits");
  return names[lanes == 4 ? 0 : lanes == 8 ? 1 : 2];
}

Value ByteProducts::add(OpBuilder &builder, Location loc, Value sum, Value word,
                        Value bytes) const {
  auto type = cast<VectorType>(sum.getType());
  int64_t lanes = type.getNumElements();
  auto operands = VectorType::get({lanes * depth},
                                  builder.getIntegerType(unsigned(leftBits())));
  Value left = vector::BitCastOp::create(
      builder, loc, operands,
      vector::BroadcastOp::create(builder, loc, type, word));
  auto call = [&](StringRef name, ValueRange arguments) -> Value {
    return LLVM::CallIntrinsicOp::create(builder, loc, type,
                                         builder.getStringAttr(name), arguments)
        .getResult(0);
  };
  if (depth == 4) {
    StringRef name = nameFor(lanes, {"llvm.x86.avx512.vpdpbusd.128",
                                     "llvm.x86.avx512.vpdpbusd.256",
                                     "llvm.x86.avx512.vpdpbusd.512"});
    // The unsigned operand comes first.
    return isRightUnsigned ? call(name, {sum, bytes, left})
                           : call(name, {sum, left, bytes});
  }
  StringRef name =
      nameFor(lanes, {"llvm.x86.sse2.pmadd.wd", "llvm.x86.avx2.pmadd.wd",
                      "llvm.x86.avx512.pmaddw.d.512"});
  Value products =
      call(name, {left, extend(builder, loc, bytes, isRightUnsigned)});
  return arith::AddIOp::create(builder, loc, sum, products);
}

Value interleaveRows(OpBuilder &builder, Location loc, ArrayRef<Value> rows) {
  if (rows.size() == 1)
    return rows.front();
  SmallVector<Value> even, odd;
  for (auto [i, row] : llvm::enumerate(rows))
    (i % 2 == 0 ? even : odd).push_back(row);
  return vector::InterleaveOp::create(builder, loc,
                                      interleaveRows(builder, loc, even),
                                      interleaveRows(builder, loc, odd));
}

} // namespace tactus
