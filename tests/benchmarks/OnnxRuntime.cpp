//===- OnnxRuntime.cpp - ONNX Runtime, loaded where there is one ----------===//
#include "tests/benchmarks/OnnxRuntime.h"
#include <dlfcn.h>

namespace tactus::benchmarks {

/// Slots of the table, and the version of the interface that has them all.
enum Slot {
  GetErrorCode = 1,
  GetErrorMessage = 2,
  CreateEnvironment = 3,
  CreateSession = 7,
  RunSession = 9,
  CreateSessionOptions = 10,
  SetOptimizationLevel = 23,
  SetIntraOpThreads = 24,
  SetInterOpThreads = 25,
  CreateTensorWithData = 49,
  CreateCpuMemoryInfo = 69,
  ReleaseEnvironment = 92,
  ReleaseStatus = 93,
  ReleaseMemoryInfo = 94,
  ReleaseSession = 95,
  ReleaseValue = 96,
  ReleaseSessionOptions = 100,
};
static constexpr uint32_t interfaceVersion = 18;
static constexpr int errorsOnly = 3, notImplemented = 9;

/// The number that ONNX gives to a type.
static int numberOf(ElementType type) {
  switch (type) {
  case ElementType::F32:
    return 1;
  case ElementType::U8:
    return 2;
  case ElementType::I8:
    return 3;
  case ElementType::I32:
    return 6;
  case ElementType::F16:
    return 10;
  case ElementType::BF16:
    return 16;
  default:
    throw Error("expected an element type that is compared, but got " +
                std::string(toString(type)));
  }
}

template <typename... Arguments>
void OnnxRuntime::call(int slot, Arguments... arguments) const {
  auto function = reinterpret_cast<void *(*)(Arguments...)>(api[slot]);
  void *status = function(arguments...);
  if (!status)
    return;
  auto message =
      reinterpret_cast<const char *(*)(void *)>(api[GetErrorMessage]);
  auto code = reinterpret_cast<int (*)(void *)>(api[GetErrorCode])(status);
  std::string text = message(status);
  release(ReleaseStatus, status);
  if (code == notImplemented)
    throw NotImplemented("ONNX Runtime: " + text);
  throw Error("ONNX Runtime: " + text);
}

void OnnxRuntime::release(int slot, void *object) const {
  if (object)
    reinterpret_cast<void (*)(void *)>(api[slot])(object);
}

OnnxRuntime::OnnxRuntime(const std::filesystem::path &library) {
  // Never closed: its threads may outlive the last session.
  void *handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!handle)
    throw Error("expected ONNX Runtime's shared library, but got " +
                std::string(dlerror()));
  struct Base {
    void *const *(*api)(uint32_t version);
    const char *(*version)();
  };
  auto base =
      reinterpret_cast<const Base *(*)()>(dlsym(handle, "OrtGetApiBase"));
  if (!base)
    throw Error("expected ONNX Runtime's shared library, but '" +
                library.string() + "' has no OrtGetApiBase");
  version_ = base()->version();
  api = base()->api(interfaceVersion);
  if (!api)
    throw Error("expected ONNX Runtime with interface 18 or later, but got " +
                version_);
  call(CreateEnvironment, errorsOnly, "tactus", &environment);
}

OnnxRuntime::~OnnxRuntime() {
  release(ReleaseEnvironment, environment);
}

OnnxSession::OnnxSession(const OnnxRuntime &runtime,
                         const std::filesystem::path &model, int level,
                         int threads, const Tensor &input, Tensor &output)
    : runtime(runtime) {
  void *options = nullptr;
  runtime.call(CreateSessionOptions, &options);
  runtime.call(SetIntraOpThreads, options, threads);
  runtime.call(SetInterOpThreads, options, 1);
  runtime.call(SetOptimizationLevel, options, level);
  runtime.call(CreateSession, runtime.environment, model.c_str(), options,
               &session);
  runtime.release(ReleaseSessionOptions, options);
  runtime.call(CreateCpuMemoryInfo, 0, 0, &memory);
  x = viewOf(input);
  y = viewOf(output);
}

OnnxSession::~OnnxSession() {
  runtime.release(ReleaseValue, x);
  runtime.release(ReleaseValue, y);
  runtime.release(ReleaseMemoryInfo, memory);
  runtime.release(ReleaseSession, session);
}

void *OnnxSession::viewOf(const Tensor &tensor) const {
  void *value = nullptr;
  runtime.call(CreateTensorWithData, memory,
               const_cast<void *>(tensor.rawData()), size_t(tensor.byteSize()),
               tensor.shape().data(), tensor.shape().size(),
               numberOf(tensor.elementType()), &value);
  return value;
}

void OnnxSession::run() {
  const char *inputNames[] = {"x"}, *outputNames[] = {"y"};
  void *inputs[] = {x}, *outputs[] = {y};
  runtime.call(RunSession, session, nullptr, &inputNames[0], &inputs[0],
               size_t(1), &outputNames[0], size_t(1), &outputs[0]);
}

} // namespace tactus::benchmarks
