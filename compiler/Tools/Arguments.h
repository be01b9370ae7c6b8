//===- Arguments.h - Command lines of tactus --------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TOOLS_ARGUMENTS_H
#define TACTUS_COMPILER_TOOLS_ARGUMENTS_H

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tactus {

struct OptionInfo {
  /// With its dashes: `--input`, `-o`.
  std::string_view name;
  /// What stands for its value in the help; empty where it takes none.
  std::string_view value;
  std::string_view help;
  bool mayRepeat = false;
  /// `--option` alone has the value "", and what follows it is no value.
  bool isValueOptional = false;
};

class Arguments;

struct CommandInfo {
  std::string_view name;
  /// The operands, as the help shows them: `GRAPH`, or nothing.
  std::string_view operand;
  std::string_view summary;
  std::span<const OptionInfo> options;
  /// Gives the exit status: 0 done, 1 refused or failed, 2 compared and
  /// different. May throw Error.
  int (*run)(const Arguments &arguments);
  /// What more the help says, as paragraphs; may be empty.
  std::string_view details = {};
};

/// A command line that was taken apart.
class Arguments {
public:
  /// Reads `--option=value`, `--option value`, `--flag` and the command's one
  /// operand. Throws `Error` where the command has no such option or operand.
  static Arguments parse(const CommandInfo &command,
                         std::span<const std::string> words);

  bool has(std::string_view option) const { return values.contains(option); }
  std::optional<std::string> get(std::string_view option) const;
  std::vector<std::string> all(std::string_view option) const;
  /// Reads an option's value as a number of bytes, such as 4096, 512M or 4G.
  std::optional<uint64_t> bytes(std::string_view option) const;
  /// Reads an option's value as a number of things.
  std::optional<uint64_t> count(std::string_view option) const;
  const std::string &operand() const { return operandText; }
  /// Reads an option's value as one of `choices`, the first where it is absent.
  std::string choice(std::string_view option,
                     std::span<const std::string_view> choices) const;

private:
  std::map<std::string, std::vector<std::string>, std::less<>> values;
  std::string operandText;
};

/// The help of a command, which fits a screen.
std::string helpOf(const CommandInfo &command);

} // namespace tactus

#endif // TACTUS_COMPILER_TOOLS_ARGUMENTS_H
