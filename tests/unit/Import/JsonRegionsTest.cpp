//===- JsonRegionsTest.cpp - Control flow in JSON graphs ------------------===//
#include "compiler/Import/JsonReader.h"
#include "compiler/Import/JsonWriter.h"
#include <gtest/gtest.h>

using namespace tactus;

namespace {

/// A graph of inputs x, f32[2], and p, i1[].
std::string graphOf(const std::string &nodes,
                    const std::string &outputs = R"("y")") {
  return R"({"tactus": 1, "inputs": [{"name": "x", "type": "f32[2]"}, )"
         R"({"name": "p", "type": "i1[]"}],)"
         "\n"
         R"("nodes": [)" +
         nodes + R"(], "outputs": [)" + outputs + "]}";
}

/// A node y.
std::string choice(const std::string &thenRegion,
                   const std::string &elseRegion) {
  return R"({"name": "y", "op": "if", "inputs": ["p"], "regions": {"then": )" +
         thenRegion + R"(, "else": )" + elseRegion + "}}";
}

const std::string plain = R"({"outputs": ["x"]})";

struct Result {
  std::optional<Program> program;
  std::string diagnostics;
};

Result read(const std::string &text) {
  Diagnostics diagnostics;
  auto document = json::Document::parse(text, "g.json");
  auto program = readJsonGraph(document, testing::TempDir(), diagnostics);
  EXPECT_EQ(program.has_value(), !diagnostics.hasErrors());
  return {std::move(program), diagnostics.str()};
}

TEST(JsonRegionsTest, NodesOfARegionStandInAnyOrder) {
  Result result = read(graphOf(
      choice(R"({"nodes": [{"name": "b", "op": "add", "inputs": ["a", "late"]},
                           {"name": "a", "op": "exp", "inputs": ["x"]}],
                 "outputs": ["b"]})",
             R"({"outputs": ["late"]})") +
      R"(, {"name": "late", "op": "tanh", "inputs": ["x"]})"));
  EXPECT_EQ(result.diagnostics, "");
  std::string text;
  llvm::raw_string_ostream out(text);
  result.program->main().getBody().front().front().print(out);
  EXPECT_EQ(text, "%0 = tactus.tanh %arg0 : tensor<2xf32>");
  EXPECT_EQ(writeJsonGraph(*result.program),
            R"({
  "tactus": 1,
  "inputs": [
    {"name": "x", "type": "f32[2]"},
    {"name": "p", "type": "i1[]"}
  ],
  "nodes": [
    {"name": "late", "op": "tanh", "inputs": ["x"]},
    {
      "name": "y",
      "op": "if",
      "inputs": ["p"],
      "regions": {
        "then": {
          "nodes": [
            {"name": "a", "op": "exp", "inputs": ["x"]},
            {"name": "b", "op": "add", "inputs": ["a", "late"]}
          ],
          "outputs": ["b"]
        },
        "else": {
          "outputs": ["late"]
        }
      }
    }
  ],
  "outputs": ["y"]
}
)");
}

TEST(JsonRegionsTest, ReportsAllProblemsInRegionsAndNothingThatFollows) {
  Result result = read(graphOf(
      choice(R"({"nodes": [{"name": "a", "op": "matmul", "inputs": ["x", "x"]},
   {"name": "b", "op": "exp", "inputs": ["a"]},
   {"name": "c", "op": "softmax", "inputs": ["x"], "attributes": {"axis": 7}}],
   "outputs": ["b", "c"]})",
             R"({"outputs": ["x", "x"]})") +
          R"(, {"name": "z", "op": "while", "inputs": ["y"], "regions":
   {"condition": {"inputs": ["v"], "outputs": ["p"]},
    "body": {"inputs": ["w"],
      "nodes": [{"name": "d", "op": "sum", "inputs": ["x"],
                 "attributes": {"axes": [3]}},
                {"name": "e", "op": "add", "inputs": ["w", "d"]}],
      "outputs": ["e"]}}})",
      R"("z")"));
  EXPECT_EQ(result.diagnostics,
            "g.json:2:85: /nodes/0/regions/then/nodes/0 'a' (matmul): expected "
            "operands of rank 2 or more, but got ranks 1 and 1\n"
            "g.json:4:4: /nodes/0/regions/then/nodes/2 'c' (softmax): expected "
            "an axis from -1 to 0, but got 7\n"
            "g.json:8:17: /nodes/1/regions/body/nodes/0 'd' (sum): expected an "
            "axis from -1 to 0, but got 3");
}

