//===- IndexedRead.cpp - Places that depend on an operand -----------------===//
#include "compiler/Conversion/Kernels/IndexedRead.h"
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace tactus {
namespace {

/// Puts together where one op reads or writes.
class Builder {
public:
  Builder(Value data, Value indices, const IndexMap &map, unsigned numLoops)
      : data(data), indices(indices), map(map), numLoops(numLoops),
        shape(shapeOf(data)), strides(shape.size(), 1) {
    for (size_t d = shape.size(); d-- > 1;)
      strides[d - 1] = strides[d] * shape[d];
  }

  /// Slices along `axis`: the dimensions of indices stand in its place.
  IndexedRead slices(int64_t axis) const {
    size_t rank = shapeOf(indices).size();
    IndexMap index(map.begin() + axis, map.begin() + axis + rank);
    IndexMap place(map.begin(), map.begin() + axis);
    place.push_back(constant(0));
    place.append(map.begin() + axis + rank, map.end());
    return {data, flatten(place, shape, numLoops), {lookup(index, axis)}};
  }

  /// Elements along `axis`: indices have the dimensions of the map.
  IndexedRead along(int64_t axis) const {
    IndexMap place = map;
    place[axis] = constant(0);
    return {data, flatten(place, shape, numLoops), {lookup(map, axis)}};
  }

  /// Rows of indices name dimensions from `batch` on.
  IndexedRead rows(int64_t batch) const {
    int64_t rank = shapeOf(indices).size(), length = shapeOf(indices).back();
    IndexMap place(map.begin(), map.begin() + batch);
    place.append(length, constant(0));
    place.append(map.begin() + (rank - 1), map.end());
    IndexedRead read{data, flatten(place, shape, numLoops), {}};
    for (int64_t i = 0; i < length; ++i) {
      IndexMap index(map.begin(), map.begin() + (rank - 1));
      index.push_back(constant(i));
      read.lookups.push_back(lookup(index, batch + i));
    }
    return read;
  }

  int64_t axisOf(int64_t axis) const {
    return *ir::normalizeAxis(std::nullopt, axis, shape.size());
  }

private:
  static ArrayRef<int64_t> shapeOf(Value value) {
    return cast<RankedTensorType>(value.getType()).getShape();
  }
  LinearIndex constant(int64_t value) const {
    LinearIndex index;
    index.offset = value;
    index.coefficients.assign(numLoops, 0);
    return index;
  }
  IndexLookup lookup(const IndexMap &index, int64_t dim) const {
    return {indices, index, shape[dim], strides[dim]};
  }

  Value data, indices;
  const IndexMap &map;
  unsigned numLoops;
  ArrayRef<int64_t> shape;
  SmallVector<int64_t> strides;
};

} // namespace

FailureOr<IndexedRead> IndexedRead::of(Operation *op, const IndexMap &map,
                                       unsigned numLoops) {
  if (!isa<ir::IndexingOpInterface>(op))
    return failure();
  Builder builder(op->getOperand(0), op->getOperand(1), map, numLoops);
  return llvm::TypeSwitch<Operation *, FailureOr<IndexedRead>>(op)
      .Case([&](ir::GatherOp gather) {
        return builder.slices(builder.axisOf(gather.getAxis()));
      })
      .Case<ir::GatherElementsOp, ir::ScatterElementsOp>([&](auto elements) {
        return builder.along(builder.axisOf(elements.getAxis()));
      })
      .Case([&](ir::GatherNdOp gather) {
        return builder.rows(gather.getBatchDims());
      })
      .Case([&](ir::ScatterNdOp) { return builder.rows(0); })
      .Default([](Operation *) { return failure(); });
}

} // namespace tactus
