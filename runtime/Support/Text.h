//===- Text.h - Text in columns ---------------------------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SUPPORT_TEXT_H
#define TACTUS_RUNTIME_SUPPORT_TEXT_H

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tactus {

/// What printf would print.
[[gnu::format(printf, 1, 2)]] std::string formatText(const char *format, ...);

/// Characters of valid UTF-8.
size_t countCharacters(std::string_view text);

/// Rows of cells, padded so that they stand in columns two blanks apart: the
/// first to the left, all others to the right. Rows may be of different length.
std::string alignColumns(const std::vector<std::vector<std::string>> &rows);

} // namespace tactus

#endif // TACTUS_RUNTIME_SUPPORT_TEXT_H
