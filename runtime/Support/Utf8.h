//===- Utf8.h - Checking UTF-8 ----------------------------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SUPPORT_UTF8_H
#define TACTUS_RUNTIME_SUPPORT_UTF8_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tactus {

/// The offset of the first byte that does not begin or continue a character of
/// UTF-8. Overlong forms, surrogates and code points past U+10FFFF are invalid.
std::optional<size_t> findInvalidUtf8(std::string_view text);

/// `byte 0x0a`.
std::string describeByte(unsigned char byte);

} // namespace tactus

#endif // TACTUS_RUNTIME_SUPPORT_UTF8_H
