//===- TensorTest.cpp - Buffers, views and their limits -------------------===//
#include "tactus/Tensor.h"
#include "tests/unit/Support/ExpectError.h"
#include <gtest/gtest.h>

using namespace tactus;

TEST(TensorTest, DefaultIsEmpty) {
  Tensor tensor;
  EXPECT_EQ(tensor.type().str(), "f32[0]");
  EXPECT_EQ(tensor.numElements(), 0);
  EXPECT_TRUE(tensor.mutableData<float>().empty());
}

TEST(TensorTest, TypePrintsNamedDimensions) {
  EXPECT_EQ(f32({"batch", 784}).str(), "f32[batch,784]");
  EXPECT_EQ(u8().str(), "u8[]");
  EXPECT_FALSE(f32({"batch", 784}).isStatic());
  EXPECT_TRUE(f32({2, 784}).isStatic());
}

TEST(TensorTest, ZerosAreZeroAndAligned) {
  for (int64_t n : {1, 3, 1000, 100000}) {
    Tensor tensor = Tensor::zeros(f64({n}));
    EXPECT_EQ(reinterpret_cast<uintptr_t>(tensor.rawData()) % 64, 0u);
    for (double value : tensor.data<double>())
      ASSERT_EQ(value, 0);
  }
}

TEST(TensorTest, FromVectorTakesRowMajorValues) {
  Tensor tensor = Tensor::fromVector<int32_t>({2, 3}, {1, 2, 3, 4, 5, 6});
  EXPECT_EQ(tensor.type(), i32({2, 3}));
  EXPECT_EQ(tensor.data<int32_t>()[4], 5);
  EXPECT_ERROR(Tensor::fromVector<int32_t>({2, 3}, {1, 2}),
               "expected 6 values for i32[2,3], but got 2");
}

TEST(TensorTest, RefusesDynamicAndBadShapes) {
  EXPECT_ERROR(Tensor::zeros(f32({"batch", 784})),
               "expected a type of static shape, but got f32[batch,784]");
  EXPECT_ERROR(Tensor::zeros(f32({2, -1})),
               "expected dim 1 to be 0 or more, but got -1");
  EXPECT_ERROR(Tensor::zeros(f32(std::vector<Dimension>(33, 1))),
               "expected a tensor of rank 32 or less, but got rank 33");
}

TEST(TensorTest, RefusesSizesBeforeTakingMemory) {
  EXPECT_ERROR(Tensor::zeros(i8({(int64_t(1) << 40) + 1})),
               "expected a tensor of 2^40 bytes or less, but got "
               "i8[1099511627777]");
  // Products that overflow, also where a 0 would hide them.
  EXPECT_ERROR(Tensor::zeros(i8({int64_t(1) << 32, int64_t(1) << 32})),
               "expected a tensor of 2^40 bytes or less, but got "
               "i8[4294967296,4294967296]");
  EXPECT_ERROR(Tensor::zeros(i8({int64_t(1) << 62, 4, 0})),
               "expected a tensor of 2^40 bytes or less, but got "
               "i8[4611686018427387904,4,0]");
  EXPECT_EQ(Tensor::zeros(f32({0, 5})).numElements(), 0);
}

TEST(TensorTest, DataOfAnotherTypeIsRefused) {
  Tensor tensor = Tensor::zeros(f32({2}));
  EXPECT_ERROR(tensor.data<double>(),
               "expected a tensor of element type f64, but got f32[2]");
}

TEST(TensorTest, ViewsShareTheCallersMemory) {
  std::vector<float> memory = {1, 2, 3, 4};
  Tensor tensor = Tensor::view(memory.data(), f32({2, 2}));
  tensor.mutableData<float>()[3] = 9;
  EXPECT_EQ(memory[3], 9);
  const float *constant = memory.data();
  Tensor fixed = Tensor::view(constant, f32({4}));
  EXPECT_EQ(fixed.data<float>()[3], 9);
  EXPECT_ERROR(fixed.mutableData<float>(),
               "expected a tensor whose memory may be written, but got a view "
               "of constant memory, f32[4]");
}

TEST(TensorTest, ViewsRefuseNullAndMisalignedMemory) {
  alignas(8) char memory[16] = {};
  EXPECT_ERROR(Tensor::view(static_cast<void *>(nullptr), f32({1})),
               "expected memory for f32[1], but got a null pointer");
  EXPECT_ERROR(
      Tensor::view(static_cast<void *>(memory + 1), f32({1})),
      "expected memory for f32[1] at a multiple of 4 bytes, but got an "
      "address that is not");
  EXPECT_EQ(Tensor::view(static_cast<void *>(nullptr), f32({0})).numElements(),
            0);
}

TEST(TensorTest, AdoptKeepsTheOwnerAndCopiesMisalignedData) {
  auto owner = std::make_shared<std::vector<char>>(16, char(1));
  std::weak_ptr<std::vector<char>> watch = owner;
  const char *data = owner->data();
  Tensor aligned = Tensor::adopt(data, ElementType::I32, {2}, owner);
  EXPECT_EQ(aligned.rawData(), data);
  Tensor copied = Tensor::adopt(data + 1, ElementType::I32, {2}, owner);
  EXPECT_NE(copied.rawData(), data + 1);
  EXPECT_EQ(copied.data<int32_t>()[1], 0x01010101);
  owner.reset();
  EXPECT_FALSE(watch.expired());
  aligned = Tensor();
  EXPECT_TRUE(watch.expired());
}

TEST(TensorTest, CopiesShareAndClonesDoNot) {
  Tensor tensor = Tensor::fromVector<float>({2}, {1, 2});
  Tensor copy = tensor, clone = tensor.clone();
  tensor.mutableData<float>()[0] = 5;
  EXPECT_EQ(copy.data<float>()[0], 5);
  EXPECT_EQ(clone.data<float>()[0], 1);
}

TEST(TensorTest, ReshapedKeepsTheCount) {
  Tensor tensor = Tensor::fromVector<float>({2, 3}, {1, 2, 3, 4, 5, 6});
  EXPECT_EQ(tensor.reshaped({3, 2}).rawData(), tensor.rawData());
  EXPECT_ERROR(tensor.reshaped({4}), "expected a shape of 6 elements for "
                                     "f32[2,3], but got [4]");
}

TEST(TensorTest, BitwiseEqualityTellsZerosAndShapesApart) {
  Tensor plus = Tensor::fromVector<float>({1}, {0.0f});
  Tensor minus = Tensor::fromVector<float>({1}, {-0.0f});
  EXPECT_TRUE(plus.bitwiseEquals(plus.clone()));
  EXPECT_FALSE(plus.bitwiseEquals(minus));
  EXPECT_FALSE(plus.bitwiseEquals(plus.reshaped({1, 1})));
  EXPECT_TRUE(Tensor().bitwiseEquals(Tensor()));
}
