//===- ChartTest.cpp - Drawings, axes and labels --------------------------===//
#include "runtime/Support/Chart.h"
#include "runtime/Support/Text.h"
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <random>

using namespace tactus;
using namespace tactus::svg;

static std::vector<std::string> labelsOf(const Axis &axis, int count) {
  std::vector<std::string> labels;
  for (const Tick &tick : findTicks(axis, count))
    if (!tick.label.empty())
      labels.push_back(tick.label);
  return labels;
}

TEST(TextTest, AlignsColumnsByCharacters) {
  EXPECT_EQ(
      alignColumns({{"", "old"}, {"\u00e4b", "7"}, {"long name", "12345"}}),
      "             old\n"
      "\u00e4b             7\n"
      "long name  12345\n");
  EXPECT_EQ(formatText("%d of %s", 3, "four"), "3 of four");
}

TEST(SvgTest, EscapesWhatXmlWouldMisread) {
  EXPECT_EQ(escapeXml("a<b>&\"c\"\x01\t\xff"),
            "a&lt;b&gt;&amp;&quot;c&quot;\uFFFD\t\uFFFD");
}

TEST(SvgTest, WritesAWholeFile) {
  Drawing drawing(20, 10, "a & b");
  drawing.rectangle({1, 2, 3.333, 4}, "#ff0000", 0.5, "tip <1>");
  drawing.line({0, 0}, {5, 5}, {"#000000", 2, "4 3"});
  drawing.text({1, 9}, "x",
               {.size = 8, .anchor = Anchor::End, .rotation = -90});
  drawing.grow(5);
  EXPECT_EQ(
      drawing.take(),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"15\" "
      "viewBox=\"0 0 20 15\" font-family=\"DejaVu Sans, Verdana, Arial, "
      "sans-serif\">\n"
      "<title>a &amp; b</title>\n"
      "<rect x=\"0\" y=\"0\" width=\"20\" height=\"15\" fill=\"#ffffff\"/>\n"
      "<rect x=\"1\" y=\"2\" width=\"3.33\" height=\"4\" fill=\"#ff0000\" "
      "fill-opacity=\"0.5\"><title>tip &lt;1&gt;</title></rect>\n"
      "<line x1=\"0\" y1=\"0\" x2=\"5\" y2=\"5\" stroke=\"#000000\" "
      "stroke-width=\"2\" stroke-dasharray=\"4 3\"/>\n"
      "<text x=\"1\" y=\"9\" font-size=\"8\" fill=\"#222222\" "
      "text-anchor=\"end\" transform=\"rotate(-90 1 9)\">x</text>\n"
      "</svg>\n");
}

TEST(SvgTest, ShortensToAWidthAtACharacter) {
  EXPECT_EQ(shorten("name", 12, 100), "name");
  std::string text = shorten("\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9", 10, 45);
  EXPECT_EQ(text, "\u00e9\u00e9\u00e9\u2026");
  EXPECT_LE(textWidth(text, 10), 45);
}

TEST(SvgTest, LabelsNeverCoverEachOther) {
  std::mt19937_64 random(1);
  Box area{0, 0, 600, 400};
  LabelPlacer placer(area);
  std::vector<Box> boxes;
  int placed = 0;
  for (int i = 0; i < 80; ++i) {
    // All in one corner of the area, so that room runs out.
    Point point{200 + double(random() % 100), 150 + double(random() % 60)};
    std::string text = "label " + std::to_string(i);
    auto label = placer.place(point, 6, text, 12);
    if (!label)
      continue;
    ++placed;
    Box box = textBox(label->place, text, {.size = 12});
    EXPECT_TRUE(area.contains(box));
    for (const Box &other : boxes)
      EXPECT_FALSE(box.overlaps(other)) << text;
    boxes.push_back(box);
  }
  EXPECT_GT(placed, 12);
  // A full page has no room for one more.
  LabelPlacer full(area);
  full.reserve(area);
  EXPECT_FALSE(full.place({300, 200}, 6, "x", 12));
}

