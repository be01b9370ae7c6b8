//===- Target.h - What programs are compiled for ----------------*- C++ -*-===//
#ifndef TACTUS_TARGET_H
#define TACTUS_TARGET_H

#include <memory>
#include <string>
#include <string_view>

namespace tactus {

/// What a graph is compiled for: the interpreter, a processor, or a simulated
/// systolic array. Immutable; copies share one description.
class Target {
public:
  enum class Kind { Interpreter, Cpu, Systolic };

  // Moving copies, so that a target that was moved from is still one.
  Target(const Target &) = default;
  Target &operator=(const Target &) = default;

  /// Reads one of
  ///   `interpreter`
  ///   `cpu`, this machine's processor; `cpu:x86-64-v2`, `-v3`, `-v4`;
  ///   `cpu:FILE.json`
  ///   `systolic:tpu-v1`, `systolic:gemmini`, `systolic:edge`,
  ///   `systolic:tpu-v2`, `systolic:FILE.json`
  /// Throws `Error` where the name is none of these or the file is not a valid
  /// description.
  static Target parse(std::string_view name);

  Kind kind() const;
  /// The name it was made from.
  const std::string &name() const;

  struct Impl;
  const Impl &description() const { return *impl; }

private:
  explicit Target(std::shared_ptr<const Impl> impl) : impl(std::move(impl)) {}

  std::shared_ptr<const Impl> impl;
};

} // namespace tactus

#endif // TACTUS_TARGET_H
