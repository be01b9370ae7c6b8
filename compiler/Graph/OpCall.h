//===- OpCall.h - One op that the API adds to a graph -----------*- C++ -*-===//
#ifndef TACTUS_COMPILER_GRAPH_OPCALL_H
#define TACTUS_COMPILER_GRAPH_OPCALL_H

#include "mlir/IR/Attributes.h"
#include "mlir/IR/OperationSupport.h"
#include "tactus/Graph.h"
#include <optional>

namespace tactus {

/// Collects the operands and attributes of an op, then adds it. Each function
/// of the API is one expression of this class:
///
///     return OpCall::on<ir::EluOp>({&input}).set("alpha", alpha).value();
class OpCall {
public:
  /// `operands` has one for each operand of the op, null for an absent one.
  /// Throws where they are of several graphs, or a number fits no value beside
  /// it.
  template <typename Op>
  static OpCall on(llvm::ArrayRef<const Operand *> operands) {
    return OpCall(Op::getOperationName(), operands);
  }
  /// An op without operands.
  template <typename Op>
  static OpCall in(Graph &graph, const std::source_location &where) {
    return OpCall(Op::getOperationName(), graph, where);
  }

  OpCall &&set(llvm::StringRef name, double value) &&;
  OpCall &&set(llvm::StringRef name, int64_t value) &&;
  OpCall &&set(llvm::StringRef name, bool value) &&;
  OpCall &&set(llvm::StringRef name, ElementType type) &&;
  OpCall &&set(llvm::StringRef name, const TensorType &type) &&;
  OpCall &&set(llvm::StringRef name, const std::vector<int64_t> &values) &&;
  /// Leaves an absent attribute out.
  template <typename T>
  OpCall &&set(llvm::StringRef name, const std::optional<T> &value) && {
    return value ? std::move(*this).set(name, *value) : std::move(*this);
  }
  /// An enum's attribute, `Attr`, of one of its cases.
  template <typename Attr, typename Case>
  OpCall &&setCase(llvm::StringRef name, Case value) && {
    return std::move(*this).set(name, Attr::get(context(), value));
  }

  /// The types of the arguments of an op of control flow's region; throws what
  /// the op has to say of its operands and attributes.
  llvm::SmallVector<mlir::Type> regionArguments(unsigned region) const;
  /// The next region of an op of control flow.
  OpCall &&region(std::unique_ptr<mlir::Region> region) &&;

  /// Adds the op. Throws what the op has to say where it refuses.
  Value value() &&;
  /// The same, with all results of an op that has several.
  std::vector<Value> values() &&;

private:
  OpCall(llvm::StringRef name, llvm::ArrayRef<const Operand *> operands);
  OpCall(llvm::StringRef name, Graph &graph, const std::source_location &where);
  OpCall &&set(llvm::StringRef name, mlir::Attribute attribute) &&;
  mlir::MLIRContext *context() const;
  mlir::Operation *add();

  /// Without the dialect.
  llvm::StringRef mnemonic;
  std::shared_ptr<GraphState> state;
  std::source_location where;
  llvm::SmallVector<mlir::Value> operands;
  mlir::NamedAttrList attributes;
  llvm::SmallVector<std::unique_ptr<mlir::Region>> regions;
};

} // namespace tactus

#endif // TACTUS_COMPILER_GRAPH_OPCALL_H
