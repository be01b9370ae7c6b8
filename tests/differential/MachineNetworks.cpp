//===- MachineNetworks.cpp - Random networks on systolic machines ---------===//
//
// Draws networks of floats, has them compiled for a systolic machine (those of
// i8 after calibration), and wants the simulator's results to be those of the
// interpreter on the legalized module, bit for bit. Exit status: 0 where they
// are, 2 where not, 1 for a wrong command.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Calibrate.h"
#include "compiler/Driver/Compile.h"
#include "compiler/Driver/LegalizedProgram.h"
#include "compiler/Graph/GraphAccess.h"
#include "runtime/Systolic/MachineJson.h"
#include "tactus/tactus.h"
#include "tests/differential/Random.h"
#include <bit>
#include <cmath>
#include <cstring>
#include <iostream>

using namespace tactus;
using namespace tactus::differential;

namespace {

/// A network under construction.
class Network {
public:
  explicit Network(uint64_t seed) : random(seed) {
    int64_t rows =
        random.percent(15) ? random.between(200, 700) : random.between(1, 90);
    value = g.input("x", f32({rows, size()}));
    inputs.emplace("x", Tensor::random(value.type(), Seed(seed)));
  }

  Graph finish() {
    for (int64_t layers = random.between(1, 5); layers > 0; --layers)
      addLayer();
    g.output("y", value);
    if (random.percent(30) && earlier)
      g.output("z", *earlier);
    return std::move(g);
  }

  Random random;
  Graph g;
  std::map<std::string, Tensor> inputs;

private:
  int64_t size() {
    return random.percent(60) ? random.between(1, 70) : random.between(1, 300);
  }
  int64_t rows() const { return value.type().dimensions[0].size(); }
  int64_t columns() const { return columns(value); }

  Value parameter(std::vector<Dimension> shape, double scale) {
    std::string name = "p" + std::to_string(parameters);
    Tensor tensor =
        Tensor::random(f32(std::move(shape)), Seed(number * 1000 + parameters));
    for (float &element : tensor.mutableData<float>())
      element = float(element * scale);
    ++parameters;
    store.set(name, std::move(tensor));
    return g.parameter(name, store);
  }

  void addLayer() {
    ++number;
    switch (random.below(11)) {
    case 10:
      return addHostWork();
    case 0:
      return addSoftmax();
    case 1:
      return addNorm();
    case 2:
      return addArithmetic();
    case 3:
      return addAttention();
    case 4:
      return addRowStatistics();
    default:
      return addDense();
    }
  }

  Value activated(Value x) {
    switch (random.below(12)) {
    case 0:
      return relu(x);
    case 1:
      return leakyRelu(x, 0.1);
    case 2:
      return prelu(x, parameter({columns(x)}, 0.3));
    case 3:
      return sigmoid(x);
    case 4:
      return tanh(x);
    case 5:
      return gelu(x);
    case 6:
      return gelu(x, Gelu::Tanh);
    case 7:
      return silu(x);
    case 8:
      return clamp(x, -0.75, 0.5);
    default:
      return x;
    }
  }
  static int64_t columns(const Value &x) {
    return x.type().dimensions.back().size();
  }

  void addDense() {
    int64_t n = size();
    Value x = value;
    value =
        matmul(x, parameter({columns(), n}, 1 / std::sqrt(double(columns()))));
    if (random.percent(70))
      value = value + parameter({n}, 0.5);
    if (random.percent(15))
      value = value * 0.3;
    if (random.percent(20))
      value = value * parameter({n}, 1);
    value = activated(value);
    if (x.type() == value.type() && random.percent(60))
      value = value + x;
    else if (earlier && earlier->type() == value.type())
      value =
          random.percent(50) ? activated(value + *earlier) : value - *earlier;
    if (random.percent(40))
      earlier = value;
  }

  void addSoftmax() { value = softmax(value); }

  void addNorm() {
    LayerNorm settings;
    if (random.percent(60)) {
      settings.scale = parameter({columns()}, 1);
      settings.bias = parameter({columns()}, 0.2);
    }
    value = layerNorm(value, settings);
  }

  void addArithmetic() {
    switch (random.below(6)) {
    case 0:
      value = exp(minimum(value, 3));
      break;
    case 1:
      value = log(maximum(value, 0.01));
      break;
    case 2:
      value = sqrt(maximum(value, 0)) - value;
      break;
    case 3:
      value = value / (maximum(value, 0) + 0.5);
      break;
    case 4:
      value = 2 - value * value;
      break;
    default:
      value = activated(value * parameter({rows(), 1}, 1));
    }
  }

  void addRowStatistics() {
    Value statistic =
        random.percent(50)
            ? max(value, Axes({-1}), KeepDims::Yes)
            : (random.percent(50) ? sum(value, Axes({-1}), KeepDims::Yes)
                                  : mean(value, Axes({-1}), KeepDims::Yes));
    value = value - statistic;
  }

