//===- JsonValue.cpp - Strict JSON: values and their getters --------------===//
#include "runtime/Support/Assert.h"
#include "runtime/Support/FloatText.h"
#include "runtime/Support/JsonTree.h"
#include <algorithm>
#include <bit>
#include <charconv>
#include <variant>

using namespace tactus;
using namespace tactus::json;

//===----------------------------------------------------------------------===//
// Structure and places
//===----------------------------------------------------------------------===//

static constexpr size_t marksApart = 4096;

/// Goes on from `mark`, which stands at `begin`, to `end`.
static TextMark advance(TextMark mark, std::string_view text, size_t begin,
                        size_t end) {
  for (size_t i = begin; i < end; ++i) {
    if (text[i] == '\n') {
      ++mark.lines;
      mark.lineStart = uint32_t(i + 1);
    }
    mark.continuations += (text[i] & 0xc0) == 0x80;
  }
  return mark;
}

void Tree::markText() {
  marks.emplace_back();
  for (size_t at = 0; at + marksApart <= text.size(); at += marksApart)
    marks.push_back(advance(marks.back(), text, at, at + marksApart));
}

Error::Place Tree::placeAt(size_t offset) const {
  Error::Place place;
  place.file = file;
  if (!hasLines)
    return place;
  auto markAt = [&](size_t offset) {
    size_t number = offset / marksApart;
    return advance(marks[number], text, number * marksApart, offset);
  };
  offset = std::min(offset, text.size());
  TextMark mark = markAt(offset);
  place.line = 1 + mark.lines;
  place.column = 1 + uint32_t(offset) - mark.lineStart -
                 (mark.continuations - markAt(mark.lineStart).continuations);
  return place;
}

Value Document::root() const & {
  return Value(*tree, 0);
}

Kind Value::kind() const {
  return tree->nodes[index].kind;
}

Error::Place Value::place() const {
  Error::Place place = tree->placeAt(tree->nodes[index].begin);
  place.pointer = pointer();
  return place;
}

static bool isMember(const Tree &tree, const Node &node) {
  return node.parent != noNode && tree.nodes[node.parent].kind == Kind::Object;
}

Error::Place Value::keyPlace() const {
  const Node &node = tree->nodes[index];
  if (!isMember(*tree, node))
    return place();
  Error::Place place = tree->placeAt(tree->keys[node.position].begin);
  place.pointer = pointer();
  return place;
}

std::string Value::pointer() const {
  std::vector<std::string> steps;
  for (uint32_t i = index; tree->nodes[i].parent != noNode;
       i = tree->nodes[i].parent) {
    const Node &node = tree->nodes[i];
    std::string step = "/";
    if (isMember(*tree, node)) {
      for (char c : tree->keys[node.position].text) {
        if (c == '~' || c == '/')
          step.append(c == '~' ? "~0" : "~1");
        else
          step += c;
      }
    } else {
      step += std::to_string(node.position);
    }
    steps.push_back(std::move(step));
  }
  std::string out;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step)
    out += *step;
  return out;
}

/// Cut at the start of a character, so that it stays valid UTF-8.
static std::string shorten(std::string_view text) {
  size_t most = 40;
  if (text.size() <= most)
    return std::string(text);
  while (most > 0 && (text[most] & 0xc0) == 0x80)
    --most;
  return std::string(text.substr(0, most)) + "...";
}

std::string Value::describe() const {
  const Node &node = tree->nodes[index];
  switch (node.kind) {
  case Kind::Null:
    return "null";
  case Kind::Bool:
    return node.content ? "true" : "false";
  case Kind::Number:
    return shorten(rawNumber());
  case Kind::String:
    return "'" + shorten(tree->strings[node.content]) + "'";
  case Kind::Array:
    return "an array of " + std::to_string(node.size);
  case Kind::Object:
    return "an object";
  }
  TACTUS_UNREACHABLE("a kind out of range");
}

size_t Value::size() const {
  return tree->nodes[index].size;
}

std::string_view Value::key() const {
  const Node &node = tree->nodes[index];
  if (!isMember(*tree, node))
    return "";
  return tree->keys[node.position].text;
}

