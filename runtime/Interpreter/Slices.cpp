//===- Slices.cpp - Tensors along dimension 0 -----------------------------===//
#include "runtime/Interpreter/Evaluation.h"
#include <cstring>

namespace tactus::interpreter {

Tensor sliceOf(const Tensor &tensor, int64_t i) {
  TensorType type = tensor.type();
  type.dimensions.erase(type.dimensions.begin());
  Tensor slice = Tensor::zeros(type);
  if (size_t bytes = size_t(slice.byteSize()))
    std::memcpy(slice.mutableRawData(),
                static_cast<const char *>(tensor.rawData()) + size_t(i) * bytes,
                bytes);
  return slice;
}

void setSlice(Tensor &tensor, int64_t i, const Tensor &slice) {
  if (size_t bytes = size_t(slice.byteSize()))
    std::memcpy(static_cast<char *>(tensor.mutableRawData()) +
                    size_t(i) * bytes,
                slice.rawData(), bytes);
}

} // namespace tactus::interpreter
