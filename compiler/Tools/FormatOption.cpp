//===- FormatOption.cpp - Options that name a format or a file ------------===//
#include "compiler/Tools/FormatOption.h"
#include "tactus/Error.h"

using namespace tactus;

static std::string_view wordOf(Format format) {
  static constexpr std::string_view words[] = {"text", "json", "csv"};
  return words[size_t(format)];
}

static std::string_view endingOf(Format format) {
  return format == Format::Text ? "txt" : wordOf(format);
}

[[noreturn]] static void refuse(std::string_view option, std::string_view value,
                                std::span<const Format> formats) {
  std::string words, endings;
  for (size_t i = 0; i < formats.size(); ++i) {
    words += (i == 0 ? "" : ", ") + std::string(wordOf(formats[i]));
    endings += (i == 0                    ? "."
                : i + 1 == formats.size() ? " or ."
                                          : ", .") +
               std::string(endingOf(formats[i]));
  }
  throw Error("expected " + std::string(option) + " to be " + words +
              " or a file that ends in " + endings + ", but got '" +
              std::string(value) + "'");
}

FormatOption FormatOption::parse(std::string_view option,
                                 std::string_view value,
                                 std::span<const Format> formats) {
  FormatOption result;
  if (value.empty())
    return result;
  size_t dot = value.rfind('.');
  bool isFile = dot != std::string_view::npos;
  if (isFile)
    result.file = value;
  std::string_view kind = isFile ? value.substr(dot + 1) : value;
  for (Format format : formats)
    if (kind == (isFile ? endingOf(format) : wordOf(format))) {
      result.format = format;
      return result;
    }
  refuse(option, value, formats);
}
