//===- OpCases.cpp - One graph for each op of the API ---------------------===//
#include "tests/unit/Graph/OpCases.h"
#include "tactus/Activation.h"
#include "tactus/Contraction.h"
#include "tactus/Control.h"
#include "tactus/Creation.h"
#include "tactus/Elementwise.h"
#include "tactus/Indexing.h"
#include "tactus/Logic.h"
#include "tactus/Quantization.h"
#include "tactus/Reduction.h"
#include "tactus/Shape.h"

using namespace tactus;
using namespace tactus::test;

static const OpCase cases[] = {
    {"constant dense<[1, 2]> : tensor<2xi32>",
     [](Graph &g, Value) { return g.constant({1, 2}); }},
    {"fill {type = tensor<2x3xf32>, value = 2.500000e+00 : f64} : "
     "tensor<2x3xf32>",
     [](Graph &g, Value) { return fill(g, f32({2, 3}), 2.5); }},
    {"iota {axis = 1 : i64, type = tensor<2x3xi32>} : tensor<2x3xi32>",
     [](Graph &g, Value) { return iota(g, i32({2, 3}), 1); }},
    {"eye {k = 1 : i64, type = tensor<2x3xf16>} : tensor<2x3xf16>",
     [](Graph &g, Value) { return eye(g, f16({2, 3}), 1); }},
    {"linspace {start = 1.000000e+00 : f64, stop = 2.000000e+00 : f64, type = "
     "tensor<20xf32>} : tensor<20xf32>",
     [](Graph &g, Value) { return linspace(g, f32({20}), 1, 2); }},
    {"one_hot %0, %1 {axis = 0 : i64, depth = 3 : i64} : (tensor<4xi32>, "
     "tensor<2xf32>) -> tensor<3x4xf32>",
     [](Graph &g, Value) {
       return oneHot(g.constant({0, 2, -1, 3}), 3, g.constant({0.5f, 2.0f}), 0);
     }},
    {"fill {type = tensor<2xi32>, value = 0.000000e+00 : f64} : tensor<2xi32>",
     [](Graph &g, Value) { return zeros(g, i32({2})); }},
    {"fill {type = tensor<2xi32>, value = 1.000000e+00 : f64} : tensor<2xi32>",
     [](Graph &g, Value) { return ones(g, i32({2})); }},
    {"fill {type = tensor<2xi32>, value = 7.000000e+00 : f64} : tensor<2xi32>",
     [](Graph &g, Value) { return full(g, i32({2}), 7); }},
    {"select %0, %arg0, %1 : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<f32>) -> "
     "tensor<2x3xf32>",
     [](Graph &, Value x) { return zerosLike(x); }},
    {"select %0, %arg0, %1 : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<f32>) -> "
     "tensor<2x3xf32>",
     [](Graph &, Value x) { return onesLike(x); }},
    {"range %0, %1, %2 : (tensor<i32>, tensor<i32>, tensor<i32>) -> "
     "tensor<4xi32>",
     [](Graph &g, Value) { return range(g.constant(2), 13, 3); }},
    {"range %0, %1, %2 : (tensor<f32>, tensor<f32>, tensor<f32>) -> "
     "tensor<20xf32>",
     [](Graph &g, Value) { return arange(g, ElementType::F32, 2, 0, -0.1); }},
    {"random {distribution = #tactus.distribution<normal>, seed = 7 : i64, "
     "type = tensor<2xf64>} : tensor<2xf64>",
     [](Graph &g, Value) {
       return random(g, f64({2}), Seed(7), Distribution::Normal);
     }},
    {"add", [](Graph &, Value x) { return add(x, x); }},
    {"sub", [](Graph &, Value x) { return sub(x, x); }},
    {"mul", [](Graph &, Value x) { return mul(x, x); }},
    {"div", [](Graph &, Value x) { return div(x, x); }},
    {"maximum", [](Graph &, Value x) { return maximum(x, 0); }},
    {"minimum", [](Graph &, Value x) { return minimum(x, 0); }},
    {"neg", [](Graph &, Value x) { return neg(x); }},
    {"mod %arg0, %0 {fmod = true} : (tensor<2x3xf32>, tensor<f32>) -> "
     "tensor<2x3xf32>",
     [](Graph &, Value x) { return mod(x, 2, ModSign::Dividend); }},
    {"clamp %arg0, %0, %1 : (tensor<2x3xf32>, tensor<f32>, tensor<f32>) -> "
     "tensor<2x3xf32>",
     [](Graph &, Value x) { return clamp(x, -1, 1); }},
    {"abs", [](Graph &, Value x) { return abs(x); }},
    {"sign", [](Graph &, Value x) { return sign(x); }},
    {"floor", [](Graph &, Value x) { return floor(x); }},
    {"ceil", [](Graph &, Value x) { return ceil(x); }},
    {"round", [](Graph &, Value x) { return round(x); }},
    {"trunc", [](Graph &, Value x) { return trunc(x); }},
    {"compare %arg0, %0 {predicate = #tactus.predicate<equal>} : "
     "(tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xi1>",
     [](Graph &, Value x) { return equal(x, 0); }},
    {"compare %arg0, %0 {predicate = #tactus.predicate<not_equal>} : "
     "(tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xi1>",
     [](Graph &, Value x) { return notEqual(x, 0); }},
    {"compare %arg0, %0 {predicate = #tactus.predicate<less>} : "
     "(tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xi1>",
     [](Graph &, Value x) { return less(x, 0); }},
    {"compare %arg0, %0 {predicate = #tactus.predicate<less_equal>} : "
     "(tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xi1>",
     [](Graph &, Value x) { return lessEqual(x, 0); }},
    {"compare %arg0, %0 {predicate = #tactus.predicate<greater>} : "
     "(tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xi1>",
     [](Graph &, Value x) { return greater(x, 0); }},
    {"compare %arg0, %0 {predicate = #tactus.predicate<greater_equal>} : "
     "(tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xi1>",
     [](Graph &, Value x) { return greaterEqual(x, 0); }},
    {"select %0, %arg0, %1 : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<f32>) -> "
     "tensor<2x3xf32>",
     [](Graph &, Value x) { return select(isFinite(x), x, 0.5); }},
    {"is_nan %arg0 : (tensor<2x3xf32>) -> tensor<2x3xi1>",
     [](Graph &, Value x) { return isNan(x); }},
    {"is_inf %arg0 : (tensor<2x3xf32>) -> tensor<2x3xi1>",
     [](Graph &, Value x) { return isInf(x); }},
    {"is_finite %arg0 : (tensor<2x3xf32>) -> tensor<2x3xi1>",
     [](Graph &, Value x) { return isFinite(x); }},
    {"logical_and %0, %1 : (tensor<2x3xi1>, tensor<2x3xi1>) -> tensor<2x3xi1>",
     [](Graph &, Value x) { return logicalAnd(isNan(x), isFinite(x)); }},
    {"bitwise_and %0, %1 : (tensor<2xi32>, tensor<i32>) -> tensor<2xi32>",
     [](Graph &g, Value) { return bitwiseAnd(g.constant({1, 6}), 3); }},
    {"logical_or %0, %1 : (tensor<2x3xi1>, tensor<2x3xi1>) -> tensor<2x3xi1>",
     [](Graph &, Value x) { return logicalOr(isNan(x), isFinite(x)); }},
    {"bitwise_or %0, %1 : (tensor<2xi32>, tensor<i32>) -> tensor<2xi32>",
     [](Graph &g, Value) { return bitwiseOr(g.constant({1, 6}), 3); }},
    {"logical_xor %0, %1 : (tensor<2x3xi1>, tensor<2x3xi1>) -> tensor<2x3xi1>",
     [](Graph &, Value x) { return logicalXor(isNan(x), isFinite(x)); }},
    {"bitwise_xor %0, %1 : (tensor<2xi32>, tensor<i32>) -> tensor<2xi32>",
     [](Graph &g, Value) { return bitwiseXor(g.constant({1, 6}), 3); }},
    {"logical_not %0 : tensor<2x3xi1>",
     [](Graph &, Value x) { return logicalNot(isNan(x)); }},
    {"bitwise_not %0 : tensor<2xi32>",
     [](Graph &g, Value) { return bitwiseNot(g.constant({1, 6})); }},
    {"shift_left %0, %1 : (tensor<2xi32>, tensor<i32>) -> tensor<2xi32>",
     [](Graph &g, Value) { return shiftLeft(g.constant({1, 6}), 3); }},
    {"shift_right %0, %1 : (tensor<2xi32>, tensor<i32>) -> tensor<2xi32>",
     [](Graph &g, Value) { return shiftRight(g.constant({1, 6}), 3); }},
    {"exp", [](Graph &, Value x) { return exp(x); }},
    {"log", [](Graph &, Value x) { return log(x); }},
    {"sqrt", [](Graph &, Value x) { return sqrt(x); }},
    {"reciprocal", [](Graph &, Value x) { return reciprocal(x); }},
    {"rsqrt", [](Graph &, Value x) { return rsqrt(x); }},
    {"log1p", [](Graph &, Value x) { return log1p(x); }},
    {"expm1", [](Graph &, Value x) { return expm1(x); }},
    {"sinh", [](Graph &, Value x) { return sinh(x); }},
    {"cosh", [](Graph &, Value x) { return cosh(x); }},
    {"asinh", [](Graph &, Value x) { return asinh(x); }},
    {"acosh", [](Graph &, Value x) { return acosh(x); }},
    {"atanh", [](Graph &, Value x) { return atanh(x); }},
    {"erf", [](Graph &, Value x) { return erf(x); }},
    {"erfc", [](Graph &, Value x) { return erfc(x); }},
    {"cbrt", [](Graph &, Value x) { return cbrt(x); }},
    {"sin", [](Graph &, Value x) { return sin(x); }},
    {"cos", [](Graph &, Value x) { return cos(x); }},
    {"tan", [](Graph &, Value x) { return tan(x); }},
    {"asin", [](Graph &, Value x) { return asin(x); }},
    {"acos", [](Graph &, Value x) { return acos(x); }},
    {"atan", [](Graph &, Value x) { return atan(x); }},
    {"pow", [](Graph &, Value x) { return pow(x, 2.5); }},
    {"piecewise_linear %arg0, %0, %1 {low = -1.000000e+00 : f64, step = "
     "2.000000e+00 : f64} : (tensor<2x3xf32>, tensor<3xf32>, tensor<2xf32>) -> "
     "tensor<2x3xf32>",
     [](Graph &g, Value x) {
       return piecewiseLinear(x, g.constant({0.5f, 2.0f, 3.0f}),
                              g.constant({0.75f, 0.5f}),
                              {.low = -1, .step = 2});
     }},
    {"cast %arg0 {to = ui8} : (tensor<2x3xf32>) -> tensor<2x3xui8>",
     [](Graph &, Value x) { return cast(x, ElementType::U8); }},
    {"relu %arg0 : tensor<2x3xf32>", [](Graph &, Value x) { return relu(x); }},
    {"relu6", [](Graph &, Value x) { return relu6(x); }},
    {"leaky_relu %arg0 {alpha = 2.500000e-01 : f64} : tensor<2x3xf32>",
     [](Graph &, Value x) { return leakyRelu(x, 0.25); }},
    {"prelu", [](Graph &, Value x) { return prelu(x, 0.5); }},
    {"elu %arg0 {alpha = 2.000000e+00 : f64} : tensor<2x3xf32>",
     [](Graph &, Value x) { return elu(x, 2); }},
    {"selu %arg0 {alpha = 2.000000e+00 : f64, gamma = 3.000000e+00 : f64} : "
     "tensor<2x3xf32>",
     [](Graph &, Value x) { return selu(x, 2, 3); }},
    {"celu %arg0 {alpha = 2.000000e+00 : f64} : tensor<2x3xf32>",
     [](Graph &, Value x) { return celu(x, 2); }},
    {"sigmoid", [](Graph &, Value x) { return sigmoid(x); }},
    {"tanh", [](Graph &, Value x) { return tanh(x); }},
    {"gelu %arg0 : tensor<2x3xf32>", [](Graph &, Value x) { return gelu(x); }},
    {"silu", [](Graph &, Value x) { return silu(x); }},
    {"mish", [](Graph &, Value x) { return mish(x); }},
    {"softplus", [](Graph &, Value x) { return softplus(x); }},
    {"softsign", [](Graph &, Value x) { return softsign(x); }},
    {"hard_sigmoid %arg0 {alpha = 2.500000e-01 : f64, beta = 7.500000e-01 : "
     "f64} : tensor<2x3xf32>",
     [](Graph &, Value x) { return hardSigmoid(x, 0.25, 0.75); }},
    {"hard_swish", [](Graph &, Value x) { return hardSwish(x); }},
    {"hard_tanh %arg0 {max = 3.000000e+00 : f64, min = -2.000000e+00 : f64} : "
     "tensor<2x3xf32>",
     [](Graph &, Value x) { return hardTanh(x, -2, 3); }},
    {"thresholded_relu %arg0 {alpha = 2.000000e+00 : f64} : tensor<2x3xf32>",
     [](Graph &, Value x) { return thresholdedRelu(x, 2); }},
    {"softmax %arg0 {axis = 0 : i64} : tensor<2x3xf32>",
     [](Graph &, Value x) { return softmax(x, 0); }},
    {"log_softmax %arg0 {axis = 0 : i64} : tensor<2x3xf32>",
     [](Graph &, Value x) { return logSoftmax(x, 0); }},
    {"matmul %0, %0 {element_type = f32} : (tensor<2x2xf16>, "
     "tensor<2x2xf16>) -> tensor<2x2xf32>",
     [](Graph &g, Value) {
       Value half = fill(g, f16({2, 2}), 1);
       return matmul(half, half, ElementType::F32);
     }},
    {"matmul %arg0, %0 init %1 {block = 2 : i64} : (tensor<2x3xf32>, "
     "tensor<3x1xf32>, tensor<f32>) -> tensor<2x1xf32>",
     [](Graph &g, Value x) {
       return matmul(x, g.constant({{1.f}, {-2.f}, {0.5f}}),
                     {.init = 1, .block = 2});
     }},
    {"sum %arg0 {axes = array<i64: 1>, sequential = true} : "
     "(tensor<2x3xf32>) -> tensor<2xf32>",
     [](Graph &, Value x) { return sequentialSum(x, 1); }},
    {"sum %arg0 {axes = array<i64: 0, 1>, keepdims = true} : "
     "(tensor<2x3xf32>) -> tensor<1x1xf32>",
     [](Graph &, Value x) { return sum(x, {0, 1}, KeepDims::Yes); }},
    {"mean %arg0 : (tensor<2x3xf32>) -> tensor<f32>",
     [](Graph &, Value x) { return mean(x); }},
    {"max %arg0 {axes = array<i64: -1>} : (tensor<2x3xf32>) -> tensor<2xf32>",
     [](Graph &, Value x) { return max(x, -1); }},
    {"min %arg0 {axes = array<i64: 0>} : (tensor<2x3xf32>) -> tensor<3xf32>",
     [](Graph &, Value x) { return min(x, {0}); }},
    {"argmax %arg0 {axis = 0 : i64} : (tensor<2x3xf32>) -> tensor<3xi64>",
     [](Graph &, Value x) { return argmax(x, 0); }},
    {"prod %arg0 {axes = array<i64: 1>, keepdims = true} : (tensor<2x3xf32>) "
     "-> "
     "tensor<2x1xf32>",
     [](Graph &, Value x) { return prod(x, 1, KeepDims::Yes); }},
    {"argmin %arg0 {axis = 0 : i64} : (tensor<2x3xf32>) -> tensor<3xi64>",
     [](Graph &, Value x) { return argmin(x, 0); }},
    {"any %1 {axes = array<i64: 0>} : (tensor<2x3xi1>) -> tensor<3xi1>",
     [](Graph &, Value x) { return any(greater(x, 1), 0); }},
    {"all %1 {axes = array<i64: 0>} : (tensor<2x3xi1>) -> tensor<3xi1>",
     [](Graph &, Value x) { return all(greater(x, -1), 0); }},
    {"log_sum_exp %arg0 {axes = array<i64: 1>} : (tensor<2x3xf32>) -> "
     "tensor<2xf32>",
     [](Graph &, Value x) { return logSumExp(x, 1); }},
    {"l1_norm %arg0 {axes = array<i64: 1>, keepdims = true} : "
     "(tensor<2x3xf32>) -> tensor<2x1xf32>",
     [](Graph &, Value x) { return l1Norm(x, 1, KeepDims::Yes); }},
    {"l2_norm %arg0 {axes = array<i64: 0>} : (tensor<2x3xf32>) -> "
     "tensor<3xf32>",
     [](Graph &, Value x) { return l2Norm(x, 0); }},
    {"variance %arg0 {axes = array<i64: 1>, correction = 1 : i64} : "
     "(tensor<2x3xf32>) -> tensor<2xf32>",
     [](Graph &, Value x) { return variance(x, 1, 1); }},
    {"cumsum %arg0 {axis = 0 : i64, reverse = true} : (tensor<2x3xf32>) -> "
     "tensor<2x3xf32>",
     [](Graph &, Value x) { return cumsum(x, 0, {.reverse = true}); }},
    {"cumprod %arg0 {axis = 1 : i64, exclusive = true} : (tensor<2x3xf32>) -> "
     "tensor<2x3xf32>",
     [](Graph &, Value x) { return cumprod(x, 1, {.exclusive = true}); }},
    {"sort %arg0 {axis = 0 : i64, descending = true} : (tensor<2x3xf32>) -> "
     "(tensor<2x3xf32>, tensor<2x3xi64>)",
     [](Graph &, Value x) { return sort(x, 0, Order::Descending).values; }},
    {"top_k %arg0 {axis = 1 : i64, k = 2 : i64, largest = false} : "
     "(tensor<2x3xf32>) -> (tensor<2x2xf32>, tensor<2x2xi64>)",
     [](Graph &, Value x) { return topK(x, 2, 1, Extreme::Smallest).indices; }},
    {"layer_norm %arg0 bias %0 {epsilon = 1.000000e-03 : f64} : "
     "(tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>",
     [](Graph &, Value x) {
       return layerNorm(x, {.bias = 1, .epsilon = 1e-3});
     }},
    {"reshape %arg0 {shape = array<i64: 3, -1>} : (tensor<2x3xf32>) -> "
     "tensor<3x2xf32>",
     [](Graph &, Value x) { return reshape(x, {3, -1}); }},
    {"transpose %arg0 {perm = array<i64: 1, 0>} : (tensor<2x3xf32>) -> "
     "tensor<3x2xf32>",
     [](Graph &, Value x) { return transpose(x, {1, 0}); }},
    {"broadcast %arg0 {shape = array<i64: 4, 2, 3>} : (tensor<2x3xf32>) -> "
     "tensor<4x2x3xf32>",
     [](Graph &, Value x) { return broadcast(x, {4, 2, 3}); }},
    {"slice %arg0 {axes = array<i64: 1>, ends = array<i64: 3>, starts = "
     "array<i64: 0>, steps = array<i64: 2>} : (tensor<2x3xf32>) -> "
     "tensor<2x2xf32>",
     [](Graph &, Value x) { return slice(x, {0}, {3}, {1}, {2}); }},
    {"squeeze %0 {axes = array<i64: 0>} : (tensor<1x2x3xf32>) -> "
     "tensor<2x3xf32>",
     [](Graph &, Value x) { return squeeze(broadcast(x, {1, 2, 3}), {0}); }},
    {"expand_dims %arg0 {axes = array<i64: 1>} : (tensor<2x3xf32>) -> "
     "tensor<2x1x3xf32>",
     [](Graph &, Value x) { return expandDims(x, {1}); }},
    {"tile %arg0 {repeats = array<i64: 2, 3>} : (tensor<2x3xf32>) -> "
     "tensor<4x9xf32>",
     [](Graph &, Value x) { return tile(x, {2, 3}); }},
    {"reverse %arg0 {axes = array<i64: -1>} : (tensor<2x3xf32>) -> "
     "tensor<2x3xf32>",
     [](Graph &, Value x) { return reverse(x, {-1}); }},
    {"trilu %arg0 {k = 1 : i64, upper = false} : (tensor<2x3xf32>) -> "
     "tensor<2x3xf32>",
     [](Graph &, Value x) { return trilu(x, Triangle::Lower, 1); }},
    {"concat %arg0, %0, %arg0 {axis = 1 : i64} : (tensor<2x3xf32>, "
     "tensor<2x1xf32>, tensor<2x3xf32>) -> tensor<2x7xf32>",
     [](Graph &g, Value x) {
       return concat({x, fill(g, f32({2, 1}), 5), x}, 1);
     }},
    {"split %0#0 {axis = 1 : i64, sizes = array<i64: 1, 1>} : "
     "(tensor<2x2xf32>) -> (tensor<2x1xf32>, tensor<2x1xf32>)",
     [](Graph &, Value x) {
       return split(splitInto(x, 2, -1)[0], {1, 1}, 1)[1];
     }},
    {"pad %0 {mode = #tactus.pad_mode<reflect>, pads = array<i64: 1, 2, -3, "
     "0>, value = 1.000000e+00 : f64} : (tensor<4x3xf32>) -> tensor<2x5xf32>",
     [](Graph &, Value x) {
       return pad(concat({x, x}, 0), {1, 2, -3, 0}, PadMode::Reflect, 1);
     }},
    {"gather %arg0, %0 {axis = 1 : i64} : (tensor<2x3xf32>, tensor<2xi32>) -> "
     "tensor<2x2xf32>",
     [](Graph &g, Value x) { return gather(x, g.constant({2, -3}), 1); }},
    {"gather_elements %arg0, %0 : (tensor<2x3xf32>, tensor<1x3xi32>) -> "
     "tensor<1x3xf32>",
     [](Graph &g, Value x) {
       return gatherElements(x, g.constant({{1, 0, -1}}));
     }},
    {"gather_nd %arg0, %0 {batch_dims = 1 : i64} : (tensor<2x3xf32>, "
     "tensor<2x1xi32>) -> tensor<2xf32>",
     [](Graph &g, Value x) { return gatherNd(x, g.constant({{2}, {-3}}), 1); }},
    {"scatter_elements %arg0, %0, %1 {axis = 1 : i64, reduction = "
     "#tactus.scatter_reduction<add>} : (tensor<2x3xf32>, tensor<2x2xi32>, "
     "tensor<2x2xf32>) -> tensor<2x3xf32>",
     [](Graph &g, Value x) {
       Value indices = g.constant({{0, 0}, {2, -1}});
       Value updates = g.constant({{1.f, 2.f}, {3.f, 4.f}});
       return scatterElements(x, indices, updates, 1, ScatterReduction::Add);
     }},
    {"scatter_nd %arg0, %1, %0 {reduction = #tactus.scatter_reduction<max>} : "
     "(tensor<2x3xf32>, tensor<2x1xi32>, tensor<2x3xf32>) -> tensor<2x3xf32>",
     [](Graph &g, Value x) {
       Value updates = fill(g, f32({2, 3}), 0.5);
       return scatterNd(x, g.constant({{1}, {1}}), updates,
                        ScatterReduction::Max);
     }},
    {"quantize %arg0, %0, %1 {to = ui8} : (tensor<2x3xf32>, tensor<f32>, "
     "tensor<i32>) -> tensor<2x3xui8>",
     [](Graph &, Value x) {
       return quantize(x,
                       {.scale = 0.5, .zeroPoint = 3, .to = ElementType::U8});
     }},
    {"dequantize %0, %1, %2 : (tensor<2xi32>, tensor<f32>, tensor<i32>) -> "
     "tensor<2xf32>",
     [](Graph &g, Value) { return dequantize(g.constant({1, 2}), 0.5, 3); }},
    {"requantize %0, %1 {to = i8} : (tensor<2xi32>, tensor<f32>) -> "
     "tensor<2xi8>",
     [](Graph &g, Value) { return requantize(g.constant({1, 2}), {0.5}); }},
    {"dynamic_quantize %arg0 {axes = array<i64: -1>, to = i8} : "
     "(tensor<2x3xf32>) -> (tensor<2x3xi8>, tensor<2x1xf32>, tensor<2x1xi32>)",
     [](Graph &, Value x) {
       return dynamicQuantize(x, ElementType::I8, {{-1}}).values;
     }},
    {"if",
     [](Graph &, Value x) {
       return cond(
           all(greater(x, 0)), [&] { return std::vector{exp(x)}; },
           [&] { return std::vector{x * 2}; })[0];
     }},
    {"while",
     [](Graph &, Value x) {
       return whileLoop(
           {x}, [](const auto &v) { return less(max(v[0]), 100); },
           [&](const auto &v) { return std::vector{v[0] * 2 + x}; })[0];
     }},
    {"scan",
     [](Graph &g, Value x) {
       return scan(
           {g.constant({1.f, 2.f, 3.f})}, {x},
           [](const auto &states, const auto &slices) {
             Value next = states[0] + slices[0];
             return std::vector{next, next * 2};
           },
           ScanOrder::Reverse)[1];
     }},
};

std::span<const OpCase> tactus::test::opCases() {
  return cases;
}
