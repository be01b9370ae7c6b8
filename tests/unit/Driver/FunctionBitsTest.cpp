//===- FunctionBitsTest.cpp - Functions in every company ------------------===//
//
// An elementwise function gives the same bits for an element wherever it is
// computed: alone, or in a kernel with other steps, in any lane, in a tail, for
// any number of threads. Each kernel that holds a function here is held against
// the same steps as programs that are cut where the function begins and ends,
// with the function alone, on one thread, between them.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/CpuExecutable.h"
#include "compiler/Target/CpuMachine.h"
#include "tests/unit/Driver/FunctionInputs.h"
#include "tests/unit/Driver/FunctionPlaces.h"
#include "tests/unit/Driver/Programs.h"
#include "tests/unit/Math/ExactFunctions.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <random>

using namespace tactus;
using namespace tactus::test;

namespace {

std::vector<std::string> processors() {
  std::vector<std::string> names = {"cpu:x86-64-v2"};
  if (hostCpu().fma && hostCpu().vectorBits >= 256)
    names.push_back("cpu:x86-64-v3");
  if (hostCpu().vectorBits == 512)
    names.push_back("cpu:x86-64-v4");
  return names;
}

/// All of one operand that do more than to move or choose, and those of two.
std::vector<PlacedFunction> allFunctions() {
  std::vector<PlacedFunction> functions;
  for (const ExactFunction &function : exactFunctions())
    functions.push_back({function.name, function.text});
  functions.push_back({"pow", "pow %v, %w"});
  functions.push_back({"mod", "mod %v, %w"});
  functions.push_back({"fmod", "mod %v, %w {fmod = true}"});
  functions.push_back({"div", "div %v, %w"});
  functions.push_back({"minimum", "minimum %v, %w"});
  functions.push_back({"maximum", "maximum %v, %w"});
  functions.push_back({"prelu", "prelu %v, %w"});
  return functions;
}

DriverOptions onOneThread() {
  DriverOptions options;
  options.threads = 1;
  return options;
}

/// Code for static inputs, with the step list in hand.
struct Compiled {
  Executable executable;
  std::shared_ptr<const CpuVariant> variant;

  Compiled(const std::string &text, const std::string &target)
      : executable(compileProgram(parseProgram(text), Target::parse(target),
                                  onOneThread())) {
    std::vector<TensorType> types;
    for (const Port &port : executable.inputs())
      types.push_back(port.type);
    variant = cpuProgram(executable).variant(types);
  }
  std::vector<Tensor> run(const std::vector<Tensor> &inputs) const {
    return runSteps(variant->steps, inputs);
  }
};

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

TensorType typeOf(ElementType element, const std::vector<int64_t> &shape) {
  return {element, {shape.begin(), shape.end()}};
}

/// Gives each sample, in one order after another, so that their neighbors and
/// lanes change.
class Samples {
public:
  explicit Samples(ElementType type) : bits(sampleBits(type)) {}
  uint64_t next() {
    if (at == 0)
      std::shuffle(bits.begin(), bits.end(), random);
    uint64_t sample = bits[at];
    at = (at + 1) % bits.size();
    return sample;
  }

private:
  std::vector<uint64_t> bits;
  std::mt19937_64 random{5};
  size_t at = 0;
};

Tensor filled(const PlaceInput &input, ElementType element, Samples &samples) {
  TensorType type = typeOf(element, input.shape);
  Tensor tensor = Tensor::random(type, Seed(uint64_t(input.shape[0])));
  int64_t columns = input.shape.back();
  for (int64_t i = 0; i < tensor.numElements(); ++i)
    switch (input.fill) {
    case Fill::RowsOfOne:
      setBits(tensor, i, i % columns ? bitsOf(tensor, i - 1) : samples.next());
      break;
    case Fill::ColumnsOfOne:
      setBits(tensor, i,
              i < columns ? samples.next() : bitsOf(tensor, i - columns));
      break;
    case Fill::Ones:
      setBits(tensor, i, bitsOfOne(element));
      break;
    case Fill::Fractions:
      if (i / columns % 3 > 0)
        setBits(tensor, i,
                i / columns % 3 == 1
                    ? sizeOf(element, bitsOf(tensor, i))
                    : withExponentOfOne(element, bitsOf(tensor, i)));
      break;
    case Fill::Samples:
      setBits(tensor, i, samples.next());
    }
  return tensor;
}

/// All places' operands, one after the other.
Tensor joined(ElementType element, const std::vector<Tensor> &parts) {
  int64_t count = 0;
  for (const Tensor &part : parts)
    count += part.numElements();
  Tensor all = Tensor::zeros(typeOf(element, {count}));
  auto *to = static_cast<char *>(all.mutableRawData());
  for (const Tensor &part : parts) {
    std::memcpy(to, part.rawData(), size_t(part.byteSize()));
    to += part.byteSize();
  }
  return all;
}

std::vector<Tensor> partsOf(const Tensor &all,
                            const std::vector<Tensor> &likeThese) {
  std::vector<Tensor> parts;
  auto *from = static_cast<const char *>(all.rawData());
  for (const Tensor &like : likeThese) {
    parts.push_back(Tensor::zeros(like.type()));
    std::memcpy(parts.back().mutableRawData(), from, size_t(like.byteSize()));
    from += like.byteSize();
  }
  return parts;
}

/// What all functions of a type share at a place on a processor.
struct PlaceData {
  const Place *place;
  /// The place's inputs, what its function gets, and a second operand.
  std::vector<Tensor> inputs;
  Tensor operand, second;
  std::optional<Compiled> after;

