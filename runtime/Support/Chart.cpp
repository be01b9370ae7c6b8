//===- Chart.cpp - Charts of lines and points -----------------------------===//
#include "runtime/Support/Chart.h"
#include <algorithm>
#include <cmath>
#include <cstdio>

using namespace tactus;
using namespace tactus::svg;

static constexpr std::string_view gridColor = "#e4e4e4";
static constexpr std::string_view fineGridColor = "#f3f3f3";

//===----------------------------------------------------------------------===//
// Axes
//===----------------------------------------------------------------------===//

double Axis::position(double value) const {
  if (scale == Scale::Linear)
    return (value - least) / (greatest - least);
  return std::log(value / least) / std::log(greatest / least);
}

static bool hasPlace(double value, Scale scale) {
  return std::isfinite(value) && (scale == Scale::Linear || value > 0);
}

/// The least of 1, 2 and 5 times a power of ten that is no less.
static double roundUp(double value) {
  double power = std::pow(10, std::floor(std::log10(value)));
  for (double digit : {1.0, 2.0, 5.0})
    if (digit * power >= value * (1 - 1e-9))
      return digit * power;
  return 10 * power;
}

/// The greatest of them that is no more.
static double roundDown(double value) {
  double power = std::pow(10, std::floor(std::log10(value)));
  for (double digit : {10.0, 5.0, 2.0})
    if (digit * power <= value * (1 + 1e-9))
      return digit * power;
  return power;
}

Axis svg::makeAxis(std::string label, std::span<const double> values,
                   Scale scale) {
  Axis axis{std::move(label), 0, 0, scale};
  bool isFirst = true;
  for (double value : values) {
    if (!hasPlace(value, scale))
      continue;
    axis.least = isFirst ? value : std::min(axis.least, value);
    axis.greatest = isFirst ? value : std::max(axis.greatest, value);
    isFirst = false;
  }
  if (scale == Scale::Log) {
    if (isFirst)
      axis.least = axis.greatest = 1;
    axis.least = roundDown(axis.least);
    axis.greatest = roundUp(axis.greatest);
    if (axis.greatest <= axis.least)
      axis.greatest = axis.least * 10;
    return axis;
  }
  axis.least = std::min(axis.least, 0.0);
  axis.greatest = std::max(axis.greatest, 0.0);
  double range = axis.greatest - axis.least;
  if (range == 0)
    range = axis.greatest = 1;
  double step = roundUp(range / 5);
  axis.least = std::floor(axis.least / step + 1e-9) * step;
  axis.greatest = std::ceil(axis.greatest / step - 1e-9) * step;
  return axis;
}

std::string svg::shortNumber(double value) {
  static constexpr std::pair<double, const char *> units[] = {
      {1e15, " P"}, {1e12, " T"}, {1e9, " G"}, {1e6, " M"}, {1e3, " k"}};
  char buffer[64];
  for (auto [size, unit] : units)
    // What three digits round up to it has the letter too.
    if (std::fabs(value) >= size * 0.9995) {
      std::snprintf(buffer, sizeof(buffer), "%.3g%s", value / size, unit);
      return buffer;
    }
  std::snprintf(buffer, sizeof(buffer), "%.3g", value);
  return buffer;
}

std::string svg::shortNumber(double value, std::string_view unit) {
  std::string number = shortNumber(value);
  bool hasLetter = number.find(' ') != std::string::npos;
  return number + (hasLetter ? "" : " ") + std::string(unit);
}

static std::vector<Tick> findLogTicks(const Axis &axis, int count) {
  std::vector<Tick> ticks;
  int first = int(std::floor(std::log10(axis.least) + 1e-9));
  int last = int(std::ceil(std::log10(axis.greatest) - 1e-9));
  int step = std::max(1, (last - first + count - 1) / std::max(count, 1));
  // Few decades have room for 2 and 5 as well.
  bool labelsAll = (last - first) * 3 <= count;
  for (int decade = first; decade <= last; ++decade)
    for (int digit : {1, 2, 3, 4, 5, 6, 7, 8, 9}) {
      double value = digit * std::pow(10, decade);
      if (value < axis.least * (1 - 1e-9) || value > axis.greatest * (1 + 1e-9))
        continue;
      if (step > 1 && digit > 1)
        continue;
      bool hasLabel = digit == 1 ? (decade - first) % step == 0
                                 : labelsAll && (digit == 2 || digit == 5);
      ticks.push_back({value, hasLabel ? shortNumber(value) : ""});
    }
  return ticks;
}