  /// What no machine has instructions for: calls of the host.
  void addHostWork() {
    switch (random.below(7)) {
    case 0:
      value = sort(value, -1).values;
      break;
    case 1: {
      int64_t last = rows() - 1;
      value = gather(value, g.constant({last, int64_t(0), last / 2}), 0);
      earlier.reset();
      break;
    }
    case 2:
      value = value + cast(argmax(value, -1, KeepDims::Yes), ElementType::F32);
      break;
    case 3:
      value = select(greater(value, 0.25), floor(value * 4), sin(value));
      break;
    case 4:
      value = cast(cast(value * 8, ElementType::I32) + 3, ElementType::F32);
      break;
    case 5:
      // Across the rows, and back.
      value = transpose(cumsum(transpose(value, {1, 0}), 1), {1, 0}) * 0.25;
      break;
    default:
      value = value - sum(value, Axes({0}), KeepDims::Yes) * 0.125;
    }
  }

  /// Heads of size d each: softmax(q k^T / sqrt(d)) v.
  void addAttention() {
    int64_t heads = random.between(1, 4), d = random.between(1, 40);
    if (rows() > 150)
      return addDense();
    auto project = [&] {
      return reshape(
          matmul(value, parameter({columns(), heads * d},
                                  1 / std::sqrt(double(columns())))) +
              parameter({heads * d}, 0.1),
          {rows(), heads, d});
    };
    Value q = transpose(project(), {1, 0, 2});
    Value k = transpose(project(), {1, 2, 0});
    Value v = transpose(project(), {1, 0, 2});
    Value weights = softmax(matmul(q, k) * (1 / std::sqrt(double(d))));
    value =
        reshape(transpose(matmul(weights, v), {1, 0, 2}), {rows(), heads * d});
  }

  ParameterStore store;
  Value value;
  std::optional<Value> earlier;
  uint64_t number = 0, parameters = 0;
};

/// The first element that differs; NaN is NaN.
int64_t findDifference(const Tensor &actual, const Tensor &expected) {
  if (actual.bitwiseEquals(expected))
    return -1;
  if (actual.type() != expected.type())
    return 0;
  if (expected.elementType() != ElementType::F32)
    return 0;
  auto a = actual.data<float>(), b = expected.data<float>();
  for (size_t i = 0; i < b.size(); ++i)
    if (std::bit_cast<uint32_t>(a[i]) != std::bit_cast<uint32_t>(b[i]) &&
        !(std::isnan(a[i]) && std::isnan(b[i])))
      return int64_t(i);
  return -1;
}

/// What is wrong with one network; empty where nothing is.
std::string check(uint64_t seed, const std::string &machineName) {
  Network network(seed);
  Graph graph = network.finish();
  Target target = Target::parse("systolic:" + machineName);
  systolic::Machine machine = systolic::resolveMachine(machineName);
  Program program = programOf(graph);
  if (!machine.supports(systolic::DataType::BF16)) {
    Calibration calibration;
    calibration.samples = {network.inputs};
    program = calibrate(program, target, calibration);
  }
  auto expected = compileProgram(legalizedProgram(program, machine),
                                 Target::parse("interpreter"))
                      .run(network.inputs);
  auto actual = compileProgram(program, target).run(network.inputs);
  for (auto &[name, tensor] : expected)
    if (int64_t i = findDifference(actual.at(name), tensor); i >= 0)
      return "output '" + name + "' of type " + tensor.type().str() +
             ", element " + std::to_string(i) + ": expected " +
             std::to_string(tensor.data<float>()[size_t(i)]) + ", but got " +
             std::to_string(actual.at(name).data<float>()[size_t(i)]);
  return "";
}

} // namespace

int main(int argc, char **argv) try {
  std::string machine = "tpu-v2";
  uint64_t seed = 1, graphs = 50, failures = 0;
  for (int i = 1; i < argc; ++i) {
    std::string argument = argv[i];
    if (argument.starts_with("--machine="))
      machine = argument.substr(10);
    else if (argument.starts_with("--seed="))
      seed = std::stoull(argument.substr(7));
    else if (argument.starts_with("--graphs="))
      graphs = std::stoull(argument.substr(9));
    else {
      std::cerr << "usage: tactus-machine-networks [--machine=NAME] [--seed=N] "
                   "[--graphs=N]\n";
      return 1;
    }
  }
  for (uint64_t i = seed; i < seed + graphs; ++i) {
    std::string problem;
    try {
      problem = check(i, machine);
    } catch (const Error &error) {
      problem = error.what();
    }
    if (problem.empty())
      continue;
    ++failures;
    std::cout << "FAILED: " << problem
              << "\nAgain with: tactus-machine-networks --machine=" << machine
              << " --seed=" << i << " --graphs=1\n";
  }
  std::cout << graphs << " networks on " << machine << ", " << failures
            << " failed\n";
  return failures ? 2 : 0;
} catch (const std::exception &error) {
  std::cerr << error.what() << '\n';
  return 1;
}
