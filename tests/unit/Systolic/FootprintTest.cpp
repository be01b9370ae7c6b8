//===- FootprintTest.cpp - What instructions read and write ---------------===//
#include "dialects/Systolic/Footprint.h"
#include <gtest/gtest.h>
#include <random>
#include <set>

using namespace tactus::systolic;

namespace {
std::set<int64_t> bytesOf(const DramRange &range) {
  std::set<int64_t> bytes;
  for (int64_t i = 0; i < range.count; ++i)
    for (int64_t j = 0; j < range.bytes; ++j)
      bytes.insert(range.address + i * range.stride + j);
  return bytes;
}

bool shareBytes(const DramRange &a, const DramRange &b) {
  std::set<int64_t> bytes = bytesOf(a);
  for (int64_t byte : bytesOf(b))
    if (bytes.contains(byte))
      return true;
  return false;
}
} // namespace

TEST(FootprintTest, RangesOverlapWhereTheyShareAByte) {
  std::mt19937_64 random(1);
  auto draw = [&](int64_t most) { return int64_t(random() % (most + 1)); };
  int overlapping = 0;
  for (int i = 0; i < 20'000; ++i) {
    DramRange ranges[2];
    for (DramRange &range : ranges)
      range = {draw(60), draw(25), 1 + draw(12), 1 + draw(4), false};
    bool expected = shareBytes(ranges[0], ranges[1]);
    overlapping += expected;
    for (int j : {0, 1})
      ASSERT_EQ(ranges[j].overlaps(ranges[1 - j]), expected)
          << ranges[0].address << " + " << ranges[0].count << " x "
          << ranges[0].stride << ", " << ranges[0].bytes << " bytes; "
          << ranges[1].address << " + " << ranges[1].count << " x "
          << ranges[1].stride << ", " << ranges[1].bytes << " bytes";
  }
  EXPECT_GT(overlapping, 5'000);
  EXPECT_LT(overlapping, 15'000);
}

// Millions of rows are compared as fast as two.
TEST(FootprintTest, LongRangesOverlapWhereTheirRowsMeet) {
  constexpr int64_t count = 1 << 24;
  DramRange even = {0, 4, count, 1, false};
  for (int i = 0; i < 100'000; ++i)
    ASSERT_FALSE(even.overlaps({1, 4, count, 3, true}));
  EXPECT_TRUE(even.overlaps({1, 4, count, 4, true}));
  // Rows 5 i and 1 + 5000000 j never meet, but 5 i and 5000001 j do.
  DramRange fives = {0, 5, count, 1, false};
  EXPECT_FALSE(fives.overlaps({1, 5'000'000, 16, 1, true}));
  EXPECT_TRUE(fives.overlaps({1, 5'000'001, 16, 1, true}));
}
