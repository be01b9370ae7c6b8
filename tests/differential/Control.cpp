//===- Control.cpp - Random regions ---------------------------------------===//
//
// Regions are chains of ops that no target rounds in another way than the
// interpreter, so that results are exact however often they run.
//
//===----------------------------------------------------------------------===//
#include "tests/differential/Attributes.h"
#include "tests/differential/Graph.h"
#include <algorithm>

namespace tactus::differential {

using Names = std::vector<std::string>;

static std::string quotedList(const Names &names) {
  std::string text;
  for (const std::string &name : names)
    text += (text.empty() ? "\"" : ", \"") + name + "\"";
  return "[" + text + "]";
}

namespace {

/// The text of the regions of one node. Names in it are unique in the node.
class RegionWriter {
public:
  RegionWriter(ElementType type, Random &random) : type(type), random(random) {}

  /// A name for what a region takes or makes.
  std::string newName() { return "%_" + std::to_string(numNames++); }

  std::string addNode(const std::string &op, const Names &inputs,
                      const Attributes &attributes = {},
                      const std::string &regions = "") {
    std::string name = newName();
    nodes += (nodes.empty() ? "" : ", ") +
             ("{\"name\": \"" + name + "\", \"op\": \"" + op + "\"");
    if (!inputs.empty())
      nodes += ", \"inputs\": " + quotedList(inputs);
    const char *separator = ", \"attributes\": {";
    for (const auto &[key, value] : attributes) {
      nodes += separator + ("\"" + key + "\": ") + value;
      separator = ", ";
    }
    if (!attributes.empty())
      nodes += "}";
    if (!regions.empty())
      nodes += ", \"regions\": " + regions;
    nodes += "}";
    return name;
  }

  std::string addCounter(int64_t value) {
    return addNode("constant", {},
                   {{"type", "\"i32[]\""}, {"value", std::to_string(value)}});
  }

  std::string addComparison(const std::string &counter, int64_t limit) {
    return addNode("compare", {counter, addCounter(limit)},
                   {{"predicate", "\"less\""}});
  }

  /// Adds ops that change `value`, with others of its type and shape.
  std::string addChain(std::string value, const Names &others) {
    for (int64_t count = random.between(1, 3); count > 0; --count) {
      static const char *const ops[] = {
          "add", "sub",  "mul",         "maximum",    "minimum",    "neg",
          "abs", "relu", "logical_and", "logical_or", "logical_not"};
      std::string op = random.pick(ops);
      const OpInfo &info = *findGraphOp(op);
      // Only these give the same bits of f64, whose law rounds twice.
      bool rounds = op == "add" || op == "sub" || op == "mul";
      if (llvm::is_contained(info.operands[0].elementTypes, type) &&
          !(rounds && type == ElementType::F64))
        value = addNode(op, info.operands.size() == 1
                                ? Names{value}
                                : Names{value, random.pick(others)});
    }
    return value;
  }

  /// Adds a choice between two chains.
  std::string addChoice(const std::string &condition, const std::string &value,
                        const Names &others) {
    std::string regions =
        "{\"then\": " +
        region({}, [&] { return Names{addChain(value, others)}; }) +
        ", \"else\": " +
        region({},
               [&] { return Names{addChain(random.pick(others), others)}; }) +
        "}";
    return addNode("if", {condition}, {}, regions);
  }

  /// The text of a region; `build` adds its nodes and gives its outputs.
  template <typename Build>
  std::string region(const Names &inputs, const Build &build) {
    std::string around;
    std::swap(nodes, around);
    Names outputs = build();
    std::string text = "{";
    if (!inputs.empty())
      text += "\"inputs\": " + quotedList(inputs) + ", ";
    text +=
        "\"nodes\": [" + nodes + "], \"outputs\": " + quotedList(outputs) + "}";
    std::swap(nodes, around);
    return text;
  }

private:
  ElementType type;
  Random &random;
  int numNames = 0;
  /// Of the region that is being written.
  std::string nodes;
};

std::string drawIf(RegionWriter &writer) {
  auto branch = [&] {
    return writer.region(
        {}, [&] { return Names{writer.addChain("$0", {"$0", "$1"}), "$1"}; });
  };
  return "{\"then\": " + branch() + ", \"else\": " + branch() + "}";
}

/// Carries two values, which change places, and a counter.
std::string drawWhile(RegionWriter &writer, Random &random) {
  Names tested = {writer.newName(), writer.newName(), writer.newName()};
  std::string condition = writer.region(
      tested, [&] { return Names{writer.addComparison(tested[2], 3)}; });
  Names carried = {writer.newName(), writer.newName(), writer.newName()};
  std::string body = writer.region(carried, [&] {
    Names others = {carried[0], carried[1], "$0"};
    std::string next = writer.addChain(carried[0], others);
    if (random.percent(40))
      next =
          writer.addChoice(writer.addComparison(carried[2], 1), next, others);
    std::string count =
        writer.addNode("add", {carried[2], writer.addCounter(1)});
    return random.percent(50) ? Names{carried[1], next, count}
                              : Names{next, carried[1], count};
  });
  return "{\"condition\": " + condition + ", \"body\": " + body + "}";
}

std::string drawScan(RegionWriter &writer, bool hasState) {
  std::string element = writer.newName();
  Names arguments = {element}, others = {element, "$0"};
  if (hasState) {
    arguments.insert(arguments.begin(), writer.newName());
    others.push_back(arguments[0]);
  }
  return "{\"body\": " + writer.region(arguments, [&] {
    Names outputs = {writer.addChain(arguments[0], others)};
    if (hasState)
      outputs.push_back(writer.addChain(element, others));
    return outputs;
  }) + "}";
}

} // namespace

std::vector<int64_t>
Graph::drawControl(const Pair &pair, Attributes &attributes, Regions &regions) {
  auto number = [](size_t value) { return int64_t(value); };
  if (pair.op->name == "if") {
    const OpInfo &any = *findGraphOp("while");
    ElementType type = random.pick(any.operands[0].elementTypes);
    std::vector<int64_t> shape = drawShape(random.below(5), random);
    RegionWriter writer(type, random);
    regions = {drawIf(writer), 2};
    return {number(existingOr(pair.type, {})), number(existingOr(type, shape)),
            number(existingOr(type, shape))};
  }
  RegionWriter writer(pair.type, random);
  size_t first = firstOperand(pair);
  std::vector<int64_t> shape = values[first].bounds.center.shape();
  if (pair.op->name == "while") {
    regions = {drawWhile(writer, random), 1};
    return {number(first), number(existingOr(pair.type, shape)),
            number(addConstant(ElementType::I32, random.below(5))),
            number(existingOr(pair.type, shape))};
  }
  attributes["reverse"] = random.percent(50) ? "true" : "false";
  // Of a sequence alone, the slices have one dimension less.
  bool hasState = shape.empty() || random.percent(70);
  regions = {drawScan(writer, hasState), 1};
  if (!hasState) {
    shape.erase(shape.begin());
    return {number(first), number(existingOr(pair.type, shape))};
  }
  std::vector<int64_t> sequence = shape;
  sequence.insert(sequence.begin(),
                  random.pick(std::vector<int64_t>{0, 1, 3, 5}));
  return {number(first), number(existingOr(pair.type, sequence)),
          number(existingOr(pair.type, shape))};
}

} // namespace tactus::differential
