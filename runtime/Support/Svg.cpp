//===- Svg.cpp - Drawings -------------------------------------------------===//
#include "runtime/Support/Svg.h"
#include "runtime/Support/Utf8.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

using namespace tactus;
using namespace tactus::svg;

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

/// The width of a character of size 1, from DejaVu Sans, the widest of the
/// fonts that are asked for.
static double characterWidth(char c) {
  std::string_view narrow = "iIjl'|.,:;!", middle = "ftr()[]{}/\\ -`\"";
  std::string_view wide = "mwMW@%&+=<>~#";
  if (narrow.find(c) != std::string_view::npos)
    return 0.34;
  if (middle.find(c) != std::string_view::npos)
    return 0.44;
  if (wide.find(c) != std::string_view::npos)
    return 0.98;
  if (c >= 'A' && c <= 'Z')
    return 0.74;
  return 0.64;
}

double svg::textWidth(std::string_view text, double size) {
  double width = 0;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80)
      width += characterWidth(c);
    else if (byte >= 0xc0) // The first byte of a character of more.
      width += 1;
  }
  return width * size;
}

Box svg::textBox(Point at, std::string_view text, const TextStyle &style) {
  double width = textWidth(text, style.size) * (style.isBold ? 1.1 : 1);
  double left = style.anchor == Anchor::Start    ? at.x
                : style.anchor == Anchor::Middle ? at.x - width / 2
                                                 : at.x - width;
  return {left, at.y - style.size * 0.8, width, style.size * 1.05};
}

std::string svg::shorten(std::string_view text, double size, double width) {
  if (textWidth(text, size) <= width)
    return std::string(text);
  size_t end = text.size();
  while (end > 0 && textWidth(text.substr(0, end), size) + size > width)
    do
      --end;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80);
  return std::string(text.substr(0, end)) + "\u2026";
}

std::string svg::escapeXml(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    size_t valid = findInvalidUtf8(text).value_or(text.size());
    for (char c : text.substr(0, valid)) {
      switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n')
          out += "\uFFFD";
        else
          out += c;
      }
    }
    text.remove_prefix(valid);
    if (!text.empty()) {
      out += "\uFFFD";
      text.remove_prefix(1);
    }
  }
  return out;
}

std::string_view svg::paletteColor(size_t index) {
  // After Okabe and Ito, without black and dark enough for white text; then the
  // same hues darker.
  static constexpr std::array<std::string_view, 24> colors = {
      "#0072b2", "#d55e00", "#009e73", "#b8549a", "#b07800", "#3d8fc4",
      "#7a5c99", "#8c8c00", "#c94f6d", "#4d9a9a", "#a67c52", "#6b7a8f",
      "#003f63", "#7a3500", "#00573f", "#652e54", "#5c3f00", "#1d4d6e",
      "#432f57", "#4d4d00", "#6f2138", "#255555", "#54391f", "#363f4c"};
  return colors[index % colors.size()];
}

//===----------------------------------------------------------------------===//
// Drawing
//===----------------------------------------------------------------------===//

/// Two decimals, without zeros at the end.
static std::string number(double value) {
  char buffer[64];
  std::snprintf(buffer, sizeof(buffer), "%.2f", value);
  std::string text = buffer;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.')
    text.pop_back();
  return text == "-0" ? "0" : text;
}

static std::string attribute(std::string_view name, double value) {
  return " " + std::string(name) + "=\"" + number(value) + "\"";
}

static std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + escapeXml(value) + "\"";
}

static std::string strokeOf(const Stroke &stroke) {
  std::string text = attribute("stroke", stroke.color);
  if (stroke.width != 1)
    text += attribute("stroke-width", stroke.width);
  if (!stroke.dashes.empty())
    text += attribute("stroke-dasharray", stroke.dashes);
  return text;
}

/// Ends a shape, with its tip inside where it has one.
static std::string endOf(std::string_view tag, std::string_view tip) {
  if (tip.empty())
    return "/>\n";
  return "><title>" + escapeXml(tip) + "</title></" + std::string(tag) + ">\n";
}

void Drawing::rectangle(const Box &box, std::string_view fill, double opacity,
                        std::string_view tip) {
  out += "<rect" + attribute("x", box.x) + attribute("y", box.y) +
         attribute("width", box.width) + attribute("height", box.height) +
         attribute("fill", fill);
  if (opacity != 1)
    out += attribute("fill-opacity", opacity);
  out += endOf("rect", tip);
}

void Drawing::frame(const Box &box, const Stroke &stroke) {
  out += "<rect" + attribute("x", box.x) + attribute("y", box.y) +
         attribute("width", box.width) + attribute("height", box.height) +
         " fill=\"none\"" + strokeOf(stroke) + "/>\n";
}

