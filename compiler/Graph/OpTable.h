//===- OpTable.h - What graphs may say of each op ---------------*- C++ -*-===//
//
// Readers and writers of graphs are driven by this table, which is generated
// from the dialect's .td files; none of them names an op.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_COMPILER_GRAPH_OPTABLE_H
#define TACTUS_COMPILER_GRAPH_OPTABLE_H

#include "tactus/ElementType.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace tactus {

struct OperandInfo {
  llvm::StringLiteral name;
  bool isOptional;
  bool isVariadic;
  llvm::ArrayRef<ElementType> elementTypes;
};

enum class AttributeKind {
  Integer,
  Float,
  Bool,
  IntegerArray,
  Enum,
  ElementType,
  TensorType,
  /// The values of a constant; their type stands beside them.
  Elements,
  /// That type, which is no attribute of the op.
  TypeOfElements
};

struct AttributeInfo {
  llvm::StringLiteral name;
  AttributeKind kind;
  /// It has no default and is not optional.
  bool isRequired;
  /// The default as JSON has it; empty where there is none.
  llvm::StringLiteral defaultText;
  /// Of an enum: the attribute's name in the dialect, and its choices.
  llvm::StringLiteral mnemonic;
  llvm::ArrayRef<llvm::StringLiteral> cases;
};

struct OpInfo {
  /// Without the dialect: `matmul`.
  llvm::StringLiteral name;
  llvm::StringLiteral family;
  /// Of the first result.
  llvm::ArrayRef<ElementType> resultTypes;
  llvm::ArrayRef<OperandInfo> operands;
  llvm::ArrayRef<AttributeInfo> attributes;
  /// What files call its regions.
  llvm::ArrayRef<llvm::StringLiteral> regions;

  const AttributeInfo *findAttribute(llvm::StringRef name) const;
  /// How many operands a node gives at least; at most as many as `operands`,
  /// or any number where the last one is variadic.
  size_t leastOperands() const;
  bool isVariadic() const;
  /// The element type of a number that is written as operand `index`, beside
  /// values of element types `beside`, which has nothing for other numbers:
  /// that of the first value that the op treats alike, else one that the
  /// operand may have. Nothing where there is no value.
  std::optional<ElementType>
  typeOfNumber(size_t index,
               llvm::ArrayRef<std::optional<ElementType>> beside) const;
  /// `lhs, rhs`; `input, scale (optional)`.
  std::string describeOperands() const;
};

/// The ops that a graph may hold, by name.
llvm::ArrayRef<OpInfo> graphOps();
/// Null where there is none.
const OpInfo *findGraphOp(llvm::StringRef name);

} // namespace tactus

#endif // TACTUS_COMPILER_GRAPH_OPTABLE_H
