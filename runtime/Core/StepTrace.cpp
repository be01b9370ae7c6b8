//===- StepTrace.cpp - A call as Chrome and Perfetto show it --------------===//
#include "runtime/Core/BoundSteps.h"
#include "runtime/Core/Profile.h"
#include "runtime/Support/TraceEvents.h"
#include <cmath>

namespace tactus {

namespace {

struct Slice {
  const Step *step;
  double start, end;
};

class StepSlices final : public StepObserver {
public:
  explicit StepSlices(Now now) : now(now) {}

  void begin(const Step &step) override {
    constexpr size_t most = 1'000'000;
    if (slices.size() == most)
      throw Error("expected a call of at most " + std::to_string(most) +
                  " steps to trace, but it takes more");
    open.push_back(slices.size());
    slices.push_back({&step, 0, 0});
    slices.back().start = now();
  }

  void end(const Step &) override {
    double time = now();
    slices[open.back()].end = time;
    open.pop_back();
  }

  /// As they began.
  std::vector<Slice> slices;

private:
  Now now;
  std::vector<size_t> open;
};

} // namespace

static std::string_view nameOf(const Step &step) {
  if (auto *kernel = std::get_if<KernelStep>(&step))
    return kernel->kernel;
  if (auto *loop = std::get_if<LoopStep>(&step))
    return loop->place.op.empty() ? "loop" : std::string_view(loop->place.op);
  return std::holds_alternative<IfStep>(step) ? "if" : "copy";
}

static std::string_view kindOf(const Step &step) {
  static constexpr std::string_view kinds[] = {"kernel", "copy", "if", "loop"};
  return kinds[step.index()];
}

static void writeDetails(json::Writer &writer, const Step &step) {
  if (auto *kernel = std::get_if<KernelStep>(&step)) {
    int64_t bytes = 0;
    for (int64_t moved : kernel->work.bytes)
      bytes += moved;
    writer.member("node", kernel->node)
        .member("ops", kernel->work.ops)
        .member("shape", kernel->work.shape)
        .member("flops", kernel->work.flops)
        .member("bytes", bytes);
  } else if (auto *copy = std::get_if<CopyStep>(&step)) {
    writer.member("bytes", copy->bytes);
  } else if (auto *loop = std::get_if<LoopStep>(&step)) {
    writer.member("node", loop->place.node);
  }
}

/// To whole nanoseconds, which is what clocks tell.
static double microseconds(double seconds) {
  return std::round(seconds * 1e9) / 1e3;
}

std::string traceSteps(const StepList &list, std::span<const Tensor> inputs,
                       std::string_view target, Now now) {
  std::vector<Tensor> outputs;
  for (const TensorType &type : list.outputs)
    outputs.push_back(Tensor::zeros(type));
  BoundSteps steps(list, inputs, outputs);
  steps.run();
  StepSlices seen(now);
  double start = now();
  steps.run(seen);

  TraceEvents events(target);
  events.nameTrack(0, "steps");
  for (const Slice &slice : seen.slices) {
    json::Writer &writer =
        events.beginSlice(nameOf(*slice.step), kindOf(*slice.step), 0,
                          microseconds(slice.start - start),
                          microseconds(slice.end - slice.start));
    writeDetails(writer, *slice.step);
    events.endEvent();
  }
  return events.take();
}

} // namespace tactus
