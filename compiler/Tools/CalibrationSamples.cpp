//===- CalibrationSamples.cpp - The samples of a command line -------------===//
#include "compiler/Tools/CalibrationSamples.h"
#include "compiler/Driver/Calibrate.h"
#include "compiler/Tools/RunInputs.h"
#include "runtime/Support/FloatText.h"
#include "runtime/Tensor/Safetensors.h"
#include "tactus/Error.h"
#include <charconv>
#include <optional>

using namespace tactus;

namespace {

/// What `random:COUNT,SEED` asks for.
struct RandomSamples {
  int64_t count = 0;
  uint64_t seed = 0;
};

/// The samples of one input: one for all, or one each.
using Tensors = std::vector<Tensor>;

class SampleReader {
public:
  SampleReader(const std::vector<Port> &ports,
               const std::map<std::string, Tensor> &inputs, MemoryLimit limit)
      : ports(ports), inputs(inputs), limit(limit) {}

  void read(const std::string &text) {
    if (text.starts_with("random:"))
      return readRandom(text);
    if (text.ends_with(".safetensors")) {
      for (const auto &[name, tensor] : readSafetensors(text).tensors)
        add(text, name, tensor);
      return;
    }
    auto [name, value] =
        splitName("--calibrate", text,
                  "x=@samples.npy, samples.safetensors or random:COUNT,SEED");
    add("--calibrate " + text, name, readInput(value));
  }

  std::vector<std::map<std::string, Tensor>> finish() {
    if (random)
      expectCount(random->count, "random");
    if (!count)
      count = 1;
    std::vector<std::map<std::string, Tensor>> samples;
    MemoryUse use;
    for (int64_t j = 0; j < *count; ++j) {
      std::map<std::string, Tensor> &sample = samples.emplace_back();
      for (auto &[name, tensors] : given)
        sample[name] = tensors[tensors.size() == 1 ? 0 : size_t(j)];
      if (random)
        fill(sample, j, use);
    }
    return samples;
  }

private:
  void readRandom(const std::string &text) {
    if (random)
      throw Error("expected random samples once, but got them again");
    RandomSamples samples;
    const char *last = text.data() + text.size();
    auto [end, error] = std::from_chars(
        text.data() + std::string_view("random:").size(), last, samples.count);
    if (error == std::errc() && end != last && *end == ',') {
      auto [seedEnd, seedError] = std::from_chars(end + 1, last, samples.seed);
      end = seedEnd;
      error = seedError;
    }
    constexpr int64_t most = 1'000'000;
    if (error != std::errc() || end != last || samples.count < 1 ||
        samples.count > most)
      throw Error("expected --calibrate random:COUNT,SEED with a count from 1 "
                  "to " +
                  std::to_string(most) + ", but got '" + text + "'");
    random = samples;
  }

  /// All inputs with more than one sample have as many.
  void expectCount(int64_t number, const std::string &name) {
    if (count && *count != number)
      throw Error("expected " + std::to_string(*count) + " samples, as of '" +
                  counted + "', but got " + std::to_string(number) + " of '" +
                  name + "'");
    count = number;
    counted = name;
  }

  /// Whether the last dimensions of `shape` are those of `type`.
  static bool fits(const TensorType &type, std::span<const int64_t> shape) {
    if (shape.size() != type.dimensions.size())
      return false;
    for (size_t i = 0; i < shape.size(); ++i)
      if (type.dimensions[i].isStatic() &&
          type.dimensions[i].size() != shape[i])
        return false;
    return true;
  }

