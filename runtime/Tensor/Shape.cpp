//===- Shape.cpp - Checked sizes of tensors -------------------------------===//
#include "runtime/Tensor/Shape.h"
#include "runtime/Support/Assert.h"
#include "runtime/Support/Limits.h"
#include "tactus/Error.h"
#include <algorithm>
#include <vector>

using namespace tactus;

int64_t tactus::checkedNumElements(ElementType type,
                                   std::span<const int64_t> shape) {
  if (int64_t(shape.size()) > limits::maxRank)
    throw Error("expected a tensor of rank " + std::to_string(limits::maxRank) +
                " or less, but got rank " + std::to_string(shape.size()));
  int64_t count = 1;
  int64_t bound = byteSize(type);
  for (size_t i = 0; i < shape.size(); ++i) {
    int64_t size = shape[i];
    if (size < 0)
      throw Error("expected dim " + std::to_string(i) +
                  " to be 0 or more, but got " + std::to_string(size));
    if (__builtin_mul_overflow(bound, std::max<int64_t>(size, 1), &bound) ||
        bound > limits::maxTensorBytes)
      throw Error("expected a tensor of 2^40 bytes or less, but got " +
                  typeString(type, shape));
    count *= size;
  }
  return count;
}

std::string tactus::joinShape(std::span<const int64_t> shape) {
  std::string out;
  for (int64_t size : shape)
    out += (out.empty() ? "" : ",") + std::to_string(size);
  return out;
}

std::string tactus::typeString(ElementType type,
                               std::span<const int64_t> shape) {
  return std::string(toString(type)) + "[" + joinShape(shape) + "]";
}

std::string tactus::indexString(int64_t offset,
                                std::span<const int64_t> shape) {
  std::vector<int64_t> index(shape.size());
  for (size_t i = shape.size(); i-- > 0;) {
    TACTUS_ASSERT(shape[i] > 0, "an index into an empty tensor");
    index[i] = offset % shape[i];
    offset /= shape[i];
  }
  std::string out = "[";
  for (size_t i = 0; i < index.size(); ++i)
    out += (i ? ", " : "") + std::to_string(index[i]);
  return out + "]";
}

std::string tactus::describeOutOfRange(int64_t index, int64_t size) {
  if (size == 0)
    return "expected no index, as the dimension is empty, but got " +
           std::to_string(index);
  return "expected an index from " + std::to_string(-size) + " to " +
         std::to_string(size - 1) + ", but got " + std::to_string(index);
}
