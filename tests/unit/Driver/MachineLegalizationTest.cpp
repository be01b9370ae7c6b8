//===- MachineLegalizationTest.cpp - Graphs as a machine computes them ----===//
//
// The module that tactus-legalize-for-target writes for a systolic machine, run
// by the interpreter, is near what the graph means, and where one op is one
// instruction, it is the instruction to the bit.
//
//===----------------------------------------------------------------------===//
#include "compiler/Graph/DiagnosticCollector.h"
#include "compiler/Import/JsonReader.h"
#include "compiler/Transforms/Passes.h"
#include "dialects/Systolic/ModuleMachine.h"
#include "dialects/Systolic/SystolicDialect.h"
#include "mlir/Pass/PassManager.h"
#include "runtime/Interpreter/Interpreter.h"
#include "runtime/Systolic/VectorMath.h"
#include "runtime/Tensor/Compare.h"
#include <bit>
#include <cmath>
#include <gtest/gtest.h>

using namespace tactus;

namespace {

/// y = op(x), as JSON.
Program readOp(const std::string &op, const std::string &attributes,
               const std::string &type) {
  std::string node = "{\"name\": \"y\", \"op\": \"" + op +
                     "\", \"inputs\": [\"x\"], \"attributes\": {" + attributes +
                     "}}";
  json::Document document = json::Document::parse(
      "{\"tactus\": 1, \"inputs\": [{\"name\": \"x\", "
      "\"type\": \"" +
          type + "\"}], \"nodes\": [" + node + "], \"outputs\": [\"y\"]}",
      "op.json");
  Diagnostics diagnostics;
  std::optional<Program> program = readJsonGraph(document, ".", diagnostics);
  EXPECT_TRUE(program) << diagnostics.str();
  return std::move(*program);
}

Tensor interpret(const Program &program, const Tensor &input) {
  auto results =
      interpretProgram(program.module.get(), input, program.parameters);
  EXPECT_TRUE(succeeded(results));
  return results->front();
}

void legalize(const Program &program) {
  mlir::MLIRContext *context = program.context.get();
  context->getOrLoadDialect<systolic::SystolicDialect>();
  mlir::ModuleOp module = program.module.get();
  module->setAttr(
      systolic::machineAttributeName,
      systolic::attributeOf(*systolic::findMachinePreset("tpu-v2"), context));
  mlir::PassManager passes(context);
  passes.addNestedPass<mlir::func::FuncOp>(createLegalizeForTargetPass());
  ASSERT_TRUE(succeeded(passes.run(module)));
}

/// Numbers of all sizes that activations tell apart, and special ones.
std::vector<float> someNumbers() {
  std::vector<float> numbers = {
      0.0f,   -0.0f,  INFINITY, -INFINITY, NAN,  1e-45f, -1e-45f, 3e38f,
      -3e38f, 3,      -3,       6,         8,    -8,     88.5f,   -88.5f,
      -104,   1e-20f, -1e-20f,  20,        -128, 1000,   -1000,   2.5f};
  for (int i = -4000; i <= 4000; ++i)
    numbers.push_back(float(i) * 0.0050731f);
  while (numbers.size() % 8)
    numbers.push_back(1);
  return numbers;
}

struct Case {
  const char *op;
  const char *attributes;
  /// How far the legalized op may be off: finite results by absolute +
  /// relative * size, others not at all.
  double absolute, relative;
};

// A line of 1/64 is off by |f''| / 8 / 64^2, and silu, sigmoid by what they
// are beyond 8. Exponentials from which 1 is taken away are exact to half a
// unit of numbers below 1, 2^-25, which alpha and gamma multiply.
const Case activations[] = {
    {"sigmoid", "", 3.4e-4, 0},
    {"tanh", "", 2.4e-5, 0},
    {"gelu", "", 2.6e-5, 1e-7},
    {"gelu", R"("approximate": "tanh")", 2.8e-5, 1e-7},
    {"silu", "", 2.7e-3, 1e-7},
    {"neg", "", 0, 0},
    {"abs", "", 0, 0},
    {"reciprocal", "", 0, 0},
    {"relu", "", 0, 0},
    {"leaky_relu", "", 0, 0},
    {"relu6", "", 0, 0},
    {"hard_tanh", R"("min": -2, "max": 0.5)", 0, 0},
    {"hard_sigmoid", R"("alpha": 0.3, "beta": 0.4)", 6e-8, 6e-8},
    {"hard_swish", "", 0, 2e-7},
    {"softsign", "", 0, 2e-7},
    {"elu", R"("alpha": 1.5)", 1.5e-7, 6e-8},
    {"celu", R"("alpha": 0.5)", 6e-8, 6e-8},
    {"celu", "", 6e-8, 6e-8},
    {"selu", "", 2e-7, 6e-8},
    {"softplus", "", 1.5e-7, 1.5e-7},
    // Where the exponential is subnormal, so is its precision.
    {"mish", "", 0x1p-141, 4e-7},
    {"exp", "", 0, 0},
    {"log", "", 0, 0},
    {"sqrt", "", 0, 0},
    {"rsqrt", "", 0, 0},
};

struct ActivationsTest : testing::TestWithParam<Case> {};

TEST_P(ActivationsTest, StaysNear) {
  const Case &c = GetParam();
  std::vector<float> numbers = someNumbers();
  Tensor input = Tensor::fromVector({int64_t(numbers.size())}, numbers);
  Program program =
      readOp(c.op, c.attributes, "f32[" + std::to_string(numbers.size()) + "]");
  Tensor expected = interpret(program, input);
  legalize(program);
  Tensor actual = interpret(program, input);
  auto y = actual.data<float>(), e = expected.data<float>();
  // Infinity, NaN and the greatest numbers stay what they are.
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (std::isfinite(e[i]))
      EXPECT_LE(std::fabs(double(y[i]) - e[i]),
                c.absolute + c.relative * std::fabs(e[i]) + 0x1p-148)
          << "x = " << numbers[i] << ", " << y[i] << " for " << e[i];
    else
      EXPECT_TRUE(y[i] == e[i] || (std::isnan(y[i]) && std::isnan(e[i])))
          << "x = " << numbers[i] << ", " << y[i] << " for " << e[i];
  }
}