  PlaceData(const Place &place, ElementType type, const std::string &target)
      : place(&place) {
    Samples samples(type);
    for (const PlaceInput &input : place.inputs)
      inputs.push_back(filled(input, type, samples));
    // A row that is reduced is NaN where one of its results is.
    bool hasFractions = llvm::any_of(place.inputs, [](const PlaceInput &input) {
      return input.fill == Fill::Fractions;
    });
    second =
        filled({place.shape, hasFractions ? Fill::Fractions : Fill::Samples},
               type, samples);
    operand = inputs[0];
    if (!place.before.empty())
      operand = Compiled(beforeText(place, type), target)
                    .run(inputsOf(place.before))[0];
    if (!place.after.empty())
      after.emplace(afterText(place, type), target);
  }

  /// The place's result where its function gives `result`.
  Tensor expected(const Tensor &result) const {
    if (!after)
      return result;
    std::vector<Tensor> in = inputsOf(place->after);
    in.insert(in.begin(), result);
    return after->run(in)[0];
  }

private:
  std::vector<Tensor> inputsOf(const std::string &steps) const {
    std::vector<Tensor> named;
    for (size_t number : inputsNamed(*place, steps))
      named.push_back(inputs[number]);
    return named;
  }
};

const PlaceData &dataOf(const Place &place, ElementType type,
                        const std::string &target) {
  static std::map<std::tuple<const Place *, ElementType, std::string>,
                  std::unique_ptr<const PlaceData>>
      known;
  auto &data = known[{&place, type, target}];
  if (!data)
    data = std::make_unique<const PlaceData>(place, type, target);
  return *data;
}

//===----------------------------------------------------------------------===//
// The test
//===----------------------------------------------------------------------===//

using FunctionBitsParam = std::tuple<ElementType, size_t>;

struct FunctionBitsTest : testing::TestWithParam<FunctionBitsParam> {};

/// A function is at each of its places on one of the processors, of f32 on the
/// next one at the next place, which is compiled in less than a minute.
/// TACTUS_EVERY_PLACE=1 has all at each on all.
std::vector<const Place *> placesOn(size_t processor, ElementType type,
                                    size_t function) {
  std::vector<const Place *> chosen;
  for (const auto &[i, place] : llvm::enumerate(placesFor(type))) {
    size_t turn = function + (type == ElementType::F32 ? i : size_t(type));
    if (std::getenv("TACTUS_EVERY_PLACE") ||
        (turn % processors().size() == processor &&
         function % place.functions == place.number))
      chosen.push_back(&place);
  }
  return chosen;
}

/// The ops of the kernels of `list`, a line each.
std::string kernelsOf(const StepList &list) {
  std::string text;
  for (const Step &step : list.steps)
    text += std::get<KernelStep>(step).work.ops + "\n";
  return text;
}

/// What that gives where each place is one kernel.
std::string kernelsOf(std::span<const PlaceData *const> data,
                      const PlacedFunction &function) {
  std::string text;
  for (const PlaceData *at : data) {
    std::string ops = at->place->ops;
    text += ops.replace(ops.find('F'), 1, function.op()) + "\n";
  }
  return text;
}

/// What each place gives, by `whole`, for any number of threads.
void expectResults(StepList list, const std::vector<Tensor> &inputs,
                   std::span<const PlaceData *const> data,
                   const std::vector<Tensor> &expected) {
  for (int64_t threads : {1, 2, 3, 8}) {
    list.threads = threads;
    std::vector<Tensor> actual = runSteps(list, inputs);
    for (auto [i, at] : llvm::enumerate(data)) {
      // Otherwise the test is of one thread.
      if (at->place->isShared)
        EXPECT_EQ(list.partsOf(std::get<KernelStep>(list.steps[i])), threads)
            << at->place->name;
      EXPECT_TRUE(hasNumbers(expected[i])) << at->place->name;
      int64_t first = firstDifference(actual[i], expected[i]);
      EXPECT_EQ(first, -1) << at->place->name << ", " << threads
                           << " threads: expected bits 0x" << std::hex
                           << bitsOf(expected[i], first) << ", but got 0x"
                           << bitsOf(actual[i], first);
    }
  }
}

void expectSameBits(ElementType type, const PlacedFunction &function,
                    const std::vector<const Place *> &places,
                    const std::string &target) {
  std::vector<const PlaceData *> data;
  std::vector<Tensor> operands, seconds, inputs;
  for (const Place *place : places) {
    data.push_back(&dataOf(*place, type, target));
    operands.push_back(data.back()->operand);
    const std::vector<Tensor> &own = data.back()->inputs;
    inputs.insert(inputs.end(), own.begin(), own.end());
    if (function.isBinary()) {
      seconds.push_back(data.back()->second);
      inputs.push_back(seconds.back());
    }
  }
  std::vector<Tensor> in = {joined(type, operands)};
  if (function.isBinary())
    in.push_back(joined(type, seconds));
  Compiled alone(aloneText(type, function, in[0].numElements()), target);
  std::vector<Tensor> results = partsOf(alone.run(in)[0], operands), expected;
  for (auto [at, result] : llvm::zip(data, results))
    expected.push_back(at->expected(result));

  Compiled whole(wholeText(places, type, function), target);
  // Otherwise the function may be alone in `whole` as well.
  ASSERT_EQ(kernelsOf(whole.variant->steps), kernelsOf(data, function));
  expectResults(whole.variant->steps, inputs, data, expected);
}

TEST_P(FunctionBitsTest, DependOnNothingButTheElement) {
  auto [type, function] = GetParam();
  for (const auto &[processor, target] : llvm::enumerate(processors())) {
    std::vector<const Place *> places = placesOn(processor, type, function);
    if (places.empty())
      continue;
    SCOPED_TRACE(target);
    expectSameBits(type, allFunctions()[function], places, target);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Functions, FunctionBitsTest,
    testing::Combine(testing::Values(ElementType::F32, ElementType::F64,
                                     ElementType::F16, ElementType::BF16),
                     testing::Range(size_t(0), allFunctions().size())),
    [](const auto &info) {
      return std::string(toString(std::get<0>(info.param))) + "_" +
             allFunctions()[std::get<1>(info.param)].name;
    });

} // namespace
