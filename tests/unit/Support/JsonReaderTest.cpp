//===- JsonReaderTest.cpp - What is JSON and what is not ------------------===//
#include "runtime/Support/Json.h"
#include "tests/unit/Support/ExpectError.h"
#include "tests/unit/Support/Mutate.h"
#include <fstream>
#include <gtest/gtest.h>
#include <random>

using namespace tactus;
using json::Document;
using json::Kind;
using json::Value;

static std::string errorOf(std::string text) {
  return test::errorOf([&] { Document::parse(std::move(text), "m.json"); });
}

TEST(JsonReaderTest, TreeKeepsOrderKindsAndText) {
  Document document = Document::parse(
      R"({"b": [1, 1.0, -0, true, null], "a": {"": "x\u00e9"}})", "m.json");
  Value root = document.root();
  ASSERT_TRUE(root.isObject());
  EXPECT_EQ(root.size(), 2u);
  std::vector<std::string> keys;
  for (Value member : root)
    keys.emplace_back(member.key());
  EXPECT_EQ(keys, (std::vector<std::string>{"b", "a"}));
  std::vector<std::string> raw;
  Value array = *root.find("b");
  for (Value element : array)
    if (element.isNumber())
      raw.emplace_back(element.rawNumber());
  EXPECT_EQ(raw, (std::vector<std::string>{"1", "1.0", "-0"}));
  EXPECT_EQ(root.find("a")->find("")->asString(), "x\xc3\xa9");
  EXPECT_FALSE(root.find("c"));
  EXPECT_EQ(std::distance(array.begin(), array.end()), 5);
}

TEST(JsonReaderTest, PlacesHaveLineColumnAndPointer) {
  Document document = Document::parse(
      "{\n  \"\xc3\xa9\": 1, \"n/~\": [\n    7, {\"k\": \"v\"}]\n}\n",
      "m.json");
  Value inner = *document.root().find("n/~");
  Value second = *++inner.begin();
  EXPECT_EQ(second.pointer(), "/n~1~0/1");
  EXPECT_EQ(second.place().line, 3u);
  EXPECT_EQ(second.place().column, 8u);
  EXPECT_EQ(second.find("k")->place().column, 14u);
  EXPECT_EQ(second.find("k")->keyPlace().column, 9u);
  // The accented letter is one column.
  EXPECT_EQ(inner.keyPlace().column, 11u);
  EXPECT_EQ(document.root().pointer(), "");
  EXPECT_ERROR(second.asBool(), "m.json:3:8: /n~1~0/1: expected true or false, "
                                "but got an object");
}

TEST(JsonReaderTest, ScalarsStandAlone) {
  Document number = Document::parse(" 42\n", "");
  EXPECT_EQ(number.root().asInt64(), 42);
  Document text = Document::parse("\"\"", "");
  EXPECT_EQ(text.root().asString(), "");
  Document empty = Document::parse("[]", "");
  EXPECT_EQ(empty.root().kind(), Kind::Array);
  EXPECT_EQ(empty.root().size(), 0u);
}

//===----------------------------------------------------------------------===//
// Inputs to be refused
//===----------------------------------------------------------------------===//

TEST(JsonReaderTest, Hostile01TrailingText) {
  EXPECT_EQ(errorOf("{\"a\": 1}\n x"),
            "m.json:2:2: expected the end of the text, but got 'x'");
  EXPECT_EQ(errorOf("1 2"),
            "m.json:1:3: expected the end of the text, but got '2'");
  EXPECT_EQ(errorOf("{},"),
            "m.json:1:3: expected the end of the text, but got ','");
  // The parser underneath takes a NUL for the end.
  EXPECT_EQ(errorOf(std::string("{}\0[", 4)),
            "m.json:1:3: expected no control character in JSON text, but got "
            "byte 0x00");
}

