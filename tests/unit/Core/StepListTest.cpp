//===- StepListTest.cpp - Running a list of steps -------------------------===//
#include "runtime/Core/BoundSteps.h"
#include "tests/unit/Support/ExpectError.h"
#include <cstring>
#include <gtest/gtest.h>

using namespace tactus;

namespace {

using Memory = BufferRef::Memory;

/// result[i] = lhs[i] - rhs[i], by way of scratch.
void subtract(void **buffers, int64_t begin, int64_t end, void *scratch,
              int64_t *status) {
  auto *lhs = static_cast<float *>(buffers[0]);
  auto *rhs = static_cast<float *>(buffers[1]);
  auto *result = static_cast<float *>(buffers[2]);
  auto *difference = static_cast<float *>(scratch);
  for (int64_t i = begin; i < end; ++i) {
    *difference = lhs[i] - rhs[i];
    result[i] = *difference;
  }
}

void fail(void **buffers, int64_t, int64_t, void *, int64_t *status) {
  status[0] = 3;
  status[1] = 17;
}

KernelStep call(KernelEntry entry, std::vector<BufferRef> buffers) {
  return {"subtract", "difference", std::move(buffers), 2, 4, entry};
}

Tensor pair(float first, float second) {
  return Tensor::fromVector<float>({2}, {first, second});
}

/// y = (x - c) - x, and z = y again.
StepList program() {
  StepList list;
  list.inputs = {f32({2})};
  list.outputs = {f32({2}), f32({2})};
  list.constants = {pair(10, 20)};
  list.arenaBytes = 128;
  list.steps = {
      call(subtract,
           {{Memory::Input, 0}, {Memory::Constant, 0}, {Memory::Arena, 64}}),
      call(subtract,
           {{Memory::Arena, 64}, {Memory::Input, 0}, {Memory::Output, 0}}),
      CopyStep{{Memory::Output, 0}, {Memory::Output, 1}, 8}};
  return list;
}

TEST(StepListTest, RunsStepsInOrderOnTheirMemories) {
  StepList list = program();
  Tensor x = pair(1, 2);
  std::vector<Tensor> results = runSteps(list, {&x, 1});
  ASSERT_EQ(results.size(), 2u);
  EXPECT_TRUE(results[0].bitwiseEquals(pair(-10, -20)));
  EXPECT_TRUE(results[1].bitwiseEquals(pair(-10, -20)));
}

TEST(StepListTest, BoundStepsReadTheirInputsAnewEachRun) {
  StepList list = program();
  float in[2] = {1, 2}, first[2], second[2];
  Tensor x = Tensor::view(static_cast<void *>(in), f32({2}));
  Tensor outputs[] = {Tensor::view(static_cast<void *>(first), f32({2})),
                      Tensor::view(static_cast<void *>(second), f32({2}))};
  BoundSteps bound(list, {&x, 1}, outputs);
  bound.run();
  in[0] = 5;
  bound.run();
  EXPECT_EQ(first[0], -10.f);
  EXPECT_EQ(second[1], -20.f);
}

TEST(StepListTest, WorkspaceHoldsTheArenaAndOneKernelsScratch) {
  StepList list = program();
  EXPECT_EQ(list.workspaceBytes(), 128 + 64);
  list.arenaBytes = 0;
  EXPECT_EQ(list.workspaceBytes(), 64);
}

/// x - c, of `size` elements, as often as that.
StepList longDifference(int64_t size, int64_t threads) {
  StepList list;
  list.inputs = {f32({size})};
  list.outputs = {f32({size})};
  list.constants = {Tensor::random(f32({size}), Seed(1))};
  list.threads = threads;
  KernelStep step =
      call(subtract,
           {{Memory::Input, 0}, {Memory::Constant, 0}, {Memory::Output, 0}});
  step.extent = size;
  step.cost = 100 * leastCostOfPart;
  list.steps = {step};
  return list;
}

TEST(StepListTest, AKernelHasAsManyPartsAsItIsWorth) {
  StepList list = longDifference(100, 8);
  auto &step = std::get<KernelStep>(list.steps[0]);
  EXPECT_EQ(list.partsOf(step), 8);
  step.extent = 5;
  EXPECT_EQ(list.partsOf(step), 5);
  step.cost = 4 * leastCostOfPart - 1;
  EXPECT_EQ(list.partsOf(step), 3);
  step.cost = 2 * leastCostOfPart - 1;
  EXPECT_EQ(list.partsOf(step), 1);
  step.cost = 0;
  EXPECT_EQ(list.partsOf(step), 1);
  step.extent = 0;
  EXPECT_EQ(list.partsOf(step), 1);
}

TEST(StepListTest, WakesThreadsForEnoughWorkInParts) {
  StepList list = longDifference(100, 2);
  auto step = std::get<KernelStep>(list.steps[0]);
  step.cost = leastCostOfWaking / 4;
  list.steps = {step, step, step};
  EXPECT_FALSE(list.wakesThreads());
  list.steps.push_back(step);
  EXPECT_TRUE(list.wakesThreads());
  // A kernel of one iteration has no use for them.
  std::get<KernelStep>(list.steps[0]).extent = 1;
  EXPECT_FALSE(list.wakesThreads());
  LoopStep loop;
  loop.count = 3;
  loop.body = {step};
  list.steps = {loop};
  EXPECT_FALSE(list.wakesThreads());
  std::get<LoopStep>(list.steps[0]).count = 4;
  EXPECT_TRUE(list.wakesThreads());
  list.steps = {IfStep{{}, {step, step}, {step, step, step, step}}};
  EXPECT_TRUE(list.wakesThreads());
  list.threads = 1;
  EXPECT_FALSE(list.wakesThreads());
}

TEST(StepListTest, EachPartHasScratchOfItsOwn) {
  StepList list = longDifference(100, 3);
  EXPECT_EQ(list.maxParts(), 3);
  EXPECT_EQ(list.scratchBytes(), 2 * 4096 + 4);
  list.threads = 1;
  EXPECT_EQ(list.maxParts(), 1);
  EXPECT_EQ(list.scratchBytes(), 4);
}

TEST(StepListTest, PartsGiveTheBitsOfOne) {
  for (int64_t size : {1, 2, 7, 1000}) {
    Tensor x = Tensor::random(f32({size}), Seed(2));
    Tensor expected = runSteps(longDifference(size, 1), {&x, 1})[0];
    for (int64_t threads : {2, 3, 8})
      for (int i = 0; i < 50; ++i)
        ASSERT_TRUE(
            runSteps(longDifference(size, threads), {&x, 1})[0].bitwiseEquals(
                expected))
            << size << " elements, " << threads << " threads";
  }
}

/// Fails at each iteration past the 20th; the first one of a call is told.
void failPast20(void **, int64_t begin, int64_t end, void *, int64_t *status) {
  for (int64_t i = begin; i < end && status[0] == 0; ++i)
    if (i > 20) {
      status[0] = 3;
      status[1] = i;
    }
}

TEST(StepListTest, TheErrorOfPartsIsTheFirst) {
  for (int64_t threads : {1, 2, 3, 8}) {
    StepList list = longDifference(100, threads);
    std::get<KernelStep>(list.steps[0]).entry = failPast20;
    Tensor x = Tensor::random(f32({100}), Seed(2));
    for (int i = 0; i < 20; ++i)
      EXPECT_ERROR(
          runSteps(list, {&x, 1}),
          "'difference': kernel 'subtract' failed with code 3 at index 21");
  }
}

TEST(StepListTest, AStatusBecomesAnErrorThatNamesTheNode) {
  StepList list = program();
  std::get<KernelStep>(list.steps[1]).entry = fail;
  Tensor x = pair(1, 2);
  EXPECT_ERROR(
      runSteps(list, {&x, 1}),
      "'difference': kernel 'subtract' failed with code 3 at index 17");
}

TEST(StepListTest, AStatusOfACheckNamesTheIndexAndItsBound) {
  StepList list = program();
  auto &step = std::get<KernelStep>(list.steps[1]);
  step.entry = fail;
  step.checks = {{{.node = "a", .op = "gather"}, 4},
                 {{.node = "b", .op = "gather"}, 8},
                 {{.node = "c", .op = "gather_nd"}, 16}};
  Tensor x = pair(1, 2);
  EXPECT_ERROR(runSteps(list, {&x, 1}), "'c' (gather_nd): expected an index "
                                        "from -16 to 15, but got 17");
}

/// sum += element; element of the results = sum.
void addUp(void **buffers, int64_t, int64_t, void *, int64_t *) {
  auto *sum = static_cast<float *>(buffers[0]);
  auto *element = static_cast<const float *>(buffers[1]);
  auto *result = static_cast<float *>(buffers[2]);
  for (int i = 0; i < 2; ++i)
    result[i] = sum[i] += element[i];
}

/// Whether the first value is below 100.
void isSmall(void **buffers, int64_t, int64_t, void *, int64_t *) {
  *static_cast<bool *>(buffers[1]) = *static_cast<float *>(buffers[0]) < 100;
}

/// sums[i] = x[0] + ... + x[i] (or from the end on).
StepList sums(int64_t length, bool reverse) {
  StepList list;
  list.inputs = {f32({length, 2})};
  list.outputs = {f32({length, 2}), f32({2})};
  list.constants = {pair(0, 0)};
  list.arenaBytes = 128;
  LoopStep loop;
  loop.count = length;
  loop.reverse = reverse;
  loop.slices = {{{Memory::Input, 0}, {Memory::Arena, 0}, 8}};
  loop.results = {{{Memory::Output, 0}, {Memory::Arena, 64}, 8}};
  loop.body = {call(
      addUp, {{Memory::Output, 1}, {Memory::Arena, 0}, {Memory::Arena, 64}})};
  list.steps = {CopyStep{{Memory::Constant, 0}, {Memory::Output, 1}, 8}, loop};
  return list;
}

TEST(StepListTest, LoopsOverSlicesInEitherOrder) {
  Tensor x = Tensor::fromVector<float>({3, 2}, {1, 2, 3, 4, 5, 6});
  auto forward = runSteps(sums(3, false), {&x, 1});
  EXPECT_TRUE(forward[0].bitwiseEquals(
      Tensor::fromVector<float>({3, 2}, {1, 2, 4, 6, 9, 12})));
  EXPECT_TRUE(forward[1].bitwiseEquals(pair(9, 12)));
  auto reverse = runSteps(sums(3, true), {&x, 1});
  EXPECT_TRUE(reverse[0].bitwiseEquals(
      Tensor::fromVector<float>({3, 2}, {9, 12, 8, 10, 5, 6})));
}

/// Doubles the input while it is below 100, then chooses what to give: the
/// input, or the doubled value where that is below 100, which it never is.
StepList doubled() {
  StepList list;
  list.inputs = {f32({2})};
  list.outputs = {f32({2}), f32({2})};
  list.constants = {pair(0, 0)};
  list.arenaBytes = 192;
  BufferRef value{Memory::Output, 0}, next{Memory::Arena, 0},
      flag{Memory::Arena, 64};
  LoopStep loop;
  loop.place.node = "doubling";
  loop.flag = flag;
  loop.condition = {call(isSmall, {value, flag})};
  loop.body = {CopyStep{value, next, 8},
               call(addUp, {value, next, {Memory::Arena, 128}})};
  IfStep choice;
  choice.condition = flag;
  choice.then = {CopyStep{value, {Memory::Output, 1}, 8}};
  choice.otherwise = {CopyStep{{Memory::Input, 0}, {Memory::Output, 1}, 8}};
  list.steps = {CopyStep{{Memory::Input, 0}, value, 8}, loop, choice};
  return list;
}

TEST(StepListTest, LoopsWhileAConditionHoldsThenChooses) {
  StepList list = doubled();
  Tensor x = pair(3, 1);
  auto results = runSteps(list, {&x, 1});
  EXPECT_TRUE(results[0].bitwiseEquals(pair(192, 64)));
  EXPECT_TRUE(results[1].bitwiseEquals(x));
}

TEST(StepListTest, EachRunHasItsOwnIterations) {
  StepList list = doubled();
  list.maxIterations = 6;
  std::vector<Tensor> outputs = {pair(0, 0), pair(0, 0)};
  Tensor x = pair(3, 1);
  BoundSteps bound(list, {&x, 1}, outputs);
  bound.run();
  bound.run();
  EXPECT_TRUE(outputs[0].bitwiseEquals(pair(192, 64)));
  list.maxIterations = 5;
  EXPECT_ERROR(runSteps(list, {&x, 1}),
               "'doubling': expected loops to end within 5 iterations of a "
               "run, but they go on; --max-iterations allows more");
}

TEST(StepListTest, KernelsInRegionsShareScratchToo) {
  StepList list = doubled();
  std::get<KernelStep>(std::get<LoopStep>(list.steps[1]).body[1]).scratchBytes =
      100;
  EXPECT_EQ(list.scratchBytes(), 100);
  int count = 0;
  forEachKernel(list, [&](KernelStep &) { ++count; });
  EXPECT_EQ(count, 2);
}

} // namespace
