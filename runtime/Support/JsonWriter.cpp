//===- JsonWriter.cpp - Writing JSON --------------------------------------===//
#include "runtime/Support/JsonWriter.h"
#include "runtime/Support/Assert.h"
#include "runtime/Support/FloatText.h"
#include "runtime/Support/Utf8.h"
#include <bit>
#include <cmath>
#include <cstdio>

using namespace tactus;
using namespace tactus::json;

static constexpr size_t maxColumn = 100;

std::string json::quoteString(std::string_view text) {
  if (auto offset = findInvalidUtf8(text))
    throw Error("expected a string of valid UTF-8, but got " +
                describeByte(static_cast<unsigned char>(text[*offset])));
  std::string out = "\"";
  for (char c : text) {
    switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\t':
      out += "\\t";
      break;
    case '\r':
      out += "\\r";
      break;
    default:
      if (static_cast<unsigned char>(c) < 0x20) {
        char buffer[8];
        std::snprintf(buffer, sizeof(buffer), "\\u%04x", unsigned(c));
        out += buffer;
      } else {
        out += c;
      }
    }
  }
  return out + '"';
}

void Writer::newLine(size_t indent) {
  while (!out.empty() && out.back() == ' ')
    out.pop_back();
  out += '\n';
  lineStart = out.size();
  out.append(indent, ' ');
}

/// Puts what stands between the last token and one of `width` characters.
void Writer::separate(size_t width) {
  if (afterKey) {
    afterKey = false;
    return;
  }
  if (levels.empty())
    return;
  Level &level = levels.back();
  const bool isFirst = level.isEmpty;
  level.isEmpty = false;
  if (!isFirst)
    out += ',';
  if (level.layout == Layout::Block)
    newLine(level.indent);
  // One column stays free for the comma or bracket that follows.
  else if (!isFirst && column() + 1 + width + 1 > maxColumn)
    newLine(level.indent);
  else if (!isFirst)
    out += ' ';
}

Writer &Writer::token(std::string_view text) {
  TACTUS_ASSERT(levels.empty() || !levels.back().isObject || afterKey,
                "a value without a key");
  separate(text.size());
  out += text;
  return *this;
}

void Writer::begin(bool isObject, Layout layout) {
  if (levels.size() >= size_t(limits::maxJsonNesting))
    throw Error("expected brackets nested " +
                std::to_string(limits::maxJsonNesting) +
                " deep or less, as JSON is read, but got more");
  token(isObject ? "{" : "[");
  if (!levels.empty() && levels.back().layout == Layout::Inline)
    layout = Layout::Inline;
  size_t indent = column();
  if (layout == Layout::Block)
    indent = levels.empty() ? 2 : levels.back().indent + 2;
  levels.push_back({isObject, layout, true, indent});
}

void Writer::end(bool isObject) {
  TACTUS_ASSERT(!levels.empty() && levels.back().isObject == isObject &&
                    !afterKey,
                "an end that fits no beginning");
  Level level = levels.back();
  levels.pop_back();
  if (level.layout == Layout::Block && !level.isEmpty)
    newLine(level.indent - 2);
  out += isObject ? '}' : ']';
}

Writer &Writer::beginObject(Layout layout) {
  begin(true, layout);
  return *this;
}

Writer &Writer::endObject() {
  end(true);
  return *this;
}

Writer &Writer::beginArray(Layout layout) {
  begin(false, layout);
  return *this;
}

Writer &Writer::endArray() {
  end(false);
  return *this;
}

Writer &Writer::key(std::string_view key) {
  TACTUS_ASSERT(!levels.empty() && levels.back().isObject && !afterKey,
                "a key outside an object");
  std::string text = quoteString(key) + ": ";
  separate(text.size());
  out += text;
  afterKey = true;
  return *this;
}

Writer &Writer::null() {
  return token("null");
}

Writer &Writer::value(std::string_view text) {
  return token(quoteString(text));
}

/// The NaN that `nan` reads as has its own word; others are written as bits.
template <typename Bits, typename T> static std::string floatToken(T number) {
  if (std::isfinite(double(number)))
    return toShortestString(number);
  const Bits bits = std::bit_cast<Bits>(number);
  if (!std::isnan(double(number)) ||
      bits == std::bit_cast<Bits>(*parseFloat<T>("nan")))
    return "\"" + toShortestString(number) + "\"";
  char buffer[32];
  std::snprintf(buffer, sizeof(buffer), "\"0x%0*llx\"", int(2 * sizeof(Bits)),
                static_cast<unsigned long long>(bits));
  return buffer;
}

Writer &Writer::value(float number) {
  return token(floatToken<uint32_t>(number));
}
Writer &Writer::value(double number) {
  return token(floatToken<uint64_t>(number));
}
Writer &Writer::value(Float16 number) {
  return token(floatToken<uint16_t>(number));
}
Writer &Writer::value(BFloat16 number) {
  return token(floatToken<uint16_t>(number));
}

// The reader bounds the nesting, so the recursion is bounded too.
Writer &Writer::value(const Value &value, Layout layout) {
  switch (value.kind()) {
  case Kind::Null:
    return null();
  case Kind::Bool:
    return this->value(value.asBool());
  case Kind::Number:
    return token(value.rawNumber());
  case Kind::String:
    return this->value(value.asString());
  case Kind::Array:
    beginArray(layout);
    for (Value element : value)
      this->value(element, layout);
    return endArray();
  case Kind::Object:
    beginObject(layout);
    for (Value member : value)
      key(member.key()).value(member, layout);
    return endObject();
  }
  TACTUS_UNREACHABLE("a kind out of range");
}

std::string Writer::take() {
  TACTUS_ASSERT(levels.empty() && !afterKey, "a container that was not closed");
  std::string text = std::move(out) + "\n";
  *this = Writer();
  return text;
}
