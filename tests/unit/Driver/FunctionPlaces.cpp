//===- FunctionPlaces.cpp - Where a function may stand in kernels ---------===//
#include "tests/unit/Driver/FunctionPlaces.h"
#include <numeric>

namespace tactus::test {

namespace {

using enum Fill;

// A loop of whole vectors and one for the rest hold a function twice, and
// functions are what takes long to compile. So sizes are chosen for vectors or
// for tails, each of another length.
const Place allPlaces[] = {
    {.name = "column",
     .inputs = {{{7003, 1}, Samples}, {{1, 3}, Ones}},
     .before = "",
     .shape = {7003, 1},
     .after = "%r = tactus.mul %f, %1 : (t<7003x1xT>, t<1x3xT>) -> t<7003x3xT>",
     .resultShape = {7003, 3},
     .ops = "F mul"},
    {.name = "product",
     .inputs = {{{8, 2503, 1}, Ones},
                {{8, 1, 13}, Ones},
                {{8, 2503, 13}, Samples}},
     .before = "%m = tactus.matmul %0, %1 : (t<8x2503x1xT>, t<8x1x13xT>) -> "
               "t<8x2503x13xT>\n"
               "%v = tactus.mul %m, %2 : (t<8x2503x13xT>, t<8x2503x13xT>) -> "
               "t<8x2503x13xT>",
     .shape = {8, 2503, 13},
     .after = "%r = tactus.neg %f : t<8x2503x13xT>",
     .resultShape = {8, 2503, 13},
     .ops = "matmul mul F neg",
     .isShared = true},
    {.name = "row_maxima",
     .inputs = {{{26003, 11}, RowsOfOne}},
     .before = "",
     .shape = {26003, 11},
     .after = "%r = tactus.max %f {axes = array<i64: 1>} : (t<26003x11xT>) -> "
              "t<26003xT>",
     .resultShape = {26003},
     .ops = "F max",
     .isShared = true},
    {.name = "chain",
     .inputs = {{{26003, 7}, Samples}, {{1, 7}, Ones}},
     .before = "%v = tactus.mul %0, %1 : (t<26003x7xT>, t<1x7xT>) -> "
               "t<26003x7xT>",
     .shape = {26003, 7},
     .after = "%r = tactus.neg %f : t<26003x7xT>",
     .resultShape = {26003, 7},
     .ops = "mul F neg",
     .isShared = true},
    {.name = "flat",
     .inputs = {{{160000}, Samples}},
     .before = "",
     .shape = {160000},
     .after = "",
     .resultShape = {160000},
     .ops = "F",
     .isShared = true},
    {.name = "transposed",
     .inputs = {{{64, 109}, Samples}},
     .before = "%v = tactus.transpose %0 {perm = array<i64: 1, 0>} : "
               "(t<64x109xT>) -> t<109x64xT>",
     .shape = {109, 64},
     .after = "",
     .resultShape = {109, 64},
     .ops = "transpose F"},
    {.name = "sums",
     .inputs = {{{7001, 1}, Samples}, {{1, 16}, Ones}},
     .before = "%v = tactus.matmul %0, %1 : (t<7001x1xT>, t<1x16xT>) -> "
               "t<7001x16xT>",
     .shape = {7001, 16},
     .after = "",
     .resultShape = {7001, 16},
     .ops = "matmul F"},
    {.name = "panels",
     .inputs = {{{440, 1, 16}, Samples}, {{440, 3, 1}, Ones}},
     .before = "",
     .shape = {440, 1, 16},
     .after = "%r = tactus.matmul %1, %f : (t<440x3x1xT>, t<440x1x16xT>) -> "
              "t<440x3x16xT>",
     .resultShape = {440, 3, 16},
     .ops = "F matmul"},
    {.name = "row_minima",
     .inputs = {{{7001, 16}, RowsOfOne}},
     .before = "",
     .shape = {7001, 16},
     .after = "%r = tactus.min %f {axes = array<i64: 1>} : (t<7001x16xT>) -> "
              "t<7001xT>",
     .resultShape = {7001},
     .ops = "F min",
     .isShared = true},
    {.name = "column_maxima",
     .inputs = {{{3, 7008}, ColumnsOfOne}},
     .before = "",
     .shape = {3, 7008},
     .after = "%r = tactus.max %f {axes = array<i64: 0>} : (t<3x7008xT>) -> "
              "t<7008xT>",
     .resultShape = {7008},
     .ops = "F max"},
    {.name = "after_maxima",
     .inputs = {{{701, 10}, Samples}, {{701, 10}, Ones}},
     .before = "%m = tactus.max %1 {axes = array<i64: 1>, keepdims = true} : "
               "(t<701x10xT>) -> t<701x1xT>\n"
               "%v = tactus.mul %0, %m : (t<701x10xT>, t<701x1xT>) -> "
               "t<701x10xT>",
     .shape = {701, 10},
     .after = "",
     .resultShape = {701, 10},
     .ops = "max mul F"},
    {.name = "after_norm",
     .inputs = {{{67, 32}, Fractions}},
     .before = "%s = tactus.mul %0, %0 : (t<67x32xT>, t<67x32xT>) -> "
               "t<67x32xT>\n"
               "%m = tactus.mean %s {axes = array<i64: 1>, keepdims = true} : "
               "(t<67x32xT>) -> t<67x1xT>\n"
               "%q = tactus.rsqrt %m : t<67x1xT>\n"
               "%v = tactus.mul %0, %q : (t<67x32xT>, t<67x1xT>) -> "
               "t<67x32xT>",
     .shape = {67, 32},
     .after = "",
     .resultShape = {67, 32},
     .ops = "mul mean rsqrt mul F"},
    {.name = "before_softmax",
     .inputs = {{{6, 14}, Fractions}},
     .before = "",
     .shape = {6, 14},
     .after = "%r = tactus.softmax %f {axis = 1 : i64} : t<6x14xT>",
     .resultShape = {6, 14},
     .ops = "F max sub exp sum reciprocal mul"},
    {.name = "attention",
     .inputs = {{{48, 1}, Ones},
                {{1, 9}, Ones},
                {{48, 9}, Fractions},
                {{9, 5}, Fractions}},
     .before = "%p = tactus.matmul %0, %1 : (t<48x1xT>, t<1x9xT>) -> "
               "t<48x9xT>\n"
               "%v = tactus.mul %p, %2 : (t<48x9xT>, t<48x9xT>) -> t<48x9xT>",
     .shape = {48, 9},
     .after = "%m = tactus.max %f {axes = array<i64: 1>, keepdims = true} : "
              "(t<48x9xT>) -> t<48x1xT>\n"
              "%s = tactus.sub %f, %m : (t<48x9xT>, t<48x1xT>) -> t<48x9xT>\n"
              "%r = tactus.matmul %s, %3 : (t<48x9xT>, t<9x5xT>) -> "
              "t<48x5xT>",
     .resultShape = {48, 5},
     .ops = "matmul mul F max sub matmul"},
    {.name = "piece",
     .inputs = {{{2503, 3}, Samples}, {{2503, 8}, Samples}},
     .before = "",
     .shape = {2503, 3},
     .after = "%r = tactus.concat %f, %1 {axis = 1 : i64} : (t<2503x3xT>, "
              "t<2503x8xT>) -> t<2503x11xT>",
     .resultShape = {2503, 11},
     .ops = "F concat"},
};

/// The first of them, for types other than f32.
constexpr size_t numNarrowPlaces = 3;

/// Lengths of tails that the places above have not.
const int64_t tails[] = {1, 2, 4, 5, 6, 8, 12, 15};

Place placeOfTail(size_t number) {
  std::string columns = std::to_string(tails[number]),
              type = "t<1201x" + columns + "xT>";
  return {
      .name = "tail",
      .inputs = {{{1201, tails[number]}, Samples}, {{1, tails[number]}, Ones}},
      .before = "%v = tactus.mul %0, %1 : (" + type + ", t<1x" + columns +
                "xT>) -> " + type,
      .shape = {1201, tails[number]},
      .after = "",
      .resultShape = {1201, tails[number]},
      .ops = "mul F",
      .functions = std::size(tails),
      .number = number};
}

std::vector<Place> allPlacesAndTails() {
  std::vector<Place> places(std::begin(allPlaces), std::end(allPlaces));
  for (size_t number = 0; number < std::size(tails); ++number)
    places.push_back(placeOfTail(number));
  return places;
}

std::string typeText(std::span<const int64_t> shape) {
  std::string text = "t<";
  for (int64_t size : shape)
    text += std::to_string(size) + "x";
  return text + "T>";
}

void replaceAll(std::string &text, std::string_view from,
                const std::string &to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos;
       at += to.size())
    text.replace(at, from.size(), to);
}

/// One function of a module, written a place at a time.
class ProgramText {
public:
  explicit ProgramText(ElementType type) : type(type) {}

