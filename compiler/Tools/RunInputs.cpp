//===- RunInputs.cpp - The inputs of a command line -----------------------===//
#include "compiler/Tools/RunInputs.h"
#include "compiler/Import/TypeText.h"
#include "runtime/Support/FloatText.h"
#include "runtime/Support/Suggest.h"
#include "runtime/Tensor/Npy.h"
#include "runtime/Tensor/Shape.h"
#include "tactus/Error.h"
#include <algorithm>
#include <charconv>

using namespace tactus;

std::pair<std::string, std::string> tactus::splitName(std::string_view option,
                                                      std::string_view text,
                                                      std::string_view form) {
  size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0)
    throw Error("expected " + std::string(option) + " " + std::string(form) +
                ", but got '" + std::string(text) + "'");
  return {std::string(text.substr(0, equals)),
          std::string(text.substr(equals + 1))};
}

const Port &tactus::findPort(const std::vector<Port> &ports,
                             const std::string &name) {
  std::vector<std::string_view> names;
  for (const Port &port : ports) {
    if (port.name == name)
      return port;
    names.push_back(port.name);
  }
  throw Error("expected an input of the graph (" + quotedList(names) +
              "), but got '" + name + "'" + didYouMean(name, names));
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

/// Throws where `type` is over the limits of one tensor.
static int64_t countElements(const TensorType &type) {
  std::vector<int64_t> shape;
  for (const Dimension &dimension : type.dimensions)
    shape.push_back(dimension.size());
  return checkedNumElements(type.elementType, shape);
}

uint64_t tactus::byteSizeOf(const TensorType &type) {
  return uint64_t(countElements(type) * byteSize(type.elementType));
}

template <typename T>
static T parseElement(std::string_view text, ElementType type) {
  auto refuse = [&]() -> T {
    throw Error("expected a value of " + std::string(toString(type)) +
                ", but got '" + std::string(text) + "'");
  };
  if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
    T value{};
    auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value
                                                                    : refuse();
  } else if constexpr (std::is_same_v<T, bool>) {
    if (text == "true" || text == "1")
      return true;
    return text == "false" || text == "0" ? false : refuse();
  } else {
    auto value = parseFloat<double>(text);
    if (!value)
      return refuse();
    if constexpr (std::is_same_v<T, float> || std::is_same_v<T, double>)
      return T(*value);
    else
      return T(double(*value));
  }
}

