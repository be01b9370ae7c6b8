//===- ArrayKernels.h - What the array computes, quickly --------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_ARRAYKERNELS_H
#define TACTUS_RUNTIME_SYSTOLIC_ARRAYKERNELS_H

#include "dialects/Systolic/Encoding.h"

namespace tactus::systolic {

/// The weights of one tile, laid out for the kernels: f32, which holds each of
/// them exactly, [k][paddedN].
class WeightTile {
public:
  WeightTile(DataType type, int64_t k, int64_t n);

  DataType type() const { return elementType; }
  int64_t k() const { return numK; }
  int64_t n() const { return numN; }
  /// Columns padded to whole vectors.
  int64_t paddedN() const { return padded; }
  const float *weights() const { return values.data(); }
  /// Sets weight (i, j) from its bytes.
  void set(int64_t i, int64_t j, const uint8_t *data);

private:
  DataType elementType;
  int64_t numK, numN, padded;
  std::vector<float> values;
};

/// One row of a product: the input's k values and the accumulators' n.
struct ProductRow {
  const uint8_t *input;
  uint8_t *sums;
};

/// For each row adds, or sets, sums[j] = the sum over ascending i < k of
/// input[i]
/// * weight(i, j), for j < n. i8 wraps in i32. bf16 is one chain of fused
/// multiply-adds in f32 that begins with 0 at the top of the array; what it
/// arrives at is then added to the accumulator.
void multiplyRows(const WeightTile &tile, int64_t k, bool accumulate,
                  const ProductRow *rows, int64_t numRows);

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_ARRAYKERNELS_H