TEST(JsonRegionsTest, WarnsOfWhatIsNotUsedInRegions) {
  Result result = read(graphOf(R"({"name": "y", "op": "while",
   "inputs": ["x", "p", "x"], "regions": {
     "condition": {"inputs": ["a", "b", "c"],
       "nodes": [{"name": "u", "op": "exp", "inputs": ["a"]}],
       "outputs": ["b"]},
     "body": {"inputs": ["d", "e", "f"], "outputs": ["d", "p", "x"]}}})"));
  // `b` is needed, so `e` must be there.
  EXPECT_EQ(
      result.diagnostics,
      "g.json:5:18: /nodes/0/regions/condition/nodes/0: warning: node 'u' is "
      "not used\n"
      "g.json:4:41: /nodes/0/regions/condition/inputs/2: warning: region input "
      "'c' is not used\n"
      "g.json:7:36: /nodes/0/regions/body/inputs/2: warning: region input 'f' "
      "is not used");
}

TEST(JsonRegionsTest, RegionsNestAsDeepAsJson) {
  auto nested = [](int depth) {
    std::string content = R"("outputs": ["x"])";
    for (int i = 0; i < depth; ++i) {
      std::string name = "\"n" + std::to_string(i) + "\"";
      content = R"("nodes": [{"name": )" + name +
                R"(, "op": "if", "inputs": ["p"], "regions": {"then": {)" +
                content + R"(}, "else": {"outputs": ["x"]}}}], "outputs": [)" +
                name + "]";
    }
    return R"({"tactus": 1, "inputs": [{"name": "x", "type": "f32[2]"}, )"
           R"({"name": "p", "type": "i1[]"}], )" +
           content + "}";
  };
  Result result = read(nested(15));
  EXPECT_EQ(result.diagnostics, "");
  std::string text = writeJsonGraph(*result.program);
  Result again = read(text);
  EXPECT_EQ(again.diagnostics, "");
  EXPECT_EQ(writeJsonGraph(*again.program), text);
  try {
    read(nested(16));
    FAIL() << "nothing was thrown";
  } catch (const Error &error) {
    EXPECT_EQ(error.message(),
              "expected brackets nested 64 deep or less, but got more");
  }
}

struct Row {
  const char *name;
  std::string text;
  const char *problems;
};

void PrintTo(const Row &row, std::ostream *os) {
  *os << row.name;
}

