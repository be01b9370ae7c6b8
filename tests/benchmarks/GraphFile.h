//===- GraphFile.h - Graphs of the API as files -----------------*- C++ -*-===//
#ifndef TACTUS_TESTS_BENCHMARKS_GRAPHFILE_H
#define TACTUS_TESTS_BENCHMARKS_GRAPHFILE_H

#include "tactus/Graph.h"
#include <filesystem>

namespace tactus::benchmarks {

/// Writes `<folder>/<name>.json` and its weights beside it, and returns the
/// path of the former.
std::filesystem::path writeGraph(const Graph &graph, const std::string &name,
                                 const std::filesystem::path &folder);

} // namespace tactus::benchmarks

#endif // TACTUS_TESTS_BENCHMARKS_GRAPHFILE_H
