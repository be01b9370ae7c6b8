//===- JsonElements.h - Tensors as nested JSON arrays -----------*- C++ -*-===//
#ifndef TACTUS_COMPILER_IMPORT_JSONELEMENTS_H
#define TACTUS_COMPILER_IMPORT_JSONELEMENTS_H

#include "runtime/Support/Json.h"
#include "runtime/Support/JsonWriter.h"
#include "tactus/Tensor.h"
#include <optional>

namespace tactus {

/// The shape of a number, or of arrays of one length at each depth. Reports
/// where the arrays are ragged.
std::optional<std::vector<int64_t>> elementsShape(json::Value value,
                                                  Diagnostics &diagnostics);

/// Reads a number, or nested arrays, as a tensor of a static type. Reports
/// every array of another length than the type says, and every element out of
/// range. Takes no more memory than the elements that are there.
std::optional<Tensor> readElements(json::Value value, const TensorType &type,
                                   Diagnostics &diagnostics);

/// Writes what readElements reads back bit for bit.
void writeElements(json::Writer &writer, const Tensor &tensor);

} // namespace tactus

#endif // TACTUS_COMPILER_IMPORT_JSONELEMENTS_H
