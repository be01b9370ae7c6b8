//===- Timeline.cpp - What each queue did, as a drawing -------------------===//
#include "runtime/Support/Chart.h"
#include "runtime/Support/Text.h"
#include "runtime/Systolic/Plots.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

using namespace tactus;
using namespace tactus::systolic;
using namespace tactus::svg;

namespace {
constexpr double pageWidth = 1200, left = 92, right = 24;
constexpr double laneHeight = 44, laneGap = 12;
/// How many degrees of density are told apart.
constexpr int shades = 10;
constexpr std::string_view otherColor = "#b8b8b8";
/// As many as have a color of their own.
constexpr size_t maxNamedLayers = 23;

struct Lane {
  std::string_view name, meaning;
  std::vector<uint32_t> instructions;
};

class Timeline {
public:
  Timeline(const Program &program, const std::vector<InstructionTime> &times)
      : program(program), times(times) {
    for (const InstructionTime &time : times)
      total = std::max(total, time.end);
    sortIntoLanes();
    chooseColors();
  }

  std::string draw();

private:
  void sortIntoLanes();
  void chooseColors();
  void drawAxes(Drawing &drawing, double top, double bottom) const;
  void drawNames(Drawing &drawing, const Lane &lane, double top) const;
  void drawLane(Drawing &drawing, const Lane &lane, double top) const;
  void drawSlice(Drawing &drawing, uint32_t index, double top) const;
  void drawBins(Drawing &drawing,
                const std::vector<std::map<uint16_t, double>> &bins,
                double top) const;

  double width() const { return pageWidth - left - right; }
  double pixels(double cycles) const {
    return total ? cycles / double(total) * width() : 0;
  }
  int64_t busy(uint32_t index) const {
    return times[index].free - times[index].start;
  }
  std::string_view colorOf(uint16_t layer) const {
    return colors.empty() ? otherColor : colors[layer];
  }

  const Program &program;
  const std::vector<InstructionTime> &times;
  int64_t total = 0;
  std::vector<Lane> lanes;
  std::vector<std::string_view> colors;
  std::vector<LegendEntry> legend;
};
} // namespace

void Timeline::sortIntoLanes() {
  lanes = {{"LD", "loads", {}},  {"WL", "weights", {}},
           {"MM", "array", {}},  {"ACT", "act, vec", {}},
           {"ST", "stores", {}}, {"HOST", "host calls", {}}};
  for (uint32_t i = 0; i < program.instructions.size(); ++i) {
    const Instruction &instruction = program.instructions[i];
    if (!times[i].isScheduled() || !busy(i))
      continue;
    // What of the barriers takes time is the host's.
    size_t lane =
        instruction.isBarrier() ? numQueues : size_t(instruction.queue);
    lanes[lane].instructions.push_back(i);
  }
  if (lanes.back().instructions.empty())
    lanes.pop_back();
}

/// The layers that take the most time have colors and names, in the order of
/// the program.
void Timeline::chooseColors() {
  size_t count = program.layers.size();
  std::vector<int64_t> cycles(count);
  for (const Lane &lane : lanes)
    for (uint32_t index : lane.instructions)
      cycles[program.instructions[index].layer] += busy(index);
  std::vector<size_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return cycles[a] != cycles[b] ? cycles[a] > cycles[b] : a < b;
  });
  // One color is left for the others, where there are any.
  size_t named = count <= maxNamedLayers + 1 ? count : maxNamedLayers;
  std::sort(order.begin(), order.begin() + named);
  colors.assign(count, otherColor);
  for (size_t i = 0; i < named; ++i) {
    colors[order[i]] = paletteColor(i);
    legend.push_back({program.layers[order[i]], paletteColor(i)});
  }
  if (named < count)
    legend.push_back(
        {std::to_string(count - named) + " other layers", otherColor});
}

void Timeline::drawAxes(Drawing &drawing, double top, double bottom) const {
  double cycles = double(std::max<int64_t>(total, 1));
  Axis axis{"", 0, cycles};
  for (const Tick &tick : findTicks(axis, 12)) {
    double x = left + axis.position(tick.value) * width();
    drawing.line({x, top}, {x, bottom}, {"#e4e4e4"});
    drawing.text({x, bottom + 16}, tick.label,
                 {.size = 11, .anchor = Anchor::Middle});
  }
  drawing.text({left + width() / 2, bottom + 36}, "time (cycles)",
               {.anchor = Anchor::Middle});
  double microseconds = cycles * 1e6 / double(program.machine.clockHz);
  Axis time{"", 0, microseconds};
  for (const Tick &tick : findTicks(time, 12)) {
    double x = left + time.position(tick.value) * width();
    drawing.line({x, top - 4}, {x, top}, {"#888888"});
    drawing.text({x, top - 9}, tick.label,
                 {.size = 11, .anchor = Anchor::Middle});
  }
  drawing.text({left + width() / 2, top - 28}, "time (us)",
               {.anchor = Anchor::Middle});
  drawing.frame({left, top, width(), bottom - top}, {"#888888"});
}

