//===- ArrayKernels.h - What the array computes, quickly --------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_ARRAYKERNELS_H
#define TACTUS_RUNTIME_SYSTOLIC_ARRAYKERNELS_H

#include "dialects/Systolic/Encoding.h"

namespace tactus::systolic {

/// The weights of one tile, laid out for the kernels: f32, which holds each of
/// them exactly, in panels of columns: [n / panelColumns][k][panelColumns].
class WeightTile {
public:
  static constexpr int64_t panelColumns = 32;

  /// Becomes a tile of k x n weights, all to be set.
  void reset(DataType type, int64_t k, int64_t n);

  DataType type() const { return elementType; }
  int64_t k() const { return numK; }
  int64_t n() const { return numN; }
  /// The panel of columns from `column` on; those past n are 0.
  const float *panel(int64_t column) const {
    return values.data() + column * numK;
  }
  /// Sets the weights of row i from the bytes of n elements.
  void setRow(int64_t i, const uint8_t *data);
  /// Sets the weights of column j from the bytes of k elements.
  void setColumn(int64_t j, const uint8_t *data);

private:
  DataType elementType = DataType::I8;
  int64_t numK = 0, numN = 0;
  std::vector<float> values;
  std::vector<float> line;
};

/// One row of a product: the input's k values and the accumulators' n.
struct ProductRow {
  const uint8_t *input;
  uint8_t *sums;
};

/// For each row adds, or sets, sums[j] = the sum over ascending i < k of
/// input[i] * weight(i, j), for j < n. i8 wraps in i32. bf16 is one chain of
/// fused multiply-adds in f32 that begins with 0 at the top of the array; what
/// it arrives at is then added to the accumulator.
void multiplyRows(const WeightTile &tile, int64_t k, bool accumulate,
                  const ProductRow *rows, int64_t numRows);

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_ARRAYKERNELS_H
