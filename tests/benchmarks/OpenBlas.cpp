//===- OpenBlas.cpp - Products of OpenBLAS --------------------------------===//
#include "tests/benchmarks/Peer.h"
#include <cblas.h>

namespace tactus::benchmarks {
namespace {

class OpenBlasProduct final : public Program {
public:
  OpenBlasProduct(const Task &task)
      : x(task.x), w(task.parameters.get("w0")),
        y(Tensor::zeros(task.resultType)), m(blasint(x.shape()[0])),
        k(blasint(x.shape()[1])), n(blasint(w.shape()[1])) {}

  void run() override {
    const float *a = x.data<float>().data(), *b = w.data<float>().data();
    float *c = y.mutableData<float>().data();
    if (m == 1)
      cblas_sgemv(CblasRowMajor, CblasTrans, k, n, 1, b, n, a, 1, 0, c, 1);
    else if (n == 1)
      cblas_sgemv(CblasRowMajor, CblasNoTrans, m, k, 1, a, k, b, 1, 0, c, 1);
    else
      cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, k,
                  b, n, 0, c, n);
  }

  const Tensor &result() const override { return y; }

private:
  Tensor x, w, y;
  blasint m, k, n;
};

class OpenBlas final : public Peer {
public:
  explicit OpenBlas(int threads) { openblas_set_num_threads(threads); }

  Library library() const override { return Library::OpenBlas; }
  std::string name() const override { return "OpenBLAS"; }
  std::string description() const override { return openblas_get_config(); }

  std::unique_ptr<Program> prepare(const Task &task) override {
    const Workload &workload = task.workload;
    bool isPlain = workload.kind == Workload::Kind::Layers &&
                   workload.layers.size() == 1 &&
                   !workload.layers.front().hasBias &&
                   workload.input.elementType == ElementType::F32;
    return isPlain ? std::make_unique<OpenBlasProduct>(task) : nullptr;
  }
};

} // namespace

void addOpenBlas(Peers &peers, const Options &options) {
  peers.push_back(std::make_unique<OpenBlas>(options.threads));
}

} // namespace tactus::benchmarks
