//===- TypeText.cpp - Types of tensors as text ----------------------------===//
#include "compiler/Import/TypeText.h"
#include "runtime/Support/Limits.h"
#include "runtime/Support/Utf8.h"
#include "runtime/Tensor/Shape.h"
#include <charconv>

using namespace tactus;

static bool isNumberLike(std::string_view text) {
  return !text.empty() && (text[0] == '-' || text[0] == '+' || text[0] == '.' ||
                           (text[0] >= '0' && text[0] <= '9'));
}

/// Reads a size; the text begins like a number.
static std::optional<int64_t> parseSize(std::string_view text,
                                        std::string &problem) {
  int64_t size = 0;
  auto [end, error] = std::from_chars(text.begin(), text.end(), size);
  bool isWhole = end == text.end();
  if (isWhole && error == std::errc::result_out_of_range && text[0] != '-') {
    problem = "expected a dimension below 2^63, but got " + std::string(text);
    return std::nullopt;
  }
  // A size has one spelling, so that texts compare as types do.
  bool isPadded = text.size() > 1 && text[0] == '0';
  if (!isWhole || error != std::errc() || size < 0 || isPadded) {
    problem = "expected a dimension that is a whole number from 0 or a name, "
              "but got '" +
              std::string(text) + "'";
    return std::nullopt;
  }
  return size;
}

/// Splits at every separator; an empty text has no parts.
static std::vector<std::string_view> split(std::string_view text,
                                           char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos)
      return parts;
    text.remove_prefix(end + 1);
    if (text.empty())
      parts.push_back(text);
  }
  return parts;
}

static bool fitsRank(size_t rank, std::string &problem) {
  if (rank <= size_t(limits::maxRank))
    return true;
  problem = "expected rank " + std::to_string(limits::maxRank) +
            " or less, but got rank " + std::to_string(rank);
  return false;
}

std::optional<TensorType> tactus::parseTensorType(std::string_view text,
                                                  std::string &problem) {
  auto describe = [&] {
    // A hostile text may be long.
    return "'" + std::string(text.substr(0, 60)) +
           (text.size() > 60 ? "...'" : "'");
  };
  size_t bracket = text.find('[');
  auto elementType = parseElementType(text.substr(0, bracket));
  if (!elementType) {
    problem = "expected a type such as 'f32[batch,784]' of element type f32, "
              "f64, f16, bf16, i1, i8, u8, i16, i32 or i64, but got " +
              describe();
    return std::nullopt;
  }
  if (bracket == std::string_view::npos || text.back() != ']') {
    problem = "expected a type such as 'f32[batch,784]', but got " + describe();
    return std::nullopt;
  }
  auto parts = split(text.substr(bracket + 1, text.size() - bracket - 2), ',');
  if (!fitsRank(parts.size(), problem))
    return std::nullopt;
  TensorType type{*elementType, {}};
  std::vector<int64_t> sizes;
  for (std::string_view part : parts) {
    if (isNumberLike(part)) {
      auto size = parseSize(part, problem);
      if (!size)
        return std::nullopt;
      sizes.push_back(*size);
      type.dimensions.emplace_back(*size);
      continue;
    }
    if (auto nameProblem = findNameProblem(part)) {
      problem = *nameProblem;
      return std::nullopt;
    }
    if (part.find_first_of("[] ") != std::string_view::npos) {
      problem = "expected a dimension that is a whole number from 0 or a name, "
                "but got '" +
                std::string(part) + "'";
      return std::nullopt;
    }
    // Named dimensions are of size 1 at least for the limit below.
    sizes.push_back(1);
    type.dimensions.emplace_back(std::string(part));
  }
  try {
    checkedNumElements(*elementType, sizes);
  } catch (const Error &error) {
    problem = error.message();
    return std::nullopt;
  }
  return type;
}

std::optional<std::vector<int64_t>> tactus::parseShape(std::string_view text,
                                                       char separator,
                                                       std::string &problem) {
  auto parts = split(text, separator);
  if (!fitsRank(parts.size(), problem))
    return std::nullopt;
  std::vector<int64_t> shape;
  for (std::string_view part : parts) {
    if (!isNumberLike(part)) {
      problem =
          "expected a whole number from 0, but got '" + std::string(part) + "'";
      return std::nullopt;
    }
    auto size = parseSize(part, problem);
    if (!size)
      return std::nullopt;
    shape.push_back(*size);
  }
  return shape;
}