Value::Iterator Value::begin() const {
  const Node &node = tree->nodes[index];
  const bool isContainer =
      node.kind == Kind::Array || node.kind == Kind::Object;
  return Iterator(tree, isContainer ? node.content : noNode);
}

Value::Iterator Value::end() const {
  return Iterator(tree, noNode);
}

Value::Iterator &Value::Iterator::operator++() {
  index = tree->nodes[index].next;
  return *this;
}

std::optional<Value> Value::find(std::string_view key) const {
  if (kind() == Kind::Object)
    for (Value member : *this)
      if (member.key() == key)
        return member;
  return std::nullopt;
}

std::string_view Value::rawNumber() const {
  const Node &node = tree->nodes[index];
  TACTUS_ASSERT(node.kind == Kind::Number, "the text of what is no number");
  return std::string_view(tree->text).substr(node.begin, node.length);
}

bool Value::isInteger() const {
  return isNumber() &&
         rawNumber().find_first_of(".eE") == std::string_view::npos;
}

//===----------------------------------------------------------------------===//
// Typed reading
//===----------------------------------------------------------------------===//

namespace {
/// A value, or the message that says why there is none.
template <typename T> struct Result {
  std::optional<T> value;
  std::string message;
};
} // namespace

template <typename T>
static Result<T> refuse(const Value &value, const std::string &expected) {
  return {std::nullopt,
          "expected " + expected + ", but got " + value.describe()};
}

template <typename T>
static T valueOrThrow(const Value &value, Result<T> result) {
  if (!result.value)
    throw Error(value.place(), std::move(result.message));
  return *result.value;
}

template <typename T>
static std::optional<T> valueOrReport(const Value &value, Result<T> result,
                                      Diagnostics &diagnostics) {
  if (!result.value)
    value.report(diagnostics, std::move(result.message));
  return result.value;
}

static Result<int64_t> readInt64(const Value &value, int64_t least,
                                 int64_t greatest) {
  if (!value.isInteger())
    return refuse<int64_t>(value, "an integer");
  std::string_view raw = value.rawNumber();
  int64_t number = 0;
  auto [end, error] =
      std::from_chars(raw.data(), raw.data() + raw.size(), number);
  if (error == std::errc() && number >= least && number <= greatest)
    return {number, ""};
  const bool noLeast = least == std::numeric_limits<int64_t>::min();
  const bool noGreatest = greatest == std::numeric_limits<int64_t>::max();
  if (noLeast && noGreatest)
    return refuse<int64_t>(value, "an integer of 64 bits");
  if (noGreatest && error == std::errc())
    return refuse<int64_t>(value, "an integer of " + std::to_string(least) +
                                      " or more");
  return refuse<int64_t>(value, "an integer from " + std::to_string(least) +
                                    " to " + std::to_string(greatest));
}

static Result<double> readDouble(const Value &value) {
  if (!value.isNumber())
    return refuse<double>(value, "a number");
  std::optional<double> number = parseFloat<double>(value.rawNumber());
  if (!number)
    return refuse<double>(value, "a number within the range of f64");
  return {*number, ""};
}

template <typename T> struct BitsOf;
template <> struct BitsOf<float> {
  using Type = uint32_t;
};
template <> struct BitsOf<double> {
  using Type = uint64_t;
};
template <> struct BitsOf<Float16> {
  using Type = uint16_t;
};
template <> struct BitsOf<BFloat16> {
  using Type = uint16_t;
};

