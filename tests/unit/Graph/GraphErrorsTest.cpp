//===- GraphErrorsTest.cpp - What the API refuses, and how it says so -----===//
#include "compiler/Graph/GraphAccess.h"
#include "tactus/Activation.h"
#include "tactus/Contraction.h"
#include "tactus/Creation.h"
#include "tactus/Elementwise.h"
#include "tactus/Indexing.h"
#include "tactus/Reduction.h"
#include "tactus/Shape.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace tactus;

namespace {

/// The whole message of what `action` throws.
template <typename Action> std::string messageOf(Action action) {
  try {
    action();
  } catch (const Error &error) {
    return error.what();
  }
  return "nothing was thrown";
}

/// Expects `expression` to throw a message that begins with this file and line.
#define EXPECT_REFUSED(expression, message)                                    \
  EXPECT_EQ(messageOf([&] { (void)(expression); }),                            \
            __FILE__ ":" + std::to_string(__LINE__) + ": " + (message))

struct GraphErrorsTest : testing::Test {
  Graph g{"net"};
  Value x = g.input("x", f32({4, 784}));
  Value n = g.input("n", i8({3}));
};

TEST_F(GraphErrorsTest, OpsSayWhatTheyRefuse) {
  Value w = g.input("w", f32({512, 10}));
  EXPECT_REFUSED(matmul(x, w), "(matmul): expected lhs dim -1 (784) to equal "
                               "rhs dim -2 (512)");
  EXPECT_REFUSED(x + w, "(add): expected shapes that broadcast, but got lhs "
                        "dim -1 (784) and rhs dim -1 (10)");
  EXPECT_REFUSED(
      x * n,
      "(mul): expected operands of one element type, but got 'f32' and 'i8'");
  EXPECT_REFUSED(softmax(x, 2),
                 "(softmax): expected an axis from -2 to 1, but got 2");
  EXPECT_REFUSED(reshape(x, {-1, 5}),
                 "(reshape): expected a shape of 3136 elements, but got 5 "
                 "times an unknown size");
  EXPECT_REFUSED(iota(g, f32({"batch"})),
                 "(iota): expected a tensor type of static shape, but got "
                 "'tensor<?xf32>'");
}

TEST_F(GraphErrorsTest, OpsThatMoveElementsSayWhatTheyRefuse) {
  EXPECT_REFUSED(concat({}, 0),
                 "(concat): expected one input or more, but got none");
  EXPECT_REFUSED(concat({x, x + 1, n}, 0),
                 "(concat): expected inputs of one element type, but got 'f32' "
                 "and 'i8' as input 2");
  EXPECT_REFUSED(split(x, {1, 2}),
                 "(split): expected sizes that sum to 4, but got a sum of 3");
  EXPECT_REFUSED(splitInto(x, 1 << 20),
                 "(split): expected 1 to 4096 parts, but got 1048576");
  EXPECT_REFUSED(tile(x, {1, INT64_MAX}),
                 "(tile): expected a shape of fewer than 2^63 elements");
  EXPECT_REFUSED(pad(n, {0, 0}, PadMode::Constant, 300),
                 "(pad): expected a value of 'i8', but got 3.000000e+02");
  EXPECT_REFUSED(gather(x, x), "(gather): expected operand 1 to be a ranked "
                               "tensor of 32-bit signless integer or 64-bit "
                               "signless integer values, but got "
                               "tensor<4x784xf32>");
}

TEST_F(GraphErrorsTest, ErrorsHoldThePlaceOfTheCaller) {
  uint32_t line = __LINE__ + 2;
  try {
    softmax(x, 2);
    FAIL() << "nothing was thrown";
  } catch (const Error &error) {
    EXPECT_EQ(error.file(), __FILE__);
    EXPECT_EQ(error.line(), line);
    EXPECT_EQ(error.op(), "softmax");
  }
}

TEST_F(GraphErrorsTest, NumbersThatDoNotFit) {
  EXPECT_REFUSED(
      n + 128,
      "(add): expected a number from -128 to 127 beside i8, but got 128");
  EXPECT_REFUSED(
      1e300 * n,
      "(mul): expected a number from -128 to 127 beside i8, but got 1e+300");
  EXPECT_REFUSED(n - 1.5, "(sub): expected a number without a fraction beside "
                          "i8, but got 1.5");
  EXPECT_REFUSED(
      n + NAN,
      "(add): expected a number from -128 to 127 beside i8, but got nan");
  EXPECT_REFUSED(
      x + 1e39,
      "(add): expected a number within the range of f32, but got 1e+39");
  Value h = g.input("h", f16({2}));
  EXPECT_REFUSED(
      h + 65520,
      "(add): expected a number within the range of f16, but got 65520");
  Value m = g.input("m", i64({2}));
  EXPECT_REFUSED(m + 0x1p63,
                 "(add): expected a number from -9223372036854775808 to "
                 "9223372036854775807 beside i64, but got "
                 "9.223372036854776e+18");
  EXPECT_REFUSED(relu(3), "(relu): expected a value among the operands, but "
                          "got numbers alone");
  EXPECT_NO_THROW(x + INFINITY);
}

TEST_F(GraphErrorsTest, ValuesOfAnotherGraph) {
  Graph other;
  Value y = other.input("y", f32({4, 784}));
  EXPECT_REFUSED(x + y,
                 "(add): expected operands of one graph, but operand 1 is of "
                 "another");
  EXPECT_REFUSED(g.output("z", y), "expected a value of this graph as output "
                                   "'z', but got one of another");
}

TEST_F(GraphErrorsTest, EmptyValues) {
  Value none;
  EXPECT_REFUSED(x + none, "(add): expected a value, but operand 1 is empty");
  EXPECT_REFUSED(none.named("a"),
                 "expected a value to name 'a', but got an empty one");
  EXPECT_REFUSED(g.output("z", none),
                 "expected a value as output 'z', but got an empty one");
  EXPECT_EQ(messageOf([&] { none.type(); }),
            "expected a value of a graph, but got an empty one");
  EXPECT_EQ(none.name(), "");
}

TEST_F(GraphErrorsTest, MovedFromGraphs) {
  Graph moved = std::move(g);
  EXPECT_REFUSED(g.input("y", f32({})),
                 "expected a graph, but it was moved from");
  EXPECT_REFUSED(g.constant({1}), "expected a graph, but it was moved from");
  EXPECT_REFUSED(g.output("y", x), "expected a graph, but it was moved from");
  EXPECT_REFUSED(fill(g, f32({2}), 1),
                 "expected a graph, but it was moved from");
  EXPECT_REFUSED(programOf(g), "expected a graph, but it was moved from");
  EXPECT_NO_THROW(moved.output("y", x));
}

TEST_F(GraphErrorsTest, Names) {
  EXPECT_REFUSED(g.input("x", f32({})),
                 "expected a name of its own, but got 'x' again");
  EXPECT_REFUSED(relu(x).named("x"),
                 "expected a name of its own, but got 'x' again");
  EXPECT_REFUSED(g.input("a:1", f32({})),
                 "expected a name without ':', but got 'a:1'");
  EXPECT_REFUSED(relu(x).named(""), "expected a name, but got an empty one");
  EXPECT_REFUSED(x.named("y"),
                 "expected a node to name 'y', but 'x' is an input");
  EXPECT_REFUSED(Graph("a/b"), "expected a name without '/', but got 'a/b'");
  g.output("y", relu(x));
  EXPECT_REFUSED(g.output("y", x),
                 "expected an output of another name, but got 'y' again");
}

TEST_F(GraphErrorsTest, TypesOfInputs) {
  EXPECT_REFUSED(g.input("a", f32({-2})),
                 "'a': expected dim 0 to be 0 or more, but got -2");
  EXPECT_REFUSED(g.input("a", f32({int64_t(1) << 40, 2})),
                 "'a': expected a tensor of 2^40 bytes or less, but got "
                 "f32[1099511627776,2]");
  EXPECT_REFUSED(g.input("a", f32({"a,b"})),
                 "'a': expected the name of a dimension, but got 'a,b'");
  EXPECT_REFUSED(g.input("a", f32({"7"})),
                 "'a': expected the name of a dimension, but got '7'");
}

TEST_F(GraphErrorsTest, RaggedConstants) {
  EXPECT_REFUSED(g.constant({{1, 2}, {3}}),
                 "expected rows of one length, but got 2 and 1 in dim 1");
  EXPECT_REFUSED(g.constant({{{1}, {2}}, {{3}}}),
                 "expected rows of one length, but got 2 and 1 in dim 1");
}

TEST_F(GraphErrorsTest, Parameters) {
  ParameterStore store, other;
  store.set("weight", Tensor::zeros(f32({2})));
  other.set("weight", Tensor::zeros(f32({2})));
  Value w = g.parameter("weight", store);
  EXPECT_REFUSED(g.parameter("weigth", store),
                 "expected the name of a parameter, but got 'weigth' (did you "
                 "mean 'weight'?)");
  EXPECT_REFUSED(g.parameter("weight", other),
                 "expected one parameter of the name 'weight', but got that "
                 "of another store");
  EXPECT_REFUSED(w.named("v"),
                 "expected a node to name 'v', but 'weight' is a parameter");
  store.set("weight", Tensor::zeros(f32({3})));
  g.output("y", w);
  EXPECT_REFUSED(programOf(g), "'weight': expected a parameter of type "
                               "f32[2], but got f32[3]");
}

TEST_F(GraphErrorsTest, ProgramsWithoutOutputs) {
  EXPECT_REFUSED(programOf(g), "expected one output or more, but got none");
}

TEST_F(GraphErrorsTest, ProgramsOfValuesHaveNoInputs) {
  EXPECT_REFUSED(programOf(relu(x) + 1),
                 "expected a value without inputs to evaluate, but it depends "
                 "on input 'x'");
  EXPECT_REFUSED(programOf(Value()),
                 "expected a value to evaluate, but got an empty one");
}

} // namespace