const Row rows[] = {
    {"NameOfAnotherRegion",
     graphOf(choice(R"({"nodes": [{"name": "e", "op": "exp", )"
                    R"("inputs": ["x"]}], "outputs": ["e"]})",
                    R"({"outputs": ["e"]})")),
     "g.json:2:171: /nodes/0/regions/else/outputs/0 'y' (if): expected a name "
     "that is seen here, but got 'e', which is inside region 'then' of 'y'"},
    {"NameOfARegionOutside",
     graphOf(choice(R"({"nodes": [{"name": "e", "op": "exp", )"
                    R"("inputs": ["x"]}], "outputs": ["e"]})",
                    plain) +
                 ",\n" + R"({"name": "z", "op": "tanh", "inputs": ["e"]})",
             R"("y", "z")"),
     "g.json:3:40: /nodes/1/inputs/0 'z' (tanh): expected a name that is seen "
     "here, but got 'e', which is inside region 'then' of 'y'"},
    {"NameOfARegionAsOutput",
     graphOf(choice(R"({"nodes": [{"name": "e", "op": "exp", )"
                    R"("inputs": ["x"]}], "outputs": ["e"]})",
                    plain),
             "\n\"e\""),
     "g.json:3:1: /outputs/0: expected a name that is seen here, but got 'e', "
     "which is inside region 'then' of 'y'"},
    {"NearNamesAreThoseThatAreSeen",
     graphOf(choice(R"({"nodes": [{"name": "total", "op": "exp", )"
                    R"("inputs": ["x"]}], "outputs": ["total"]})",
                    R"({"outputs": ["totl"]})")),
     "g.json:2:179: /nodes/0/regions/else/outputs/0 'y' (if): expected the "
     "name of an input, parameter or node, but got 'totl'"},
    {"OneNameInTwoRegions",
     graphOf(choice(R"({"nodes": [{"name": "e", "op": "exp", )"
                    R"("inputs": ["x"]}], "outputs": ["e"]})",
                    R"({"nodes": [{"name": "e", "op": "exp", )"
                    R"("inputs": ["x"]}], "outputs": ["e"]})")),
     "g.json:2:178: /nodes/0/regions/else/nodes/0/name: expected a name of its "
     "own, but got 'e' again, which /nodes/0/regions/then/nodes/0 has"},
    {"NameOfARegionsInput",
     graphOf(R"({"name": "y", "op": "while", "inputs": ["x"], "regions":
   {"condition": {"inputs": ["a"], "outputs": ["p"]},
    "body": {"inputs": ["a"], "outputs": ["a"]}}})"),
     "g.json:4:25: /nodes/0/regions/body/inputs/0: expected a name of its own, "
     "but got 'a' again, which /nodes/0/regions/condition/inputs/0 has"},
    {"RegionsOfAnOpWithoutRegions",
     graphOf(R"({"name": "y", "op": "relu", "inputs": ["x"], "regions": {}})"),
     "g.json:2:56: /nodes/0/regions 'y' (relu): expected no regions of relu, "
     "but got an object"},
    {"NoRegions",
     graphOf(R"({"name": "y", "op": "if", "inputs": ["p"]})", R"("y", "x")"),
     "g.json:2:11: /nodes/0 'y' (if): expected a key 'regions', but got none"},
    {"RegionMissing",
     graphOf(R"({"name": "y", "op": "if", "inputs": ["p"],
   "regions": {"then": )" +
             plain + "}}"),
     "g.json:3:15: /nodes/0/regions 'y' (if): expected a key 'else', but got "
     "none"},
    {"RegionUnknown", graphOf(choice(plain, plain + R"(, "other": )" + plain)),
     "g.json:2:122: /nodes/0/regions/other 'y' (if): expected one of the keys "
     "'else', 'then', but got 'other'"},
    {"RegionsNoObject",
     graphOf(R"({"name": "y", "op": "if", "inputs": ["p"], "regions": [1]})",
             R"("y", "x")"),
     "g.json:2:65: /nodes/0/regions 'y' (if): expected an object, but got an "
     "array of 1"},
    {"RegionNoObject", graphOf(choice("7", plain)),
     "g.json:2:74: /nodes/0/regions/then 'y' (if): expected an object, but got "
     "7"},
    {"NodesNoArray", graphOf(choice(R"({"nodes": 7, "outputs": []})", plain)),
     "g.json:2:84: /nodes/0/regions/then/nodes 'y' (if): expected an array, "
     "but got 7"},
    {"NoOutputs", graphOf(choice("{}", plain)),
     "g.json:2:74: /nodes/0/regions/then 'y' (if): expected a key 'outputs', "
     "but got none"},
    {"KeyOfARegion",
     graphOf(choice(R"({"output": ["x"], "outputs": ["x"]})", plain)),
     "g.json:2:75: /nodes/0/regions/then/output 'y' (if): expected one of the "
     "keys 'inputs', 'nodes', 'outputs', but got 'output' (did you mean "
     "'outputs'?)"},
    {"OutputNoName", graphOf(choice(R"({"outputs": [1]})", plain)),
     "g.json:2:87: /nodes/0/regions/then/outputs/0 'y' (if): expected a "
     "string, but got 1"},
    {"ResultNumber", graphOf(choice(R"({"outputs": ["x:1"]})", plain)),
     "g.json:2:87: /nodes/0/regions/then/outputs/0 'y' (if): expected a node "
     "before ':', but 'x' has one value"},
    {"InputsOfChoice",
     graphOf(choice(R"({"inputs": ["a"], "outputs": ["a"]})", plain),
             R"("y", "x")"),
     "g.json:2:85: /nodes/0/regions/then/inputs 'y' (if): expected 0 inputs of "
     "region 'then', but got 1"},
    {"TooFewInputs",
     graphOf(R"({"name": "y", "op": "while", "inputs": ["x"], "regions":
   {"condition": {"outputs": ["p"]},
    "body": {"inputs": ["a"], "outputs": ["a"]}}})"),
     "g.json:3:18: /nodes/0/regions/condition 'y' (while): expected 1 input of "
     "region 'condition', but got 0"},
    {"InputNoName",
     graphOf(R"({"name": "y", "op": "while", "inputs": ["x"], "regions":
   {"condition": {"inputs": [7], "outputs": ["p"]},
    "body": {"inputs": ["a/b"], "outputs": ["x"]}}})"),
     "g.json:3:30: /nodes/0/regions/condition/inputs/0: expected a string, but "
     "got 7\n"
     "g.json:4:25: /nodes/0/regions/body/inputs/0: expected a name without "
     "'/', but got 'a/b'"},
    {"SelfReference", graphOf(choice(R"({"outputs": ["y"]})", plain)),
     "g.json:2:11: /nodes/0 'y' (if): expected no cycle, but got 'y' uses 'y'"},
    {"CycleThroughARegion",
     graphOf(choice(R"({"outputs": ["z"]})", plain) +
             R"(, {"name": "z", "op": "exp", "inputs": ["y"]})"),
     "g.json:2:11: /nodes/0 'y' (if): expected no cycle, but got 'y' uses 'z' "
     "uses 'y'"},
    {"CycleInARegion",
     graphOf(choice(R"({"nodes": [
   {"name": "a", "op": "exp", "inputs": ["b"]},
   {"name": "b", "op": "exp", "inputs": ["a"]}], "outputs": ["a"]})",
                    plain)),
     "g.json:3:4: /nodes/0/regions/then/nodes/0 'a' (exp): expected no cycle, "
     "but got 'a' uses 'b' uses 'a'"},
    {"TypesOfRegions", graphOf(choice(plain, R"({"outputs": ["p"]})")),
     "g.json:2:11: /nodes/0 'y' (if): expected the values that 'else' yields "
     "of types (tensor<2xf32>), but got (tensor<i1>)"},
    {"NothingToCarry",
     graphOf(R"({"name": "y", "op": "while", "inputs": [], "regions":
   {"condition": {"outputs": ["p"]}, "body": {"outputs": []}}})",
             R"("y", "x")"),
     "g.json:2:11: /nodes/0 'y' (while): expected a value to carry from one "
     "iteration to the next, but got none"},
    {"OperandsSaidOnce",
     graphOf(R"({"name": "y", "op": "scan", "inputs": ["x", "p"], "regions":
   {"body": {"inputs": ["s", "e"], "outputs": ["s", "e"]}}})"),
     "g.json:2:11: /nodes/0 'y' (scan): expected sequences of rank 1 or more, "
     "but got 'tensor<i1>'"},
    {"RegionsOfAnUnknownOp",
     graphOf(R"({"name": "y", "op": "iff", "inputs": ["p"], "regions":
   {"then": {"outputs": ["nope"]}}})",
             R"("y", "x")"),
     "g.json:2:31: /nodes/0/op 'y' (iff): expected an op of tactus, but got "
     "'iff' (did you mean 'if'?)\n"
     "g.json:3:26: /nodes/0/regions/then/outputs/0 'y' (iff): expected the "
     "name of an input, parameter or node, but got 'nope'"},
};

struct JsonRegionsRefusedTest : testing::TestWithParam<Row> {};

TEST_P(JsonRegionsRefusedTest, SaysWhereAndWhy) {
  EXPECT_EQ(read(GetParam().text).diagnostics, GetParam().problems);
}

INSTANTIATE_TEST_SUITE_P(Rows, JsonRegionsRefusedTest, testing::ValuesIn(rows),
                         [](const auto &info) { return info.param.name; });

} // namespace
