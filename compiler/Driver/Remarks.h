//===- Remarks.h - What passes say of their decisions -----------*- C++ -*-===//
#ifndef TACTUS_COMPILER_DRIVER_REMARKS_H
#define TACTUS_COMPILER_DRIVER_REMARKS_H

#include "mlir/IR/MLIRContext.h"
#include <functional>
#include <string>

namespace tactus {

/// Which remarks of passes are wanted, and by whom.
struct RemarkOptions {
  /// A regular expression that is to match the whole of a remark's category,
  /// such as `tactus-fusion`; empty for no remarks.
  std::string filter;
  /// Called with each remark, a line without its end, on the thread that
  /// compiles.
  std::function<void(const std::string &line)> listener;
};

/// Throws `Error` where `filter` is no regular expression.
void checkRemarkFilter(const std::string &filter);

/// Lets what compiles in `context`, while it lives, tell the listener.
void enableRemarks(mlir::MLIRContext &context, const RemarkOptions &options);

} // namespace tactus

#endif // TACTUS_COMPILER_DRIVER_REMARKS_H
