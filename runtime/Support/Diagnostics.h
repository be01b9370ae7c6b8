//===- Diagnostics.h - All problems of an input -----------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SUPPORT_DIAGNOSTICS_H
#define TACTUS_RUNTIME_SUPPORT_DIAGNOSTICS_H

#include "tactus/Error.h"
#include <string>
#include <vector>

namespace tactus {

struct Diagnostic {
  enum class Severity { Error, Warning };
  Severity severity = Severity::Error;
  Error::Place place;
  std::string message;

  /// The whole line; a warning says that it is one.
  std::string str() const;
};

/// Collects problems, so that a reader can report all of a file and not only
/// the first. Beyond 100 errors it only counts them.
class Diagnostics {
public:
  void error(Error::Place place, std::string message);
  void warning(Error::Place place, std::string message);
  /// Gives every diagnostic from number `first` on, where it names no node,
  /// this one.
  void nameNode(size_t first, const std::string &node, const std::string &op);

  /// Whether another error is kept or only counted; its place, which may be
  /// costly to work out, is then not looked at.
  bool keepsErrors() const;
  bool hasErrors() const { return errors != 0; }
  size_t numErrors() const { return errors; }
  /// Errors and warnings in the order they were reported.
  const std::vector<Diagnostic> &all() const { return diagnostics; }
  /// Every line, errors and warnings.
  std::string str() const;
  /// Throws one Error that holds every error: its place is the first one's, and
  /// `what()` has a line for each.
  void throwIfErrors() const;

private:
  std::vector<Diagnostic> diagnostics;
  size_t errors = 0;
};

} // namespace tactus

#endif // TACTUS_RUNTIME_SUPPORT_DIAGNOSTICS_H
