//===- ComparisonsTest.cpp - What comparisons are made of -----------------===//
#include "tactus/Error.h"
#include "tests/benchmarks/Nearness.h"
#include "tests/benchmarks/Page.h"
#include "tests/benchmarks/PeakLoop.h"
#include <cmath>
#include <gtest/gtest.h>
#include <set>

using namespace tactus;
using namespace tactus::benchmarks;

namespace {

template <typename Fn> std::string messageOf(Fn &&fn) {
  try {
    fn();
  } catch (const Error &error) {
    return error.what();
  }
  return "";
}

Tensor vectorOf(std::vector<float> values) {
  return Tensor::fromVector<float>({int64_t(values.size())}, values);
}

Options parse(std::vector<std::string> words) {
  words.insert(words.begin(), "program");
  std::vector<char *> pointers;
  for (std::string &word : words)
    pointers.push_back(word.data());
  return parseOptions(int(pointers.size()), pointers.data());
}

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

TEST(OptionsTest, ReadsAllOfThem) {
  Options options =
      parse({"--only=64", "--groups=odd,rows", "--pairs=7", "--threads=3",
             "--write=a", "--models=b", "--onnxruntime=c"});
  EXPECT_EQ(options.only, "64");
  EXPECT_EQ(options.groups, (std::vector<std::string>{"odd", "rows"}));
  EXPECT_EQ(options.pairs, 7);
  EXPECT_EQ(options.threads, 3);
  EXPECT_EQ(options.write, "a");
  EXPECT_EQ(options.models, "b");
  EXPECT_EQ(options.onnxRuntime, "c");
}

TEST(OptionsTest, RefusesNumbersThatAreNone) {
  for (const char *text : {"", "0", "-1", "2x", "1025", "99999999999999999999"})
    EXPECT_EQ(messageOf([&] { parse({std::string("--threads=") + text}); }),
              "expected a number from 1 to 1024 after --threads, but got '" +
                  std::string(text) + "'");
}

TEST(OptionsTest, RefusesAnOptionWithoutItsValue) {
  EXPECT_TRUE(messageOf([] {
                parse({"--only"});
              }).starts_with("expected an option, but got '--only'\n"));
}

//===----------------------------------------------------------------------===//
// Results
//===----------------------------------------------------------------------===//

TEST(NearnessTest, TakesWhatIsRoundedOtherwise) {
  EXPECT_EQ(messageOf([] {
              requireNear(vectorOf({1000, 1}), vectorOf({1000.05f, 1.05f}),
                          "them");
            }),
            "");
}

TEST(NearnessTest, RefusesWhatIsFartherThanRounding) {
  EXPECT_EQ(messageOf([] {
              requireNear(vectorOf({1000, 1}), vectorOf({1000, 1.5f}), "them");
            }),
            "expected results within 0.000100 of them's largest number, but "
            "got a distance of 0.000500");
}

TEST(NearnessTest, RefusesNaNBesideANumber) {
  for (int place : {0, 1}) {
    Tensor spoiled = vectorOf({1, 2});
    spoiled.mutableData<float>()[size_t(place)] = NAN;
    EXPECT_NE(
        messageOf([&] { requireNear(spoiled, vectorOf({1, 2}), "them"); }), "");
    EXPECT_NE(
        messageOf([&] { requireNear(vectorOf({1, 2}), spoiled, "them"); }), "");
  }
}

TEST(NearnessTest, RefusesAllZerosBesideNumbers) {
  EXPECT_NE(messageOf([] {
              requireNear(vectorOf({1, 2}), vectorOf({0, 0}), "them");
            }),
            "");
}

TEST(NearnessTest, ComparesIntegersBitByBit) {
  auto of = [](int32_t x) { return Tensor::fromVector<int32_t>({1}, {x}); };
  EXPECT_EQ(messageOf([&] { requireNear(of(1 << 30), of(1 << 30), "them"); }),
            "");
  EXPECT_EQ(
      messageOf([&] { requireNear(of(1 << 30), of((1 << 30) + 1), "them"); }),
      "expected the numbers of them, but got others");
}

TEST(NearnessTest, RefusesAnotherShape) {
  EXPECT_EQ(
      messageOf([] { requireNear(vectorOf({1}), vectorOf({1, 1}), "them"); }),
      "expected them's result to be f32[1], but got f32[2]");
}

//===----------------------------------------------------------------------===//
// Groups
//===----------------------------------------------------------------------===//

TEST(GroupsTest, HaveProgramsOfDifferentNames) {
  std::set<std::string> groups;
  for (const Group &group : allGroups(2)) {
    EXPECT_TRUE(groups.insert(group.name).second) << group.name;
    std::set<std::string> names;
    for (const Workload &workload : group.workloads)
      EXPECT_TRUE(names.insert(workload.name).second) << workload.name;
    EXPECT_FALSE(names.empty()) << group.name;
    if (!group.limits.empty()) {
      EXPECT_EQ(group.limits.size(), group.workloads.size()) << group.name;
    }
  }
}

TEST(GroupsTest, OddSizesAreTheSameInEachRun) {
  for (const Group &group : allGroups(1))
    if (group.name == "odd") {
      ASSERT_EQ(group.workloads.size(), 51u);
      EXPECT_EQ(group.workloads[0].name, "matmul_127x333x65");
      EXPECT_EQ(group.workloads[1].name, "matmul_246x340x425");
      EXPECT_EQ(group.workloads[50].name, "matmul_15x597x656");
    }
}

GroupResult resultOf(std::vector<double> ratios) {
  GroupResult result;
  for (double ratio : ratios)
    result.comparisons.push_back(
        {.name = "p" + std::to_string(result.comparisons.size()),
         .ratio = ratio});
  return result;
}

TEST(GroupsTest, MeanIsGeometricAndWorstIsLargest) {
  GroupResult result = resultOf({0.5, 2, 4, 0.25});
  EXPECT_NEAR(*result.mean(), 1, 1e-12);
  EXPECT_EQ(result.worst()->name, "p2");
}

TEST(GroupsTest, MissesABarByMeanOrWorst) {
  GroupResult result = resultOf({0.5, 2});
  EXPECT_FALSE(result.isMissed()) << "there is no bar";
  result.group.meanBar = 1.001;
  EXPECT_FALSE(result.isMissed());
  result.group.worstBar = 1.9;
  EXPECT_TRUE(result.isMissed());
  result.group.worstBar = 2;
  EXPECT_FALSE(result.isMissed());
  result.group.meanBar = 0.999;
  EXPECT_TRUE(result.isMissed());
}

TEST(GroupsTest, MissesABarWhereAProgramFailed) {
  GroupResult result = resultOf({0.5});
  result.group.meanBar = 1;
  EXPECT_FALSE(result.isMissed());
  result.comparisons.push_back({.name = "broken", .problem = "it broke"});
  EXPECT_TRUE(result.isMissed());
  EXPECT_EQ(lineOf(result.comparisons.back()),
            "broken: not compared: it broke");
}

TEST(GroupsTest, MissesNoBarWhereALibraryIsMissing) {
  GroupResult result;
  result.group.worstBar = 1;
  result.comparisons.push_back(
      {.name = "p", .problem = "there is none", .hasRival = false});
  EXPECT_FALSE(result.isMissed());
  EXPECT_EQ(result.worst(), nullptr);
  EXPECT_EQ(result.mean(), std::nullopt);
}

TEST(GroupsTest, ShareOfThePeakCountsForLargeProducts) {
  GroupResult result = resultOf({1, 1, 1});
  result.group.worstBar = 1;
  result.group.workloads = {product(64, 64, 64), product(256, 256, 256),
                            product(128, 768, 3072)};
  for (size_t i = 0; i < 3; ++i)
    result.comparisons[i].name = result.group.workloads[i].name;
  result.comparisons[0].peakShare = 0.3;
  result.comparisons[1].peakShare = 0.95;
  result.comparisons[2].peakShare = 0.93;
  EXPECT_FALSE(result.leastPeakShare()) << "there is no bar";
  result.group.peakBar = 0.92;
  EXPECT_EQ(result.leastPeakShare(), 0.93);
  EXPECT_FALSE(result.isMissed());
  result.comparisons[1].peakShare = 0.91;
  EXPECT_TRUE(result.isMissed());
}

//===----------------------------------------------------------------------===//
// Peak
//===----------------------------------------------------------------------===//

TEST(PeakLoopTest, RunsItsChains) {
  PeakLoop peak;
  peak.run();
  // 2 is where x / 2 + 1 goes. Shorter vectors, or none, leave some of the
  // memory.
  auto chains = peak.result().data<float>();
  auto used = size_t(peak.operations() / (2 * 8 * 8'000));
  ASSERT_LE(used, chains.size());
  for (size_t i = 0; i < chains.size(); ++i)
    EXPECT_EQ(chains[i], i < used ? 2.0f : 0.0f) << i;
}

//===----------------------------------------------------------------------===//
// Page
//===----------------------------------------------------------------------===//

TEST(PageTest, SummaryHasBarsAndVerdict) {
  Options options;
  Page page(options, Peers());
  EXPECT_TRUE(page.isEmpty());
  GroupResult result = resultOf({0.5, 2});
  page.add({.name = "g", .title = "things", .meanBar = 0.9},
           result.comparisons);
  EXPECT_TRUE(page.isMissed());
  EXPECT_EQ(page.summary(),
            "| Group | Programs | Geometric mean | Bar | Worst | Bar | Which "
            "| Least of peak | |\n|---|---|---|---|---|---|---|---|---|\n"
            "| g: things | 2 | 1.000 | 0.90 | 2.000 |  | p1 |  | missed |\n");
}

TEST(PageTest, DrawingSaysWhatWasNotCompared) {
  GroupResult result = resultOf({0.5});
  result.comparisons.push_back({.name = "broken", .problem = "it broke"});
  std::string drawing = drawRatios("title", {result});
  EXPECT_NE(drawing.find(">p0<"), std::string::npos);
  EXPECT_NE(drawing.find(">broken<"), std::string::npos);
  EXPECT_NE(drawing.find(">not compared<"), std::string::npos);
}

} // namespace
