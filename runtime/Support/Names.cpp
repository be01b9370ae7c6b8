//===- Names.cpp - The names of values and dimensions ---------------------===//
#include "runtime/Support/Names.h"
#include "runtime/Support/Utf8.h"

using namespace tactus;

std::optional<std::string> tactus::findNameProblem(std::string_view name) {
  if (name.empty())
    return "expected a name, but got an empty one";
  if (name.size() > 256)
    return "expected a name of at most 256 bytes, but got one of " +
           std::to_string(name.size());
  for (char c : name)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      return "expected a name without control characters, but got " +
             describeByte(static_cast<unsigned char>(c)) + " in it";
  auto refuse = [&](std::string_view part) {
    return "expected a name without '" + std::string(part) + "', but got '" +
           std::string(name) + "'";
  };
  if (name.find(':') != std::string_view::npos)
    return refuse(":");
  // Outputs become files of their name.
  if (name.find('/') != std::string_view::npos)
    return refuse("/");
  if (name.find("..") != std::string_view::npos)
    return refuse("..");
  return std::nullopt;
}
