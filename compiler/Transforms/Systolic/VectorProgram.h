//===- VectorProgram.h - Elementwise ops as steps of the vector unit ------===//
//
// The vector unit works on rows. A kernel's space is cut in two: its last loop
// runs along a row, all others count rows. What a value depends on gives its
// form, and an op becomes a step or two on buffers of such forms, the same for
// every chunk of rows.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_VECTORPROGRAM_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_VECTORPROGRAM_H

#include "compiler/Conversion/Kernels/IndexMap.h"
#include "dialects/Systolic/Machine.h"
#include "dialects/Systolic/SystolicDialect.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus::systolic {

/// What a value of a kernel varies with.
enum class Form : uint8_t { Scalar, Row, Column, Full };

inline bool hasRows(Form form) {
  return form == Form::Column || form == Form::Full;
}
inline bool hasColumns(Form form) {
  return form == Form::Row || form == Form::Full;
}
inline Form formOf(bool rows, bool columns) {
  return rows ? (columns ? Form::Full : Form::Column)
              : (columns ? Form::Row : Form::Scalar);
}

/// The form of what is read at `map`, whose last of `numLoops` loops runs along
/// a row.
Form formOf(const IndexMap &map, unsigned numLoops);

/// The machine's type of a tensor's elements; none where it has none.
std::optional<ElementKind> elementKindOf(mlir::Type type);
inline int64_t byteSize(ElementKind kind) {
  return byteSize(DataType(kind));
}

/// An argument of a kernel, as the kernel's loops read it.
struct Read {
  unsigned argument = 0;
  IndexMap map;

  bool operator==(const Read &) const = default;
};

/// One buffer of a chunk of rows.
struct VectorValue {
  Form form = Form::Full;
  ElementKind type = ElementKind::f32;
  /// Where it is loaded from.
  std::optional<Read> read;
  /// The drained sums of the kernel's product.
  bool isProduct = false;
  /// Zeros, for constants of more than one element.
  bool isZero = false;
};

/// One instruction of the vector unit, on values by number.
struct VectorStep {
  VectorKind kind = VectorKind::add;
  unsigned result = 0, lhs = 0;
  std::optional<unsigned> rhs;
  RightKind right = RightKind::rows;
  bool negate = false;
  float immediate = 0;
  FunctionKind function = FunctionKind::none;
  float alpha = 0, beta = 0;
  int64_t zeroPoint = 0;
};

struct VectorProgram {
  std::vector<VectorValue> values;
  std::vector<VectorStep> steps;
  unsigned result = 0;

  /// Values that a chunk keeps in buffers of its own at one time, at most.
  unsigned peakBuffers() const;
};

/// The constant that all of `value` is, as an f32; none where it is not one.
std::optional<float> constantOf(mlir::Value value);

/// The table function that `op` applies; none where it is another.
std::optional<FunctionKind> tableFunctionOf(mlir::Operation *op);

/// What a kernel begins with that is computed already.
struct Seed {
  mlir::Value value;
  ElementKind type = ElementKind::f32;
};

/// Writes `result` of a kernel's body, wanted at `map` of loops of `sizes`, as
/// steps. Fails where
/// an op has none, after `refuse` has said which and why.
mlir::FailureOr<VectorProgram> planVector(
    mlir::Value result, const IndexMap &map, llvm::ArrayRef<int64_t> sizes,
    std::optional<Seed> seed,
    llvm::function_ref<void(mlir::Operation *, const llvm::Twine &)> refuse);

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_VECTORPROGRAM_H
