//===- OneDnn.cpp - Programs of oneDNN ------------------------------------===//
//
// Weights are in the layout that a primitive asks for before anything is timed;
// bias and activation are part of the primitive. Products are made by both
// primitives that oneDNN has for them, since now one, now the other is faster.
//
//===----------------------------------------------------------------------===//
#include "tests/benchmarks/Peer.h"
#include <dlfcn.h>
#include <oneapi/dnnl/dnnl.hpp>

namespace tactus::benchmarks {
namespace {

using dnnl::algorithm;
using dnnl::memory;
using dnnl::prop_kind;

memory::data_type typeOf(ElementType type) {
  switch (type) {
  case ElementType::F32:
    return memory::data_type::f32;
  case ElementType::F16:
    return memory::data_type::f16;
  case ElementType::BF16:
    return memory::data_type::bf16;
  case ElementType::I8:
    return memory::data_type::s8;
  case ElementType::U8:
    return memory::data_type::u8;
  case ElementType::I32:
    return memory::data_type::s32;
  default:
    throw Error("expected an element type of oneDNN's, but got " +
                std::string(toString(type)));
  }
}

/// Row-major.
memory::desc plain(ElementType type, const memory::dims &shape) {
  return {shape, typeOf(type),
          shape.size() == 1 ? memory::format_tag::a : memory::format_tag::ab};
}

struct Eltwise {
  algorithm kind;
  float alpha = 0, beta = 0;
};

Eltwise eltwiseOf(Activation activation) {
  switch (activation) {
  case Activation::Gelu:
    return {algorithm::eltwise_gelu_erf};
  case Activation::GeluTanh:
    return {algorithm::eltwise_gelu_tanh};
  case Activation::Sigmoid:
    return {algorithm::eltwise_logistic};
  case Activation::Tanh:
    return {algorithm::eltwise_tanh};
  case Activation::Silu:
    return {algorithm::eltwise_swish, 1};
  case Activation::Relu:
  case Activation::None:
    break;
  }
  return {algorithm::eltwise_relu};
}

enum class Form { Matmul, InnerProduct };

class OneDnnProgram final : public Program {
public:
  OneDnnProgram(const dnnl::engine &engine, Form form, const Task &task)
      : engine(engine), stream(engine), x(task.x),
        y(Tensor::zeros(task.resultType)) {
    const Workload &workload = task.workload;
    switch (workload.kind) {
    case Workload::Kind::Layers:
      addLayers(form, task);
      break;
    case Workload::Kind::Softmax:
      addSoftmax();
      break;
    case Workload::Kind::LayerNorm:
      addLayerNorm(task.parameters);
      break;
    case Workload::Kind::Activation:
      addActivation(eltwiseOf(workload.activation));
      break;
    case Workload::Kind::Chain:
      addChain();
      break;
    case Workload::Kind::Encoder:
      throw Error("expected a program that oneDNN has");
    }
    stream.wait();
  }

  void run() override {
    for (Step &step : steps)
      step.primitive.execute(stream, step.arguments);
    stream.wait();
  }

  const Tensor &result() const override { return y; }

private:
  struct Step {
    dnnl::primitive primitive;
    std::unordered_map<int, memory> arguments;
  };

  memory view(const Tensor &tensor, const memory::desc &type) {
    return {type, engine, const_cast<void *>(tensor.rawData())};
  }
  memory view(const Tensor &tensor) {
    return view(tensor, plain(tensor.elementType(), tensor.shape()));
  }

  /// In the layout that is asked for.
  memory pack(memory from, const memory::desc &type) {
    if (from.get_desc() == type)
      return from;
    memory to(type, engine);
    dnnl::reorder(from, to).execute(stream, from, to);
    stream.wait();
    return to;
  }

