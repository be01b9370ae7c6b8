//===- Suggest.cpp - Near names for messages ------------------------------===//
#include "runtime/Support/Suggest.h"
#include <algorithm>
#include <cctype>

using namespace tactus;

static char lower(char c) {
  return char(std::tolower(static_cast<unsigned char>(c)));
}

/// Edits from `a` to `b`, doubled, where a change of case counts one.
static size_t editDistance(std::string_view a, std::string_view b) {
  const size_t width = b.size() + 1;
  std::vector<size_t> cells((a.size() + 1) * width);
  auto at = [&](size_t i, size_t j) -> size_t & {
    return cells[i * width + j];
  };
  for (size_t i = 0; i <= a.size(); ++i)
    at(i, 0) = 2 * i;
  for (size_t j = 0; j <= b.size(); ++j)
    at(0, j) = 2 * j;
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      const char x = a[i - 1], y = b[j - 1];
      const size_t change = x == y ? 0 : lower(x) == lower(y) ? 1 : 2;
      at(i, j) = std::min(
          {at(i - 1, j) + 2, at(i, j - 1) + 2, at(i - 1, j - 1) + change});
      if (i > 1 && j > 1 && x == b[j - 2] && a[i - 2] == y)
        at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 2);
    }
  }
  return at(a.size(), b.size());
}

std::vector<std::string_view>
tactus::nearNames(std::string_view name,
                  std::span<const std::string_view> candidates) {
  // Nobody types longer names by hand, and the table grows with the square.
  constexpr size_t longest = 64;
  if (name.empty() || name.size() > longest)
    return {};
  // One slip in three characters, at least one.
  const size_t bound = 2 * std::max<size_t>(1, name.size() / 3);
  std::vector<std::pair<size_t, std::string_view>> found;
  for (std::string_view candidate : candidates) {
    const size_t longer = std::max(name.size(), candidate.size());
    const size_t apart = 2 * longer - name.size() - candidate.size();
    if (candidate.size() > longest || 2 * apart > bound)
      continue;
    const bool differsInCase =
        std::equal(name.begin(), name.end(), candidate.begin(), candidate.end(),
                   [](char a, char b) { return lower(a) == lower(b); });
    const size_t distance = differsInCase ? 1 : editDistance(name, candidate);
    // A single letter changed into another is a different name, not a slip.
    if (distance <= bound && distance < 2 * longer)
      found.emplace_back(distance, candidate);
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string_view> names;
  for (const auto &[distance, candidate] : found)
    if (names.size() < 3)
      names.push_back(candidate);
  return names;
}

std::string tactus::didYouMean(std::string_view name,
                               std::span<const std::string_view> candidates) {
  return didYouMean(nearNames(name, candidates));
}

std::string tactus::didYouMean(std::span<const std::string_view> names) {
  if (names.empty())
    return "";
  std::string out = " (did you mean ";
  for (size_t i = 0; i < names.size(); ++i) {
    if (i)
      out += i + 1 == names.size() ? " or " : ", ";
    out.append("'").append(names[i]).append("'");
  }
  return out + "?)";
}

std::string tactus::quotedList(std::span<const std::string_view> names) {
  constexpr size_t most = 12;
  std::string out;
  for (size_t i = 0; i < std::min(names.size(), most); ++i) {
    out += i ? ", '" : "'";
    out.append(names[i]).append("'");
  }
  if (names.size() > most)
    out += ", ... and " + std::to_string(names.size() - most) + " more";
  return out;
}
