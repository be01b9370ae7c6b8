//===- FormatOption.h - Options that name a format or a file ----*- C++ -*-===//
#ifndef TACTUS_COMPILER_TOOLS_FORMATOPTION_H
#define TACTUS_COMPILER_TOOLS_FORMATOPTION_H

#include <span>
#include <string>
#include <string_view>

namespace tactus {

enum class Format { Text, Json, Csv };

/// The value of an option FORMAT|FILE: `json`, or `figures.json`, or nothing
/// for text.
struct FormatOption {
  Format format = Format::Text;
  /// Empty for standard error.
  std::string file;

  /// Reads the value of `option`, one of `formats`, or a file that ends as one
  /// does. Throws `Error` for another.
  static FormatOption parse(std::string_view option, std::string_view value,
                            std::span<const Format> formats);
};

} // namespace tactus

#endif // TACTUS_COMPILER_TOOLS_FORMATOPTION_H
