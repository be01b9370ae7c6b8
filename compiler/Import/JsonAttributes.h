//===- JsonAttributes.h - Attributes of nodes in JSON -----------*- C++ -*-===//
#ifndef TACTUS_COMPILER_IMPORT_JSONATTRIBUTES_H
#define TACTUS_COMPILER_IMPORT_JSONATTRIBUTES_H

#include "compiler/Graph/OpTable.h"
#include "mlir/IR/OperationSupport.h"
#include "runtime/Support/Json.h"
#include "runtime/Support/JsonWriter.h"
#include <optional>

namespace tactus {

/// Reads the attributes of a node whose op is `op`. Reports those that are
/// missing, unknown or of the wrong kind; what values mean is for the op to
/// verify.
std::optional<mlir::NamedAttrList> readAttributes(json::Value node,
                                                  const OpInfo &op,
                                                  mlir::MLIRContext *context,
                                                  Diagnostics &diagnostics);

/// The name and JSON text of each attribute of `operation` that is not the
/// default.
std::vector<std::pair<std::string, std::string>>
attributeTexts(const OpInfo &op, mlir::Operation *operation);

/// Writes the member `attributes` with those of `operation` that are not the
/// default; nothing where none is.
void writeAttributes(json::Writer &writer, const OpInfo &op,
                     mlir::Operation *operation);

} // namespace tactus

#endif // TACTUS_COMPILER_IMPORT_JSONATTRIBUTES_H
