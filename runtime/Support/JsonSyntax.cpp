//===- JsonSyntax.cpp - Messages for text that is not JSON ----------------===//
//
// The parser says that a text is wrong; this finds the words for it. It starts
// where the valid tokens end, so there is one wrong token to look at.
//
//===----------------------------------------------------------------------===//
#include "runtime/Support/JsonTree.h"
#include "runtime/Support/Utf8.h"
#include <algorithm>
#include <cctype>

using namespace tactus;
using namespace tactus::json;

static size_t skipSpace(std::string_view text, size_t at) {
  return std::min(text.find_first_not_of(" \t\n\r", at), text.size());
}

static bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

static bool isWordCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' ||
         c == '+' || c == '-';
}

static std::string_view wordAt(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && isWordCharacter(text[end]))
    ++end;
  return text.substr(at, end - at);
}

static std::string quote(std::string_view word) {
  constexpr size_t most = 40;
  if (word.size() > most)
    return "'" + std::string(word.substr(0, most)) + "...'";
  return "'" + std::string(word) + "'";
}

/// The wrong token, for "but got".
static std::string describeToken(std::string_view text, size_t at) {
  if (at >= text.size())
    return "the end of the text";
  if (std::string_view word = wordAt(text, at); !word.empty())
    return quote(word);
  // The text is valid UTF-8, so a character ends where the next one begins.
  size_t end = at + 1;
  while (end < text.size() && (text[end] & 0xc0) == 0x80)
    ++end;
  return quote(text.substr(at, end - at));
}

namespace {
struct Problem {
  size_t offset;
  std::string message;
};
} // namespace

/// What is wrong with the string that begins at `at`.
static Problem explainString(std::string_view text, size_t at) {
  auto hexDigits = [&](size_t from) {
    size_t count = 0;
    while (count < 4 && from + count < text.size() &&
           std::isxdigit(static_cast<unsigned char>(text[from + count])))
      ++count;
    return count;
  };
  for (size_t i = at + 1; i < text.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(text[i]);
    if (c < 0x20)
      return {i, "expected an escape for a control character in a string, but "
                 "got " +
                     describeByte(c)};
    if (c == '"')
      break;
    if (c != '\\')
      continue;
    const char escaped = i + 1 < text.size() ? text[i + 1] : '\0';
    if (escaped == 'u') {
      const std::string_view escape = text.substr(i, 2 + hexDigits(i + 2));
      if (escape.size() < 6)
        return {i, "expected four hexadecimal digits after '\\u', but got " +
                       quote(escape)};
      const long unit = std::stol(std::string(escape.substr(2)), nullptr, 16);
      const bool isHigh = unit >= 0xd800 && unit < 0xdc00;
      const bool isLow = unit >= 0xdc00 && unit < 0xe000;
      bool isPair = false;
      if (isHigh && text.substr(i + 6, 2) == "\\u" && hexDigits(i + 8) == 4) {
        const long second =
            std::stol(std::string(text.substr(i + 8, 4)), nullptr, 16);
        isPair = second >= 0xdc00 && second < 0xe000;
      }
      if (isLow || (isHigh && !isPair))
        return {i, "expected a pair of surrogates, but got " + quote(escape)};
      i += isPair ? 11 : 5;
    } else if (escaped && std::string_view("\"\\/bfnrt").find(escaped) !=
                              std::string_view::npos) {
      ++i;
    } else if (i + 1 < text.size()) {
      return {i, "expected an escape sequence, but got " +
                     quote(text.substr(i, 2))};
    }
  }
  return {text.size(),
          "expected '\"' at the end of a string, but got the end of the text"};
}

size_t json::numberLength(std::string_view text) {
  size_t at = 0;
  auto isAt = [&](std::string_view set) {
    return at < text.size() && set.find(text[at]) != std::string_view::npos;
  };
  auto skipDigits = [&] {
    while (at < text.size() && isDigit(text[at]))
      ++at;
  };
  if (isAt("-"))
    ++at;
  if (at >= text.size() || !isDigit(text[at]))
    return 0;
  // A leading zero stands alone.
  if (text[at] == '0')
    ++at;
  else
    skipDigits();
  size_t valid = at;
  if (isAt(".")) {
    ++at;
    skipDigits();
    if (at == valid + 1)
      return valid;
    valid = at;
  }
  if (isAt("eE")) {
    ++at;
    if (isAt("+-"))
      ++at;
    const size_t digits = at;
    skipDigits();
    if (at > digits)
      valid = at;
  }
  return valid;
}

/// What is wrong with the token at `at`, where `expected` would be right.
static Problem explain(std::string_view text, size_t at,
                       std::string_view expected, bool wantsString,
                       bool wantsValue) {
  const char c = at < text.size() ? text[at] : '\0';
  if (c == '"' && wantsString)
    return explainString(text, at);
  if (wantsValue && (isDigit(c) || c == '-')) {
    std::string_view word = wordAt(text, at);
    if (numberLength(word) == word.size())
      return {at, "expected a number within the range of f64, but got " +
                      quote(word)};
  }
  return {at, "expected " + std::string(expected) + ", but got " +
                  describeToken(text, at)};
}

void json::throwSyntaxError(const Tree &tree, size_t done,
                            const SyntaxState &state) {
  std::string_view text = tree.text;
  size_t at = skipSpace(text, done);
  // Commas and colons are no values, so the parser passed them silently.
  auto accept = [&](char separator) {
    if (at >= text.size() || text[at] != separator)
      return false;
    at = skipSpace(text, at + 1);
    return true;
  };
  Problem problem{0, ""};
  switch (state.context) {
  case SyntaxContext::Start:
    problem = explain(text, at, "a value", true, true);
    break;
  case SyntaxContext::AfterKey:
    problem = accept(':') ? explain(text, at, "a value", true, true)
                          : explain(text, at, "':'", false, false);
    break;
  case SyntaxContext::InArray:
    if (state.isFirst)
      problem = explain(text, at, "a value or ']'", true, true);
    else
      problem = accept(',') ? explain(text, at, "a value", true, true)
                            : explain(text, at, "',' or ']'", false, false);
    break;
  case SyntaxContext::InObject:
    if (state.isFirst)
      problem = explain(text, at, "a key or '}'", true, false);
    else
      problem = accept(',') ? explain(text, at, "a key", true, false)
                            : explain(text, at, "',' or '}'", false, false);
    break;
  case SyntaxContext::End:
    problem = explain(text, at, "the end of the text", false, false);
    break;
  }
  Error::Place place = tree.placeAt(problem.offset);
  place.pointer = state.pointer;
  throw Error(std::move(place), std::move(problem.message));
}
