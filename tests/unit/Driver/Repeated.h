//===- Repeated.h - A few elements in every lane ----------------*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_DRIVER_REPEATED_H
#define TACTUS_TESTS_UNIT_DRIVER_REPEATED_H

#include "tactus/tactus.h"
#include <gtest/gtest.h>

namespace tactus::test {

inline const char *const everyTarget[] = {"interpreter", "cpu", "cpu:x86-64-v2",
                                          "cpu:x86-64-v3"};

using Tensors = std::map<std::string, Tensor>;

/// More than two vectors of bytes, and a tail, of the elements again and again.
template <typename T> Tensor repeated(const std::vector<T> &elements) {
  size_t size = (150 / elements.size() + 1) * elements.size() + 1;
  Tensor tensor = Tensor::zeros({ElementTypeOf<T>::value, {int64_t(size)}});
  auto data = tensor.mutableData<T>();
  for (size_t i = 0; i < size; ++i)
    data[i] = elements[i % elements.size()];
  return tensor;
}

/// Expects `elements`, repeated.
template <typename T>
void expectElements(const Tensor &actual, const std::vector<T> &elements,
                    const std::string &what) {
  Tensor expected = repeated(elements);
  ASSERT_EQ(actual.type(), expected.type()) << what;
  auto a = actual.data<T>(), e = expected.data<T>();
  for (size_t i = 0; i < a.size(); ++i)
    ASSERT_EQ(a[i], e[i]) << what << ", element " << i << ", as "
                          << i % elements.size();
}

} // namespace tactus::test

#endif // TACTUS_TESTS_UNIT_DRIVER_REPEATED_H
