//===- SweepChart.cpp - A sweep as a drawing ------------------------------===//
#include "compiler/Tools/SweepChart.h"
#include "compiler/Tools/SystolicText.h"
#include "runtime/Support/Chart.h"
#include <algorithm>
#include <set>

using namespace tactus;

namespace {
/// One of the settings of a machine.
struct Setting {
  const char *axis;
  double (*value)(const SweepRow &row);
  std::string (*name)(const SweepRow &row);
};

std::string arrayName(const SweepRow &row) {
  return std::to_string(row.machine.rows) + " x " +
         std::to_string(row.machine.columns);
}

constexpr Setting settings[] = {
    {"cells of the array",
     [](const SweepRow &row) {
       return double(row.machine.rows) * double(row.machine.columns);
     },
     arrayName},
    {"unified buffer (bytes)",
     [](const SweepRow &row) { return double(row.bufferBytes()); },
     [](const SweepRow &row) {
       return "buffer " + bytesText(row.bufferBytes());
     }},
    {"DRAM (bytes a second)",
     [](const SweepRow &row) {
       return double(row.machine.dram.bytesPerSecond);
     },
     [](const SweepRow &row) { return rateText(row.machine.dram); }}};

/// A row as two points.
struct Entry {
  double x = 0, cycles = 0, percent = 0;
  std::string tip;
};

struct Line {
  std::string name;
  std::vector<Entry> entries;
};
} // namespace

/// The settings whose values are not all one.
static std::vector<const Setting *>
findVarying(std::span<const SweepRow> rows) {
  std::vector<const Setting *> varying;
  for (const Setting &setting : settings) {
    std::set<std::string> names;
    for (const SweepRow &row : rows)
      names.insert(setting.name(row));
    if (names.size() > 1)
      varying.push_back(&setting);
  }
  return varying;
}

static std::vector<Line> findLines(std::span<const SweepRow> rows,
                                   const Setting &x,
                                   std::span<const Setting *const> others) {
  std::vector<Line> lines;
  for (const SweepRow &row : rows) {
    if (!row.problem.empty())
      continue;
    std::string name;
    for (const Setting *other : others)
      name += (name.empty() ? "" : ", ") + other->name(row);
    auto line = std::find_if(lines.begin(), lines.end(), [&](const Line &each) {
      return each.name == name;
    });
    if (line == lines.end())
      line = lines.insert(lines.end(), {name, {}});
    const systolic::Report &report = row.report;
    line->entries.push_back(
        {x.value(row), double(report.totalCycles), report.utilization() * 100,
         arrayName(row) + ", buffer " + bytesText(row.bufferBytes()) + ", " +
             rateText(row.machine.dram) + ": " +
             std::to_string(report.totalCycles) + " cycles"});
  }
  for (Line &line : lines)
    std::stable_sort(line.entries.begin(), line.entries.end(),
                     [](const Entry &a, const Entry &b) { return a.x < b.x; });
  return lines;
}

static void drawLines(svg::Drawing &drawing, const svg::Box &box,
                      const svg::Axis &x, const std::string &label,
                      svg::Scale scale, const std::vector<Line> &lines,
                      double Entry::*value) {
  std::vector<double> values;
  for (const Line &line : lines)
    for (const Entry &entry : line.entries)
      values.push_back(entry.*value);
  svg::Chart chart(drawing, box, x, svg::makeAxis(label, values, scale));
  for (size_t i = 0; i < lines.size(); ++i) {
    std::vector<svg::Point> points;
    for (const Entry &entry : lines[i].entries)
      points.push_back({entry.x, entry.*value});
    // Lines that lie on each other are all seen.
    constexpr std::string_view dashes[] = {"", "8 5", "2 5"};
    constexpr double radii[] = {5, 3.8, 2.6};
    chart.line(
        points,
        {.color = svg::paletteColor(i), .width = 2, .dashes = dashes[i % 3]});
    for (const Entry &entry : lines[i].entries)
      drawing.circle(chart.place(entry.x, entry.*value), radii[i % 3],
                     svg::paletteColor(i), entry.tip);
  }
}

std::string tactus::drawSweep(const std::string &title,
                              std::span<const SweepRow> rows) {
  std::vector<const Setting *> varying = findVarying(rows);
  const Setting &x = varying.empty() ? settings[0] : *varying.front();
  if (!varying.empty())
    varying.erase(varying.begin());
  std::vector<Line> lines = findLines(rows, x, varying);

  constexpr double width = 800, left = 70, inner = 700, height = 260;
  std::vector<svg::LegendEntry> legend;
  for (size_t i = 0; i < lines.size() && !varying.empty(); ++i)
    legend.push_back({lines[i].name, svg::paletteColor(i)});
  double top = 50 + svg::drawLegend(nullptr, {left, 40}, inner, legend);
  svg::Drawing drawing(width, top + 2 * height + 120, title);
  drawing.text({left, 26}, svg::shorten(title, 15, inner / 1.1),
               {.size = 15, .isBold = true});
  svg::drawLegend(&drawing, {left, 40}, inner, legend);

  std::vector<double> values;
  for (const Line &line : lines)
    for (const Entry &entry : line.entries)
      values.push_back(entry.x);
  svg::Axis axis = svg::makeAxis(x.axis, values, svg::Scale::Log);
  drawLines(drawing, {left, top, inner, height}, axis, "cycles",
            svg::Scale::Log, lines, &Entry::cycles);
  drawLines(drawing, {left, top + height + 60, inner, height}, axis,
            "utilization (%)", svg::Scale::Linear, lines, &Entry::percent);
  auto absent =
      std::count_if(rows.begin(), rows.end(),
                    [](const SweepRow &row) { return !row.problem.empty(); });
  if (absent)
    drawing.text({left + inner, top + 2 * height + 96},
                 std::to_string(absent) + " of " + std::to_string(rows.size()) +
                     " machines have no result",
                 {.size = 11, .anchor = svg::Anchor::End, .color = "#555555"});
  return drawing.take();
}
