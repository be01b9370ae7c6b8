//===- FunctionInputs.h - Numbers of every size, by their bits --*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_DRIVER_FUNCTIONINPUTS_H
#define TACTUS_TESTS_UNIT_DRIVER_FUNCTIONINPUTS_H

#include "tactus/Tensor.h"
#include <cstdint>
#include <vector>

namespace tactus::test {

/// The bits of some thousands of floats of `type`: each exponent with both
/// signs, zeros, infinities, NaN, ties, and the ends of the ranges in which
/// functions are computed in another way, with what lies beside them.
std::vector<uint64_t> sampleBits(ElementType type);

uint64_t bitsOfOne(ElementType type);
/// Without the sign.
uint64_t sizeOf(ElementType type, uint64_t bits);
/// A number from 1 to 2 with the digits of `bits`.
uint64_t withExponentOfOne(ElementType type, uint64_t bits);

/// Element `i`, of any float type.
uint64_t bitsOf(const Tensor &tensor, int64_t i);
void setBits(Tensor &tensor, int64_t i, uint64_t bits);
/// Whether not all is NaN.
bool hasNumbers(const Tensor &tensor);

/// The first element whose bits differ, NaN being as good as NaN; -1 where
/// there is none.
int64_t firstDifference(const Tensor &a, const Tensor &b);

} // namespace tactus::test

#endif // TACTUS_TESTS_UNIT_DRIVER_FUNCTIONINPUTS_H
