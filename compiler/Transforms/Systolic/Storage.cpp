//===- Storage.cpp - Where the tensors of a program lie -------------------===//
#include "compiler/Transforms/Systolic/Storage.h"
#include "dialects/Systolic/Footprint.h"

using namespace mlir;

namespace tactus::systolic {

Storage::Storage(RankedTensorType type, const Machine &machine)
    : type(type), element(elementKindOf(type).value_or(ElementKind::f32)) {
  columns = type.getRank() == 0 ? 1 : type.getShape().back();
  rows = columns == 0 ? 0 : type.getNumElements() / columns;
  span = spanOf(machine, Space::UnifiedBuffer, columns * elementBytes());
  // A block of the array's own size is what the next product begins with.
  tileRows = std::max<int64_t>(machine.rows, 64);
  tileColumns = machine.columns;
}

Parts Storage::parts(Value buffer, int64_t row, int64_t numRows, int64_t column,
                     int64_t numColumns) const {
  Parts parts;
  if (isConstant)
    return parts;
  int64_t across = llvm::divideCeil(columns, tileColumns);
  int64_t lastRow = std::min(row + numRows, rows) - 1;
  int64_t lastColumn = std::min(column + numColumns, columns) - 1;
  for (int64_t i = row / tileRows; i <= lastRow / tileRows; ++i)
    for (int64_t j = column / tileColumns; j <= lastColumn / tileColumns; ++j)
      parts.push_back({buffer, i * across + j});
  return parts;
}

SmallVector<int64_t> contiguousStrides(ArrayRef<int64_t> shape) {
  SmallVector<int64_t> strides(shape.size());
  int64_t stride = 1;
  for (size_t d = shape.size(); d-- > 0;) {
    strides[d] = stride;
    stride *= shape[d];
  }
  return strides;
}

View View::of(Storage *storage) {
  return {storage, 0, contiguousStrides(storage->type.getShape())};
}

bool View::isContiguous(ArrayRef<int64_t> shape) const {
  SmallVector<int64_t> expected = contiguousStrides(shape);
  for (auto [size, stride, other] : llvm::zip(shape, strides, expected))
    if (size != 1 && stride != other)
      return false;
  return true;
}

/// Both shapes are cut into the shortest groups of dimensions of equal product;
/// within a group the old dimensions must lie evenly.
std::optional<View> reshapeView(const View &view, ArrayRef<int64_t> from,
                                ArrayRef<int64_t> to) {
  View result{view.storage, view.offset, SmallVector<int64_t>(to.size(), 1)};
  size_t i = 0, j = 0;
  while (i < from.size() || j < to.size()) {
    size_t firstOld = i, firstNew = j;
    int64_t old = i < from.size() ? from[i++] : 1;
    int64_t now = j < to.size() ? to[j++] : 1;
    while (old != now)
      if (old < now && i < from.size())
        old *= from[i++];
      else if (j < to.size())
        now *= to[j++];
      else
        return std::nullopt;
    // Dimensions of size 1 belong to no group in particular.
    std::optional<int64_t> stride;
    for (size_t d = i; d-- > firstOld;) {
      if (from[d] == 1)
        continue;
      if (stride && view.strides[d] != *stride)
        return std::nullopt;
      stride = view.strides[d] * from[d];
    }
    int64_t inner = 1;
    for (size_t d = i; d-- > firstOld;)
      if (from[d] != 1) {
        inner = view.strides[d];
        break;
      }
    for (size_t d = j; d-- > firstNew;) {
      result.strides[d] = inner;
      inner *= to[d];
    }
  }
  return result;
}

std::optional<View> invertView(const View &place, const IndexMap &map,
                               ArrayRef<int64_t> shape) {
  View inverse{place.storage, place.offset,
               SmallVector<int64_t>(shape.size(), 1)};
  if (shape.size() != place.strides.size())
    return std::nullopt;
  SmallVector<bool> used(place.strides.size());
  for (auto [d, index] : llvm::enumerate(map)) {
    int64_t loop = -1;
    for (auto [l, coefficient] : llvm::enumerate(index.coefficients))
      if (coefficient != 0) {
        if (coefficient != 1 || loop >= 0 || used[l])
          return std::nullopt;
        loop = int64_t(l);
      }
    if (loop < 0 || index.offset != 0)
      return std::nullopt;
    used[loop] = true;
    inverse.strides[d] = place.strides[loop];
  }
  return inverse;
}

bool hasRows(const View &view, ArrayRef<int64_t> shape) {
  return shape.empty() || shape.back() == 1 || view.strides.back() == 1;
}

bool isView(const View &view, ArrayRef<int64_t> shape) {
  for (auto [size, stride] : llvm::zip(shape, view.strides))
    if (size != 1 && stride <= 0)
      return false;
  return hasRows(view, shape);
}

Access accessOf(const View &view, const IndexMap &map, unsigned numLoops) {
  Access access{view.storage, view.offset, SmallVector<int64_t>(numLoops, 0)};
  for (auto [index, stride] : llvm::zip(map, view.strides)) {
    access.offset += stride * index.offset;
    for (unsigned l = 0; l < numLoops; ++l)
      access.strides[l] += stride * index.coefficients[l];
  }
  return access;
}

void forEachRun(
    ArrayRef<int64_t> sizes, ArrayRef<int64_t> strides, int64_t first,
    int64_t count,
    llvm::function_ref<void(int64_t, int64_t, int64_t, int64_t)> body) {
  // Neighboring loops that lie evenly are one.
  SmallVector<int64_t> size, stride;
  for (auto [n, s] : llvm::zip(sizes, strides)) {
    if (n == 1)
      continue;
    if (!size.empty() && stride.back() == s * n) {
      size.back() *= n;
      stride.back() = s;
    } else {
      size.push_back(n);
      stride.push_back(s);
    }
  }
  if (size.empty())
    return body(first, count, 0, 0);
  for (int64_t row = first, end = first + count; row < end;) {
    int64_t inner = row % size.back(), outer = row / size.back();
    // Instructions count rows upward only.
    int64_t rows =
        stride.back() < 0 ? 1 : std::min(end - row, size.back() - inner);
    int64_t offset = inner * stride.back();
    for (size_t d = size.size() - 1; d-- > 0; outer /= size[d])
      offset += outer % size[d] * stride[d];
    body(row, rows, offset, stride.back());
    row += rows;
  }
}

std::optional<Rows> localRows(const Storage &storage, const Machine &machine,
                              int64_t offset, int64_t stride, int64_t rows,
                              int64_t columns) {
  int64_t column = offset % storage.columns;
  int64_t bytes = column * storage.elementBytes();
  bool isEven = rows == 1 || stride % storage.columns == 0;
  if (!isEven || bytes % machine.unifiedBufferRowBytes != 0 ||
      column + columns > storage.columns)
    return std::nullopt;
  Rows local;
  local.buffer = storage.local;
  local.row = offset / storage.columns * storage.span +
              bytes / machine.unifiedBufferRowBytes;
  int64_t step = rows == 1 ? 1 : stride / storage.columns;
  local.stride = rows == 1 ? 1 : step * storage.span;
  int64_t first = offset / storage.columns;
  local.parts = storage.parts(storage.local, first, (rows - 1) * step + 1,
                              column, columns);
  return local;
}

/// The tile whose first element is `offset` in the row-major tensor.
static DramRows dramTile(const Storage &storage, int64_t offset, int64_t rows,
                         int64_t columns) {
  const Tiling &tiling = *storage.tiling;
  int64_t row = offset / storage.columns, column = offset % storage.columns;
  int64_t inPiece = row % tiling.height;
  int64_t tileRows = std::min(tiling.rows, tiling.height - inPiece);
  DramRows dram;
  dram.tensor = storage.dram;
  dram.offset =
      (row * storage.columns + tileRows * column) * storage.elementBytes();
  dram.stride = rows == 1 ? 0 : columns * storage.elementBytes();
  return dram;
}

DramRows dramRows(const Storage &storage, int64_t offset, int64_t stride,
                  int64_t rows, int64_t columns) {
  if (storage.tiling)
    return dramTile(storage, offset, rows, columns);
  DramRows dram;
  dram.tensor = storage.dram;
  dram.offset = offset * storage.elementBytes();
  dram.stride = rows == 1 ? 0 : stride * storage.elementBytes();
  int64_t column = offset % storage.columns, row = offset / storage.columns;
  int64_t last = offset + (rows - 1) * stride + columns - 1;
  bool isMatrix = (rows == 1 || stride % storage.columns == 0) &&
                  column + columns <= storage.columns;
  if (!isMatrix) {
    column = 0;
    columns = storage.columns;
  }
  dram.parts = storage.parts(storage.dram, row,
                             last / storage.columns - row + 1, column, columns);
  return dram;
}

} // namespace tactus::systolic
