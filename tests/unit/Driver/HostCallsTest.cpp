//===- HostCallsTest.cpp - What machines leave to the host ----------------===//
#include "compiler/Driver/HostKernels.h"
#include "compiler/Driver/LegalizedProgram.h"
#include "compiler/Driver/SystolicExecutable.h"
#include "compiler/Graph/GraphAccess.h"
#include "docs/examples/Classifier.h"
#include "docs/examples/EncoderLayer.h"
#include "runtime/Systolic/ProgramFile.h"
#include "tactus/tactus.h"
#include "tests/unit/Support/ExpectError.h"

using namespace tactus;

namespace {

const Target &tpu() {
  static const Target target = Target::parse("systolic:tpu-v2");
  return target;
}

using Inputs = std::map<std::string, Tensor>;

/// The machine's program, whose results are those of the interpreter on the
/// legalized module, bit for bit.
systolic::Program expectBits(const Graph &graph, const Inputs &inputs) {
  Program program = programOf(graph);
  auto machine = systolic::findMachinePreset("tpu-v2");
  Inputs expected = compileProgram(legalizedProgram(program, *machine),
                                   Target::parse("interpreter"))
                        .run(inputs);
  Executable compiled = compileProgram(program, tpu());
  for (const auto &[name, tensor] : compiled.run(inputs))
    EXPECT_TRUE(tensor.bitwiseEquals(expected.at(name))) << name;
  return systolicProgram(compiled).simulatorFor(inputs)->program();
}

std::vector<std::string> kernelsOf(const systolic::Program &program) {
  std::vector<std::string> names;
  for (const systolic::HostFunction &function : program.hostFunctions)
    names.push_back(function.name);
  return names;
}

TEST(HostCallsTest, StandBetweenLayersOfTheMachine) {
  Graph g("mixed");
  Value x = g.input("x", f32({6, 8})), w = g.input("w", f32({8, 8}));
  Value rows = g.input("rows", i64({4}));
  Value p = matmul(x, w);
  Value q = matmul(floor(p), w);
  Value picked = gather(q, rows);
  Value y = select(less(picked, 0), sin(picked), sort(picked).values);
  g.output("y", relu(y));
  g.output("best", argmax(picked));
  g.output("n", cast(picked, ElementType::I32) + 3);
  Inputs inputs = {{"x", Tensor::random(f32({6, 8}), Seed(1))},
                   {"w", Tensor::random(f32({8, 8}), Seed(2))},
                   {"rows", Tensor::fromVector<int64_t>({4}, {5, -6, 2, 2})}};
  systolic::Program program = expectBits(g, inputs);
  EXPECT_FALSE(program.hostFunctions.empty());
  int64_t products = 0;
  for (const systolic::Instruction &instruction : program.instructions)
    products += instruction.opcode() == systolic::Opcode::Matmul;
  EXPECT_EQ(products, 2);
}

TEST(HostCallsTest, GiveEachResultThatIsUsed) {
  Graph g("top");
  Value x = g.input("x", f32({5, 7}));
  Ordered both = topK(x, 3), first = topK(x, 2, 0);
  g.output("values", both.values);
  g.output("indices", both.indices);
  g.output("first", first.indices);
  Inputs inputs = {{"x", Tensor::random(f32({5, 7}), Seed(1))}};
  EXPECT_EQ(kernelsOf(expectBits(g, inputs)).size(), 3u);
}

TEST(HostCallsTest, TakeWhatIsNoWholeTensor) {
  Graph g("views");
  Value x = g.input("x", f32({6, 4}));
  // A column that begins in the middle, and a result that is wanted turned.
  Value part = slice(transpose(x, {1, 0}), {1, 2}, {3, 6});
  g.output("y", transpose(sin(part), {1, 0}) + 1);
  g.output("z", reshape(cos(slice(x, {2, 0}, {5, 4})), {12}));
  // Backward, for the host and for the machine.
  g.output("u", sin(reverse(x, {0})));
  g.output("v", exp(reverse(x, {0, 1})));
  g.output("w", reverse(exp(x), {0}));
  g.output("s", exp(slice(x, {0, 0}, {6, 4}, {0, 1}, {2, 3})));
  expectBits(g, {{"x", Tensor::random(f32({6, 4}), Seed(1))}});
}

TEST(HostCallsTest, TakeEveryElementType) {
  for (ElementType type :
       {ElementType::F32, ElementType::F64, ElementType::F16, ElementType::BF16,
        ElementType::I8, ElementType::U8, ElementType::I16, ElementType::I32,
        ElementType::I64}) {
    SCOPED_TRACE(std::string(toString(type)));
    TensorType tensor{type, {3, 5}};
    Graph g("types");
    Value x = g.input("x", tensor);
    g.output("y", sort(transpose(x + x, {1, 0})).values);
    g.output("turned", transpose(x, {1, 0}));
    g.output("same", equal(x, x));
    // From one element, from a column and from a row.
    g.output("one", broadcast(slice(x, {1, 2}, {2, 3}), {3, 4}));
    g.output("column", broadcast(slice(x, {0, 2}, {3, 3}), {3, 4}));
    g.output("row", broadcast(slice(x, {1, 0}, {2, 5}), {4, 5}));
    expectBits(g, {{"x", Tensor::random(tensor, Seed(1))}});
  }
}

/// What the host runs of a graph of one input.
std::vector<std::string> kernelsOf(const Graph &graph, const Target &target,
                                   const Tensor &x,
                                   const CompileOptions &options = {}) {
  Executable compiled = compile(graph, target, options);
  return kernelsOf(
      systolicProgram(compiled).simulatorFor(Inputs{{"x", x}})->program());
}

TEST(HostCallsTest, AreNoneInTheClassifier) {
  ParameterStore weights = examples::classifierWeights();
  Tensor x = Tensor::random(f32({32, 784}), Seed(1));
  CompileOptions options;
  options.calibration.samples = {{{"x", x}}};
  for (auto output : {examples::ClassifierOutput::Probabilities,
                      examples::ClassifierOutput::Logits}) {
    Graph graph = examples::classifier(weights, 32, output);
    EXPECT_EQ(kernelsOf(graph, tpu(), x), std::vector<std::string>());
    for (const char *target : {"systolic:tpu-v1", "systolic:edge"})
      EXPECT_EQ(kernelsOf(graph, Target::parse(target), x, options),
                std::vector<std::string>());
  }
}

TEST(HostCallsTest, AreNoneInTheEncoderLayer) {
  examples::EncoderSizes sizes;
  Graph graph =
      examples::encoderLayer(sizes, examples::encoderWeights(sizes, Seed(1)));
  Tensor x = Tensor::zeros(f32({sizes.sequence, sizes.hidden}));
  EXPECT_EQ(kernelsOf(graph, tpu(), x), std::vector<std::string>());
}

TEST(HostCallsTest, NameTheLayerWhoseIndexIsOutOfRange) {
  Graph g("picks");
  Value x = g.input("x", f32({3, 2})), i = g.input("i", i64({2}));
  g.output("y", gather(x, i).named("picked"));
  Executable compiled = compile(g, tpu());
  EXPECT_ERROR(
      compiled.run({{"x", Tensor::zeros(f32({3, 2}))},
                    {"i", Tensor::fromVector<int64_t>({2}, {0, 7})}}),
      "'picked' (host_call): instruction 0: 'gather' on the host: expected an "
      "index from -3 to 2, but got 7");
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

systolic::Program sorting() {
  Graph g("sorting");
  g.output("y", sort(g.input("x", f32({2, 3}))).values);
  return systolicProgram(compile(g, tpu()))
      .simulatorFor(std::vector<TensorType>{f32({2, 3})})
      ->program();
}

/// What a run of the program says whose only host function has this text.
std::string errorWith(const std::string &text) {
  systolic::Program program = sorting();
  program.hostFunctions[0].text = text;
  return test::errorOf([&] {
    SystolicExecutable(program, {}).run({Tensor::zeros(f32({2, 3}))});
  });
}

TEST(HostCallsTest, RunFromFiles) {
  std::string bytes = systolic::serialize(sorting());
  systolic::Program program = systolic::deserialize(
      {reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()}, "s.sys");
  Tensor x = Tensor::fromVector<float>({2, 3}, {3, -1, 2, 0, 5, 4});
  EXPECT_TRUE(SystolicExecutable(program, {})
                  .run({x})[0]
                  .bitwiseEquals(
                      Tensor::fromVector<float>({2, 3}, {-1, 2, 3, 0, 4, 5})));
}

TEST(HostCallsTest, RefuseTextsOfFilesThatAreNoKernel) {
  std::string type = "tensor<2x3xf32>";
  auto function = [&](const std::string &body) {
    return "func.func @main(%x: " + type + ") -> " + type + " {\n" + body +
           "\n}\n";
  };
  std::string sort = "'y' (host_call): instruction 0: 'sort' on the host: ";
  EXPECT_EQ(errorWith(""), sort + "expected a function @main, but got none");
  EXPECT_EQ(errorWith(function("  return %x : " + type) +
                      "func.func @f() { return }"),
            sort + "expected a host function of @main alone, but got more");
  EXPECT_EQ(errorWith("func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> { "
                      "return %x : tensor<2xf32> }"),
            sort + "expected a host function on f32[2,3], but got f32[2]");
  EXPECT_EQ(errorWith(function("  %y = tactus.parameter @w : " + type +
                               "\n  return %y : " + type)),
            sort + "expected the module's attribute tactus.parameters to name "
                   "the file of parameter 'w'");
  EXPECT_TRUE(errorWith(std::string(100, '(')).starts_with(sort + "expected "))
      << errorWith(std::string(100, '('));
  EXPECT_EQ(
      errorWith(function("  %c = tactus.constant dense<true> : tensor<i1>\n"
                         "  %y = tactus.if %c : (tensor<i1>) -> " +
                         type +
                         " then {\n"
                         "    tactus.yield %x : " +
                         type +
                         "\n  } else {\n"
                         "    tactus.yield %x : " +
                         type + "\n  }\n  return %y : " + type)),
      sort + "expected a host function of one kernel, but got 'tactus.if'");
}

} // namespace
