//===- Sweep.cpp - One graph on many machines -----------------------------===//
#include "compiler/Tools/Sweep.h"
#include "compiler/Driver/HostKernels.h"
#include "compiler/Driver/OwnContext.h"
#include "compiler/Driver/SystolicCompile.h"
#include "runtime/Support/Limits.h"
#include "runtime/Systolic/SimulationCost.h"
#include "runtime/Systolic/Simulator.h"
#include "tactus/Error.h"
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

using namespace tactus;

namespace {
/// Memory that threads share.
class Budget {
public:
  explicit Budget(uint64_t bytes) : total(bytes) {}

  uint64_t size() const { return total; }

  /// Waits until that much is free; what is over the whole budget is alone.
  void take(uint64_t bytes) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return used == 0 || used + bytes <= total; });
    used += bytes;
  }
  void give(uint64_t bytes) {
    std::lock_guard lock(mutex);
    used -= bytes;
    changed.notify_all();
  }

private:
  const uint64_t total;
  std::mutex mutex;
  std::condition_variable changed;
  uint64_t used = 0;
};

/// A share of a budget, given back at the end.
class Share {
public:
  Share(Budget &budget, uint64_t bytes) : budget(budget), bytes(bytes) {
    budget.take(bytes);
  }
  Share(const Share &) = delete;
  Share &operator=(const Share &) = delete;
  ~Share() { budget.give(bytes); }

private:
  Budget &budget;
  uint64_t bytes;
};

/// Compiles and simulates one row after the other, until none is left.
class Worker {
public:
  Worker(const Program &program, const SweepOptions &options,
         std::vector<SweepRow> &rows)
      : program(program), options(options), rows(rows),
        budget(
            options.driver.maxMemory.value_or(limits::usableMemory() / 4 * 3)) {
  }

  void work() {
    for (size_t i = next++; i < rows.size(); i = next++) {
      try {
        run(rows[i]);
      } catch (const std::exception &error) {
        rows[i].problem = error.what();
      }
      if (options.whenDone)
        options.whenDone();
    }
  }

private:
  void run(SweepRow &row) {
    validate(row.machine);
    systolic::Simulator simulator(compileToSystolic(
        copy(), row.machine, options.driver, options.inputTypes));
    uint64_t bytes = simulationMemory(simulator.program()).total();
    Share share(budget, std::min(bytes, budget.size()));
    std::map<std::string, Tensor> inputs;
    for (const systolic::ProgramPort &port : simulator.program().inputs)
      inputs.emplace(port.name, Tensor::zeros(port.type));
    systolic::SimulationOptions simulation;
    simulation.maxMemory = budget.size();
    simulation.maxSteps = options.driver.maxSteps;
    HostKernels host(options.driver);
    simulation.host = hostOf(host);
    row.report = simulator.run(inputs, simulation).report;
  }

  /// Reading a context that has no locks takes turns.
  Program copy() {
    std::lock_guard lock(mutex);
    return inOwnContext(program);
  }

  const Program &program;
  const SweepOptions &options;
  std::vector<SweepRow> &rows;
  Budget budget;
  std::mutex mutex;
  std::atomic<size_t> next = 0;
};
} // namespace

std::vector<SweepRow>
tactus::sweep(const Program &program, const systolic::Machine &base,
              std::span<const systolic::MachineChange> changes,
              const SweepOptions &options) {
  std::vector<SweepRow> rows;
  for (const systolic::MachineChange &change : changes)
    rows.push_back({change, scaled(base, change), {}, {}});
  Worker worker(program, options, rows);
  size_t count = std::clamp<size_t>(std::thread::hardware_concurrency(), 1,
                                    std::max<size_t>(rows.size(), 1));
  std::vector<std::thread> threads;
  try {
    for (size_t i = 1; i < count; ++i)
      threads.emplace_back([&] { worker.work(); });
  } catch (const std::system_error &) {
    // Fewer threads take longer.
  }
  worker.work();
  for (std::thread &thread : threads)
    thread.join();
  return rows;
}
