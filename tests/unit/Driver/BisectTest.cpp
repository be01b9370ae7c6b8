//===- BisectTest.cpp - Faults that bisect must find ----------------------===//
#include "compiler/Bisect/Bisect.h"
#include "compiler/Graph/GraphAccess.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "tactus/tactus.h"
#include "tests/differential/Faults.h"
#include <gtest/gtest.h>

using namespace tactus;

namespace {

using namespace tactus::differential;
using Tensors = std::map<std::string, Tensor>;

/// Three kernels and more: matrices, what rides on them, rows, reductions.
Program network() {
  Graph g;
  ParameterStore store;
  store.set("w", Tensor::random(f32({70, 70}), Seed(1)));
  store.set("b", Tensor::random(f32({70}), Seed(2)));
  Value x = g.input("x", f32({6, 70}));
  Value weights = g.parameter("w", store);
  Value hidden =
      tanh((matmul(x, weights).named("first") + g.parameter("b", store))
               .named("shifted"))
          .named("bent");
  Value second = (matmul(hidden, weights).named("second") * x).named("scaled");
  Value rows = softmax(second).named("rows");
  Value largest =
      max(silu(second).named("grown"), {-1}, KeepDims::Yes).named("largest");
  Value ratio = (rows / largest).named("ratio");
  Value kept = maximum(ratio, rows - ratio).named("kept");
  g.output("y", sigmoid(kept).named("y"));
  g.output("sums", sum(relu(second).named("cut"), {0}).named("sums"));
  return programOf(g);
}

Tensors inputs() {
  return {{"x", Tensor::random(f32({6, 70}), Seed(3))}};
}

struct Fault {
  const char *name;
  /// After which level it is put in.
  const char *phase;
  bool (*apply)(mlir::ModuleOp module);
  /// The node that is then wrong; empty for faults of code, which bisect must
  /// find in the kernel that was changed.
  const char *node = "";
};

void PrintTo(const Fault &fault, std::ostream *os) {
  *os << fault.name;
}

/// Where faults of code were put in.
std::string changedFunction;

/// Notes the function around what `apply` changes, by what differs.
bool applyTo(mlir::ModuleOp module, bool (*apply)(mlir::ModuleOp)) {
  auto textOf = [](mlir::Operation *op) {
    std::string text;
    llvm::raw_string_ostream os(text);
    op->print(os);
    return text;
  };
  std::vector<std::string> before;
  for (mlir::Operation &op : *module.getBody())
    before.push_back(textOf(&op));
  if (!apply(module))
    return false;
  size_t i = 0;
  for (mlir::Operation &op : *module.getBody())
    if (textOf(&op) != before[i++])
      changedFunction = mlir::SymbolTable::getSymbolName(&op).str();
  return true;
}

const Fault faults[] = {
    {"AddToSub", "specialized", exchange<ir::AddOp, ir::SubOp>, "shifted"},
    {"TanhToSigmoid", "specialized", exchange<ir::TanhOp, ir::SigmoidOp>,
     "bent"},
    {"MulToAdd", "fused", exchange<ir::MulOp, ir::AddOp>, "scaled"},
    {"SiluToRelu", "fused", exchange<ir::SiluOp, ir::ReluOp>, "grown"},
    {"DivToMul", "fused", exchange<ir::DivOp, ir::MulOp>, "ratio"},
    {"MaximumToMinimum", "fused", exchange<ir::MaximumOp, ir::MinimumOp>,
     "kept"},
    {"ReluToAbs", "laid-out", exchange<ir::ReluOp, ir::AbsOp>, "cut"},
    {"SoftmaxToLogSoftmax", "graph", exchange<ir::SoftmaxOp, ir::LogSoftmaxOp>,
     "rows"},
    {"SigmoidToTanh", "outlined", exchange<ir::SigmoidOp, ir::TanhOp>, "y"},
    {"MaximumToAdd", "outlined", exchange<ir::MaximumOp, ir::AddOp>, "kept"},
    {"TanhToRelu", "outlined", exchange<ir::TanhOp, ir::ReluOp>, "bent"},
    {"LoopBound", "tiled", shortenLoop},
    {"Store", "tiled", dropStore},
    {"Mask", "tiled", narrowMask},
    {"Arena", "bufferized", overlapArena},
    {"FAddToFSub", "llvm", exchange<mlir::LLVM::FAddOp, mlir::LLVM::FSubOp>},
    {"FSubToFAdd", "llvm", exchange<mlir::LLVM::FSubOp, mlir::LLVM::FAddOp>},
    {"FMulToFAdd", "llvm", exchange<mlir::LLVM::FMulOp, mlir::LLVM::FAddOp>},
    {"FDivToFMul", "llvm", exchange<mlir::LLVM::FDivOp, mlir::LLVM::FMulOp>},
    {"MaximumToMinimumOfLanes", "llvm",
     exchange<mlir::LLVM::MaximumOp, mlir::LLVM::MinimumOp>},
    {"AndToOr", "llvm", exchange<mlir::LLVM::AndOp, mlir::LLVM::OrOp>},
};

class BisectTest : public testing::TestWithParam<Fault> {};

TEST_P(BisectTest, FindsTheFault) {
  const Fault &fault = GetParam();
  Target cpu = Target::parse("cpu:x86-64-v3");
  DriverOptions options;
  changedFunction.clear();
  bool isFirst = true, isApplied = false;
  options.afterPhase = [&](const Phase &phase, mlir::ModuleOp module) {
    if (phase.word != fault.phase)
      return;
    if (isFirst)
      isApplied = applyTo(module, fault.apply);
    else
      (void)fault.apply(module);
    isFirst = false;
  };
  Program program = network();
  std::optional<Culprit> culprit = bisect(program, cpu, inputs(), options);
  ASSERT_TRUE(isApplied);
  ASSERT_TRUE(culprit);
  EXPECT_FALSE(culprit->report.empty());
  if (*fault.node) {
    EXPECT_EQ(culprit->level, fault.phase);
    EXPECT_EQ(culprit->node, fault.node);
    EXPECT_FALSE(culprit->kernel.empty());
  } else if (!changedFunction.empty() && changedFunction != "main") {
    EXPECT_EQ(culprit->kernel, changedFunction);
  } else {
    EXPECT_FALSE(culprit->kernel.empty());
  }

  // The graph shows the fault, and is right without it.
  const FaultyGraph &graph = culprit->graph;
  EXPECT_NE(differenceOn(cpu, graph.program, graph.inputs, options), "");
  EXPECT_EQ(differenceOn(cpu, graph.program, graph.inputs, {}), "");
  if (std::string_view(fault.name) != "Arena")
    EXPECT_LE(graph.numOps, 3);
}

INSTANTIATE_TEST_SUITE_P(Faults, BisectTest, testing::ValuesIn(faults),
                         [](const auto &info) {
                           return std::string(info.param.name);
                         });

TEST(BisectTest, FindsNothingWhereNothingIsWrong) {
  EXPECT_FALSE(bisect(network(), Target::parse("cpu"), inputs()));
}

TEST(BisectTest, SaysWhatIsWrongWithInputs) {
  try {
    (void)bisect(network(), Target::parse("cpu"), {});
    FAIL() << "expected an Error";
  } catch (const Error &error) {
    EXPECT_NE(std::string(error.what()).find("'x'"), std::string::npos)
        << error.what();
  }
}

} // namespace
