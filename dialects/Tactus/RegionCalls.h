//===- RegionCalls.h - Regions that call a function -------------*- C++ -*-===//
//
// From `tactus-outline-regions` on, each region of an op of control flow is one
// call of a function that holds what it computes, so that every later pass sees
// functions alone:
//
//     tactus.yield of all results of func.call @while_body(captured, arguments)
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_DIALECTS_TACTUS_REGIONCALLS_H
#define TACTUS_DIALECTS_TACTUS_REGIONCALLS_H

#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace tactus::ir {

/// The call that is all of `region`; null where it holds anything else.
mlir::func::CallOp callOf(mlir::Region &region);

/// The function that `callOf` calls; null where there is none with a body.
mlir::func::FuncOp calleeOf(mlir::Region &region);

/// The calls of the regions of `function`'s ops of control flow, in order.
/// Regions that are no calls are left out.
llvm::SmallVector<mlir::func::CallOp> regionCalls(mlir::func::FuncOp function);

} // namespace tactus::ir

#endif // TACTUS_DIALECTS_TACTUS_REGIONCALLS_H
