//===- Executable.cpp - Checked calls of compiled programs ----------------===//
#include "runtime/Core/ExecutableImpl.h"
#include "runtime/Support/Suggest.h"
#include "tactus/Error.h"
#include <algorithm>
#include <cstring>
#include <optional>

namespace tactus {

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

/// The sizes that named dimensions have taken in one call.
using DimensionSizes = std::map<std::string, std::pair<int64_t, std::string>>;

static Error wrongType(const char *what, const Port &port,
                       const TensorType &got) {
  return Error("expected " + std::string(what) + " '" + port.name +
               "' to have type " + port.type.str() + ", but got " + got.str());
}

/// Checks a tensor's type against its port; equal names are equal sizes.
static void checkType(const char *what, const Port &port, const TensorType &got,
                      DimensionSizes &sizes) {
  const auto &expected = port.type.dimensions;
  if (got.elementType != port.type.elementType ||
      got.dimensions.size() != expected.size())
    throw wrongType(what, port, got);
  for (size_t i = 0; i < expected.size(); ++i) {
    int64_t size = got.dimensions[i].size();
    if (expected[i].isStatic()) {
      if (expected[i].size() != size)
        throw wrongType(what, port, got);
      continue;
    }
    auto [entry, isNew] =
        sizes.try_emplace(expected[i].name(), size, port.name);
    if (!isNew && entry->second.first != size)
      throw Error("expected dimension '" + expected[i].name() + "' of " + what +
                  " '" + port.name + "' to be " +
                  std::to_string(entry->second.first) + ", as in '" +
                  entry->second.second + "', but got " + std::to_string(size));
  }
}

static size_t findPort(const char *what, const std::vector<Port> &ports,
                       std::string_view name) {
  for (size_t i = 0; i < ports.size(); ++i)
    if (ports[i].name == name)
      return i;
  std::vector<std::string_view> names;
  for (const Port &port : ports)
    names.push_back(port.name);
  throw Error("expected an " + std::string(what) +
              " of the program, but got '" + std::string(name) + "'" +
              didYouMean(name, names));
}

//===----------------------------------------------------------------------===//
// Executable
//===----------------------------------------------------------------------===//

/// The program, or the thing it was moved out of, which is not used again.
template <typename T> static T &checked(T *program) {
  if (!program)
    throw Error("expected a compiled program, but got an executable that was "
                "moved from");
  return *program;
}

namespace {
struct CopyingProgram final : BoundProgram {
  CopyingProgram(const Executable::Impl &program, std::vector<Tensor> inputs,
                 std::vector<Tensor> outputs)
      : program(program), inputs(std::move(inputs)),
        outputs(std::move(outputs)) {}

  void run() override {
    std::vector<Tensor> results = program.run(inputs);
    for (size_t i = 0; i < results.size(); ++i)
      if (results[i].byteSize() != 0)
        std::memcpy(outputs[i].mutableRawData(), results[i].rawData(),
                    size_t(results[i].byteSize()));
  }

  const Executable::Impl &program;
  std::vector<Tensor> inputs, outputs;
};
} // namespace

std::unique_ptr<BoundProgram>
Executable::Impl::bindTo(std::vector<Tensor> boundInputs,
                         std::vector<Tensor> boundOutputs) const {
  return std::make_unique<CopyingProgram>(*this, std::move(boundInputs),
                                          std::move(boundOutputs));
}

Executable::Executable(std::shared_ptr<const Impl> impl)
    : impl(std::move(impl)) {}

const std::vector<Port> &Executable::inputs() const {
  return checked(impl.get()).inputs;
}

const std::vector<Port> &Executable::outputs() const {
  return checked(impl.get()).outputs;
}

std::vector<Tensor>
Executable::Impl::inOrder(const std::map<std::string, Tensor> &named) const {
  // To look for each name among all ports takes long where these are many.
  auto isKnown = [&](const Port &port) { return named.contains(port.name); };
  if (size_t(std::ranges::count_if(inputs, isKnown)) != named.size())
    for (const auto &[name, tensor] : named)
      findPort("input", inputs, name);
  std::vector<Tensor> ordered;
  DimensionSizes sizes;
  for (const Port &port : inputs) {
    auto entry = named.find(port.name);
    if (entry == named.end())
      throw Error("expected input '" + port.name + "' of type " +
                  port.type.str() + ", but got none");
    checkType("input", port, entry->second.type(), sizes);
    ordered.push_back(entry->second);
  }
  return ordered;
}

std::map<std::string, Tensor>
Executable::run(const std::map<std::string, Tensor> &inputs) const {
  const Impl &program = checked(impl.get());
  std::vector<Tensor> results = program.run(program.inOrder(inputs));
  std::map<std::string, Tensor> named;
  for (size_t i = 0; i < results.size(); ++i)
    named.emplace(impl->outputs[i].name, std::move(results[i]));
  return named;
}

//===----------------------------------------------------------------------===//
// Call
//===----------------------------------------------------------------------===//

struct Call::Impl {
  std::shared_ptr<const Executable::Impl> program;
  std::vector<std::optional<Tensor>> inputs, outputs;
  /// Made by the first run after a binding has changed.
  std::unique_ptr<BoundProgram> bound;

