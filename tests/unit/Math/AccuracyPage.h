//===- AccuracyPage.h - The page of errors ----------------------*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_MATH_ACCURACYPAGE_H
#define TACTUS_TESTS_UNIT_MATH_ACCURACYPAGE_H

#include "tests/unit/Math/AccuracyScan.h"
#include "tests/unit/Math/NarrowFunctions.h"
#include <string>

namespace tactus::test {

/// What stands in one group of cells of a row, and where that comes from.
struct Source {
  const char *name;
  /// That of ours, or null.
  const Level *level;
  /// On all inputs, which also tells how many results are not the nearest.
  bool isWhole;
};
std::span<const Source> sources();

/// A function and a column of each source, where it has that function.
struct Subject {
  Judges judges;
  std::vector<std::optional<Column>> columns;
  std::vector<std::shared_ptr<const KernelLibrary>> libraries;
};
Subject prepare(const ExactFunction &function);

/// As printf.
std::string format(const char *text, auto... values) {
  char buffer[300];
  std::snprintf(buffer, sizeof(buffer), text, values...);
  return buffer;
}

/// A cell as the page has it.
std::string distanceCell(double distance);

/// The lines of a function in both tables.
struct Rows {
  std::string single, narrow;
};
std::string singleRow(const Subject &subject, const std::vector<Score> &scores);
std::string narrowRow(const ExactFunction &function, const NarrowResult &f16,
                      const NarrowResult &bf16);

/// What stands above the first row.
std::string pageHead(uint64_t stride);
std::string buildPage(uint64_t stride, const std::vector<Rows> &rows);

/// Empty where `page` has none of `name`.
Rows findRows(const std::string &page, const char *name);
/// What stands between the bars, the name apart.
std::vector<std::string> cellsOf(const std::string &row);

} // namespace tactus::test

#endif // TACTUS_TESTS_UNIT_MATH_ACCURACYPAGE_H
