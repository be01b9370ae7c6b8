//===- Graph.h - Random graphs ----------------------------------*- C++ -*-===//
#ifndef TACTUS_TESTS_DIFFERENTIAL_GRAPH_H
#define TACTUS_TESTS_DIFFERENTIAL_GRAPH_H

#include "tests/differential/Bounded.h"
#include "tests/differential/Random.h"

namespace tactus::differential {

/// The operand whose element type tells the variants of an op apart: the first
/// but where that has one type alone, as the condition of select.
size_t typedOperand(const OpInfo &op);

/// An op, and the element type of that operand, or of its result where it has
/// none.
struct Pair {
  const OpInfo *op = nullptr;
  ElementType type = ElementType::F32;

  std::string str() const {
    return op->name.str() + " " + std::string(toString(type));
  }
  auto operator<=>(const Pair &) const = default;
};

/// A graph that grows node by node; each node is run by the interpreter as it
/// is added, so its value and its bounds are known.
class Graph {
public:
  struct Value {
    std::string name;
    Bounded bounds;
    bool isUsed = false;

    /// The name as an output, which holds no ':'.
    std::string outputName() const;
  };

  struct Node {
    const OpInfo *op = nullptr;
    /// Numbers of values, -1 for absent ones; those that regions read last.
    std::vector<int64_t> operands;
    Attributes attributes;
    Regions regions;
    /// The number of its first result; the others follow.
    size_t firstResult = 0;
    /// As it stands in the file.
    std::string text;
  };

  explicit Graph(uint64_t seed) : random(seed) {}

  /// Adds a node of this op whose typed operand has this element type. False
  /// where 30 draws of operands and attributes were all refused; `refusal()`
  /// then tells the last one's reason.
  bool addNode(const Pair &pair);
  const std::string &refusal() const { return refused; }
  /// Adds an operand that is no node's result: an input, now and then a
  /// parameter.
  size_t addLeaf(ElementType type, const std::vector<int64_t> &shape,
                 bool isInput = false);
  /// Adds a node with these operands, given as numbers of values, -1 for absent
  /// ones; false where the op refuses them.
  bool tryNode(const OpInfo &op, const std::vector<int64_t> &operands,
               const Attributes &attributes, const Regions &regions = {});
  /// Adds a constant of shape []: `value`, or a quarter of it of a float type;
  /// gives its number.
  size_t addConstant(ElementType type, int64_t value);
  /// Adds an input or a parameter; gives its number.
  size_t addTensor(Tensor tensor, bool isParameter);

  Random random;
  /// All sizes are known, and no value that a node uses is an output too, as an
  /// array wants it.
  bool isStatic = false;
  std::vector<Value> values;
  std::vector<Node> nodes;
  /// What each node drew.
  std::vector<Pair> pairs;

  /// The graph whose outputs are the values that no node uses and some others,
  /// or all. With `dynamic`, sizes of 5 of inputs are the dimension `n`.
  std::string json(bool dynamic, bool allOutputs) const;
  std::map<std::string, Tensor> inputTensors() const;
  ParameterStore parameters() const;
  /// Numbers of the values that are outputs.
  std::vector<size_t> outputs(bool all) const;

private:
  struct Leaf {
    size_t value;
    bool isParameter;
  };

  size_t addValue(const std::string &name, Bounded bounds);
  size_t firstOperand(const Pair &pair);
  size_t addIndices(ElementType type, const std::vector<int64_t> &shape,
                    const std::vector<int64_t> &sizes);
  std::vector<int64_t> drawIndexing(const OpInfo &op, size_t data,
                                    Attributes &attributes);
  size_t existingOr(ElementType type, const std::vector<int64_t> &shape);
  std::vector<int64_t> drawOperands(const OpInfo &op, size_t first,
                                    Attributes &attributes);
  std::vector<int64_t> drawControl(const Pair &pair, Attributes &attributes,
                                   Regions &regions);

  std::vector<Leaf> leaves;
  /// Values that are results of nodes, as no leaf may be an output.
  std::vector<size_t> results;
  std::string refused;
};

/// Every op and element type that the dialect declares, but for constants.
std::vector<Pair> allPairs();

} // namespace tactus::differential

#endif // TACTUS_TESTS_DIFFERENTIAL_GRAPH_H
