//===- SpecialValuesTest.cpp - Every elementwise op at the awkward values -===//
//
// The ops come from the table, so that a new one is here without being named.
// Each runs on all combinations of zeros of both signs, subnormals, infinities,
// NaN, ends of ranges and ties, on the interpreter and on compiled code.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Compile.h"
#include "compiler/Graph/OpTable.h"
#include "compiler/Import/JsonReader.h"
#include "runtime/Tensor/Compare.h"
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

using namespace tactus;

namespace {

template <typename T> std::vector<T> specialValues() {
  if constexpr (std::is_same_v<T, bool>) {
    return {false, true};
  } else if constexpr (std::is_integral_v<T>) {
    using Limits = std::numeric_limits<T>;
    return {0,
            1,
            2,
            3,
            7,
            T(8 * sizeof(T) - 1),
            T(8 * sizeof(T)),
            T(-1),
            T(-7),
            Limits::min(),
            T(Limits::min() + 1),
            Limits::max(),
            T(Limits::max() - 1)};
  } else {
    std::vector<double> values = {0.0,  0.5,   1.0,     1.5, 2.5,  3.0,
                                  6.25, 20.75, 8388609, NAN, 1e300};
    bool isDouble = std::is_same_v<T, double>;
    // The least subnormal, a larger one and the least normal number of f64 or
    // f32; half floats round them to 0 or to their own.
    for (int exponent : isDouble ? std::vector{-1074, -1040, -1022, 1023}
                                 : std::vector{-149, -130, -126, 127})
      values.push_back(std::ldexp(1.0, exponent));
    for (int exponent : {-24, -20, -14, 15})
      values.push_back(std::ldexp(1.0, exponent));
    values.push_back(INFINITY);
    std::vector<T> both;
    for (double value : values)
      for (double number : {value, -value}) {
        if constexpr (std::is_same_v<T, double>)
          both.push_back(number);
        else
          both.push_back(T(float(number)));
      }
    return both;
  }
}

/// Operand `index` of three that go through all combinations.
Tensor combinations(ElementType type, int index) {
  return dispatch(type, [&](auto tag) {
    using T = decltype(tag);
    std::vector<T> values = specialValues<T>();
    size_t n = values.size();
    Tensor tensor = Tensor::zeros({type, {Dimension(int64_t(n * n * n))}});
    auto out = tensor.mutableData<T>();
    for (size_t i = 0; i < n * n * n; ++i)
      out[i] = values[index == 0 ? i % n : index == 1 ? i / n % n : i / n / n];
    return tensor;
  });
}

/// The ways to write the attributes of `op`: every choice of an enum, both of a
/// flag, every type.
std::vector<std::string> attributesOf(const OpInfo &op) {
  std::vector<std::string> texts = {""};
  for (const AttributeInfo &attribute : op.attributes) {
    std::vector<std::string> choices;
    if (attribute.kind == AttributeKind::Enum)
      for (llvm::StringLiteral name : attribute.cases)
        choices.push_back("\"" + name.str() + "\"");
    if (attribute.kind == AttributeKind::Bool)
      choices = {"false", "true"};
    if (attribute.kind == AttributeKind::ElementType)
      for (ElementType type : op.resultTypes)
        choices.push_back("\"" + std::string(toString(type)) + "\"");
    if (choices.empty())
      continue;
    std::vector<std::string> more;
    for (const std::string &text : texts)
      for (const std::string &choice : choices)
        more.push_back(text + (text.empty() ? "" : ", ") + "\"" +
                       attribute.name.str() + "\": " + choice);
    texts = more;
  }
  return texts;
}

/// Ops whose attributes may be left out; a table of lines wants its own.
bool isElementwise(const OpInfo &op) {
  return (op.family == "Elementwise" || op.family == "Activation") &&
         !op.findAttribute("axis") && op.name != "piecewise_linear";
}

/// One graph of every elementwise op that takes `type`, each an output.
std::string graphOf(ElementType type) {
  std::string size = std::to_string(combinations(type, 0).numElements());
  std::string nodes, outputs;
  for (const OpInfo &op : graphOps()) {
    if (!isElementwise(op))
      continue;
    std::string operands;
    bool takesType = false, takesAll = true;
    const char *names[] = {"a", "b", "c"};
    for (auto [i, operand] : llvm::enumerate(op.operands)) {
      bool takes = llvm::is_contained(operand.elementTypes, type);
      bool isCondition =
          !takes && llvm::is_contained(operand.elementTypes, ElementType::I1);
      takesType |= takes;
      takesAll &= takes || isCondition;
      operands += (i ? ", \"" : "\"") +
                  std::string(isCondition ? "condition" : names[i]) + "\"";
    }
    if (!takesType || !takesAll)
      continue;
    for (auto [i, attributes] : llvm::enumerate(attributesOf(op))) {
      std::string name = op.name.str() + "_" + std::to_string(i);
      nodes += (nodes.empty() ? "" : ", ") +
               ("{\"name\": \"" + name + "\", \"op\": \"" + op.name.str() +
                "\", \"inputs\": [" + operands + "], \"attributes\": {" +
                attributes + "}}");
      outputs += (outputs.empty() ? "\"" : ", \"") + name + "\"";
    }
  }
  std::string inputs;
  for (const char *name : {"a", "b", "c"})
    inputs += "{\"name\": \"" + std::string(name) + "\", \"type\": \"" +
              std::string(toString(type)) + "[" + size + "]\"}, ";
  return "{\"tactus\": 1, \"inputs\": [" + inputs +
         "{\"name\": \"condition\", \"type\": \"i1[" + size +
         "]\"}], \"nodes\": [" + nodes + "], \"outputs\": [" + outputs + "]}";
}

std::map<std::string, Tensor> runOn(const char *target,
                                    const std::string &graph,
                                    const std::map<std::string, Tensor> &in) {
  Diagnostics diagnostics;
  json::Document document = json::Document::parse(graph, "graph.json");
  std::optional<Program> program = readJsonGraph(document, ".", diagnostics);
  if (!program)
    throw Error(diagnostics.str());
  return compileProgram(std::move(*program), Target::parse(target), {}).run(in);
}

/// How many zeros of `actual` have another sign than those of `expected`.
int64_t countOtherZeros(const Tensor &actual, const Tensor &expected) {
  return dispatch(expected.elementType(), [&](auto tag) {
    using T = decltype(tag);
    int64_t count = 0;
    if constexpr (!std::is_integral_v<T>) {
      auto a = actual.data<T>(), e = expected.data<T>();
      for (size_t i = 0; i < a.size(); ++i)
        count += double(a[i]) == 0 && double(e[i]) == 0 &&
                 std::signbit(double(a[i])) != std::signbit(double(e[i]));
    }
    return count;
  });
}

class SpecialValuesTest : public testing::TestWithParam<ElementType> {};

TEST_P(SpecialValuesTest, AreAsTheInterpreterSays) {
  ElementType type = GetParam();
  std::string graph = graphOf(type);
  std::map<std::string, Tensor> inputs = {{"a", combinations(type, 0)},
                                          {"b", combinations(type, 1)},
                                          {"c", combinations(type, 2)}};
  Tensor condition = Tensor::zeros(
      {ElementType::I1, {Dimension(inputs.at("a").numElements())}});
  for (size_t i = 0; i < condition.mutableData<bool>().size(); i += 3)
    condition.mutableData<bool>()[i] = true;
  inputs.emplace("condition", condition);
  auto expected = runOn("interpreter", graph, inputs);
  for (const char *target : {"cpu", "cpu:x86-64-v2", "cpu:x86-64-v3"}) {
    auto actual = runOn(target, graph, inputs);
    for (const auto &[name, tensor] : expected) {
      bool isHalf = tensor.elementType() == ElementType::F16 ||
                    tensor.elementType() == ElementType::BF16;
      Comparison result =
          compare(actual.at(name), tensor, Tolerance::ofUlps(isHalf ? 1 : 3));
      EXPECT_TRUE(result.equal())
          << name << " on " << target << ": " << result.report;
      EXPECT_EQ(countOtherZeros(actual.at(name), tensor), 0)
          << name << " on " << target;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Types, SpecialValuesTest,
                         testing::Values(ElementType::F32, ElementType::F64,
                                         ElementType::F16, ElementType::BF16,
                                         ElementType::I1, ElementType::I8,
                                         ElementType::U8, ElementType::I16,
                                         ElementType::I32, ElementType::I64),
                         [](const auto &info) {
                           return std::string(toString(info.param));
                         });

} // namespace
