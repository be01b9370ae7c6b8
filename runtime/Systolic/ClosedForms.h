//===- ClosedForms.h - Cycles of a product by formula -----------*- C++ -*-===//
//
// For an M x K by K x N product on an array of R x C cells. The first three are
// those of SCALE-Sim v2 for its three dataflows, which prints one less; the
// last two are the machine's, with the accumulators' register.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_CLOSEDFORMS_H
#define TACTUS_RUNTIME_SYSTOLIC_CLOSEDFORMS_H

#include <algorithm>
#include <cstdint>

namespace tactus::systolic {

struct ProductShape {
  int64_t m = 1, k = 1, n = 1;
  bool operator==(const ProductShape &) const = default;
};

struct ArrayShape {
  int64_t rows = 1, columns = 1;
};

inline constexpr int64_t ceilDiv(int64_t a, int64_t b) {
  return (a + b - 1) / b;
}

/// Weight tiles of the product.
inline constexpr int64_t folds(ProductShape p, ArrayShape a) {
  return ceilDiv(p.k, a.rows) * ceilDiv(p.n, a.columns);
}

inline constexpr int64_t weightStationaryCycles(ProductShape p, ArrayShape a) {
  return folds(p, a) * (2 * a.rows + a.columns + p.m - 2);
}

inline constexpr int64_t inputStationaryCycles(ProductShape p, ArrayShape a) {
  return ceilDiv(p.k, a.rows) * ceilDiv(p.m, a.columns) *
         (2 * a.rows + a.columns + p.n - 2);
}

inline constexpr int64_t outputStationaryCycles(ProductShape p, ArrayShape a) {
  return ceilDiv(p.m, a.rows) * ceilDiv(p.n, a.columns) *
         (p.k + a.rows + a.columns - 2);
}

/// Each tile shifts in once the products of the one before have left the array.
inline constexpr int64_t serialCycles(ProductShape p, ArrayShape a) {
  return folds(p, a) * (2 * a.rows + a.columns + p.m - 2) + 1;
}

/// Each tile shifts in behind the products of the one before.
inline constexpr int64_t overlappedCycles(ProductShape p, ArrayShape a) {
  return (folds(p, a) - 1) * std::max(p.m, a.rows) + 2 * a.rows + a.columns +
         p.m - 2 + 1;
}

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_CLOSEDFORMS_H