void Drawing::line(Point from, Point to, const Stroke &stroke) {
  out += "<line" + attribute("x1", from.x) + attribute("y1", from.y) +
         attribute("x2", to.x) + attribute("y2", to.y) + strokeOf(stroke) +
         "/>\n";
}

void Drawing::polyline(std::span<const Point> points, const Stroke &stroke) {
  out += "<polyline points=\"";
  for (size_t i = 0; i < points.size(); ++i)
    out += (i ? " " : "") + number(points[i].x) + "," + number(points[i].y);
  out +=
      "\" fill=\"none\" stroke-linejoin=\"round\"" + strokeOf(stroke) + "/>\n";
}

void Drawing::circle(Point center, double radius, std::string_view fill,
                     std::string_view tip) {
  out += "<circle" + attribute("cx", center.x) + attribute("cy", center.y) +
         attribute("r", radius) + attribute("fill", fill) +
         endOf("circle", tip);
}

void Drawing::text(Point at, std::string_view text, const TextStyle &style) {
  out += "<text" + attribute("x", at.x) + attribute("y", at.y) +
         attribute("font-size", style.size) + attribute("fill", style.color);
  if (style.anchor != Anchor::Start)
    out += attribute("text-anchor",
                     style.anchor == Anchor::Middle ? "middle" : "end");
  if (style.isBold)
    out += " font-weight=\"bold\"";
  if (style.rotation != 0)
    out += " transform=\"rotate(" + number(style.rotation) + " " +
           number(at.x) + " " + number(at.y) + ")\"";
  out += ">" + escapeXml(text) + "</text>\n";
}

std::string Drawing::take() {
  std::string shapes = std::exchange(out, "");
  out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\"";
  out += attribute("width", pageWidth) + attribute("height", pageHeight);
  out +=
      " viewBox=\"0 0 " + number(pageWidth) + " " + number(pageHeight) + "\"";
  out += " font-family=\"DejaVu Sans, Verdana, Arial, sans-serif\">\n";
  out += "<title>" + escapeXml(title) + "</title>\n";
  rectangle({0, 0, pageWidth, pageHeight}, "#ffffff");
  return std::move(out) + shapes + "</svg>\n";
}

//===----------------------------------------------------------------------===//
// Labels
//===----------------------------------------------------------------------===//

/// Whether a segment enters a box: where any part of it is left once it has
/// been clipped to the box's sides.
static bool crosses(Point from, Point to, const Box &box) {
  double begin = 0, end = 1;
  auto clip = [&](double start, double delta, double least, double greatest) {
    if (delta == 0)
      return start > least && start < greatest;
    double a = (least - start) / delta, b = (greatest - start) / delta;
    begin = std::max(begin, std::min(a, b));
    end = std::min(end, std::max(a, b));
    return begin < end;
  };
  return clip(from.x, to.x - from.x, box.x, box.right()) &&
         clip(from.y, to.y - from.y, box.y, box.bottom());
}

bool LabelPlacer::isFree(const Box &box, const Line &leader) const {
  if (!area.contains(box))
    return false;
  for (const Box &other : taken)
    if (other.overlaps(box))
      return false;
  for (const Line &line : leaders)
    if (crosses(line.from, line.to, box))
      return false;
  for (const Box &label : labels)
    if (crosses(leader.from, leader.to, label))
      return false;
  return true;
}

std::optional<LabelPlacer::Label> LabelPlacer::place(Point point,
                                                     double distance,
                                                     std::string_view text,
                                                     double size) {
  double width = textWidth(text, size), height = size * 1.05;
  // Right, left, above, below, the corners, then what lies between.
  static constexpr int degrees[] = {0,   180, 270, 90,  315, 45, 225, 135,
                                    338, 22,  202, 158, 292, 68, 248, 112};
  for (int ring = 0; ring < 20; ++ring) {
    double away = distance + ring * size;
    for (int degree : degrees) {
      double angle = degree * M_PI / 180;
      double x = point.x - width / 2 + std::cos(angle) * (away + width / 2);
      double y = point.y - height / 2 + std::sin(angle) * (away + height / 2);
      Box box{x, y, width, height};
      Point edge{std::clamp(point.x, box.x, box.right()),
                 std::clamp(point.y, box.y, box.bottom())};
      if (!isFree(box, {point, edge}))
        continue;
      // What comes later keeps a little distance.
      Box room{x - 2, y - 1, width + 4, height + 2};
      reserveText(room);
      Label label{{x, y + size * 0.8}, edge, ring > 0};
      if (label.isApart)
        leaders.push_back({point, edge});
      return label;
    }
  }
  return std::nullopt;
}
