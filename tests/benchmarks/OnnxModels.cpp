//===- OnnxModels.cpp - Our programs as ONNX Runtime's --------------------===//
#include "tests/benchmarks/GraphFile.h"
#include "tests/benchmarks/OnnxRuntime.h"
#include "tests/benchmarks/Peer.h"
#include <cstdlib>

namespace tactus::benchmarks {
namespace {

class OnnxProgram final : public Program {
public:
  OnnxProgram(const OnnxRuntime &runtime, const std::filesystem::path &model,
              int level, int threads, const Task &task)
      : y(Tensor::zeros(task.resultType)),
        session(runtime, model, level, threads, task.x, y) {}

  void run() override { session.run(); }
  const Tensor &result() const override { return y; }

private:
  Tensor y;
  OnnxSession session;
};

/// Writes the graph as JSON and as the ONNX model that a script makes of it, in
/// place of the one before: together they would take gigabytes.
std::filesystem::path writeModel(const Task &task,
                                 const std::filesystem::path &folder) {
  std::filesystem::path json = writeGraph(task.graph, "model", folder),
                        onnx = folder / "model.onnx";
  std::string command = std::string(TACTUS_PYTHON) + " '" +
                        TACTUS_GRAPH_TO_ONNX + "' '" + json.string() + "' '" +
                        onnx.string() + "'";
  if (std::system(command.c_str()) != 0)
    throw Error("expected this command to succeed: " + command);
  return onnx;
}

/// ONNX Runtime with its optimizer at one level. Levels share the library and
/// the model that was written last.
class OnnxLevel final : public Peer {
public:
  struct Shared {
    OnnxRuntime runtime;
    std::filesystem::path folder, model;
    std::string written;
    int threads;
  };

  OnnxLevel(std::shared_ptr<Shared> shared, int level)
      : shared(std::move(shared)), level(level) {}

  Library library() const override { return Library::OnnxRuntime; }
  std::string name() const override {
    return "ONNX Runtime (" + std::to_string(level) + ")";
  }
  std::string description() const override {
    return "ONNX Runtime " + shared->runtime.version() +
           ", optimizing at level " + std::to_string(level);
  }

  std::unique_ptr<Program> prepare(const Task &task) override {
    if (shared->written != task.workload.name) {
      shared->model = writeModel(task, shared->folder);
      shared->written = task.workload.name;
    }
    try {
      return std::make_unique<OnnxProgram>(shared->runtime, shared->model,
                                           level, shared->threads, task);
    } catch (const NotImplemented &) {
      return nullptr;
    }
  }

private:
  std::shared_ptr<Shared> shared;
  int level;
};

} // namespace

void addOnnxRuntime(Peers &peers, const Options &options) {
  auto shared = std::shared_ptr<OnnxLevel::Shared>(
      new OnnxLevel::Shared{OnnxRuntime(options.onnxRuntime),
                            options.models,
                            {},
                            {},
                            options.threads});
  for (int level : {0, 99})
    peers.push_back(std::make_unique<OnnxLevel>(shared, level));
}

} // namespace tactus::benchmarks
