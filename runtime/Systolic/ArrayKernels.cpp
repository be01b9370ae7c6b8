//===- ArrayKernels.cpp - What the array computes, quickly ----------------===//
//
// One kernel serves both types. Products of bf16 are summed in f32 by
// definition. Those of i8 are whole numbers below 2^14, so sums of 1024 of them
// stay below 2^24 and are exact in f32, which multiplies and adds faster than
// i32 does.
//
// A few rows times the columns of a few vectors are summed in registers. A
// panel of columns stays in the first cache while it meets a chunk of rows,
// which are converted once for all panels. The kernel is built for several
// instruction sets; the host's best is chosen when the program starts. Results
// do not depend on the choice.
//
//===----------------------------------------------------------------------===//
#include "runtime/Systolic/ArrayKernels.h"
#include "runtime/Systolic/VectorMath.h"
#include <algorithm>
#include <cstring>
#include <type_traits>

using namespace tactus;
using namespace tactus::systolic;

static constexpr int64_t panelColumns = WeightTile::panelColumns;

//===----------------------------------------------------------------------===//
// Tiles
//===----------------------------------------------------------------------===//

void WeightTile::reset(DataType type, int64_t k, int64_t n) {
  elementType = type;
  numK = k;
  numN = n;
  int64_t panels = (n + panelColumns - 1) / panelColumns;
  size_t count = panels * panelColumns * k;
  if (values.size() < count)
    values.resize(count);
  if (n % panelColumns == 0)
    return;
  float *last = values.data() + (panels - 1) * panelColumns * k;
  std::fill(last, last + panelColumns * k, 0.0f);
}

void WeightTile::setRow(int64_t i, const uint8_t *data) {
  int64_t bytes = byteSize(elementType);
  for (int64_t j = 0; j < numN; j += panelColumns)
    loadElements(elementType, data + j * bytes,
                 std::min(panelColumns, numN - j),
                 values.data() + j * numK + i * panelColumns);
}

void WeightTile::setColumn(int64_t j, const uint8_t *data) {
  line.resize(numK);
  loadElements(elementType, data, numK, line.data());
  float *column =
      values.data() + j / panelColumns * panelColumns * numK + j % panelColumns;
  for (int64_t i = 0; i < numK; ++i)
    column[i * panelColumns] = line[i];
}

//===----------------------------------------------------------------------===//
// Kernel
//===----------------------------------------------------------------------===//

#define TACTUS_ALWAYS_INLINE inline __attribute__((always_inline))

/// Products of i8 whose sum f32 holds exactly.
static constexpr int64_t exactK = 1024;

/// Converted inputs of a chunk of rows: these many floats lie in the first
/// cache beside a panel.
static constexpr int64_t chunkFloats = 4096;

namespace {
/// What an instruction set has.
struct Generic {
  static constexpr int lanes = 4, vectors = 2, rows = 4;
  static constexpr bool hasFma = false;
};
#if defined(__x86_64__)
struct Avx2 {
  static constexpr int lanes = 8, vectors = 2, rows = 4;
  static constexpr bool hasFma = true;
};
struct Avx512 {
  static constexpr int lanes = 16, vectors = 2, rows = 8;
  static constexpr bool hasFma = true;
};
#endif

template <int lanes>
using Vector __attribute__((vector_size(lanes * sizeof(float)))) = float;

/// Columns [begin, end) of a product's rows.
struct Columns {
  int64_t begin, end;
};
} // namespace

/// The accumulators that sums go to: first they may be overwritten.
template <typename Sum>
static TACTUS_ALWAYS_INLINE void drain(const float *block, uint8_t *sums,
                                       int64_t count, bool accumulate) {
  for (int64_t j = 0; j < count; ++j) {
    Sum value = Sum(block[j]), before = 0;
    if (accumulate)
      std::memcpy(&before, sums + j * sizeof(Sum), sizeof(Sum));
    if constexpr (std::is_same_v<Sum, int32_t>)
      value = int32_t(uint32_t(before) + uint32_t(value));
    else if (accumulate)
      value = before + value;
    std::memcpy(sums + j * sizeof(Sum), &value, sizeof(Sum));
  }
}

/// `numRows` rows of inputs, `inputStride` apart, times `count` weights of
/// `vectors` vectors of columns.
template <typename Target, bool isInteger, int numRows>
static TACTUS_ALWAYS_INLINE void
multiplyBlock(const float *inputs, int64_t inputStride, const float *weights,
              int64_t count, float *block) {
  constexpr int lanes = Target::lanes, vectors = Target::vectors;
  using V = Vector<lanes>;
  V sums[numRows][vectors] = {};
  for (int64_t i = 0; i < count; ++i) {
    V weight[vectors];
    std::memcpy(weight, weights + i * panelColumns, sizeof(weight));
    for (int r = 0; r < numRows; ++r) {
      V input = inputs[r * inputStride + i] - V{};
      for (int v = 0; v < vectors; ++v) {
        if constexpr (Target::hasFma)
          sums[r][v] = __builtin_elementwise_fma(input, weight[v], sums[r][v]);
        else if constexpr (isInteger)
          // Exact, so that only bf16 needs the fused form.
          sums[r][v] = input * weight[v] + sums[r][v];
        else
          for (int l = 0; l < lanes; ++l)
            sums[r][v][l] =
                __builtin_fmaf(input[l], weight[v][l], sums[r][v][l]);
      }
    }
  }
  std::memcpy(block, sums, sizeof(sums));
}