  void bind();
};

/// The tensors of all ports; throws for the first that has none.
static std::vector<Tensor>
collect(const char *what, const std::vector<Port> &ports,
        const std::vector<std::optional<Tensor>> &tensors) {
  std::vector<Tensor> result;
  for (size_t i = 0; i < ports.size(); ++i) {
    if (!tensors[i])
      throw Error("expected a buffer for " + std::string(what) + " '" +
                  ports[i].name + "', but none is bound");
    result.push_back(*tensors[i]);
  }
  return result;
}

static bool overlap(const Tensor &a, const Tensor &b) {
  auto begin = [](const Tensor &t) {
    return reinterpret_cast<uintptr_t>(t.rawData());
  };
  return a.byteSize() != 0 && b.byteSize() != 0 &&
         begin(a) < begin(b) + uintptr_t(b.byteSize()) &&
         begin(b) < begin(a) + uintptr_t(a.byteSize());
}

/// Compiled code may write an output before it has read all inputs.
static void checkApart(const Port &port, const Tensor &output,
                       const std::vector<Port> &ports,
                       const std::vector<Tensor> &tensors, size_t count) {
  for (size_t i = 0; i < count; ++i)
    if (overlap(output, tensors[i]))
      throw Error("expected the buffer of output '" + port.name +
                  "' to stand apart, but it overlaps that of '" +
                  ports[i].name + "'");
}

void Call::Impl::bind() {
  std::vector<Tensor> in = collect("input", program->inputs, inputs);
  std::vector<Tensor> out = collect("output", program->outputs, outputs);
  DimensionSizes sizes;
  std::vector<TensorType> types;
  for (size_t i = 0; i < in.size(); ++i) {
    types.push_back(in[i].type());
    checkType("input", program->inputs[i], types.back(), sizes);
  }
  std::vector<TensorType> expected = program->outputTypes(types);
  for (size_t i = 0; i < out.size(); ++i) {
    const Port &port = program->outputs[i];
    if (out[i].type() != expected[i])
      throw wrongType("output", {port.name, expected[i]}, out[i].type());
    checkApart(port, out[i], program->inputs, in, in.size());
    checkApart(port, out[i], program->outputs, out, i);
  }
  bound = program->bindTo(std::move(in), std::move(out));
}

Call::Call(std::unique_ptr<Impl> impl) : impl(std::move(impl)) {}
Call::Call(Call &&) noexcept = default;
Call &Call::operator=(Call &&) noexcept = default;
Call::~Call() = default;

static void checkNotMoved(const void *call) {
  if (!call)
    throw Error("expected a call of a program, but got one that was moved "
                "from");
}

void Call::input(std::string_view name, const Tensor &tensor) {
  checkNotMoved(impl.get());
  size_t i = findPort("input", impl->program->inputs, name);
  DimensionSizes sizes;
  checkType("input", impl->program->inputs[i], tensor.type(), sizes);
  impl->inputs[i] = tensor;
  impl->bound = nullptr;
}

void Call::output(std::string_view name, Tensor tensor) {
  checkNotMoved(impl.get());
  size_t i = findPort("output", impl->program->outputs, name);
  if (tensor.byteSize() != 0)
    (void)tensor.mutableRawData(); // Throws for memory that is constant.
  impl->outputs[i] = std::move(tensor);
  impl->bound = nullptr;
}

void Call::run() {
  checkNotMoved(impl.get());
  if (!impl->bound)
    impl->bind();
  impl->bound->run();
}

Call Executable::bind() const {
  (void)checked(impl.get());
  auto call = std::make_unique<Call::Impl>();
  call->program = impl;
  call->inputs.resize(impl->inputs.size());
  call->outputs.resize(impl->outputs.size());
  return Call(std::move(call));
}

} // namespace tactus
