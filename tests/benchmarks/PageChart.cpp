//===- PageChart.cpp - Ratios as a drawing --------------------------------===//
#include "runtime/Support/Chart.h"
#include "runtime/Support/Text.h"
#include "tests/benchmarks/Page.h"
#include <algorithm>

namespace tactus::benchmarks {

/// A row for each program, below the name of its group.
std::string drawRatios(const std::string &title,
                       const std::vector<GroupResult> &results) {
  constexpr double width = 1000, left = 290, inner = 550, top = 76, row = 14;
  double rows = 0;
  std::vector<double> ratios = {0.5, 2};
  for (const GroupResult &result : results) {
    rows += 1.6 + double(result.comparisons.size());
    for (const Comparison &each : result.comparisons)
      if (each.problem.empty())
        ratios.push_back(each.ratio);
  }
  double height = rows * row;
  svg::Drawing drawing(width, top + height + 60, title);
  drawing.text({20, 28}, title, {.size = 15, .isBold = true});
  drawing.text({20, 50},
               "Our time divided by theirs: left of the line we take less. "
               "A gray line is the group's bar.",
               {.color = "#555555"});

  svg::Axis axis = svg::makeAxis("", ratios, svg::Scale::Log);
  auto place = [&](double ratio) {
    return left + axis.position(ratio) * inner;
  };
  for (const svg::Tick &tick : svg::findTicks(axis, int(inner / 50))) {
    drawing.line({place(tick.value), top}, {place(tick.value), top + height},
                 {.color = tick.label.empty() ? "#f2f2f2" : "#dddddd"});
    drawing.text({place(tick.value), top + height + 16}, tick.label,
                 {.size = 11, .anchor = svg::Anchor::Middle});
  }
  drawing.line({place(1), top}, {place(1), top + height}, {.width = 1.5});
  drawing.text({left + inner / 2, top + height + 40},
               "ratio of times (logarithmic)", {.anchor = svg::Anchor::Middle});

  double y = top;
  for (size_t i = 0; i < results.size(); ++i) {
    const GroupResult &result = results[i];
    std::string_view color = svg::paletteColor(i);
    y += 1.3 * row;
    drawing.text({20, y - 3},
                 svg::shorten(result.group.name + ": " + result.group.title, 11,
                              left + inner - 40),
                 {.size = 11, .color = color, .isBold = true});
    double bottom = y + double(result.comparisons.size()) * row;
    if (auto bar = result.group.worstBar ? result.group.worstBar
                                         : result.group.meanBar)
      drawing.line({place(*bar), y}, {place(*bar), bottom},
                   {.color = "#888888", .width = 2, .dashes = "4 3"});
    for (const Comparison &each : result.comparisons) {
      y += row;
      drawing.text({left - 10, y - 3}, svg::shorten(each.name, 10, left - 40),
                   {.size = 10, .anchor = svg::Anchor::End});
      if (!each.problem.empty()) {
        drawing.text({left + 6, y - 3}, "not compared",
                     {.size = 10, .color = "#888888"});
        continue;
      }
      std::string tip = lineOf(each);
      drawing.circle({place(each.ratio), y - row / 2}, 4, color, tip);
      drawing.text({left + inner + 12, y - 3},
                   formatText("%.2f", each.ratio) + " " + each.rival,
                   {.size = 9, .color = "#555555"});
    }
    y += 0.3 * row;
  }
  return drawing.take();
}

} // namespace tactus::benchmarks
