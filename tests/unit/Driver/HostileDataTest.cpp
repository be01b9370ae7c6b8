//===- HostileDataTest.cpp - Numbers that trap in native code -------------===//
//
// What the descriptions of the ops say of integers divided by zero, of the
// lowest one divided by -1 and of shifts past the width; HostileFloatsTest has
// the floats. The expected values are written here, not computed by a target.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Driver/Repeated.h"
#include <limits>

using namespace tactus;
using namespace tactus::test;

namespace {

//===----------------------------------------------------------------------===//
// Integers
//===----------------------------------------------------------------------===//

template <typename T> struct HostileIntegersTest : testing::Test {
  using Limits = std::numeric_limits<T>;
  static constexpr T min = Limits::min(), max = Limits::max();
  static constexpr T width = T(8 * sizeof(T));

  /// One column of a table.
  template <typename Row>
  static std::vector<T> column(const std::vector<Row> &rows, T Row::*member) {
    std::vector<T> elements;
    for (const Row &row : rows)
      elements.push_back(row.*member);
    return elements;
  }

  static TensorType typeOf(const std::vector<T> &elements) {
    return repeated(elements).type();
  }
};

using Integers = testing::Types<int8_t, uint8_t, int16_t, int32_t, int64_t>;
TYPED_TEST_SUITE(HostileIntegersTest, Integers);

template <typename T> struct Division {
  T lhs, rhs;
  /// The quotient toward zero, what it leaves over, and what the quotient
  /// rounded down leaves.
  T div, fmod, mod;
};

template <typename T> std::vector<Division<T>> divisions() {
  constexpr T min = std::numeric_limits<T>::min(),
              max = std::numeric_limits<T>::max();
  std::vector<Division<T>> rows = {
      {0, 0, 0, 0, 0},     {7, 0, 0, 0, 0},
      {max, 0, 0, 0, 0},   {min, 0, 0, 0, 0},
      {7, 2, 3, 1, 1},     {max, 1, max, 0, 0},
      {max, max, 1, 0, 0}, {0, max, 0, 0, 0},
      {1, max, 0, 1, 1},   {T(max - 1), max, 0, T(max - 1), T(max - 1)},
  };
  if constexpr (std::is_signed_v<T>) {
    const std::vector<Division<T>> negative = {
        {-7, 0, 0, 0, 0},
        // The quotient is one more than the type holds.
        {min, -1, min, 0, 0},
        {max, -1, T(min + 1), 0, 0},
        {T(min + 1), -1, max, 0, 0},
        {0, -1, 0, 0, 0},
        {min, min, 1, 0, 0},
        {min, 1, min, 0, 0},
        {min, max, -1, -1, T(max - 1)},
        {max, min, 0, max, -1},
        {-7, 2, -3, -1, 1},
        {7, -2, -3, 1, -1},
        {-7, -2, 3, -1, -1},
        {-8, 2, -4, 0, 0},
        {1, min, 0, 1, T(min + 1)},
        {-1, min, 0, -1, -1}};
    rows.insert(rows.end(), negative.begin(), negative.end());
  }
  return rows;
}

TYPED_TEST(HostileIntegersTest, AreDividedAsDescribed) {
  using T = TypeParam;
  using Row = Division<T>;
  const std::vector<Row> rows = divisions<T>();
  std::vector<T> lhs = this->column(rows, &Row::lhs),
                 rhs = this->column(rows, &Row::rhs);
  Graph g("divisions");
  Value x = g.input("x", this->typeOf(lhs)),
        y = g.input("y", this->typeOf(rhs));
  g.output("div", x / y);
  g.output("mod", mod(x, y));
  g.output("fmod", mod(x, y, ModSign::Dividend));
  for (const char *target : everyTarget) {
    Tensors out = compile(g, Target::parse(target))
                      .run({{"x", repeated(lhs)}, {"y", repeated(rhs)}});
    expectElements(out.at("div"), this->column(rows, &Row::div), target);
    expectElements(out.at("fmod"), this->column(rows, &Row::fmod), target);
    expectElements(out.at("mod"), this->column(rows, &Row::mod), target);
  }
}

// A divisor that the compiler knows must not let it conclude anything else.
TYPED_TEST(HostileIntegersTest, AreDividedByConstantsAsDescribed) {
  using T = TypeParam;
  for (T divisor : {T(0), T(-1), T(1), this->min, this->max}) {
    std::vector<Division<T>> rows;
    for (const Division<T> &row : divisions<T>())
      if (row.rhs == divisor)
        rows.push_back(row);
    if (rows.empty())
      continue;
    using Row = Division<T>;
    std::vector<T> lhs = this->column(rows, &Row::lhs);
    Graph g("divisions");
    Value x = g.input("x", this->typeOf(lhs)), y = g.constant(divisor);
    g.output("div", x / y);
    g.output("mod", mod(x, y));
    g.output("fmod", mod(x, y, ModSign::Dividend));
    for (const char *target : everyTarget) {
      Tensors out =
          compile(g, Target::parse(target)).run({{"x", repeated(lhs)}});
      std::string what =
          target + std::string(", divided by ") + std::to_string(divisor);
      expectElements(out.at("div"), this->column(rows, &Row::div), what);
      expectElements(out.at("fmod"), this->column(rows, &Row::fmod), what);
      expectElements(out.at("mod"), this->column(rows, &Row::mod), what);
    }
  }
}

// Whole programs of constants are computed when they are loaded.
TYPED_TEST(HostileIntegersTest, AreDividedAsDescribedAtLoad) {
  using T = TypeParam;
  for (const Division<T> &row : divisions<T>()) {
    if (row.rhs != 0 && row.rhs != T(-1))
      continue;
    Graph g("constants");
    Value x = g.constant(row.lhs), y = g.constant(row.rhs);
    for (const char *target : {"interpreter", "cpu"}) {
      Target parsed = Target::parse(target);
      std::string what = std::to_string(row.lhs) + " and " +
                         std::to_string(row.rhs) + " on " + target;
      EXPECT_EQ(evaluate(x / y, parsed).template data<T>()[0], row.div) << what;
      EXPECT_EQ(evaluate(mod(x, y), parsed).template data<T>()[0], row.mod)
          << what;
    }
  }
}

template <typename T> struct Shift {
  T lhs, rhs;
  T left, right;
};

TYPED_TEST(HostileIntegersTest, AreShiftedAsDescribed) {
  using T = TypeParam;
  using Row = Shift<T>;
  constexpr T min = TestFixture::min, max = TestFixture::max,
              width = TestFixture::width;
  constexpr bool isSigned = std::is_signed_v<T>;
  constexpr T top = isSigned ? min : T(max / 2 + 1); // The highest bit alone.
  // What a shift past the width leaves of a number with the highest bit.
  constexpr T filled = isSigned ? T(-1) : T(0);
  std::vector<Row> rows = {
      {5, 0, 5, 5},
      {1, T(width - 1), top, 0},
      {1, width, 0, 0},
      {1, T(width + 1), 0, 0},
      {3, T(width - 1), top, 0},
      {max, 1, T(-2), T(max / 2)},
      {max, width, 0, 0},
      {max, max, 0, 0},
      {0, max, 0, 0},
      {top, 0, top, top},
      {top, 1, 0, isSigned ? T(min / 2) : T(top / 2)},
      {top, T(width - 1), 0, isSigned ? T(-1) : T(1)},
      {top, width, 0, filled},
      {top, max, 0, filled},
      // As a shift of 32 or 64 bits too, whose processors look at the low bits.
      {1, 64, 0, 0},
      {top, 64, 0, filled},
  };
  if constexpr (isSigned)
    for (const Row &row : std::vector<Row>{{1, -1, 0, 0},
                                           {max, -1, 0, 0},
                                           {-1, -1, 0, -1},
                                           {-5, -3, 0, -1},
                                           {5, -3, 0, 0},
                                           {1, min, 0, 0},
                                           {-1, min, 0, -1},
                                           {min, min, 0, -1},
                                           {-1, T(width - 1), min, -1},
                                           {-1, width, 0, -1},
                                           {-5, 1, -10, -3}})
      rows.push_back(row);
  else
    rows.push_back({T(-1), T(-1), 0, 0});

  std::vector<T> lhs = this->column(rows, &Row::lhs),
                 rhs = this->column(rows, &Row::rhs);
  Graph g("shifts");
  Value x = g.input("x", this->typeOf(lhs)),
        y = g.input("y", this->typeOf(rhs));
  g.output("left", shiftLeft(x, y));
  g.output("right", shiftRight(x, y));
  // By what the compiler knows.
  g.output("constant_left", shiftLeft(x, g.constant(width)));
  g.output("constant_right", shiftRight(x, g.constant(width)));
  g.output("negative_left", shiftLeft(x, g.constant(T(-1))));
  g.output("negative_right", shiftRight(x, g.constant(T(-1))));
  std::vector<T> nothing(rows.size(), 0), signs;
  for (T element : lhs)
    signs.push_back(element < 0 ? T(-1) : T(0));
  for (const char *target : everyTarget) {
    Tensors out = compile(g, Target::parse(target))
                      .run({{"x", repeated(lhs)}, {"y", repeated(rhs)}});
    expectElements(out.at("left"), this->column(rows, &Row::left), target);
    expectElements(out.at("right"), this->column(rows, &Row::right), target);
    expectElements(out.at("constant_left"), nothing, target);
    expectElements(out.at("constant_right"), signs, target);
    expectElements(out.at("negative_left"), nothing, target);
    expectElements(out.at("negative_right"), signs, target);
  }
}

template <typename T> struct Wrap {
  T lhs, rhs;
  T add, sub, mul, pow;
};

// The lowest and the highest integers, where signed arithmetic of C++ would be
// undefined.
TYPED_TEST(HostileIntegersTest, Wrap) {
  using T = TypeParam;
  using Row = Wrap<T>;
  constexpr T min = TestFixture::min, max = TestFixture::max;
  constexpr bool isSigned = std::is_signed_v<T>;
  std::vector<Row> rows = {
      {max, 1, min, T(max - 1), max, max},
      {max, max, T(-2), 0, 1, max},
      {0, 1, 1, T(-1), 0, 0},
      {0, 0, 0, 0, 0, 1},
      {2, T(8 * sizeof(T)), T(8 * sizeof(T) + 2), T(2 - 8 * int(sizeof(T))),
       T(16 * sizeof(T)), 0},
  };
  if constexpr (isSigned)
    for (const Row &row :
         std::vector<Row>{{min, -1, max, T(min + 1), min, 0},
                          {min, min, 0, 0, 0, 0},
                          {min, 1, T(min + 1), max, min, min},
                          {min, 0, min, min, 0, 1},
                          {min, 2, T(min + 2), T(max - 1), 0, 0},
                          {1, min, T(min + 1), T(min + 1), min, 1},
                          {-1, min, max, max, min, 1},
                          {-1, max, T(max - 1), min, T(min + 1), -1},
                          {0, -1, -1, 1, 0, 0}})
      rows.push_back(row);

  std::vector<T> lhs = this->column(rows, &Row::lhs),
                 rhs = this->column(rows, &Row::rhs), negated, absolute;
  for (T element : lhs) {
    negated.push_back(T(0 - uint64_t(element)));
    absolute.push_back(element < 0 ? negated.back() : element);
  }
  Graph g("wrapping");
  Value x = g.input("x", this->typeOf(lhs)),
        y = g.input("y", this->typeOf(rhs));
  g.output("add", x + y);
  g.output("sub", x - y);
  g.output("mul", x * y);
  g.output("pow", pow(x, y));
  g.output("neg", -x);
  g.output("abs", abs(x));
  for (const char *target : everyTarget) {
    Tensors out = compile(g, Target::parse(target))
                      .run({{"x", repeated(lhs)}, {"y", repeated(rhs)}});
    expectElements(out.at("add"), this->column(rows, &Row::add), target);
    expectElements(out.at("sub"), this->column(rows, &Row::sub), target);
    expectElements(out.at("mul"), this->column(rows, &Row::mul), target);
    expectElements(out.at("pow"), this->column(rows, &Row::pow), target);
    expectElements(out.at("neg"), negated, target);
    expectElements(out.at("abs"), absolute, target);
  }
}

} // namespace
