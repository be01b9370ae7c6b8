//===- GraphTest.cpp - Building graphs ------------------------------------===//
#include "compiler/Graph/GraphAccess.h"
#include "mlir/IR/Verifier.h"
#include "tactus/Activation.h"
#include "tactus/Contraction.h"
#include "tactus/Elementwise.h"
#include <gtest/gtest.h>

using namespace tactus;

namespace {

std::string print(const Program &program) {
  std::string text;
  llvm::raw_string_ostream out(text);
  mlir::ModuleOp(*program.module).print(out);
  return text;
}

TEST(GraphTest, BuildsAModuleWithNamesAndParameters) {
  ParameterStore store;
  store.set("w0", Tensor::zeros(f32({3, 2})));
  store.set("unused", Tensor::zeros(f32({5})));
  Graph g("scorer");
  Value x = g.input("x", f32({"batch", 3}));
  Value h = matmul(x, g.parameter("w0", store)) + 1;
  g.output("y", gelu(h, Gelu::Tanh).named("hidden"));
  Program program = programOf(g);
  EXPECT_TRUE(succeeded(mlir::verify(*program.module)));
  EXPECT_EQ(
      print(program),
      "module @scorer {\n"
      "  func.func @main(%arg0: tensor<?x3xf32> {tactus.dims = [\"batch\", "
      "\"\"], tactus.name = \"x\"}) -> (tensor<?x2xf32> {tactus.name = "
      "\"y\"}) {\n"
      "    %0 = tactus.parameter @w0 : tensor<3x2xf32>\n"
      "    %1 = tactus.matmul %arg0, %0 : (tensor<?x3xf32>, tensor<3x2xf32>) "
      "-> tensor<?x2xf32>\n"
      "    %2 = tactus.constant dense<1.000000e+00> : tensor<f32>\n"
      "    %3 = tactus.add %1, %2 : (tensor<?x2xf32>, tensor<f32>) -> "
      "tensor<?x2xf32>\n"
      "    %4 = tactus.gelu %3 {approximate = #tactus.gelu_form<tanh>} : "
      "tensor<?x2xf32>\n"
      "    return %4 : tensor<?x2xf32>\n"
      "  }\n"
      "}\n");
  EXPECT_EQ(program.parameters.names(), std::vector<std::string>{"w0"});
}

TEST(GraphTest, ValuesKnowNamesAndTypes) {
  Graph g("net");
  Value x = g.input("x", f32({"batch", 3}));
  EXPECT_EQ(x.name(), "x");
  EXPECT_EQ(x.type().str(), "f32[batch,3]");
  Value y = relu(x);
  EXPECT_EQ(y.name(), "");
  EXPECT_EQ(y.type().str(), "f32[?,3]");
  g.output("y", y);
  EXPECT_EQ(y.name(), "y") << "an output names its node";
  EXPECT_EQ(y.named("z").name(), "z");
  // The old name is free again.
  EXPECT_EQ(neg(x).named("y").name(), "y");
  EXPECT_EQ(g.name(), "net");
}

TEST(GraphTest, ConstantsAreBraces) {
  Graph g;
  EXPECT_EQ(g.constant(3).type().str(), "i32[]");
  EXPECT_EQ(g.constant(2.5).type().str(), "f64[]");
  EXPECT_EQ(g.constant({1, 2, 3}).type().str(), "i32[3]");
  EXPECT_EQ(g.constant({true, false}).type().str(), "i1[2]");
  EXPECT_EQ(g.constant({{1, 2}, {3, 4}, {5, 6}}).type().str(), "i32[3,2]");
  EXPECT_EQ(g.constant({{4.f, 5.f}}).type().str(), "f32[1,2]");
  EXPECT_EQ(g.constant({{{1., 2.}}, {{3., 4.}}}).type().str(), "f64[2,1,2]");
  EXPECT_EQ(
      g.constant({{{{int8_t(1)}, {int8_t(2)}, {int8_t(3)}}}}).type().str(),
      "i8[1,1,3,1]");
  EXPECT_EQ(g.constant(Tensor::zeros(u8({4}))).type().str(), "u8[4]");
}

TEST(GraphTest, ConstantsKeepTheirOrder) {
  Graph g;
  std::string text = print(programOf(g.constant({{1, 2, 3}, {4, 5, 6}})));
  EXPECT_NE(text.find("dense<[[1, 2, 3], [4, 5, 6]]>"), std::string::npos)
      << text;
}

/// The constant that a number became beside a value of type `type`.
std::string scalarBeside(const TensorType &type, Operand number) {
  Graph g;
  std::string text =
      print(programOf(g.constant(Tensor::zeros(type)) + std::move(number)));
  size_t first = text.find("dense<"), begin = text.find("dense<", first + 1);
  return text.substr(begin, text.find('\n', begin) - begin);
}

TEST(GraphTest, NumbersTakeTheElementTypeBesideThem) {
  EXPECT_EQ(scalarBeside(i8({}), 127), "dense<127> : tensor<i8>");
  EXPECT_EQ(scalarBeside(i8({}), -128.0), "dense<-128> : tensor<i8>");
  EXPECT_EQ(scalarBeside(i64({}), 9007199254740993),
            "dense<9007199254740993> : tensor<i64>");
  EXPECT_EQ(scalarBeside(u8({}), 255u), "dense<255> : tensor<ui8>");
  // 0.1 in binary16 is 0x2E66.
  EXPECT_EQ(scalarBeside(f16({}), 0.1), "dense<9.997550e-02> : tensor<f16>");
  EXPECT_EQ(scalarBeside(f32({}), true), "dense<1.000000e+00> : tensor<f32>");
  // Above 2^60 neighbors in bf16 are 2^53 apart: 2^60 + 2^52 is a tie, one more
  // is not, and a double cannot tell them apart.
  EXPECT_EQ(scalarBeside(bf16({}), (int64_t(1) << 60) + (int64_t(1) << 52) + 1),
            "dense<1.161930e+18> : tensor<bf16>");
}

TEST(GraphTest, OperatorsAreTheOpsOfTheirNames) {
  Graph g;
  Value a = g.input("a", i32({2})), b = g.input("b", i32({2}));
  g.output("y", -(a + b) * (2 - a) / b);
  std::string text = print(programOf(g));
  size_t at = 0;
  for (const char *op :
       {"tactus.add %arg0, %arg1", "tactus.neg", "dense<2>",
        "tactus.sub %2, %arg0", "tactus.mul %1, %3", "tactus.div %4, %arg1"}) {
    at = text.find(op, at);
    ASSERT_NE(at, std::string::npos) << op << " in " << text;
  }
}

TEST(GraphTest, ParametersAreAskedForOnce) {
  ParameterStore store;
  store.set("w", Tensor::zeros(f32({2})));
  Graph g;
  g.output("y", g.parameter("w", store) + g.parameter("w", store));
  std::string text = print(programOf(g));
  EXPECT_EQ(text.find("tactus.parameter"), text.rfind("tactus.parameter"));
  EXPECT_NE(text.find("tactus.add %0, %0"), std::string::npos) << text;
}

TEST(GraphTest, ValuesGoWithAMovedGraphAndOutliveIt) {
  Value y;
  {
    Graph g("net");
    Value x = g.constant({1, 2});
    Graph moved = std::move(g);
    y = moved.constant({3, 4}) + x;
  }
  EXPECT_NE(print(programOf(y)).find("tactus.add"), std::string::npos);
}

TEST(GraphTest, AValueIsAProgramOfWhatItDependsOn) {
  Graph g("net");
  Value x = g.input("x", f32({2}));
  Value a = g.constant({1.f, 2.f});
  (void)(x + a);
  EXPECT_EQ(print(programOf(exp(a))),
            "module {\n"
            "  func.func @main() -> (tensor<2xf32> {tactus.name = "
            "\"value\"}) {\n"
            "    %0 = tactus.constant dense<[1.000000e+00, 2.000000e+00]> : "
            "tensor<2xf32>\n"
            "    %1 = tactus.exp %0 : tensor<2xf32>\n"
            "    return %1 : tensor<2xf32>\n"
            "  }\n"
            "}\n");
}

TEST(GraphTest, ProgramsDoNotShareLaterChanges) {
  Graph g;
  Value x = g.input("x", f32({2}));
  g.output("y", relu(x));
  Program before = programOf(g);
  g.output("z", neg(x));
  EXPECT_EQ(outputPorts(before.main()).size(), 1u);
  EXPECT_EQ(outputPorts(programOf(g).main()).size(), 2u);
}

} // namespace
