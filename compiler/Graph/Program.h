//===- Program.h - What readers give and the driver takes -------*- C++ -*-===//
#ifndef TACTUS_COMPILER_GRAPH_PROGRAM_H
#define TACTUS_COMPILER_GRAPH_PROGRAM_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "tactus/Executable.h"
#include "tactus/ParameterStore.h"
#include <memory>
#include <string>
#include <vector>

namespace tactus {

/// The names of attributes of @main's arguments and results, and of the module.
inline constexpr const char *nameAttribute = "tactus.name";
/// Names of dimensions, one a dimension; empty for those that are sizes.
inline constexpr const char *dimsAttribute = "tactus.dims";
/// On the arguments that are results of @prepare.
inline constexpr const char *preparedAttribute = "tactus.prepared";
/// The file of parameters, as the graph's file names it.
inline constexpr const char *parametersAttribute = "tactus.parameters";

/// A graph, whoever made it: a verified module whose @main is the entry, and
/// the parameters that it refers to.
struct Program {
  std::shared_ptr<mlir::MLIRContext> context;
  // After the context, so that it goes first.
  mlir::OwningOpRef<mlir::ModuleOp> module;
  ParameterStore parameters;
  /// As in the graph's file, relative to its folder; may be empty.
  std::string parameterFile;

  Program() = default;
  Program(Program &&) = default;
  /// A default one would drop the context before what it owns.
  Program &operator=(Program &&other) {
    module = std::move(other.module);
    context = std::move(other.context);
    parameters = std::move(other.parameters);
    parameterFile = std::move(other.parameterFile);
    return *this;
  }

  mlir::func::FuncOp main() const;
};

/// A context without threads that has the dialects of graphs and no others.
std::shared_ptr<mlir::MLIRContext> makeContext();

/// The names and types of @main's arguments, but for those that @prepare gives,
/// and results. Where attributes lack a name, it is made from the number:
/// `input0`, `output0`, and for dimensions `input0.1`. Dimensions of results
/// have the names of inputs' dimensions that they are known to equal.
std::vector<Port> inputPorts(mlir::func::FuncOp main);
std::vector<Port> outputPorts(mlir::func::FuncOp main);

} // namespace tactus

#endif // TACTUS_COMPILER_GRAPH_PROGRAM_H
