//===- IndexMap.cpp - Where a loop nest touches a tensor ------------------===//
#include "compiler/Conversion/Kernels/IndexMap.h"
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace tactus {

IndexMap mapOfLoops(ArrayRef<int64_t> loops, unsigned numLoops) {
  IndexMap map(loops.size());
  for (auto [index, loop] : llvm::zip(map, loops)) {
    index.coefficients.assign(numLoops, 0);
    if (loop >= 0)
      index.coefficients[loop] = 1;
  }
  return map;
}

IndexMap identityMap(unsigned rank) {
  return mapOfLoops(llvm::to_vector(llvm::seq<int64_t>(0, rank)), rank);
}

/// Dimensions align at the right; an operand's dimension of size 1 is read at
/// 0.
static IndexMap mapOfBroadcast(RankedTensorType operand,
                               RankedTensorType result, const IndexMap &map) {
  IndexMap read;
  int64_t shift = result.getRank() - operand.getRank();
  for (int64_t d = 0; d < operand.getRank(); ++d) {
    LinearIndex index = map[d + shift];
    // A dimension that does not repeat keeps its loop, also where its size
    // is 1.
    if (operand.getDimSize(d) == 1 && result.getDimSize(d + shift) != 1) {
      index.offset = 0;
      index.coefficients.assign(index.coefficients.size(), 0);
    }
    read.push_back(std::move(index));
  }
  return read;
}

static IndexMap mapOfSlice(ir::SliceOp op, const IndexMap &map) {
  IndexMap read = map;
  ArrayRef<int64_t> shape = op.getInput().getType().getShape();
  for (auto [i, first] : llvm::enumerate(op.getStarts())) {
    int64_t dim = op.getAxes() ? (*op.getAxes())[i] : int64_t(i);
    int64_t step = op.getSteps() ? (*op.getSteps())[i] : 1;
    if (dim < 0)
      dim += shape.size();
    ir::SliceRange range =
        ir::sliceRange(shape[dim], first, op.getEnds()[i], step);
    read[dim].offset = range.start + range.step * read[dim].offset;
    for (int64_t &coefficient : read[dim].coefficients)
      coefficient *= range.step;
  }
  return read;
}

FailureOr<IndexMap> mapOfOperand(Operation *op, unsigned index,
                                 const IndexMap &map) {
  auto result = cast<RankedTensorType>(op->getResult(0).getType());
  auto operand = cast<RankedTensorType>(op->getOperand(index).getType());
  if (isa<ir::ElementwiseOpInterface, ir::BroadcastOp>(op))
    return mapOfBroadcast(operand, result, map);
  if (auto transpose = dyn_cast<ir::TransposeOp>(op)) {
    IndexMap read(map.size());
    for (auto [to, from] : llvm::enumerate(transpose.getPerm()))
      read[from] = map[to];
    return read;
  }
  if (auto slice = dyn_cast<ir::SliceOp>(op))
    return mapOfSlice(slice, map);
  return failure();
}

FlatAccess flatten(const IndexMap &map, ArrayRef<int64_t> shape,
                   unsigned numLoops) {
  FlatAccess access;
  access.coefficients.assign(numLoops, 0);
  int64_t stride = 1;
  for (int64_t d = int64_t(shape.size()) - 1; d >= 0; --d) {
    access.offset += stride * map[d].offset;
    for (unsigned l = 0; l < numLoops; ++l)
      access.coefficients[l] += stride * map[d].coefficients[l];
    stride *= shape[d];
  }
  return access;
}

std::optional<std::pair<Value, FlatAccess>> accessOf(Value value,
                                                     const IndexMap &map) {
  Operation *op = value.getDefiningOp();
  auto type = cast<RankedTensorType>(value.getType());
  if (!op)
    return std::pair(value, flatten(map, type.getShape(),
                                    unsigned(map.front().coefficients.size())));
  if (op->getNumOperands() != 1)
    return std::nullopt;
  FailureOr<IndexMap> read = mapOfOperand(op, 0, map);
  return failed(read) ? std::nullopt : accessOf(op->getOperand(0), *read);
}

bool liesAlong(Value value, const IndexMap &map, unsigned along,
               unsigned across) {
  auto access = accessOf(value, map);
  return access && access->second.coefficients[along] == 1 &&
         access->second.coefficients[across] > 1;
}

SmallVector<LoopGroup> mergeLoops(ArrayRef<int64_t> sizes,
                                  ArrayRef<bool> reduced,
                                  ArrayRef<FlatAccess> accesses) {
  SmallVector<LoopGroup> groups;
  for (unsigned l = 0; l < sizes.size(); ++l) {
    if (sizes[l] == 1)
      continue;
    auto continues = [&](const FlatAccess &access) {
      return access.coefficients[groups.back().loop] ==
             access.coefficients[l] * sizes[l];
    };
    if (!groups.empty() && groups.back().reduced == reduced[l] &&
        llvm::all_of(accesses, continues)) {
      groups.back().size *= sizes[l];
      groups.back().loop = l;
    } else {
      groups.push_back({sizes[l], l, reduced[l]});
    }
  }
  return groups;
}

} // namespace tactus
