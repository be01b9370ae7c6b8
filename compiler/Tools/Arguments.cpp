//===- Arguments.cpp - Command lines of tactus ----------------------------===//
#include "compiler/Tools/Arguments.h"
#include "runtime/Support/Suggest.h"
#include "tactus/Error.h"
#include <algorithm>
#include <charconv>

using namespace tactus;

static const OptionInfo &findOption(const CommandInfo &command,
                                    std::string_view name) {
  for (const OptionInfo &option : command.options)
    if (option.name == name)
      return option;
  std::vector<std::string_view> known;
  for (const OptionInfo &option : command.options)
    known.push_back(option.name);
  throw Error("expected an option of 'tactus " + std::string(command.name) +
              "', but got '" + std::string(name) + "'" +
              didYouMean(name, known));
}

Arguments Arguments::parse(const CommandInfo &command,
                           std::span<const std::string> words) {
  Arguments arguments;
  bool hasOperand = false, onlyOperands = false;
  for (size_t i = 0; i < words.size(); ++i) {
    std::string_view word = words[i];
    if (word == "--" && !onlyOperands) {
      onlyOperands = true;
      continue;
    }
    if (onlyOperands || word == "-" || !word.starts_with("-")) {
      if (hasOperand || command.operand.empty())
        throw Error("expected " +
                    std::string(hasOperand ? "one " : "no operand") +
                    std::string(command.operand) + ", but got '" +
                    std::string(word) + "'" + (hasOperand ? " as well" : ""));
      arguments.operandText = word;
      hasOperand = true;
      continue;
    }
    size_t equals = word.find('=');
    const OptionInfo &option = findOption(command, word.substr(0, equals));
    std::string value;
    if (option.value.empty()) {
      if (equals != std::string_view::npos)
        throw Error("expected " + std::string(option.name) +
                    " without a value, but got '" + std::string(word) + "'");
    } else if (equals != std::string_view::npos) {
      value = word.substr(equals + 1);
    } else if (option.isValueOptional) {
      // Only `=` gives it one.
    } else if (++i < words.size()) {
      value = words[i];
    } else {
      throw Error("expected " + std::string(option.value) + " after " +
                  std::string(option.name) + ", but got nothing");
    }
    auto &list = arguments.values[std::string(option.name)];
    if (!list.empty() && !option.mayRepeat)
      throw Error("expected " + std::string(option.name) +
                  " once, but got it again");
    list.push_back(value);
  }
  if (!hasOperand && !command.operand.empty())
    throw Error("expected " + std::string(command.operand) + " after 'tactus " +
                std::string(command.name) + "', but got nothing");
  return arguments;
}

std::optional<std::string> Arguments::get(std::string_view option) const {
  auto found = values.find(option);
  return found == values.end() ? std::optional<std::string>()
                               : found->second.back();
}

std::vector<std::string> Arguments::all(std::string_view option) const {
  auto found = values.find(option);
  return found == values.end() ? std::vector<std::string>() : found->second;
}

std::optional<uint64_t> Arguments::bytes(std::string_view option) const {
  auto text = get(option);
  if (!text)
    return std::nullopt;
  uint64_t count = 0;
  auto [end, error] =
      std::from_chars(text->data(), text->data() + text->size(), count);
  std::string_view unit(end, size_t(text->data() + text->size() - end));
  constexpr std::string_view units = "KMG";
  size_t power = unit.empty() ? 0 : units.find(unit) + 1;
  uint64_t scale = uint64_t(1) << 10 * power;
  if (error != std::errc() || unit.size() > 1 ||
      (!unit.empty() && power == 0) ||
      __builtin_mul_overflow(count, scale, &count))
    throw Error("expected " + std::string(option) +
                " to be a number of bytes such as 4096, 512M or 4G, but got '" +
                *text + "'");
  return count;
}

std::optional<uint64_t> Arguments::count(std::string_view option) const {
  auto text = get(option);
  if (!text)
    return std::nullopt;
  uint64_t count = 0;
  const char *last = text->data() + text->size();
  auto [end, error] = std::from_chars(text->data(), last, count);
  if (error != std::errc() || end != last)
    throw Error("expected " + std::string(option) +
                " to be a number such as 4096, but got '" + *text + "'");
  return count;
}

std::string Arguments::choice(std::string_view option,
                              std::span<const std::string_view> choices) const {
  auto value = get(option);
  if (!value)
    return std::string(choices.front());
  if (std::find(choices.begin(), choices.end(), *value) == choices.end())
    throw Error("expected " + std::string(option) + " to be one of " +
                quotedList(choices) + ", but got '" + *value + "'" +
                didYouMean(*value, choices));
  return *value;
}

std::string tactus::helpOf(const CommandInfo &command) {
  std::string text = "usage: tactus " + std::string(command.name) +
                     (command.options.empty() ? "" : " [options]");
  if (!command.operand.empty())
    text += " " + std::string(command.operand);
  text += "\n\n" + std::string(command.summary) + "\n\n";
  if (!command.details.empty())
    text += std::string(command.details) + "\n\n";
  std::vector<std::string> heads;
  size_t width = 0;
  for (const OptionInfo &option : command.options) {
    std::string value = std::string(option.value.empty()            ? ""
                                    : option.name.starts_with("--") ? "="
                                                                    : " ") +
                        std::string(option.value);
    heads.push_back(std::string(option.name) +
                    (option.isValueOptional ? "[" + value + "]" : value));
    width = std::max(width, heads.back().size());
  }
  for (size_t i = 0; i < heads.size(); ++i)
    text += "  " + heads[i] + std::string(width - heads[i].size() + 2, ' ') +
            std::string(command.options[i].help) + "\n";
  return text;
}