std::vector<Tick> svg::findTicks(const Axis &axis, int count) {
  if (!(axis.least < axis.greatest))
    return {};
  if (axis.scale == Scale::Log)
    return findLogTicks(axis, count);
  std::vector<Tick> ticks;
  double step = roundUp((axis.greatest - axis.least) / std::max(count, 1));
  double end = axis.greatest + step * 1e-6;
  int64_t first = int64_t(std::ceil(axis.least / step - 1e-6));
  for (int64_t i = first; double(i) * step <= end; ++i)
    ticks.push_back({double(i) * step, shortNumber(double(i) * step)});
  return ticks;
}

//===----------------------------------------------------------------------===//
// Charts
//===----------------------------------------------------------------------===//

Chart::Chart(Drawing &drawing, const Box &box, Axis x, Axis y)
    : drawing(drawing), box(box), xAxis(std::move(x)), yAxis(std::move(y)) {
  for (const Tick &tick : findTicks(xAxis, int(box.width / 70))) {
    double at = box.x + xAxis.position(tick.value) * box.width;
    drawing.line({at, box.y}, {at, box.bottom()},
                 {tick.label.empty() ? fineGridColor : gridColor});
    drawing.text({at, box.bottom() + 16}, tick.label,
                 {.size = 11, .anchor = Anchor::Middle});
  }
  for (const Tick &tick : findTicks(yAxis, int(box.height / 40))) {
    double at = box.bottom() - yAxis.position(tick.value) * box.height;
    drawing.line({box.x, at}, {box.right(), at},
                 {tick.label.empty() ? fineGridColor : gridColor});
    drawing.text({box.x - 6, at + 4}, tick.label,
                 {.size = 11, .anchor = Anchor::End});
  }
  drawing.frame(box, {"#888888"});
  drawing.text({box.x + box.width / 2, box.bottom() + 36}, xAxis.label,
               {.anchor = Anchor::Middle});
  drawing.text({box.x - 48, box.y + box.height / 2}, yAxis.label,
               {.anchor = Anchor::Middle, .rotation = -90});
}

Point Chart::place(double x, double y) const {
  return {box.x + xAxis.position(x) * box.width,
          box.bottom() - yAxis.position(y) * box.height};
}

void Chart::line(std::span<const Point> values, const Stroke &stroke) {
  std::vector<Point> points;
  for (Point value : values)
    points.push_back(place(value.x, value.y));
  drawing.polyline(points, stroke);
}

double svg::drawLegend(Drawing *drawing, Point corner, double width,
                       std::span<const LegendEntry> entries) {
  constexpr double row = 18, size = 12;
  double x = 0, y = 0;
  for (const LegendEntry &entry : entries) {
    std::string name = shorten(entry.name, size, width - 40);
    double needed = 18 + textWidth(name, size) + 14;
    if (x > 0 && x + needed > width) {
      x = 0;
      y += row;
    }
    if (drawing) {
      drawing->rectangle({corner.x + x, corner.y + y, 12, 12}, entry.color);
      drawing->text({corner.x + x + 18, corner.y + y + 10.5}, name,
                    {.size = size});
    }
    x += needed;
  }
  return entries.empty() ? 0 : y + row;
}

std::string svg::drawLineChart(const LineChart &chart) {
  std::vector<double> xs, ys;
  for (const Series &series : chart.series)
    for (Point point : series.points) {
      xs.push_back(point.x);
      ys.push_back(point.y);
    }
  std::vector<LegendEntry> legend;
  if (chart.series.size() > 1)
    for (size_t i = 0; i < chart.series.size(); ++i)
      legend.push_back({chart.series[i].name, paletteColor(i)});

  Drawing drawing(chart.width, chart.height, chart.title);
  double inner = chart.width - 100;
  drawing.text({70, 26}, shorten(chart.title, 15, inner / 1.1),
               {.size = 15, .isBold = true});
  double top = 42 + drawLegend(&drawing, {70, 40}, inner, legend);
  Chart plot(drawing, {70, top, inner, chart.height - top - 55},
             makeAxis(chart.xLabel, xs, chart.xScale),
             makeAxis(chart.yLabel, ys, chart.yScale));
  for (size_t i = 0; i < chart.series.size(); ++i) {
    const Series &series = chart.series[i];
    std::vector<Point> points;
    for (Point point : series.points)
      if (hasPlace(point.x, chart.xScale) && hasPlace(point.y, chart.yScale))
        points.push_back(point);
    plot.line(points, {.color = paletteColor(i),
                       .width = 2,
                       .dashes = series.isDashed ? "6 4" : ""});
    for (Point point : points)
      drawing.circle(plot.place(point.x, point.y), 3.5, paletteColor(i),
                     series.name + ": " + shortNumber(point.x) + ", " +
                         shortNumber(point.y));
  }
  return drawing.take();
}
