//===- Iterations.cpp - Loops that never end ------------------------------===//
#include "runtime/Core/Iterations.h"

namespace tactus {

void IterationLimit::refuse(const Error::Place &loop) const {
  throw Error(
      loop, "expected loops to end within " + std::to_string(most) +
                " iterations of a run, but they go on; --max-iterations allows "
                "more");
}

} // namespace tactus
