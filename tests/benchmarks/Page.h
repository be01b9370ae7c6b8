//===- Page.h - The results of a comparison as a page -----------*- C++ -*-===//
#ifndef TACTUS_TESTS_BENCHMARKS_PAGE_H
#define TACTUS_TESTS_BENCHMARKS_PAGE_H

#include "tests/benchmarks/Compare.h"

namespace tactus::benchmarks {

/// A group's results beside its bars. Where the group has a bar, programs that
/// failed count as missed; those that no library here has do not count.
struct GroupResult {
  Group group;
  std::vector<Comparison> comparisons;

  /// Nothing where none was compared.
  std::optional<double> mean() const;
  const Comparison *worst() const;
  /// The least of the products that the bar for it is meant for, if there is a
  /// bar.
  std::optional<double> leastPeakShare() const;
  bool isMissed() const;
};

/// One program's result as a line of a log.
std::string lineOf(const Comparison &comparison);

class Page {
public:
  Page(const Options &options, const Peers &peers);

  void add(const Group &group, std::vector<Comparison> comparisons);
  bool isEmpty() const { return results.empty(); }
  bool isMissed() const;
  /// A table with a row for each group.
  std::string summary() const;
  /// Writes `threads-N.md` and `threads-N.svg` to the folder of the options.
  void write() const;

private:
  std::string text() const;

  const Options &options;
  std::vector<std::string> libraries;
  std::vector<GroupResult> results;
};

/// The ratio of each program as a drawing.
std::string drawRatios(const std::string &title,
                       const std::vector<GroupResult> &results);

} // namespace tactus::benchmarks

#endif // TACTUS_TESTS_BENCHMARKS_PAGE_H
