//===- QuantizationValues.cpp - Small integers, worked by hand ------------===//
#include "tests/unit/Interpreter/OpValues.h"
#include <cmath>

using namespace tactus::test;

namespace {

constexpr double nan = NAN;

const Case cases[] = {
    // Ties to even, and both ends.
    {"quantize",
     R"("to": "i8")",
     {{"f32[5]", {0.25, 0.75, 1000, -1000, nan}},
      {"f32[]", {0.5}},
      {"i32[]", {1}}},
     {"i8[5]", {1, 3, 127, -128, 1}}},
    {"quantize",
     R"("to": "u8")",
     {{"f32[3]", {2.5, 3.5, -1}}, {"f32[]", {1}}},
     {"u8[3]", {2, 4, 0}}},
    // Per channel; a scale of 0, and zero points beyond the type.
    {"quantize",
     R"("to": "i8")",
     {{"f32[3,2]", {1, -1, 1, 0, 10, -10}},
      {"f32[3,1]", {0.5, 0, -4}},
      {"i32[3,1]", {0, 3, 1000}}},
     {"i8[3,2]", {2, -2, 127, 3, 125, 127}}},
    {"dequantize",
     "",
     {{"u8[2]", {0, 255}}, {"f32[]", {0.5}}, {"i32[]", {3}}},
     {"f32[2]", {-1.5, 126}}},
    {"dequantize",
     "",
     {{"i8[2,2]", {1, 2, -128, 127}},
      {"f32[2]", {0.5, -2}},
      {"i32[2]", {-1, 0}}},
     {"f32[2,2]", {1, -4, -63.5, -254}}},
    {"dequantize",
     "",
     {{"i32[2]", {-2147483648, 7}}, {"f32[]", {1}}, {"i32[]", {1}}},
     {"f32[2]", {2147483648, 6}}},
    {"requantize",
     R"("to": "i8")",
     {{"i32[4]", {10, 14, 100000, -100000}},
      {"f32[]", {0.25}},
      {"i32[]", {-1}}},
     {"i8[4]", {1, 3, 127, -128}}},
    {"requantize",
     R"("to": "u8")",
     {{"i32[2,2]", {10, 10, 1000, -1000}}, {"f32[2]", {0.25, 1}}},
     {"u8[2,2]", {2, 10, 250, 0}}},
    // The first is ONNX's own example; all of one sign, and all 0.
    {"dynamic_quantize",
     R"("to": "u8")",
     {{"f32[6]", {0, 2, -3, -2.5, 1.34, 0.5}}},
     {"u8[6]", {153, 255, 0, 26, 221, 179}}},
    {"dynamic_quantize",
     R"("to": "i8", "axes": [1])",
     {{"f32[3,2]", {51, 255, 0, -0.0, -127.5, 127.5}}},
     {"i8[3,2]", {-77, 127, -128, -128, -128, 127}}},
    {"dynamic_quantize",
     R"("to": "u8")",
     {{"f32[3]", {nan, 1, -1}}},
     {"u8[3]", {0, 0, 0}}},
    // A scale of 2^-149 / 255 would be 0.
    {"dynamic_quantize",
     R"("to": "u8")",
     {{"f32[2]", {0x1p-149, 0}}},
     {"u8[2]", {0, 0}}},
};

} // namespace

std::span<const Case> tactus::test::quantizationCases() {
  return cases;
}
