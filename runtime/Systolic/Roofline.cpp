//===- Roofline.cpp - Layers under the machine's roof, as a drawing -------===//
#include "runtime/Support/Chart.h"
#include "runtime/Support/Text.h"
#include "runtime/Systolic/Plots.h"
#include <algorithm>
#include <cmath>

using namespace tactus;
using namespace tactus::systolic;
using namespace tactus::svg;

namespace {
constexpr double pageWidth = 1200, pageHeight = 700;
constexpr Box plotBox = {92, 46, 1076, 590};
/// As many layers as have a color of their own.
constexpr size_t maxNamed = 24;

struct Mark {
  std::string name;
  RooflinePoint point;
  int64_t cycles;
  size_t order;
};

class Roofline {
public:
  explicit Roofline(const Report &report) : report(report) {
    const Machine &machine = report.machine;
    bandwidth = double(machine.dram.bytesPerSecond);
    peak = 2 * double(machine.rows) * double(machine.columns) *
           double(machine.clockHz);
    add("whole", report);
    hasWhole = !marks.empty();
    for (const LayerReport &layer : report.layers)
      add(layer.name, layer);
    std::sort(marks.begin() + hasWhole, marks.end(),
              [](const Mark &a, const Mark &b) {
                return a.cycles != b.cycles ? a.cycles > b.cycles
                                            : a.order < b.order;
              });
  }

  std::string draw();

private:
  void add(const std::string &name, const Counts &counts);
  void drawRoof(Drawing &drawing, Chart &chart, double least, double greatest);
  void drawMarks(Drawing &drawing, const Chart &chart);

  const Report &report;
  double bandwidth, peak;
  std::vector<Mark> marks;
  bool hasWhole = false;
  size_t hidden = 0;
  /// Of the layers whose points have no room for a name.
  std::vector<LegendEntry> legend;
  LabelPlacer placer{plotBox};
};
} // namespace

void Roofline::add(const std::string &name, const Counts &counts) {
  RooflinePoint point = report.roofline(counts);
  if (point.operationsPerSecond > 0 && std::isfinite(point.operationsPerByte))
    marks.push_back({name, point, counts.cycles(), marks.size()});
  else
    ++hidden;
}

/// The boxes of a line, small enough to follow it.
static std::vector<Box> boxesAlong(Point from, Point to) {
  double length = std::hypot(to.x - from.x, to.y - from.y);
  int steps = int(length / 4) + 1;
  std::vector<Box> boxes;
  for (int i = 0; i <= steps; ++i) {
    double part = double(i) / steps;
    boxes.push_back({from.x + (to.x - from.x) * part - 3,
                     from.y + (to.y - from.y) * part - 3, 6, 6});
  }
  return boxes;
}

void Roofline::drawRoof(Drawing &drawing, Chart &chart, double least,
                        double greatest) {
  double ridge = peak / bandwidth;
  Point roof[] = {{least, least * bandwidth}, {ridge, peak}, {greatest, peak}};
  chart.line(roof, {.color = "#222222", .width = 2});
  Point begin = chart.place(roof[0].x, roof[0].y);
  Point knee = chart.place(roof[1].x, roof[1].y);
  Point end = chart.place(roof[2].x, roof[2].y);
  for (const Box &box : boxesAlong(begin, knee))
    placer.reserve(box);
  for (const Box &box : boxesAlong(knee, end))
    placer.reserve(box);

  TextStyle style{.size = 12, .anchor = Anchor::End};
  std::string top = "peak " + shortNumber(peak, "OPS");
  Point at{end.x - 8, end.y - 8};
  drawing.text(at, top, style);
  placer.reserveText(textBox(at, top, style));

  // The name of the slope runs along it, where it is long enough.
  std::string slope =
      (report.machine.host ? "weights' way from DRAM, " : "DRAM, ") +
      shortNumber(bandwidth, "B/s");
  double length = std::hypot(knee.x - begin.x, knee.y - begin.y);
  double needed = textWidth(slope, style.size);
  double dx = (knee.x - begin.x) / length, dy = (knee.y - begin.y) / length;
  if (length < needed + 20)
    return;
  Point middle{(begin.x + knee.x) / 2 + dy * 8,
               (begin.y + knee.y) / 2 - dx * 8};
  drawing.text(middle, slope,
               {.size = style.size,
                .anchor = Anchor::Middle,
                .rotation = std::atan2(dy, dx) * 180 / M_PI});
  // Its own height above the base line.
  for (double up : {0.0, 6.0}) {
    Point above{middle.x + dy * up, middle.y - dx * up};
    double x = dx * needed / 2, y = dy * needed / 2;
    for (const Box &box :
         boxesAlong({above.x - x, above.y - y}, {above.x + x, above.y + y}))
      placer.reserveText(box);
  }
}

