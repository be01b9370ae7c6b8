//===- Tutorial.cpp - The tutorial's values on every target ---------------===//
//
// Expected values were worked out by hand, or with 200 bits of precision.
//
//===----------------------------------------------------------------------===//
#include "Demo.h"
#include <cmath>

namespace tactus::demo {

static Tensor i32Tensor(std::vector<int64_t> shape, std::vector<int32_t> v) {
  return Tensor::fromVector(std::move(shape), v);
}
static Tensor f32Tensor(std::vector<int64_t> shape, std::vector<float> v) {
  return Tensor::fromVector(std::move(shape), v);
}

static void arithmetic(Checks &checks) {
  checks.section("Tensors and their arithmetic");
  Graph g("tutorial");
  Value a = g.constant({{1, 2}, {3, 4}});
  Value b = g.constant({{1, 1}, {1, 1}});
  Value c = g.constant({{4.f, 5.f}, {10.f, 1.f}});
  checks.check("add(a, b)", a + b, i32Tensor({2, 2}, {2, 3, 4, 5}));
  checks.check("multiply(a, b)", a * b, i32Tensor({2, 2}, {1, 2, 3, 4}));
  checks.check("matmul(a, b)", matmul(a, b), i32Tensor({2, 2}, {3, 3, 7, 7}));
  checks.check("reduce_max(c)", max(c), f32Tensor({}, {10}));
  checks.check(
      "sigmoid(c)", sigmoid(c),
      f32Tensor({2, 2}, {0.98201376f, 0.9933072f, 0.9999546f, 0.7310586f}));
  checks.check("relu(c)", relu(c), f32Tensor({2, 2}, {4, 5, 10, 1}));
}

static void creationAndCasts(Checks &checks) {
  checks.section("Creating and converting tensors");
  Graph g("tutorial");
  checks.check("fill([2, 3], 7)", fill(g, i32({2, 3}), 7),
               i32Tensor({2, 3}, {7, 7, 7, 7, 7, 7}));
  checks.check("iota([5])", iota(g, i32({5})), i32Tensor({5}, {0, 1, 2, 3, 4}));
  checks.check("random([3], seed 1)", random(g, f32({3}), Seed(1)),
               Tensor::random(f32({3}), Seed(1)));
  Value f = g.constant({-1.75f, 2.5f, 65519.f, 1e10f});
  checks.check("f32 -> i32", cast(f, ElementType::I32),
               i32Tensor({4}, {-1, 2, 65519, 2147483647}));
  checks.check("i32 -> f32",
               cast(g.constant({1, -7, 16777217}), ElementType::F32),
               f32Tensor({3}, {1, -7, 16777216}));
  // The largest f16 is 65504; half a step above it is infinite.
  checks.check("f32 -> f16 -> f32",
               cast(cast(f, ElementType::F16), ElementType::F32),
               f32Tensor({4}, {-1.75f, 2.5f, 65504.f, HUGE_VALF}));
}

static void activations(Checks &checks) {
  checks.section("Activations over a range through zero");
  Graph g("tutorial");
  Value x = g.constant({-3.f, -1.f, -0.5f, 0.f, 0.5f, 1.f, 3.f});
  auto check = [&](const char *name, Value value, std::vector<float> expected) {
    checks.check(name, value, f32Tensor({7}, std::move(expected)));
  };
  check("sigmoid", sigmoid(x),
        {0.04742587318f, 0.2689414214f, 0.3775406688f, 0.5f, 0.6224593312f,
         0.7310585786f, 0.9525741268f});
  check("tanh", tanh(x),
        {-0.9950547537f, -0.761594156f, -0.4621171573f, 0.f, 0.4621171573f,
         0.761594156f, 0.9950547537f});
  check("relu", relu(x), {0, 0, 0, 0, 0.5f, 1, 3});
  check("leaky_relu, alpha 0.01", leakyRelu(x),
        {-0.03f, -0.01f, -0.005f, 0, 0.5f, 1, 3});
  check("prelu, slope 0.25", prelu(x, 0.25),
        {-0.75f, -0.25f, -0.125f, 0, 0.5f, 1, 3});
  check("elu", elu(x),
        {-0.9502129316f, -0.6321205588f, -0.3934693403f, 0, 0.5f, 1, 3});
  check("gelu", gelu(x),
        {-0.004049694095f, -0.1586552539f, -0.1542687694f, 0, 0.3457312306f,
         0.8413447461f, 2.995950306f});
  check("gelu, tanh form", gelu(x, Gelu::Tanh),
        {-0.003637392082f, -0.1588080094f, -0.1542859902f, 0, 0.3457140098f,
         0.8411919906f, 2.996362608f});
  check("silu", silu(x),
        {-0.1422776195f, -0.2689414214f, -0.1887703344f, 0, 0.3112296656f,
         0.7310585786f, 2.85772238f});
  check("softplus", softplus(x),
        {0.04858735157f, 0.3132616875f, 0.4740769842f, 0.6931471806f,
         0.9740769842f, 1.313261688f, 3.048587352f});
  check("softmax", softmax(x),
        {0.001880407998f, 0.01389444018f, 0.02290805908f, 0.03776900427f,
         0.06227056071f, 0.102666798f, 0.7586107298f});
}

void runTutorial(Checks &checks) {
  arithmetic(checks);
  creationAndCasts(checks);
  activations(checks);
}

} // namespace tactus::demo
