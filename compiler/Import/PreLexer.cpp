//===- PreLexer.cpp - Bounds on MLIR text ---------------------------------===//
//
// Splits the text into the tokens of MLIR's lexer, so that no bracket hides
// from the count in what only looks like a string or a comment.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/PreLexer.h"
#include "runtime/Support/Utf8.h"
#include "tactus/Error.h"
#include <algorithm>
#include <unordered_map>
#include <vector>

using namespace tactus;

static bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
static bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

namespace {
class PreLexer {
public:
  PreLexer(std::string_view text, const std::string &file)
      : text(text), file(file) {}

  void run() {
    while (at < text.size()) {
      uint64_t before = tokens;
      lexToken();
      if (tokens != before)
        lastEnd = at;
    }
    if (!open.empty())
      fail(open.back(), std::string("expected '") + closerOf(open.back()) +
                            "' to close '" + text[open.back()] +
                            "', but got the end of the text");
  }

private:
  /// What an alias stands for, with the aliases in it written out.
  struct Alias {
    uint32_t nesting = 0;
    uint64_t tokens = 0;
  };

  void lexToken() {
    char c = text[at];
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      ++at;
      return;
    }
    size_t begin = at;
    if (c == '/' && peek(1) == '/') {
      at = std::min(text.find('\n', at), text.size());
      return;
    }
    if (!defining.empty() && open.empty() && !continuesAlias(c))
      finishAlias();
    ++tokens;
    // Properties hold any name, and MLIR drops those that it does not know.
    if (c == '{' && last == '<')
      fail(at, "expected attributes in braces after the operands, but got a "
               "dictionary of properties '<{'");
    last = c;
    switch (c) {
    case '"':
      return lexString();
    case '(':
    case '[':
    case '<':
    case '{':
      return lexOpener(c);
    case ')':
    case ']':
    case '>':
    case '}':
      return lexCloser(c);
    case '-':
      at += peek(1) == '>' ? 2 : 1;
      return;
    case '%':
    case '^':
    case '@':
    case '#':
    case '!':
      return lexPrefixed(c);
    default:
      break;
    }
    if (isLetter(c) || c == '_') {
      lexWhile([](char c) {
        return isLetter(c) || isDigit(c) || c == '_' || c == '$' || c == '.';
      });
      refuseKeyword(begin);
    } else if (isDigit(c)) {
      lexNumber();
    } else if (std::string_view(",:=?*+|;").find(c) != std::string_view::npos) {
      ++at;
      return;
    } else {
      fail(at, "expected MLIR text, but got " +
                   describeByte(static_cast<unsigned char>(c)));
    }
    boundToken(begin);
  }

  void lexOpener(char c) {
    if (c == '{' && peek(1) == '-' && peek(2) == '#')
      fail(at, "expected no resources: tactus keeps weights in safetensors "
               "files");
    if (c == '<' && peek(1) == '=')
      fail(at, "expected no affine expressions, but got '<='");
    open.push_back(at);
    boundNesting(open.size(), at);
    ++at;
  }

  void lexCloser(char c) {
    if (c == '>' && peek(1) == '=')
      fail(at, "expected no affine expressions, but got '>='");
    if (open.empty())
      fail(at, std::string("expected an opening bracket before '") + c + "'");
    if (closerOf(open.back()) != c)
      fail(at, std::string("expected '") + closerOf(open.back()) +
                   "' to close '" + text[open.back()] + "', but got '" + c +
                   "'");
    open.pop_back();
    ++at;
  }

  void lexString() {
    size_t begin = at++;
    while (at < text.size() && text[at] != '"' && text[at] != '\n')
      at += text[at] == '\\' && at + 1 < text.size() ? 2 : 1;
    if (at >= text.size() || text[at] != '"')
      fail(begin, "expected '\"' at the end of the string");
    ++at;
  }

  void lexNumber() {
    // Hexadecimal digits, a fraction and an exponent are letters, digits,
    // points and signs; the parser sorts out which belong together.
    lexWhile([](char c) { return isDigit(c) || c == '.'; });
    if ((peek(0) == 'e' || peek(0) == 'E') &&
        (isDigit(peek(1)) || peek(1) == '-' || peek(1) == '+')) {
      at += 2;
      lexWhile(isDigit);
    }
  }