  void add(const std::string &source, const std::string &name,
           const Tensor &tensor) {
    const TensorType &type = findPort(ports, name).type;
    std::span<const int64_t> shape = tensor.shape();
    bool isOne = fits(type, shape);
    if (tensor.elementType() != type.elementType ||
        (!isOne && (shape.empty() || !fits(type, shape.subspan(1)))))
      throw Error(source + ": expected samples of '" + name + "' of type " +
                  type.str() +
                  ", or with one dimension more in front, but got " +
                  tensor.type().str());
    if (!isOne && shape[0] < 1)
      throw Error(source + ": expected one sample or more of '" + name +
                  "', but got " + tensor.type().str());
    bool mayBeEmpty = std::any_of(
        type.dimensions.begin(), type.dimensions.end(),
        [](const Dimension &d) { return d.isStatic() && d.size() == 0; });
    if (tensor.numElements() == 0 && !mayBeEmpty)
      throw Error(source + ": expected samples of '" + name +
                  "' that have elements, but got " + tensor.type().str());
    Tensors &tensors = given[name];
    if (!tensors.empty())
      throw Error("expected samples of '" + name +
                  "' once, but got them again");
    if (isOne) {
      tensors.push_back(tensor);
      return;
    }
    expectCount(shape[0], name);
    auto whole = std::make_shared<Tensor>(tensor);
    int64_t bytes = tensor.byteSize() / shape[0];
    for (int64_t i = 0; i < shape[0]; ++i)
      tensors.push_back(Tensor::adopt(
          static_cast<const char *>(whole->rawData()) + i * bytes,
          tensor.elementType(), {shape.begin() + 1, shape.end()}, whole));
  }

  void fill(std::map<std::string, Tensor> &sample, int64_t j, MemoryUse &use) {
    for (size_t i = 0; i < ports.size(); ++i) {
      const Port &port = ports[i];
      if (sample.contains(port.name))
        continue;
      auto input = inputs.find(port.name);
      TensorType type =
          input == inputs.end() ? port.type : input->second.type();
      if (!type.isStatic())
        throw Error("expected input '" + port.name +
                    "' or its --shape, whose sizes random samples have, but "
                    "got none");
      use.inputs += byteSizeOf(type);
      limit.check(use);
      uint64_t seed = random->seed + uint64_t(j) * ports.size() + i;
      sample[port.name] = Tensor::random(type, Seed(seed));
    }
  }

  const std::vector<Port> &ports;
  const std::map<std::string, Tensor> &inputs;
  MemoryLimit limit;
  std::map<std::string, Tensors> given;
  std::optional<RandomSamples> random;
  std::optional<int64_t> count;
  /// The input that `count` is of.
  std::string counted;
};

void readMethod(const std::string &text, Calibration &calibration) {
  if (text == "min-max")
    return;
  constexpr std::string_view name = "percentile";
  std::string_view rest = text;
  if (!rest.starts_with(name))
    throw Error("expected --calibration-method to be min-max or "
                "percentile:99.99, but got '" +
                text + "'");
  calibration.method = Calibration::Method::Percentile;
  rest.remove_prefix(name.size());
  if (rest.empty())
    return;
  auto percentile =
      rest.starts_with(":") ? parseFloat<double>(rest.substr(1)) : std::nullopt;
  if (!percentile || !(*percentile > 0 && *percentile <= 100))
    throw Error("expected a percentile above 0 and at most 100, such as "
                "percentile:99.99, but got '" +
                text + "'");
  calibration.percentile = *percentile;
}

} // namespace

Calibration tactus::readCalibration(const Arguments &arguments,
                                    const std::vector<Port> &ports,
                                    const std::map<std::string, Tensor> &inputs,
                                    MemoryLimit limit) {
  Calibration calibration;
  auto method = arguments.get(calibrationMethodOption.name);
  if (!arguments.has(calibrateOption.name)) {
    if (method)
      throw Error("expected --calibrate with --calibration-method, but got "
                  "none");
    return calibration;
  }
  if (method)
    readMethod(*method, calibration);
  SampleReader reader(ports, inputs, limit);
  for (const std::string &text : arguments.all(calibrateOption.name))
    reader.read(text);
  calibration.samples = reader.finish();
  return calibration;
}

Program tactus::readCalibrated(const Arguments &arguments, Program program,
                               const Target &target,
                               std::span<const TensorType> inputTypes,
                               const DriverOptions &options) {
  std::vector<Port> ports = inputPorts(program.main());
  MemoryLimit limit(options.maxMemory);
  // Random samples have the shapes of inputs, whose values nobody looks at.
  std::map<std::string, Tensor> inputs;
  MemoryUse use;
  for (size_t i = 0; i < ports.size() && arguments.has(calibrateOption.name);
       ++i) {
    use.inputs += byteSizeOf(inputTypes[i]);
    limit.check(use);
    inputs.emplace(ports[i].name, Tensor::zeros(inputTypes[i]));
  }
  Calibration calibration = readCalibration(arguments, ports, inputs, limit);
  if (calibration.samples.empty())
    return program;
  return calibrate(program, target, calibration, options);
}
