//===- JsonMutations.cpp - Mutations of values and members ----------------===//
//
// Works on the places of a JSON text where values and members stand. It asks
// for no more than balanced brackets and quotes, so its own edits may be edited
// again.
//
//===----------------------------------------------------------------------===//
#include "tests/fuzz/Mutations.h"
#include <array>
#include <vector>

using namespace tactus;
using namespace tactus::fuzz;

namespace {

struct Span {
  size_t begin = 0, end = 0;
  std::string of(const std::string &text) const {
    return text.substr(begin, end - begin);
  }
};

struct Places {
  std::vector<Span> values;
  /// Values of the type, each with its quotes.
  std::vector<Span> strings, numbers, keys;
  /// A key with its value, and what stands in an array.
  std::vector<Span> members, elements;
};

/// Finds the places of a text in one pass.
class Scanner {
public:
  explicit Scanner(const std::string &text) : text(text) {}

  Places scan() {
    value(0);
    return places;
  }

private:
  void skip() {
    at = std::min(text.find_first_not_of(" \t\n\r,:", at), text.size());
  }
  bool stopsAt(char close) {
    skip();
    if (at < text.size() && text[at] != close)
      return false;
    at = std::min(at + 1, text.size());
    return true;
  }

  Span string() {
    size_t begin = at++;
    while (at < text.size() && text[at] != '"')
      at += text[at] == '\\' ? 2 : 1;
    at = std::min(at + 1, text.size());
    return {begin, at};
  }

  Span scalar() {
    size_t begin = at;
    at = std::min(text.find_first_of(" \t\n\r,:]}[{\"", at + 1), text.size());
    return {begin, at};
  }

  void object(int depth) {
    ++at;
    while (!stopsAt('}')) {
      size_t begin = at;
      if (text[at] == '"')
        places.keys.push_back(string());
      skip();
      value(depth + 1);
      places.members.push_back({begin, at});
    }
  }

  void array(int depth) {
    ++at;
    while (!stopsAt(']'))
      places.elements.push_back(value(depth + 1));
  }

  Span value(int depth) {
    skip();
    if (at >= text.size())
      return {at, at};
    size_t begin = at;
    // What is nested deeper is one scalar a bracket.
    bool opens = depth < 200;
    if (text[at] == '{' && opens)
      object(depth);
    else if (text[at] == '[' && opens)
      array(depth);
    else if (text[at] == '"')
      places.strings.push_back(string());
    else
      places.numbers.push_back(scalar());
    places.values.push_back({begin, at});
    return places.values.back();
  }

  const std::string &text;
  size_t at = 0;
  Places places;
};

std::string quoted(const std::string &text) {
  return '"' + text + '"';
}

std::string nested(const std::string &value, Random &random) {
  int64_t depth = random.pick(std::array{1, 2, 31, 63, 64, 100, 20000});
  bool isArray = random.percent(60);
  std::string open, close;
  for (int64_t i = 0; i < depth; ++i) {
    open += isArray ? "[" : "{\"a\": ";
    close += isArray ? "]" : "}";
  }
  return open + value + close;
}

/// A value of another kind, or an extreme one of any.
std::string otherValue(Random &random) {
  static constexpr std::array values = {"null", "true", "false",  "{}",
                                        "[]",   "[[]]", "[null]", "\"\""};
  switch (random.below(3)) {
  case 0:
    return random.pick(values);
  case 1:
    return extremeNumber(random);
  default:
    return quoted(extremeString(random));
  }
}

void replace(std::string &text, Span span, const std::string &by) {
  text.replace(span.begin, span.end - span.begin, by);
}

/// Removes a member or an element with the comma that follows or precedes it.
void remove(std::string &text, Span span) {
  size_t next = text.find_first_not_of(" \t\n\r", span.end);
  size_t before =
      span.begin == 0 ? 0 : text.find_last_not_of(" \t\n\r", span.begin - 1);
  if (next != std::string::npos && text[next] == ',')
    span.end = next + 1;
  else if (before != std::string::npos && text[before] == ',')
    span.begin = before;
  replace(text, span, "");
}

void editOnce(std::string &text, Random &random) {
  Places places = Scanner(text).scan();
  auto pick = [&](const std::vector<Span> &spans) {
    return spans.empty() ? Span{} : random.pick(spans);
  };
  switch (random.below(12)) {
  case 0:
  case 1: {
    Span number = pick(places.numbers);
    return replace(text, number, extremeNumber(random));
  }
  case 2: {
    Span string = pick(places.strings);
    return replace(text, string, quoted(extremeString(random)));
  }
  case 3: {
    // A name that stands elsewhere: cycles, doubled names, other types.
    Span string = pick(places.strings);
    return replace(text, string, pick(places.strings).of(text));
  }
  case 4: {
    Span value = pick(places.values);
    return replace(text, value, pick(places.values).of(text));
  }
  case 5: {
    Span value = pick(places.values);
    return replace(text, value, otherValue(random));
  }
  case 6:
    return remove(text, pick(places.members));
  case 7:
    return remove(text, pick(places.elements));
  case 8: {
    Span member = pick(random.percent(50) ? places.members : places.elements);
    if (member.end != member.begin)
      text.insert(member.end, ", " + member.of(text));
    return;
  }
  case 9: {
    // A member of one object in another.
    Span member = pick(places.members);
    if (member.end != member.begin)
      text.insert(member.end, ", " + pick(places.members).of(text));
    return;
  }
  case 10: {
    Span key = pick(places.keys);
    return replace(text, key,
                   random.percent(70) ? pick(places.keys).of(text)
                                      : quoted(extremeString(random)));
  }
  default: {
    Span value = pick(places.values);
    if (random.percent(40))
      replace(text, value, nested(value.of(text), random));
  }
  }
}

} // namespace

std::string fuzz::mutateJson(std::string text, Random &random) {
  for (int64_t edits = countEdits(random); edits > 0; --edits)
    editOnce(text, random);
  return text;
}
