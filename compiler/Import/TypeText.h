//===- TypeText.h - Types of tensors as text --------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_IMPORT_TYPETEXT_H
#define TACTUS_COMPILER_IMPORT_TYPETEXT_H

#include "runtime/Support/Names.h"
#include "tactus/Tensor.h"
#include <optional>
#include <string>
#include <string_view>

namespace tactus {

/// Reads `f32[batch,784]`, as TensorType::str writes it. Where the text is
/// none, or its tensor is over 2^40 bytes, gives nothing and says why in
/// `problem`.
std::optional<TensorType> parseTensorType(std::string_view text,
                                          std::string &problem);

/// Reads `2,3` or `2x3`, static dimensions with `separator` between them;
/// nothing gives rank 0.
std::optional<std::vector<int64_t>>
parseShape(std::string_view text, char separator, std::string &problem);

} // namespace tactus

#endif // TACTUS_COMPILER_IMPORT_TYPETEXT_H
