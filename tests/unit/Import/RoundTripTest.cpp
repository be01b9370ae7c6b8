//===- RoundTripTest.cpp - From the API to JSON and back ------------------===//
#include "compiler/Graph/GraphAccess.h"
#include "compiler/Import/JsonReader.h"
#include "compiler/Import/JsonWriter.h"
#include "docs/examples/EncoderLayer.h"
#include "tactus/Activation.h"
#include "tactus/Elementwise.h"
#include "tests/unit/Graph/OpCases.h"
#include <gtest/gtest.h>

using namespace tactus;
using namespace tactus::test;

namespace {

std::string print(const Program &program) {
  std::string text;
  llvm::raw_string_ostream out(text);
  mlir::ModuleOp(*program.module).print(out);
  return text;
}

/// Writes a graph, and expects to read the same module and to write the same
/// text. Gives the text.
std::string expectRoundTrip(const Graph &graph) {
  Program program = programOf(graph);
  std::string text = writeJsonGraph(program);
  Diagnostics diagnostics;
  auto document = json::Document::parse(text, "g.json");
  auto read = readJsonGraph(document, testing::TempDir(), diagnostics);
  EXPECT_EQ(diagnostics.str(), "") << text;
  if (!read)
    return text;
  EXPECT_EQ(print(*read), print(program)) << text;
  EXPECT_EQ(writeJsonGraph(*read), text);
  return text;
}

TEST(RoundTripTest, EveryOp) {
  for (const OpCase &op : opCases()) {
    SCOPED_TRACE(op.name());
    Graph g("net");
    // Used by every graph, so that none warns.
    Value x = g.input("x", f32({2, 3}));
    g.output("x", x);
    g.output("y", op.build(g, x));
    expectRoundTrip(g);
  }
}

TEST(RoundTripTest, NamesOfNodesDimensionsAndOutputs) {
  Graph g("net");
  Value x = g.input("x", f32({"batch", 3}));
  Value h = relu(x).named("hidden");
  g.output("y", h);
  g.output("z", h);
  std::string text = expectRoundTrip(g);
  for (const char *part : {"f32[batch,3]", "\"hidden\"", "\"y\"", "\"z\""})
    EXPECT_NE(text.find(part), std::string::npos) << part << " in " << text;
}

TEST(RoundTripTest, AnEncoderLayerWithItsParameters) {
  examples::EncoderSizes sizes{
      .sequence = 10, .hidden = 24, .heads = 3, .intermediate = 40};
  std::filesystem::path file =
      std::filesystem::path(testing::TempDir()) / "round-trip.safetensors";
  examples::encoderWeights(sizes, Seed(1)).save(file);
  Program program =
      programOf(examples::encoderLayer(sizes, ParameterStore::open(file)));
  EXPECT_EQ(program.parameterFile, file.string());
  // Files name their parameters relative to themselves.
  program.parameterFile = "round-trip.safetensors";
  mlir::ModuleOp module = *program.module;
  module->setAttr(
      parametersAttribute,
      mlir::StringAttr::get(program.context.get(), program.parameterFile));
  std::string text = writeJsonGraph(program);
  Diagnostics diagnostics;
  auto document = json::Document::parse(text, "g.json");
  auto read = readJsonGraph(document, testing::TempDir(), diagnostics);
  ASSERT_EQ(diagnostics.str(), "");
  EXPECT_EQ(print(*read), print(program));
  EXPECT_EQ(read->parameters.names(), program.parameters.names());
}

} // namespace