/// `inf`, `-inf`, `nan`, or all bits in hexadecimal.
template <typename T>
static std::optional<T> parseNonFinite(std::string_view text) {
  using Bits = typename BitsOf<T>::Type;
  if (text == "inf" || text == "-inf" || text == "nan")
    return parseFloat<T>(text);
  if (!text.starts_with("0x") || text.size() != 2 + 2 * sizeof(Bits))
    return std::nullopt;
  Bits bits = 0;
  auto [end, error] =
      std::from_chars(text.data() + 2, text.data() + text.size(), bits, 16);
  if (error != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return std::bit_cast<T>(bits);
}

template <typename T>
static Result<T> readFloat(const Value &value, std::string_view name) {
  if (value.isString()) {
    if (std::optional<T> number = parseNonFinite<T>(value.asString()))
      return {*number, ""};
    return refuse<T>(value,
                     "a number, 'inf', '-inf', 'nan' or the bits of an " +
                         std::string(name));
  }
  if (!value.isNumber())
    return refuse<T>(value, "a number");
  if (std::optional<T> number = parseFloat<T>(value.rawNumber()))
    return {*number, ""};
  return refuse<T>(value, "a number within the range of " + std::string(name));
}

static Result<bool> readBool(const Value &value, bool content) {
  if (value.kind() != Kind::Bool)
    return refuse<bool>(value, "true or false");
  return {content, ""};
}

template <typename T>
static Result<T> readElement(const Value &value, bool content) {
  if constexpr (std::is_same_v<T, bool>) {
    return readBool(value, content);
  } else if constexpr (std::is_integral_v<T>) {
    Result<int64_t> number = readInt64(value, std::numeric_limits<T>::min(),
                                       std::numeric_limits<T>::max());
    if (!number.value)
      return {std::nullopt, std::move(number.message)};
    return {T(*number.value), ""};
  } else {
    return readFloat<T>(value, tactus::toString(ElementTypeOf<T>::value));
  }
}

static Result<std::string_view> readString(const Value &value, const Tree &tree,
                                           uint32_t content) {
  if (!value.isString())
    return refuse<std::string_view>(value, "a string");
  return {std::string_view(tree.strings[content]), ""};
}

bool Value::asBool() const {
  return valueOrThrow(*this, readBool(*this, tree->nodes[index].content));
}

std::string_view Value::asString() const {
  return valueOrThrow(*this,
                      readString(*this, *tree, tree->nodes[index].content));
}

int64_t Value::asInt64(int64_t least, int64_t greatest) const {
  return valueOrThrow(*this, readInt64(*this, least, greatest));
}

double Value::asDouble() const {
  return valueOrThrow(*this, readDouble(*this));
}

template <typename T> T Value::asElement() const {
  return valueOrThrow(*this,
                      readElement<T>(*this, tree->nodes[index].content == 1));
}

std::optional<bool> Value::toBool(Diagnostics &diagnostics) const {
  return valueOrReport(*this, readBool(*this, tree->nodes[index].content),
                       diagnostics);
}

std::optional<std::string_view>
Value::toString(Diagnostics &diagnostics) const {
  return valueOrReport(
      *this, readString(*this, *tree, tree->nodes[index].content), diagnostics);
}

std::optional<int64_t> Value::toInt64(Diagnostics &diagnostics, int64_t least,
                                      int64_t greatest) const {
  return valueOrReport(*this, readInt64(*this, least, greatest), diagnostics);
}

std::optional<double> Value::toDouble(Diagnostics &diagnostics) const {
  return valueOrReport(*this, readDouble(*this), diagnostics);
}

template <typename T>
std::optional<T> Value::toElement(Diagnostics &diagnostics) const {
  return valueOrReport(*this,
                       readElement<T>(*this, tree->nodes[index].content == 1),
                       diagnostics);
}

#define INSTANTIATE(T)                                                         \
  template T Value::asElement<T>() const;                                      \
  template std::optional<T> Value::toElement<T>(Diagnostics &) const;
INSTANTIATE(float)
INSTANTIATE(double)
INSTANTIATE(Float16)
INSTANTIATE(BFloat16)
INSTANTIATE(bool)
INSTANTIATE(int8_t)
INSTANTIATE(uint8_t)
INSTANTIATE(int16_t)
INSTANTIATE(int32_t)
INSTANTIATE(int64_t)
#undef INSTANTIATE

void Value::report(Diagnostics &diagnostics, std::string message) const {
  diagnostics.error(diagnostics.keepsErrors() ? place() : Error::Place(),
                    std::move(message));
}

void Value::reportKey(Diagnostics &diagnostics, std::string message) const {
  diagnostics.error(diagnostics.keepsErrors() ? keyPlace() : Error::Place(),
                    std::move(message));
}

bool Value::expectKind(Kind expected, Diagnostics &diagnostics) const {
  if (kind() == expected)
    return true;
  static constexpr const char *names[] = {
      "null", "true or false", "a number", "a string", "an array", "an object"};
  report(diagnostics, std::string("expected ") + names[int(expected)] +
                          ", but got " + describe());
  return false;
}
