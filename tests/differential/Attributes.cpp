//===- Attributes.cpp - Random attributes of nodes ------------------------===//
#include "tests/differential/Attributes.h"
#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace tactus::differential {

using Sizes = std::vector<int64_t>;

std::string arrayText(const Sizes &elements) {
  std::string text = "[";
  for (size_t i = 0; i < elements.size(); ++i)
    text += (i ? ", " : "") + std::to_string(elements[i]);
  return text + "]";
}

Sizes drawShape(int64_t rank, Random &random) {
  static const int64_t sizes[] = {1, 2, 3, 4, 5, 5, 7, 8, 16, 17, 33, 40, 64};
  Sizes shape;
  int64_t elements = 1;
  for (int64_t d = 0; d < rank; ++d) {
    int64_t size = random.pick(sizes);
    if (elements * size > 4096)
      size = 1;
    elements *= size;
    shape.push_back(size);
  }
  // Now and then a tensor of no elements.
  if (rank > 0 && random.percent(2))
    shape[size_t(random.below(rank))] = 0;
  return shape;
}

/// Some of the numbers below `count`, each once, in any order; negative ones
/// count from the end.
static Sizes drawAxes(int64_t count, Random &random) {
  Sizes axes;
  for (int64_t axis = 0; axis < count; ++axis)
    if (random.percent(50))
      axes.push_back(random.percent(30) ? axis - count : axis);
  if (random.percent(30))
    std::reverse(axes.begin(), axes.end());
  return axes;
}

