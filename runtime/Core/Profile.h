//===- Profile.h - Where the time of a call goes ----------------*- C++ -*-===//
//
// Runs a step list again and again and says what each kernel takes, beside what
// the cores that it runs on could do at most.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_CORE_PROFILE_H
#define TACTUS_RUNTIME_CORE_PROFILE_H

#include "runtime/Core/StepList.h"
#include <map>
#include <span>

namespace tactus {

/// The most that one core does, measured each time that it is asked.
class CorePeaks {
public:
  virtual ~CorePeaks() = default;
  /// Operations a second in `type`; a multiply-add is two.
  virtual double operationsPerSecond(ElementType type) = 0;
  /// Bytes a second of reading `footprint` bytes, a power of two, again and
  /// again: the speed of the memory that holds so many.
  virtual double bytesPerSecond(int64_t footprint) = 0;
};

/// Seconds since some point in the past.
using Now = double (*)();
double steadySeconds();

/// What a call has in memory at once, in bytes.
struct CallMemory {
  /// Of the parameter store, which all calls share.
  uint64_t parameters = 0;
  /// Made of them, or of constants, at load: packed and folded weights.
  uint64_t prepared = 0;
  /// That stand in the program.
  uint64_t constants = 0;
  uint64_t inputs = 0, outputs = 0, arena = 0, scratch = 0;

  uint64_t total() const {
    return parameters + prepared + constants + inputs + outputs + arena +
           scratch;
  }
};

/// What one call does in one kernel, or in all steps that copy.
struct ProfileRow {
  enum class Bound { Nothing, Compute, Memory };

  /// `(copies)` for the steps that copy.
  std::string name;
  std::string ops, shape;
  /// In one call of the program, those in loops each time.
  int64_t calls = 0;
  /// All of these together, in the run where they took the least.
  double seconds = 0;
  double flops = 0, bytes = 0;
  /// What they take at least by the peaks, and which of them says so.
  double roofSeconds = 0;
  Bound bound = Bound::Nothing;
};

struct Profile {
  /// The one that takes most time first.
  std::vector<ProfileRow> rows;
  /// Of a whole call, without looking: the least of `calls`.
  double callSeconds = 0;
  int64_t calls = 0;
  CallMemory memory;
  /// The peaks that rows are held against.
  std::map<ElementType, double> operationsPerSecond;
  std::map<int64_t, double> bytesPerSecond;

  /// Of all rows.
  double seconds() const;
  /// A table, with a row a kernel.
  std::string str() const;
  std::string json() const;
};

struct ProfileOptions {
  /// How long to repeat calls, half with and half without looking; at least
  /// one of each.
  double seconds = 1;
  Now now = steadySeconds;
};

/// Profiles calls of `list` on these tensors, of its types. `memory` is what is
/// known of parameters and constants; the rest is filled in.
///
/// A kernel's roof is the time of its operations at the peak of their type, or
/// that of its bytes, whichever is longer. Bytes of the arena and of outputs
/// may move as fast as memory of the size of what the call of the kernel
/// touches; those of inputs and constants, which were used a whole call ago, as
/// fast as memory of the size of all that a call touches. Both are the power of
/// two below, so the roof is rather too high than too low. Peaks are measured
/// before the calls and after them, and the better one counts, since clocks and
/// what else the machine does change. What a clock takes to be read is
/// subtracted.
Profile profileSteps(const StepList &list, std::span<const Tensor> inputs,
                     CallMemory memory, CorePeaks &peaks,
                     const ProfileOptions &options = {});

/// One call of `list`, after one to warm up, as JSON for Perfetto: a slice a
/// step, inside that of the loop or choice that runs it. Throws `Error` where
/// it takes more than a million steps.
std::string traceSteps(const StepList &list, std::span<const Tensor> inputs,
                       std::string_view target, Now now = steadySeconds);

} // namespace tactus

#endif // TACTUS_RUNTIME_CORE_PROFILE_H