std::string nameOf(const testing::TestParamInfo<Case> &info) {
  return info.param.op + std::string("_") + std::to_string(info.index);
}

INSTANTIATE_TEST_SUITE_P(MachineLegalization, ActivationsTest,
                         testing::ValuesIn(activations), nameOf);

// Sums of 5, 24 or 40 numbers of size 1, one after the other.
const Case reductions[] = {
    {"sum", R"("axes": [1])", 6e-6, 0},
    {"sum", R"("axes": [2, 0], "keepdims": true)", 1.2e-5, 0},
    {"sum", "", 4e-5, 0},
    {"mean", R"("axes": [0, 2])", 5e-7, 0},
    {"max", R"("axes": [0])", 0, 0},
    {"min", R"("axes": [1, 2], "keepdims": true)", 0, 0},
    {"softmax", "", 3e-7, 0},
    {"softmax", R"("axis": 0)", 3e-7, 0},
    {"log_softmax", R"("axis": 1)", 2e-6, 0},
    {"layer_norm", R"("axis": 1)", 4e-6, 0},
    {"log_sum_exp", R"("axes": [1])", 2e-6, 0},
    {"l1_norm", R"("axes": [0])", 4e-6, 0},
    {"l2_norm", R"("axes": [2])", 2e-6, 0},
    {"variance", R"("axes": [1])", 2e-6, 0},
};

struct ReductionsTest : testing::TestWithParam<Case> {};

