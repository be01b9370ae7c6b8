//===- OpValues.h - What each op gives, worked by hand ----------*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_INTERPRETER_OPVALUES_H
#define TACTUS_TESTS_UNIT_INTERPRETER_OPVALUES_H

#include <span>
#include <vector>

namespace tactus::test {

/// What an operand or a result holds.
struct Operand {
  const char *type;
  std::vector<double> elements;
};

struct Case {
  const char *op;
  const char *attributes = "";
  std::vector<Operand> operands = {};
  Operand result;
  /// Results after the first.
  std::vector<Operand> others = {};
  /// Inputs of the graph after the operands, which regions use.
  std::vector<Operand> captured = {};
  /// The members of the JSON object.
  const char *regions = "";
};

/// Arithmetic, functions and logic.
std::span<const Case> elementwiseCases();
/// Movement, indexing and joining.
std::span<const Case> shapeCases();
std::span<const Case> quantizationCases();
/// Reductions, norms, running sums and sorting.
std::span<const Case> reductionCases();
/// Tensors from nothing.
std::span<const Case> creationCases();
/// Choice and repetition.
std::span<const Case> controlCases();

} // namespace tactus::test

#endif // TACTUS_TESTS_UNIT_INTERPRETER_OPVALUES_H
