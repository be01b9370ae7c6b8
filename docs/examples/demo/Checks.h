//===- Checks.h - Results beside what is expected ---------------*- C++ -*-===//
#ifndef TACTUS_DOCS_EXAMPLES_DEMO_CHECKS_H
#define TACTUS_DOCS_EXAMPLES_DEMO_CHECKS_H

#include "tactus/tactus.h"
#include <string>

namespace tactus::demo {

/// Prints results beside the expected ones and remembers whether all agreed.
class Checks {
public:
  void section(const std::string &title);
  /// Evaluates `value` with the interpreter, and compiled for the CPU; both
  /// must be `expected`: integers exactly, floats within `relative` of it.
  void check(const std::string &name, const Value &value,
             const Tensor &expected, double relative = 3e-7);
  /// Says and remembers whether something holds.
  void require(const std::string &name, bool holds, const std::string &detail);
  bool allAgreed() const { return agreed; }

private:
  bool agreed = true;
};

} // namespace tactus::demo

#endif // TACTUS_DOCS_EXAMPLES_DEMO_CHECKS_H
