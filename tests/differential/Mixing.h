//===- Mixing.h - Bounds of ops that mix elements ---------------*- C++ -*-===//
#ifndef TACTUS_TESTS_DIFFERENTIAL_MIXING_H
#define TACTUS_TESTS_DIFFERENTIAL_MIXING_H

#include "tests/differential/Bounded.h"

namespace tactus::differential {

/// True for ops whose elements come from many of their operands': sums and what
/// is made of them.
bool mixesElements(const OpInfo &op);

/// Widens `result`, which holds the interpreter's, by what the operands' bounds
/// and the op's own rounding allow.
void widenMixed(const OpInfo &op, const Attributes &attributes,
                const std::vector<const Bounded *> &operands, Bounded &result);

} // namespace tactus::differential

#endif // TACTUS_TESTS_DIFFERENTIAL_MIXING_H
