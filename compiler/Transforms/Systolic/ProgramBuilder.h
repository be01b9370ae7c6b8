//===- ProgramBuilder.h - Instructions with their tokens --------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PROGRAMBUILDER_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PROGRAMBUILDER_H

#include "dialects/Systolic/Machine.h"
#include "dialects/Systolic/SystolicDialect.h"
#include "llvm/ADT/DenseMap.h"

namespace tactus::systolic {

/// Builds a program's instructions, each waiting for those that touched its
/// buffers before: a reader for the last writer, a writer for the last writer
/// and all readers since.
class ProgramBuilder {
public:
  ProgramBuilder(mlir::OpBuilder &builder, mlir::Location loc)
      : builder(builder), loc(loc) {}

  mlir::Value alloc(int64_t rows, mlir::Type space);

  struct Transfer {
    mlir::Value local, dram;
    int64_t offset = 0, dramStride = 0, rows = 0, rowBytes = 0;
    int64_t localStride = 1;
    bool broadcast = false;
  };
  void load(const Transfer &transfer);
  void store(const Transfer &transfer);
  void loadWeights(mlir::Value source, int64_t k, int64_t n, int64_t offset,
                   int64_t stride);
  void multiply(mlir::Value input, mlir::Value sums, int64_t k, int64_t rows,
                bool accumulate);
  struct Drain {
    mlir::Value sums, destination;
    int64_t rows = 0, columns = 0, stride = 1;
    bool relu = false;
    std::optional<float> scale;
    int64_t zeroPoint = 0;
  };
  void drain(const Drain &drain);
  void halt();

  /// The layer that instructions work for from now on.
  int64_t layer = 0;

private:
  mlir::Operation *create(llvm::StringRef name, mlir::ValueRange operands,
                          llvm::ArrayRef<int32_t> segments,
                          mlir::NamedAttrList attributes,
                          mlir::ValueRange reads, mlir::ValueRange writes);
  mlir::NamedAttribute number(llvm::StringRef name, int64_t value);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  struct Accesses {
    mlir::Value writer;
    llvm::SmallVector<mlir::Value> readers;
  };
  llvm::DenseMap<mlir::Value, Accesses> accesses;
};

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PROGRAMBUILDER_H
