//===- ThreadPoolTest.cpp - Threads that share one loop -------------------===//
//
// Part of the tests of threads too, which run under ThreadSanitizer.
//
//===----------------------------------------------------------------------===//
#include "runtime/Core/ThreadPool.h"
#include <gtest/gtest.h>
#include <set>
#include <type_traits>
#include <vector>

using namespace tactus;

namespace {

using Throwing = void (*)(void *, int64_t, int64_t, int64_t);
static_assert(!std::is_convertible_v<Throwing, ThreadPool::Body>,
              "what may throw is no body of a loop");

/// Calls `work(part, begin, end)`.
template <typename Work>
void run(ThreadPool &pool, int64_t size, int64_t parts, Work work) {
  pool.run(
      size, parts,
      [](void *context, int64_t part, int64_t begin, int64_t end) noexcept {
        (*static_cast<Work *>(context))(part, begin, end);
      },
      &work);
}

struct Part {
  int64_t number, begin, end;
  bool operator==(const Part &) const = default;
};

/// The parts of a loop, by where they begin.
std::vector<Part> partsOf(ThreadPool &pool, int64_t size, int64_t parts) {
  std::vector<Part> found;
  std::mutex mutex;
  run(pool, size, parts, [&](int64_t number, int64_t begin, int64_t end) {
    std::lock_guard lock(mutex);
    found.push_back({number, begin, end});
  });
  std::sort(found.begin(), found.end(), [](const Part &lhs, const Part &rhs) {
    return lhs.begin < rhs.begin;
  });
  return found;
}

TEST(ThreadPoolTest, SplitsEvenly) {
  ThreadPool pool;
  pool.reserve(3);
  EXPECT_EQ(partsOf(pool, 8, 3),
            (std::vector<Part>{{0, 0, 3}, {1, 3, 6}, {2, 6, 8}}));
  EXPECT_EQ(partsOf(pool, 3, 3),
            (std::vector<Part>{{0, 0, 1}, {1, 1, 2}, {2, 2, 3}}));
}

TEST(ThreadPoolTest, HasNoEmptyParts) {
  ThreadPool pool;
  pool.reserve(3);
  EXPECT_EQ(partsOf(pool, 0, 3), std::vector<Part>());
  EXPECT_EQ(partsOf(pool, 1, 3), (std::vector<Part>{{0, 0, 1}}));
  EXPECT_EQ(partsOf(pool, 2, 3), (std::vector<Part>{{0, 0, 1}, {1, 1, 2}}));
}

TEST(ThreadPoolTest, HasNoMorePartsThanThreads) {
  ThreadPool pool;
  EXPECT_EQ(partsOf(pool, 10, 4), (std::vector<Part>{{0, 0, 10}}));
  pool.reserve(2);
  EXPECT_EQ(pool.numWorkers(), 1);
  EXPECT_EQ(partsOf(pool, 10, 4), (std::vector<Part>{{0, 0, 5}, {1, 5, 10}}));
  pool.reserve(1);
  EXPECT_EQ(pool.numWorkers(), 1);
}

TEST(ThreadPoolTest, SplitsTheLargestSizes) {
  ThreadPool pool;
  pool.reserve(2);
  constexpr int64_t most = INT64_MAX;
  EXPECT_EQ(partsOf(pool, most, 2),
            (std::vector<Part>{{0, 0, most / 2 + 1}, {1, most / 2 + 1, most}}));
}

/// Every index of many loops is visited once, and what a loop wrote is seen by
/// the next one; `pause` lets workers fall asleep now and then.
void runMany(int64_t threads, int loops, bool pauses) {
  ThreadPool pool;
  pool.reserve(threads);
  std::vector<int64_t> counts(257, 0);
  for (int i = 0; i < loops; ++i) {
    // A rotation, so that another thread wrote what a part reads.
    run(pool, 257, threads, [&](int64_t, int64_t begin, int64_t end) {
      for (int64_t j = begin; j < end; ++j)
        ++counts[size_t((j + 101 * i) % 257)];
    });
    if (pauses && i % 16 == 0)
      std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  for (int64_t count : counts)
    ASSERT_EQ(count, loops);
}

TEST(ThreadPoolTest, VisitsEachIndexOnce) {
  for (int64_t threads : {1, 2, 3, 8})
    runMany(threads, 2000, /*pauses=*/false);
}

TEST(ThreadPoolTest, WakesWorkersThatSleep) {
  for (int64_t threads : {2, 8})
    runMany(threads, 500, /*pauses=*/true);
}

// A worker waits for the caller, so both are at work at the same time.
TEST(ThreadPoolTest, RunsPartsAtTheSameTime) {
  ThreadPool pool;
  pool.reserve(2);
  std::atomic<bool> taken = false;
  std::thread::id ids[2];
  run(pool, 2, 2, [&](int64_t part, int64_t, int64_t) {
    ids[part] = std::this_thread::get_id();
    if (part == 1)
      taken = true;
    while (!taken)
      std::this_thread::yield();
  });
  EXPECT_EQ(ids[0], std::this_thread::get_id());
  EXPECT_NE(ids[1], ids[0]);
}

/// The parts that a short loop has.
int64_t numParts(ThreadPool &pool, int64_t parts,
                 ThreadPool::Sleepers sleepers) {
  std::atomic<int64_t> count = 0;
  pool.run(
      parts, parts,
      [](void *context, int64_t, int64_t, int64_t) noexcept {
        ++*static_cast<std::atomic<int64_t> *>(context);
      },
      &count, sleepers);
  return count.load();
}

/// Waits until all workers are asleep, as they are sooner or later.
bool fallAsleep(ThreadPool &pool, int64_t parts) {
  for (int i = 0; i < 1000; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    if (numParts(pool, parts, ThreadPool::Sleepers::Leave) == 1)
      return true;
  }
  return false;
}

TEST(ThreadPoolTest, LeavesSleepers) {
  ThreadPool pool;
  pool.reserve(3);
  EXPECT_TRUE(fallAsleep(pool, 3));
  EXPECT_EQ(numParts(pool, 3, ThreadPool::Sleepers::Wake), 3);
}

// A worker that does not spin, since it has no processor of its own, would be
// asleep again before the next loop.
TEST(ThreadPoolTest, WakesSleepersThatSpinWhereShortLoopsFollowEachOther) {
  ThreadPool pool;
  pool.reserve(2);
  ASSERT_TRUE(fallAsleep(pool, 2));
  // Far more than it takes, in case this thread loses its processor.
  bool spins = usableProcessors() >= 2;
  int64_t loops = 0, most = spins ? 10000000 : 1000;
  while (loops < most && numParts(pool, 2, ThreadPool::Sleepers::Leave) == 1)
    ++loops;
  EXPECT_EQ(loops < most, spins);
  // The fifth in a row wakes it; the first may be the last of `fallAsleep`.
  EXPECT_GE(loops, 3);
}

// The caller waits for a part that takes long: longer than it spins.
TEST(ThreadPoolTest, WaitsForPartsThatTakeLong) {
  ThreadPool pool;
  pool.reserve(2);
  std::atomic<bool> taken = false;
  int64_t result = 0;
  run(pool, 2, 2, [&](int64_t part, int64_t, int64_t) {
    if (part == 1) {
      taken = true;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      result = 7;
    }
    while (!taken)
      std::this_thread::yield();
  });
  EXPECT_EQ(result, 7);
}

TEST(ThreadPoolTest, LoopsInsideLoopsRunOnTheirThread) {
  ThreadPool pool;
  pool.reserve(3);
  std::atomic<int64_t> sum = 0, strangers = 0;
  run(pool, 6, 3, [&](int64_t, int64_t begin, int64_t end) {
    std::thread::id outer = std::this_thread::get_id();
    for (int64_t i = begin; i < end; ++i)
      run(pool, 5, 3, [&](int64_t part, int64_t first, int64_t past) {
        strangers += part != 0 || std::this_thread::get_id() != outer;
        for (int64_t j = first; j < past; ++j)
          sum += 10 * i + j;
      });
  });
  EXPECT_EQ(strangers, 0);
  EXPECT_EQ(sum, 5 * 150 + 6 * 10);
}

TEST(ThreadPoolTest, ManyCallersGetTheirOwnResults) {
  ThreadPool pool;
  pool.reserve(4);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> callers;
  for (int64_t caller = 0; caller < 8; ++caller)
    callers.emplace_back([&, caller] {
      ThreadPool::Presence present(pool);
      for (int64_t i = 0; i < 300; ++i) {
        std::vector<int64_t> squares(size_t(1 + (i + caller) % 50), -1);
        run(pool, int64_t(squares.size()), 4,
            [&](int64_t, int64_t begin, int64_t end) {
              for (int64_t j = begin; j < end; ++j)
                squares[size_t(j)] = (j + i) * (j + caller);
            });
        for (int64_t j = 0; j < int64_t(squares.size()); ++j)
          wrong += squares[size_t(j)] != (j + i) * (j + caller);
      }
    });
  for (std::thread &caller : callers)
    caller.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(pool.numCallers(), 0);
}

TEST(ThreadPoolTest, ManyCallersMayMakeWorkers) {
  ThreadPool pool;
  std::vector<std::thread> callers;
  for (int64_t caller = 0; caller < 8; ++caller)
    callers.emplace_back([&, caller] {
      pool.reserve(1 + caller % 4);
      for (int i = 0; i < 50; ++i)
        (void)partsOf(pool, 9, 4);
    });
  for (std::thread &caller : callers)
    caller.join();
  EXPECT_EQ(pool.numWorkers(), 3);
}

TEST(ThreadPoolTest, KnowsItsCallers) {
  ThreadPool pool;
  EXPECT_EQ(pool.numCallers(), 0);
  {
    ThreadPool::Presence one(pool), two(pool);
    EXPECT_EQ(pool.numCallers(), 2);
  }
  EXPECT_EQ(pool.numCallers(), 0);
}

TEST(ThreadPoolTest, StopsWhileOthersCall) {
  ThreadPool pool;
  pool.reserve(4);
  std::atomic<bool> begun = false, ends = false;
  std::atomic<int64_t> missing = 0;
  std::thread caller([&] {
    while (!ends) {
      std::atomic<int64_t> visited = 0;
      run(pool, 10, 4,
          [&](int64_t, int64_t begin, int64_t end) { visited += end - begin; });
      missing += 10 - visited;
      begun = true;
    }
  });
  while (!begun)
    std::this_thread::yield();
  pool.stop();
  EXPECT_EQ(pool.numWorkers(), 0);
  ends = true;
  caller.join();
  EXPECT_EQ(missing, 0);
}

TEST(ThreadPoolTest, MakesNoWorkersOnceStopped) {
  ThreadPool pool;
  pool.reserve(2);
  pool.stop();
  pool.stop();
  pool.reserve(4);
  EXPECT_EQ(pool.numWorkers(), 0);
  EXPECT_EQ(partsOf(pool, 10, 4), (std::vector<Part>{{0, 0, 10}}));
}

TEST(ThreadPoolTest, EndsWithWorkersAwakeAndAsleep) {
  for (int64_t milliseconds : {0, 2})
    for (int i = 0; i < 20; ++i) {
      ThreadPool pool;
      pool.reserve(4);
      (void)partsOf(pool, 8, 4);
      std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    }
}

TEST(ThreadPoolTest, OfTheProcessIsOne) {
  EXPECT_EQ(&ThreadPool::shared(), &ThreadPool::shared());
  ThreadPool::shared().reserve(2);
  EXPECT_GE(ThreadPool::shared().numWorkers(), 1);
}

} // namespace
