//===- ParameterStore.h - Named weights -------------------------*- C++ -*-===//
#ifndef TACTUS_PARAMETERSTORE_H
#define TACTUS_PARAMETERSTORE_H

#include "tactus/Tensor.h"
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tactus {

/// Named tensors that a graph refers to: a memory-mapped safetensors file, or
/// tensors set by the program. Copies share one store.
class ParameterStore {
public:
  ParameterStore();
  // Moving copies, so that a store that was moved from is still one.
  ParameterStore(const ParameterStore &) = default;
  ParameterStore &operator=(const ParameterStore &) = default;
  /// Maps a safetensors file. Throws `Error` where it is missing or malformed.
  static ParameterStore open(const std::filesystem::path &file);

  /// Adds or replaces a tensor.
  void set(std::string name, Tensor value);
  bool contains(std::string_view name) const;
  /// Throws where there is no such tensor, listing near names.
  Tensor get(std::string_view name) const;
  std::vector<std::string> names() const;
  /// The file it was opened from; empty for a store made by the program.
  const std::filesystem::path &file() const;
  /// Writes all tensors as safetensors, through a temporary file.
  void save(const std::filesystem::path &file) const;

private:
  struct Impl;
  std::shared_ptr<Impl> impl;
};

} // namespace tactus

#endif // TACTUS_PARAMETERSTORE_H
