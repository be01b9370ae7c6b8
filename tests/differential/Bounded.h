//===- Bounded.h - Values and what may stand for them -----------*- C++ -*-===//
//
// A target computes some ops with small errors, which the ops after it carry
// on. So each value of a graph has bounds: the interpreter's result, and how
// far a correct target may be from it, element by element. Running an op on the
// ends of its operands' bounds gives the bounds of its result; what the op
// itself may round adds to that.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_TESTS_DIFFERENTIAL_BOUNDED_H
#define TACTUS_TESTS_DIFFERENTIAL_BOUNDED_H

#include "tests/differential/SingleOp.h"

namespace tactus::differential {

struct Bounded {
  /// What the interpreter gives.
  Tensor center;
  /// Every correct result is between these.
  Tensor low, high;
  /// False where nothing useful can be said: a result that may jump, as that of
  /// argmax where two elements are too close to tell.
  bool isJudged = true;

  static Bounded exact(Tensor tensor) { return {tensor, tensor, tensor, true}; }
  bool isExact() const;
  /// The offset of the first element of `actual` that is outside; -1 where none
  /// is. A NaN stands for a NaN and for nothing else.
  int64_t findOutside(const Tensor &actual) const;
};

/// The result of `op` on operands with bounds, of which `numOperands` places
/// some are absent.
Bounded evaluate(const OpInfo &op, const SingleOp &single,
                 const Attributes &attributes,
                 const std::vector<const Bounded *> &operands,
                 size_t numResult = 0);

/// Moves every element of a float tensor by `ulps` steps between neighbors and
/// `distance`, up or down; infinities stay.
Tensor moved(const Tensor &tensor, int ulps,
             const std::vector<double> &distance, bool up);

} // namespace tactus::differential

#endif // TACTUS_TESTS_DIFFERENTIAL_BOUNDED_H
