//===- Attributes.h - Random attributes of nodes ----------------*- C++ -*-===//
#ifndef TACTUS_TESTS_DIFFERENTIAL_ATTRIBUTES_H
#define TACTUS_TESTS_DIFFERENTIAL_ATTRIBUTES_H

#include "tests/differential/Random.h"
#include "tests/differential/SingleOp.h"

namespace tactus::differential {

/// Draws attributes for an op of which the first operand, or else the result,
/// has this type; most draws are valid. Throws `std::logic_error` for an
/// attribute of a name that it knows no values for.
Attributes drawAttributes(const OpInfo &op, ElementType type,
                          const std::vector<int64_t> &shape, Random &random);

/// Sizes of a tensor of `rank` dimensions; a small one.
std::vector<int64_t> drawShape(int64_t rank, Random &random);

std::string arrayText(const std::vector<int64_t> &elements);

} // namespace tactus::differential

#endif // TACTUS_TESTS_DIFFERENTIAL_ATTRIBUTES_H
