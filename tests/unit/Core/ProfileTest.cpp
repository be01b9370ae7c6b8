//===- ProfileTest.cpp - Where the time of a call goes --------------------===//
#include "runtime/Core/Profile.h"
#include "runtime/Support/Json.h"
#include "tests/unit/Support/ExpectError.h"
#include <gtest/gtest.h>
#include <set>

using namespace tactus;

namespace {

using Memory = BufferRef::Memory;

/// A clock that only kernels move.
double seconds = 0;
double fakeNow() {
  return seconds;
}

/// Counts up at buffer 0, and takes that many seconds.
void count(void **buffers, int64_t, int64_t, void *, int64_t *) {
  seconds += *static_cast<int32_t *>(buffers[0]) += 1;
}

/// Takes two seconds, and tells whether buffer 0 is below 3 in buffer 1.
void below(void **buffers, int64_t, int64_t, void *, int64_t *) {
  seconds += 2;
  *static_cast<bool *>(buffers[1]) = *static_cast<int32_t *>(buffers[0]) < 3;
}

/// Takes a second in its first part.
void share(void **, int64_t begin, int64_t, void *, int64_t *) {
  seconds += begin == 0 ? 1 : 0;
}

/// 10 operations a second, 5 in f64; 5 bytes a second where much is read, else
/// 20; both a little less when they are asked again.
struct FakePeaks final : CorePeaks {
  double operationsPerSecond(ElementType type) override {
    bool isFirst = types.insert(type).second;
    return (type == ElementType::F64 ? 5 : 10) - !isFirst;
  }
  double bytesPerSecond(int64_t footprint) override {
    bool isFirst = footprints.insert(footprint).second;
    return (footprint > 16384 ? 5 : 20) - !isFirst;
  }
  std::set<ElementType> types;
  std::set<int64_t> footprints;
};

KernelStep kernel(std::string name, KernelEntry entry,
                  std::vector<BufferRef> buffers, KernelWork work) {
  KernelStep step{std::move(name), "node", std::move(buffers), 1, 0, entry};
  step.work = std::move(work);
  return step;
}

const BufferRef counter{Memory::Arena, 0}, flag{Memory::Arena, 64};

KernelWork countWork() {
  return {"add", "i32[]", 40, ElementType::I32, {4}};
}
KernelWork belowWork() {
  return {"compare select", "i32[]", 1, ElementType::I32, {4, 1}};
}

/// Copies the input to the counter, then counts while it is below 3: `below` 4
/// times and `count` 3 times, in 1 + 2 + 3 seconds.
StepList program() {
  StepList list;
  list.inputs = {{ElementType::I32, {}}};
  list.outputs = {{ElementType::I32, {}}};
  list.constants = {Tensor::zeros(u8({100}))};
  list.arenaBytes = 128;
  LoopStep loop;
  loop.place = {.op = "while"};
  loop.flag = flag;
  loop.condition = {kernel("below", below, {counter, flag}, belowWork())};
  loop.body = {kernel("count", count, {counter}, countWork())};
  list.steps = {CopyStep{{Memory::Input, 0}, counter, 4}, loop,
                CopyStep{counter, {Memory::Output, 0}, 4}};
  return list;
}

Tensor zero() {
  return Tensor::zeros({ElementType::I32, {}});
}

Profile profileOf(const StepList &list, FakePeaks &peaks,
                  CallMemory memory = {}) {
  Tensor input = zero();
  return profileSteps(list, {&input, 1}, memory, peaks,
                      {.seconds = 1, .now = fakeNow});
}

TEST(ProfileTest, CountsWhatLoopsRunAgain) {
  FakePeaks peaks;
  Profile profile =
      profileOf(program(), peaks, {.prepared = 60, .constants = 40});
  ASSERT_EQ(profile.rows.size(), 3u);
  const ProfileRow &tests = profile.rows[0], &counts = profile.rows[1],
                   &copies = profile.rows[2];
  EXPECT_EQ(tests.name, "below");
  EXPECT_EQ(tests.calls, 4);
  EXPECT_EQ(tests.seconds, 8);
  EXPECT_EQ(tests.flops, 4);
  EXPECT_EQ(tests.bytes, 20);
  // 5 bytes at 20 a second take longer than one operation at 10 a second.
  EXPECT_EQ(tests.roofSeconds, 1);
  EXPECT_EQ(tests.bound, ProfileRow::Bound::Memory);
  EXPECT_EQ(counts.calls, 3);
  EXPECT_EQ(counts.seconds, 6);
  EXPECT_EQ(counts.flops, 120);
  EXPECT_EQ(counts.roofSeconds, 12);
  EXPECT_EQ(counts.bound, ProfileRow::Bound::Compute);
  EXPECT_EQ(copies.name, "(copies)");
  EXPECT_EQ(copies.calls, 2);
  EXPECT_EQ(copies.bytes, 16);
  EXPECT_EQ(copies.seconds, 0);
  EXPECT_EQ(profile.callSeconds, 14);
  EXPECT_EQ(profile.calls, 1);
  EXPECT_EQ(profile.seconds(), 14);
  EXPECT_EQ(profile.memory.total(), 60u + 40 + 4 + 4 + 128 + 0);
  EXPECT_EQ(peaks.footprints, std::set<int64_t>{16384});
}

TEST(ProfileTest, TextHasARowForEachKernel) {
  FakePeaks peaks;
  EXPECT_EQ(
      profileOf(program(), peaks, {.parameters = 7}).str(),
      R"(kernel                  shape  calls           us  share   GF/s     GB/s    roof    bound
below (compare select)  i32[]      4  8000000.000  57.1%  5e-10  2.5e-09   12.5%   memory
count (add)             i32[]      3  6000000.000  42.9%  2e-08    2e-09  200.0%  compute
(copies)                    -      2        0.000   0.0%      -        -       -   memory
call 14000000.000 us, the least of 1; kernels and copies 14000000.000 us
peaks of one core, measured: 1e-08 GF/s in f32, 2e-08 GB/s from 16 KB
memory of a call: 143 bytes: 7 parameters, 0 prepared at load, 0 constants, 4 inputs, 4 outputs, 128 arena, 0 scratch
)");
}

TEST(ProfileTest, LongListsOfOpsAreCut) {
  FakePeaks peaks;
  StepList list = program();
  KernelWork work = countWork();
  work.ops = "sub mul add relu add mul sub tanh add mul";
  list.steps = {kernel("k", count, {counter}, work)};
  std::string text = profileOf(list, peaks).str();
  EXPECT_NE(text.find("\nk (sub mul add relu add mul sub tanh add...) "),
            std::string::npos)
      << text;
  // A name that says it all stands alone.
  std::get<KernelStep>(list.steps[0]).work.ops = "k";
  EXPECT_NE(profileOf(list, peaks).str().find("\nk  "), std::string::npos);
}

TEST(ProfileTest, FarMemoryIsAsFarAsTheWholeCallIsLarge) {
  StepList list = program();
  // The call touches 40,000 bytes and more, the kernel 12 of its own.
  list.arenaBytes = 40'000;
  list.constants = {Tensor::zeros(u8({100}))};
  KernelWork work{"add", "f64[]", 0, ElementType::F64, {4, 5, 8}};
  list.steps = {kernel("count", count,
                       {counter, {Memory::Constant, 0}, {Memory::Arena, 128}},
                       work)};
  FakePeaks peaks;
  Profile profile = profileOf(list, peaks);
  ASSERT_EQ(profile.rows.size(), 1u);
  EXPECT_EQ(profile.rows[0].roofSeconds, 12 / 20.0 + 5 / 5.0);
  EXPECT_EQ(peaks.footprints, (std::set<int64_t>{16384, 32768}));
  EXPECT_TRUE(profile.operationsPerSecond.empty());

  std::get<KernelStep>(list.steps[0]).work.flops = 100;
  FakePeaks fresh;
  profile = profileOf(list, fresh);
  EXPECT_EQ(profile.rows[0].roofSeconds, 20);
  EXPECT_EQ(profile.operationsPerSecond.at(ElementType::F64), 5);
}

TEST(ProfileTest, AKernelThatDoesNotRunHasARowToo) {
  StepList list = program();
  list.steps = {IfStep{{Memory::Constant, 0},
                       {kernel("count", count, {counter}, countWork())},
                       {kernel("below", below, {counter, flag}, belowWork())}}};
  FakePeaks peaks;
  Profile profile = profileOf(list, peaks);
  ASSERT_EQ(profile.rows.size(), 2u);
  EXPECT_EQ(profile.rows[0].name, "below");
  EXPECT_EQ(profile.rows[0].calls, 1);
  EXPECT_EQ(profile.rows[1].name, "count");
  EXPECT_EQ(profile.rows[1].calls, 0);
  EXPECT_EQ(profile.rows[1].bound, ProfileRow::Bound::Nothing);
}

TEST(ProfileTest, EachPartHasACore) {
  KernelStep shared = kernel("share", share, {counter}, countWork());
  shared.extent = 2;
  // Too little to wake a thread for, and yet one that is awake has a part.
  shared.cost = leastCostOfWaking / 2;
  StepList list = program();
  list.steps = {shared};
  for (int64_t threads : {1, 2}) {
    list.threads = threads;
    FakePeaks peaks;
    Profile profile = profileOf(list, peaks);
    ASSERT_EQ(profile.rows.size(), 1u);
    EXPECT_EQ(profile.rows[0].roofSeconds, 4.0 / double(threads));
  }
}

TEST(ProfileTest, JsonSaysTheSame) {
  FakePeaks peaks;
  auto document =
      json::Document::parse(profileOf(program(), peaks).json(), "p.json");
  json::Value root = document.root(), kernels = *root.find("kernels");
  ASSERT_EQ(kernels.size(), 3u);
  json::Value first = *kernels.begin();
  auto number = [](json::Value value, std::string_view key) {
    return value.find(key)->asDouble();
  };
  EXPECT_EQ(first.find("name")->asString(), "below");
  EXPECT_EQ(first.find("bound")->asString(), "memory");
  EXPECT_EQ(first.find("calls")->asInt64(), 4);
  EXPECT_EQ(first.find("flops")->asInt64(), 4);
  EXPECT_EQ(first.find("bytes")->asInt64(), 20);
  EXPECT_EQ(number(first, "seconds"), 8);
  EXPECT_EQ(number(first, "share"), 8 / 14.0);
  EXPECT_EQ(number(first, "flops_per_second"), 0.5);
  EXPECT_EQ(number(first, "bytes_per_second"), 2.5);
  EXPECT_EQ(number(first, "roofline_seconds"), 1);
  EXPECT_EQ(number(first, "roofline_share"), 0.125);
  EXPECT_EQ(number(*root.find("bytes_per_second"), "16384"), 20);
  EXPECT_EQ(number(*root.find("flops_per_second"), "f32"), 10);
  EXPECT_EQ(root.find("memory")->find("total")->asInt64(), 136);
}

TEST(ProfileTest, ATraceHasASliceForEachStepInsideItsLoop) {
  Tensor input = zero();
  auto document = json::Document::parse(
      traceSteps(program(), {&input, 1}, "cpu", fakeNow), "t.json");
  std::vector<std::string> slices;
  json::Value root = document.root(), events = *root.find("traceEvents");
  for (json::Value event : events)
    if (event.find("ph")->asString() == "X")
      slices.push_back(std::string(event.find("name")->asString()) + " " +
                       std::string(event.find("ts")->rawNumber()) + " " +
                       std::string(event.find("dur")->rawNumber()));
  EXPECT_EQ(slices,
            (std::vector<std::string>{
                "copy 0.0 0.0", "while 0.0 14000000.0", "below 0.0 2000000.0",
                "count 2000000.0 1000000.0", "below 3000000.0 2000000.0",
                "count 5000000.0 2000000.0", "below 7000000.0 2000000.0",
                "count 9000000.0 3000000.0", "below 12000000.0 2000000.0",
                "copy 14000000.0 0.0"}));
}

TEST(ProfileTest, ATraceOfTooManyStepsIsRefused) {
  StepList list = program();
  list.maxIterations = 2'000'000;
  LoopStep &loop = std::get<LoopStep>(list.steps[1]);
  loop.count = 1'000'000;
  loop.condition.clear();
  loop.body = {CopyStep{counter, flag, 4}};
  Tensor input = zero();
  EXPECT_ERROR(traceSteps(list, {&input, 1}, "cpu", fakeNow),
               "expected a call of at most 1000000 steps to trace, but it "
               "takes more");
}

} // namespace
