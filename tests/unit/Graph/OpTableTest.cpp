//===- OpTableTest.cpp - The generated table of ops -----------------------===//
#include "compiler/Graph/OpTable.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/IR/MLIRContext.h"
#include <gtest/gtest.h>

using namespace tactus;

namespace {

TEST(OpTableTest, HoldsOperandsAndAttributesOfTheDialect) {
  const OpInfo *gelu = findGraphOp("gelu");
  ASSERT_NE(gelu, nullptr);
  EXPECT_EQ(gelu->family, "Activation");
  EXPECT_EQ(gelu->describeOperands(), "input");
  const AttributeInfo *form = gelu->findAttribute("approximate");
  ASSERT_NE(form, nullptr);
  EXPECT_EQ(form->kind, AttributeKind::Enum);
  EXPECT_EQ(form->mnemonic, "gelu_form");
  ASSERT_EQ(form->cases.size(), 2u);
  EXPECT_EQ(form->cases[1], "tanh");
  EXPECT_FALSE(form->isRequired);
}

TEST(OpTableTest, CountsOptionalOperands) {
  const OpInfo *norm = findGraphOp("layer_norm");
  ASSERT_NE(norm, nullptr);
  EXPECT_EQ(norm->leastOperands(), 1u);
  EXPECT_EQ(norm->describeOperands(),
            "input, scale (optional), bias (optional)");
}

TEST(OpTableTest, TellsElementTypesFromTensorTypes) {
  EXPECT_EQ(findGraphOp("cast")->findAttribute("to")->kind,
            AttributeKind::ElementType);
  EXPECT_EQ(findGraphOp("fill")->findAttribute("type")->kind,
            AttributeKind::TensorType);
  EXPECT_EQ(findGraphOp("constant")->findAttribute("type")->kind,
            AttributeKind::TypeOfElements);
}

TEST(OpTableTest, HoldsNoOpThatGraphsLack) {
  EXPECT_EQ(findGraphOp("fused"), nullptr);
  EXPECT_EQ(findGraphOp("parameter"), nullptr);
  EXPECT_EQ(findGraphOp("frob"), nullptr);
}

TEST(OpTableTest, EveryOpIsRegistered) {
  mlir::MLIRContext context;
  context.loadDialect<ir::TactusDialect>();
  for (const OpInfo &op : graphOps())
    EXPECT_TRUE(mlir::RegisteredOperationName::lookup(
                    ("tactus." + op.name).str(), &context)
                    .has_value())
        << op.name.str();
}

} // namespace
