//===- AccuracyTest.cpp - What rounding costs -----------------------------===//
#include "runtime/Tensor/Accuracy.h"
#include "runtime/Support/JsonWriter.h"
#include "tests/unit/Support/ExpectError.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace tactus;

static Tensor floats(std::vector<int64_t> shape, std::vector<float> values) {
  return Tensor::fromVector<float>(std::move(shape), values);
}

static std::string jsonOf(const Accuracy &accuracy) {
  json::Writer writer;
  writer.beginObject(json::Writer::Layout::Inline);
  accuracy.write(writer);
  writer.endObject();
  return writer.take();
}

// Errors 0, 1, 0, 2; (3, 4) and (3, 4) + errors; rows keep and lose their top.
TEST(AccuracyTest, IsWhatOneWorksOutByHand) {
  Tensor expected = floats({2, 2}, {3, 4, 0, 1});
  Tensor actual = floats({2, 2}, {3, 5, 2, 1});
  Accuracy found = measureAccuracy(actual, expected);
  EXPECT_EQ(found.numElements, 4);
  EXPECT_EQ(found.maxError, 2);
  EXPECT_EQ(found.meanError, 0.75);
  EXPECT_EQ(found.largest, 4);
  EXPECT_DOUBLE_EQ(found.cosine, 30 / std::sqrt(26.0 * 39.0));
  EXPECT_EQ(found.numRows, 2);
  EXPECT_EQ(found.numSameTop, 1);
  EXPECT_EQ(found.str(),
            "error at most 2, mean 0.75, of numbers up to 4; cosine 0.942111; "
            "same top-1 in 1 of 2 rows");
  EXPECT_EQ(jsonOf(found),
            "{\"elements\": 4, \"max_error\": 2.0, \"mean_error\": 0.75, "
            "\"largest\": 4.0, \"cosine\": 0.9421114395319916,\n \"rows\": 2, "
            "\"same_top\": 1}\n");
}

TEST(AccuracyTest, OfEqualTensorsIsPerfect) {
  Tensor x = Tensor::random(f32({4, 3}), Seed(1));
  Accuracy found = measureAccuracy(x, x);
  EXPECT_EQ(found.maxError, 0);
  EXPECT_NEAR(found.cosine, 1, 1e-15);
  EXPECT_EQ(found.numSameTop, 4);
  EXPECT_EQ(found.str(), "no error");
}

// Only matrices of two columns or more tell classes.
TEST(AccuracyTest, OtherShapesAreNoClassifications) {
  for (auto shape : {std::vector<int64_t>{6}, {6, 1}, {1, 2, 3}}) {
    Tensor x = Tensor::zeros({ElementType::F32, {shape.begin(), shape.end()}});
    EXPECT_EQ(measureAccuracy(x, x).numRows, 0);
  }
}

TEST(AccuracyTest, TheFirstOfEqualElementsIsTheTop) {
  EXPECT_EQ(
      measureAccuracy(floats({1, 3}, {2, 2, 1}), floats({1, 3}, {3, 2, 1}))
          .numSameTop,
      1);
  EXPECT_EQ(
      measureAccuracy(floats({1, 3}, {2, 2, 1}), floats({1, 3}, {2, 3, 1}))
          .numSameTop,
      0);
}

TEST(AccuracyTest, NumbersThatAreNotFiniteAreErrorsUnlessExpected) {
  Tensor expected = floats({3}, {1, NAN, INFINITY});
  EXPECT_EQ(measureAccuracy(expected, expected).maxError, 0);
  Accuracy found = measureAccuracy(floats({3}, {1, 2, -INFINITY}), expected);
  EXPECT_EQ(found.maxError, HUGE_VAL);
  EXPECT_EQ(found.cosine, 1);
  EXPECT_EQ(found.largest, 1);
}

TEST(AccuracyTest, ZeroHasNoDirectionButItsOwn) {
  Tensor zero = floats({2}, {0, 0}), one = floats({2}, {1, 0});
  EXPECT_EQ(measureAccuracy(zero, zero).cosine, 1);
  EXPECT_EQ(measureAccuracy(zero, one).cosine, 0);
  EXPECT_EQ(measureAccuracy(one, zero).cosine, 0);
}

TEST(AccuracyTest, SquaresOfTheGreatestNumbersFit) {
  Tensor x = Tensor::fromVector<double>({2}, {1e300, -1e-300});
  Tensor y = Tensor::fromVector<double>({2}, {-1e300, -1e-300});
  EXPECT_DOUBLE_EQ(measureAccuracy(x, y).cosine, -1);
}

TEST(AccuracyTest, TakesIntegersAndEmptyTensors) {
  Accuracy found = measureAccuracy(Tensor::fromVector<int8_t>({2}, {-128, 3}),
                                   Tensor::fromVector<int8_t>({2}, {127, 3}));
  EXPECT_EQ(found.maxError, 255);
  EXPECT_EQ(measureAccuracy(floats({0, 4}, {}), floats({0, 4}, {})).meanError,
            0);
}

TEST(AccuracyTest, RefusesOtherTypes) {
  EXPECT_ERROR(measureAccuracy(floats({2}, {1, 2}), floats({1, 2}, {1, 2})),
               "expected a result of type f32[1,2], but got f32[2]");
}
