//===- Rows.h - What reductions walk over -----------------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_INTERPRETER_ROWS_H
#define TACTUS_RUNTIME_INTERPRETER_ROWS_H

#include "runtime/Interpreter/Strides.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"

namespace tactus::interpreter {

/// The elements that each element of the result comes from.
struct Rows {
  Shape keptShape, keptStrides, reducedShape, reducedStrides;

  Rows(const std::vector<int64_t> &shape, llvm::ArrayRef<int64_t> axes) {
    Shape strides = stridesOf(shape);
    for (size_t d = 0; d < shape.size(); ++d) {
      bool isReduced = llvm::is_contained(axes, int64_t(d));
      (isReduced ? reducedShape : keptShape).push_back(shape[d]);
      (isReduced ? reducedStrides : keptStrides).push_back(strides[d]);
    }
  }

  int64_t length() const {
    int64_t count = 1;
    for (int64_t size : reducedShape)
      count *= size;
    return count;
  }

  /// Calls `visit(result, row)` for each result; `row(fn)` calls fn(position,
  /// offset) for its elements in row-major order.
  template <typename Fn> void forEach(Fn &&visit) const {
    forEachOffset(keptShape, keptStrides, 0, [&](int64_t i, int64_t start) {
      visit(i, [&](auto &&fn) {
        forEachOffset(reducedShape, reducedStrides, start, fn);
      });
    });
  }
};

} // namespace tactus::interpreter

#endif // TACTUS_RUNTIME_INTERPRETER_ROWS_H
