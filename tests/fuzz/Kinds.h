//===- Kinds.h - The kinds of files that are mutated ------------*- C++ -*-===//
#ifndef TACTUS_TESTS_FUZZ_KINDS_H
#define TACTUS_TESTS_FUZZ_KINDS_H

#include "tests/fuzz/Mutations.h"
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

namespace tactus::fuzz {

struct Kind {
  /// As its folder in the corpus is called.
  std::string_view name;
  bool (*reads)(std::span<const uint8_t> bytes);
  std::string (*mutate)(std::string bytes, Random &random);
  /// What `tactus` is given to use `file`, a mutation of `original`, in a
  /// folder that `writeCompanions` has filled.
  std::vector<std::string> (*arguments)(const std::string &file,
                                        const std::string &original,
                                        Random &random);
  /// What `tactus` is given to make `result`, which is mutated, of a file of
  /// the corpus; null where that is mutated itself.
  std::vector<std::string> (*prepare)(const std::string &file,
                                      const std::string &result) = nullptr;
};

std::span<const Kind> kinds();

/// Writes the graphs and weights that mutated files are used with.
void writeCompanions(const std::filesystem::path &folder);

} // namespace tactus::fuzz

#endif // TACTUS_TESTS_FUZZ_KINDS_H