TEST(ChartTest, AxesEndAtRoundValues) {
  Axis linear = makeAxis("x", std::vector<double>{3, 17, 941});
  EXPECT_EQ(linear.least, 0);
  EXPECT_EQ(linear.greatest, 1000);
  EXPECT_DOUBLE_EQ(linear.position(250), 0.25);
  Axis log = makeAxis("x", std::vector<double>{3, 0, -1, 1700}, Scale::Log);
  EXPECT_DOUBLE_EQ(log.least, 2);
  EXPECT_DOUBLE_EQ(log.greatest, 2000);
  EXPECT_DOUBLE_EQ(log.position(20), 1.0 / 3);
  // Nothing to show is an axis all the same.
  for (Scale scale : {Scale::Linear, Scale::Log})
    for (double value :
         {0.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
      Axis axis = makeAxis("x", std::vector<double>{value}, scale);
      EXPECT_LT(axis.least, axis.greatest);
      EXPECT_FALSE(findTicks(axis, 5).empty());
    }
}

TEST(ChartTest, TicksAreRoundAndAsManyAsFit) {
  using Labels = std::vector<std::string>;
  EXPECT_EQ(labelsOf({"", 0, 5000}, 6),
            (Labels{"0", "1 k", "2 k", "3 k", "4 k", "5 k"}));
  EXPECT_EQ(labelsOf({"", 0, 4455}, 5),
            (Labels{"0", "1 k", "2 k", "3 k", "4 k"}));
  EXPECT_EQ(labelsOf({"", -1, 1}, 4), (Labels{"-1", "-0.5", "0", "0.5", "1"}));
  EXPECT_EQ(
      labelsOf({"", 2, 2000, Scale::Log}, 12),
      (Labels{"2", "5", "10", "20", "50", "100", "200", "500", "1 k", "2 k"}));
  EXPECT_EQ(labelsOf({"", 3, 3}, 4), Labels());
  EXPECT_EQ(labelsOf({"", 1, 1e9, Scale::Log}, 4),
            (Labels{"1", "1 k", "1 M", "1 G"}));
}

TEST(ChartTest, NumbersHaveThreeDigits) {
  EXPECT_EQ(shortNumber(0), "0");
  EXPECT_EQ(shortNumber(0.0625), "0.0625");
  EXPECT_EQ(shortNumber(999), "999");
  EXPECT_EQ(shortNumber(999.6), "1 k");
  EXPECT_EQ(shortNumber(1000), "1 k");
  EXPECT_EQ(shortNumber(-1536), "-1.54 k");
  EXPECT_EQ(shortNumber(92e12), "92 T");
  EXPECT_EQ(shortNumber(0, "OPS"), "0 OPS");
  EXPECT_EQ(shortNumber(999, "OPS"), "999 OPS");
  EXPECT_EQ(shortNumber(92e12, "OPS"), "92 TOPS");
}

TEST(ChartTest, LineChartsLeaveOutPointsWithoutAPlace) {
  LineChart chart;
  chart.title = "cycles";
  chart.xLabel = "side (cells)";
  chart.yLabel = "cycles";
  chart.xScale = chart.yScale = Scale::Log;
  chart.series = {{"a", {{16, 100}, {32, 10}, {0, 5}}}, {"b", {{64, 1}}}};
  std::string text = drawLineChart(chart);
  size_t marks = 0;
  for (size_t at = 0; (at = text.find("<circle", at)) != std::string::npos;
       ++at)
    ++marks;
  EXPECT_EQ(marks, 3u);
  EXPECT_NE(text.find(">side (cells)</text>"), std::string::npos);
  EXPECT_NE(text.find(">cycles</text>"), std::string::npos);
  // Two series have a legend; one needs none.
  EXPECT_NE(text.find(">b</text>"), std::string::npos);
  chart.series.pop_back();
  EXPECT_EQ(drawLineChart(chart).find(">a</text>"), std::string::npos);
}
