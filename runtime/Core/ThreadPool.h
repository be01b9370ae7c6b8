//===- ThreadPool.h - Threads that share one loop ---------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_CORE_THREADPOOL_H
#define TACTUS_RUNTIME_CORE_THREADPOOL_H

#include "runtime/Support/Processors.h"
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>

namespace tactus {

/// Threads that help a caller with a loop: one caller at a time, who does the
/// first part itself. Workers spin for a moment between two loops, and then
/// sleep. Running a loop allocates nothing.
class ThreadPool {
public:
  /// Does iterations [begin, end) of a loop, as its part number `part`. Nothing
  /// can be thrown from one thread to another, so the type forbids it.
  using Body = void (*)(void *context, int64_t part, int64_t begin,
                        int64_t end) noexcept;

  ThreadPool() = default;
  /// Nobody may be in `run`.
  ~ThreadPool() { stop(); }
  ThreadPool(const ThreadPool &) = delete;
  ThreadPool &operator=(const ThreadPool &) = delete;

  /// The one that all programs of the process share. It stops when the process
  /// exits; who calls it after that runs alone.
  static ThreadPool &shared();

  /// Makes workers, so that a caller and they are `threads`. Where the system
  /// gives no more, there are fewer.
  void reserve(int64_t threads);

  /// To wake a worker takes the caller some microseconds. Where short loops
  /// follow each other closely, sleepers that they leave are woken in the end.
  enum class Sleepers { Wake, Leave };

  /// Splits [0, size) evenly into at most `parts` parts, calls `body` once for
  /// each, and returns when all are done. It is one part, on the caller, where
  /// another loop is running: of another caller, or around this one. What a
  /// worker has not begun when the caller is done, the caller does as well.
  void run(int64_t size, int64_t parts, Body body, void *context,
           Sleepers sleepers = Sleepers::Wake);

  /// Ends the workers, and makes no more.
  void stop();

  /// Says that a caller runs a program, between its loops too, so that others
  /// leave it a processor.
  class Presence {
  public:
    explicit Presence(ThreadPool &pool) : pool(pool) { ++pool.callers; }
    ~Presence() { --pool.callers; }
    Presence(const Presence &) = delete;
    Presence &operator=(const Presence &) = delete;

  private:
    ThreadPool &pool;
  };

  /// Callers whose presence is known.
  int64_t numCallers() const { return callers.load(std::memory_order_relaxed); }
  int64_t numWorkers() const { return workerCount.load(); }

private:
  /// What a worker is about. Int, which the system can wait for directly.
  enum State : int {
    /// Nothing, but it looks for work.
    Idle,
    /// Nothing, until it is notified.
    Asleep,
    /// A part that it has not begun.
    Given,
    /// A part that it has begun.
    Taken,
    /// The same, and the caller is to be notified of the end.
    Awaited,
    Stopped
  };
  /// Each on a cache line of its own, which only the caller writes beside it.
  struct alignas(64) Worker {
    std::atomic<int> state = Idle;
    /// Spinning is a waste where there are more threads than processors.
    bool spins = true;
    std::thread thread;
  };
  struct Region {
    Body body = nullptr;
    void *context = nullptr;
    int64_t size = 0, parts = 1;
  };

  void work(Worker &self, int64_t part);
  void runPart(int64_t part) const;
  void finishPart(Worker &worker, int64_t part);
  int64_t countAwake(int64_t most) const;
  bool isBurst();

  /// Held by the one caller that may give parts.
  alignas(64) std::atomic<bool> isBusy = false;
  /// Written while busy, before parts of it are given.
  Region region;
  /// Of loops that left workers asleep; written while busy.
  std::chrono::steady_clock::time_point lastLeft;
  int loopsInRow = 0;
  alignas(64) std::atomic<int64_t> callers = 0;
  /// Of `workers`, those that are there.
  std::atomic<int64_t> workerCount = 0;
  std::array<std::unique_ptr<Worker>, maxThreads - 1> workers;
  /// Guards what follows, and making and ending workers.
  std::mutex mutex;
  bool isStopped = false;
};

} // namespace tactus

#endif // TACTUS_RUNTIME_CORE_THREADPOOL_H
