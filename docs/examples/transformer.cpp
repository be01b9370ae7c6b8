//===- transformer.cpp - Compiles and times an encoder layer --------------===//
#include "EncoderLayer.h"
#include "tactus/tactus.h"
#include <chrono>
#include <iostream>

using namespace tactus;

static double secondsSince(std::chrono::steady_clock::time_point start) {
  std::chrono::duration<double> elapsed =
      std::chrono::steady_clock::now() - start;
  return elapsed.count();
}

int main() try {
  examples::EncoderSizes sizes;
  ParameterStore weights = examples::encoderWeights(sizes, Seed(1));
  Graph graph = examples::encoderLayer(sizes, weights);

  auto start = std::chrono::steady_clock::now();
  Executable layer = compile(graph, Target::parse("cpu"));
  std::cerr << "compiled in " << secondsSince(start) << " s\n";

  // Buffers are bound once; the calls allocate nothing.
  TensorType type = f32({sizes.sequence, sizes.hidden});
  Tensor x = Tensor::random(type, Seed(100)), y = Tensor::zeros(type);
  Call call = layer.bind();
  call.input("x", x);
  call.output("y", y);
  call.run();

  constexpr int times = 10;
  start = std::chrono::steady_clock::now();
  for (int i = 0; i < times; ++i)
    call.run();
  std::cerr << "one call takes " << 1000 * secondsSince(start) / times
            << " ms\n";
  std::cout << y << '\n';
} catch (const Error &error) {
  std::cerr << error.what() << '\n';
  return 1;
}
