//===- StepListTest.cpp - Running a list of steps -------------------------===//
#include "runtime/Core/StepList.h"
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

} // namespace
