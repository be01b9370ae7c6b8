//===- ShapeParts.h - Two shapes of the same elements -----------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SHAPEPARTS_H
#define TACTUS_COMPILER_TRANSFORMS_SHAPEPARTS_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/SmallVector.h"
#include <cstdint>
#include <optional>

namespace tactus {

/// Dimensions [from, from + fromCount) of one shape that are [to, to + toCount)
/// of another.
struct ShapePart {
  size_t from = 0, fromCount = 0, to = 0, toCount = 0;
};

/// The least parts of which both shapes, of as many elements and more than
/// none, consist.
llvm::SmallVector<ShapePart> partsOf(llvm::ArrayRef<int64_t> from,
                                     llvm::ArrayRef<int64_t> to);

/// The shape that broadcasts to `to` as `operand` does to `from`; none where
/// part of a dimension is broadcast.
std::optional<llvm::SmallVector<int64_t>>
shapeIn(llvm::ArrayRef<int64_t> operand, llvm::ArrayRef<int64_t> from,
        llvm::ArrayRef<int64_t> to);

/// The elements [start, start + size) of a dimension of `whole`.
struct DimensionRange {
  int64_t start = 0, size = 0, whole = 0;
};

/// The ranges, of the sizes `to`, that hold the elements of `ranges`; none
/// where these are no ranges there.
std::optional<llvm::SmallVector<DimensionRange>>
rangesIn(llvm::ArrayRef<DimensionRange> ranges, llvm::ArrayRef<int64_t> to);

} // namespace tactus

#endif // TACTUS_COMPILER_TRANSFORMS_SHAPEPARTS_H
