//===- WrapKernels.cpp - The entry points of kernels ----------------------===//
#include "compiler/Conversion/ToLLVM/Passes.h"

namespace tactus {
#define GEN_PASS_DEF_WRAPKERNELSPASS
#include "compiler/Conversion/ToLLVM/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

/// What follows the buffers: scratch, begin, end, status.
constexpr unsigned numTrailing = 4;

LogicalResult checkSignature(LLVM::LLVMFuncOp kernel) {
  ArrayRef<Type> types = kernel.getArgumentTypes();
  if (types.size() < numTrailing)
    return kernel.emitError("expected a kernel with scratch, begin, end and "
                            "status, but got ")
           << types.size() << " arguments";
  unsigned buffers = types.size() - numTrailing;
  for (auto [i, type] : llvm::enumerate(types)) {
    bool isBound = i == buffers + 1 || i == buffers + 2;
    if (isBound != isa<IntegerType>(type))
      return kernel.emitError("expected argument ")
             << i << " of a kernel to be "
             << (isBound ? "an integer" : "a pointer") << ", but got " << type;
  }
  return success();
}

void wrap(LLVM::LLVMFuncOp kernel) {
  OpBuilder builder(kernel->getContext());
  builder.setInsertionPointAfter(kernel);
  Location loc = kernel.getLoc();
  Type pointer = LLVM::LLVMPointerType::get(builder.getContext());
  Type integer = builder.getI64Type();
  auto type = LLVM::LLVMFunctionType::get(
      LLVM::LLVMVoidType::get(builder.getContext()),
      {pointer, integer, integer, pointer, pointer});
  auto entry = LLVM::LLVMFuncOp::create(
      builder, loc, ("_tactus_" + kernel.getSymName()).str(), type);

  Block *body = entry.addEntryBlock(builder);
  builder.setInsertionPointToEnd(body);
  SmallVector<Value> operands;
  unsigned buffers = kernel.getNumArguments() - numTrailing;
  for (unsigned i = 0; i < buffers; ++i) {
    Value slot = LLVM::GEPOp::create(builder, loc, pointer, pointer,
                                     body->getArgument(0),
                                     ArrayRef<LLVM::GEPArg>{int32_t(i)});
    operands.push_back(LLVM::LoadOp::create(builder, loc, pointer, slot));
  }
  operands.append({body->getArgument(3), body->getArgument(1),
                   body->getArgument(2), body->getArgument(4)});
  LLVM::CallOp::create(builder, loc, kernel, operands);
  LLVM::ReturnOp::create(builder, loc, ValueRange());
}

struct WrapKernelsPass final
    : tactus::impl::WrapKernelsPassBase<WrapKernelsPass> {
  void runOnOperation() override {
    for (auto kernel : llvm::make_early_inc_range(
             getOperation().getOps<LLVM::LLVMFuncOp>())) {
      if (!kernel->hasAttr("tactus.extent"))
        continue;
      if (failed(checkSignature(kernel)))
        return signalPassFailure();
      for (unsigned i = 0; i < kernel.getNumArguments(); ++i)
        if (isa<LLVM::LLVMPointerType>(kernel.getArgumentTypes()[i]))
          kernel.setArgAttr(i, LLVM::LLVMDialect::getNoAliasAttrName(),
                            UnitAttr::get(&getContext()));
      kernel.setLinkage(LLVM::Linkage::Private);
      wrap(kernel);
    }
  }
};

} // namespace
} // namespace tactus
