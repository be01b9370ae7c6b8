//===- Mutations.cpp - Mutations of bytes and of tokens -------------------===//
#include "tests/fuzz/Mutations.h"
#include <array>
#include <cctype>
#include <string_view>
#include <vector>

using namespace tactus;
using namespace tactus::fuzz;

std::string fuzz::extremeNumber(Random &random) {
  static constexpr std::array numbers = {
      "0",
      "-1",
      "-0.0",
      "2147483648",
      "4294967296",
      "9223372036854775807",
      "-9223372036854775808",
      "9223372036854775808",
      "18446744073709551616",
      "1e308",
      "1e400",
      "-1e-400",
      "2.5",
      "1e18",
      "99999999999999999999999999999999999999999",
      "0x7fc00001",
      "4611686018427387904",
      "1073741824",
      "65536",
      "33"};
  return random.pick(numbers);
}

std::string fuzz::extremeString(Random &random) {
  static const std::array<std::string, 14> strings = {
      "",
      "..",
      "../../etc/passwd",
      "/dev/zero",
      std::string("a\0b", 3),
      "\xff\xfe",
      "x:1",
      "nan",
      "-inf",
      "f32[9223372036854775807,9223372036854775807]",
      "i64[0,1099511627776]",
      "f32[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]",
      "u8[-1]",
      std::string(70000, 'n')};
  return random.pick(strings);
}

int64_t fuzz::countEdits(Random &random) {
  return random.percent(60) ? 1 : random.between(2, 5);
}

//===----------------------------------------------------------------------===//
// Bytes
//===----------------------------------------------------------------------===//

std::string fuzz::mutateBytes(std::string bytes, Random &random) {
  for (int64_t edits = countEdits(random); edits > 0 && !bytes.empty();
       --edits) {
    size_t at = size_t(random.below(int64_t(bytes.size())));
    switch (random.below(8)) {
    case 0:
    case 1:
    case 2:
      bytes[at] = char(bytes[at] ^ (1 << random.below(8)));
      break;
    case 3:
      bytes[at] = char(random.pick(std::array{0x00, 0xff, 0x7f, 0x80}));
      break;
    case 4:
      bytes.erase(at, size_t(random.between(1, 8)));
      break;
    case 5:
      bytes.insert(at, size_t(random.between(1, 8)), char(random.below(256)));
      break;
    case 6: {
      size_t from = size_t(random.below(int64_t(bytes.size())));
      bytes.insert(at, bytes.substr(from, size_t(random.between(1, 64))));
      break;
    }
    case 7:
      // One cut loses all that follows, so cuts are rare.
      if (random.percent(30))
        bytes.resize(at);
      break;
    }
  }
  return bytes;
}

//===----------------------------------------------------------------------===//
// Tokens
//===----------------------------------------------------------------------===//

namespace {

bool isWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

/// Words with their sigil, numbers, strings, runs of white space, and single
/// characters; together they are the text.
std::vector<std::string> splitTokens(std::string_view text) {
  std::vector<std::string> tokens;
  size_t begin = 0;
  while (begin < text.size()) {
    size_t end = begin + 1;
    char first = text[begin];
    if (first == '"' || first == '\'') {
      while (end < text.size() && text[end] != first)
        end += text[end] == '\\' ? 2 : 1;
      end = std::min(end + 1, text.size());
    } else if (std::isspace(static_cast<unsigned char>(first))) {
      while (end < text.size() &&
             std::isspace(static_cast<unsigned char>(text[end])))
        ++end;
    } else if (isWord(first) || std::string_view("%@#!^").find(first) !=
                                    std::string_view::npos) {
      while (end < text.size() && (isWord(text[end]) || text[end] == '.'))
        ++end;
    }
    tokens.emplace_back(text.substr(begin, end - begin));
    begin = end;
  }
  return tokens;
}

/// What may stand where `token` stood.
std::string substitute(const std::string &token,
                       const std::vector<std::string> &tokens, Random &random) {
  bool isNumber = std::isdigit(static_cast<unsigned char>(token[0]));
  if (isNumber && random.percent(70))
    return extremeNumber(random);
  if (token[0] == '"' && random.percent(50))
    return '"' + extremeString(random) + '"';
  return random.pick(tokens);
}

/// `token` inside many brackets, or many of it in a row.
std::string nest(const std::string &token, Random &random) {
  static constexpr std::array<std::array<std::string_view, 2>, 7> pairs = {
      {{"[", "]"},
       {"{", "}"},
       {"(", ")"},
       {"<", ">"},
       {"-", ""},
       {"!", ""},
       {"tuple<", ">"}}};
  const auto &[open, close] = random.pick(pairs);
  int64_t depth = random.pick(std::array{2, 60, 70, 1000, 30000});
  std::string result;
  for (int64_t i = 0; i < depth; ++i)
    result += open;
  result += token;
  for (int64_t i = 0; i < depth; ++i)
    result += close;
  return result;
}

} // namespace

std::string fuzz::mutateTokens(std::string text, Random &random) {
  std::vector<std::string> tokens = splitTokens(text);
  for (int64_t edits = countEdits(random); edits > 0 && !tokens.empty();
       --edits) {
    size_t at = size_t(random.below(int64_t(tokens.size())));
    size_t other = size_t(random.below(int64_t(tokens.size())));
    auto place = tokens.begin() + int64_t(at);
    switch (random.below(10)) {
    case 0:
    case 1:
      std::swap(tokens[at], tokens[other]);
      break;
    case 2:
      tokens.erase(place);
      break;
    case 3:
      tokens.insert(place, std::string(tokens[other]));
      break;
    case 4: {
      // A part again, such as a whole line.
      size_t last = std::min(tokens.size(), other + 24);
      std::vector<std::string> part(tokens.begin() + int64_t(other),
                                    tokens.begin() + int64_t(last));
      tokens.insert(place, part.begin(), part.end());
      break;
    }
    case 5:
      if (random.percent(30))
        tokens[at] = nest(tokens[at], random);
      break;
    default:
      tokens[at] = substitute(tokens[at], tokens, random);
    }
  }
  std::string result;
  for (const std::string &token : tokens)
    result += token;
  return result;
}