template <typename Target, bool isInteger, int numRows>
static TACTUS_ALWAYS_INLINE void
multiplyPanel(const float *inputs, int64_t k, const float *panel,
              Columns columns, bool accumulate, const ProductRow *rows) {
  constexpr int64_t width = Target::lanes * Target::vectors;
  for (int64_t column = columns.begin; column < columns.end; column += width) {
    const float *weights = panel + (column - columns.begin);
    int64_t count = std::min(width, columns.end - column);
    for (int64_t begin = 0; begin < k;) {
      int64_t end = isInteger ? std::min(k, begin + exactK) : k;
      float block[numRows * width];
      multiplyBlock<Target, isInteger, numRows>(inputs + begin, k,
                                                weights + begin * panelColumns,
                                                end - begin, block);
      for (int r = 0; r < numRows; ++r) {
        using Sum = std::conditional_t<isInteger, int32_t, float>;
        uint8_t *sums = rows[r].sums + column * sizeof(Sum);
        // A count that is known becomes vectors.
        drain<Sum>(block + r * width, sums, count == width ? width : count,
                   accumulate || begin > 0);
      }
      begin = end;
    }
  }
}

template <typename Target, bool isInteger>
static TACTUS_ALWAYS_INLINE void
multiplyChunk(const WeightTile &tile, const float *inputs, int64_t k,
              bool accumulate, const ProductRow *rows, int64_t numRows) {
  for (int64_t column = 0; column < tile.n(); column += panelColumns) {
    Columns columns = {column, std::min(column + panelColumns, tile.n())};
    int64_t r = 0;
    for (; r + Target::rows <= numRows; r += Target::rows)
      multiplyPanel<Target, isInteger, Target::rows>(
          inputs + r * k, k, tile.panel(column), columns, accumulate, rows + r);
    for (; r < numRows; ++r)
      multiplyPanel<Target, isInteger, 1>(inputs + r * k, k, tile.panel(column),
                                          columns, accumulate, rows + r);
  }
}

template <typename Target>
static TACTUS_ALWAYS_INLINE void
multiplyAll(const WeightTile &tile, const float *inputs, int64_t k,
            bool accumulate, const ProductRow *rows, int64_t numRows) {
  tile.type() == DataType::I8
      ? multiplyChunk<Target, true>(tile, inputs, k, accumulate, rows, numRows)
      : multiplyChunk<Target, false>(tile, inputs, k, accumulate, rows,
                                     numRows);
}

//===----------------------------------------------------------------------===//
// Choice of instruction set
//===----------------------------------------------------------------------===//

using Kernel = void (*)(const WeightTile &, const float *, int64_t, bool,
                        const ProductRow *, int64_t);

static void multiplyGeneric(const WeightTile &tile, const float *inputs,
                            int64_t k, bool accumulate, const ProductRow *rows,
                            int64_t numRows) {
  multiplyAll<Generic>(tile, inputs, k, accumulate, rows, numRows);
}

#if defined(__x86_64__)
__attribute__((target("avx2,fma"))) static void
multiplyAvx2(const WeightTile &tile, const float *inputs, int64_t k,
             bool accumulate, const ProductRow *rows, int64_t numRows) {
  multiplyAll<Avx2>(tile, inputs, k, accumulate, rows, numRows);
}

__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma"))) static void
multiplyAvx512(const WeightTile &tile, const float *inputs, int64_t k,
               bool accumulate, const ProductRow *rows, int64_t numRows) {
  multiplyAll<Avx512>(tile, inputs, k, accumulate, rows, numRows);
}
#endif

static Kernel chooseKernel() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq"))
    return multiplyAvx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    return multiplyAvx2;
#endif
  return multiplyGeneric;
}

void systolic::multiplyRows(const WeightTile &tile, int64_t k, bool accumulate,
                            const ProductRow *rows, int64_t numRows) {
  static const Kernel kernel = chooseKernel();
  int64_t chunk = std::max<int64_t>(chunkFloats / k / 8 * 8, 8);
  std::vector<float> inputs(std::min(chunk, numRows) * k);
  for (int64_t first = 0; first < numRows; first += chunk) {
    int64_t count = std::min(chunk, numRows - first);
    for (int64_t r = 0; r < count; ++r)
      loadElements(tile.type(), rows[first + r].input, k,
                   inputs.data() + r * k);
    kernel(tile, inputs.data(), k, accumulate, rows + first, count);
  }
}
