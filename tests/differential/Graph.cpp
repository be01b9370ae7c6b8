//===- Graph.cpp - Random graphs ------------------------------------------===//
#include "tests/differential/Graph.h"
#include "tests/differential/Attributes.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace tactus::differential {

using Sizes = std::vector<int64_t>;

size_t typedOperand(const OpInfo &op) {
  return op.operands.size() > 1 && op.operands[0].elementTypes.size() == 1 &&
                 op.operands[1].elementTypes.size() > 1
             ? 1
             : 0;
}

std::vector<Pair> allPairs() {
  std::vector<Pair> pairs;
  for (const OpInfo &op : graphOps())
    for (ElementType type : op.operands.empty()
                                ? op.resultTypes
                                : op.operands[typedOperand(op)].elementTypes)
      pairs.push_back({&op, type});
  return pairs;
}

static TensorType typeOf(ElementType type, const Sizes &shape) {
  return {type, {shape.begin(), shape.end()}};
}

size_t Graph::addValue(const std::string &name, Bounded bounds) {
  values.push_back({name, std::move(bounds)});
  return values.size() - 1;
}

/// Numbers of different kinds: uniform ones, small integers, wide ones, and now
/// and then those at the edges of the type.
static Tensor drawTensor(const TensorType &type, Random &random) {
  Tensor tensor = Tensor::random(type, Seed(random.seed()));
  int64_t kind = random.below(10);
  dispatch(type.elementType, [&](auto tag) {
    using T = decltype(tag);
    std::span<T> elements = tensor.mutableData<T>();
    if constexpr (std::is_same_v<T, bool>) {
      return;
    } else if constexpr (std::is_integral_v<T>) {
      for (T &element : elements)
        if (kind == 0)
          element = random.percent(50) ? std::numeric_limits<T>::min()
                                       : std::numeric_limits<T>::max();
        else if (kind < 4)
          element = T(random.seed());
    } else {
      const double edges[] = {0.0,   -0.0,   INFINITY, -INFINITY, NAN,
                              1e-45, -1e-40, 3e38,     -3e38,     65504,
                              88.5,  -88.5,  1e-8,     0.5,       -3};
      for (T &element : elements) {
        double value = double(element);
        if (kind < 4)
          value = std::floor(value * 8);
        else if (kind < 6)
          value *= 30;
        if (kind == 9 && random.percent(10))
          value = random.pick(edges);
        element = T(value);
      }
    }
  });
  return tensor;
}

size_t Graph::addLeaf(ElementType type, const Sizes &shape, bool isInput) {
  bool isParameter = !isInput && random.percent(20);
  return addTensor(drawTensor(typeOf(type, shape), random), isParameter);
}

size_t Graph::addTensor(Tensor tensor, bool isParameter) {
  std::string name = (isParameter ? "p" : "x") + std::to_string(leaves.size());
  size_t value = addValue(name, Bounded::exact(std::move(tensor)));
  leaves.push_back({value, isParameter});
  return value;
}

/// A value of this type and shape if there is one, else a new leaf.
size_t Graph::existingOr(ElementType type, const Sizes &shape) {
  for (size_t i = values.size(); i-- > 0;) {
    const Tensor &tensor = values[i].bounds.center;
    if (tensor.elementType() == type && tensor.shape() == shape &&
        random.percent(50))
      return i;
  }
  return addLeaf(type, shape);
}

size_t Graph::firstOperand(const Pair &pair) {
  bool isMatrix = pair.op->family == "Contraction" || pair.op->name == "trilu";
  for (size_t i = values.size(); i-- > 0;) {
    const Tensor &tensor = values[i].bounds.center;
    if (tensor.elementType() == pair.type &&
        (!isMatrix || tensor.rank() >= 2) && random.percent(60))
      return i;
  }
  // A cast joins the node to what there is.
  if (!values.empty() && random.percent(60)) {
    const Value &last = values.back();
    if (!isMatrix || last.bounds.center.rank() >= 2)
      if (tryNode(*findGraphOp("cast"), {int64_t(values.size()) - 1},
                  {{"to", "\"" + std::string(toString(pair.type)) + "\""}}))
        return values.size() - 1;
  }
  return addLeaf(
      pair.type,
      drawShape(isMatrix ? random.between(2, 4) : random.below(7), random));
}

/// The element type that the sums of a product have with these attributes.
static ElementType sumType(ElementType type, const Attributes &attributes) {
  if (auto entry = attributes.find("element_type"); entry != attributes.end())
    for (ElementType named : findGraphOp("matmul")->resultTypes)
      if (entry->second == "\"" + std::string(toString(named)) + "\"")
        return named;
  bool isByte = type == ElementType::I8 || type == ElementType::U8;
  return isByte ? ElementType::I32 : type;
}

/// A shape that broadcasts to the product of two shapes.
static Sizes drawInit(const Sizes &lhs, const Sizes &rhs, Random &random) {
  Sizes shape(std::max(lhs.size(), rhs.size()) - 2, 1);
  shape.push_back(lhs[lhs.size() - 2]);
  shape.push_back(rhs.back());
  shape.erase(shape.begin(), shape.begin() + std::ptrdiff_t(random.below(
                                                 int64_t(shape.size()) + 1)));
  for (int64_t &size : shape)
    if (random.percent(20))
      size = 1;
  return shape;
}

