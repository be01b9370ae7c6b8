//===- Executable.h - Compiled programs -------------------------*- C++ -*-===//
#ifndef TACTUS_EXECUTABLE_H
#define TACTUS_EXECUTABLE_H

#include "tactus/Tensor.h"
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tactus {

/// A named input or output of a program.
struct Port {
  std::string name;
  TensorType type;
};

/// Buffers bound to an executable once, then run any number of times without
/// allocation. One thread at a time uses a Call; many Calls may run at once.
class Call {
public:
  struct Impl;
  explicit Call(std::unique_ptr<Impl> impl);
  Call(Call &&) noexcept;
  Call &operator=(Call &&) noexcept;
  ~Call();

  /// Binds a buffer. Throws where there is no such port or the type does not
  /// fit.
  void input(std::string_view name, const Tensor &tensor);
  void output(std::string_view name, Tensor tensor);
  /// Throws where a port is unbound, or from the status of a kernel.
  void run();

private:
  std::unique_ptr<Impl> impl;
};

/// A compiled program: immutable, cheap to copy, used from any number of
/// threads at once.
class Executable {
public:
  struct Impl;
  explicit Executable(std::shared_ptr<const Impl> impl);

  const std::vector<Port> &inputs() const;
  const std::vector<Port> &outputs() const;
  /// Runs on `inputs`, all of them and nothing else. Throws `Error`.
  std::map<std::string, Tensor>
  run(const std::map<std::string, Tensor> &inputs) const;
  Call bind() const;
  const Impl &implementation() const { return *impl; }

private:
  std::shared_ptr<const Impl> impl;
};

} // namespace tactus

#endif // TACTUS_EXECUTABLE_H
