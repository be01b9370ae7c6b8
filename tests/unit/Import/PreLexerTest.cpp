//===- PreLexerTest.cpp - Bounds on MLIR text -----------------------------===//
#include "compiler/Import/PreLexer.h"
#include "tactus/Error.h"
#include <gtest/gtest.h>

using namespace tactus;

namespace {

std::string refusal(const std::string &text) {
  try {
    preLexMlir(text, "a.mlir");
  } catch (const Error &error) {
    return error.what();
  }
  return "accepted";
}

std::string repeat(const std::string &part, int count) {
  std::string text;
  for (int i = 0; i < count; ++i)
    text += part;
  return text;
}

TEST(PreLexerTest, AcceptsAModule) {
  EXPECT_EQ(refusal("#loc = loc(\"a.json\":3:4) // ( not a bracket\n"
                    "!t = tensor<2x?xf32>\n"
                    "module @m {\n"
                    "  func.func @main(%a: !t {tactus.name = \"<x\"}) -> !t {\n"
                    "    %0 = tactus.leaky_relu %a {alpha = -1.0e-5 : f64}\n"
                    "      : !t loc(#loc)\n"
                    "    return %0 : !t\n"
                    "  }\n}\n"),
            "accepted");
}

TEST(PreLexerTest, BoundsNesting) {
  EXPECT_EQ(refusal(repeat("(", 64) + repeat(")", 64)), "accepted");
  EXPECT_EQ(refusal(repeat("module {\n", 20000)),
            "a.mlir:65:8: expected brackets and aliases at most 64 deep, but "
            "got more");
  EXPECT_EQ(refusal("!t = " + repeat("tuple<", 20000)),
            "a.mlir:1:395: expected brackets and aliases at most 64 deep, but "
            "got more");
}

TEST(PreLexerTest, BoundsAliasesByWhatTheyStandFor) {
  std::string chain = "!a0 = i32\n";
  for (int i = 1; i <= 100; ++i)
    chain += "!a" + std::to_string(i) + " = tuple<!a" + std::to_string(i - 1) +
             ">\n";
  EXPECT_EQ(refusal(chain), "a.mlir:34:14: expected brackets and aliases at "
                            "most 64 deep, but got more");

  std::string doubling = "!a0 = i32\n";
  for (int i = 1; i <= 63; ++i) {
    std::string before = "!a" + std::to_string(i - 1);
    doubling +=
        "!a" + std::to_string(i) + " = tuple<" + before + ", " + before + ">\n";
  }
  EXPECT_NE(refusal(doubling).find("expected an alias of at most 65536 tokens "
                                   "when written out, but got more"),
            std::string::npos);
}

TEST(PreLexerTest, AliasesThatSpanLinesCountInWhole) {
  std::string chain = "!a0 = i32\n";
  for (int i = 1; i <= 100; ++i)
    chain += "!a" + std::to_string(i) + " = ()\n ->\n !a" +
             std::to_string(i - 1) + "\n";
  EXPECT_EQ(refusal(chain), "a.mlir:196:2: expected brackets and aliases at "
                            "most 64 deep, but got more");
}

TEST(PreLexerTest, OperationsAfterAnAliasAreNotPartOfIt) {
  std::string text = "!a = tensor<2xf32>\n";
  text += repeat("%0 = \"tactus.relu\"(%x) : (!a) -> !a\n", 20000);
  EXPECT_EQ(refusal(text), "accepted");
}

TEST(PreLexerTest, BoundsTokens) {
  EXPECT_EQ(refusal(repeat("9", 200000)),
            "a.mlir:1:1: expected names and numbers of at most 1024 "
            "characters, but got one of 200000");
  EXPECT_EQ(refusal("%" + repeat("a", 2000)),
            "a.mlir:1:1: expected names and numbers of at most 1024 "
            "characters, but got one of 2001");
}

TEST(PreLexerTest, RefusesAffineExpressions) {
  EXPECT_EQ(refusal("#m = affine_map<(d0) -> (" + repeat("-", 200000) + "d0)>"),
            "a.mlir:1:6: expected no affine expressions, but got "
            "'affine_map'");
}

TEST(PreLexerTest, RefusesResourcesAndBytecode) {
  EXPECT_EQ(refusal("{-# dialect_resources: {} #-}"),
            "a.mlir:1:1: expected no resources: tactus keeps weights in "
            "safetensors files");
  EXPECT_EQ(refusal("dense_resource<w> : tensor<2xf32>"),
            "a.mlir:1:1: expected no resources: tactus keeps weights in "
            "safetensors files");
  EXPECT_EQ(refusal("ML\xefR\x01"),
            "a.mlir: expected MLIR text, but got MLIR bytecode");
}

TEST(PreLexerTest, RefusesBracketsThatDoNotMatch) {
  EXPECT_EQ(refusal("module {\n (]"),
            "a.mlir:2:3: expected ')' to close '(', but got ']'");
  EXPECT_EQ(refusal("module {"),
            "a.mlir:1:8: expected '}' to close '{', but got the end of the "
            "text");
  EXPECT_EQ(refusal("}"), "a.mlir:1:1: expected an opening bracket before '}'");
  EXPECT_EQ(refusal("\"abc\n\""),
            "a.mlir:1:1: expected '\"' at the end of the string");
  EXPECT_EQ(refusal(std::string("a\0b", 3)),
            "a.mlir:1:2: expected MLIR text, but got byte 0x00");
}

} // namespace
