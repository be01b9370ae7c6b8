//===- Safetensors.h - Files of named tensors -------------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_TENSOR_SAFETENSORS_H
#define TACTUS_RUNTIME_TENSOR_SAFETENSORS_H

#include "tactus/Tensor.h"
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>

namespace tactus {

using NamedTensors = std::map<std::string, Tensor, std::less<>>;

struct Safetensors {
  NamedTensors tensors;
  std::map<std::string, std::string> metadata;
};

/// Maps a safetensors file. Its tensors view the mapping and keep it alive;
/// only those whose offset does not fit their element type are copied.
/// Everything in the header is held against the file: offsets, sizes, overlaps
/// and holes. Throws `Error` with all problems, each with its JSON pointer.
Safetensors readSafetensors(const std::filesystem::path &file);
/// The same for a file in memory that `owner` keeps alive; `file` stands in
/// messages.
Safetensors parseSafetensors(std::span<const std::byte> bytes,
                             std::shared_ptr<const void> owner,
                             const std::string &file);

/// Writes through a temporary file. Tensors of wide elements come first, then
/// in the order of their names, so all are aligned; the same content gives the
/// same bytes.
void writeSafetensors(const std::filesystem::path &file,
                      const NamedTensors &tensors,
                      const std::map<std::string, std::string> &metadata = {});

} // namespace tactus

#endif // TACTUS_RUNTIME_TENSOR_SAFETENSORS_H
