//===- RandomProgram.h - Products of random shapes --------------*- C++ -*-===//
#ifndef TACTUS_TESTS_RTL_RANDOMPROGRAM_H
#define TACTUS_TESTS_RTL_RANDOMPROGRAM_H

#include "runtime/Systolic/Program.h"
#include "tests/rtl/ArrayModel.h"

namespace tactus::rtl {

/// A product of random shape, the same for a seed on every system, for an array
/// with the model's memories.
///
/// Its rows are cut into chunks of random sizes, from one row to several times
/// R; each chunk goes over the folds along K, which accumulate, and N. A
/// chunk's rows of one tile are one matmul or several, which read rows in
/// order, in steps or backward. Tiles come from DRAM or the unified buffer,
/// plain or transposed, at a random pace. In the end all sums are stored as
/// they are to the output `c`.
systolic::Program drawProgram(const ArraySize &size, uint64_t seed);

} // namespace tactus::rtl

#endif // TACTUS_TESTS_RTL_RANDOMPROGRAM_H