static Sizes drawPermutation(int64_t count, Random &random) {
  Sizes order(static_cast<size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  for (int64_t i = count; i-- > 1;)
    std::swap(order[size_t(i)], order[size_t(random.below(i + 1))]);
  return order;
}

/// Other sizes with the same product.
static Sizes drawReshape(const Sizes &shape, Random &random) {
  int64_t left = std::accumulate(shape.begin(), shape.end(), int64_t(1),
                                 std::multiplies<>());
  if (left == 0)
    return shape;
  Sizes result;
  while (left > 1 && result.size() < 3) {
    int64_t divisor = random.between(1, left);
    while (left % divisor != 0)
      --divisor;
    result.push_back(divisor);
    left /= divisor;
  }
  if (left > 1 || random.percent(20))
    result.push_back(left);
  if (!result.empty() && random.percent(30))
    result[size_t(random.below(int64_t(result.size())))] = -1;
  return result;
}

static Sizes drawBroadcast(const Sizes &shape, Random &random) {
  Sizes result = shape;
  for (int64_t &size : result)
    if (size == 1)
      size = random.pick(Sizes{1, 2, 5, 19});
  if (random.percent(40))
    result.insert(result.begin(), random.between(1, 3));
  return result;
}

static void drawSlice(const Sizes &shape, Attributes &attributes,
                      Random &random) {
  int64_t rank = int64_t(shape.size());
  Sizes axes = drawAxes(rank, random);
  bool first = random.percent(30);
  if (first) {
    axes.resize(size_t(random.below(rank + 1)));
    std::iota(axes.begin(), axes.end(), 0);
  }
  Sizes starts, ends, steps;
  bool hasSteps = random.percent(60);
  for (int64_t axis : axes) {
    int64_t size = shape[size_t(axis < 0 ? axis + rank : axis)];
    int64_t start = random.below(size + 1), end = random.between(start, size);
    bool isBackward = hasSteps && random.percent(40);
    if (isBackward)
      std::swap(start, end);
    starts.push_back(random.percent(30) ? start - size - 1 : start);
    int64_t beyond = isBackward ? -(1 << 30) : 1 << 30;
    ends.push_back(random.percent(20) ? beyond : end);
    steps.push_back(random.between(1, 3) * (isBackward ? -1 : 1));
  }
  attributes["starts"] = arrayText(starts);
  attributes["ends"] = arrayText(ends);
  if (!first)
    attributes["axes"] = arrayText(axes);
  if (hasSteps)
    attributes["steps"] = arrayText(steps);
}

/// Dimensions of size 1; or new ones, of a rank that is larger by them.
static Sizes drawUnitAxes(const OpInfo &op, const Sizes &shape,
                          Random &random) {
  if (op.name == "expand_dims") {
    int64_t count = random.below(3);
    Sizes axes = drawPermutation(int64_t(shape.size()) + count, random);
    axes.resize(size_t(count));
    return axes;
  }
  Sizes axes;
  for (size_t axis = 0; axis < shape.size(); ++axis)
    if (shape[axis] == 1 && random.percent(70))
      axes.push_back(int64_t(axis));
  return axes;
}

/// Pads around `shape`, now and then larger than it, now and then negative.
static Sizes drawPads(const Sizes &shape, Random &random) {
  Sizes pads(2 * shape.size());
  for (size_t i = 0; i < pads.size(); ++i) {
    int64_t size = shape[i % shape.size()];
    if (random.percent(50))
      pads[i] = random.between(size > 1 ? -size / 2 : 0,
                               random.percent(20) ? 2 * size + 1 : size / 2);
  }
  return pads;
}

/// An axis, and how it is cut.
static void drawSplit(const Sizes &shape, Attributes &attributes,
                      Random &random) {
  int64_t rank = int64_t(shape.size());
  if (rank == 0)
    return;
  int64_t axis = random.between(-rank, rank - 1);
  attributes["axis"] = std::to_string(axis);
  if (random.percent(40)) {
    attributes["num_outputs"] = std::to_string(random.between(1, 4));
    return;
  }
  int64_t left = shape[size_t(axis < 0 ? axis + rank : axis)];
  Sizes sizes;
  while (sizes.size() < 3) {
    sizes.push_back(random.below(left + 1));
    left -= sizes.back();
  }
  sizes.push_back(left);
  attributes["sizes"] = arrayText(sizes);
}

static std::string inQuotes(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

static std::string drawFloat(const AttributeInfo &attribute, ElementType type,
                             Random &random) {
  std::string_view name = attribute.name;
  if (name == "value")
    return type == ElementType::I1 || !isSigned(type)
               ? std::to_string(random.below(2))
               : std::to_string(random.between(-3, 3));
  if (name == "step")
    return random.pick(std::vector<std::string>{"0.25", "1.5", "0.1"});
  if (name == "below_slope" || name == "above_slope")
    return std::to_string(double(random.between(-2, 2)) / 2);
  if (name == "start" || name == "stop" || name == "low")
    return std::to_string(double(random.between(-40, 40)) / 8);
  // A slope, a threshold: near the default, which every op can do with.
  if (!attribute.defaultText.empty() && random.percent(60)) {
    double value = std::stod(attribute.defaultText.str());
    return std::to_string(value *
                          random.pick(std::vector<double>{0.5, 0.75, 2}));
  }
  if (!attribute.defaultText.empty())
    return attribute.defaultText.str();
  throw std::logic_error("no values are known for the attribute " +
                         attribute.name.str());
}

static Sizes drawIntegers(const OpInfo &op, const AttributeInfo &attribute,
                          const Sizes &shape, Random &random) {
  if (op.name == "squeeze" || op.name == "expand_dims")
    return drawUnitAxes(op, shape, random);
  if (attribute.name == "pads")
    return drawPads(shape, random);
  if (attribute.name == "repeats") {
    Sizes repeats;
    for (size_t i = 0; i < shape.size(); ++i)
      repeats.push_back(random.percent(50) ? 1 : random.below(5));
    return repeats;
  }
  if (attribute.name == "axes")
    return drawAxes(int64_t(shape.size()), random);
  if (attribute.name == "perm")
    return drawPermutation(int64_t(shape.size()), random);
  if (attribute.name == "shape")
    return op.name == "reshape" ? drawReshape(shape, random)
                                : drawBroadcast(shape, random);
  throw std::logic_error("no values are known for the attribute " +
                         attribute.name.str());
}

static std::string drawInteger(const AttributeInfo &attribute,
                               const Sizes &shape, Random &random) {
  int64_t rank = int64_t(shape.size());
  if (attribute.name == "axis")
    return std::to_string(
        random.between(-rank, std::max<int64_t>(rank, 1) - 1));
  // Drawn with the operands, to which it is bound.
  if (attribute.name == "batch_dims")
    return "0";
  if (attribute.name == "k")
    return std::to_string(random.between(-5, 5));
  if (attribute.name == "k")
    return std::to_string(random.between(
        -2, std::max<int64_t>(shape.empty() ? 0 : shape.back(), 3)));
  if (attribute.name == "depth")
    return std::to_string(random.pick(Sizes{0, 1, 3, 8, 17}));
  if (attribute.name == "correction")
    return std::to_string(random.below(2));
  if (attribute.name == "block")
    return std::to_string(random.pick(Sizes{1, 2, 3, 4, 8, 16, 64}));
  if (attribute.name == "seed")
    return std::to_string(random.below(1 << 20));
  throw std::logic_error("no values are known for the attribute " +
                         attribute.name.str());
}

/// A small constant, as nested arrays of numbers that are exact in every type.
static std::string drawElements(ElementType type, const Sizes &shape, size_t d,
                                Random &random) {
  if (d < shape.size()) {
    std::string text = "[";
    for (int64_t i = 0; i < shape[d]; ++i)
      text += (i ? ", " : "") + drawElements(type, shape, d + 1, random);
    return text + "]";
  }
  if (type == ElementType::I1)
    return random.percent(50) ? "true" : "false";
  if (isFloat(type))
    return std::to_string(double(random.between(-16, 16)) / 4);
  return std::to_string(random.between(isSigned(type) ? -9 : 0, 9));
}

Attributes drawAttributes(const OpInfo &op, ElementType type,
                          const Sizes &shape, Random &random) {
  Attributes attributes;
  if (op.findAttribute("starts")) {
    drawSlice(shape, attributes, random);
    return attributes;
  }
  if (op.findAttribute("num_outputs")) {
    drawSplit(shape, attributes, random);
    return attributes;
  }
  Sizes resultShape = drawShape(random.below(4), random);
  for (const AttributeInfo &attribute : op.attributes) {
    if (!attribute.isRequired && random.percent(40))
      continue;
    std::string &text = attributes[attribute.name.str()];
    switch (attribute.kind) {
    case AttributeKind::Integer:
      text = drawInteger(attribute, op.operands.empty() ? resultShape : shape,
                         random);
      break;
    case AttributeKind::Float:
      text = drawFloat(attribute, type, random);
      break;
    case AttributeKind::Bool:
      text = random.percent(50) ? "true" : "false";
      break;
    case AttributeKind::IntegerArray:
      text = arrayText(drawIntegers(op, attribute, shape, random));
      break;
    case AttributeKind::Enum:
      text = inQuotes(std::string_view(random.pick(attribute.cases)));
      break;
    case AttributeKind::ElementType:
      text = inQuotes(toString(random.pick(op.resultTypes)));
      break;
    case AttributeKind::TensorType:
    case AttributeKind::TypeOfElements:
      text = inQuotes(
          TensorType{type, {resultShape.begin(), resultShape.end()}}.str());
      break;
    case AttributeKind::Elements:
      text = drawElements(type, resultShape, 0, random);
      break;
    }
  }
  return attributes;
}

} // namespace tactus::differential
