//===- Suggest.h - Near names for messages ----------------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SUPPORT_SUGGEST_H
#define TACTUS_RUNTIME_SUPPORT_SUGGEST_H

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tactus {

/// The candidates that `name` is likely a slip of, nearest first, at most
/// three. Counts inserted, dropped, changed and swapped neighboring
/// characters; upper and lower case differ by less than any of these.
std::vector<std::string_view>
nearNames(std::string_view name, std::span<const std::string_view> candidates);

/// ` (did you mean 'a' or 'b'?)`, or nothing where no candidate is near.
std::string didYouMean(std::string_view name,
                       std::span<const std::string_view> candidates);

/// The same for names that are found already.
std::string didYouMean(std::span<const std::string_view> names);

/// `'a', 'b', 'c'`; beyond 12 names `'a', ... and 5 more`.
std::string quotedList(std::span<const std::string_view> names);

} // namespace tactus

#endif // TACTUS_RUNTIME_SUPPORT_SUGGEST_H
