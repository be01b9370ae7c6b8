//===- HostileFloatsTest.cpp - Floats that no integer is near -------------===//
//
// What the descriptions of the ops say of NaN, infinities and numbers out of
// range where they become integers.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Driver/Repeated.h"
#include <cmath>

using namespace tactus;
using namespace tactus::test;

namespace {

//===----------------------------------------------------------------------===//
// Floats as integers
//===----------------------------------------------------------------------===//

/// A float, and what each integer type makes of it.
struct Cast {
  double value;
  int64_t i8, u8, i16, i32, i64;
  bool i1 = true;
};

constexpr double inf = INFINITY, nan = NAN;
constexpr int64_t min16 = -32768, max16 = 32767, min32 = INT32_MIN,
                  max32 = INT32_MAX, min64 = INT64_MIN, max64 = INT64_MAX;

/// Of numbers that every float type holds.
const std::vector<Cast> castsOfAll = {
    {nan, 0, 0, 0, 0, 0},
    {-nan, 0, 0, 0, 0, 0},
    {inf, 127, 255, max16, max32, max64},
    {-inf, -128, 0, min16, min32, min64},
    {0.0, 0, 0, 0, 0, 0, false},
    {-0.0, 0, 0, 0, 0, 0, false},
    {0.875, 0, 0, 0, 0, 0},
    {-0.875, 0, 0, 0, 0, 0},
    {1.5, 1, 1, 1, 1, 1},
    {-1.5, -1, 0, -1, -1, -1},
    {127.5, 127, 127, 127, 127, 127},
    {128, 127, 128, 128, 128, 128},
    {-128, -128, 0, -128, -128, -128},
    {-129, -128, 0, -129, -129, -129},
    {255, 127, 255, 255, 255, 255},
    {256, 127, 255, 256, 256, 256},
    {-256, -128, 0, -256, -256, -256},
};

const std::vector<Cast> castsOfF16 = {
    {65504, 127, 255, max16, 65504, 65504},
    {-65504, -128, 0, min16, -65504, -65504},
    {32752, 127, 255, 32752, 32752, 32752},
    {32768, 127, 255, max16, 32768, 32768},
    {-32768, -128, 0, min16, -32768, -32768},
    {-128.875, -128, 0, -128, -128, -128},
    {0x1p-24, 0, 0, 0, 0, 0},
    {-0x1p-24, 0, 0, 0, 0, 0},
};

/// Of numbers that all but f16 hold.
const std::vector<Cast> castsOfWide = {
    {32768, 127, 255, max16, 32768, 32768},
    {-32768, -128, 0, min16, -32768, -32768},
    {-33024, -128, 0, min16, -33024, -33024},
    {0x1p31, 127, 255, max16, max32, int64_t(1) << 31},
    {-0x1p31, -128, 0, min16, min32, min32},
    {0x1.8p31, 127, 255, max16, max32, int64_t(3) << 30},
    {-0x1.8p31, -128, 0, min16, min32, -(int64_t(3) << 30)},
    {0x1p32, 127, 255, max16, max32, int64_t(1) << 32},
    {0x1p62, 127, 255, max16, max32, int64_t(1) << 62},
    {0x1p63, 127, 255, max16, max32, max64},
    {-0x1p63, -128, 0, min16, min32, min64},
    {-0x1p64, -128, 0, min16, min32, min64},
    {0x1p64, 127, 255, max16, max32, max64},
    {0x1p127, 127, 255, max16, max32, max64},
    {-0x1p127, -128, 0, min16, min32, min64},
    {0x1p-133, 0, 0, 0, 0, 0},
    {-0x1p-126, 0, 0, 0, 0, 0},
};

const std::vector<Cast> castsOfF32 = {
    {32767.998046875, 127, 255, max16, 32767, 32767},
    {-32768.99609375, -128, 0, min16, -32768, -32768},
    {0x1.fffffep30, 127, 255, max16, 2147483520, 2147483520},
    {-0x1.000002p31, -128, 0, min16, min32, -2147483904},
    {0x1.fffffep62, 127, 255, max16, max32, 9223371487098961920},
    {-0x1.fffffep62, -128, 0, min16, min32, -9223371487098961920},
    {255.99998474121094, 127, 255, 255, 255, 255},
    {0x1.fffffep127, 127, 255, max16, max32, max64},
    {0x1p-149, 0, 0, 0, 0, 0},
};

const std::vector<Cast> castsOfF64 = {
    {2147483647.5, 127, 255, max16, max32, max32},
    {-2147483648.5, -128, 0, min16, min32, min32},
    {2147483646.75, 127, 255, max16, 2147483646, 2147483646},
    {9223372036854774784.0, 127, 255, max16, max32, 9223372036854774784},
    {-9223372036854774784.0, -128, 0, min16, min32, -9223372036854774784},
    {4503599627370495.5, 127, 255, max16, max32, 4503599627370495},
    {9007199254740993.0, 127, 255, max16, max32, 9007199254740992},
    {1e300, 127, 255, max16, max32, max64},
    {-1e300, -128, 0, min16, min32, min64},
    {0x1p-1074, 0, 0, 0, 0, 0},
};

template <typename F>
void expectCasts(std::initializer_list<std::vector<Cast>> lists) {
  std::vector<Cast> casts;
  for (const std::vector<Cast> &list : lists)
    casts.insert(casts.end(), list.begin(), list.end());
  std::vector<F> elements;
  for (const Cast &cast : casts) {
    if constexpr (std::is_same_v<F, double>)
      elements.push_back(cast.value);
    else
      elements.push_back(F(float(cast.value)));
  }
  Graph g("casts");
  Value x = g.input("x", repeated(elements).type());
  for (ElementType type : {ElementType::I8, ElementType::U8, ElementType::I16,
                           ElementType::I32, ElementType::I64, ElementType::I1})
    g.output(std::string(toString(type)), cast(x, type));
  for (const char *target : everyTarget) {
    Tensors out =
        compile(g, Target::parse(target)).run({{"x", repeated(elements)}});
    auto expectColumn = [&]<typename T>(const char *name, auto member, T) {
      std::vector<T> expected;
      for (const Cast &cast : casts)
        expected.push_back(T(cast.*member));
      expectElements(out.at(name), expected, target + std::string(" ") + name);
    };
    expectColumn("i8", &Cast::i8, int8_t());
    expectColumn("u8", &Cast::u8, uint8_t());
    expectColumn("i16", &Cast::i16, int16_t());
    expectColumn("i32", &Cast::i32, int32_t());
    expectColumn("i64", &Cast::i64, int64_t());
    expectColumn("i1", &Cast::i1, bool());
  }
}

TEST(HostileDataTest, FloatsOfF32AreCastAsDescribed) {
  expectCasts<float>({castsOfAll, castsOfWide, castsOfF32});
}

TEST(HostileDataTest, FloatsOfF64AreCastAsDescribed) {
  expectCasts<double>({castsOfAll, castsOfWide, castsOfF32, castsOfF64});
}

TEST(HostileDataTest, FloatsOfF16AreCastAsDescribed) {
  expectCasts<Float16>({castsOfAll, castsOfF16});
}

TEST(HostileDataTest, FloatsOfBf16AreCastAsDescribed) {
  expectCasts<BFloat16>({castsOfAll, castsOfWide});
}

//===----------------------------------------------------------------------===//
// Quantization
//===----------------------------------------------------------------------===//

TEST(HostileDataTest, NumbersOutOfRangeAreQuantizedAsDescribed) {
  // Each beside its scale; zero points of 3 and, beyond the type, of 1000.
  const std::vector<float> x = {nan,  inf,   -inf, 3e38f, -3e38f, 0.5f, 1.5f,
                                2.5f, -0.5f, 1,    -1,    0,      1,    -0.0f};
  const std::vector<float> scale = {1, 1, 1, 1, 1, 1,   1,
                                    1, 1, 0, 0, 0, nan, inf};
  Graph g("quantize");
  Value input = g.input("x", repeated(x).type());
  Value by = g.input("scale", repeated(scale).type());
  g.output("i8", quantize(input, {.scale = by, .zeroPoint = 3}));
  g.output(
      "u8",
      quantize(input, {.scale = by, .zeroPoint = 3, .to = ElementType::U8}));
  g.output("high", quantize(input, {.scale = by, .zeroPoint = 1000}));
  for (const char *target : everyTarget) {
    Tensors out = compile(g, Target::parse(target))
                      .run({{"x", repeated(x)}, {"scale", repeated(scale)}});
    expectElements<int8_t>(
        out.at("i8"), {3, 127, -128, 127, -128, 3, 5, 5, 3, 127, -128, 3, 3, 3},
        target);
    expectElements<uint8_t>(
        out.at("u8"), {3, 255, 0, 255, 0, 3, 5, 5, 3, 255, 0, 3, 3, 3}, target);
    expectElements<int8_t>(out.at("high"),
                           {127, 127, -128, 127, -128, 127, 127, 127, 127, 127,
                            -128, 127, 127, 127},
                           target);
  }
}

TEST(HostileDataTest, SumsOutOfRangeAreRequantizedAsDescribed) {
  const std::vector<int32_t> x = {INT32_MIN, INT32_MAX, 0, 1,         -1,
                                  5,         7,         1, INT32_MIN, -3};
  const std::vector<float> scale = {1,    1,    inf, inf,   -inf,
                                    0.5f, 0.5f, nan, 3e38f, 0.5f};
  Graph g("requantize");
  Value input = g.input("x", repeated(x).type());
  Value by = g.input("scale", repeated(scale).type());
  g.output("q", requantize(input, {.scale = by, .zeroPoint = -2}));
  // The difference wraps.
  g.output("y", dequantize(input, 2.0f, 1));
  for (const char *target : everyTarget) {
    Tensors out = compile(g, Target::parse(target))
                      .run({{"x", repeated(x)}, {"scale", repeated(scale)}});
    // 2.5 and 3.5 go to the even integer, and -1.5.
    expectElements<int8_t>(
        out.at("q"), {-128, 127, -2, 127, 127, 0, 2, -2, -128, -4}, target);
    expectElements<float>(out.at("y"),
                          {0x1p32f, 0x1p32f, -2, 0, -4, 8, 12, 0, 0x1p32f, -8},
                          target);
  }
}

} // namespace