  void addLayers(Form form, const Task &task) {
    memory from = view(x);
    const auto &layers = task.workload.layers;
    for (size_t i = 0; i < layers.size(); ++i) {
      bool isLast = i + 1 == layers.size();
      memory::dims shape{x.shape()[0], layers[i].out};
      memory to =
          isLast ? view(y)
                 : memory(plain(task.resultType.elementType, shape), engine);
      std::string number = std::to_string(i);
      Tensor weights = task.parameters.get("w" + number);
      std::optional<Tensor> bias;
      if (layers[i].hasBias)
        kept.push_back(*(bias = task.parameters.get("b" + number)));
      dnnl::primitive_attr attributes;
      if (layers[i].activation != Activation::None) {
        Eltwise eltwise = eltwiseOf(layers[i].activation);
        dnnl::post_ops operations;
        operations.append_eltwise(1, eltwise.kind, eltwise.alpha, eltwise.beta);
        attributes.set_post_ops(operations);
      }
      if (form == Form::Matmul)
        addMatmul(from, weights, bias, to, attributes);
      else
        addInnerProduct(from, weights, bias, to, attributes);
      from = to;
    }
    kept.push_back(x);
  }

  void addMatmul(const memory &from, const Tensor &weights,
                 const std::optional<Tensor> &bias, const memory &to,
                 const dnnl::primitive_attr &attributes) {
    memory::desc any(weights.shape(), typeOf(weights.elementType()),
                     memory::format_tag::any);
    memory::desc biasType;
    if (bias)
      biasType = plain(ElementType::F32, {1, bias->shape()[0]});
    auto description =
        bias ? dnnl::matmul::desc(from.get_desc(), any, biasType, to.get_desc())
             : dnnl::matmul::desc(from.get_desc(), any, to.get_desc());
    dnnl::matmul::primitive_desc chosen(description, attributes, engine);
    Step step{dnnl::matmul(chosen),
              {{DNNL_ARG_SRC, from},
               {DNNL_ARG_WEIGHTS, pack(view(weights), chosen.weights_desc())},
               {DNNL_ARG_DST, to}}};
    if (bias)
      step.arguments.emplace(DNNL_ARG_BIAS, view(*bias, biasType));
    steps.push_back(std::move(step));
    kept.push_back(weights);
  }

  void addInnerProduct(const memory &from, const Tensor &weights,
                       const std::optional<Tensor> &bias, const memory &to,
                       const dnnl::primitive_attr &attributes) {
    using Product = dnnl::inner_product_forward;
    // Its weights are [out, in]; ours are those transposed.
    memory::dims shape{weights.shape()[1], weights.shape()[0]};
    memory::data_type type = typeOf(weights.elementType());
    memory::desc any(shape, type, memory::format_tag::any),
        ours(shape, type, memory::format_tag::ba);
    constexpr prop_kind kind = prop_kind::forward_inference;
    auto description =
        bias ? Product::desc(kind, from.get_desc(), any,
                             plain(ElementType::F32, bias->shape()),
                             to.get_desc())
             : Product::desc(kind, from.get_desc(), any, to.get_desc());
    Product::primitive_desc chosen(description, attributes, engine);
    Step step{
        Product(chosen),
        {{DNNL_ARG_SRC, from},
         {DNNL_ARG_WEIGHTS, pack(view(weights, ours), chosen.weights_desc())},
         {DNNL_ARG_DST, to}}};
    if (bias)
      step.arguments.emplace(DNNL_ARG_BIAS, view(*bias));
    steps.push_back(std::move(step));
    kept.push_back(weights);
  }

  void addSoftmax() {
    using Softmax = dnnl::softmax_forward;
    memory from = view(x);
    Softmax::primitive_desc chosen(
        {prop_kind::forward_inference, from.get_desc(), int(x.rank()) - 1},
        engine);
    steps.push_back(
        {Softmax(chosen), {{DNNL_ARG_SRC, from}, {DNNL_ARG_DST, view(y)}}});
  }

  void addLayerNorm(const ParameterStore &parameters) {
    using Norm = dnnl::layer_normalization_forward;
    memory from = view(x);
    using Flags = dnnl::normalization_flags;
    Norm::primitive_desc chosen({prop_kind::forward_inference, from.get_desc(),
                                 1e-5f, Flags::use_scale | Flags::use_shift},
                                engine);
    kept = {parameters.get("scale"), parameters.get("bias")};
    steps.push_back({Norm(chosen),
                     {{DNNL_ARG_SRC, from},
                      {DNNL_ARG_SCALE, view(kept[0])},
                      {DNNL_ARG_SHIFT, view(kept[1])},
                      {DNNL_ARG_DST, view(y)}}});
  }

