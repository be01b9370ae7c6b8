//===- SingleOp.h - One op, run by the interpreter --------------*- C++ -*-===//
#ifndef TACTUS_TESTS_DIFFERENTIAL_SINGLEOP_H
#define TACTUS_TESTS_DIFFERENTIAL_SINGLEOP_H

#include "compiler/Graph/OpTable.h"
#include "compiler/Graph/Program.h"
#include <filesystem>
#include <map>
#include <optional>

namespace tactus::differential {

/// Attributes of a node, as JSON text.
using Attributes = std::map<std::string, std::string>;

/// The regions of an op of control flow, as JSON text in which `%` stands for
/// the node's name and `$k` for the name of the k-th value of the graph that
/// they read. These values stand behind the node's operands.
struct Regions {
  std::string text = {};
  size_t numCaptured = 0;
};

/// `"name": "y", "op": "relu", "inputs": ["x"], ...` in braces; an empty
/// operand is an absent one.
std::string nodeText(const OpInfo &op, const std::string &name,
                     const std::vector<std::string> &operands,
                     const Attributes &attributes, const Regions &regions = {});

/// Reads a graph of which the parameters are in `folder`; nothing where the
/// reader refuses it, and then why.
std::optional<Program> readGraphText(const std::string &json,
                                     const std::filesystem::path &folder,
                                     std::string &refusal);

/// A graph of one node.
class SingleOp {
public:
  /// Null where the op refuses operands of these types; absent operands have
  /// none.
  static std::optional<SingleOp>
  make(const OpInfo &op, const std::vector<std::optional<TensorType>> &operands,
       const Attributes &attributes, std::string &refusal,
       const Regions &regions = {});

  size_t numResults() const;
  /// Takes a tensor for each operand that is not absent; gives one result.
  Tensor run(const std::vector<Tensor> &operands, size_t result = 0) const;

private:
  explicit SingleOp(Program program) : program(std::move(program)) {}
  Program program;
};

} // namespace tactus::differential

#endif // TACTUS_TESTS_DIFFERENTIAL_SINGLEOP_H