TEST(JsonReaderTest, Hostile02DuplicateKey) {
  EXPECT_EQ(errorOf("{\"n\": {\"a\": 1,\n\"b\": 2, \"\\u0061\": 3}}"),
            "m.json:2:9: /n: expected each key once, but got 'a' twice");
  std::string many = "{";
  for (int i = 0; i < 100; ++i)
    many += "\"k" + std::to_string(i) + "\": 0, ";
  EXPECT_EQ(errorOf(many + "\"k7\": 0}").substr(0, 12), "m.json:1:992");
  EXPECT_EQ(errorOf(many + "\"k98\": 0}").substr(0, 12), "m.json:1:992");
  EXPECT_EQ(errorOf(many + "\"k100\": 0}"), "no error");
}

TEST(JsonReaderTest, Hostile03NestingDeeperThan64) {
  EXPECT_EQ(errorOf(std::string(64, '[') + std::string(64, ']')), "no error");
  EXPECT_EQ(errorOf(std::string(65, '[')),
            "m.json:1:65: expected brackets nested 64 deep or less, but got "
            "more");
  EXPECT_EQ(errorOf(std::string(1000000, '[')),
            "m.json:1:65: expected brackets nested 64 deep or less, but got "
            "more");
  std::string objects;
  for (int i = 0; i < 65; ++i)
    objects += "{\"a\":";
  EXPECT_EQ(errorOf(objects).substr(0, 12), "m.json:1:321");
}

TEST(JsonReaderTest, Hostile04InvalidUtf8) {
  EXPECT_EQ(errorOf("{\"a\": \"x\xff\"}"),
            "m.json:1:9: expected valid UTF-8, but got byte 0xff");
  // Overlong, surrogate, past the last code point, cut short.
  for (const char *text : {"\"\xc0\x80\"", "\"\xed\xa0\x80\"",
                           "\"\xf4\x90\x80\x80\"", "\"\xe2\x82\"", "\x80"})
    EXPECT_NE(errorOf(text).find("expected valid UTF-8"), std::string::npos)
        << text;
  EXPECT_EQ(errorOf("\xef\xbb\xbf{}"),
            "m.json:1:1: expected JSON text, but got a byte order mark");
}

TEST(JsonReaderTest, Hostile05NumbersThatAreNone) {
  EXPECT_EQ(errorOf("[NaN]"),
            "m.json:1:2: expected a value or ']', but got 'NaN'");
  EXPECT_EQ(errorOf("{\"a\": Infinity}"),
            "m.json:1:7: expected a value, but got 'Infinity'");
  EXPECT_EQ(errorOf("[1, -Infinity]"),
            "m.json:1:5: expected a value, but got '-Infinity'");
  EXPECT_EQ(errorOf("[1e400]"), "m.json:1:2: expected a number within the "
                                "range of f64, but got '1e400'");
}

TEST(JsonReaderTest, SyntaxErrorsSayWhatWasExpected) {
  EXPECT_EQ(errorOf(""),
            "m.json:1:1: expected a value, but got the end of the text");
  EXPECT_EQ(errorOf("{\"a\" 1}"), "m.json:1:6: expected ':', but got '1'");
  EXPECT_EQ(errorOf("{\"n\": [1 2]}"),
            "m.json:1:10: /n: expected ',' or ']', but got '2'");
  EXPECT_EQ(errorOf("[1,]"), "m.json:1:4: expected a value, but got ']'");
  EXPECT_EQ(errorOf("{\"a\": 1,}"), "m.json:1:9: expected a key, but got '}'");
  EXPECT_EQ(errorOf("{a: 1}"),
            "m.json:1:2: expected a key or '}', but got 'a'");
  EXPECT_EQ(errorOf("{\"a\": 1"), "m.json:1:8: expected ',' or '}', but got "
                                  "the end of the text");
  EXPECT_EQ(errorOf("[1}"), "m.json:1:3: expected ',' or ']', but got '}'");
  EXPECT_EQ(errorOf("[1.]"),
            "m.json:1:2: expected a value or ']', but got '1.'");
  EXPECT_EQ(errorOf("[01]"), "m.json:1:3: expected ',' or ']', but got '1'");
  EXPECT_EQ(errorOf("// x\n1"), "m.json:1:1: expected a value, but got '/'");
  EXPECT_EQ(errorOf("[tru]"),
            "m.json:1:2: expected a value or ']', but got 'tru'");
}

