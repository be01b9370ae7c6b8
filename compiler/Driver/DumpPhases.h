//===- DumpPhases.h - The levels of a program as files ----------*- C++ -*-===//
#ifndef TACTUS_COMPILER_DRIVER_DUMPPHASES_H
#define TACTUS_COMPILER_DRIVER_DUMPPHASES_H

#include "compiler/Pipelines/Phases.h"
#include <filesystem>

namespace tactus {

/// Writes each level as `DIR/3b.laid-out.mlir`, with the names of nodes.
class DumpPhases {
public:
  /// Writes nothing where `folder` is empty.
  explicit DumpPhases(std::filesystem::path folder)
      : folder(std::move(folder)) {}

  bool isWanted() const { return !folder.empty(); }

  /// Throws Error where the file cannot be written.
  void write(const Phase &phase, mlir::ModuleOp module) const;

  void writeText(const std::string &name, const std::string &text) const;

private:
  std::filesystem::path folder;
};

} // namespace tactus

#endif // TACTUS_COMPILER_DRIVER_DUMPPHASES_H
