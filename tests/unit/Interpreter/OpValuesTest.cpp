//===- OpValuesTest.cpp - What each op gives, worked by hand --------------===//
//
// Every op that a graph may hold has at least one case here, with values small
// enough to be worked out on paper, and the awkward ones: ties, saturation,
// NaN, zeros of both signs, overflow.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Interpreter/OpValues.h"
#include "compiler/Graph/OpTable.h"
#include "compiler/Import/JsonReader.h"
#include "runtime/Interpreter/Interpreter.h"
#include <cmath>
#include <gtest/gtest.h>
#include <set>

using namespace tactus;
using namespace tactus::test;

namespace {

constexpr double inf = INFINITY, nan = NAN;

const Case cases[] = {
    // Activations.
    {"relu", "", {{"f32[4]", {-1, -0.0, 2, nan}}}, {"f32[4]", {0, 0, 2, nan}}},
    {"relu6", "", {{"f32[3]", {-1, 3, 7}}}, {"f32[3]", {0, 3, 6}}},
    {"leaky_relu",
     R"("alpha": 0.25)",
     {{"f32[2]", {-4, 4}}},
     {"f32[2]", {-1, 4}}},
    {"prelu",
     "",
     {{"f32[2,2]", {-4, 4, -8, 8}}, {"f32[2,1]", {0.25, 0.5}}},
     {"f32[2,2]", {-1, 4, -4, 8}}},
    {"elu",
     R"("alpha": 2.0)",
     {{"f32[3]", {-inf, 0, 3}}},
     {"f32[3]", {-2, 0, 3}}},
    {"selu",
     "",
     {{"f32[2]", {0, 1}}},
     {"f32[2]", {0, 1.05070102214813232421875}}},
    {"celu",
     R"("alpha": 2.0)",
     {{"f32[3]", {-inf, 0, 3}}},
     {"f32[3]", {-2, 0, 3}}},
    {"sigmoid",
     "",
     {{"f32[4]", {0, -inf, inf, 4}}},
     {"f32[4]", {0.5, 0, 1, 0.98201376199722290}}},
    {"tanh",
     "",
     {{"f32[3]", {0, inf, 1}}},
     {"f32[3]", {0, 1, 0.76159417629241943}}},
    {"gelu",
     "",
     {{"f32[4]", {0, 1, -1, -inf}}},
     {"f32[4]", {0, 0.84134477376937866, -0.15865525603294373, -0.0}}},
    {"gelu",
     R"("approximate": "tanh")",
     {{"f32[2]", {0, 1}}},
     {"f32[2]", {0, 0.84119200706481934}}},
    {"silu",
     "",
     {{"f32[3]", {0, 1, -inf}}},
     {"f32[3]", {0, 0.73105859756469727, -0.0}}},
    {"mish", "", {{"f32[2]", {0, inf}}}, {"f32[2]", {0, inf}}},
    {"softplus",
     "",
     {{"f32[3]", {0, -inf, 100}}},
     {"f32[3]", {0.69314718246459961, 0, 100}}},
    {"softsign", "", {{"f32[3]", {1, -3, inf}}}, {"f32[3]", {0.5, -0.75, 1}}},
    {"hard_sigmoid",
     R"("alpha": 0.25, "beta": 0.5)",
     {{"f32[4]", {-3, -1, 1, 3}}},
     {"f32[4]", {0, 0.25, 0.75, 1}}},
    {"hard_swish",
     "",
     {{"f32[4]", {-4, -1.5, 1.5, 4}}},
     {"f32[4]", {-0.0, -0.375, 1.125, 4}}},
    {"hard_tanh",
     R"("min": -2.0, "max": 1.0)",
     {{"f32[3]", {-3, 0.5, 3}}},
     {"f32[3]", {-2, 0.5, 1}}},
    {"thresholded_relu",
     R"("alpha": 1.0)",
     {{"f32[3]", {0.5, 1, 1.5}}},
     {"f32[3]", {0, 0, 1.5}}},
    // ln of 1, 2 and 1: the elements are as 1 : 2 : 1.
    {"softmax",
     "",
     {{"f64[3]", {0, 0.69314718055994531, 0}}},
     {"f64[3]", {0.25, 0.5, 0.25}}},
    {"softmax", "", {{"f32[2]", {-10000, 10000}}}, {"f32[2]", {0, 1}}},
    {"softmax",
     R"("axis": 0)",
     {{"f32[2,2]", {5, 0, 5, -inf}}},
     {"f32[2,2]", {0.5, 1, 0.5, 0}}},
    {"log_softmax",
     "",
     {{"f32[2]", {3, 3}}},
     {"f32[2]", {-0.69314718246459961, -0.69314718246459961}}},
    {"log_softmax", "", {{"f32[2]", {-10000, 10000}}}, {"f32[2]", {-20000, 0}}},
    // Contraction.
    {"matmul",
     "",
     {{"f32[2,2]", {1, 2, 3, 4}}, {"f32[2,1]", {5, 6}}},
     {"f32[2,1]", {17, 39}}},
    {"matmul",
     "",
     {{"i8[1,2]", {-128, -128}}, {"i8[2,1]", {-128, -128}}},
     {"i32[1,1]", {32768}}},
    {"matmul",
     "",
     {{"u8[1,2]", {255, 1}}, {"i8[2,1]", {-1, 1}}},
     {"i32[1,1]", {-254}}},
    {"matmul",
     "",
     {{"f32[2,1,2]", {1, 2, 3, 4}}, {"f32[2,1]", {1, 10}}},
     {"f32[2,1,1]", {21, 43}}},
    {"matmul", "", {{"f32[1,0]", {}}, {"f32[0,2]", {}}}, {"f32[1,2]", {0, 0}}},
    // Wide: 2^24 + 1 - 2^24 is lost in f32.
    {"matmul",
     "",
     {{"f32[1,3]", {16777216, 1, -16777216}}, {"f32[3,1]", {1, 1, 1}}},
     {"f32[1,1]", {1}}},
    // From a start of its own, of which the empty product is all there is.
    {"matmul",
     "",
     {{"i8[2,1]", {1, 2}}, {"i8[1,2]", {3, 4}}, {"i32[2,1]", {10, -20}}},
     {"i32[2,2]", {13, 14, -14, -12}}},
    {"matmul",
     "",
     {{"f32[1,0]", {}}, {"f32[0,2]", {}}, {"f32[2]", {5, -0.0}}},
     {"f32[1,2]", {5, -0.0}}},
    {"matmul",
     "",
     {{"f16[1,2]", {2048, 1}}, {"f16[2,1]", {1, 1}}, {"f16[1]", {1}}},
     {"f16[1,1]", {2050}}},
    // 2 where the sum is wide; two blocks are 2^24 and 1 - 2^24; a chain loses
    // both ones.
    {"matmul",
     "",
     {{"f32[1,4]", {1, 16777216, 1, -16777216}}, {"f32[4,1]", {1, 1, 1, 1}}},
     {"f32[1,1]", {2}}},
    {"matmul",
     R"("block": 2)",
     {{"f32[1,4]", {1, 16777216, 1, -16777216}}, {"f32[4,1]", {1, 1, 1, 1}}},
     {"f32[1,1]", {1}}},
    {"matmul",
     R"("block": 100)",
     {{"f32[1,4]", {1, 16777216, 1, -16777216}}, {"f32[4,1]", {1, 1, 1, 1}}},
     {"f32[1,1]", {0}}},
    // (1 + 2^-12)^2 - (1 + 2^-11): the product is not rounded.
    {"matmul",
     R"("block": 2)",
     {{"f32[1,2]", {-1, 1.000244140625}},
      {"f32[2,1]", {1.00048828125, 1.000244140625}}},
     {"f32[1,1]", {0x1p-24}}},
    // 2^24 takes 1 + 1, but not one after the other.
    {"matmul",
     R"("block": 2)",
     {{"f32[1,2]", {1, 1}}, {"f32[2,1]", {1, 1}}, {"f32[1]", {16777216}}},
     {"f32[1,1]", {16777218}}},
    {"matmul",
     R"("block": 1)",
     {{"f32[1,2]", {1, 1}}, {"f32[2,1]", {1, 1}}, {"f32[1]", {16777216}}},
     {"f32[1,1]", {16777216}}},
    // Each chain starts from +0.
    {"matmul",
     R"("block": 1, "element_type": "f32")",
     {{"bf16[1,1]", {-0.0}}, {"bf16[1,2]", {1, inf}}, {"f32[2]", {-0.0, 1}}},
     {"f32[1,2]", {0, nan}}},
    {"matmul",
     R"("block": 1)",
     {{"i8[1,3]", {-128, -128, 1}},
      {"i8[3,1]", {-128, -128, 1}},
      {"i32[]", {2147483647}}},
     {"i32[1,1]", {-2147450880}}},
    // Reductions.
    {"sum", R"("axes": [1])", {{"f32[2,2]", {1, 2, 3, 4}}}, {"f32[2]", {3, 7}}},
    {"sum", "", {{"i8[3]", {127, 127, 127}}}, {"i32[]", {381}}},
    {"sum", R"("axes": [0])", {{"f32[0,2]", {}}}, {"f32[2]", {0, 0}}},
    // Wide, and one rounded after the other, in row-major order.
    {"sum", "", {{"f16[3]", {2048, 1, 1}}}, {"f16[]", {2050}}},
    {"sum",
     R"("sequential": true)",
     {{"f16[3]", {2048, 1, 1}}},
     {"f16[]", {2048}}},
    {"sum",
     R"("sequential": true, "element_type": "f32")",
     {{"f16[3]", {2048, 1, 1}}},
     {"f32[]", {2050}}},
    {"sum",
     R"("sequential": true, "axes": [2, 0])",
     {{"f32[2,2,2]", {16777216, 1, 1, 1, 1, 1, 1, 16777216}}},
     {"f32[2]", {16777216, 16777220}}},
    {"sum",
     R"("sequential": true)",
     {{"f64[3]", {9007199254740992, 1, 1}}},
     {"f64[]", {9007199254740992}}},
    {"sum",
     R"("sequential": true, "axes": [1])",
     {{"f32[2,2]", {-0.0, -0.0, inf, -inf}}},
     {"f32[2]", {0, nan}}},
    {"sum",
     R"("sequential": true, "axes": [0])",
     {{"f32[0,2]", {}}},
     {"f32[2]", {0, 0}}},
    {"sum",
     R"("sequential": true)",
     {{"i8[3]", {127, 127, 127}}},
     {"i32[]", {381}}},
    {"mean",
     R"("axes": [0], "keepdims": true)",
     {{"f32[2,2]", {1, 2, 3, 5}}},
     {"f32[1,2]", {2, 3.5}}},
    {"mean", "", {{"f16[3]", {65504, 65504, 65504}}}, {"f16[]", {65504}}},
    {"max",
     R"("axes": [-1])",
     {{"f32[2,2]", {1, nan, -3, -2}}},
     {"f32[2]", {nan, -2}}},
    {"min", "", {{"u8[3]", {7, 200, 9}}}, {"u8[]", {7}}},
    {"argmax", "", {{"f32[2,3]", {1, 5, 5, nan, 7, nan}}}, {"i64[2]", {1, 0}}},
    {"argmax",
     R"("axis": 0)",
     {{"i8[2,2]", {-5, 3, -6, 4}}},
     {"i64[2]", {0, 1}}},
    // Mean 0 and variance 1, epsilon 0; then twice that plus 1.
    {"layer_norm",
     R"("epsilon": 0.0)",
     {{"f32[1,2]", {3, 5}}},
     {"f32[1,2]", {-1, 1}}},
    {"layer_norm",
     R"("epsilon": 3.0)",
     {{"f32[1,2]", {3, 5}}, {"f32[2]", {4, 2}}, {"f32[]", {1}}},
     {"f32[1,2]", {-1, 2}}},
    // Creation.
    {"constant",
     R"("type": "f32[3]", "value": [1.5, "inf", "nan"])",
     {},
     {"f32[3]", {1.5, inf, nan}}},
    {"fill", R"("type": "u8[2]", "value": 200)", {}, {"u8[2]", {200, 200}}},
    {"iota",
     R"("type": "i32[2,3]", "axis": -1)",
     {},
     {"i32[2,3]", {0, 1, 2, 0, 1, 2}}},
    // Philox4x32-10 of counter 0 and key 0 begins 6627e8d5 e169c58d bc57ac4c
    // 9b00dbd8;
    // the top four bits of each, less 8.
    {"random", R"("type": "i32[4]", "seed": 0)", {}, {"i32[4]", {-2, 6, 3, 1}}},
};

double elementOf(const Tensor &tensor, size_t i) {
  double value = 0;
  dispatch(tensor.elementType(),
           [&](auto tag) { value = double(tensor.data<decltype(tag)>()[i]); });
  return value;
}

Tensor tensorOf(const TensorType &type, const std::vector<double> &elements) {
  Tensor tensor = Tensor::zeros(type);
  EXPECT_EQ(size_t(tensor.numElements()), elements.size());
  dispatch(type.elementType, [&](auto tag) {
    using T = decltype(tag);
    std::span<T> data = tensor.mutableData<T>();
    for (size_t i = 0; i < data.size(); ++i)
      data[i] = T(elements[i]);
  });
  return tensor;
}

void expectElements(const Tensor &result, const Operand &wanted) {
  EXPECT_EQ(result.type().str(), wanted.type);
  ASSERT_EQ(size_t(result.numElements()), wanted.elements.size());
  for (size_t i = 0; i < wanted.elements.size(); ++i) {
    double actual = elementOf(result, i), expected = wanted.elements[i];
    EXPECT_TRUE(std::isnan(expected)
                    ? std::isnan(actual)
                    : actual == expected &&
                          std::signbit(actual) == std::signbit(expected))
        << "element " << i << ": expected " << expected << ", but got "
        << actual;
  }
}

std::vector<Case> allCases() {
  std::vector<Case> all(std::begin(cases), std::end(cases));
  for (std::span<const Case> more :
       {elementwiseCases(), reductionCases(), shapeCases(), quantizationCases(),
        creationCases(), controlCases()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

struct OpValuesTest : testing::TestWithParam<Case> {};

TEST_P(OpValuesTest, GivesWhatWasWorkedByHand) {
  const Case &c = GetParam();
  std::vector<Operand> given = c.operands;
  given.insert(given.end(), c.captured.begin(), c.captured.end());
  std::string inputs, names;
  for (size_t i = 0; i < given.size(); ++i) {
    std::string name = "x" + std::to_string(i);
    inputs += (i ? ", " : "") + ("{\"name\": \"" + name + "\", \"type\": \"") +
              given[i].type + "\"}";
    if (i < c.operands.size())
      names += (i ? ", \"" : "\"") + name + "\"";
  }
  std::string node = std::string("{\"name\": \"y\", \"op\": \"") + c.op + "\"";
  if (!names.empty())
    node += ", \"inputs\": [" + names + "]";
  if (*c.attributes)
    node += std::string(", \"attributes\": {") + c.attributes + "}";
  if (*c.regions)
    node += std::string(", \"regions\": {") + c.regions + "}";
  std::string outputs = "\"y\"";
  for (size_t i = 1; i <= c.others.size(); ++i)
    outputs += ", {\"name\": \"y" + std::to_string(i) +
               "\", \"value\": \"y:" + std::to_string(i) + "\"}";
  json::Document document = json::Document::parse(
      "{\"tactus\": 1, \"inputs\": [" + inputs + "], \"nodes\": [" + node +
          "}], \"outputs\": [" + outputs + "]}",
      "case.json");
  Diagnostics diagnostics;
  std::optional<Program> program = readJsonGraph(document, ".", diagnostics);
  ASSERT_TRUE(program) << diagnostics.str();

  std::vector<Port> ports = inputPorts(program->main());
  std::vector<Tensor> tensors;
  for (size_t i = 0; i < ports.size(); ++i)
    tensors.push_back(tensorOf(ports[i].type, given[i].elements));
  mlir::FailureOr<std::vector<Tensor>> results =
      interpretProgram(program->module.get(), tensors, program->parameters);
  ASSERT_TRUE(succeeded(results));
  ASSERT_EQ(results->size(), 1 + c.others.size());
  expectElements(results->front(), c.result);
  for (size_t i = 0; i < c.others.size(); ++i)
    expectElements((*results)[i + 1], c.others[i]);
}

std::string nameOf(const testing::TestParamInfo<Case> &info) {
  return info.param.op + std::string("_") + std::to_string(info.index);
}

INSTANTIATE_TEST_SUITE_P(Ops, OpValuesTest, testing::ValuesIn(allCases()),
                         nameOf);

TEST(OpValuesTest, HasEveryOp) {
  std::set<std::string> tested;
  for (const Case &c : allCases())
    tested.insert(c.op);
  for (const OpInfo &op : graphOps())
    EXPECT_TRUE(tested.contains(op.name.str())) << op.name.str();
}

} // namespace
