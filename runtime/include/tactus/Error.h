//===- Error.h - The one exception of the public API ------------*- C++ -*-===//
#ifndef TACTUS_ERROR_H
#define TACTUS_ERROR_H

#include <cstdint>
#include <source_location>
#include <stdexcept>
#include <string>

namespace tactus {

/// What every function of the public API throws: one message in the user's
/// terms, with the place that caused it.
///
/// `what()` is the whole line, `file:line:column: /pointer 'node' (op):
/// message`, in which the parts that are not known are left out.
class Error : public std::runtime_error {
public:
  struct Place {
    std::string file = {};
    uint32_t line = 0;
    /// The node concerned, as the user named it; empty where there is none.
    std::string node = {};
    /// The operator of that node, such as `matmul`; may be empty.
    std::string op = {};
    /// The column of a text file, from 1, in characters.
    uint32_t column = 0;
    /// Where in a JSON file, as a JSON pointer: `/nodes/3`.
    std::string pointer = {};
  };

  explicit Error(std::string message);
  Error(Place place, std::string message);
  /// The place is a line of the caller's program.
  Error(const std::source_location &where, std::string message);

  const std::string &file() const { return where.file; }
  uint32_t line() const { return where.line; }
  uint32_t column() const { return where.column; }
  const std::string &node() const { return where.node; }
  const std::string &op() const { return where.op; }
  const std::string &pointer() const { return where.pointer; }
  const Place &place() const { return where; }
  /// The message alone, without the place.
  const std::string &message() const { return text; }

private:
  Place where;
  std::string text;
};

} // namespace tactus

#endif // TACTUS_ERROR_H