void Timeline::drawSlice(Drawing &drawing, uint32_t index, double top) const {
  const Instruction &instruction = program.instructions[index];
  const std::string &layer = program.layers[instruction.layer];
  std::string name(toString(instruction.opcode()));
  double x = left + pixels(double(times[index].start));
  double wide = pixels(double(busy(index)));
  // Neighbors of one color are told apart where there is room to.
  double shown = wide > 3 ? wide - 0.6 : wide;
  drawing.rectangle({x, top, shown, laneHeight}, colorOf(instruction.layer), 1,
                    std::to_string(index) + " " + name + ", layer " + layer +
                        ", cycles " + std::to_string(times[index].start) +
                        " to " + std::to_string(times[index].free));
  if (textWidth(name, 10) + 6 <= shown)
    drawing.text({x + shown / 2, top + laneHeight / 2 + 3.5}, name,
                 {.size = 10, .anchor = Anchor::Middle, .color = "#ffffff"});
}

/// Runs of pixels with the same layer, about as busy.
void Timeline::drawBins(Drawing &drawing,
                        const std::vector<std::map<uint16_t, double>> &bins,
                        double top) const {
  struct Shade {
    uint16_t layer = 0;
    int level = 0;
    bool operator==(const Shade &) const = default;
  };
  auto shadeOf = [&](size_t i) {
    double sum = 0, most = 0;
    Shade shade;
    for (auto [layer, part] : bins[i]) {
      sum += part;
      if (part > most) {
        most = part;
        shade.layer = layer;
      }
    }
    shade.level =
        sum > 0 ? std::clamp(int(std::ceil(sum * shades)), 1, shades) : 0;
    return shade;
  };
  for (size_t begin = 0; begin < bins.size();) {
    Shade shade = shadeOf(begin);
    size_t end = begin + 1;
    while (end < bins.size() && shadeOf(end) == shade)
      ++end;
    if (shade.level)
      drawing.rectangle(
          {left + double(begin), top, double(end - begin), laneHeight},
          colorOf(shade.layer), 0.15 + 0.85 * shade.level / shades,
          "layer " + program.layers[shade.layer] + ", busy for " +
              std::to_string(100 * shade.level / shades) +
              "% of the time or less");
    begin = end;
  }
}

void Timeline::drawLane(Drawing &drawing, const Lane &lane, double top) const {
  std::vector<std::map<uint16_t, double>> bins(size_t(width()) + 1);
  std::vector<uint32_t> slices;
  for (uint32_t index : lane.instructions) {
    double begin = pixels(double(times[index].start));
    double end = pixels(double(times[index].free));
    if (end - begin >= 1) {
      slices.push_back(index);
      continue;
    }
    // Narrower than a pixel, it lies in one or two.
    uint16_t layer = program.instructions[index].layer;
    double border = std::min(std::floor(begin) + 1, end);
    bins[size_t(begin)][layer] += border - begin;
    if (end > border)
      bins[size_t(border)][layer] += end - border;
  }
  drawBins(drawing, bins, top);
  for (uint32_t index : slices)
    drawSlice(drawing, index, top);
}

/// What stands under and beside the slices of a lane.
void Timeline::drawNames(Drawing &drawing, const Lane &lane, double top) const {
  int64_t sum = 0;
  for (uint32_t index : lane.instructions)
    sum += busy(index);
  drawing.rectangle({left, top, width(), laneHeight}, "#f4f4f4");
  drawing.text({left - 10, top + 16}, lane.name,
               {.size = 13, .anchor = Anchor::End, .isBold = true});
  drawing.text({left - 10, top + 29}, lane.meaning,
               {.size = 10, .anchor = Anchor::End, .color = "#555555"});
  drawing.text(
      {left - 10, top + 41},
      formatText("%.1f%%", total ? 100 * double(sum) / double(total) : 0.0),
      {.size = 10, .anchor = Anchor::End, .color = "#555555"});
}

std::string Timeline::draw() {
  double legendTop = 42;
  double legendHeight =
      drawLegend(nullptr, {}, pageWidth - left - right, legend);
  double top = legendTop + legendHeight + 44;
  double bottom = top + double(lanes.size()) * (laneHeight + laneGap) + laneGap;
  std::string title =
      program.machine.name +
      formatText(": %lld instruction%s in %lld cycles, %.6g us",
                 static_cast<long long>(program.instructions.size()),
                 program.instructions.size() == 1 ? "" : "s",
                 static_cast<long long>(total),
                 double(total) * 1e6 / double(program.machine.clockHz));
  Drawing drawing(pageWidth, bottom + 50, title);
  drawing.text({left, 26}, shorten(title, 15, width() / 1.1),
               {.size = 15, .isBold = true});
  drawLegend(&drawing, {left, legendTop}, width(), legend);
  auto topOf = [&](size_t i) {
    return top + laneGap + double(i) * (laneHeight + laneGap);
  };
  for (size_t i = 0; i < lanes.size(); ++i)
    drawNames(drawing, lanes[i], topOf(i));
  // The grid lies on the lanes and under their slices.
  drawAxes(drawing, top, bottom);
  for (size_t i = 0; i < lanes.size(); ++i)
    drawLane(drawing, lanes[i], topOf(i));
  return drawing.take();
}

std::string systolic::drawTimeline(const Program &program,
                                   const std::vector<InstructionTime> &times) {
  return Timeline(program, times).draw();
}
