//===- ArrayKernels.cpp - What the array computes, quickly ----------------===//
//
// One kernel serves both types. Products of bf16 are summed in f32 by
// definition. Those of i8 are whole numbers below 2^14, so sums of 1024 of them
// stay below 2^24 and are exact in f32, which multiplies and adds faster than
// i32 does.
//
// It is written as loops that the compiler turns into vector code, and built
// for several instruction sets; the host's best is chosen when the program
// starts. Results do not depend on the choice.
//
//===----------------------------------------------------------------------===//
#include "runtime/Systolic/ArrayKernels.h"
#include <algorithm>
#include <bit>
#include <cstring>
#include <type_traits>

using namespace tactus;
using namespace tactus::systolic;

static constexpr int64_t vectorColumns = 16;

//===----------------------------------------------------------------------===//
// Tiles
//===----------------------------------------------------------------------===//

WeightTile::WeightTile(DataType type, int64_t k, int64_t n)
    : elementType(type), numK(k), numN(n),
      padded((n + vectorColumns - 1) / vectorColumns * vectorColumns),
      values(k * padded) {}

static float bfloat16At(const uint8_t *data) {
  uint16_t bits;
  std::memcpy(&bits, data, 2);
  return std::bit_cast<float>(uint32_t(bits) << 16);
}

void WeightTile::set(int64_t i, int64_t j, const uint8_t *data) {
  values[i * padded + j] =
      elementType == DataType::I8 ? float(int8_t(*data)) : bfloat16At(data);
}

//===----------------------------------------------------------------------===//
// Kernel
//===----------------------------------------------------------------------===//

#define TACTUS_ALWAYS_INLINE inline __attribute__((always_inline))

/// The greatest k of a machine (Machine.cpp).
static constexpr int64_t maxK = 4096;
/// Products of i8 whose sum f32 holds exactly.
static constexpr int64_t exactK = 1024;

/// The accumulators that a block of sums goes to: first they may be
/// overwritten.
template <typename Sum>
static TACTUS_ALWAYS_INLINE void drain(const float *block, uint8_t *sums,
                                       int64_t count, bool accumulate) {
  Sum out[vectorColumns];
  bool isWhole = count == vectorColumns;
  // A copy of known size is two instructions; another is a call.
  isWhole ? std::memcpy(out, sums, sizeof(out))
          : std::memcpy(out, sums, count * sizeof(Sum));
  for (int64_t j = 0; j < vectorColumns; ++j) {
    Sum value = Sum(block[j]);
    if constexpr (std::is_same_v<Sum, int32_t>)
      value = int32_t(uint32_t(accumulate ? out[j] : 0) + uint32_t(value));
    else if (accumulate)
      value = out[j] + value;
    out[j] = value;
  }
  isWhole ? std::memcpy(sums, out, sizeof(out))
          : std::memcpy(sums, out, count * sizeof(Sum));
}

template <int numRows, bool isInteger, bool hasFma>
static TACTUS_ALWAYS_INLINE void someRows(const WeightTile &tile, int64_t k,
                                          bool accumulate,
                                          const ProductRow *rows) {
  float inputs[numRows][maxK];
  for (int r = 0; r < numRows; ++r)
    for (int64_t i = 0; i < k; ++i)
      inputs[r][i] = isInteger ? float(int8_t(rows[r].input[i]))
                               : bfloat16At(rows[r].input + 2 * i);

  for (int64_t column = 0; column < tile.n(); column += vectorColumns) {
    const float *weights = tile.weights() + column;
    int64_t count = std::min(vectorColumns, tile.n() - column);
    for (int64_t begin = 0; begin < k;) {
      int64_t end = isInteger ? std::min(k, begin + exactK) : k;
      float block[numRows][vectorColumns] = {};
      for (int64_t i = begin; i < end; ++i)
        for (int r = 0; r < numRows; ++r)
          for (int64_t j = 0; j < vectorColumns; ++j) {
            float weight = weights[i * tile.paddedN() + j];
            // Exact for integers, so that only bf16 needs the fused form.
            block[r][j] =
                hasFma || !isInteger
                    ? __builtin_fmaf(inputs[r][i], weight, block[r][j])
                    : inputs[r][i] * weight + block[r][j];
          }
      for (int r = 0; r < numRows; ++r)
        drain<std::conditional_t<isInteger, int32_t, float>>(
            block[r], rows[r].sums + column * 4, count,
            accumulate || begin > 0);
      begin = end;
    }
  }
}

template <bool hasFma>
static TACTUS_ALWAYS_INLINE void
allRows(const WeightTile &tile, int64_t k, bool accumulate,
        const ProductRow *rows, int64_t numRows) {
  bool isInteger = tile.type() == DataType::I8;
  for (; numRows >= 4; numRows -= 4, rows += 4)
    isInteger ? someRows<4, true, hasFma>(tile, k, accumulate, rows)
              : someRows<4, false, hasFma>(tile, k, accumulate, rows);
  for (; numRows > 0; --numRows, ++rows)
    isInteger ? someRows<1, true, hasFma>(tile, k, accumulate, rows)
              : someRows<1, false, hasFma>(tile, k, accumulate, rows);
}

//===----------------------------------------------------------------------===//
// Choice of instruction set
//===----------------------------------------------------------------------===//

using Kernel = void (*)(const WeightTile &, int64_t, bool, const ProductRow *,
                        int64_t);

static void allRowsGeneric(const WeightTile &tile, int64_t k, bool accumulate,
                           const ProductRow *rows, int64_t numRows) {
  allRows<false>(tile, k, accumulate, rows, numRows);
}

#if defined(__x86_64__)
__attribute__((target("avx2,fma"))) static void
allRowsAvx2(const WeightTile &tile, int64_t k, bool accumulate,
            const ProductRow *rows, int64_t numRows) {
  allRows<true>(tile, k, accumulate, rows, numRows);
}

__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma,"
                      "prefer-256-bit"))) static void
allRowsAvx512(const WeightTile &tile, int64_t k, bool accumulate,
              const ProductRow *rows, int64_t numRows) {
  allRows<true>(tile, k, accumulate, rows, numRows);
}
#endif

static Kernel chooseKernel() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq"))
    return allRowsAvx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    return allRowsAvx2;
#endif
  return allRowsGeneric;
}

void systolic::multiplyRows(const WeightTile &tile, int64_t k, bool accumulate,
                            const ProductRow *rows, int64_t numRows) {
  static const Kernel kernel = chooseKernel();
  kernel(tile, k, accumulate, rows, numRows);
}
