//===- HostileJsonTest.cpp - JSON graphs that must be refused -------------===//
//
// One row for each kind of fault, with the whole message.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/JsonReader.h"
#include <gtest/gtest.h>

using namespace tactus;

namespace {

std::string problems(std::string text) {
  Diagnostics diagnostics;
  try {
    auto document = json::Document::parse(std::move(text), "g.json");
    auto program = readJsonGraph(document, testing::TempDir(), diagnostics);
    EXPECT_EQ(program.has_value(), !diagnostics.hasErrors());
  } catch (const Error &error) {
    return error.what();
  }
  return diagnostics.str();
}

/// A graph of one line with an input x of f32[2,3].
std::string withNodes(const std::string &nodes,
                      const std::string &outputs = R"("y")") {
  return R"({"tactus": 1, "inputs": [{"name": "x", "type": "f32[2,3]"}],)"
         "\n"
         R"("nodes": [)" +
         nodes + R"(], "outputs": [)" + outputs + "]}";
}

std::string withType(const std::string &type) {
  return R"({"tactus": 1, "inputs": [{"name": "x", "type": ")" + type +
         R"("}], "outputs": ["x"]})";
}

struct Row {
  const char *name;
  std::string text;
  const char *problems;
};

const Row rows[] = {
    {"TrailingText", withType("f32[2]") + "x",
     "g.json:1:77: expected the end of the text, but got 'x'"},
    {"DuplicateKey", R"({"tactus": 1, "tactus": 1})",
     "g.json:1:15: expected each key once, but got 'tactus' twice"},
    {"Nesting", std::string(100, '['),
     "g.json:1:65: expected brackets nested 64 deep or less, but got more"},
    {"InvalidUtf8", "{\"tactus\": 1, \"name\": \"\xff\"}",
     "g.json:1:24: expected valid UTF-8, but got byte 0xff"},
    {"NotANumber", R"({"tactus": NaN})",
     "g.json:1:12: expected a value, but got 'NaN'"},
    {"HugeNumber", R"({"tactus": 1e400})",
     "g.json:1:12: expected a number within the range of f64, but got '1e400'"},
    {"UnknownKey", R"({"tactus": 1, "nods": [], "outputs": []})",
     "g.json:1:38: /outputs: expected one output or more, but got none\n"
     "g.json:1:15: /nods: expected one of the keys 'inputs', 'name', 'nodes', "
     "'outputs', 'parameters', 'tactus', but got 'nods' (did you mean "
     "'nodes'?)"},
    {"Version", R"({"tactus": 2, "nodes": 7})",
     "g.json:1:12: /tactus: expected version 1, but got 2"},
    {"NoVersion", R"({"outputs": ["x"]})",
     "g.json:1:1: expected a key 'tactus', but got none"},
    {"TwoNodesOfOneName",
     withNodes(R"({"name": "y", "op": "relu", "inputs": ["x"]},
                  {"name": "y", "op": "relu", "inputs": ["x"]})"),
     "g.json:3:28: /nodes/1/name: expected a name of its own, but got 'y' "
     "again, which /nodes/0 has"},
    {"ReferenceToNothing",
     withNodes(R"({"name": "y", "op": "relu", "inputs": ["xx"]})"),
     "g.json:2:50: /nodes/0/inputs/0 'y' (relu): expected the name of an "
     "input, parameter or node, but got 'xx' (did you mean 'x'?)"},
    {"Cycle", withNodes(R"({"name": "y", "op": "relu", "inputs": ["b"]},
                  {"name": "b", "op": "tanh", "inputs": ["y"]})"),
     "g.json:2:11: /nodes/0 'y' (relu): expected no cycle, but got 'y' uses "
     "'b' uses 'y'"},
    {"SelfReference",
     withNodes(R"({"name": "y", "op": "relu", "inputs": ["y"]})"),
     "g.json:2:11: /nodes/0 'y' (relu): expected no cycle, but got 'y' uses "
     "'y'"},
    {"UnknownOp", withNodes(R"({"name": "y", "op": "rellu", "inputs": ["x"]})"),
     "g.json:2:31: /nodes/0/op 'y' (rellu): expected an op of tactus, but got "
     "'rellu' (did you mean 'relu'?)"},
    {"OperandCount",
     withNodes(R"({"name": "y", "op": "add", "inputs": ["x"]})"),
     "g.json:2:48: /nodes/0/inputs 'y' (add): expected 2 operands (lhs, rhs), "
     "but got 1"},
    {"NullOperand",
     withNodes(R"({"name": "y", "op": "add", "inputs": ["x", null]})"),
     "g.json:2:54: /nodes/0/inputs/1 'y' (add): expected operand 'rhs', which "
     "is not optional, but got null"},
    {"NullOperandOfMany",
     withNodes(R"({"name": "y", "op": "concat", "inputs": ["x", null], )"
               R"("attributes": {"axis": 0}})"),
     "g.json:2:57: /nodes/0/inputs/1 'y' (concat): expected operand 'inputs', "
     "which is not optional, but got null"},
    {"NegativeDimension", withType("f32[-1]"),
     "g.json:1:48: /inputs/0/type: expected a dimension that is a whole number "
     "from 0 or a name, but got '-1'"},
    {"FractionalDimension", withType("f32[2.5]"),
     "g.json:1:48: /inputs/0/type: expected a dimension that is a whole number "
     "from 0 or a name, but got '2.5'"},
    {"ProductOfDimensions", withType("f32[4294967296,4294967296]"),
     "g.json:1:48: /inputs/0/type: expected a tensor of 2^40 bytes or less, "
     "but got f32[4294967296,4294967296]"},
    {"LiteralRange",
     R"({"tactus": 1, "inputs": [{"name": "x", "type": "i8[2]"}],
        "nodes": [{"name": "y", "op": "add", "inputs": ["x", 128]}],
        "outputs": ["y"]})",
     "g.json:2:62: /nodes/0/inputs/1 'y' (add): expected an integer from -128 "
     "to 127, but got 128"},
    {"LiteralCount",
     withNodes(R"({"name": "y", "op": "constant", "attributes":
                   {"type": "f32[3]", "value": [1, 2]}})",
               R"("y", "x")"),
     "g.json:3:48: /nodes/0/attributes/value 'y' (constant): expected an array "
     "of 3 for dim 0 of f32[3], but got an array of 2"},
    {"RaggedLiteral",
     withNodes(R"({"name": "y", "op": "add", "inputs": ["x", [[1, 2], [3]]]})"),
     "g.json:2:63: /nodes/0/inputs/1/1 'y' (add): expected an array of 2 for "
     "dim 1 of the value, as its first element has it, but got an array of 1"},
    {"InnerDimensions",
     withNodes(R"({"name": "y", "op": "matmul", "inputs": ["x", "x"]})"),
     "g.json:2:11: /nodes/0 'y' (matmul): expected lhs dim -1 (3) to equal rhs "
     "dim -2 (2)"},
    {"Broadcast",
     withNodes(R"({"name": "y", "op": "add", "inputs": ["x", [1, 2]]})"),
     "g.json:2:11: /nodes/0 'y' (add): expected shapes that broadcast, but got "
     "lhs dim -1 (3) and rhs dim -1 (2)"},
    {"AxisRange", withNodes(R"({"name": "y", "op": "softmax", "inputs": ["x"],
                   "attributes": {"axis": 2}})"),
     "g.json:2:11: /nodes/0 'y' (softmax): expected an axis from -2 to 1, but "
     "got 2"},
    {"AxisTwice", withNodes(R"({"name": "y", "op": "sum", "inputs": ["x"],
                   "attributes": {"axes": [1, -1]}})"),
     "g.json:2:11: /nodes/0 'y' (sum): expected each axis once, but got 1 "
     "twice"},
    {"EmptyMaximum",
     R"({"tactus": 1, "inputs": [{"name": "x", "type": "f32[2,0]"}],
        "nodes": [{"name": "y", "op": "max", "inputs": ["x"]}],
        "outputs": ["y"]})",
     "g.json:2:19: /nodes/0 'y' (max): expected elements to compare, but got "
     "dim 1 of size 0"},
    {"PreluSlope",
     withNodes(R"({"name": "y", "op": "prelu", "inputs": ["x", [1, 2]]})"),
     "g.json:2:11: /nodes/0 'y' (prelu): expected shapes that broadcast, but "
     "got lhs dim -1 (3) and rhs dim -1 (2)"},
    {"FloatOpOnIntegers",
     R"({"tactus": 1, "inputs": [{"name": "x", "type": "i32[2]"}],
        "nodes": [{"name": "y", "op": "sigmoid", "inputs": ["x"]}],
        "outputs": ["y"]})",
     "g.json:2:19: /nodes/0 'y' (sigmoid): expected operand 0 to be a tensor "
     "of a float type, but got tensor<2xi32>"},
    {"NoOutputs", withNodes("", ""),
     "g.json:2:25: /outputs: expected one output or more, but got none"},
    {"NameWithNul",
     withNodes("{\"name\": \"y\\u0000\", \"op\": \"relu\", \"inputs\": "
               "[\"x\"]}",
               "\"x\""),
     "g.json:2:20: /nodes/0/name: expected a name without control characters, "
     "but got byte 0x00 in it"},
    {"NameWithDots",
     withNodes(R"({"name": "../y", "op": "relu", "inputs": ["x"]})", "\"x\""),
     "g.json:2:20: /nodes/0/name: expected a name without '/', but got "
     "'../y'"},
    {"AttributeOfWrongType",
     withNodes(R"({"name": "y", "op": "softmax", "inputs": ["x"],
                   "attributes": {"axis": 1.5}})"),
     "g.json:3:43: /nodes/0/attributes/axis 'y' (softmax): expected an "
     "integer, but got 1.5"},
    {"UnknownAttribute",
     withNodes(R"({"name": "y", "op": "softmax", "inputs": ["x"],
                   "attributes": {"axes": 1}})"),
     "g.json:3:35: /nodes/0/attributes/axes 'y' (softmax): expected one of the "
     "attributes 'axis' of softmax, but got 'axes' (did you mean 'axis'?)"},
    {"MissingAttribute",
     withNodes(R"({"name": "y", "op": "cast", "inputs": ["x"]})"),
     "g.json:2:11: /nodes/0 'y' (cast): expected the attribute 'to'"},
    {"UnknownChoice", withNodes(R"({"name": "y", "op": "gelu", "inputs": ["x"],
                   "attributes": {"approximate": "than"}})"),
     "g.json:3:50: /nodes/0/attributes/approximate 'y' (gelu): expected one of "
     "'none', 'tanh', but got 'than'"},
    {"AlphaIsNan", withNodes(R"({"name": "y", "op": "elu", "inputs": ["x"],
                   "attributes": {"alpha": "nan"}})"),
     "g.json:2:11: /nodes/0 'y' (elu): expected a finite alpha, but got nan"},
    {"ResultNumber",
     withNodes(R"({"name": "y", "op": "relu", "inputs": ["x"]})", R"("y:1")"),
     "g.json:2:70: /outputs/0: expected {\"name\": ..., \"value\": ...}, as "
     "the "
     "name of an output holds no ':', but got 'y:1'"},
    {"NoSuchResult",
     withNodes(R"({"name": "y", "op": "relu", "inputs": ["x"]})",
               R"({"name": "z", "value": "y:1"})"),
     "g.json:2:93: /outputs/0/value: expected the number of a result below 1, "
     "but got 'y:1'"},
    {"ParametersLeaveTheFolder",
     R"({"tactus": 1, "parameters": {"file": "../w.safetensors",
        "tensors": [{"name": "w", "type": "f32[2]"}]}, "outputs": ["w"]})",
     "g.json:1:38: /parameters/file: expected a path inside the directory of "
     "the "
     "file that names it, but got '../w.safetensors', which has a '..'"},
    {"Infinity", R"({"tactus": 1, "x": -Infinity})",
     "g.json:1:20: expected a value, but got '-Infinity'"},
    {"TwoInputsOfOneName",
     R"({"tactus": 1, "inputs": [{"name": "x", "type": "f32[3]"},
        {"name": "x", "type": "f32[3]"}], "outputs": ["x"]})",
     "g.json:2:18: /inputs/1/name: expected a name of its own, but got 'x' "
     "again, which /inputs/0 has"},
    {"Rank",
     withType("f32[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,"
              "1,1,1,1,1,1,1]"),
     "g.json:1:48: /inputs/0/type: expected rank 32 or less, but got rank 33"},
    {"RankOfResult",
     R"({"tactus": 1, "inputs": [{"name": "x", "type": "f32[]"}],
        "nodes": [{"name": "y", "op": "reshape", "inputs": ["x"], "attributes":
          {"shape": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,
                     1,1,1,1]}}], "outputs": ["y"]})",
     "g.json:2:19: /nodes/0 'y' (reshape): expected a tensor of rank 32 or "
     "less, but got rank 33"},
    {"SizeOfProduct",
     R"({"tactus": 1, "inputs": [{"name": "x", "type": "f32[1048576,1]"},
                                 {"name": "w", "type": "f32[1,1048576]"}],
        "nodes": [{"name": "y", "op": "matmul", "inputs": ["x", "w"]}],
        "outputs": ["y"]})",
     "g.json:3:19: /nodes/0 'y' (matmul): expected a tensor of 2^40 bytes or "
     "less, but got 'tensor<1048576x1048576xf32>'"},
    {"ZerosExcuseNoSize",
     R"({"tactus": 1, "inputs": [{"name": "x", "type": "f32[0]"}],
        "nodes": [{"name": "y", "op": "reshape", "inputs": ["x"],
                   "attributes": {"shape": [0, 9223372036854775807]}}],
        "outputs": ["y"]})",
     "g.json:2:19: /nodes/0 'y' (reshape): expected a tensor of 2^40 bytes or "
     "less, but got 'tensor<0x9223372036854775807xf32>'"},
    {"SizeOfFill",
     R"({"tactus": 1, "nodes": [{"name": "y", "op": "fill", "attributes":
        {"type": "f32[1099511627776]", "value": 0}}], "outputs": ["y"]})",
     "g.json:2:18: /nodes/0/attributes/type 'y' (fill): expected a tensor of "
     "2^40 bytes or less, but got f32[1099511627776]"},
    {"SmallestAxis",
     withNodes(R"({"name": "y", "op": "softmax", "inputs": ["x"],
                   "attributes": {"axis": -9223372036854775808}})"),
     "g.json:2:11: /nodes/0 'y' (softmax): expected an axis from -2 to 1, but "
     "got -9223372036854775808"},
    {"ParametersOfAnAbsolutePath",
     R"({"tactus": 1, "parameters": {"file": "/etc/passwd",
        "tensors": [{"name": "w", "type": "f32[2]"}]}, "outputs": ["w"]})",
     "g.json:1:38: /parameters/file: expected a path inside the directory of "
     "the file that names it, but got '/etc/passwd', which is absolute"},
    {"InputsAreNoArray", R"({"tactus": 1, "inputs": "x", "outputs": {"y": 1}})",
     "g.json:1:25: /inputs: expected an array, but got 'x'\n"
     "g.json:1:41: /outputs: expected an array, but got an object"},
    {"NotAnObject", "[]",
     "g.json:1:1: expected an object, but got an array of 0"},
};

class HostileJsonTest : public testing::TestWithParam<Row> {};

TEST_P(HostileJsonTest, IsRefused) {
  EXPECT_EQ(problems(GetParam().text), GetParam().problems);
}

INSTANTIATE_TEST_SUITE_P(Rows, HostileJsonTest, testing::ValuesIn(rows),
                         [](const testing::TestParamInfo<Row> &info) {
                           return info.param.name;
                         });

TEST(HostileJsonTest, ManyFaultsTakeLittleTime) {
  // A place is worked out only for the errors that are kept.
  std::string nodes;
  for (int i = 0; i < 100000; ++i)
    nodes += (i ? ",\n" : "") + std::string(R"({"name": "n)") +
             std::to_string(i) + R"(", "op": "relu", "inputs": ["q"]})";
  std::string text = problems(withNodes(nodes, R"("x")"));
  EXPECT_NE(text.find("and 99900 more errors"), std::string::npos);
}

} // namespace