  /// A value, block, symbol, or the use or definition of an alias.
  void lexPrefixed(char prefix) {
    size_t begin = at++;
    if (prefix == '@' && peek(0) == '"')
      return lexString();
    if (isDigit(peek(0)))
      lexWhile(isDigit);
    else
      lexWhile([](char c) {
        return isLetter(c) || isDigit(c) || c == '_' || c == '$' || c == '.' ||
               c == '-';
      });
    boundToken(begin);
    if (prefix != '#' && prefix != '!')
      return;
    std::string_view name = text.substr(begin, at - begin);
    if (open.empty() && beginsDefinition()) {
      if (!defining.empty())
        finishAlias();
      defining = name;
      tokensBefore = tokens;
      return;
    }
    if (auto found = aliases.find(name); found != aliases.end()) {
      boundNesting(open.size() + found->second.nesting, begin);
      tokens += found->second.tokens;
      boundAlias(begin);
    }
  }

  bool beginsDefinition() const {
    size_t next = text.find_first_not_of(" \t\r\n", at);
    return next != std::string_view::npos && text[next] == '=';
  }

  /// Whether the token that begins with `c` may belong to the value of the
  /// alias that is being defined. What stands on its line always does; on later
  /// lines what can begin no operation, or follows a token that ends no value.
  bool continuesAlias(char c) const {
    if (text.substr(lastEnd, at - lastEnd).find('\n') == std::string_view::npos)
      return true;
    return std::string_view("=:-,").find(last) != std::string_view::npos ||
           !(isLetter(c) ||
             std::string_view("_%\"#!@").find(c) != std::string_view::npos);
  }

  void finishAlias() {
    // An alias is a level itself: function types chain without brackets.
    aliases[defining] = {nesting + 1, tokens - tokensBefore};
    defining = {};
    nesting = 0;
  }

  void boundNesting(size_t depth, size_t where) {
    if (depth > limits::maxMlirNesting)
      fail(where, "expected brackets and aliases at most " +
                      std::to_string(limits::maxMlirNesting) +
                      " deep, but got more");
    if (!defining.empty())
      nesting = std::max(nesting, uint32_t(depth));
  }

  void boundAlias(size_t where) {
    if (!defining.empty() && tokens - tokensBefore > limits::maxMlirAliasTokens)
      fail(where, "expected an alias of at most " +
                      std::to_string(limits::maxMlirAliasTokens) +
                      " tokens when written out, but got more");
  }

  void boundToken(size_t begin) {
    if (at - begin > limits::maxMlirToken)
      fail(begin, "expected names and numbers of at most " +
                      std::to_string(limits::maxMlirToken) +
                      " characters, but got one of " +
                      std::to_string(at - begin));
  }

  void refuseKeyword(size_t begin) {
    std::string_view word = text.substr(begin, at - begin);
    if (word == "affine_map" || word == "affine_set")
      fail(begin, "expected no affine expressions, but got '" +
                      std::string(word) + "'");
    if (word == "dense_resource")
      fail(begin, "expected no resources: tactus keeps weights in safetensors "
                  "files");
  }

  template <typename Predicate> void lexWhile(Predicate belongs) {
    while (at < text.size() && belongs(text[at]))
      ++at;
  }

  char peek(size_t offset) const {
    return at + offset < text.size() ? text[at + offset] : '\0';
  }

  char closerOf(size_t opener) const {
    switch (text[opener]) {
    case '(':
      return ')';
    case '[':
      return ']';
    case '<':
      return '>';
    default:
      return '}';
    }
  }

  [[noreturn]] void fail(size_t where, std::string message) const {
    Error::Place place{.file = file};
    std::string_view before = text.substr(0, where);
    place.line = uint32_t(1 + std::count(before.begin(), before.end(), '\n'));
    place.column = uint32_t(where - (before.rfind('\n') + 1) + 1);
    throw Error(std::move(place), std::move(message));
  }

  std::string_view text;
  const std::string &file;
  size_t at = 0;
  /// Offsets of the brackets that are open.
  std::vector<size_t> open;
  uint64_t tokens = 0;
  /// How the last token begins, and where it ends.
  char last = '\0';
  size_t lastEnd = 0;

  std::unordered_map<std::string_view, Alias> aliases;
  /// The alias that is being defined, the tokens before it, and its depth.
  std::string_view defining;
  uint64_t tokensBefore = 0;
  uint32_t nesting = 0;
};
} // namespace

void tactus::preLexMlir(std::string_view text, const std::string &file) {
  if (text.starts_with("ML\xefR"))
    throw Error({.file = file}, "expected MLIR text, but got MLIR bytecode");
  if (text.size() > limits::maxMlirBytes)
    throw Error({.file = file},
                "expected at most " + std::to_string(limits::maxMlirBytes) +
                    " bytes, but got " + std::to_string(text.size()));
  PreLexer(text, file).run();
}
