//===- GraphBuilder.h - The one builder of graphs ---------------*- C++ -*-===//
//
// The C++ API and every reader build the dialect through this class, so that
// each op is checked in one way as it is added, wherever it came from.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_COMPILER_GRAPH_GRAPHBUILDER_H
#define TACTUS_COMPILER_GRAPH_GRAPHBUILDER_H

#include "compiler/Graph/Program.h"
#include "mlir/IR/Builders.h"
#include "runtime/Support/Diagnostics.h"
#include "tactus/Tensor.h"

namespace tactus {

class GraphBuilder {
public:
  using Regions = llvm::SmallVector<std::unique_ptr<mlir::Region>>;

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
  /// The types of the arguments of region number `region` of
  /// `tactus.<mnemonic>`, an op of control flow. Where its operands cannot be
  /// right, says why in `diagnostics` and returns nothing.
  std::optional<llvm::SmallVector<mlir::Type>>
  regionArguments(llvm::StringRef mnemonic,
                  llvm::ArrayRef<mlir::Value> operands,
                  mlir::NamedAttrList attributes, unsigned region,
                  mlir::Location location, Diagnostics &diagnostics);
  /// Begins a region of an op of control flow, to which ops are added until it
  /// ends; it sees the values of the regions around it.
  llvm::SmallVector<mlir::Value>
  beginRegion(llvm::ArrayRef<mlir::Type> argumentTypes,
              llvm::ArrayRef<mlir::Location> locations);
  /// Gives the region that was begun last, which yields `results`.
  std::unique_ptr<mlir::Region> endRegion(llvm::ArrayRef<mlir::Value> results,
                                          mlir::Location location);
  /// Drops the region that was begun last: it is no part of the graph.
  void dropRegion() { drop(open.pop_back_val()); }
  /// The one that was begun last.
  mlir::Region &openRegion() { return *open.back(); }
  /// Whether ops that are added now may use `value`: it is no value of a region
  /// that has ended.
  bool isVisible(mlir::Value value) const;
  /// Whether it is a value of no region.
  bool isAtTop(mlir::Value value) const {
    return value.getParentBlock() == body;
  }

  /// Adds `tactus.<mnemonic>`. `operands` has one value for each operand of the
  /// op, null for an absent one; result types are inferred. Takes `regions`.
  /// Where the op refuses them, says why in `diagnostics` at `location`, drops
  /// the regions and returns null.
  mlir::Operation *addOp(llvm::StringRef mnemonic,
                         llvm::ArrayRef<mlir::Value> operands,
                         mlir::NamedAttrList attributes,
                         mlir::Location location, Diagnostics &diagnostics,
                         Regions regions = {});
  void addOutput(llvm::StringRef name, mlir::Value value);

  /// The program so far, with a module of its own; its parameters are for the
  /// caller to set.
  Program finish() const;

private:
  void drop(std::unique_ptr<mlir::Region> region);
  /// Adds ops where they go now.
  mlir::OpBuilder atEnd() const;

  struct NamedValue {
    std::string name;
    mlir::Value value;
  };

  std::shared_ptr<mlir::MLIRContext> contextOwner;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::func::FuncOp main;
  /// Of @main.
  mlir::Block *body;
  /// Those that are being built, each inside the one before.
  Regions open;
  /// Those that never became part of the graph: callers may hold their values.
  Regions dropped;
  mlir::Operation *lastParameter = nullptr;
  llvm::SmallVector<mlir::DictionaryAttr> inputAttributes;
  std::vector<NamedValue> outputs;
};

} // namespace tactus

#endif // TACTUS_COMPILER_GRAPH_GRAPHBUILDER_H
