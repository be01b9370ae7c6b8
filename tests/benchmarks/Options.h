//===- Options.h - The options of the comparisons ---------------*- C++ -*-===//
#ifndef TACTUS_TESTS_BENCHMARKS_OPTIONS_H
#define TACTUS_TESTS_BENCHMARKS_OPTIONS_H

#include <filesystem>
#include <string>
#include <vector>

namespace tactus::benchmarks {

struct Options {
  /// Part of a workload's name; empty for all.
  std::string only;
  /// Names of groups; empty for all.
  std::vector<std::string> groups;
  int pairs = 30, threads = 1;
  /// Where the page and the drawing go; empty for nowhere.
  std::filesystem::path write;
  /// Where the model of ONNX is written.
  std::filesystem::path models;
  /// libonnxruntime.so; empty where there is none.
  std::filesystem::path onnxRuntime;
  bool asksForHelp = false;
};

extern const char *const usage;

/// Throws `Error` where an option is unknown or its value no good.
Options parseOptions(int argc, char **argv);

} // namespace tactus::benchmarks

#endif // TACTUS_TESTS_BENCHMARKS_OPTIONS_H
