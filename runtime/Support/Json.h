//===- Json.h - Strict JSON -------------------------------------*- C++ -*-===//
//
// Reads JSON as RFC 8259 has it and no further: no trailing text, no duplicate
// keys, no NaN or Infinity, no number past f64, no invalid UTF-8, no byte order
// mark, and bounded nesting. Every value knows where it stood, and a number
// keeps its text, so that 1 and 1.0 and 2^63 stay what they are until a getter
// asks for a type and checks the range.
//
// Getters come in two forms: one throws `Error`, one reports to Diagnostics and
// returns nothing, so that a reader can go on to the next problem. A message
// reads `m.json:3:14: /nodes/0/name: expected a string, but got 7`.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_SUPPORT_JSON_H
#define TACTUS_RUNTIME_SUPPORT_JSON_H

#include "runtime/Support/Diagnostics.h"
#include "runtime/Support/Limits.h"
#include "tactus/ElementType.h"
#include "tactus/Error.h"
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tactus::json {

enum class Kind : uint8_t { Null, Bool, Number, String, Array, Object };

struct ReadOptions {
  uint64_t maxBytes = limits::maxJsonBytes;
  uint64_t maxValues = limits::maxJsonValues;
  int maxNesting = limits::maxJsonNesting;
  /// Whether places have line and column; off for JSON inside a binary file.
  bool hasLines = true;
};

class Value;
struct Tree;

/// A text that was read. Its values refer to it and must not outlive it.
class Document {
public:
  /// `file` stands in messages. Throws `Error` where the text is not JSON.
  static Document parse(std::string text, std::string file,
                        const ReadOptions &options = {});
  static Document read(const std::filesystem::path &file,
                       const ReadOptions &options = {});

  Value root() const &;
  Value root() const && = delete;

private:
  std::shared_ptr<const Tree> tree;
};

/// One value of a document; as cheap to copy as a pointer.
class Value {
public:
  Value(const Tree &tree, uint32_t index) : tree(&tree), index(index) {}

  Kind kind() const;
  bool isNull() const { return kind() == Kind::Null; }
  bool isNumber() const { return kind() == Kind::Number; }
  /// A number without fraction and exponent, whatever its size.
  bool isInteger() const;
  bool isString() const { return kind() == Kind::String; }
  bool isArray() const { return kind() == Kind::Array; }
  bool isObject() const { return kind() == Kind::Object; }

  /// Where it begins: file, line, column and JSON pointer.
  Error::Place place() const;
  /// The same, but where its key begins; for members of an object.
  Error::Place keyPlace() const;
  /// `/nodes/3/name`; empty for the root.
  std::string pointer() const;
  /// What messages say after "but got": `7`, `'abc'`, `an array of 3`.
  std::string describe() const;

  /// The number of elements or members; 0 for anything else.
  size_t size() const;
  /// The key of a member of an object; empty for anything else.
  std::string_view key() const;
  /// The member of that key.
  std::optional<Value> find(std::string_view key) const;
  /// The text of a number, as it stood.
  std::string_view rawNumber() const;

  class Iterator;
  /// Elements of an array or members of an object, in order.
  Iterator begin() const;
  Iterator end() const;

  bool asBool() const;
  std::string_view asString() const;
  int64_t asInt64(int64_t least = std::numeric_limits<int64_t>::min(),
                  int64_t greatest = std::numeric_limits<int64_t>::max()) const;
  /// A finite number, rounded to f64.
  double asDouble() const;
  /// The value of an element of type T (the C++ type of an ElementType): for
  /// integers a literal in range, for floats a number rounded once to T or one
  /// of the strings `inf`, `-inf`, `nan`, `0x7fc00001` (all its bits).
  template <typename T> T asElement() const;

  std::optional<bool> toBool(Diagnostics &diagnostics) const;
  std::optional<std::string_view> toString(Diagnostics &diagnostics) const;
  std::optional<int64_t>
  toInt64(Diagnostics &diagnostics,
          int64_t least = std::numeric_limits<int64_t>::min(),
          int64_t greatest = std::numeric_limits<int64_t>::max()) const;
  std::optional<double> toDouble(Diagnostics &diagnostics) const;
  template <typename T>
  std::optional<T> toElement(Diagnostics &diagnostics) const;
  /// Reports an error at this value, or at its key. Does not work out the place
  /// where it would not be kept, so a file full of errors takes no longer.
  void report(Diagnostics &diagnostics, std::string message) const;
  void reportKey(Diagnostics &diagnostics, std::string message) const;
  /// Reports unless it is of that kind.
  bool expectKind(Kind kind, Diagnostics &diagnostics) const;

private:
  const Tree *tree;
  uint32_t index;
};

class Value::Iterator {
public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = Value;
  using difference_type = std::ptrdiff_t;
  using pointer = const Value *;
  using reference = Value;

  Iterator() = default;
  Iterator(const Tree *tree, uint32_t index) : tree(tree), index(index) {}
  Value operator*() const { return Value(*tree, index); }
  Iterator &operator++();
  Iterator operator++(int) {
    Iterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const Iterator &) const = default;

private:
  const Tree *tree = nullptr;
  uint32_t index = 0;
};

} // namespace tactus::json

#endif // TACTUS_RUNTIME_SUPPORT_JSON_H
