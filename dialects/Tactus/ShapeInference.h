//===- ShapeInference.h - The shape functions of the ops --------*- C++ -*-===//
//
// ODS inference, the graph builder and shape specialization all call these.
// Each reports against `location`, where there is one, and fails.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_DIALECTS_TACTUS_SHAPEINFERENCE_H
#define TACTUS_DIALECTS_TACTUS_SHAPEINFERENCE_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Operation.h"
#include "mlir/IR/ValueRange.h"
#include <optional>

namespace tactus::ir {

/// Bytes and rank of one tensor at most; the runtime has the same limits.
inline constexpr int64_t maxTensorBytes = int64_t(1) << 40;
inline constexpr int64_t maxRank = 32;

/// Fails where `type` is beyond these limits, so that no product of sizes
/// overflows. Dynamic sizes and sizes of 0 count as 1: neither excuses the
/// others.
mlir::LogicalResult verifyLimits(std::optional<mlir::Location> location,
                                 mlir::RankedTensorType type);

/// Broadcasts two shapes as NumPy does. A dynamic dimension beside 1 or another
/// dynamic one stays dynamic; beside another size it takes that size.
mlir::FailureOr<llvm::SmallVector<int64_t>>
broadcastShapes(std::optional<mlir::Location> location,
                llvm::ArrayRef<int64_t> lhs, llvm::ArrayRef<int64_t> rhs);

/// The type of an elementwise op whose operands have one element type: the
/// broadcast shape on tensors, the same type on vectors and scalars.
mlir::LogicalResult inferBroadcast(std::optional<mlir::Location> location,
                                   mlir::ValueRange operands,
                                   llvm::SmallVectorImpl<mlir::Type> &types);

/// The same with another element type, for operands of any element types.
mlir::LogicalResult inferBroadcastTo(std::optional<mlir::Location> location,
                                     mlir::ValueRange operands,
                                     mlir::Type elementType,
                                     llvm::SmallVectorImpl<mlir::Type> &types);

/// Fails where the operands have several element types.
mlir::LogicalResult verifyOneElementType(std::optional<mlir::Location> location,
                                         mlir::ValueRange operands);

/// Gives the results of an op the types that follow from its operands, for ops
/// that infer them; fails after a diagnostic where the operands disagree.
llvm::LogicalResult inferAgain(mlir::Operation *op);

/// A negative axis counts from the end; fails where it is out of range.
mlir::FailureOr<int64_t> normalizeAxis(std::optional<mlir::Location> location,
                                       int64_t axis, int64_t rank);

/// The same for several axes, which come back sorted; fails where one repeats.
/// Absent axes are all.
mlir::FailureOr<llvm::SmallVector<int64_t>>
normalizeAxes(std::optional<mlir::Location> location,
              std::optional<llvm::ArrayRef<int64_t>> axes, int64_t rank);

/// The type of a reduction of `input` over sorted `axes`.
mlir::RankedTensorType reducedType(mlir::RankedTensorType input,
                                   llvm::ArrayRef<int64_t> axes, bool keepdims,
                                   mlir::Type elementType);

/// The element types that a contraction or sum of `operand` elements may give;
/// the first is the default.
llvm::SmallVector<mlir::Type> accumulationTypes(mlir::Type operand);

/// How many elements `tactus.range` gives; nothing where delta is 0, a bound is
/// not finite, or the tensor would be too large.
std::optional<int64_t> rangeLength(int64_t start, int64_t limit, int64_t delta);
std::optional<int64_t> rangeLength(double start, double limit, double delta);

/// Whether `type` is an element type of the dialect.
bool isElementType(mlir::Type type);

/// Whether the element type holds `value`, but for rounding of floats.
bool holdsValue(mlir::Type elementType, double value);

/// The elements that a slice takes of one dimension.
struct SliceRange {
  int64_t start = 0, step = 1, count = 0;
};

/// What `start`, `end` and `step`, as in ONNX, mean for a dimension of `size`.
SliceRange sliceRange(int64_t size, int64_t start, int64_t end, int64_t step);

/// Makes a dynamic `size` known where `other`, which is the same, is known;
/// fails where both are known and differ.
mlir::LogicalResult joinSizes(int64_t &size, int64_t other);

} // namespace tactus::ir

#endif // TACTUS_DIALECTS_TACTUS_SHAPEINFERENCE_H