  void addActivation(const Eltwise &eltwise) {
    memory from = view(x);
    dnnl::eltwise_forward::primitive_desc chosen({prop_kind::forward_inference,
                                                  eltwise.kind, from.get_desc(),
                                                  eltwise.alpha, eltwise.beta},
                                                 engine);
    steps.push_back({dnnl::eltwise_forward(chosen),
                     {{DNNL_ARG_SRC, from}, {DNNL_ARG_DST, view(y)}}});
  }

  /// One primitive: x * 1.5, and what follows rides on it.
  void addChain() {
    memory from = view(x);
    kept = {Tensor::fromVector<float>({1}, {1.5f}),
            Tensor::fromVector<float>({1}, {-0.5f})};
    memory factor = view(kept[0]), summand = view(kept[1]);
    dnnl::post_ops operations;
    operations.append_eltwise(1, algorithm::eltwise_linear, 1, 0.25f);
    operations.append_eltwise(1, algorithm::eltwise_logistic, 0, 0);
    operations.append_binary(algorithm::binary_mul, from.get_desc());
    // A second eltwise_linear would get the constants of the first.
    operations.append_binary(algorithm::binary_add, summand.get_desc());
    operations.append_eltwise(1, algorithm::eltwise_tanh, 0, 0);
    dnnl::primitive_attr attributes;
    attributes.set_post_ops(operations);
    dnnl::binary::primitive_desc chosen({algorithm::binary_mul, from.get_desc(),
                                         factor.get_desc(), view(y).get_desc()},
                                        attributes, engine);
    steps.push_back(
        {dnnl::binary(chosen),
         {{DNNL_ARG_SRC_0, from},
          {DNNL_ARG_SRC_1, factor},
          {DNNL_ARG_ATTR_MULTIPLE_POST_OP(2) | DNNL_ARG_SRC_1, from},
          {DNNL_ARG_ATTR_MULTIPLE_POST_OP(3) | DNNL_ARG_SRC_1, summand},
          {DNNL_ARG_DST, view(y)}}});
  }

  dnnl::engine engine;
  dnnl::stream stream;
  Tensor x, y;
  /// What the steps view.
  std::vector<Tensor> kept;
  std::vector<Step> steps;
};

class OneDnn final : public Peer {
public:
  explicit OneDnn(Form form) : form(form), engine(dnnl::engine::kind::cpu, 0) {}

  Library library() const override { return Library::OneDnn; }

  std::string name() const override {
    return form == Form::Matmul ? "oneDNN" : "oneDNN inner product";
  }

  std::string description() const override {
    const dnnl::version_t *version = dnnl::version();
    return name() + " " + std::to_string(version->major) + "." +
           std::to_string(version->minor) + "." +
           std::to_string(version->patch);
  }

  std::unique_ptr<Program> prepare(const Task &task) override {
    bool isProduct = task.workload.kind == Workload::Kind::Layers;
    if (task.workload.kind == Workload::Kind::Encoder ||
        (form == Form::InnerProduct && !isProduct))
      return nullptr;
    try {
      return std::make_unique<OneDnnProgram>(engine, form, task);
    } catch (const dnnl::error &error) {
      if (error.status == dnnl_unimplemented)
        return nullptr;
      throw Error(name() + ": " + error.what());
    }
  }

private:
  Form form;
  dnnl::engine engine;
};

} // namespace

void addOneDnn(Peers &peers, const Options &options) {
  // oneDNN takes its threads from OpenMP, which it brings along.
  auto *setThreads = reinterpret_cast<void (*)(int)>(
      dlsym(RTLD_DEFAULT, "omp_set_num_threads"));
  if (!setThreads)
    throw Error("expected oneDNN to use OpenMP, but got a library without "
                "omp_set_num_threads");
  setThreads(options.threads);
  peers.push_back(std::make_unique<OneDnn>(Form::Matmul));
  peers.push_back(std::make_unique<OneDnn>(Form::InnerProduct));
}

} // namespace tactus::benchmarks
