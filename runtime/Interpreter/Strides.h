//===- Strides.h - Where elements of a tensor lie ---------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_INTERPRETER_STRIDES_H
#define TACTUS_RUNTIME_INTERPRETER_STRIDES_H

#include <cstdint>
#include <span>
#include <vector>

namespace tactus::interpreter {

using Shape = std::vector<int64_t>;

/// Row-major strides in elements.
inline Shape stridesOf(std::span<const int64_t> shape) {
  Shape strides(shape.size(), 1);
  for (size_t i = shape.size(); i-- > 1;)
    strides[i - 1] = strides[i] * shape[i];
  return strides;
}

/// The strides with which a tensor of `shape` is read as one of shape `result`,
/// to which it broadcasts.
inline Shape broadcastStrides(std::span<const int64_t> shape,
                              std::span<const int64_t> result) {
  Shape own = stridesOf(shape), strides(result.size(), 0);
  size_t added = result.size() - shape.size();
  for (size_t i = 0; i < shape.size(); ++i)
    strides[added + i] = shape[i] == 1 ? 0 : own[i];
  return strides;
}

/// Calls `visit(i, offset)` for each element i of `shape` in row-major order,
/// with `offset` + the sum of indices times `strides`.
template <typename Fn>
void forEachOffset(std::span<const int64_t> shape,
                   std::span<const int64_t> strides, int64_t offset,
                   Fn &&visit) {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  Shape index(shape.size(), 0);
  for (int64_t i = 0; i < count; ++i) {
    visit(i, offset);
    for (size_t d = shape.size(); d-- > 0;) {
      offset += strides[d];
      if (++index[d] < shape[d])
        break;
      offset -= strides[d] * shape[d];
      index[d] = 0;
    }
  }
}

/// For each element of `result`, the place of the one it reads in a tensor of
/// `shape`, which broadcasts to it.
inline std::vector<int64_t> broadcastPlaces(std::span<const int64_t> shape,
                                            std::span<const int64_t> result) {
  int64_t count = 1;
  for (int64_t size : result)
    count *= size;
  std::vector<int64_t> places(static_cast<size_t>(count));
  forEachOffset(result, broadcastStrides(shape, result), 0,
                [&](int64_t i, int64_t place) { places[size_t(i)] = place; });
  return places;
}

} // namespace tactus::interpreter

#endif // TACTUS_RUNTIME_INTERPRETER_STRIDES_H
