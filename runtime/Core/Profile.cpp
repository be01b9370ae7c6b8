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

  /// What was seen since it was last asked.
  std::unordered_map<const Step *, Sum> take() {
    return std::exchange(sums, {});
  }

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
  std::unordered_map<const Step *, Sum> sums;
};

/// From steps to rows.
class Rows {
public:
  Rows(const StepList &list, Profile &profile, CorePeaks &peaks)
      : profile(profile), peaks(peaks),
        touched(int64_t(list.memoryUse().total())) {
    add(list.steps);
  }

  /// Keeps the least of each row's times.
  void merge(const std::unordered_map<const Step *, StepTimes::Sum> &sums) {
    std::vector<StepTimes::Sum> rows(profile.rows.size());
    for (const auto &[step, sum] : sums) {
      StepTimes::Sum &row = rows[places.at(step).row];
      row.calls += sum.calls;
      row.seconds += sum.seconds;
    }
    for (size_t i = 0; i < rows.size(); ++i) {
      ProfileRow &row = profile.rows[i];
      row.seconds =
          isFirst ? rows[i].seconds : std::min(row.seconds, rows[i].seconds);
      row.calls = rows[i].calls;
    }
    if (isFirst)
      addWork(sums);
    isFirst = false;
  }

private:
  struct Place {
    size_t row = 0;
    double flops = 0, bytes = 0;
    double computeSeconds = 0, memorySeconds = 0;
  };

  void add(const std::vector<Step> &steps) {
    for (const Step &step : steps) {
      if (auto *kernel = std::get_if<KernelStep>(&step)) {
        places[&step] = placeOf(*kernel);
      } else if (auto *copy = std::get_if<CopyStep>(&step)) {
        places[&step] = placeOf(*copy);
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

  Place placeOf(const KernelStep &kernel) {
    const KernelWork &work = kernel.work;
    Place place{rowOf(kernel.kernel, work), double(work.flops)};
    if (work.flops)
      place.computeSeconds = double(work.flops) / peakOf(computedIn(work.type));
    int64_t near = 0, far = 0;
    size_t count = std::min(work.bytes.size(), kernel.buffers.size());
    for (size_t i = 0; i < count; ++i) {
      auto memory = kernel.buffers[i].memory;
      bool isFar = memory == BufferRef::Memory::Input ||
                   memory == BufferRef::Memory::Constant;
      (isFar ? far : near) += work.bytes[i];
    }
    place.bytes = double(near + far);
    place.memorySeconds = secondsOf(near, near + far) + secondsOf(far, touched);
    return place;
  }

  Place placeOf(const CopyStep &copy) {
    Place place{rowOf("(copies)", {})};
    place.bytes = 2 * double(copy.bytes);
    place.memorySeconds = secondsOf(2 * copy.bytes, 2 * copy.bytes);
    return place;
  }

  /// Peaks are of the widest vectors of floats: narrow floats are computed as
  /// f32, and integers are held against it too.
  static ElementType computedIn(ElementType type) {
    return type == ElementType::F64 ? type : ElementType::F32;
  }

  double peakOf(ElementType type) {
    auto [entry, isNew] = profile.operationsPerSecond.try_emplace(type);
    if (isNew)
      entry->second = peaks.operationsPerSecond(type);
    return entry->second;
  }

  double secondsOf(int64_t bytes, int64_t footprint) {
    if (bytes == 0)
      return 0;
    // Below, the loop that measures is not long enough; above, no cache is.
    constexpr int64_t least = int64_t(4) << 10, most = int64_t(256) << 20;
    footprint =
        int64_t(std::bit_floor(uint64_t(std::clamp(footprint, least, most))));
    auto [entry, isNew] = profile.bytesPerSecond.try_emplace(footprint);
    if (isNew)
      entry->second = peaks.bytesPerSecond(footprint);
    return double(bytes) / entry->second;
  }

  /// Every run does the same.
  void addWork(const std::unordered_map<const Step *, StepTimes::Sum> &sums) {
    std::vector<double> byCompute(profile.rows.size());
    for (const auto &[step, sum] : sums) {
      const Place &place = places.at(step);
      ProfileRow &row = profile.rows[place.row];
      double roof = std::max(place.computeSeconds, place.memorySeconds);
      row.flops += double(sum.calls) * place.flops;
      row.bytes += double(sum.calls) * place.bytes;
      row.roofSeconds += double(sum.calls) * roof;
      if (place.computeSeconds == roof)
        byCompute[place.row] += double(sum.calls) * roof;
    }
    for (size_t i = 0; i < byCompute.size(); ++i) {
      ProfileRow &row = profile.rows[i];
      if (row.roofSeconds > 0)
        row.bound = 2 * byCompute[i] > row.roofSeconds
                        ? ProfileRow::Bound::Compute
                        : ProfileRow::Bound::Memory;
    }
  }

  Profile &profile;
  CorePeaks &peaks;
  /// By a whole call.
  int64_t touched;
  bool isFirst = true;
  std::unordered_map<std::string, size_t> rowOfName;
  std::unordered_map<const Step *, Place> places;
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
  // Measures the peaks, which leaves the caches to others; then warms up.
  Rows rows(list, profile, peaks);
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
