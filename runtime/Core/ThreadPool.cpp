//===- ThreadPool.cpp - Threads that share one loop -----------------------===//
#include "runtime/Core/ThreadPool.h"
#include <algorithm>
#include <system_error>

namespace tactus {

//===----------------------------------------------------------------------===//
// Waiting
//===----------------------------------------------------------------------===//

/// How long a thread looks for what it waits for before it sleeps: longer than
/// what a program does between two loops.
static constexpr std::chrono::microseconds spinTime(50);

/// How many loops, each soon after the one before, it takes until a worker that
/// was to be left asleep is woken: it stays awake as long as they go on.
static constexpr int loopsOfBurst = 4;

static void pauseProcessor() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

/// Waits until `holds`, for a moment only.
template <typename Condition> static void spinUntil(const Condition &holds) {
  const auto end = std::chrono::steady_clock::now() + spinTime;
  do {
    for (int i = 0; i < 32; ++i) {
      if (holds())
        return;
      pauseProcessor();
    }
  } while (std::chrono::steady_clock::now() < end);
}

//===----------------------------------------------------------------------===//
// Workers
//===----------------------------------------------------------------------===//

void ThreadPool::runPart(int64_t part) const {
  // The first ones are one longer where it does not come out even.
  auto bound = [&](int64_t i) {
    return region.size / region.parts * i +
           std::min(i, region.size % region.parts);
  };
  region.body(region.context, part, bound(part), bound(part + 1));
}

void ThreadPool::work(Worker &self, int64_t part) {
  auto hasNone = [&] { return self.state.load() == Idle; };
  for (;;) {
    if (self.spins)
      spinUntil([&] { return !hasNone(); });
    int state = Idle;
    if (self.state.compare_exchange_strong(state, Asleep)) {
      self.state.wait(Asleep);
      continue;
    }
    if (state == Stopped)
      return;
    // The caller may have taken it back meanwhile.
    state = Given;
    if (!self.state.compare_exchange_strong(state, Taken))
      continue;
    runPart(part);
    if (self.state.exchange(Idle) == Awaited)
      self.state.notify_one();
  }
}

void ThreadPool::reserve(int64_t threads) {
  const int64_t wanted = std::min(threads, maxThreads) - 1;
  if (workerCount.load() >= wanted)
    return;
  const int64_t processors = usableProcessors();
  std::lock_guard lock(mutex);
  while (!isStopped && workerCount.load() < wanted) {
    const int64_t count = workerCount.load();
    auto worker = std::make_unique<Worker>();
    worker->spins = count + 1 < processors;
    try {
      worker->thread = std::thread(
          [this, self = worker.get(), count] { work(*self, count + 1); });
    } catch (const std::system_error &) {
      return;
    }
    workers[size_t(count)] = std::move(worker);
    workerCount.store(count + 1);
  }
}

void ThreadPool::stop() {
  std::lock_guard lock(mutex);
  isStopped = true;
  while (isBusy.exchange(true))
    std::this_thread::yield();
  const int64_t count = workerCount.exchange(0);
  for (int64_t i = 0; i < count; ++i) {
    Worker &worker = *workers[size_t(i)];
    worker.state.store(Stopped);
    worker.state.notify_one();
    worker.thread.join();
  }
  isBusy.store(false);
}

//===----------------------------------------------------------------------===//
// Callers
//===----------------------------------------------------------------------===//

/// Sees to it that the part which `worker` was given is done.
void ThreadPool::finishPart(Worker &worker, int64_t part) {
  int state = Given;
  // It may be asleep still, or another program has its processor.
  if (worker.state.compare_exchange_strong(state, Idle)) {
    runPart(part);
    return;
  }
  if (worker.spins)
    spinUntil([&] { return worker.state.load() != Taken; });
  state = Taken;
  if (worker.state.compare_exchange_strong(state, Awaited))
    worker.state.wait(Awaited);
}

/// The first workers, up to one that sleeps.
int64_t ThreadPool::countAwake(int64_t most) const {
  int64_t count = 0;
  while (count < most && workers[size_t(count)]->state.load() != Asleep)
    ++count;
  return count;
}

/// Counts a loop that left workers asleep; true where so many came in a row
/// that waking them pays.
bool ThreadPool::isBurst() {
  const auto now = std::chrono::steady_clock::now();
  loopsInRow = now - lastLeft < 2 * spinTime ? loopsInRow + 1 : 0;
  lastLeft = now;
  return loopsInRow >= loopsOfBurst;
}

void ThreadPool::run(int64_t size, int64_t parts, Body body, void *context,
                     Sleepers sleepers) {
  parts = std::min({parts, size, maxThreads});
  if (parts <= 1 || isBusy.load(std::memory_order_relaxed) ||
      isBusy.exchange(true)) {
    if (size > 0)
      body(context, 0, 0, size);
    return;
  }
  int64_t helpers = std::min(parts - 1, workerCount.load());
  if (sleepers == Sleepers::Leave)
    if (int64_t awake = countAwake(helpers);
        awake < helpers && (!workers[size_t(awake)]->spins || !isBurst()))
      helpers = awake;
  parts = helpers + 1;
  region = {body, context, size, parts};
  for (int64_t part = 1; part < parts; ++part) {
    Worker &worker = *workers[size_t(part - 1)];
    if (worker.state.exchange(Given) == Asleep)
      worker.state.notify_one();
  }
  runPart(0);
  for (int64_t part = 1; part < parts; ++part)
    finishPart(*workers[size_t(part - 1)], part);
  isBusy.store(false);
}

ThreadPool &ThreadPool::shared() {
  // Never destroyed, since other objects may run programs as they are.
  static ThreadPool &pool = *new ThreadPool;
  static const struct Stop {
    ~Stop() { pool.stop(); }
  } stopAtExit;
  return pool;
}

} // namespace tactus
