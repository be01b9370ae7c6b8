//===- SweepGrid.cpp - The machines that a sweep asks for -----------------===//
#include "compiler/Tools/SweepGrid.h"
#include "runtime/Support/FloatText.h"
#include "tactus/Error.h"
#include <charconv>
#include <cmath>

using namespace tactus;
using systolic::MachineChange;

/// Far above what anyone waits for.
static constexpr size_t maxConfigurations = 100'000;

/// The items of an option's lists, commas between them.
static std::vector<std::string> itemsOf(const Arguments &arguments,
                                        std::string_view option) {
  std::vector<std::string> items;
  for (const std::string &list : arguments.all(option))
    for (size_t begin = 0; begin <= list.size();) {
      size_t comma = std::min(list.find(',', begin), list.size());
      items.push_back(list.substr(begin, comma - begin));
      begin = comma + 1;
    }
  return items;
}

[[noreturn]] static void refuse(std::string_view option, std::string_view form,
                                const std::string &item) {
  throw Error("expected " + std::string(option) + " to list " +
              std::string(form) + ", but got '" + item + "'");
}

/// A size of an array; what is beyond reason is left to the machine's check.
static std::optional<int64_t> parseSide(std::string_view text) {
  int32_t value = 0;
  auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0)
    return std::nullopt;
  return value;
}

/// `6.4G`, whose unit counts by `base`; to the nearest whole number.
static std::optional<int64_t> parseAmount(std::string_view text, double base) {
  constexpr std::string_view units = "KMGT";
  double scale = 1;
  if (size_t unit = text.empty() ? text.npos : units.find(text.back());
      unit != units.npos) {
    scale = std::pow(base, double(unit + 1));
    text.remove_suffix(1);
  }
  auto number = parseFloat<double>(text);
  if (!number || !(*number >= 0) || *number * scale > 1e18)
    return std::nullopt;
  return std::llround(*number * scale);
}

std::vector<MachineChange> tactus::readGrid(const Arguments &arguments) {
  std::vector<MachineChange> grid = {{}};
  // Takes each machine so far with each item.
  auto cross = [&](std::string_view option, auto apply) {
    std::vector<std::string> items = itemsOf(arguments, option);
    if (items.empty())
      return;
    if (items.size() > maxConfigurations / grid.size())
      throw Error("expected at most " + std::to_string(maxConfigurations) +
                  " machines, but got more");
    std::vector<MachineChange> more;
    for (const MachineChange &change : grid)
      for (const std::string &item : items)
        apply(more.emplace_back(change), item);
    grid = std::move(more);
  };

  cross("--arrays", [](MachineChange &change, const std::string &item) {
    size_t by = std::min(item.find('x'), item.size());
    change.rows = parseSide(std::string_view(item).substr(0, by));
    change.columns = by == item.size()
                         ? change.rows
                         : parseSide(std::string_view(item).substr(by + 1));
    if (!change.rows || !change.columns)
      refuse("--arrays", "sizes such as 32 or 24x40", item);
  });
  cross("--buffer", [](MachineChange &change, const std::string &item) {
    change.unifiedBufferBytes = parseAmount(item, 1024);
    if (!change.unifiedBufferBytes)
      refuse("--buffer", "numbers of bytes such as 65536, 256K or 24M", item);
  });
  cross("--bandwidth", [](MachineChange &change, const std::string &item) {
    change.bytesPerSecond = parseAmount(item, 1000);
    if (!change.bytesPerSecond)
      refuse("--bandwidth", "bytes a second such as 34G or 6.4G", item);
  });
  return grid;
}