/// A shape that broadcasts to `shape`, or with it to a larger one.
static Sizes drawPartner(Sizes shape, Random &random) {
  if (random.percent(40))
    return shape;
  size_t dropped = size_t(random.below(int64_t(shape.size()) + 1));
  shape.erase(shape.begin(), shape.begin() + std::ptrdiff_t(dropped));
  for (int64_t &size : shape) {
    if (random.percent(30))
      size = 1;
    else if (size == 1 && random.percent(30))
      size = random.between(2, 6);
  }
  return shape;
}

size_t Graph::addConstant(ElementType type, int64_t value) {
  std::string text =
      isFloat(type) ? std::to_string(double(value) / 4) : std::to_string(value);
  tryNode(
      *findGraphOp("constant"), {},
      {{"type", "\"" + std::string(toString(type)) + "[]\""}, {"value", text}});
  return values.size() - 1;
}

std::vector<int64_t> Graph::drawOperands(const OpInfo &op, size_t first,
                                         Attributes &attributes) {
  std::vector<int64_t> operands = {int64_t(first)};
  ElementType type = values[first].bounds.center.elementType();
  Sizes shape = values[first].bounds.center.shape();
  if (op.operands.size() > 1 && op.operands[1].name == "indices")
    return drawIndexing(op, first, attributes);
  if (op.name == "one_hot") {
    size_t indices = addIndices(type, shape, {std::stoll(attributes["depth"])});
    ElementType marks = random.pick(op.operands[1].elementTypes);
    return {int64_t(indices), int64_t(existingOr(marks, {2}))};
  }
  if (op.isVariadic() && !shape.empty()) {
    // Of other sizes along the axis.
    int64_t axis = std::stoll(attributes.at("axis"));
    for (int64_t count = random.below(4); count > 0; --count) {
      Sizes partner = shape;
      partner[size_t(axis < 0 ? axis + int64_t(shape.size()) : axis)] =
          random.pick(Sizes{0, 1, 3, 16, 21});
      operands.push_back(int64_t(existingOr(type, partner)));
    }
    return operands;
  }
  if (op.name == "range") {
    // Targets want constants, of which the size follows.
    operands.clear();
    for (int64_t number : {random.between(-9, 9), random.between(-20, 60),
                           random.pick(Sizes{-3, -1, 1, 1, 2, 5})})
      operands.push_back(int64_t(addConstant(type, number)));
    return operands;
  }
  for (size_t i = 1; i < op.operands.size(); ++i) {
    if (op.operands[i].isOptional && random.percent(40)) {
      operands.push_back(-1);
      continue;
    }
    Sizes partner;
    ElementType partnerType = type;
    if (op.name == "piecewise_linear") {
      partner = {i == 1 ? random.between(2, 40)
                        : values[size_t(operands[1])].bounds.center.shape()[0] -
                              1};
    } else if (op.operands[i].name == "init") {
      partner = drawInit(
          shape, values[size_t(operands[1])].bounds.center.shape(), random);
      partnerType = sumType(type, attributes);
    } else if (op.family == "Contraction") {
      partner = {shape.back(), random.pick(Sizes{1, 3, 8, 16, 33, 48, 70})};
      if (random.percent(25))
        partner.insert(partner.begin(), shape.size() > 2 ? shape[0] : 2);
      bool isByte = type == ElementType::I8 || type == ElementType::U8;
      if (isByte && random.percent(50))
        partnerType =
            type == ElementType::I8 ? ElementType::U8 : ElementType::I8;
    } else {
      partner = drawPartner(shape, random);
      // The typed operand comes first where the others have one type each.
      const auto &partnerTypes = op.operands[i].elementTypes;
      if (partnerTypes.size() == 1)
        partnerType = partnerTypes[0];
    }
    operands.push_back(int64_t(existingOr(partnerType, partner)));
  }
  // What was drawn first is the typed operand; those before it have one type.
  for (size_t i = 0; i < typedOperand(op); ++i)
    std::swap(operands[i], operands[typedOperand(op)]);
  for (size_t i = 0; i < typedOperand(op); ++i)
    operands[i] = int64_t(
        existingOr(op.operands[i].elementTypes[0], drawPartner(shape, random)));
  return operands;
}

