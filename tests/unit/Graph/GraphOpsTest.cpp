//===- GraphOpsTest.cpp - Every op through the API ------------------------===//
#include "compiler/Graph/GraphAccess.h"
#include "compiler/Graph/OpTable.h"
#include "tactus/Activation.h"
#include "tactus/Reduction.h"
#include "tests/unit/Graph/OpCases.h"
#include <gtest/gtest.h>
#include <set>

using namespace tactus;
using namespace tactus::test;

namespace {

/// The op that defines an output, as printed, from its name on.
std::string printed(Graph &g, const Value &value) {
  g.output("y", value);
  Program program = programOf(g);
  mlir::Operation *op = program.main()
                            .getBody()
                            .front()
                            .getTerminator()
                            ->getOperand(0)
                            .getDefiningOp();
  std::string text;
  llvm::raw_string_ostream out(text);
  op->print(out);
  return text.substr(text.find("tactus.") + 7);
}

TEST(GraphOpsTest, EachFunctionAddsItsOpWithItsAttributes) {
  for (const OpCase &op : opCases()) {
    Graph g;
    Value x = g.input("x", f32({2, 3}));
    std::string text = printed(g, op.build(g, x));
    // A bare name is all that ops without attributes have to show.
    bool isBare = op.expected.find(' ') == std::string::npos;
    EXPECT_EQ(isBare ? text.substr(0, text.find(' ')) : text, op.expected);
  }
}

TEST(GraphOpsTest, EveryOpOfGraphsHasAFunction) {
  std::set<std::string> offered, known;
  for (const OpCase &op : opCases())
    offered.insert(op.name());
  for (const OpInfo &op : graphOps())
    known.insert(op.name.str());
  EXPECT_EQ(offered, known);
}

TEST(GraphOpsTest, DefaultsAreThoseOfTheDialect) {
  auto print = [](Value (*build)(Value)) {
    Graph g;
    return printed(g, build(g.input("x", f32({2, 3}))));
  };
  EXPECT_EQ(print([](Value x) { return leakyRelu(x); }),
            "leaky_relu %arg0 : tensor<2x3xf32>");
  EXPECT_EQ(print([](Value x) { return elu(x); }),
            "elu %arg0 : tensor<2x3xf32>");
  EXPECT_EQ(print([](Value x) { return selu(x); }),
            "selu %arg0 : tensor<2x3xf32>");
  EXPECT_EQ(print([](Value x) { return celu(x); }),
            "celu %arg0 : tensor<2x3xf32>");
  EXPECT_EQ(print([](Value x) { return hardSigmoid(x); }),
            "hard_sigmoid %arg0 : tensor<2x3xf32>");
  EXPECT_EQ(print([](Value x) { return hardTanh(x); }),
            "hard_tanh %arg0 : tensor<2x3xf32>");
  EXPECT_EQ(print([](Value x) { return thresholdedRelu(x); }),
            "thresholded_relu %arg0 : tensor<2x3xf32>");
  EXPECT_EQ(print([](Value x) { return softmax(x); }),
            "softmax %arg0 : tensor<2x3xf32>");
  EXPECT_EQ(print([](Value x) { return argmax(x); }),
            "argmax %arg0 : (tensor<2x3xf32>) -> tensor<2xi64>");
  EXPECT_EQ(print([](Value x) { return layerNorm(x); }),
            "layer_norm %arg0 : (tensor<2x3xf32>) -> tensor<2x3xf32>");
}

} // namespace
