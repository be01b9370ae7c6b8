//===- readme.cpp - The README's program ----------------------------------===//
#include <iostream>
#include <tactus/tactus.h>
using namespace tactus;

int main() try {
  Graph g("classifier");
  Value a = g.constant({{1, 2}, {3, 4}});
  std::cout << evaluate(a + 1) << '\n'; // No inputs: answered at once.

  ParameterStore weights; // Or ParameterStore::open("mlp.safetensors").
  weights.set("w0", Tensor::random(f32({784, 10}), Seed(1)));
  Value x = g.input("x", f32({"batch", 784})); // Sized when the program runs.
  Value h = matmul(x, g.parameter("w0", weights)) * 0.1;
  g.output("y", softmax(gelu(h, Gelu::Tanh).named("hidden")));

  Executable exe = compile(g, Target::parse("cpu"));
  auto results = exe.run({{"x", Tensor::random(f32({2, 784}), Seed(2))}});
  std::cout << results.at("y") << '\n';
} catch (const Error &error) {
  std::cerr << error.what() << '\n'; // main.cpp:14: (matmul): expected ...
  return 1;
}
