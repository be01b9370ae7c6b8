//===- Profile.cpp - Where the time of a call goes ------------------------===//
#include "runtime/Core/Profile.h"
#include "runtime/Core/BoundSteps.h"
#include <algorithm>
#include <bit>
#include <chrono>
#include <limits>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace tactus {

double steadySeconds() {
  return std::chrono::duration<double>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

namespace {

/// Sums up what steps take that run no others.
class StepTimes final : public StepObserver {
public:
  explicit StepTimes(Now now) : now(now), reading(costOf(now)) {}

  struct Sum {
    int64_t calls = 0;
    double seconds = 0;
  };

  // The clock is read next to the step; all else is outside.
  void begin(const Step &) override { started = now(); }
  void end(const Step &step) override {
    double took = now() - started;
    if (!std::holds_alternative<KernelStep>(step) &&
        !std::holds_alternative<CopyStep>(step))
      return;
    Sum &sum = sums[&step];
    ++sum.calls;
    sum.seconds += std::max(0.0, took - reading);
  }

  using Sums = std::unordered_map<const Step *, Sum>;

  /// What was seen since it was last asked.
  Sums take() { return std::exchange(sums, {}); }

private:
  /// The least of many, since anything else may happen in between.
  static double costOf(Now now) {
    double least = std::numeric_limits<double>::infinity();
    for (int i = 0; i < 1000; ++i) {
      double from = now();
      least = std::min(least, now() - from);
    }
    return least;
  }

  Now now;
  double reading, started = 0;
  Sums sums;
};

/// From steps to rows.
class Rows {
public:
  Rows(const StepList &list, Profile &profile)
      : list(list), profile(profile),
        touched(int64_t(list.memoryUse().total())) {
    add(list.steps);
  }

  /// Keeps the better of what was measured before and now.
  void measure(CorePeaks &peaks) {
    for (auto &[type, rate] : profile.operationsPerSecond)
      rate = std::max(rate, peaks.operationsPerSecond(type));
    for (auto &[footprint, rate] : profile.bytesPerSecond)
      rate = std::max(rate, peaks.bytesPerSecond(footprint));
  }

  /// Keeps the least of each row's times.
  void merge(StepTimes::Sums sums) {
    std::vector<double> seconds(profile.rows.size());
    for (const auto &[step, sum] : sums)
      seconds[works.at(step).row] += sum.seconds;
    for (size_t i = 0; i < seconds.size(); ++i) {
      double &least = profile.rows[i].seconds;
      least = last.empty() ? seconds[i] : std::min(least, seconds[i]);
    }
    // Every run does the same.
    last = std::move(sums);
  }

  /// Adds up what the steps of a run ask for.
  void finish() {
    std::vector<double> byCompute(profile.rows.size());
    for (const auto &[step, sum] : last) {
      const Work &work = works.at(step);
      ProfileRow &row = profile.rows[work.row];
      double calls = double(sum.calls);
      double compute =
          work.flops != 0
              ? work.flops / profile.operationsPerSecond.at(work.type)
              : 0;
      double memory = work.near.seconds(profile) + work.far.seconds(profile);
      row.calls += sum.calls;
      row.flops += calls * work.flops;
      row.bytes += calls * double(work.near.bytes + work.far.bytes);
      row.roofSeconds += calls * std::max(compute, memory) / double(work.parts);
      if (compute > memory)
        byCompute[work.row] += calls * compute / double(work.parts);
    }
    for (size_t i = 0; i < byCompute.size(); ++i) {
      ProfileRow &row = profile.rows[i];
      if (row.roofSeconds > 0)
        row.bound = 2 * byCompute[i] > row.roofSeconds
                        ? ProfileRow::Bound::Compute
                        : ProfileRow::Bound::Memory;
    }
  }

private:
  /// Bytes, and how much memory they are among.
  struct Traffic {
    int64_t bytes = 0, footprint = 0;

    double seconds(const Profile &profile) const {
      return bytes != 0 ? double(bytes) / profile.bytesPerSecond.at(footprint)
                        : 0;
    }
  };

  struct Work {
    size_t row = 0;
    double flops = 0;
    ElementType type = ElementType::F32;
    Traffic near = {}, far = {};
    /// That run at once, each on a core.
    int64_t parts = 1;
  };

  void add(const std::vector<Step> &steps) {
    for (const Step &step : steps) {
      if (auto *kernel = std::get_if<KernelStep>(&step)) {
        works[&step] = workOf(*kernel);
      } else if (auto *copy = std::get_if<CopyStep>(&step)) {
        works[&step] = workOf(*copy);
      } else if (auto *choice = std::get_if<IfStep>(&step)) {
        add(choice->then);
        add(choice->otherwise);
      } else {
        const auto &loop = std::get<LoopStep>(step);
        add(loop.condition);
        add(loop.body);
      }
    }
  }

  size_t rowOf(const std::string &name, const KernelWork &work) {
    auto [entry, isNew] = rowOfName.try_emplace(name, profile.rows.size());
    if (isNew)
      profile.rows.push_back({name, work.ops, work.shape});
    return entry->second;
  }

  Work workOf(const KernelStep &kernel) {
    const KernelWork &asked = kernel.work;
    Work work{rowOf(kernel.kernel, asked), double(asked.flops)};
    // Narrow floats are computed as f32, whose peak integers are held against.
    work.type =
        asked.type == ElementType::F64 ? ElementType::F64 : ElementType::F32;
    if (asked.flops != 0)
      profile.operationsPerSecond.try_emplace(work.type);
    int64_t near = 0, far = 0;
    size_t count = std::min(asked.bytes.size(), kernel.buffers.size());
    for (size_t i = 0; i < count; ++i) {
      auto memory = kernel.buffers[i].memory;
      bool isFar = memory == BufferRef::Memory::Input ||
                   memory == BufferRef::Memory::Constant;
      (isFar ? far : near) += asked.bytes[i];
    }
    work.near = traffic(near, near + far);
    work.far = traffic(far, touched);
    // Where no sleeping thread is woken, one that is awake takes its part.
    work.parts = list.partsOf(kernel);
    return work;
  }

  Work workOf(const CopyStep &copy) {
    Work work{rowOf("(copies)", {})};
    work.near = traffic(2 * copy.bytes, 2 * copy.bytes);
    return work;
  }

  Traffic traffic(int64_t bytes, int64_t footprint) {
    // Below, the loop that measures is not long enough; above, no cache is.
    constexpr int64_t least = int64_t(16) << 10, most = int64_t(256) << 20;
    footprint =
        int64_t(std::bit_floor(uint64_t(std::clamp(footprint, least, most))));
    if (bytes != 0)
      profile.bytesPerSecond.try_emplace(footprint);
    return {bytes, footprint};
  }

  const StepList &list;
  Profile &profile;
  /// By a whole call.
  int64_t touched;
  std::unordered_map<std::string, size_t> rowOfName;
  std::unordered_map<const Step *, Work> works;
  StepTimes::Sums last;
};

} // namespace

Profile profileSteps(const StepList &list, std::span<const Tensor> inputs,
                     CallMemory memory, CorePeaks &peaks,
                     const ProfileOptions &options) {
  Profile profile;
  MemoryUse use = list.memoryUse();
  memory.inputs = use.inputs;
  memory.outputs = use.outputs;
  memory.scratch = uint64_t(alignedBytes(list.scratchBytes()));
  memory.arena = use.arena - memory.scratch;
  profile.memory = memory;

  std::vector<Tensor> outputs;
  for (const TensorType &type : list.outputs)
    outputs.push_back(Tensor::zeros(type));
  BoundSteps steps(list, inputs, outputs);
  Rows rows(list, profile);
  // That leaves the caches to others, so a call comes to warm up.
  rows.measure(peaks);
  steps.run();

  Now now = options.now;
  double start = now();
  do {
    double from = now();
    steps.run();
    double took = now() - from;
    profile.callSeconds =
        profile.calls == 0 ? took : std::min(profile.callSeconds, took);
    ++profile.calls;
  } while (now() - start < options.seconds / 2);

  StepTimes times(now);
  start = now();
  do {
    steps.run(times);
    rows.merge(times.take());
  } while (now() - start < options.seconds / 2);

  rows.measure(peaks);
  rows.finish();
  std::sort(profile.rows.begin(), profile.rows.end(),
            [](const ProfileRow &a, const ProfileRow &b) {
              return std::tie(b.seconds, a.name) < std::tie(a.seconds, b.name);
            });
  return profile;
}

double Profile::seconds() const {
  double sum = 0;
  for (const ProfileRow &row : rows)
    sum += row.seconds;
  return sum;
}

} // namespace tactus
