//===- ErrorTest.cpp - One message in the user's terms --------------------===//
#include "tactus/Error.h"
#include <gtest/gtest.h>

using namespace tactus;

TEST(ErrorTest, LeavesOutWhatIsNotKnown) {
  EXPECT_STREQ(Error("expected a, but got b").what(), "expected a, but got b");
  EXPECT_STREQ(Error({"m.json", 0, "", ""}, "no").what(), "m.json: no");
  EXPECT_STREQ(Error({"m.json", 3, "", ""}, "no").what(), "m.json:3: no");
  EXPECT_STREQ(Error({"", 0, "y", ""}, "no").what(), "'y': no");
  EXPECT_STREQ(Error({"", 0, "", "add"}, "no").what(), "(add): no");
  EXPECT_STREQ(Error({"", 0, "y", "add"}, "no").what(), "'y' (add): no");
}

TEST(ErrorTest, WholeLine) {
  Error error({"main.cpp", 12, "y", "matmul", 0, ""}, "expected 4, but got 5");
  EXPECT_STREQ(error.what(),
               "main.cpp:12: 'y' (matmul): expected 4, but got 5");
  EXPECT_EQ(error.file(), "main.cpp");
  EXPECT_EQ(error.line(), 12u);
  EXPECT_EQ(error.node(), "y");
  EXPECT_EQ(error.op(), "matmul");
  EXPECT_EQ(error.message(), "expected 4, but got 5");
}

TEST(ErrorTest, PointerAndColumnOfJson) {
  EXPECT_STREQ(Error({"m.json", 0, "y", "matmul", 0, "/nodes/3"}, "no").what(),
               "m.json: /nodes/3 'y' (matmul): no");
  EXPECT_STREQ(Error({"m.json", 4, "", "", 17, "/nodes/3"}, "no").what(),
               "m.json:4:17: /nodes/3: no");
}

TEST(ErrorTest, SourceLocationIsTheCallers) {
  Error error(std::source_location::current(), "no");
  EXPECT_EQ(error.line(), uint32_t(__LINE__ - 1));
  EXPECT_EQ(error.file(), __FILE__);
}
