//===- DiagnosticCollector.h - MLIR's diagnostics as errors -----*- C++ -*-===//
#ifndef TACTUS_COMPILER_GRAPH_DIAGNOSTICCOLLECTOR_H
#define TACTUS_COMPILER_GRAPH_DIAGNOSTICCOLLECTOR_H

#include "mlir/IR/Diagnostics.h"
#include "runtime/Support/Diagnostics.h"
#include <string>

namespace tactus {

/// The file, line, column and node that a location tells.
Error::Place placeOf(mlir::Location location);

/// Keeps what is diagnosed in a context while it lives, instead of printing it.
class DiagnosticCollector {
public:
  explicit DiagnosticCollector(mlir::MLIRContext *context);

  bool hasErrors() const { return diagnostics.hasErrors(); }
  const Diagnostics &all() const { return diagnostics; }
  /// One Error with all errors, or one that says `otherwise` where nothing was
  /// diagnosed.
  Error toError(const std::string &otherwise = "failed without a reason") const;
  /// Forgets what was collected.
  void clear() { diagnostics = {}; }

private:
  void keep(mlir::Diagnostic &diagnostic);

  Diagnostics diagnostics;
  mlir::ScopedDiagnosticHandler handler;
};

} // namespace tactus

#endif // TACTUS_COMPILER_GRAPH_DIAGNOSTICCOLLECTOR_H
