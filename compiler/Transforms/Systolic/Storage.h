//===- Storage.h - Where the tensors of a program lie -----------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_STORAGE_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_STORAGE_H

#include "compiler/Transforms/Systolic/MachineKernel.h"
#include "compiler/Transforms/Systolic/ProgramBuilder.h"

namespace tactus::systolic {

/// How a constant lies that is cut into tiles of weights, as `systolic.dram`
/// says.
struct Tiling {
  int64_t height = 0, rows = 0, columns = 0;

  bool operator==(const Tiling &) const = default;
};

/// The memory of one tensor: row-major in DRAM, in the unified buffer with each
/// row of the tensor at a row of its own, or both.
struct Storage {
  Storage(mlir::RankedTensorType type, const Machine &machine);

  mlir::RankedTensorType type;
  /// Of what the machine computes with; f32 stands for what only moves or is
  /// the host's.
  ElementKind element = ElementKind::f32;
  /// The tensor as a matrix of its last dimension.
  int64_t rows = 1, columns = 1;
  /// Rows of the unified buffer that a row takes.
  int64_t span = 1;
  /// Tokens are kept for blocks of this many rows and columns.
  int64_t tileRows = 1, tileColumns = 1;

  mlir::Value dram, local;
  /// Nothing writes it while the program runs, so nothing waits for it.
  bool isConstant = false;
  /// Of a constant that is read tile by tile.
  std::optional<Tiling> tiling;
  /// It must be in DRAM, whatever is kept on the chip.
  bool needsDram = false;
  /// Kept in the unified buffer from the kernel that makes it to the last that
  /// reads it, by number.
  bool isResident = false;
  int64_t firstKernel = 0, lastKernel = 0;

  int64_t elementBytes() const {
    return llvm::divideCeil(type.getElementTypeBitWidth(), 8u);
  }
  int64_t localRows() const { return rows * span; }
  /// The parts of `buffer` that rows and columns of the matrix lie in.
  Parts parts(mlir::Value buffer, int64_t row, int64_t numRows, int64_t column,
              int64_t numColumns) const;
};

/// A tensor in a storage: element i lies `offset + sum of strides[d] * i[d]`
/// elements from its begin.
struct View {
  Storage *storage = nullptr;
  int64_t offset = 0;
  llvm::SmallVector<int64_t> strides;

  /// All of `storage`, in order.
  static View of(Storage *storage);
  bool isContiguous(llvm::ArrayRef<int64_t> shape) const;

  bool operator==(const View &) const = default;
};

llvm::SmallVector<int64_t> contiguousStrides(llvm::ArrayRef<int64_t> shape);

/// `view` of shape `from` as one of shape `to` with the same elements; none
/// where it has no strides.
std::optional<View> reshapeView(const View &view, llvm::ArrayRef<int64_t> from,
                                llvm::ArrayRef<int64_t> to);

/// The place, of `shape`, of what `map` permutes into `place`; none where it is
/// more than permuted.
std::optional<View> invertView(const View &place, const IndexMap &map,
                               llvm::ArrayRef<int64_t> shape);

/// Whether rows of a tensor of `shape` are rows of the storage.
bool hasRows(const View &view, llvm::ArrayRef<int64_t> shape);

/// Whether others can read it where it is: rows of it, none of them twice.
bool isView(const View &view, llvm::ArrayRef<int64_t> shape);

/// The elements of a storage that a kernel's loops touch, in its elements.
struct Access {
  Storage *storage = nullptr;
  int64_t offset = 0;
  /// For each loop.
  llvm::SmallVector<int64_t> strides;

  int64_t stride(unsigned loop) const { return strides[loop]; }
};

Access accessOf(const View &view, const IndexMap &map, unsigned numLoops);

/// Calls `body` with (first row, number of rows, offset of the first, stride)
/// for each run of rows [first, first + count) of loops of `sizes` that lie
/// evenly apart.
void forEachRun(llvm::ArrayRef<int64_t> sizes, llvm::ArrayRef<int64_t> strides,
                int64_t first, int64_t count,
                llvm::function_ref<void(int64_t row, int64_t rows,
                                        int64_t offset, int64_t stride)>
                    body);

/// `rows` rows of `columns` elements, `stride` elements apart from `offset` on,
/// as rows of the storage's buffer; none where they do not begin at its rows.
std::optional<Rows> localRows(const Storage &storage, const Machine &machine,
                              int64_t offset, int64_t stride, int64_t rows,
                              int64_t columns);

/// The same in DRAM.
DramRows dramRows(const Storage &storage, int64_t offset, int64_t stride,
                  int64_t rows, int64_t columns);

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_STORAGE_H