TEST(JsonReaderTest, StringErrorsPointIntoTheString) {
  EXPECT_EQ(errorOf("[\"ab"), "m.json:1:5: expected '\"' at the end of a "
                              "string, but got the end of the text");
  EXPECT_EQ(errorOf("[\"a\nb\"]"),
            "m.json:1:4: expected an escape for a control character in a "
            "string, but got byte 0x0a");
  EXPECT_EQ(errorOf("[\"a\\x\"]"),
            "m.json:1:4: expected an escape sequence, but got '\\x'");
  EXPECT_EQ(errorOf("[\"\\u12g4\"]"),
            "m.json:1:3: expected four hexadecimal digits after '\\u', but got "
            "'\\u12'");
  EXPECT_EQ(errorOf("{\"\\ud800x\": 1}"),
            "m.json:1:3: expected a pair of surrogates, but got '\\ud800'");
  EXPECT_EQ(errorOf("[\"\\ud83d\\ude00\"]"), "no error");
}

TEST(JsonReaderTest, LimitsOfSizeAndCount) {
  json::ReadOptions options;
  options.maxBytes = 8;
  EXPECT_ERROR(Document::parse("[1, 2, 3]", "m.json", options),
               "m.json: expected 8 bytes of JSON or less, but got 9");
  options.maxBytes = 100;
  options.maxValues = 3;
  EXPECT_ERROR(Document::parse("[1, 2, 3]", "m.json", options),
               "m.json:1:8: expected 3 values or less, but got more");
}

TEST(JsonReaderTest, FilesAreReadWithTheLimit) {
  std::string path = testing::TempDir() + "tactus-json-test.json";
  std::ofstream(path) << "[1, 2";
  EXPECT_ERROR(Document::read(path), path + ":1:6: expected ',' or ']', but "
                                            "got the end of the text");
  json::ReadOptions options;
  options.maxBytes = 4;
  EXPECT_ERROR(Document::read(path, options),
               path + ": expected a file of 4 bytes or less, but got one of "
                      "more");
  std::remove(path.c_str());
  EXPECT_ERROR(Document::read(path),
               path + ": expected a file that can be read, but got 'No such "
                      "file or directory'");
}

TEST(JsonReaderTest, BinaryHoldersHaveNoLines) {
  json::ReadOptions options;
  options.hasLines = false;
  Document document = Document::parse("{\"w\": 1}", "m.safetensors", options);
  EXPECT_ERROR(document.root().find("w")->asString(),
               "m.safetensors: /w: expected a string, but got 1");
}

TEST(JsonReaderTest, MutationsGiveADocumentOrAnError) {
  const std::string seed = R"({"tactus": 1, "name": "m\u00e9\n", "inputs":
    [{"name": "x", "type": "f32[batch,784]"}], "nodes": [{"a": [1, -2.5e-3,
    true, false, null, "\ud83d\ude00 é"], "b": {}, "c": []}]})";
  const std::string alphabet =
      "{}[]\",:\\u0123456789.eE+-truefalsn \n\t/\xc3\xff";
  std::mt19937 random(1);
  int accepted = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string text = test::mutate(seed, alphabet, random);
    std::string message = errorOf(text);
    accepted += message == "no error";
    if (message != "no error") {
      // One located message.
      ASSERT_TRUE(message.starts_with("m.json:")) << message;
      ASSERT_NE(message.find(": expected "), std::string::npos) << message;
      ASSERT_NE(message.find(", but got "), std::string::npos) << message;
    }
  }
  EXPECT_GT(accepted, 50);
  EXPECT_LT(accepted, 1500);
}