void Roofline::drawMarks(Drawing &drawing, const Chart &chart) {
  auto radius = [&](size_t i) { return hasWhole && i == 0 ? 7.0 : 5.0; };
  auto colorOf = [&](size_t i) -> std::string_view {
    if (hasWhole && i == 0)
      return "#222222";
    return i - hasWhole < maxNamed ? paletteColor(i - hasWhole) : "#b8b8b8";
  };
  std::vector<Point> places;
  for (size_t i = 0; i < marks.size(); ++i) {
    const RooflinePoint &point = marks[i].point;
    Point at = chart.place(point.operationsPerByte, point.operationsPerSecond);
    places.push_back(at);
    double r = radius(i);
    placer.reserve({at.x - r, at.y - r, 2 * r, 2 * r});
  }
  // The whole is drawn last, above the layers.
  for (size_t i = marks.size(); i--;) {
    const RooflinePoint &point = marks[i].point;
    drawing.circle(
        places[i], radius(i), colorOf(i),
        marks[i].name + ": " + shortNumber(point.operationsPerSecond, "OPS") +
            " of " + shortNumber(point.attainable, "OPS") + " at " +
            shortNumber(point.operationsPerByte) + " operations a byte");
  }
  size_t others = 0;
  for (size_t i = 0; i < marks.size(); ++i) {
    if (i - hasWhole >= maxNamed && !(hasWhole && i == 0)) {
      ++others;
      continue;
    }
    std::string label = shorten(marks[i].name, 12, 260) + ", " +
                        shortNumber(marks[i].point.operationsPerSecond, "OPS");
    auto place = placer.place(places[i], radius(i) + 4, label, 12);
    if (!place) {
      legend.push_back({label, colorOf(i)});
      continue;
    }
    if (place->isApart)
      drawing.line(places[i], place->edge, {"#999999", 0.8});
    drawing.text(place->place, label,
                 {.size = 12, .isBold = hasWhole && i == 0});
  }
  if (others)
    legend.push_back({std::to_string(others) + " other layers", "#b8b8b8"});
}

std::string Roofline::draw() {
  std::vector<double> xs = {peak / bandwidth}, ys = {peak};
  for (const Mark &mark : marks) {
    xs.push_back(mark.point.operationsPerByte);
    ys.push_back(mark.point.operationsPerSecond);
  }
  // A decade beside the knee shows both sides of the roof.
  xs.push_back(xs[0] / 10);
  xs.push_back(xs[0] * 10);
  Axis x = makeAxis(report.machine.host ? "operations per weight byte"
                                        : "operations per DRAM byte",
                    xs, Scale::Log);
  ys.push_back(x.least * bandwidth);
  // Room for the name of the peak.
  ys.push_back(peak * 1.5);
  Axis y = makeAxis("operations per second (OPS)", ys, Scale::Log);

  std::string title =
      report.machine.name +
      formatText(
          ": %s of %s attainable, %.4g us",
          shortNumber(report.roofline().operationsPerSecond, "OPS").c_str(),
          shortNumber(report.roofline().attainable, "OPS").c_str(),
          report.seconds() * 1e6);
  Drawing drawing(pageWidth, pageHeight, title);
  drawing.text({plotBox.x, 28}, shorten(title, 15, plotBox.width / 1.1),
               {.size = 15, .isBold = true});
  double least = x.least, greatest = x.greatest;
  Chart chart(drawing, plotBox, std::move(x), std::move(y));
  drawRoof(drawing, chart, least, greatest);
  drawMarks(drawing, chart);
  drawing.grow(
      drawLegend(&drawing, {plotBox.x, pageHeight - 8}, plotBox.width, legend));
  if (hidden)
    drawing.text({plotBox.right(), plotBox.bottom() + 36},
                 std::to_string(hidden) +
                     " without products or DRAM bytes not shown",
                 {.size = 11, .anchor = Anchor::End, .color = "#555555"});
  return drawing.take();
}

std::string systolic::drawRoofline(const Report &report) {
  return Roofline(report).draw();
}
