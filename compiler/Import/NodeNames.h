//===- NodeNames.h - Names of the values of a graph -------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_IMPORT_NODENAMES_H
#define TACTUS_COMPILER_IMPORT_NODENAMES_H

#include "compiler/Graph/Program.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringSet.h"
#include <string>

namespace tactus {

/// The operands of an op as files list them: one value for each up to the last
/// that is there, null for those that are absent.
llvm::SmallVector<mlir::Value> listedOperands(mlir::Operation *op);

/// Gives every value of @main, those in regions too, the name by which a graph
/// refers to it: the user's, where there is one and it is not taken, else one
/// made from the op.
class NodeNames {
public:
  /// Throws where an input and a parameter have one name.
  explicit NodeNames(mlir::func::FuncOp main);

  /// The name of a node.
  const std::string &of(mlir::Operation *op) const { return nodes.at(op); }
  /// `x`, `h`, `h:1`.
  std::string of(mlir::Value value) const;
  /// A constant that stands inline as an operand of its one user, in the same
  /// region; it has no name, and its element type follows from the operands
  /// beside it.
  bool isInline(mlir::Operation *op) const { return inlined.contains(op); }

private:
  void findInline(mlir::Operation &user);
  std::string makeUnique(std::string name);

  llvm::DenseMap<mlir::Operation *, std::string> nodes;
  llvm::DenseSet<mlir::Operation *> inlined;
  /// Those of @main and of regions.
  llvm::DenseMap<mlir::Value, std::string> arguments;
  llvm::StringSet<> taken;
};

} // namespace tactus

#endif // TACTUS_COMPILER_IMPORT_NODENAMES_H