bool Graph::addNode(const Pair &pair) {
  for (int attempt = 0; attempt < 30; ++attempt) {
    // What a refused draw added is taken back.
    size_t numValues = values.size(), numLeaves = leaves.size(),
           numNodes = nodes.size(), numResults = results.size(),
           numPairs = pairs.size();
    std::vector<bool> used;
    for (const Value &value : values)
      used.push_back(value.isUsed);
    Attributes attributes;
    std::vector<int64_t> operands;
    Regions regions;
    if (!pair.op->regions.empty()) {
      operands = drawControl(pair, attributes, regions);
    } else if (pair.op->operands.empty()) {
      attributes = drawAttributes(*pair.op, pair.type, {}, random);
    } else {
      size_t first = firstOperand(pair);
      attributes = drawAttributes(*pair.op, pair.type,
                                  values[first].bounds.center.shape(), random);
      operands = drawOperands(*pair.op, first, attributes);
    }
    if (tryNode(*pair.op, operands, attributes, regions)) {
      if (values.back().bounds.center.numElements() <= 1 << 16)
        return true;
      refused = "the result is too large";
    }
    values.erase(values.begin() + std::ptrdiff_t(numValues), values.end());
    leaves.resize(numLeaves);
    nodes.resize(numNodes);
    results.resize(numResults);
    pairs.resize(numPairs);
    for (size_t i = 0; i < numValues; ++i)
      values[i].isUsed = used[i];
  }
  return false;
}

bool Graph::tryNode(const OpInfo &op, const std::vector<int64_t> &operands,
                    const Attributes &attributes, const Regions &regions) {
  std::vector<std::optional<TensorType>> types;
  std::vector<const Bounded *> bounds;
  std::vector<std::string> names;
  for (int64_t operand : operands) {
    const Value *value = operand < 0 ? nullptr : &values[size_t(operand)];
    bounds.push_back(value ? &value->bounds : nullptr);
    names.push_back(value ? value->name : "");
    types.push_back(value ? std::optional(value->bounds.center.type())
                          : std::nullopt);
  }
  while (!names.empty() && names.back().empty()) {
    names.pop_back();
    types.pop_back();
  }
  std::optional<SingleOp> single =
      SingleOp::make(op, types, attributes, refused, regions);
  if (!single)
    return false;
  std::vector<Bounded> computed;
  for (size_t i = 0; i < single->numResults(); ++i)
    computed.push_back(evaluate(op, *single, attributes, bounds, i));
  for (int64_t operand : operands)
    if (operand >= 0)
      values[size_t(operand)].isUsed = true;
  pairs.push_back({&op, operands.empty()
                            ? computed[0].center.elementType()
                            : types[typedOperand(op)]->elementType});
  std::string name = "n" + std::to_string(nodes.size());
  nodes.push_back({&op, operands, attributes, regions, values.size(),
                   nodeText(op, name, names, attributes, regions)});
  for (size_t i = 0; i < computed.size(); ++i)
    results.push_back(addValue(i ? name + ":" + std::to_string(i) : name,
                               std::move(computed[i])));
  return true;
}

std::string Graph::Value::outputName() const {
  std::string text = name;
  std::replace(text.begin(), text.end(), ':', '_');
  return text;
}

std::vector<size_t> Graph::outputs(bool all) const {
  std::vector<size_t> chosen;
  for (size_t value : results)
    if (all || !values[value].isUsed || (!isStatic && value % 5 == 0))
      chosen.push_back(value);
  return chosen;
}

std::string Graph::json(bool dynamic, bool allOutputs) const {
  std::string inputs, parameters, nodeLines, outputNames;
  for (const Leaf &leaf : leaves) {
    const Value &value = values[leaf.value];
    TensorType type = value.bounds.center.type();
    for (Dimension &size : type.dimensions)
      if (dynamic && !leaf.isParameter && size.size() == 5)
        size = Dimension("n");
    std::string &list = leaf.isParameter ? parameters : inputs;
    list += (list.empty() ? "\n    " : ",\n    ") +
            ("{\"name\": \"" + value.name + "\", \"type\": \"" + type.str() +
             "\"}");
  }
  for (const Node &node : nodes)
    nodeLines += (nodeLines.empty() ? "\n    " : ",\n    ") + node.text;
  for (size_t value : outputs(allOutputs)) {
    std::string name = values[value].name, output = values[value].outputName();
    outputNames += outputNames.empty() ? "" : ", ";
    outputNames += name == output ? "\"" + name + "\""
                                  : "{\"name\": \"" + output +
                                        "\", \"value\": \"" + name + "\"}";
  }
  std::string text = "{\n  \"tactus\": 1,\n  \"name\": \"random\"";
  if (!inputs.empty())
    text += ",\n  \"inputs\": [" + inputs + "]";
  if (!parameters.empty())
    text += ",\n  \"parameters\": {\"file\": \"parameters.safetensors\", "
            "\"tensors\": [" +
            parameters + "]}";
  return text + ",\n  \"nodes\": [" + nodeLines + "],\n  \"outputs\": [" +
         outputNames + "]\n}\n";
}

std::map<std::string, Tensor> Graph::inputTensors() const {
  std::map<std::string, Tensor> tensors;
  for (const Leaf &leaf : leaves)
    if (!leaf.isParameter)
      tensors.emplace(values[leaf.value].name,
                      values[leaf.value].bounds.center);
  return tensors;
}

ParameterStore Graph::parameters() const {
  ParameterStore store;
  for (const Leaf &leaf : leaves)
    if (leaf.isParameter)
      store.set(values[leaf.value].name, values[leaf.value].bounds.center);
  return store;
}

} // namespace tactus::differential
