//===- JsonWriter.h - Writing JSON ------------------------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SUPPORT_JSONWRITER_H
#define TACTUS_RUNTIME_SUPPORT_JSONWRITER_H

#include "runtime/Support/Json.h"
#include <concepts>
#include <string>
#include <vector>

namespace tactus::json {

/// Writes JSON text as people lay it out: containers either as a block, a
/// member or element a line, or inline, on one line that wraps between
/// elements. What stands inside an inline container is inline too. Members keep
/// their order.
///
/// Floats are the shortest text that reads back as the same value of their type
/// and always have a point or an exponent, so they never turn into integers.
/// Those that are not finite are the strings that Value::asElement reads.
///
/// Throws `Error` where containers nest deeper than the reader allows.
class Writer {
public:
  enum class Layout { Block, Inline };

  Writer &beginObject(Layout layout = Layout::Block);
  Writer &endObject();
  Writer &beginArray(Layout layout = Layout::Inline);
  Writer &endArray();
  Writer &key(std::string_view key);

  Writer &null();
  Writer &value(std::string_view text);
  Writer &value(const char *text) { return value(std::string_view(text)); }
  Writer &value(const std::string &text) {
    return value(std::string_view(text));
  }
  template <std::integral T> Writer &value(T number) {
    if constexpr (std::is_same_v<T, bool>)
      return token(number ? "true" : "false");
    else
      return token(std::to_string(number));
  }
  Writer &value(float number);
  Writer &value(double number);
  Writer &value(Float16 number);
  Writer &value(BFloat16 number);
  /// A value that was read, with all that is in it; numbers keep their text.
  Writer &value(const Value &value, Layout layout = Layout::Inline);

  /// A key and its value.
  template <typename T>
  Writer &member(std::string_view name, const T &content) {
    return key(name).value(content);
  }

  /// The text, with a newline at its end. All containers must be closed.
  std::string take();

private:
  struct Level {
    bool isObject;
    Layout layout;
    bool isEmpty = true;
    /// Where the lines of an inline container begin after a wrap.
    size_t indent = 0;
  };

  Writer &token(std::string_view text);
  void begin(bool isObject, Layout layout);
  void end(bool isObject);
  void separate(size_t width);
  size_t column() const { return out.size() - lineStart; }
  void newLine(size_t indent);

  std::string out;
  size_t lineStart = 0;
  std::vector<Level> levels;
  bool afterKey = false;
};

/// The text of a string with its quotes and escapes. Throws `Error` where it is
/// not valid UTF-8, as JSON could not hold it.
std::string quoteString(std::string_view text);

} // namespace tactus::json

#endif // TACTUS_RUNTIME_SUPPORT_JSONWRITER_H
