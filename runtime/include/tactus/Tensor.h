//===- Tensor.h - Dense tensors of the runtime ------------------*- C++ -*-===//
#ifndef TACTUS_TENSOR_H
#define TACTUS_TENSOR_H

#include "tactus/ElementType.h"
#include "tactus/Error.h"
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace tactus {

/// One dimension of a type: a size, or the name of a size that is known only
/// when the program runs. Equal names in one graph are equal sizes.
class Dimension {
public:
  Dimension(int64_t size) : size_(size) {}
  Dimension(int size) : size_(size) {}
  Dimension(const char *name) : name_(name) {}
  Dimension(std::string name) : name_(std::move(name)) {}

  bool isStatic() const { return name_.empty(); }
  int64_t size() const { return size_; }
  const std::string &name() const { return name_; }
  bool operator==(const Dimension &) const = default;

private:
  int64_t size_ = -1;
  std::string name_;
};

/// Element type and dimensions; prints as `f32[batch,784]`.
struct TensorType {
  ElementType elementType = ElementType::F32;
  std::vector<Dimension> dimensions;

  bool isStatic() const;
  std::string str() const;
  bool operator==(const TensorType &) const = default;
};

inline TensorType f32(std::vector<Dimension> d = {}) {
  return {ElementType::F32, std::move(d)};
}
inline TensorType f64(std::vector<Dimension> d = {}) {
  return {ElementType::F64, std::move(d)};
}
inline TensorType f16(std::vector<Dimension> d = {}) {
  return {ElementType::F16, std::move(d)};
}
inline TensorType bf16(std::vector<Dimension> d = {}) {
  return {ElementType::BF16, std::move(d)};
}
inline TensorType i1(std::vector<Dimension> d = {}) {
  return {ElementType::I1, std::move(d)};
}
inline TensorType i8(std::vector<Dimension> d = {}) {
  return {ElementType::I8, std::move(d)};
}
inline TensorType u8(std::vector<Dimension> d = {}) {
  return {ElementType::U8, std::move(d)};
}
inline TensorType i16(std::vector<Dimension> d = {}) {
  return {ElementType::I16, std::move(d)};
}
inline TensorType i32(std::vector<Dimension> d = {}) {
  return {ElementType::I32, std::move(d)};
}
inline TensorType i64(std::vector<Dimension> d = {}) {
  return {ElementType::I64, std::move(d)};
}

/// Seeds Philox4x32-10; the same seed gives the same bits on every target.
struct Seed {
  explicit Seed(uint64_t value) : value(value) {}
  uint64_t value;
};

/// A dense row-major tensor of static shape.
///
/// Copies share one buffer. A tensor owns its buffer, or views memory of the
/// caller's (`view`), or keeps a mapped file alive; nobody writes to a shared
/// buffer but through `mutableData`.
class Tensor {
public:
  /// An empty f32 tensor of shape [0].
  Tensor();
  // Moving copies, so that a tensor that was moved from is still one.
  Tensor(const Tensor &) = default;
  Tensor &operator=(const Tensor &) = default;

  /// Memory is zero. Throws where the shape is dynamic or too large.
  static Tensor zeros(const TensorType &type);
  /// Takes the elements in row-major order; throws unless the count fits.
  template <typename T>
  static Tensor fromVector(std::vector<int64_t> shape,
                           const std::vector<T> &values);
  /// Views memory that the caller keeps alive and unmoved.
  static Tensor view(void *data, const TensorType &type);
  static Tensor view(const void *data, const TensorType &type);
  /// Views `data`, which `owner` keeps alive.
  static Tensor adopt(const void *data, ElementType type,
                      std::vector<int64_t> shape,
                      std::shared_ptr<const void> owner);
  /// Uniform in [-1, 1) for floats, in [-8, 8) for integers (unsigned: [0,
  /// 16)), fair for i1. Philox4x32-10.
  static Tensor random(const TensorType &type, Seed seed);

  ElementType elementType() const { return type_; }
  const std::vector<int64_t> &shape() const { return shape_; }
  int64_t rank() const { return int64_t(shape_.size()); }
  int64_t numElements() const { return numElements_; }
  int64_t byteSize() const { return numElements_ * tactus::byteSize(type_); }
  TensorType type() const;

  const void *rawData() const { return data_; }
  /// Throws where the tensor views constant memory.
  void *mutableRawData();
  /// The elements in row-major order; throws unless T is the element type.
  template <typename T> std::span<const T> data() const {
    expectType(ElementTypeOf<T>::value);
    return {static_cast<const T *>(data_), size_t(numElements_)};
  }
  template <typename T> std::span<T> mutableData() {
    expectType(ElementTypeOf<T>::value);
    return {static_cast<T *>(mutableRawData()), size_t(numElements_)};
  }
  /// The same elements in another shape of the same count; shares the buffer.
  Tensor reshaped(std::vector<int64_t> shape) const;
  /// Own memory with the same elements.
  Tensor clone() const;
  /// True where types, shapes and all bits are equal.
  bool bitwiseEquals(const Tensor &other) const;
  /// As NumPy prints it, with shape and dtype; long tensors are summarized.
  std::string str() const;

private:
  void expectType(ElementType type) const;

  ElementType type_ = ElementType::F32;
  bool mutable_ = false;
  int64_t numElements_ = 0;
  std::vector<int64_t> shape_;
  void *data_ = nullptr;
  std::shared_ptr<const void> owner_;
};

std::ostream &operator<<(std::ostream &os, const Tensor &tensor);

template <typename T>
Tensor Tensor::fromVector(std::vector<int64_t> shape,
                          const std::vector<T> &values) {
  TensorType type{ElementTypeOf<T>::value, {shape.begin(), shape.end()}};
  Tensor tensor = zeros(type);
  if (int64_t(values.size()) != tensor.numElements())
    throw Error("expected " + std::to_string(tensor.numElements()) +
                " values for " + type.str() + ", but got " +
                std::to_string(values.size()));
  T *out = tensor.mutableData<T>().data();
  for (size_t i = 0; i < values.size(); ++i)
    out[i] = values[i];
  return tensor;
}

} // namespace tactus

#endif // TACTUS_TENSOR_H
