//===- tutorial.cpp - The program of docs/tutorial.md ---------------------===//
#include <iostream>
#include <tactus/tactus.h>
using namespace tactus;

int main() try {
  // Tensors and types.
  Graph g("tutorial");
  Value a = g.constant({{1, 2}, {3, 4}});
  Value b = g.constant({{1, 1}, {1, 1}});
  Value c = g.constant({{4.f, 5.f}, {10.f, 1.f}});
  std::cout << evaluate(a + b) << '\n'
            << evaluate(a * b) << '\n'
            << evaluate(matmul(a, b)) << '\n'
            << evaluate(max(c)) << '\n'
            << evaluate(cast(c, ElementType::I8)) << "\n\n";

  // Activations, from far below zero to far above.
  Value x = g.constant({-8.f, -1.f, 0.f, 1.f, 8.f});
  std::cout << "sigmoid    " << evaluate(sigmoid(x)) << '\n'
            << "tanh       " << evaluate(tanh(x)) << '\n'
            << "relu       " << evaluate(relu(x)) << '\n'
            << "leaky_relu " << evaluate(leakyRelu(x)) << '\n'
            << "prelu      " << evaluate(prelu(x, 0.25)) << '\n'
            << "gelu       " << evaluate(gelu(x)) << '\n'
            << "softmax    " << evaluate(softmax(x)) << "\n\n";

  // The slope of the sigmoid, s (1 - s), where learning would multiply by it.
  Value s = sigmoid(x);
  std::cout << evaluate(s * (1 - s)) << '\n';
} catch (const Error &error) {
  std::cerr << error.what() << '\n';
  return 1;
}
