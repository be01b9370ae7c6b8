//===- Chart.h - Charts of lines and points ---------------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SUPPORT_CHART_H
#define TACTUS_RUNTIME_SUPPORT_CHART_H

#include "runtime/Support/Svg.h"

namespace tactus::svg {

enum class Scale { Linear, Log };

struct Axis {
  /// With its unit: `time (us)`.
  std::string label;
  double least = 0, greatest = 1;
  Scale scale = Scale::Linear;

  /// Where a value stands between least (0) and greatest (1).
  double position(double value) const;
};

/// An axis that holds all values between round ones; one that is not
/// logarithmic holds 0. Of values that are not finite, or not positive on a
/// logarithmic one, it takes no notice.
Axis makeAxis(std::string label, std::span<const double> values,
              Scale scale = Scale::Linear);

struct Tick {
  double value = 0;
  /// Empty where it only divides.
  std::string label;
};

/// Ticks at round values, about `count` of them with labels at most.
std::vector<Tick> findTicks(const Axis &axis, int count);

/// A number with three digits and SI's letter: `1.5 k`, `20 M`.
std::string shortNumber(double value);

/// The same with a unit: `1.5 kB/s`, `20 B/s`.
std::string shortNumber(double value, std::string_view unit);

/// A box of a drawing in which values have places.
class Chart {
public:
  /// Draws frame, grid, ticks and the names of axes; the names stand outside
  /// `box`, which leaves 60 to its left and 45 below it.
  Chart(Drawing &drawing, const Box &box, Axis x, Axis y);

  Point place(double x, double y) const;
  const Box &area() const { return box; }
  /// Draws a line through points in the axes' values.
  void line(std::span<const Point> values, const Stroke &stroke);

private:
  Drawing &drawing;
  Box box;
  Axis xAxis, yAxis;
};

struct LegendEntry {
  std::string name;
  std::string_view color;
};

/// Draws names beside their colors, from the upper left corner on, in as many
/// rows as they need in that width. Gives the height they take, also where
/// `drawing` is null and nothing is drawn.
double drawLegend(Drawing *drawing, Point corner, double width,
                  std::span<const LegendEntry> entries);

struct Series {
  std::string name;
  std::vector<Point> points;
  bool isDashed = false;
};

struct LineChart {
  std::string title;
  /// Their ranges are found from the series.
  std::string xLabel, yLabel;
  Scale xScale = Scale::Linear, yScale = Scale::Linear;
  std::vector<Series> series;
  double width = 800, height = 500;
};

/// A file of its own: lines with a mark at each point, and a legend where there
/// is more than one series. Points without a place are left out.
std::string drawLineChart(const LineChart &chart);

} // namespace tactus::svg

#endif // TACTUS_RUNTIME_SUPPORT_CHART_H
