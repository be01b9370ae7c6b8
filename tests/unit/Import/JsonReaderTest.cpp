//===- JsonReaderTest.cpp - Graphs from JSON ------------------------------===//
#include "compiler/Import/JsonReader.h"
#include "runtime/Support/Files.h"
#include <gtest/gtest.h>

using namespace tactus;

namespace {

std::string print(mlir::ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream out(text);
  module.print(out);
  return text;
}

struct Result {
  std::string module;
  std::string diagnostics;
};

Result read(const std::string &text) {
  Diagnostics diagnostics;
  auto document = json::Document::parse(text, "g.json");
  auto program = readJsonGraph(document, testing::TempDir(), diagnostics);
  return {program ? print(*program->module) : "", diagnostics.str()};
}

TEST(JsonReaderTest, NodesStandInAnyOrder) {
  Result result = read(R"({"tactus": 1, "name": "net",
    "inputs": [{"name": "x", "type": "f32[2,3]"}],
    "nodes": [{"name": "b", "op": "tanh", "inputs": ["a"]},
              {"name": "a", "op": "relu", "inputs": ["x"]}],
    "outputs": ["b"]})");
  EXPECT_EQ(result.diagnostics, "");
  EXPECT_EQ(result.module,
            "module @net {\n"
            "  func.func @main(%arg0: tensor<2x3xf32> {tactus.name = \"x\"}) "
            "-> (tensor<2x3xf32> {tactus.name = \"b\"}) {\n"
            "    %0 = tactus.relu %arg0 : tensor<2x3xf32>\n"
            "    %1 = tactus.tanh %0 : tensor<2x3xf32>\n"
            "    return %1 : tensor<2x3xf32>\n"
            "  }\n"
            "}\n");
}

TEST(JsonReaderTest, LiteralsTakeTheirSiblingsElementType) {
  Result result = read(R"({"tactus": 1,
    "inputs": [{"name": "x", "type": "f16[n,2]"}],
    "nodes": [{"name": "a", "op": "mul", "inputs": [2, "x"]},
              {"name": "b", "op": "add", "inputs": ["a", [0.5, "inf"]]}],
    "outputs": ["b"]})");
  EXPECT_EQ(result.diagnostics, "");
  EXPECT_NE(result.module.find("tactus.constant dense<2.000000e+00> : "
                               "tensor<f16>"),
            std::string::npos)
      << result.module;
  EXPECT_NE(result.module.find("tactus.constant dense<[5.000000e-01, 0x7C00]> "
                               ": tensor<2xf16>"),
            std::string::npos)
      << result.module;
}

TEST(JsonReaderTest, AttributesComeFromTheTable) {
  Result result = read(R"({"tactus": 1,
    "inputs": [{"name": "x", "type": "f32[4,6]"}],
    "nodes": [
      {"name": "a", "op": "gelu", "inputs": ["x"],
       "attributes": {"approximate": "tanh"}},
      {"name": "b", "op": "sum", "inputs": ["a"],
       "attributes": {"axes": [1], "keepdims": true}},
      {"name": "c", "op": "cast", "inputs": ["b"], "attributes": {"to": "u8"}},
      {"name": "d", "op": "constant",
       "attributes": {"type": "i32[2,1]", "value": [[1], [2]]}},
      {"name": "e", "op": "random", "attributes": {"type": "f32[2]", "seed": 7,
       "distribution": "normal"}},
      {"name": "f", "op": "layer_norm", "inputs": ["x", null, [1,2,3,4,5,6]],
       "attributes": {"epsilon": 0.001}}],
    "outputs": ["c", {"name": "other", "value": "d:0"}, "e", "f"]})");
  EXPECT_EQ(result.diagnostics, "");
  for (const char *part :
       {"tactus.gelu %arg0 {approximate = #tactus.gelu_form<tanh>}",
        "tactus.sum %0 {axes = array<i64: 1>, keepdims = true}",
        "tactus.cast %1 {to = ui8} : (tensor<4x1xf32>) -> tensor<4x1xui8>",
        "tactus.constant dense<[[1], [2]]> : tensor<2x1xi32>",
        "distribution = #tactus.distribution<normal>", "epsilon = 1.000000e-03",
        "tactus.name = \"other\""})
    EXPECT_NE(result.module.find(part), std::string::npos) << part << " in\n"
                                                           << result.module;
}

TEST(JsonReaderTest, ReportsAllProblemsAndNothingThatFollowsFromThem) {
  Result result = read(R"({"tactus": 1,
    "inputs": [{"name": "x", "type": "f32[2,3]"}],
    "nodes": [{"name": "a", "op": "matmul", "inputs": ["x", "x"]},
              {"name": "b", "op": "relu", "inputs": ["a"]},
              {"name": "c", "op": "softmax", "inputs": ["x"],
               "attributes": {"axis": 2}}],
    "outputs": ["b", "c"]})");
  EXPECT_EQ(
      result.diagnostics,
      "g.json:3:15: /nodes/0 'a' (matmul): expected lhs dim -1 (3) to "
      "equal rhs dim -2 (2)\n"
      "g.json:5:15: /nodes/2 'c' (softmax): expected an axis from -2 to 1, "
      "but got 2");
}

TEST(JsonReaderTest, OpensParametersBesideTheGraph) {
  ParameterStore store;
  store.set("w", Tensor::fromVector<float>({3, 1}, {1, 2, 3}));
  store.save(testing::TempDir() + "/json_reader.safetensors");
  auto graph = [](const std::string &file, const std::string &tensors) {
    return R"({"tactus": 1, "inputs": [{"name": "x", "type": "f32[2,3]"}],
      "parameters": {"file": ")" +
           file + R"(", "tensors": [)" + tensors + R"(]},
      "nodes": [{"name": "y", "op": "matmul", "inputs": ["x", "w"]}],
      "outputs": ["y"]})";
  };
  const std::string right = R"({"name": "w", "type": "f32[3,1]"})";
  Result result = read(graph("json_reader.safetensors", right));
  EXPECT_EQ(result.diagnostics, "");
  EXPECT_NE(result.module.find("tactus.parameter @w : tensor<3x1xf32>"),
            std::string::npos);

  EXPECT_EQ(read(graph("json_reader.safetensors",
                       R"({"name": "w", "type": "f32[3,2]"})"))
                .diagnostics,
            "g.json:2:69: /parameters/tensors/0: expected parameter 'w' to be "
            "f32[3,1], as json_reader.safetensors has it, but got f32[3,2]");
  EXPECT_NE(read(graph("../a.safetensors", right)).diagnostics.find(".."),
            std::string::npos);
}

} // namespace
