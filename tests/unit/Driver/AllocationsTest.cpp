//===- AllocationsTest.cpp - Bound calls take no memory -------------------===//
//
// A program of its own, because it stands in front of the C library's
// allocator. Like a user's, it includes public headers alone.
//
//===----------------------------------------------------------------------===//
#include "docs/examples/EncoderLayer.h"
#include "tactus/tactus.h"
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <gtest/gtest.h>

using namespace tactus;

//===----------------------------------------------------------------------===//
// Counting
//===----------------------------------------------------------------------===//

static std::atomic<int64_t> allocations;

// glibc's allocator under the names that it keeps for this purpose; operator
// new and aligned_alloc of every library end here too.
extern "C" {
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size) {
  ++allocations;
  return __libc_malloc(size);
}
void *calloc(size_t count, size_t size) {
  ++allocations;
  return __libc_calloc(count, size);
}
void *realloc(void *memory, size_t size) {
  ++allocations;
  return __libc_realloc(memory, size);
}
void *memalign(size_t alignment, size_t size) {
  ++allocations;
  return __libc_memalign(alignment, size);
}
void *aligned_alloc(size_t alignment, size_t size) {
  return memalign(alignment, size);
}
int posix_memalign(void **memory, size_t alignment, size_t size) {
  *memory = memalign(alignment, size);
  return *memory ? 0 : ENOMEM;
}
}

namespace {

/// Allocations in `times` runs of a call, after a first one.
int64_t allocationsOf(Call &call, int times) {
  call.run();
  int64_t before = allocations;
  for (int i = 0; i < times; ++i)
    call.run();
  return allocations - before;
}

TEST(AllocationsTest, TheCounterCounts) {
  int64_t before = allocations;
  std::vector<int> *volatile memory = new std::vector<int>(100);
  EXPECT_EQ(allocations - before, 2);
  delete memory;
  before = allocations;
  free(std::aligned_alloc(64, 128));
  EXPECT_EQ(allocations - before, 1);
}

TEST(AllocationsTest, CallsOfAClassifier) {
  ParameterStore weights;
  weights.set("w", Tensor::random(f32({784, 10}), Seed(1)));
  Graph g;
  Value x = g.input("x", f32({"batch", 784}));
  g.output("y", softmax(gelu(matmul(x, g.parameter("w", weights)))));
  Call call = compile(g, Target::parse("cpu")).bind();
  Tensor y = Tensor::zeros(f32({3, 10}));
  call.input("x", Tensor::random(f32({3, 784}), Seed(2)));
  call.output("y", y);
  EXPECT_EQ(allocationsOf(call, 100), 0);
}

// Large enough that each thread gets a part of it.
TEST(AllocationsTest, CallsOnSeveralThreads) {
  Graph g;
  Value x = g.input("x", f32({300, 200}));
  g.output("y", softmax(gelu(matmul(x, g.input("w", f32({200, 400}))))));
  Call call = compile(g, Target::parse("cpu"), {.threads = 3}).bind();
  Tensor y = Tensor::zeros(f32({300, 400}));
  call.input("x", Tensor::random(f32({300, 200}), Seed(1)));
  call.input("w", Tensor::random(f32({200, 400}), Seed(2)));
  call.output("y", y);
  EXPECT_EQ(allocationsOf(call, 100), 0);
}

TEST(AllocationsTest, CallsOfAnEncoderLayer) {
  examples::EncoderSizes sizes{
      .sequence = 10, .hidden = 24, .heads = 3, .intermediate = 40};
  Graph g =
      examples::encoderLayer(sizes, examples::encoderWeights(sizes, Seed(1)));
  Call call = compile(g, Target::parse("cpu")).bind();
  Tensor y = Tensor::zeros(f32({10, 24}));
  call.input("x", Tensor::random(f32({10, 24}), Seed(2)));
  call.output("y", y);
  EXPECT_EQ(allocationsOf(call, 100), 0);
}

} // namespace
