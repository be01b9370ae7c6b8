//===- TypeTextTest.cpp - Types of tensors as text ------------------------===//
#include "compiler/Import/TypeText.h"
#include <gtest/gtest.h>

using namespace tactus;

namespace {

std::string problemOf(std::string_view text) {
  std::string problem;
  EXPECT_FALSE(parseTensorType(text, problem).has_value()) << text;
  return problem;
}

TEST(TypeTextTest, ReadsWhatTensorTypesPrint) {
  for (std::string text : {"f32[batch,784]", "u8[]", "i64[0]", "bf16[1,2,3]"}) {
    std::string problem;
    auto type = parseTensorType(text, problem);
    ASSERT_TRUE(type.has_value()) << problem;
    EXPECT_EQ(type->str(), text);
  }
}

TEST(TypeTextTest, RefusesWhatIsNoType) {
  EXPECT_EQ(problemOf("f33[2]"),
            "expected a type such as 'f32[batch,784]' of element type f32, "
            "f64, f16, bf16, i1, i8, u8, i16, i32 or i64, but got 'f33[2]'");
  EXPECT_EQ(problemOf("f32"),
            "expected a type such as 'f32[batch,784]', but got 'f32'");
  EXPECT_EQ(problemOf("f32[2]x"),
            "expected a type such as 'f32[batch,784]', but got 'f32[2]x'");
  EXPECT_EQ(problemOf("f32[2,]"), "expected a name, but got an empty one");
}

TEST(TypeTextTest, RefusesDimensionsThatAreNoSizes) {
  const std::string expected =
      "expected a dimension that is a whole number from 0 or a name, but got ";
  EXPECT_EQ(problemOf("f32[-1]"), expected + "'-1'");
  EXPECT_EQ(problemOf("f32[2.5]"), expected + "'2.5'");
  EXPECT_EQ(problemOf("f32[02]"), expected + "'02'");
  EXPECT_EQ(problemOf("f32[2, 3]"), expected + "' 3'");
  EXPECT_EQ(problemOf("f32[9223372036854775808]"),
            "expected a dimension below 2^63, but got 9223372036854775808");
}

TEST(TypeTextTest, RefusesTensorsThatAreTooLarge) {
  EXPECT_EQ(problemOf("f32[4294967296,4294967296,4294967296]"),
            "expected a tensor of 2^40 bytes or less, but got "
            "f32[4294967296,4294967296,4294967296]");
  std::string deep = "f32[1";
  for (int i = 0; i < 32; ++i)
    deep += ",1";
  EXPECT_EQ(problemOf(deep + "]"), "expected rank 32 or less, but got rank 33");
}

TEST(TypeTextTest, ReadsShapes) {
  std::string problem;
  EXPECT_EQ(parseShape("2x3", 'x', problem), (std::vector<int64_t>{2, 3}));
  EXPECT_EQ(parseShape("", 'x', problem), std::vector<int64_t>());
  EXPECT_FALSE(parseShape("2xn", 'x', problem).has_value());
  EXPECT_EQ(problem, "expected a whole number from 0, but got 'n'");
}

TEST(TypeTextTest, NamesAreSafeForFilesAndReferences) {
  EXPECT_EQ(findNameProblem("h.0-a_b"), std::nullopt);
  EXPECT_EQ(findNameProblem("a:1"),
            "expected a name without ':', but got 'a:1'");
  EXPECT_EQ(findNameProblem("../a"),
            "expected a name without '/', but got '../a'");
  EXPECT_EQ(findNameProblem(".."),
            "expected a name without '..', but got '..'");
  EXPECT_EQ(findNameProblem(std::string_view("a\0b", 3)),
            "expected a name without control characters, but got byte 0x00 "
            "in it");
}

} // namespace
