//===- Utf8.cpp - Checking UTF-8 ------------------------------------------===//
#include "runtime/Support/Utf8.h"
#include <cstdio>

using namespace tactus;

/// The length of the character at the start of `text`; 0 where it is invalid.
static size_t characterLength(std::string_view text) {
  auto byte = [&](size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  auto continues = [&](size_t i) { return (byte(i) & 0xc0) == 0x80; };
  const unsigned first = byte(0), second = byte(1);
  if (first < 0x80)
    return 1;
  if (first >= 0xc2 && first <= 0xdf)
    return continues(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const bool overlong = first == 0xe0 && second < 0xa0;
    const bool surrogate = first == 0xed && second >= 0xa0;
    return continues(1) && continues(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const bool overlong = first == 0xf0 && second < 0x90;
    const bool tooLarge = first == 0xf4 && second >= 0x90;
    return continues(1) && continues(2) && continues(3) && !overlong &&
                   !tooLarge
               ? 4
               : 0;
  }
  return 0;
}

std::optional<size_t> tactus::findInvalidUtf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    size_t length = characterLength(text.substr(i));
    if (length == 0)
      return i;
    i += length;
  }
  return std::nullopt;
}

std::string tactus::describeByte(unsigned char byte) {
  char buffer[16];
  std::snprintf(buffer, sizeof(buffer), "byte 0x%02x", byte);
  return buffer;
}
