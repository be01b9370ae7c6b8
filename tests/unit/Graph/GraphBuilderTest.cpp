//===- GraphBuilderTest.cpp - The one builder of graphs -------------------===//
#include "compiler/Graph/GraphBuilder.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Verifier.h"
#include <gtest/gtest.h>

using namespace tactus;

namespace {

std::string print(const Program &program) {
  std::string text;
  llvm::raw_string_ostream out(text);
  mlir::ModuleOp(*program.module).print(out);
  return text;
}

TEST(GraphBuilderTest, BuildsAVerifiedMain) {
  GraphBuilder builder("net");
  mlir::Location location = builder.location({.file = "a.json", .line = 3});
  mlir::Value x = builder.addInput("x", f32({"batch", 3}), location);
  mlir::Value w = builder.addParameter("w", f32({3, 2}), location);
  Diagnostics diagnostics;
  mlir::Operation *y =
      builder.addOp("matmul", {x, w}, {}, location, diagnostics);
  ASSERT_NE(y, nullptr) << diagnostics.str();
  builder.addOutput("y", y->getResult(0));
  Program program = builder.finish();
  EXPECT_TRUE(succeeded(mlir::verify(*program.module)));
  EXPECT_EQ(
      print(program),
      "module @net {\n"
      "  func.func @main(%arg0: tensor<?x3xf32> {tactus.dims = [\"batch\", "
      "\"\"], tactus.name = \"x\"}) -> (tensor<?x2xf32> {tactus.name = "
      "\"y\"}) {\n"
      "    %0 = tactus.parameter @w : tensor<3x2xf32>\n"
      "    %1 = tactus.matmul %arg0, %0 : (tensor<?x3xf32>, tensor<3x2xf32>) "
      "-> tensor<?x2xf32>\n"
      "    return %1 : tensor<?x2xf32>\n"
      "  }\n"
      "}\n");
  EXPECT_EQ(inputPorts(program.main())[0].type.str(), "f32[batch,3]");
  EXPECT_EQ(outputPorts(program.main())[0].type.str(), "f32[batch,2]");
}

TEST(GraphBuilderTest, AddsOpsWithoutProperties) {
  GraphBuilder builder("");
  mlir::Location location = builder.location({});
  mlir::Value x = builder.addInput("x", f32({2}), location);
  Diagnostics diagnostics;
  EXPECT_NE(builder.addOp("relu", {x}, {}, location, diagnostics), nullptr)
      << diagnostics.str();
}

TEST(GraphBuilderTest, ReportsWhatAnOpRefusesAtItsPlace) {
  GraphBuilder builder("");
  mlir::Location location =
      builder.location({.file = "a.cpp", .line = 7, .node = "y"});
  mlir::Value x = builder.addInput("x", f32({2, 3}), location);
  Diagnostics diagnostics;
  EXPECT_EQ(builder.addOp("matmul", {x, x}, {}, location, diagnostics),
            nullptr);
  EXPECT_EQ(diagnostics.str(), "a.cpp:7: 'y' (matmul): expected lhs dim -1 (3) "
                               "to equal rhs dim -2 (2)");
}

TEST(GraphBuilderTest, RefusesResultsThatAreTooLarge) {
  GraphBuilder builder("");
  mlir::Location location = builder.location({.file = "a.cpp", .line = 7});
  mlir::Value x = builder.addInput("x", f32({1, 1}), location);
  mlir::NamedAttrList attributes;
  attributes.set("shape",
                 mlir::Builder(builder.context())
                     .getDenseI64ArrayAttr({int64_t(1) << 20, 1 << 20}));
  Diagnostics diagnostics;
  EXPECT_EQ(builder.addOp("broadcast", {x}, attributes, location, diagnostics),
            nullptr);
  EXPECT_EQ(diagnostics.str(),
            "a.cpp:7: (broadcast): expected a tensor of 2^40 bytes or less, "
            "but got 'tensor<1048576x1048576xf32>'");
}

TEST(GraphBuilderTest, OptionalOperandsMayBeAbsent) {
  GraphBuilder builder("");
  mlir::Location location = builder.location({});
  mlir::Value x = builder.addInput("x", f32({2, 3}), location);
  mlir::Value bias = builder.addInput("b", f32({3}), location);
  Diagnostics diagnostics;
  mlir::Operation *norm = builder.addOp("layer_norm", {x, nullptr, bias}, {},
                                        location, diagnostics);
  ASSERT_NE(norm, nullptr) << diagnostics.str();
  EXPECT_EQ(norm->getNumOperands(), 2u);
}

TEST(GraphBuilderTest, ProgramsAreMovedInWhole) {
  Program program;
  for (int i = 0; i < 2; ++i) {
    GraphBuilder builder("net");
    builder.addOutput("x",
                      builder.addInput("x", f32({2}), builder.location({})));
    program = builder.finish();
  }
  EXPECT_EQ(outputPorts(program.main())[0].name, "x");
}

} // namespace
