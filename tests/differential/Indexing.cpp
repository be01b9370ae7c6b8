//===- Indexing.cpp - Random indices --------------------------------------===//
#include "tests/differential/Attributes.h"
#include "tests/differential/Graph.h"
#include <algorithm>

namespace tactus::differential {

using Sizes = std::vector<int64_t>;

/// Adds a leaf of indices from -size to size - 1, one size for each element of
/// the last dimension, or for all.
size_t Graph::addIndices(ElementType type, const Sizes &shape,
                         const Sizes &sizes) {
  Tensor tensor = Tensor::zeros({type, {shape.begin(), shape.end()}});
  dispatch(type, [&](auto tag) {
    using T = decltype(tag);
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      size_t next = 0;
      for (T &index : tensor.mutableData<T>()) {
        int64_t size = sizes[next++ % sizes.size()];
        index = T(random.between(std::is_signed_v<T> ? -size : 0,
                                 std::max<int64_t>(size, 1) - 1));
      }
    }
  });
  return addTensor(std::move(tensor), random.percent(20));
}

/// Indices that are in range, and updates, for what gathers and scatters.
std::vector<int64_t> Graph::drawIndexing(const OpInfo &op, size_t data,
                                         Attributes &attributes) {
  Sizes shape = values[data].bounds.center.shape();
  ElementType type = values[data].bounds.center.elementType();
  int64_t rank = int64_t(shape.size());
  std::vector<int64_t> operands = {int64_t(data)};
  if (rank == 0)
    return operands;
  Sizes indices, updates, sizes;
  if (op.name == "gather_nd" || op.name == "scatter_nd") {
    int64_t batch = 0;
    if (op.name == "gather_nd") {
      batch = random.below(rank);
      attributes["batch_dims"] = std::to_string(batch);
    }
    int64_t length = random.between(1, rank - batch);
    indices.assign(shape.begin(), shape.begin() + batch);
    for (int64_t d = random.below(3); d > 0; --d)
      indices.push_back(random.pick(Sizes{1, 3, 5, 20}));
    updates = indices;
    indices.push_back(length);
    sizes.assign(shape.begin() + batch, shape.begin() + batch + length);
    updates.insert(updates.end(), shape.begin() + batch + length, shape.end());
  } else {
    int64_t axis = random.between(-rank, rank - 1);
    attributes["axis"] = std::to_string(axis);
    axis = axis < 0 ? axis + rank : axis;
    sizes = {shape[size_t(axis)]};
    if (op.name == "gather") {
      indices = drawShape(random.below(3), random);
    } else {
      for (int64_t d = 0; d < rank; ++d)
        indices.push_back(d == axis ? random.pick(Sizes{1, 4, 7, 16, 19})
                                    : random.between(0, shape[size_t(d)]));
      updates = indices;
    }
  }
  // An empty dimension has no index that is in range.
  int64_t count = 1;
  for (int64_t size : indices)
    count *= size;
  if (count > 0 && *std::min_element(sizes.begin(), sizes.end()) == 0)
    return operands;
  operands.push_back(int64_t(
      addIndices(random.percent(50) ? ElementType::I32 : ElementType::I64,
                 indices, sizes)));
  if (op.operands.size() == 3)
    operands.push_back(int64_t(existingOr(type, updates)));
  return operands;
}

} // namespace tactus::differential
