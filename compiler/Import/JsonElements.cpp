//===- JsonElements.cpp - Tensors as nested JSON arrays -------------------===//
#include "compiler/Import/JsonElements.h"
#include "runtime/Support/Limits.h"
#include <cmath>

using namespace tactus;

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// Reports every array below `value`, at depth `depth` of `shape`, that has
/// another length.
static bool checkShape(json::Value value, const std::vector<int64_t> &shape,
                       size_t depth, const std::string &type,
                       Diagnostics &diagnostics) {
  if (depth == shape.size()) {
    if (!value.isArray())
      return true;
    value.report(diagnostics, "expected an element of " + type + ", but got " +
                                  value.describe());
    return false;
  }
  if (!value.isArray() || int64_t(value.size()) != shape[depth]) {
    value.report(diagnostics, "expected an array of " +
                                  std::to_string(shape[depth]) + " for dim " +
                                  std::to_string(depth) + " of " + type +
                                  ", but got " + value.describe());
    return false;
  }
  bool isRight = true;
  for (json::Value element : value)
    isRight &= checkShape(element, shape, depth + 1, type, diagnostics);
  return isRight;
}

template <typename T>
static bool fill(json::Value value, T *&out, Diagnostics &diagnostics) {
  if (value.isArray()) {
    bool isRight = true;
    for (json::Value element : value)
      isRight &= fill(element, out, diagnostics);
    return isRight;
  }
  auto element = value.toElement<T>(diagnostics);
  *out++ = element.value_or(T());
  return element.has_value();
}

std::optional<std::vector<int64_t>>
tactus::elementsShape(json::Value value, Diagnostics &diagnostics) {
  std::vector<int64_t> shape;
  for (json::Value inner = value; inner.isArray(); inner = *inner.begin()) {
    shape.push_back(int64_t(inner.size()));
    if (inner.size() == 0)
      break;
  }
  if (int64_t(shape.size()) > limits::maxRank) {
    value.report(diagnostics,
                 "expected arrays at most " + std::to_string(limits::maxRank) +
                     " deep, but got " + std::to_string(shape.size()));
    return std::nullopt;
  }
  std::string type = "the value, as its first element has it";
  if (!checkShape(value, shape, 0, type, diagnostics))
    return std::nullopt;
  return shape;
}

std::optional<Tensor> tactus::readElements(json::Value value,
                                           const TensorType &type,
                                           Diagnostics &diagnostics) {
  std::vector<int64_t> shape;
  for (const Dimension &dimension : type.dimensions) {
    if (!dimension.isStatic()) {
      value.report(diagnostics, "expected values only with a static type, but "
                                "got type '" +
                                    type.str() + "'");
      return std::nullopt;
    }
    shape.push_back(dimension.size());
  }
  if (!checkShape(value, shape, 0, type.str(), diagnostics))
    return std::nullopt;
  return dispatch(type.elementType, [&](auto zero) -> std::optional<Tensor> {
    using T = decltype(zero);
    Tensor tensor = Tensor::zeros(type);
    T *out = tensor.mutableData<T>().data();
    if (!fill(value, out, diagnostics))
      return std::nullopt;
    return tensor;
  });
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

template <typename T>
static void writeFrom(json::Writer &writer, const std::vector<int64_t> &shape,
                      size_t depth, const T *&in) {
  if (depth == shape.size()) {
    writer.value(*in++);
    return;
  }
  writer.beginArray();
  for (int64_t i = 0; i < shape[depth]; ++i)
    writeFrom(writer, shape, depth + 1, in);
  writer.endArray();
}

void tactus::writeElements(json::Writer &writer, const Tensor &tensor) {
  dispatch(tensor.elementType(), [&](auto zero) {
    using T = decltype(zero);
    const T *in = tensor.data<T>().data();
    writeFrom(writer, tensor.shape(), 0, in);
  });
}
