//===- GraphBuilder.h - The one builder of graphs ---------------*- C++ -*-===//
//
// The C++ API and every reader build the dialect through this class, so that
// each op is checked in one way as it is added, wherever it came from.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_COMPILER_GRAPH_GRAPHBUILDER_H
#define TACTUS_COMPILER_GRAPH_GRAPHBUILDER_H

#include "compiler/Graph/Program.h"
#include "mlir/IR/OperationSupport.h"
#include "runtime/Support/Diagnostics.h"
#include "tactus/Tensor.h"

namespace tactus {

class GraphBuilder {
public:
  explicit GraphBuilder(llvm::StringRef name);
  GraphBuilder(const GraphBuilder &) = delete;
  GraphBuilder &operator=(const GraphBuilder &) = delete;

  mlir::MLIRContext *context() const { return contextOwner.get(); }
  std::shared_ptr<mlir::MLIRContext> sharedContext() const {
    return contextOwner;
  }
  /// The node's name and its place in a file, as printed modules keep them.
  mlir::Location location(const Error::Place &place) const;

  mlir::Value addInput(llvm::StringRef name, const TensorType &type,
                       mlir::Location location);
  mlir::Value addParameter(llvm::StringRef name, const TensorType &type,
                           mlir::Location location);
  mlir::Value addConstant(const Tensor &tensor, mlir::Location location);
  /// Adds `tactus.<mnemonic>`. `operands` has one value for each operand of the
  /// op, null for an absent one; result types are inferred. Where the op
  /// refuses them, says why in `diagnostics` at `location` and returns null.
  mlir::Operation *addOp(llvm::StringRef mnemonic,
                         llvm::ArrayRef<mlir::Value> operands,
                         mlir::NamedAttrList attributes,
                         mlir::Location location, Diagnostics &diagnostics);
  void addOutput(llvm::StringRef name, mlir::Value value);

  /// The program so far, with a module of its own; its parameters are for the
  /// caller to set.
  Program finish() const;

private:
  struct NamedValue {
    std::string name;
    mlir::Value value;
  };

  std::shared_ptr<mlir::MLIRContext> contextOwner;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::func::FuncOp main;
  mlir::Block *body;
  mlir::Operation *lastParameter = nullptr;
  llvm::SmallVector<mlir::DictionaryAttr> inputAttributes;
  std::vector<NamedValue> outputs;
};

} // namespace tactus

#endif // TACTUS_COMPILER_GRAPH_GRAPHBUILDER_H
