//===- OpCases.h - One graph for each op of the API -------------*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_GRAPH_OPCASES_H
#define TACTUS_TESTS_UNIT_GRAPH_OPCASES_H

#include "tactus/Graph.h"
#include <ostream>
#include <span>
#include <string>

namespace tactus::test {

struct OpCase {
  /// The op as it is printed, without the dialect; of ops without attributes
  /// the name alone.
  std::string expected;
  /// `x` is f32[2,3].
  Value (*build)(Graph &g, Value x);

  std::string name() const { return expected.substr(0, expected.find(' ')); }
};

/// How gtest shows a case.
inline void PrintTo(const OpCase &op, std::ostream *os) {
  *os << op.name();
}

/// One for each function of the API, with attributes that are no defaults.
std::span<const OpCase> opCases();

} // namespace tactus::test

#endif // TACTUS_TESTS_UNIT_GRAPH_OPCASES_H
