//===- ProgramBuilder.h - Instructions with their tokens --------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PROGRAMBUILDER_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PROGRAMBUILDER_H

#include "dialects/Systolic/Encoding.h"
#include "dialects/Systolic/SystolicDialect.h"
#include "llvm/ADT/DenseMap.h"

namespace tactus::systolic {

/// A part of a buffer or of a tensor in DRAM that tokens are kept for: two
/// accesses of one part are ordered unless both read.
struct Part {
  mlir::Value buffer;
  int64_t index = 0;
};
using Parts = llvm::SmallVector<Part, 4>;

/// Rows of a buffer, the first of them and the distance between them.
struct Rows {
  mlir::Value buffer;
  int64_t row = 0;
  int64_t stride = 1;
  Parts parts;
};

/// Bytes of a tensor in DRAM: rows of them.
struct DramRows {
  mlir::Value tensor;
  int64_t offset = 0;
  int64_t stride = 0;
  Parts parts;
};

/// Builds a program's instructions, each waiting for those that touched its
/// parts before: a reader for the last writer, a writer for the last writer
/// and all readers since.
class ProgramBuilder {
public:
  ProgramBuilder(mlir::OpBuilder &builder, mlir::Location loc)
      : builder(builder), loc(loc) {}

  mlir::Value alloc(int64_t rows, mlir::Type space);
  mlir::Value allocBuffer(int64_t rows) {
    return alloc(rows, UnifiedBufferType::get(builder.getContext()));
  }

  /// `rows` rows of `bytes` each; `broadcast` repeats the first.
  struct Transfer {
    Rows local;
    DramRows dram;
    int64_t rows = 0, bytes = 0;
    bool broadcast = false;
  };
  void load(const Transfer &transfer);
  void store(const Transfer &transfer);
  /// Rows of zeros.
  void clear(const Rows &local, int64_t rows, int64_t bytes);

  struct Weights {
    /// One of the two.
    std::optional<DramRows> dram;
    std::optional<Rows> local;
    ElementKind type = ElementKind::i8;
    int64_t k = 0, n = 0;
    bool transpose = false;
  };
  void loadWeights(const Weights &weights);

  struct Multiply {
    Rows input, sums;
    ElementKind type = ElementKind::i8;
    int64_t k = 0, rows = 0;
    bool switchWeights = true, accumulate = false;
  };
  void multiply(const Multiply &multiply);

  struct Activation {
    Rows sums, destination;
    std::optional<Rows> scales, slopes, residual;
    ElementKind input = ElementKind::i32, output = ElementKind::i8;
    int64_t rows = 0, columns = 0;
    FunctionKind function = FunctionKind::none;
    float alpha = 0, beta = 0, scale = 1, outputScale = 1;
    bool residualFirst = false;
    int64_t zeroPoint = 0;
  };
  void activate(const Activation &activation);

  struct VectorWork {
    Rows lhs, destination;
    std::optional<Rows> rhs;
    VectorKind kind = VectorKind::add;
    RightKind right = RightKind::rows;
    ElementKind input = ElementKind::f32, rightInput = ElementKind::f32,
                output = ElementKind::f32;
    bool negate = false;
    FunctionKind function = FunctionKind::none;
    float alpha = 0, beta = 0, immediate = 0;
    int64_t zeroPoint = 0;
    int64_t rows = 0, columns = 0;
  };
  void work(const VectorWork &work);
  /// Result `kernelResult` of `kernel` on `inputs`, to `bytes` of `tensor`.
  struct HostWork {
    mlir::Value tensor;
    llvm::SmallVector<mlir::Value> inputs;
    int64_t offset = 0, bytes = 0;
    llvm::StringRef kernel;
    int64_t kernelResult = 0;
  };
  void hostCall(const HostWork &work);
  void halt();

  /// The layer that instructions work for from now on.
  int64_t layer = 0;

private:
  int64_t numHostCalls = 0;

  mlir::Operation *create(llvm::StringRef name, mlir::ValueRange operands,
                          llvm::ArrayRef<int32_t> segments,
                          mlir::NamedAttrList attributes,
                          llvm::ArrayRef<Part> reads,
                          llvm::ArrayRef<Part> writes);
  mlir::NamedAttribute number(llvm::StringRef name, int64_t value);
  mlir::NamedAttribute single(llvm::StringRef name, float value);
  mlir::NamedAttribute element(llvm::StringRef name, ElementKind kind);
  mlir::NamedAttribute flag(llvm::StringRef name);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  /// The last of each queue says it for those before.
  struct Accesses {
    mlir::Value writer;
    std::array<mlir::Value, numQueues> readers;
  };
  llvm::DenseMap<std::pair<mlir::Value, int64_t>, Accesses> accesses;
};

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PROGRAMBUILDER_H
