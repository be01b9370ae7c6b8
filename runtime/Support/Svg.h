//===- Svg.h - Drawings -----------------------------------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SUPPORT_SVG_H
#define TACTUS_RUNTIME_SUPPORT_SVG_H

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tactus::svg {

struct Point {
  double x = 0, y = 0;
};

/// With its upper left corner.
struct Box {
  double x = 0, y = 0, width = 0, height = 0;

  double right() const { return x + width; }
  double bottom() const { return y + height; }
  bool overlaps(const Box &other) const {
    return x < other.right() && other.x < right() && y < other.bottom() &&
           other.y < bottom();
  }
  bool contains(const Box &other) const {
    return x <= other.x && other.right() <= right() && y <= other.y &&
           other.bottom() <= bottom();
  }
};

enum class Anchor { Start, Middle, End };

struct TextStyle {
  double size = 12;
  Anchor anchor = Anchor::Start;
  std::string_view color = "#222222";
  bool isBold = false;
  /// Degrees, clockwise, about the text's point.
  double rotation = 0;
};

struct Stroke {
  std::string_view color = "#222222";
  double width = 1;
  /// As SVG has it: `4 3`; empty for a line without gaps.
  std::string_view dashes = "";
};

/// The width of a line of text, a little more than any common sans serif takes.
double textWidth(std::string_view text, double size);
/// The box of a line of text whose base line begins, ends or has its middle at
/// `at`. Rotation is not looked at.
Box textBox(Point at, std::string_view text, const TextStyle &style);
/// The text, or its beginning and an ellipsis, so that it is not wider.
std::string shorten(std::string_view text, double size, double width);

/// Colors that are told apart on white, also by the color-blind.
std::string_view paletteColor(size_t index);

/// `text` as XML has it between tags or quotes. What XML cannot hold becomes
/// U+FFFD.
std::string escapeXml(std::string_view text);

/// A drawing on white, written as it comes; later shapes cover earlier ones.
class Drawing {
public:
  Drawing(double width, double height, std::string title)
      : pageWidth(width), pageHeight(height), title(std::move(title)) {}

  /// `tip` shows when the mouse rests on the shape; empty for none.
  void rectangle(const Box &box, std::string_view fill, double opacity = 1,
                 std::string_view tip = "");
  void frame(const Box &box, const Stroke &stroke);
  void line(Point from, Point to, const Stroke &stroke);
  void polyline(std::span<const Point> points, const Stroke &stroke);
  void circle(Point center, double radius, std::string_view fill,
              std::string_view tip = "");
  void text(Point at, std::string_view text, const TextStyle &style = {});

  double width() const { return pageWidth; }
  double height() const { return pageHeight; }
  /// Makes room below what has been drawn.
  void grow(double height) { pageHeight += height; }
  /// The file; the drawing is used up.
  std::string take();

private:
  double pageWidth, pageHeight;
  std::string title, out;
};

/// Finds room for labels: none covers another, nor what was reserved, and no
/// line that leads to one crosses another.
class LabelPlacer {
public:
  struct Label {
    /// Of its base line, to be drawn with Anchor::Start.
    Point place;
    /// Where it is nearest to its point, and whether it stands so far away that
    /// a line should lead there.
    Point edge;
    bool isApart = false;
  };

  /// Labels stay inside `area`.
  explicit LabelPlacer(const Box &area) : area(area) {}

  void reserve(const Box &box) { taken.push_back(box); }
  /// The same, and no line that leads to a label crosses it.
  void reserveText(const Box &box) {
    taken.push_back(box);
    labels.push_back(box);
  }
  /// Takes room for a text near `point`, at least `distance` away from it:
  /// around the point, then farther and farther away. Nothing where there is no
  /// room.
  std::optional<Label> place(Point point, double distance,
                             std::string_view text, double size);

private:
  struct Line {
    Point from, to;
  };

  bool isFree(const Box &box, const Line &leader) const;

  Box area;
  std::vector<Box> taken, labels;
  std::vector<Line> leaders;
};

} // namespace tactus::svg

#endif // TACTUS_RUNTIME_SUPPORT_SVG_H
