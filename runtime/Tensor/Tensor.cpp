//===- Tensor.cpp - Dense tensors of the runtime --------------------------===//
#include "tactus/Tensor.h"
#include "runtime/Support/Limits.h"
#include "runtime/Tensor/Shape.h"
#include <cstdlib>
#include <cstring>
#include <ostream>
#include <sys/mman.h>

using namespace tactus;

bool TensorType::isStatic() const {
  for (const Dimension &dimension : dimensions)
    if (!dimension.isStatic())
      return false;
  return true;
}

std::string TensorType::str() const {
  std::string out(toString(elementType));
  out += '[';
  for (size_t i = 0; i < dimensions.size(); ++i) {
    out += i ? "," : "";
    out += dimensions[i].isStatic() ? std::to_string(dimensions[i].size())
                                    : dimensions[i].name();
  }
  return out + ']';
}

static std::vector<int64_t> staticShape(const TensorType &type) {
  std::vector<int64_t> shape;
  for (const Dimension &dimension : type.dimensions) {
    if (!dimension.isStatic())
      throw Error("expected a type of static shape, but got " + type.str());
    shape.push_back(dimension.size());
  }
  return shape;
}

/// A cache line, and the width of the widest vectors.
static constexpr size_t alignment = 64;

/// Asks for large pages where whole ones fit in: the system hands out and
/// clears one of these about as fast as a few small ones, and addresses are
/// found faster. It is free to give none.
static void adviseLargePages(void *base, size_t bytes) {
  constexpr uintptr_t page = uintptr_t(2) << 20;
  uintptr_t begin = reinterpret_cast<uintptr_t>(base), end = begin + bytes;
  begin = (begin + page - 1) / page * page;
  end = end / page * page;
  if (begin < end)
    (void)::madvise(reinterpret_cast<void *>(begin), end - begin,
                    MADV_HUGEPAGE);
}

/// Zeroed memory at a multiple of 64 bytes. calloc takes fresh pages as they
/// are, so a large tensor costs nothing until it is touched.
static std::shared_ptr<void> allocate(int64_t bytes, const TensorType &type) {
  // The question costs some system calls, so only large tensors ask it.
  constexpr int64_t large = int64_t(256) << 20;
  if (bytes >= large && uint64_t(bytes) > limits::availableMemory())
    throw Error("expected " + std::to_string(bytes) + " bytes of memory for " +
                type.str() + ", but only " +
                std::to_string(limits::availableMemory()) + " are available");
  void *base = std::calloc(size_t(bytes) + alignment, 1);
  if (!base)
    throw Error("expected " + std::to_string(bytes) + " bytes of memory for " +
                type.str() + ", but the allocation failed");
  adviseLargePages(base, size_t(bytes));
  std::shared_ptr<void> owner(base, std::free);
  size_t past = reinterpret_cast<uintptr_t>(base) % alignment;
  void *aligned = static_cast<char *>(base) + (alignment - past);
  return std::shared_ptr<void>(std::move(owner), aligned);
}

static bool isAligned(const void *data, ElementType type) {
  return reinterpret_cast<uintptr_t>(data) % size_t(byteSize(type)) == 0;
}

Tensor::Tensor() : shape_{0} {}

Tensor Tensor::zeros(const TensorType &type) {
  Tensor tensor;
  tensor.type_ = type.elementType;
  tensor.shape_ = staticShape(type);
  tensor.numElements_ = checkedNumElements(type.elementType, tensor.shape_);
  std::shared_ptr<void> memory = allocate(tensor.byteSize(), type);
  tensor.data_ = memory.get();
  tensor.owner_ = std::move(memory);
  tensor.mutable_ = true;
  return tensor;
}

Tensor Tensor::view(void *data, const TensorType &type) {
  Tensor tensor = view(static_cast<const void *>(data), type);
  tensor.mutable_ = true;
  return tensor;
}

Tensor Tensor::view(const void *data, const TensorType &type) {
  Tensor tensor;
  tensor.type_ = type.elementType;
  tensor.shape_ = staticShape(type);
  tensor.numElements_ = checkedNumElements(type.elementType, tensor.shape_);
  if (!data && tensor.numElements_)
    throw Error("expected memory for " + type.str() +
                ", but got a null pointer");
  if (!isAligned(data, type.elementType))
    throw Error("expected memory for " + type.str() + " at a multiple of " +
                std::to_string(tactus::byteSize(type.elementType)) +
                " bytes, but got an address that is not");
  // Only mutableRawData hands it out as writable, and only if mutable_.
  tensor.data_ = const_cast<void *>(data);
  return tensor;
}

Tensor Tensor::adopt(const void *data, ElementType type,
                     std::vector<int64_t> shape,
                     std::shared_ptr<const void> owner) {
  TensorType full{type, {shape.begin(), shape.end()}};
  if (!isAligned(data, type)) {
    Tensor copy = zeros(full);
    if (copy.numElements())
      std::memcpy(copy.mutableRawData(), data, size_t(copy.byteSize()));
    return copy;
  }
  Tensor tensor = view(data, full);
  tensor.owner_ = std::move(owner);
  return tensor;
}

TensorType Tensor::type() const {
  return {type_, {shape_.begin(), shape_.end()}};
}

void *Tensor::mutableRawData() {
  if (!mutable_ && numElements_)
    throw Error("expected a tensor whose memory may be written, but got a view "
                "of constant memory, " +
                type().str());
  return data_;
}

Tensor Tensor::reshaped(std::vector<int64_t> shape) const {
  if (checkedNumElements(type_, shape) != numElements_)
    throw Error("expected a shape of " + std::to_string(numElements_) +
                " elements for " + type().str() + ", but got [" +
                joinShape(shape) + "]");
  Tensor tensor = *this;
  tensor.shape_ = std::move(shape);
  return tensor;
}

Tensor Tensor::clone() const {
  Tensor copy = zeros(type());
  if (numElements_)
    std::memcpy(copy.data_, data_, size_t(byteSize()));
  return copy;
}

bool Tensor::bitwiseEquals(const Tensor &other) const {
  return type_ == other.type_ && shape_ == other.shape_ &&
         (numElements_ == 0 ||
          std::memcmp(data_, other.data_, size_t(byteSize())) == 0);
}

void Tensor::expectType(ElementType type) const {
  if (type != type_)
    throw Error("expected a tensor of element type " +
                std::string(toString(type)) + ", but got " +
                this->type().str());
}

std::ostream &tactus::operator<<(std::ostream &os, const Tensor &tensor) {
  return os << tensor.str();
}
