//===- Accuracy.h - What rounding costs -------------------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_TENSOR_ACCURACY_H
#define TACTUS_RUNTIME_TENSOR_ACCURACY_H

#include "tactus/Tensor.h"
#include <string>

namespace tactus {
namespace json {
class Writer;
} // namespace json

/// How far a result in fewer bits is from the one it stands for. Unlike a
/// comparison it judges nothing.
struct Accuracy {
  int64_t numElements = 0;
  /// Distances of elements; infinite where one alone is a number.
  double maxError = 0, meanError = 0;
  /// The largest finite magnitude that was expected.
  double largest = 0;
  /// Of both taken as vectors: 1 for equal directions. Elements that are not
  /// finite do not count.
  double cosine = 1;
  /// Where results are classifications, matrices with two columns or more: the
  /// rows, and those whose greatest element stands in the same column.
  int64_t numRows = 0, numSameTop = 0;

  /// One sentence, without a stop.
  std::string str() const;
  /// Writes the members of an object that is open.
  void write(json::Writer &writer) const;

  bool operator==(const Accuracy &) const = default;
};

/// Throws `Error` where types or shapes differ.
Accuracy measureAccuracy(const Tensor &actual, const Tensor &expected);

} // namespace tactus

#endif // TACTUS_RUNTIME_TENSOR_ACCURACY_H
