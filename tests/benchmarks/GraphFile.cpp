//===- GraphFile.cpp - Graphs of the API as files -------------------------===//
#include "tests/benchmarks/GraphFile.h"
#include "compiler/Graph/GraphAccess.h"
#include "compiler/Import/JsonWriter.h"
#include <fstream>

namespace tactus::benchmarks {

std::filesystem::path writeGraph(const Graph &graph, const std::string &name,
                                 const std::filesystem::path &folder) {
  std::filesystem::create_directories(folder);
  Program program = programOf(graph);
  program.parameterFile = name + ".safetensors";
  program.parameters.save(folder / program.parameterFile);
  std::filesystem::path json = folder / (name + ".json");
  std::ofstream file(json);
  file << writeJsonGraph(program);
  if (!file.flush())
    throw Error("expected to write '" + json.string() + "'");
  return json;
}

} // namespace tactus::benchmarks
