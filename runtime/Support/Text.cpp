//===- Text.cpp - Text in columns -----------------------------------------===//
#include "runtime/Support/Text.h"
#include <algorithm>
#include <cstdarg>
#include <cstdio>

using namespace tactus;

std::string tactus::formatText(const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  int length = std::vsnprintf(nullptr, 0, format, arguments);
  va_end(arguments);
  std::string text(size_t(std::max(length, 0)), '\0');
  std::vsnprintf(text.data(), text.size() + 1, format, again);
  va_end(again);
  return text;
}

size_t tactus::countCharacters(std::string_view text) {
  return size_t(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

std::string
tactus::alignColumns(const std::vector<std::vector<std::string>> &rows) {
  std::vector<size_t> widths;
  for (const std::vector<std::string> &row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], countCharacters(row[i]));
  }
  std::string text;
  for (const std::vector<std::string> &row : rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      std::string pad(widths[i] - countCharacters(row[i]), ' ');
      if (i == 0)
        text += row.size() == 1 ? row[i] : row[i] + pad;
      else
        text += "  " + pad + row[i];
    }
    text += '\n';
  }
  return text;
}
