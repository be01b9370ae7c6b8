//===- JsonWriterTest.cpp - Layout and exact round trips ------------------===//
#include "runtime/Support/JsonWriter.h"
#include "tests/unit/Support/ExpectError.h"
#include <bit>
#include <cmath>
#include <gtest/gtest.h>

using namespace tactus;
using json::Document;
using json::Writer;
using Layout = Writer::Layout;

TEST(JsonWriterTest, BlocksAndInlineContainers) {
  Writer writer;
  writer.beginObject().member("tactus", 1).member("name", "mlp");
  writer.key("nodes").beginArray(Layout::Block);
  for (const char *name : {"h", "y"}) {
    writer.beginObject(Layout::Inline).member("name", name).key("inputs");
    writer.beginArray().value("x").value("w0").endArray().endObject();
  }
  writer.endArray().key("none").beginArray(Layout::Block).endArray();
  writer.key("deep").beginObject().member("on", true).endObject().endObject();
  EXPECT_EQ(writer.take(), R"({
  "tactus": 1,
  "name": "mlp",
  "nodes": [
    {"name": "h", "inputs": ["x", "w0"]},
    {"name": "y", "inputs": ["x", "w0"]}
  ],
  "none": [],
  "deep": {
    "on": true
  }
}
)");
}

TEST(JsonWriterTest, LongArraysWrapBelowTheirFirstElement) {
  Writer writer;
  writer.beginObject().key("v").beginArray();
  for (int i = 0; i < 40; ++i)
    writer.value(i);
  writer.endArray().endObject();
  EXPECT_EQ(writer.take(),
            "{\n"
            "  \"v\": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, "
            "16, 17, 18, 19, 20, 21, 22, 23, 24,\n"
            "        25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, "
            "39]\n}\n");
}

TEST(JsonWriterTest, NumbersAreShortestAndKeepTheirKind) {
  Writer writer;
  writer.beginArray().value(1).value(1.0).value(0.1f).value(0.1).value(-0.0);
  writer.value(INT64_MIN).value(UINT64_MAX).value(1e300).value(Float16(0.1f));
  writer.endArray();
  EXPECT_EQ(writer.take(), "[1, 1.0, 0.1, 0.1, -0.0, -9223372036854775808, "
                           "18446744073709551615, 1e+300, 0.1]\n");
}

TEST(JsonWriterTest, NonFiniteNumbersReadBackBitForBit) {
  Writer writer;
  writer.beginArray();
  std::vector<uint32_t> bits = {0x7f800000, 0xff800000, 0x7fc00000, 0xffc00000,
                                0x7fc00001};
  for (uint32_t word : bits)
    writer.value(std::bit_cast<float>(word));
  writer.endArray();
  std::string text = writer.take();
  EXPECT_EQ(text,
            "[\"inf\", \"-inf\", \"nan\", \"0xffc00000\", \"0x7fc00001\"]\n");
  Document document = Document::parse(text, "m");
  size_t i = 0;
  for (json::Value value : document.root())
    EXPECT_EQ(std::bit_cast<uint32_t>(value.asElement<float>()), bits[i++]);
}

TEST(JsonWriterTest, StringsAreEscaped) {
  Writer writer;
  writer.value("a\"\\\n\t\x01\xc3\xa9/");
  EXPECT_EQ(writer.take(), "\"a\\\"\\\\\\n\\t\\u0001\xc3\xa9/\"\n");
  EXPECT_ERROR(json::quoteString("a\xff"),
               "expected a string of valid UTF-8, but got byte 0xff");
}

TEST(JsonWriterTest, DocumentsRoundTrip) {
  std::string text = "{\"b\": [1, 1.0, 1e5, null, true], \"a\": {\"x\": "
                     "\"\xc3\xa9\"}}\n";
  Document document = Document::parse(text, "m");
  Writer writer;
  writer.value(document.root());
  EXPECT_EQ(writer.take(), text);
}
