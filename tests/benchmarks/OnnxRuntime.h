//===- OnnxRuntime.h - ONNX Runtime, loaded where there is one --*- C++ -*-===//
//
// The library is named by the user when the program runs; nothing is linked and
// no header of it is needed. Its C interface is a table of function pointers
// that only grows, so the numbers of the slots hold for every version.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_TESTS_BENCHMARKS_ONNXRUNTIME_H
#define TACTUS_TESTS_BENCHMARKS_ONNXRUNTIME_H

#include "tactus/Tensor.h"
#include <filesystem>
#include <string>

namespace tactus::benchmarks {

/// The library has no kernel for an operator of a model.
class NotImplemented : public Error {
public:
  using Error::Error;
};

class OnnxRuntime {
public:
  /// Throws `Error` where the file is not ONNX Runtime's shared library.
  explicit OnnxRuntime(const std::filesystem::path &library);
  OnnxRuntime(const OnnxRuntime &) = delete;
  OnnxRuntime &operator=(const OnnxRuntime &) = delete;
  ~OnnxRuntime();

  const std::string &version() const { return version_; }

private:
  friend class OnnxSession;
  template <typename... Arguments>
  void call(int slot, Arguments... arguments) const;
  void release(int slot, void *object) const;

  void *const *api = nullptr;
  void *environment = nullptr;
  std::string version_;
};

/// A model with one input `x` and one output `y`, and buffers for both, which
/// must outlive it.
class OnnxSession {
public:
  /// Optimizes at `level` 0 (nothing) to 99 (everything).
  OnnxSession(const OnnxRuntime &runtime, const std::filesystem::path &model,
              int level, int threads, const Tensor &x, Tensor &y);
  OnnxSession(const OnnxSession &) = delete;
  OnnxSession &operator=(const OnnxSession &) = delete;
  ~OnnxSession();

  void run();

private:
  /// A value of the library that views a tensor's elements.
  void *viewOf(const Tensor &tensor) const;

  const OnnxRuntime &runtime;
  void *session = nullptr, *memory = nullptr, *x = nullptr, *y = nullptr;
};

} // namespace tactus::benchmarks

#endif // TACTUS_TESTS_BENCHMARKS_ONNXRUNTIME_H
