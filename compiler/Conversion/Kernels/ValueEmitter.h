//===- ValueEmitter.h - Elements of a kernel's values -----------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_VALUEEMITTER_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_VALUEEMITTER_H

#include "compiler/Conversion/Kernels/IndexChecks.h"
#include "compiler/Conversion/Kernels/IndexedRead.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/DenseMap.h"

namespace tactus {

/// Lanes of every vector outside contractions, whatever the machine's width, so
/// that the order of a reduction does not depend on it.
inline constexpr int64_t kernelLanes = 16;
/// Below this many elements a vector is mostly mask.
inline constexpr int64_t minVectorElements = 4;

/// A flat buffer that holds a tensor's elements.
struct Buffer {
  mlir::Value memref;
  mlir::RankedTensorType type;
};

/// Index arithmetic with constants folded as it is built.
mlir::Value buildLinear(mlir::OpBuilder &builder, mlir::Location loc,
                        int64_t offset, llvm::ArrayRef<int64_t> strides,
                        llvm::ArrayRef<mlir::Value> loops);

/// A mask whose first `count` of `lanes` lanes are inside.
mlir::Value firstLanes(mlir::OpBuilder &builder, mlir::Location loc,
                       int64_t count, int64_t lanes = kernelLanes);

/// The element type in memory: i1 and ui8 are stored as i8, f16 and bf16 as
/// i16.
mlir::Type storageType(mlir::Type elementType);

/// Emits the elements of a kernel's tensor values at one place of a loop nest:
/// a vector along the nest's vector loop, or a scalar where the value does not
/// change along it.
///
/// Ops are cloned onto vectors; what they mean is left to `tactus-expand-math`.
class ValueEmitter {
public:
  explicit ValueEmitter(mlir::OpBuilder &builder) : builder(builder) {}

  /// The loops around the place where code is being emitted.
  struct Place {
    llvm::SmallVector<LoopGroup> groups;
    /// One per group; null where that loop has not been entered.
    llvm::SmallVector<mlir::Value> indices;
    /// The group whose index counts `lanes` elements at once, or -1.
    int64_t vectorGroup = -1;
    int64_t lanes = kernelLanes;
    /// The lanes inside the tensor, where not all are.
    mlir::Value mask;
    unsigned numLoops = 0;
  };
  Place place;
  /// Where indices are checked; kernels whose ops index have it.
  IndexChecks *checks = nullptr;

  /// Names the memory of a kernel's argument or result.
  void addBuffer(mlir::Value tensor, Buffer buffer) {
    buffers[tensor] = buffer;
  }
  const Buffer &buffer(mlir::Value tensor) const {
    return buffers.find(tensor)->second;
  }

  /// Gives `tensor` at `map` the value `element` until the scope ends.
  void bind(mlir::Value tensor, const IndexMap &map, mlir::Value element);
  /// Emitted values are reused within a scope and the scopes inside it.
  void pushScope() { scopes.push_back({bound.size(), lookups.size()}); }
  void popScope() {
    auto [numBound, numLookups] = scopes.pop_back_val();
    bound.resize(numBound);
    lookups.erase(lookups.begin() + std::ptrdiff_t(numLookups), lookups.end());
  }

  mlir::FailureOr<mlir::Value> emit(mlir::Value tensor, const IndexMap &map);
  /// The index that a lookup of `op` finds, checked and counted from the front:
  /// an i64, or a vector of them.
  mlir::FailureOr<mlir::Value> emitLookup(mlir::Operation *op,
                                          const IndexLookup &lookup);
  /// Emits those lookups of `op`, whose result is wanted at `map`, that no loop
  /// changes which has not been entered, so that it need not look again.
  mlir::LogicalResult emitInvariantLookups(mlir::Operation *op,
                                           const IndexMap &map);
  /// Whether `value` is computed from a reduction that has no value yet.
  bool waitsForReduction(mlir::Value value) const;
  /// Where an op that indexes touches its data.
  struct IndexedPlace {
    mlir::Value index;
    /// What each lane adds to `index`, as i64; null where they lie `stride`
    /// apart.
    mlir::Value lanes;
    int64_t stride = 0;
  };
  mlir::FailureOr<IndexedPlace> emitPlace(mlir::Operation *op,
                                          const IndexedRead &read);
  mlir::Value load(const Buffer &buffer, const FlatAccess &access);
  void store(mlir::Value element, const Buffer &buffer,
             const FlatAccess &access);
  /// The same at `index`, with lanes that are `stride` apart; one element where
  /// that is 0.
  mlir::Value loadAt(const Buffer &buffer, mlir::Value index, int64_t stride);
  void storeAt(mlir::Value element, const Buffer &buffer, mlir::Value index,
               int64_t stride);
  /// How many lanes are inside the tensor; they are the first ones.
  int64_t numLanesInside() const;
  /// As a vector of the place's lanes.
  mlir::Value splat(mlir::Value element);
  /// The opposite, of a vector or what is none.
  mlir::Value firstLane(mlir::Value element);
  mlir::Type vectorOf(mlir::Type elementType) const;
  /// The index of a flat access at this place.
  mlir::Value indexOf(const FlatAccess &access);

  /// Between the element type of a tensor and that of its memory; scalars or
  /// vectors.
  mlir::Value fromStorage(mlir::Value stored, mlir::Type elementType);
  mlir::Value toStorage(mlir::Value element, mlir::Type elementType);

private:
  struct Bound {
    mlir::Value tensor;
    IndexMap map;
    mlir::Value element;
  };

  int64_t vectorStride(const FlatAccess &access) const;
  mlir::FailureOr<mlir::Value> emitGather(mlir::Operation *op,
                                          const IndexMap &map);
  mlir::Value loadLanes(const Buffer &buffer, mlir::Value index,
                        mlir::Value lanes);
  mlir::Value constantMask();
  mlir::Value laneSteps(int64_t stride);
  mlir::Value loadBackward(mlir::Value memref, mlir::VectorType type,
                           mlir::Value index);
  void storeMasked(mlir::Value element, mlir::Value memref, mlir::Value index);
  void storeLane(mlir::Value element, int64_t lane, mlir::Value memref,
                 mlir::Value index, int64_t stride);
  mlir::FailureOr<mlir::Value> emitIota(mlir::Operation *op,
                                        const LinearIndex &index,
                                        mlir::Type elementType);

  mlir::OpBuilder &builder;
  llvm::DenseMap<mlir::Value, Buffer> buffers;
  llvm::SmallVector<Bound> bound;
  /// Indices that were checked; the op is that of the kernel.
  struct CheckedLookup {
    mlir::Operation *op;
    IndexLookup lookup;
    mlir::Value index;
  };
  std::vector<CheckedLookup> lookups;
  llvm::SmallVector<std::pair<size_t, size_t>> scopes;
};

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_VALUEEMITTER_H
