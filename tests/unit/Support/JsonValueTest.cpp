//===- JsonValueTest.cpp - Typed getters and object readers ---------------===//
#include "runtime/Support/JsonObject.h"
#include "tests/unit/Support/ExpectError.h"
#include <bit>
#include <cmath>
#include <gtest/gtest.h>

using namespace tactus;
using json::Document;
using json::Value;

/// The message of a getter on the one element of an array.
template <typename Fn> static std::string errorOf(std::string text, Fn getter) {
  Document document = Document::parse("[" + text + "]", "m");
  return test::errorOf([&] { getter(*document.root().begin()); });
}

TEST(JsonValueTest, IntegersAreCheckedNotConverted) {
  auto int64 = [](Value value) { value.asInt64(); };
  Document document =
      Document::parse("[9223372036854775807, -9223372036854775808]", "m");
  EXPECT_EQ((*document.root().begin()).asInt64(), INT64_MAX);
  EXPECT_EQ((*++document.root().begin()).asInt64(), INT64_MIN);
  EXPECT_EQ(errorOf("9223372036854775808", int64),
            "m:1:2: /0: expected an integer of 64 bits, but got "
            "9223372036854775808");
  EXPECT_EQ(errorOf("2.7", int64),
            "m:1:2: /0: expected an integer, but got 2.7");
  EXPECT_EQ(errorOf("1.0", int64),
            "m:1:2: /0: expected an integer, but got 1.0");
  EXPECT_EQ(errorOf("1e3", int64),
            "m:1:2: /0: expected an integer, but got 1e3");
  EXPECT_EQ(errorOf("\"1\"", int64),
            "m:1:2: /0: expected an integer, but got '1'");
  EXPECT_EQ(errorOf("-1", [](Value value) { value.asInt64(0); }),
            "m:1:2: /0: expected an integer of 0 or more, but got -1");
  EXPECT_EQ(
      errorOf("4294967296", [](Value value) { value.asElement<int32_t>(); }),
      "m:1:2: /0: expected an integer from -2147483648 to 2147483647, "
      "but got 4294967296");
  EXPECT_EQ(errorOf("-1", [](Value value) { value.asElement<uint8_t>(); }),
            "m:1:2: /0: expected an integer from 0 to 255, but got -1");
}

TEST(JsonValueTest, FloatsRoundOnceAndStayInRange) {
  Document document = Document::parse(
      R"([1, 1.0000000596046447753906250000001, 65519, "-inf", "nan", "0x7fc00001", "0x3c01"])",
      "m");
  std::vector<Value> values(document.root().begin(), document.root().end());
  EXPECT_EQ(values[0].asElement<float>(), 1.0f);
  EXPECT_EQ(values[1].asElement<float>(), std::nextafter(1.0f, 2.0f));
  EXPECT_EQ(values[2].asElement<Float16>().bits, 0x7bff);
  EXPECT_EQ(values[3].asElement<double>(), -HUGE_VAL);
  EXPECT_TRUE(std::isnan(values[4].asElement<float>()));
  EXPECT_EQ(std::bit_cast<uint32_t>(values[5].asElement<float>()), 0x7fc00001u);
  EXPECT_EQ(values[6].asElement<BFloat16>().bits, 0x3c01);
  EXPECT_EQ(errorOf("65520", [](Value v) { v.asElement<Float16>(); }),
            "m:1:2: /0: expected a number within the range of f16, but got "
            "65520");
  EXPECT_EQ(errorOf("1e39", [](Value v) { v.asElement<float>(); }),
            "m:1:2: /0: expected a number within the range of f32, but got "
            "1e39");
  EXPECT_EQ(errorOf("\"0x3c01\"", [](Value v) { v.asElement<float>(); }),
            "m:1:2: /0: expected a number, 'inf', '-inf', 'nan' or the bits of "
            "an f32, but got '0x3c01'");
  EXPECT_EQ(errorOf("\"inf\"", [](Value v) { v.asDouble(); }),
            "m:1:2: /0: expected a number, but got 'inf'");
}

TEST(JsonValueTest, OtherKinds) {
  EXPECT_EQ(errorOf("null", [](Value v) { v.asBool(); }),
            "m:1:2: /0: expected true or false, but got null");
  EXPECT_EQ(errorOf("[1, 2]", [](Value v) { v.asString(); }),
            "m:1:2: /0: expected a string, but got an array of 2");
  EXPECT_EQ(errorOf("1", [](Value v) { v.asElement<bool>(); }),
            "m:1:2: /0: expected true or false, but got 1");
  EXPECT_EQ(
      errorOf("\"" + std::string(100, 'x') + "\"", [](Value v) { v.asBool(); }),
      "m:1:2: /0: expected true or false, but got '" + std::string(40, 'x') +
          "...'");
}

TEST(JsonValueTest, ObjectReportsAllItsProblems) {
  Document document =
      Document::parse("{\n \"nme\": \"x\",\n \"op\": 7,\n"
                      " \"alpha\": 0.5, \"count\": 9,\n \"zzz\": 0}",
                      "m.json");
  Diagnostics diagnostics;
  json::Object object(document.root(), diagnostics);
  EXPECT_FALSE(object.required<std::string>("name"));
  EXPECT_FALSE(object.required<std::string>("op"));
  EXPECT_EQ(object.optional<double>("alpha"), 0.5);
  EXPECT_FALSE(object.requiredInt64("count", 1, 4));
  EXPECT_FALSE(object.optional<bool>("keep"));
  object.finish();
  EXPECT_EQ(
      diagnostics.str(),
      "m.json:1:1: expected a key 'name', but got none\n"
      "m.json:3:8: /op: expected a string, but got 7\n"
      "m.json:4:25: /count: expected an integer from 1 to 4, but got 9\n"
      "m.json:2:2: /nme: expected one of the keys 'alpha', 'count', 'keep', "
      "'name', 'op', but got 'nme' (did you mean 'name'?)\n"
      "m.json:5:2: /zzz: expected one of the keys 'alpha', 'count', 'keep', "
      "'name', 'op', but got 'zzz'");
  EXPECT_ERROR(diagnostics.throwIfErrors(), diagnostics.str());
}

TEST(JsonValueTest, ObjectOfAnotherKindIsReportedOnce) {
  Document document = Document::parse("[1]", "m.json");
  Diagnostics diagnostics;
  json::Object object(document.root(), diagnostics);
  EXPECT_FALSE(object.required<std::string>("name"));
  object.finish();
  EXPECT_EQ(diagnostics.str(),
            "m.json:1:1: expected an object, but got an array of 1");
}

TEST(JsonValueTest, AFileFullOfErrorsIsCountedNotListed) {
  std::string text = "{";
  for (int i = 0; i < 50000; ++i)
    text += (i ? ",\"k" : "\"k") + std::to_string(i) + "\":0";
  Document document = Document::parse(text + "}", "m.json");
  Diagnostics diagnostics;
  json::Object object(document.root(), diagnostics);
  object.finish();
  EXPECT_EQ(diagnostics.numErrors(), 50000u);
  EXPECT_EQ(diagnostics.all().size(), 100u);
  EXPECT_TRUE(diagnostics.str().ends_with("\nand 49900 more errors"));
}