  /// Gives what follows names of its own.
  void beginPlace() { prefix = "%p" + std::to_string(numPlaces++) + "."; }
  void input(const std::string &name, std::span<const int64_t> shape) {
    arguments +=
        (arguments.empty() ? "" : ", ") + ours(name + ": " + typeText(shape));
  }
  void lines(const std::string &text) { body += ours(text) + "\n"; }
  void result(const std::string &name, std::span<const int64_t> shape) {
    std::string separator = results.empty() ? "" : ", ";
    results += separator + ours(name);
    types += separator + typeText(shape);
  }
  std::string module() const {
    std::string text = "func.func @main(" + arguments + ") -> (" + types +
                       ") {\n" + body + "return " + results + " : " + types +
                       "\n}\n";
    replaceAll(text, "t<", "tensor<");
    replaceAll(text, "T>", std::string(toString(type)) + ">");
    return text;
  }

private:
  std::string ours(std::string text) const {
    replaceAll(text, "%", prefix);
    return text;
  }

  ElementType type;
  int numPlaces = 0;
  std::string prefix, arguments, body, results, types;
};

/// The function on %v, as %f.
std::string callText(const PlacedFunction &function,
                     std::span<const int64_t> shape) {
  std::string operand = typeText(shape);
  std::string signature =
      function.isBinary() ? "(" + operand + ", " + operand + ") -> " + operand
                          : operand;
  return "%f = tactus." + function.text + " : " + signature;
}

std::string inputName(size_t number) {
  return "%" + std::to_string(number);
}

std::vector<size_t> allInputs(const Place &place) {
  std::vector<size_t> numbers(place.inputs.size());
  std::iota(numbers.begin(), numbers.end(), size_t(0));
  return numbers;
}

void addInputs(ProgramText &text, const Place &place,
               const std::vector<size_t> &numbers) {
  for (size_t number : numbers)
    text.input(inputName(number), place.inputs[number].shape);
}

} // namespace

