//===- OpValuesTest.cpp - What each op gives, worked by hand --------------===//
//
// Every op that a graph may hold has at least one case here, with values small
// enough to be worked out on paper, and the awkward ones: ties, saturation,
// NaN, zeros of both signs, overflow.
//
//===----------------------------------------------------------------------===//
#include "compiler/Graph/OpTable.h"
#include "compiler/Import/JsonReader.h"
#include "runtime/Interpreter/Interpreter.h"
#include <cmath>
#include <gtest/gtest.h>
#include <set>

using namespace tactus;

namespace {

struct Operand {
  const char *type;
  std::vector<double> elements;
};

struct Case {
  const char *op;
  const char *attributes;
  std::vector<Operand> operands;
  Operand result;
};

constexpr double inf = INFINITY, nan = NAN;

const Case cases[] = {
    // Elementwise.
    {"add",
     "",
     {{"f32[2,1]", {1, 2}}, {"f32[2]", {10, 20}}},
     {"f32[2,2]", {11, 21, 12, 22}}},
    {"add",
     "",
     {{"i8[2]", {127, -128}}, {"i8[2]", {1, -1}}},
     {"i8[2]", {-128, 127}}},
    {"add",
     "",
     {{"f16[2]", {2048, 2048}}, {"f16[2]", {1, 3}}},
     {"f16[2]", {2048, 2052}}},
    {"sub", "", {{"u8[2]", {0, 5}}, {"u8[2]", {1, 3}}}, {"u8[2]", {255, 2}}},
    {"sub", "", {{"f64[1]", {inf}}, {"f64[1]", {inf}}}, {"f64[1]", {nan}}},
    {"mul",
     "",
     {{"i16[1]", {300}}, {"i16[1]", {300}}},
     {"i16[1]", {90000 - 65536}}},
    {"mul",
     "",
     {{"f32[2]", {-2, 0}}, {"f32[2]", {0.5, inf}}},
     {"f32[2]", {-1, nan}}},
    {"div",
     "",
     {{"i32[4]", {7, -7, 5, -2147483648.0}}, {"i32[4]", {2, 2, 0, -1}}},
     {"i32[4]", {3, -3, 0, -2147483648.0}}},
    {"div",
     "",
     {{"f32[3]", {1, -1, 0}}, {"f32[3]", {0, 0, 0}}},
     {"f32[3]", {inf, -inf, nan}}},
    {"maximum",
     "",
     {{"f32[3]", {-0.0, nan, 1}}, {"f32[3]", {0, 1, 2}}},
     {"f32[3]", {0, nan, 2}}},
    {"minimum",
     "",
     {{"f32[3]", {-0.0, 1, 1}}, {"f32[3]", {0, nan, 2}}},
     {"f32[3]", {-0.0, nan, 1}}},
    {"neg", "", {{"i8[2]", {-128, 5}}}, {"i8[2]", {-128, -5}}},
    {"neg", "", {{"f32[2]", {0, -2}}}, {"f32[2]", {-0.0, 2}}},
    {"exp",
     "",
     {{"f32[4]", {0, -inf, inf, 1}}},
     {"f32[4]", {1, 0, inf, 2.7182817459106445}}},
    {"log", "", {{"f32[4]", {1, 0, -1, inf}}}, {"f32[4]", {0, -inf, nan, inf}}},
    {"sqrt",
     "",
     {{"f32[4]", {9, 2, -1, -0.0}}},
     {"f32[4]", {3, 1.4142135381698608, nan, -0.0}}},
    {"cast",
     R"("to": "i8")",
     {{"f32[6]", {2.9, -2.9, 200, -200, nan, -inf}}},
     {"i8[6]", {2, -2, 127, -128, 0, -128}}},
    {"cast", R"("to": "i8")", {{"i32[2]", {300, -129}}}, {"i8[2]", {44, 127}}},
    {"cast",
     R"("to": "f16")",
     {{"f32[4]", {65519, 65520, 2049, 2051}}},
     {"f16[4]", {65504, inf, 2048, 2052}}},
    {"cast",
     R"("to": "bf16")",
     {{"f32[2]", {257, 259}}},
     {"bf16[2]", {256, 260}}},
    {"cast",
     R"("to": "i1")",
     {{"f32[4]", {0, -0.0, nan, 0.5}}},
     {"i1[4]", {0, 0, 1, 1}}},
    {"cast",
     R"("to": "f32")",
     {{"i64[1]", {16777217}}},
     {"f32[1]", {16777216}}},
    {"mod",
     "",
     {{"i32[6]", {7, -7, 7, -7, 5, -2147483648.0}},
      {"i32[6]", {3, 3, -3, -3, 0, -1}}},
     {"i32[6]", {1, 2, -2, -1, 0, 0}}},
    {"mod",
     R"("fmod": true)",
     {{"i8[4]", {7, -7, 7, -7}}, {"i8[4]", {3, 3, -3, -3}}},
     {"i8[4]", {1, -1, 1, -1}}},
    {"mod",
     "",
     {{"f32[8]", {5.5, -5.5, -6, 6, 1, -1, inf, nan}},
      {"f32[8]", {2, 2, 2, -2, 0, inf, 2, 1}}},
     {"f32[8]", {1.5, 0.5, 0, -0.0, nan, inf, nan, nan}}},
    {"mod",
     R"("fmod": true)",
     {{"f32[5]", {5.5, -5.5, -6, -1, 0x1p127}}, {"f32[5]", {2, 2, 2, inf, 3}}},
     {"f32[5]", {1.5, -1.5, -0.0, -1, 2}}},
    {"clamp",
     "",
     {{"f32[5]", {-2, 0.5, 3, nan, -0.0}},
      {"f32[]", {0}},
      {"f32[5]", {1, 1, 1, 1, 1}}},
     {"f32[5]", {0, 0.5, 1, nan, 0}}},
    {"clamp",
     "",
     {{"u8[3]", {0, 7, 255}}, {"u8[]", {9}}, {"u8[]", {5}}},
     {"u8[3]", {5, 5, 5}}},
    {"abs", "", {{"i8[3]", {-128, -5, 5}}}, {"i8[3]", {-128, 5, 5}}},
    {"abs", "", {{"f32[3]", {-0.0, -inf, nan}}}, {"f32[3]", {0, inf, nan}}},
    {"sign",
     "",
     {{"f32[4]", {-2.5, -0.0, inf, nan}}},
     {"f32[4]", {-1, 0, 1, nan}}},
    {"sign", "", {{"i16[3]", {-32768, 0, 9}}}, {"i16[3]", {-1, 0, 1}}},
    {"sign", "", {{"u8[2]", {0, 255}}}, {"u8[2]", {0, 1}}},
    {"floor",
     "",
     {{"f32[4]", {-1.5, 1.5, -0.0, -inf}}},
     {"f32[4]", {-2, 1, -0.0, -inf}}},
    {"ceil",
     "",
     {{"f32[4]", {-1.5, 1.5, -0.5, nan}}},
     {"f32[4]", {-1, 2, -0.0, nan}}},
    {"round",
     "",
     {{"f32[6]", {0.5, 1.5, 2.5, -0.5, -1.5, 8388609}}},
     {"f32[6]", {0, 2, 2, -0.0, -2, 8388609}}},
    {"trunc", "", {{"bf16[3]", {-1.5, 1.5, -0.5}}}, {"bf16[3]", {-1, 1, -0.0}}},
    {"compare",
     R"("predicate": "equal")",
     {{"f32[5]", {1, 2, 3, nan, -0.0}}, {"f32[5]", {2, 2, 2, nan, 0}}},
     {"i1[5]", {0, 1, 0, 0, 1}}},
    {"compare",
     R"("predicate": "not_equal")",
     {{"f32[5]", {1, 2, 3, nan, -0.0}}, {"f32[5]", {2, 2, 2, nan, 0}}},
     {"i1[5]", {1, 0, 1, 1, 0}}},
    {"compare",
     R"("predicate": "less")",
     {{"f32[5]", {1, 2, 3, nan, -0.0}}, {"f32[5]", {2, 2, 2, nan, 0}}},
     {"i1[5]", {1, 0, 0, 0, 0}}},
    {"compare",
     R"("predicate": "less_equal")",
     {{"f32[5]", {1, 2, 3, nan, -0.0}}, {"f32[5]", {2, 2, 2, nan, 0}}},
     {"i1[5]", {1, 1, 0, 0, 1}}},
    {"compare",
     R"("predicate": "greater")",
     {{"f32[5]", {1, 2, 3, nan, -0.0}}, {"f32[5]", {2, 2, 2, nan, 0}}},
     {"i1[5]", {0, 0, 1, 0, 0}}},
    {"compare",
     R"("predicate": "greater_equal")",
     {{"f32[5]", {1, 2, 3, nan, -0.0}}, {"f32[5]", {2, 2, 2, nan, 0}}},
     {"i1[5]", {0, 1, 1, 0, 1}}},
    {"compare",
     R"("predicate": "less")",
     {{"u8[2]", {200, 1}}, {"u8[]", {100}}},
     {"i1[2]", {0, 1}}},
    {"compare",
     R"("predicate": "less")",
     {{"i1[2]", {0, 1}}, {"i1[2]", {1, 0}}},
     {"i1[2]", {1, 0}}},
    {"select",
     "",
     {{"i1[2,1]", {1, 0}}, {"i32[2]", {1, 2}}, {"i32[]", {9}}},
     {"i32[2,2]", {1, 2, 9, 9}}},
    {"is_nan", "", {{"f32[3]", {nan, inf, 0}}}, {"i1[3]", {1, 0, 0}}},
    {"is_inf", "", {{"f16[3]", {nan, -inf, 0}}}, {"i1[3]", {0, 1, 0}}},
    {"is_finite", "", {{"f64[3]", {nan, inf, 0}}}, {"i1[3]", {0, 0, 1}}},
    {"logical_and",
     "",
     {{"i1[4]", {0, 0, 1, 1}}, {"i1[4]", {0, 1, 0, 1}}},
     {"i1[4]", {0, 0, 0, 1}}},
    {"logical_or",
     "",
     {{"i1[4]", {0, 0, 1, 1}}, {"i1[4]", {0, 1, 0, 1}}},
     {"i1[4]", {0, 1, 1, 1}}},
    {"logical_xor",
     "",
     {{"i1[4]", {0, 0, 1, 1}}, {"i1[4]", {0, 1, 0, 1}}},
     {"i1[4]", {0, 1, 1, 0}}},
    {"logical_not", "", {{"i1[2]", {0, 1}}}, {"i1[2]", {1, 0}}},
    {"bitwise_and",
     "",
     {{"i8[2]", {12, -1}}, {"i8[2]", {10, 7}}},
     {"i8[2]", {8, 7}}},
    {"bitwise_or",
     "",
     {{"u8[2]", {12, 128}}, {"u8[2]", {10, 1}}},
     {"u8[2]", {14, 129}}},
    {"bitwise_xor",
     "",
     {{"i64[2]", {12, -1}}, {"i64[2]", {10, 7}}},
     {"i64[2]", {6, -8}}},
    {"bitwise_not", "", {{"i32[2]", {0, 5}}}, {"i32[2]", {-1, -6}}},
    {"bitwise_not", "", {{"u8[1]", {5}}}, {"u8[1]", {250}}},
    {"shift_left",
     "",
     {{"i8[5]", {1, 3, 64, 1, 1}}, {"i8[5]", {3, 7, 1, 8, -1}}},
     {"i8[5]", {8, -128, -128, 0, 0}}},
    {"shift_right",
     "",
     {{"i8[5]", {-128, 100, -1, 100, -5}}, {"i8[5]", {3, 2, 100, 8, -1}}},
     {"i8[5]", {-16, 25, -1, 0, -1}}},
    {"shift_right",
     "",
     {{"u8[3]", {128, 255, 255}}, {"u8[3]", {3, 7, 8}}},
     {"u8[3]", {16, 1, 0}}},
    // Activations.
    {"relu", "", {{"f32[4]", {-1, -0.0, 2, nan}}}, {"f32[4]", {0, 0, 2, nan}}},
    {"relu6", "", {{"f32[3]", {-1, 3, 7}}}, {"f32[3]", {0, 3, 6}}},
    {"leaky_relu",
     R"("alpha": 0.25)",
     {{"f32[2]", {-4, 4}}},
     {"f32[2]", {-1, 4}}},
    {"prelu",
     "",
     {{"f32[2,2]", {-4, 4, -8, 8}}, {"f32[2,1]", {0.25, 0.5}}},
     {"f32[2,2]", {-1, 4, -4, 8}}},
    {"elu",
     R"("alpha": 2.0)",
     {{"f32[3]", {-inf, 0, 3}}},
     {"f32[3]", {-2, 0, 3}}},
    {"selu",
     "",
     {{"f32[2]", {0, 1}}},
     {"f32[2]", {0, 1.05070102214813232421875}}},
    {"celu",
     R"("alpha": 2.0)",
     {{"f32[3]", {-inf, 0, 3}}},
     {"f32[3]", {-2, 0, 3}}},
    {"sigmoid",
     "",
     {{"f32[4]", {0, -inf, inf, 4}}},
     {"f32[4]", {0.5, 0, 1, 0.98201376199722290}}},
    {"tanh",
     "",
     {{"f32[3]", {0, inf, 1}}},
     {"f32[3]", {0, 1, 0.76159417629241943}}},
    {"gelu",
     "",
     {{"f32[4]", {0, 1, -1, -inf}}},
     {"f32[4]", {0, 0.84134477376937866, -0.15865525603294373, -0.0}}},
    {"gelu",
     R"("approximate": "tanh")",
     {{"f32[2]", {0, 1}}},
     {"f32[2]", {0, 0.84119200706481934}}},
    {"silu",
     "",
     {{"f32[3]", {0, 1, -inf}}},
     {"f32[3]", {0, 0.73105859756469727, -0.0}}},
    {"mish", "", {{"f32[2]", {0, inf}}}, {"f32[2]", {0, inf}}},
    {"softplus",
     "",
     {{"f32[3]", {0, -inf, 100}}},
     {"f32[3]", {0.69314718246459961, 0, 100}}},
    {"softsign", "", {{"f32[3]", {1, -3, inf}}}, {"f32[3]", {0.5, -0.75, 1}}},
    {"hard_sigmoid",
     R"("alpha": 0.25, "beta": 0.5)",
     {{"f32[4]", {-3, -1, 1, 3}}},
     {"f32[4]", {0, 0.25, 0.75, 1}}},
    {"hard_swish",
     "",
     {{"f32[4]", {-4, -1.5, 1.5, 4}}},
     {"f32[4]", {-0.0, -0.375, 1.125, 4}}},
    {"hard_tanh",
     R"("min": -2.0, "max": 1.0)",
     {{"f32[3]", {-3, 0.5, 3}}},
     {"f32[3]", {-2, 0.5, 1}}},
    {"thresholded_relu",
     R"("alpha": 1.0)",
     {{"f32[3]", {0.5, 1, 1.5}}},
     {"f32[3]", {0, 0, 1.5}}},
    // ln of 1, 2 and 1: the elements are as 1 : 2 : 1.
    {"softmax",
     "",
     {{"f64[3]", {0, 0.69314718055994531, 0}}},
     {"f64[3]", {0.25, 0.5, 0.25}}},
    {"softmax", "", {{"f32[2]", {-10000, 10000}}}, {"f32[2]", {0, 1}}},
    {"softmax",
     R"("axis": 0)",
     {{"f32[2,2]", {5, 0, 5, -inf}}},
     {"f32[2,2]", {0.5, 1, 0.5, 0}}},
    {"log_softmax",
     "",
     {{"f32[2]", {3, 3}}},
     {"f32[2]", {-0.69314718246459961, -0.69314718246459961}}},
    {"log_softmax", "", {{"f32[2]", {-10000, 10000}}}, {"f32[2]", {-20000, 0}}},
    // Contraction.
    {"matmul",
     "",
     {{"f32[2,2]", {1, 2, 3, 4}}, {"f32[2,1]", {5, 6}}},
     {"f32[2,1]", {17, 39}}},
    {"matmul",
     "",
     {{"i8[1,2]", {-128, -128}}, {"i8[2,1]", {-128, -128}}},
     {"i32[1,1]", {32768}}},
    {"matmul",
     "",
     {{"u8[1,2]", {255, 1}}, {"i8[2,1]", {-1, 1}}},
     {"i32[1,1]", {-254}}},
    {"matmul",
     "",
     {{"f32[2,1,2]", {1, 2, 3, 4}}, {"f32[2,1]", {1, 10}}},
     {"f32[2,1,1]", {21, 43}}},
    {"matmul", "", {{"f32[1,0]", {}}, {"f32[0,2]", {}}}, {"f32[1,2]", {0, 0}}},
    // Wide: 2^24 + 1 - 2^24 is lost in f32.
    {"matmul",
     "",
     {{"f32[1,3]", {16777216, 1, -16777216}}, {"f32[3,1]", {1, 1, 1}}},
     {"f32[1,1]", {1}}},
    // Reductions.
    {"sum", R"("axes": [1])", {{"f32[2,2]", {1, 2, 3, 4}}}, {"f32[2]", {3, 7}}},
    {"sum", "", {{"i8[3]", {127, 127, 127}}}, {"i32[]", {381}}},
    {"sum", R"("axes": [0])", {{"f32[0,2]", {}}}, {"f32[2]", {0, 0}}},
    {"mean",
     R"("axes": [0], "keepdims": true)",
     {{"f32[2,2]", {1, 2, 3, 5}}},
     {"f32[1,2]", {2, 3.5}}},
    {"mean", "", {{"f16[3]", {65504, 65504, 65504}}}, {"f16[]", {65504}}},
    {"max",
     R"("axes": [-1])",
     {{"f32[2,2]", {1, nan, -3, -2}}},
     {"f32[2]", {nan, -2}}},
    {"min", "", {{"u8[3]", {7, 200, 9}}}, {"u8[]", {7}}},
    {"argmax", "", {{"f32[2,3]", {1, 5, 5, nan, 7, nan}}}, {"i64[2]", {1, 0}}},
    {"argmax",
     R"("axis": 0)",
     {{"i8[2,2]", {-5, 3, -6, 4}}},
     {"i64[2]", {0, 1}}},
    // Mean 0 and variance 1, epsilon 0; then twice that plus 1.
    {"prod",
     R"("axes": [1])",
     {{"f32[2,2]", {2, 3, -1, 0}}},
     {"f32[2]", {6, -0.0}}},
    {"prod", "", {{"i8[3]", {100, 100, 100}}}, {"i32[]", {1000000}}},
    {"prod", "", {{"i16[2]", {300, 300}}}, {"i16[]", {90000 - 65536}}},
    {"prod", "", {{"f64[0]", {}}}, {"f64[]", {1}}},
    // Leaves the range of f32 on the way, and comes back.
    {"prod",
     "",
     {{"f32[3]", {0x1p100, 0x1p100, 0x1p-100}}},
     {"f32[]", {0x1p100}}},
    {"prod", "", {{"f32[2]", {0, inf}}}, {"f32[]", {nan}}},
    {"argmin",
     R"("axis": 0)",
     {{"f32[3,3]", {1, 0, nan, 1, -0.0, 2, 0, 5, nan}}},
     {"i64[3]", {2, 0, 0}}},
    {"argmin", "", {{"u8[3]", {200, 3, 3}}}, {"i64[]", {1}}},
    {"any",
     R"("axes": [1])",
     {{"i1[3,2]", {0, 0, 0, 1, 1, 1}}},
     {"i1[3]", {0, 1, 1}}},
    {"any", "", {{"i1[0]", {}}}, {"i1[]", {0}}},
    {"all",
     R"("axes": [1])",
     {{"i1[3,2]", {0, 0, 0, 1, 1, 1}}},
     {"i1[3]", {0, 0, 1}}},
    {"all", "", {{"i1[0]", {}}}, {"i1[]", {1}}},
    // ln(2), beside what would overflow; infinities and NaN.
    {"log_sum_exp",
     R"("axes": [1])",
     {{"f32[4,2]", {1000, 1000, -inf, -inf, inf, -inf, nan, inf}}},
     {"f32[4]", {1000.6931762695312, -inf, inf, nan}}},
    {"log_sum_exp", R"("axes": [0])", {{"f32[0,1]", {}}}, {"f32[1]", {-inf}}},
    {"l1_norm",
     R"("axes": [1], "keepdims": true)",
     {{"f32[3,2]", {3, -4, -0.0, 0, nan, -inf}}},
     {"f32[3,1]", {7, 0, nan}}},
    // Squares would overflow, underflow, and be infinite.
    {"l2_norm",
     R"("axes": [1])",
     {{"f32[5,2]", {3e38f, 0, 0x3p-140, 0x4p-140, 0, 0, -inf, 1, inf, nan}}},
     {"f32[5]", {3e38f, 0x5p-140, 0, inf, nan}}},
    {"l2_norm", "", {{"f16[2]", {300, 400}}}, {"f16[]", {500}}},
    {"variance", "", {{"f32[4]", {1, 2, 3, 6}}}, {"f32[]", {3.5}}},
    {"variance",
     R"("correction": 1, "axes": [1])",
     {{"f32[2,2]", {1, 3, inf, 0}}},
     {"f32[2]", {2, nan}}},
    {"variance", R"("correction": 1)", {{"f32[1]", {5}}}, {"f32[]", {nan}}},
    {"variance", R"("correction": 1)", {{"f32[0]", {}}}, {"f32[]", {nan}}},
    {"layer_norm",
     R"("epsilon": 0.0)",
     {{"f32[1,2]", {3, 5}}},
     {"f32[1,2]", {-1, 1}}},
    {"layer_norm",
     R"("epsilon": 3.0)",
     {{"f32[1,2]", {3, 5}}, {"f32[2]", {4, 2}}, {"f32[]", {1}}},
     {"f32[1,2]", {-1, 2}}},
    // Shapes.
    {"reshape",
     R"("shape": [-1, 2])",
     {{"f32[4,1]", {1, 2, 3, 4}}},
     {"f32[2,2]", {1, 2, 3, 4}}},
    {"transpose",
     R"("perm": [1, 0])",
     {{"i32[2,3]", {1, 2, 3, 4, 5, 6}}},
     {"i32[3,2]", {1, 4, 2, 5, 3, 6}}},
    {"broadcast",
     R"("shape": [2, 2])",
     {{"i1[2,1]", {1, 0}}},
     {"i1[2,2]", {1, 1, 0, 0}}},
    {"slice",
     R"("starts": [-3], "ends": [99], "steps": [2])",
     {{"f32[5]", {1, 2, 3, 4, 5}}},
     {"f32[2]", {3, 5}}},
    {"slice",
     R"("starts": [1], "ends": [2], "axes": [-1])",
     {{"f32[2,2]", {1, 2, 3, 4}}},
     {"f32[2,1]", {2, 4}}},
    {"slice",
     R"("starts": [-1, 1], "ends": [-99, 0], "steps": [-2, -1])",
     {{"f32[3,2]", {1, 2, 3, 4, 5, 6}}},
     {"f32[2,1]", {6, 2}}},
    {"squeeze", "", {{"i8[1,2,1]", {7, 8}}}, {"i8[2]", {7, 8}}},
    {"squeeze", R"("axes": [-1])", {{"i8[1,1]", {7}}}, {"i8[1]", {7}}},
    {"expand_dims",
     R"("axes": [0, -1])",
     {{"i8[2]", {7, 8}}},
     {"i8[1,2,1]", {7, 8}}},
    {"expand_dims", R"("axes": [-1, 0])", {{"f32[]", {7}}}, {"f32[1,1]", {7}}},
    {"tile",
     R"("repeats": [2, 2])",
     {{"u8[1,2]", {1, 2}}},
     {"u8[2,4]", {1, 2, 1, 2, 1, 2, 1, 2}}},
    {"tile", R"("repeats": [0])", {{"u8[2]", {1, 2}}}, {"u8[0]", {}}},
    {"reverse",
     "",
     {{"f32[2,2]", {1, 2, 3, nan}}},
     {"f32[2,2]", {nan, 3, 2, 1}}},
    {"reverse",
     R"("axes": [-2])",
     {{"i64[2,2]", {1, 2, 3, 4}}},
     {"i64[2,2]", {3, 4, 1, 2}}},
    // What falls away is 0, a NaN too.
    {"trilu",
     "",
     {{"f32[2,3]", {1, 2, 3, nan, -5, 6}}},
     {"f32[2,3]", {1, 2, 3, 0, -5, 6}}},
    {"trilu",
     R"("upper": false, "k": -1)",
     {{"i1[2,2,2]", {1, 1, 1, 1, 1, 1, 0, 1}}},
     {"i1[2,2,2]", {0, 0, 1, 0, 0, 0, 0, 0}}},
    {"trilu",
     R"("k": 9223372036854775807)",
     {{"i8[1,2]", {1, 2}}},
     {"i8[1,2]", {0, 0}}},
    {"concat",
     R"("axis": -1)",
     {{"f32[2,1]", {1, 2}}, {"f32[2,0]", {}}, {"f32[2,2]", {3, 4, 5, nan}}},
     {"f32[2,3]", {1, 3, 4, 2, 5, nan}}},
    {"split", R"("sizes": [2, 1])", {{"i8[3]", {1, 2, 3}}}, {"i8[2]", {1, 2}}},
    {"split",
     R"("num_outputs": 2, "axis": 1)",
     {{"i8[2,3]", {1, 2, 3, 4, 5, 6}}},
     {"i8[2,2]", {1, 2, 4, 5}}},
    {"pad",
     R"("pads": [1, 0, 0, 1], "value": -0.5)",
     {{"f16[1,2]", {1, 2}}},
     {"f16[2,3]", {-0.5, -0.5, -0.5, 1, 2, -0.5}}},
    {"pad",
     R"("pads": [2, -1], "mode": "edge")",
     {{"i8[3]", {1, 2, 3}}},
     {"i8[4]", {1, 1, 1, 2}}},
    {"pad",
     R"("pads": [3, 5], "mode": "reflect")",
     {{"i8[3]", {1, 2, 3}}},
     {"i8[11]", {2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2}}},
    {"pad",
     R"("pads": [1, 2], "mode": "reflect")",
     {{"i8[1]", {9}}},
     {"i8[4]", {9, 9, 9, 9}}},
    {"pad",
     R"("pads": [3, 4], "mode": "wrap")",
     {{"u8[2]", {1, 2}}},
     {"u8[9]", {2, 1, 2, 1, 2, 1, 2, 1, 2}}},
    // Quantization: ties to even, and both ends.
    {"quantize",
     R"("scale": 0.5, "zero_point": 1, "to": "i8")",
     {{"f32[5]", {0.25, 0.75, 1000, -1000, nan}}},
     {"i8[5]", {1, 3, 127, -128, 1}}},
    {"quantize",
     R"("scale": 1.0, "to": "u8")",
     {{"f32[3]", {2.5, 3.5, -1}}},
     {"u8[3]", {2, 4, 0}}},
    {"dequantize",
     R"("scale": 0.5, "zero_point": 3)",
     {{"u8[2]", {0, 255}}},
     {"f32[2]", {-1.5, 126}}},
    {"requantize",
     R"("scale": 0.25, "zero_point": -1, "to": "i8")",
     {{"i32[4]", {10, 14, 100000, -100000}}},
     {"i8[4]", {1, 3, 127, -128}}},
    // Creation.
    {"constant",
     R"("type": "f32[3]", "value": [1.5, "inf", "nan"])",
     {},
     {"f32[3]", {1.5, inf, nan}}},
    {"fill", R"("type": "u8[2]", "value": 200)", {}, {"u8[2]", {200, 200}}},
    {"iota",
     R"("type": "i32[2,3]", "axis": -1)",
     {},
     {"i32[2,3]", {0, 1, 2, 0, 1, 2}}},
    {"eye",
     R"("type": "i8[2,3]", "k": 1)",
     {},
     {"i8[2,3]", {0, 1, 0, 0, 0, 1}}},
    {"eye",
     R"("type": "f32[3,2]", "k": -2)",
     {},
     {"f32[3,2]", {0, 0, 0, 0, 1, 0}}},
    {"eye",
     R"("type": "f32[1,2]", "k": 9223372036854775807)",
     {},
     {"f32[1,2]", {0, 0}}},
    {"linspace",
     R"("type": "f32[5]", "start": -1, "stop": 1)",
     {},
     {"f32[5]", {-1, -0.5, 0, 0.5, 1}}},
    // Twice the step of 0.3 past -0.9 would be two bits above -0.3.
    {"linspace",
     R"("type": "f64[3]", "start": -0.9, "stop": -0.3)",
     {},
     {"f64[3]", {-0.9, -0.6, -0.3}}},
    {"linspace",
     R"("type": "f16[1]", "start": 3, "stop": 5)",
     {},
     {"f16[1]", {3}}},
    // Numbers from the end, and out of range on both sides.
    {"one_hot",
     R"("depth": 3)",
     {{"i32[4]", {1, -1, 3, -4}}, {"f32[2]", {0, 5}}},
     {"f32[4,3]", {0, 5, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0}}},
    {"one_hot",
     R"("depth": 2, "axis": 0)",
     {{"u8[3]", {1, 0, 255}}, {"i1[2]", {1, 0}}},
     {"i1[2,3]", {1, 0, 1, 0, 1, 1}}},
    // Philox4x32-10 of counter 0 and key 0 begins 6627e8d5 e169c58d bc57ac4c
    // 9b00dbd8;
    // the top four bits of each, less 8.
    {"random", R"("type": "i32[4]", "seed": 0)", {}, {"i32[4]", {-2, 6, 3, 1}}},
};

double elementOf(const Tensor &tensor, size_t i) {
  double value = 0;
  dispatch(tensor.elementType(),
           [&](auto tag) { value = double(tensor.data<decltype(tag)>()[i]); });
  return value;
}

Tensor tensorOf(const TensorType &type, const std::vector<double> &elements) {
  Tensor tensor = Tensor::zeros(type);
  EXPECT_EQ(size_t(tensor.numElements()), elements.size());
  dispatch(type.elementType, [&](auto tag) {
    using T = decltype(tag);
    std::span<T> data = tensor.mutableData<T>();
    for (size_t i = 0; i < data.size(); ++i)
      data[i] = T(elements[i]);
  });
  return tensor;
}

struct OpValuesTest : testing::TestWithParam<Case> {};

TEST_P(OpValuesTest, GivesWhatWasWorkedByHand) {
  const Case &c = GetParam();
  std::string inputs, names;
  for (size_t i = 0; i < c.operands.size(); ++i) {
    std::string name = "x" + std::to_string(i);
    inputs += (i ? ", " : "") + ("{\"name\": \"" + name + "\", \"type\": \"") +
              c.operands[i].type + "\"}";
    names += (i ? ", \"" : "\"") + name + "\"";
  }
  std::string node = std::string("{\"name\": \"y\", \"op\": \"") + c.op + "\"";
  if (!names.empty())
    node += ", \"inputs\": [" + names + "]";
  if (*c.attributes)
    node += std::string(", \"attributes\": {") + c.attributes + "}";
  json::Document document = json::Document::parse(
      "{\"tactus\": 1, \"inputs\": [" + inputs + "], \"nodes\": [" + node +
          "}], \"outputs\": [\"y\"]}",
      "case.json");
  Diagnostics diagnostics;
  std::optional<Program> program = readJsonGraph(document, ".", diagnostics);
  ASSERT_TRUE(program) << diagnostics.str();

  std::vector<Port> ports = inputPorts(program->main());
  std::vector<Tensor> tensors;
  for (size_t i = 0; i < ports.size(); ++i)
    tensors.push_back(tensorOf(ports[i].type, c.operands[i].elements));
  mlir::FailureOr<std::vector<Tensor>> results =
      interpretProgram(program->module.get(), tensors, program->parameters);
  ASSERT_TRUE(succeeded(results));
  const Tensor &result = results->front();
  EXPECT_EQ(result.type().str(), c.result.type);
  ASSERT_EQ(size_t(result.numElements()), c.result.elements.size());
  for (size_t i = 0; i < c.result.elements.size(); ++i) {
    double actual = elementOf(result, i), expected = c.result.elements[i];
    EXPECT_TRUE(std::isnan(expected)
                    ? std::isnan(actual)
                    : actual == expected &&
                          std::signbit(actual) == std::signbit(expected))
        << "element " << i << ": expected " << expected << ", but got "
        << actual;
  }
}

std::string nameOf(const testing::TestParamInfo<Case> &info) {
  return info.param.op + std::string("_") + std::to_string(info.index);
}

INSTANTIATE_TEST_SUITE_P(Ops, OpValuesTest, testing::ValuesIn(cases), nameOf);

TEST(OpValuesTest, HasEveryOp) {
  std::set<std::string> tested;
  for (const Case &c : cases)
    tested.insert(c.op);
  for (const OpInfo &op : graphOps())
    EXPECT_TRUE(tested.contains(op.name.str())) << op.name.str();
}

} // namespace