template <typename T>
static Tensor parseElements(const TensorType &type, std::string_view text) {
  // Held against the text before memory is taken.
  int64_t expected = countElements(type);
  int64_t count =
      text.empty() ? 0 : 1 + std::count(text.begin(), text.end(), ',');
  if (count != expected)
    throw Error("expected " + std::to_string(expected) + " values for " +
                type.str() + ", but got " + std::to_string(count));
  Tensor tensor = Tensor::zeros(type);
  auto out = tensor.mutableData<T>();
  for (auto &element : out) {
    size_t comma = std::min(text.find(','), text.size());
    element = parseElement<T>(text.substr(0, comma), type.elementType);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return tensor;
}

Tensor tactus::parseTensorValue(std::string_view text) {
  size_t equals = text.find('=');
  std::string_view typeText = text.substr(0, equals);
  size_t last = typeText.rfind('x');
  std::string_view elementText =
      last == std::string_view::npos ? typeText : typeText.substr(last + 1);
  auto elementType = parseElementType(elementText);
  if (equals == std::string_view::npos || !elementType)
    throw Error("expected a value such as 2x2xf32=1,2,3,4, but got '" +
                std::string(text) + "'");
  TensorType type{*elementType, {}};
  if (last != std::string_view::npos) {
    std::string problem;
    auto shape = parseShape(typeText.substr(0, last), 'x', problem);
    if (!shape)
      throw Error(problem);
    type.dimensions.assign(shape->begin(), shape->end());
  }
  std::string_view values = text.substr(equals + 1);
  return dispatch(type.elementType, [&](auto tag) {
    return parseElements<decltype(tag)>(type, values);
  });
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

Tensor tactus::readInput(const std::string &text) {
  return text.starts_with("@") ? readNpy(text.substr(1))
                               : parseTensorValue(text);
}

using Shapes = std::map<std::string, std::vector<int64_t>>;

static Shapes readShapes(const Arguments &arguments,
                         const std::vector<Port> &ports) {
  Shapes shapes;
  for (const std::string &text : arguments.all("--shape")) {
    auto [name, dims] = splitName("--shape", text, "name=64x784");
    const Port &port = findPort(ports, name);
    std::string problem;
    auto shape = parseShape(dims, 'x', problem);
    if (!shape)
      throw Error("--shape " + name + ": " + problem);
    if (shape->size() != port.type.dimensions.size())
      throw Error("expected a shape for '" + name + "' of type " +
                  port.type.str() + ", but got '" + dims + "'");
    shapes[name] = *shape;
  }
  return shapes;
}

/// The port's type with the sizes of `--shape`, and of dimensions whose name
/// was given a size by another input.
static TensorType typeOf(const Port &port, const Shapes &shapes,
                         const std::map<std::string, int64_t> &sizes) {
  TensorType type = port.type;
  auto shape = shapes.find(port.name);
  for (size_t i = 0; i < type.dimensions.size(); ++i) {
    Dimension &dimension = type.dimensions[i];
    if (shape != shapes.end()) {
      if (dimension.isStatic() && dimension.size() != shape->second[i])
        throw Error("expected a shape for '" + port.name + "' of type " +
                    port.type.str() + ", but got " +
                    std::to_string(shape->second[i]) + " in dim " +
                    std::to_string(i));
      dimension = Dimension(shape->second[i]);
    } else if (!dimension.isStatic()) {
      auto size = sizes.find(dimension.name());
      if (size == sizes.end())
        throw Error("expected --shape " + port.name +
                    "=..., since the size of "
                    "dimension '" +
                    dimension.name() + "' is not known");
      dimension = Dimension(size->second);
    }
  }
  return type;
}

std::vector<TensorType> tactus::readInputTypes(const Arguments &arguments,
                                               const std::vector<Port> &ports) {
  Shapes shapes = readShapes(arguments, ports);
  std::map<std::string, int64_t> sizes;
  for (const auto &[name, shape] : shapes) {
    const Port &port = findPort(ports, name);
    for (size_t i = 0; i < shape.size(); ++i) {
      const Dimension &dimension = port.type.dimensions[i];
      if (dimension.isStatic())
        continue;
      auto [known, isNew] = sizes.try_emplace(dimension.name(), shape[i]);
      if (known->second != shape[i])
        throw Error("expected dimension '" + dimension.name() +
                    "' to have one size, but got " +
                    std::to_string(known->second) + " and " +
                    std::to_string(shape[i]));
    }
  }
  std::vector<TensorType> types;
  for (const Port &port : ports) {
    types.push_back(typeOf(port, shapes, sizes));
    (void)countElements(types.back());
  }
  return types;
}

std::map<std::string, Tensor> tactus::readInputs(const Arguments &arguments,
                                                 const std::vector<Port> &ports,
                                                 MemoryLimit limit) {
  std::map<std::string, Tensor> inputs;
  MemoryUse use;
  for (const std::string &text : arguments.all("--input")) {
    auto [name, value] = splitName("--input", text,
                                   "name=@file.npy or "
                                   "name=2x2xf32=1,2,3,4");
    findPort(ports, name);
    if (inputs.contains(name))
      throw Error("expected input '" + name + "' once, but got it again");
    inputs[name] = readInput(value);
    use.inputs += uint64_t(inputs[name].byteSize());
  }
  auto seedText = arguments.get("--random-inputs");
  Shapes shapes = readShapes(arguments, ports);
  if (!seedText)
    return inputs;
  uint64_t seed = parseElement<int64_t>(*seedText, ElementType::I64);

  std::map<std::string, int64_t> sizes;
  for (const Port &port : ports) {
    auto given = inputs.find(port.name);
    auto shape = shapes.find(port.name);
    for (size_t i = 0; i < port.type.dimensions.size(); ++i) {
      const Dimension &dimension = port.type.dimensions[i];
      if (dimension.isStatic())
        continue;
      if (given != inputs.end() && size_t(given->second.rank()) > i)
        sizes[dimension.name()] = given->second.shape()[i];
      else if (shape != shapes.end())
        sizes[dimension.name()] = shape->second[i];
    }
  }
  for (size_t i = 0; i < ports.size(); ++i)
    if (!inputs.contains(ports[i].name)) {
      TensorType type = typeOf(ports[i], shapes, sizes);
      use.inputs += byteSizeOf(type);
      limit.check(use);
      inputs[ports[i].name] = Tensor::random(type, Seed(seed + i));
    }
  return inputs;
}
