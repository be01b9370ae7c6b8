//===- ControlTest.cpp - Choice and repetition in the API -----------------===//
#include "tactus/Control.h"
#include "compiler/Graph/GraphAccess.h"
#include "tactus/tactus.h"
#include <gtest/gtest.h>

using namespace tactus;

namespace {

/// The whole message of what `action` throws.
template <typename Action> std::string messageOf(Action action) {
  try {
    action();
  } catch (const Error &error) {
    return error.what();
  }
  return "nothing was thrown";
}

/// The same, without the file and line, which many lines are part of.
template <typename Action> std::string reasonOf(Action action) {
  std::string message = messageOf(action);
  std::string file = std::string(__FILE__) + ":";
  if (!message.starts_with(file))
    return message;
  return message.substr(message.find(' ', file.size()) + 1);
}

std::vector<float> floats(const Tensor &tensor) {
  auto data = tensor.data<float>();
  return {data.begin(), data.end()};
}

using Floats = std::vector<float>;
using Values = std::vector<Value>;

struct ControlTest : testing::Test {
  Graph g{"net"};
  Value x = g.constant({1.f, 2.f});
  Value yes = less(sum(x), 100);

  Values sums(const Value &start, const Value &rows) {
    return scan({start}, {rows}, [](const Values &states, const Values &rows) {
      Value next = states[0] + rows[0];
      return Values{next, next};
    });
  }
};

TEST_F(ControlTest, ChoosesOneOfTwoComputations) {
  auto choice = [&](const Value &condition) {
    return cond(
        condition, [&] { return Values{x + 10, x}; },
        [&] { return Values{x * 10, neg(x)}; });
  };
  Values first = choice(yes), second = choice(logicalNot(yes));
  EXPECT_EQ(floats(evaluate(first[0])), (Floats{11, 12}));
  EXPECT_EQ(floats(evaluate(first[1])), (Floats{1, 2}));
  EXPECT_EQ(floats(evaluate(second[0])), (Floats{10, 20}));
  EXPECT_EQ(floats(evaluate(second[1])), (Floats{-1, -2}));
}

TEST_F(ControlTest, RepeatsWhileAConditionHolds) {
  Value limit = g.constant({9.f});
  Values last = whileLoop(
      {x, g.constant({0})},
      [&](const Values &v) { return all(less(max(v[0]), limit)); },
      [&](const Values &v) { return Values{v[0] + x, v[1] + 1}; });
  ASSERT_EQ(last.size(), 2u);
  EXPECT_EQ(floats(evaluate(last[0])), (Floats{5, 10}));
  EXPECT_EQ(evaluate(last[1]).data<int32_t>()[0], 4);
}

TEST_F(ControlTest, TakesSlicesInEitherOrder) {
  Value rows = g.constant({{1.f, 2.f}, {3.f, 4.f}, {5.f, 6.f}});
  Values forward = sums(x, rows);
  EXPECT_EQ(floats(evaluate(forward[0])), (Floats{10, 14}));
  EXPECT_EQ(floats(evaluate(forward[1])), (Floats{2, 4, 5, 8, 10, 14}));
  Values reverse = scan(
      {}, {rows, rows},
      [](const Values &, const Values &rows) {
        return Values{rows[0] * rows[1]};
      },
      ScanOrder::Reverse);
  EXPECT_EQ(floats(evaluate(reverse[0])), (Floats{1, 4, 9, 16, 25, 36}));
}

TEST_F(ControlTest, RegionsSeeAllThatIsAroundThem) {
  Value rows = g.constant({{1.f, 2.f}, {3.f, 4.f}});
  Values result = scan({}, {rows}, [&](const Values &, const Values &slices) {
    Value twice = slices[0] * 2;
    return cond(
        all(greater(slices[0], 2)),
        [&] {
          return whileLoop(
              {twice}, [&](const Values &v) { return all(less(v[0], 20)); },
              [&](const Values &v) { return Values{v[0] + slices[0] + x}; });
        },
        [&] { return Values{twice}; });
  });
  // 6, 8; then 4, 6 more each time until one of them is 20 or more.
  EXPECT_EQ(floats(evaluate(result[0])), (Floats{2, 4, 14, 20}));
}

TEST_F(ControlTest, SizesAreKnownWhenItRuns) {
  Value start = g.input("start", f32({"n"}));
  Value rows = g.input("rows", f32({"t", "n"}));
  Values result = sums(start, rows);
  EXPECT_EQ(result[1].type().dimensions.size(), 2u);
  g.output("last", result[0]);
  g.output("all", result[1]);
  Executable exe = compile(g, Target::parse("interpreter"));
  for (int64_t length : {0, 1, 3}) {
    auto out = exe.run({{"start", Tensor::fromVector<float>({2}, {1, 2})},
                        {"rows", Tensor::zeros(f32({length, 2}))}});
    EXPECT_EQ(floats(out.at("last")), (Floats{1, 2}));
    EXPECT_EQ(out.at("all").shape()[0], length);
  }
}

TEST_F(ControlTest, ValuesOfARegionAreSeenInItAlone) {
  std::optional<Value> kept;
  Value y = cond(
      yes,
      [&] {
        kept = exp(x);
        return Values{*kept};
      },
      [&] { return Values{x}; })[0];
  EXPECT_EQ(reasonOf([&] { (void)(*kept + 1); }),
            "(add): expected a value that is seen here, but operand 0 belongs "
            "to a region that has ended");
  EXPECT_EQ(reasonOf([&] { g.output("y", *kept); }),
            "expected a value of the graph as output 'y', but got one of a "
            "region");
  EXPECT_EQ(reasonOf([&] { evaluate(*kept); }),
            "expected a value of the graph to evaluate, but got one of a "
            "region");
  EXPECT_EQ(
      reasonOf([&] {
        cond(yes, [&] { return Values{x}; }, [&] { return Values{*kept}; });
      }),
      "(if): expected a region to return values that are seen in it, but "
      "result 0 is not");
  EXPECT_EQ(reasonOf([&] {
              whileLoop(
                  {x}, [&](const Values &v) { return all(less(v[0], *kept)); },
                  [&](const Values &v) { return v; });
            }),
            "(compare): expected a value that is seen here, but operand 1 "
            "belongs to a region that has ended");
  EXPECT_EQ(floats(evaluate(y + 1)).size(), 2u);
}

TEST_F(ControlTest, WhatARegionThrowsLeavesTheGraphAsItWas) {
  struct Unrelated {};
  std::optional<Value> kept;
  EXPECT_THROW(cond(
                   yes,
                   [&] {
                     kept = exp(x).named("h");
                     return Values{*kept};
                   },
                   [&]() -> Values { throw Unrelated(); }),
               Unrelated);
  EXPECT_THROW(scan({x}, {g.constant({{1.f, 2.f}})},
                    [&](const Values &states, const Values &) -> Values {
                      return whileLoop(
                          states, [&](const Values &) { return yes; },
                          [&](const Values &inner) -> Values {
                            kept = inner[0].named("inner");
                            throw Unrelated();
                          });
                    }),
               Unrelated);
  // It is still a value, of nothing that is seen.
  EXPECT_EQ(kept->type().str(), "f32[2]");
  EXPECT_EQ(kept->name(), "inner");
  EXPECT_NE(messageOf([&] { (void)(*kept + 1); }).find("has ended"),
            std::string::npos);
  // The names are free again.
  Value h = (x + 1).named("h");
  EXPECT_EQ(floats(evaluate(h)), (Floats{2, 3}));
  EXPECT_EQ(floats(evaluate(sums(x, g.constant({{1.f, 2.f}}))[0])),
            (Floats{2, 4}));
  g.output("y", h);
  std::string text;
  llvm::raw_string_ostream out(text);
  mlir::ModuleOp(*programOf(g).module).print(out);
  EXPECT_EQ(text.find("tactus.if"), std::string::npos);
  EXPECT_EQ(text.find("tactus.while"), std::string::npos);
}

TEST_F(ControlTest, SaysWhatItRefuses) {
  auto same = [](const Values &v) { return v; };
  auto holds = [&](const Values &) { return yes; };
  EXPECT_EQ(reasonOf([&] {
              cond(x, [&] { return Values{x}; }, [&] { return Values{x}; });
            }),
            "(if): expected a condition of shape [], but got type "
            "'tensor<2xf32>'");
  EXPECT_EQ(reasonOf([&] {
              cond(
                  yes, [&] { return Values{x.named("h")}; },
                  [&] { return Values{yes}; });
            }),
            "(if): expected the values that 'else' yields of types "
            "(tensor<2xf32>), but got (tensor<i1>)");
  EXPECT_EQ(reasonOf([&] {
              cond(yes, [] { return Values{}; }, [] { return Values{}; });
            }),
            "(if): expected regions that yield a value, but got none");
  EXPECT_EQ(
      reasonOf([&] {
        cond(yes, [] { return Values{Value()}; }, [&] { return Values{x}; });
      }),
      "(if): expected a region to return values that are seen in it, but "
      "result 0 is empty");
  EXPECT_EQ(reasonOf([&] {
              cond(true, [&] { return Values{x}; }, [&] { return Values{x}; });
            }),
            "(if): expected a value as condition, but got a number");
  EXPECT_EQ(reasonOf([&] { whileLoop({}, holds, same); }),
            "(while): expected a value, but got none");
  EXPECT_EQ(reasonOf([&] { whileLoop({x, Value()}, holds, same); }),
            "(while): expected values, but one of them is empty");
  EXPECT_EQ(reasonOf([&] {
              whileLoop({x}, [](const Values &v) { return v[0]; }, same);
            }),
            "(while): expected the value that 'condition' yields of types "
            "(tensor<i1>), but got (tensor<2xf32>)");
  EXPECT_EQ(reasonOf([&] {
              whileLoop({x}, holds,
                        [](const Values &v) { return Values{sum(v[0])}; });
            }),
            "(while): expected the values that 'body' yields of types "
            "(tensor<2xf32>), but got (tensor<f32>)");
  EXPECT_EQ(reasonOf([&] {
              scan({x}, {yes},
                   [](const Values &s, const Values &) { return s; });
            }),
            "(scan): expected sequences of rank 1 or more, but got "
            "'tensor<i1>'");
  EXPECT_EQ(reasonOf([&] {
              scan({x}, {}, [](const Values &s, const Values &) { return s; });
            }),
            "(scan): expected num_scan_inputs from 1 to 1, the number of "
            "inputs, but got 0");
  EXPECT_EQ(reasonOf([&] {
              scan({x}, {x},
                   [](const Values &, const Values &) { return Values{}; });
            }),
            "(scan): expected 'body' to yield 1 value or more, but got 0");
  EXPECT_EQ(reasonOf([&] { whileLoop({x}, nullptr, same); }),
            "(while): expected functions, but one of them is empty");
  Graph other;
  Value foreign = other.constant({1.f, 2.f});
  EXPECT_EQ(
      reasonOf([&] {
        cond(yes, [&] { return Values{foreign}; }, [&] { return Values{x}; });
      }),
      "(if): expected a region to return values that are seen in it, but "
      "result 0 is not");
}

TEST_F(ControlTest, NamesTheCallersLine) {
  auto same = [](const Values &v) { return v; };
  auto first = [](const Values &v) { return v[0]; };
  std::string line = std::to_string(__LINE__ + 1);
  std::string message = messageOf([&] { whileLoop({}, first, same); });
  EXPECT_EQ(message, std::string(__FILE__) + ":" + line +
                         ": (while): expected a value, but got none");
}

TEST_F(ControlTest, InputsOfARegionHaveNames) {
  Value y =
      whileLoop(
          {x}, [](const Values &v) { return all(less(v[0].named("now"), 10)); },
          [](const Values &v) {
            EXPECT_EQ(v[0].named("before").name(), "before");
            EXPECT_EQ(v[0].type().str(), "f32[2]");
            return Values{(v[0] * 2).named("after")};
          })[0]
          .named("loop");
  EXPECT_EQ(floats(evaluate(y)), (Floats{8, 16}));
  EXPECT_NE(messageOf([&] { x.named("before"); }).find("before"),
            std::string::npos);
}

TEST_F(ControlTest, LoopsThatNeverEndAreRefused) {
  Value go = g.input("go", i1({}));
  Value n = g.input("n", i32({}));
  Values last = whileLoop(
      {n, go}, [](const Values &v) { return v[1]; },
      [&](const Values &v) {
        // The inner loop's iterations count too.
        Values inner = whileLoop(
            {v[0]}, [&](const Values &w) { return less(w[0], n + 2); },
            [](const Values &w) { return Values{w[0] + 1}; });
        return Values{inner[0] - 2, v[1]};
      });
  g.output("y", last[0]);
  Executable exe =
      compile(g, Target::parse("interpreter"), {.maxIterations = 100});
  auto run = [&](bool isEndless) {
    return exe.run({{"go", Tensor::fromVector<bool>({}, {isEndless})},
                    {"n", Tensor::fromVector<int32_t>({}, {7})}});
  };
  EXPECT_EQ(run(false).at("y").data<int32_t>()[0], 7);
  for (int i = 0; i < 2; ++i) {
    std::string message = messageOf([&] { run(true); });
    EXPECT_NE(message.find("(while): expected loops to end within 100 "
                           "iterations of a run, but they go on; "
                           "--max-iterations allows more"),
              std::string::npos)
        << message;
  }
}

} // namespace