std::span<const Place> placesFor(ElementType type) {
  static const std::vector<Place> places = allPlacesAndTails();
  std::span<const Place> all = places;
  return type == ElementType::F32 ? all : all.first(numNarrowPlaces);
}

std::vector<size_t> inputsNamed(const Place &place, const std::string &steps) {
  std::vector<size_t> numbers;
  for (size_t i = 0; i < place.inputs.size(); ++i)
    if (steps.find(inputName(i)) != std::string::npos)
      numbers.push_back(i);
  return numbers;
}

std::string wholeText(std::span<const Place *const> places, ElementType type,
                      const PlacedFunction &function) {
  ProgramText text(type);
  for (const Place *each : places) {
    const Place &place = *each;
    text.beginPlace();
    addInputs(text, place, allInputs(place));
    if (function.isBinary())
      text.input("%w", place.shape);
    text.lines(place.before);
    std::string call = callText(function, place.shape);
    if (place.before.empty())
      replaceAll(call, "%v", "%0");
    if (place.after.empty())
      replaceAll(call, "%f", "%r");
    text.lines(call);
    text.lines(place.after);
    text.result("%r", place.resultShape);
  }
  return text.module();
}

std::string beforeText(const Place &place, ElementType type) {
  ProgramText text(type);
  text.beginPlace();
  addInputs(text, place, inputsNamed(place, place.before));
  text.lines(place.before);
  text.result("%v", place.shape);
  return text.module();
}

std::string afterText(const Place &place, ElementType type) {
  ProgramText text(type);
  text.beginPlace();
  text.input("%f", place.shape);
  addInputs(text, place, inputsNamed(place, place.after));
  text.lines(place.after);
  text.result("%r", place.resultShape);
  return text.module();
}

std::string aloneText(ElementType type, const PlacedFunction &function,
                      int64_t count) {
  ProgramText text(type);
  const int64_t shape[] = {count};
  text.beginPlace();
  text.input("%v", shape);
  if (function.isBinary())
    text.input("%w", shape);
  text.lines(callText(function, shape));
  text.result("%f", shape);
  return text.module();
}

} // namespace tactus::test
