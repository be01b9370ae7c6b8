//===- ShapeParts.cpp - Two shapes of the same elements -------------------===//
#include "compiler/Transforms/ShapeParts.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace tactus {

SmallVector<ShapePart> partsOf(ArrayRef<int64_t> from, ArrayRef<int64_t> to) {
  SmallVector<ShapePart> parts;
  for (size_t i = 0, j = 0; i < from.size() || j < to.size();) {
    ShapePart part{i, 0, j, 0};
    int64_t left = 1, right = 1;
    do {
      bool takesLeft = j == to.size() || (i < from.size() && left <= right);
      if (takesLeft)
        left *= from[i++];
      else
        right *= to[j++];
    } while (left != right);
    part.fromCount = i - part.from;
    part.toCount = j - part.to;
    parts.push_back(part);
  }
  return parts;
}

std::optional<SmallVector<int64_t>> shapeIn(ArrayRef<int64_t> operand,
                                            ArrayRef<int64_t> from,
                                            ArrayRef<int64_t> to) {
  SmallVector<int64_t> padded(from.size() - operand.size(), 1);
  llvm::append_range(padded, operand);
  SmallVector<int64_t> result;
  for (const ShapePart &part : partsOf(from, to)) {
    ArrayRef<int64_t> sizes = ArrayRef(padded).slice(part.from, part.fromCount);
    if (sizes == from.slice(part.from, part.fromCount))
      llvm::append_range(result, to.slice(part.to, part.toCount));
    else if (llvm::all_of(sizes, [](int64_t size) { return size == 1; }))
      result.append(part.toCount, 1);
    else
      return std::nullopt;
  }
  return result;
}

/// The same where the shapes are one part.
static std::optional<SmallVector<DimensionRange>>
rangesOfPart(ArrayRef<DimensionRange> ranges, ArrayRef<int64_t> to) {
  SmallVector<DimensionRange> result;
  for (int64_t size : to)
    result.push_back({0, size, size});
  // One range of all elements, in their order, as far as there is a part of one
  // dimension with whole ones behind it.
  DimensionRange all{0, 1, 1};
  for (const DimensionRange &range : ranges) {
    if (all.size != 1 && range.size != range.whole)
      return std::nullopt;
    all = {all.start * range.whole + range.start, all.size * range.size,
           all.whole * range.whole};
  }
  if (all.size == all.whole)
    return result;
  if (to.empty())
    return std::nullopt;
  int64_t inside = all.size / to.front();
  if (all.start % inside != 0 || all.whole % inside != 0)
    return std::nullopt;
  result.front() = {all.start / inside, to.front(), all.whole / inside};
  return result;
}

std::optional<SmallVector<DimensionRange>>
rangesIn(ArrayRef<DimensionRange> ranges, ArrayRef<int64_t> to) {
  auto from = llvm::map_to_vector(
      ranges, [](const DimensionRange &range) { return range.size; });
  SmallVector<DimensionRange> result;
  for (const ShapePart &part : partsOf(from, to)) {
    auto moved = rangesOfPart(ranges.slice(part.from, part.fromCount),
                              to.slice(part.to, part.toCount));
    if (!moved)
      return std::nullopt;
    llvm::append_range(result, *moved);
  }
  return result;
}

} // namespace tactus