TEST_P(ReductionsTest, StaysNear) {
  const Case &c = GetParam();
  for (const char *type : {"f32[5,8,3]", "bf16[5,8,3]", "f16[5,8,3]"}) {
    Program program = readOp(c.op, c.attributes, type);
    TensorType given = inputPorts(program.main()).front().type;
    Tensor input = Tensor::random(given, Seed(3));
    Tensor expected = interpret(program, input);
    legalize(program);
    Tensor actual = interpret(program, input);
    // Of a narrow result the last bit may be another one.
    uint64_t ulps = given.elementType == ElementType::F32 ? 0 : 1;
    Comparison comparison =
        compare(actual, expected, {ulps, c.absolute, c.relative});
    EXPECT_TRUE(comparison.equal()) << type << ": " << comparison.report;
  }
}

INSTANTIATE_TEST_SUITE_P(MachineLegalization, ReductionsTest,
                         testing::ValuesIn(reductions), nameOf);

// Rows of what has no largest number, or no number at all.
TEST(MachineLegalizationTest, NormsOfSpecialRows) {
  const float infinity = INFINITY;
  std::vector<float> rows = {
      infinity, 1,      -infinity, -infinity, NAN, infinity,  0, -0.0f, 3e38f,
      3e38f,    1e-45f, 2e-45f,    -infinity, 1,   0x1p-130f, 0};
  for (const char *op : {"log_sum_exp", "l2_norm", "max", "min", "sum"}) {
    Program program = readOp(op, R"("axes": [1])", "f32[8,2]");
    Tensor input = Tensor::fromVector({8, 2}, rows);
    Tensor expected = interpret(program, input);
    legalize(program);
    Comparison comparison =
        compare(interpret(program, input), expected, Tolerance::ofUlps(2));
    EXPECT_TRUE(comparison.equal()) << op << ": " << comparison.report;
  }
}

TEST(MachineLegalizationTest, ReductionsOfNothing) {
  for (const char *op : {"sum", "mean", "log_sum_exp", "l2_norm", "variance"}) {
    Program program = readOp(op, R"("axes": [0])", "f32[0,3]");
    Tensor input = Tensor::zeros(f32({0, 3}));
    Tensor expected = interpret(program, input);
    legalize(program);
    Comparison comparison = compare(interpret(program, input), expected);
    EXPECT_TRUE(comparison.equal()) << op << ": " << comparison.report;
  }
  for (const char *op : {"softmax", "log_softmax"}) {
    Program program = readOp(op, R"("axis": 0)", "f32[0,3]");
    legalize(program);
    EXPECT_EQ(interpret(program, Tensor::zeros(f32({0, 3}))).numElements(), 0);
  }
}

// What one instruction computes is the op to the bit.
TEST(MachineLegalizationTest, OpsAreTheUnitsFunctions) {
  std::vector<float> numbers = someNumbers();
  auto expectFunction = [&](const char *op, const char *attributes,
                            auto function) {
    Program program =
        readOp(op, attributes, "f32[" + std::to_string(numbers.size()) + "]");
    legalize(program);
    Tensor y = interpret(
        program, Tensor::fromVector({int64_t(numbers.size())}, numbers));
    for (size_t i = 0; i < numbers.size(); ++i) {
      float got = y.data<float>()[i], expected = function(numbers[i]);
      EXPECT_TRUE(std::bit_cast<uint32_t>(got) ==
                      std::bit_cast<uint32_t>(expected) ||
                  (std::isnan(got) && std::isnan(expected)))
          << op << "(" << numbers[i] << ") is " << got << ", but the unit has "
          << expected;
    }
  };
  using systolic::Function;
  auto table = [](Function function) {
    return [function](float x) { return systolic::segmentTable(function)(x); };
  };
  expectFunction("sigmoid", "", table(Function::Sigmoid));
  expectFunction("tanh", "", table(Function::Tanh));
  expectFunction("silu", "", table(Function::Silu));
  expectFunction("gelu", "", table(Function::Gelu));
  expectFunction("gelu", R"("approximate": "tanh")", table(Function::GeluTanh));
  expectFunction("rsqrt", "", systolic::vectorRsqrt);
  expectFunction("exp", "", systolic::vectorExp);
}

} // namespace
