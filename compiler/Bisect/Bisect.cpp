//===- Bisect.cpp - The first kernel that is wrong ------------------------===//
//
// Levels down to the outlined kernels are programs that the interpreter runs:
// the first whose outputs are not the graph's is the work of a faulty pass.
// Where all are right, the compiled kernels run one by one, each on what the
// ones before it left in memory.
//
//===----------------------------------------------------------------------===//
#include "compiler/Bisect/Bisect.h"
#include "compiler/Bisect/Cut.h"
#include "compiler/Bisect/StepCheck.h"
#include "compiler/Driver/Bounds.h"
#include "compiler/Driver/CpuExecutable.h"
#include "compiler/Driver/OwnContext.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "compiler/Target/TargetImpl.h"
#include "dialects/Tactus/TactusDialect.h"
#include "runtime/Interpreter/Interpreter.h"

using namespace mlir;

namespace tactus {
namespace {

using Tensors = std::map<std::string, Tensor>;

StringAttr nameOf(Operation *op) {
  auto name = op->getLoc()->findInstanceOf<NameLoc>();
  return name ? name.getName() : StringAttr();
}

/// What a run of a level gave.
struct LevelRun {
  std::vector<Tensor> outputs;
  /// Values of nodes, by the users' names, and these in the order of use.
  std::map<std::string, Tensor> named;
  std::vector<std::string> names;
  std::vector<Dispatched> dispatched;
};

LevelRun runLevel(ModuleOp module, ArrayRef<Tensor> inputs,
                  const ParameterStore &parameters,
                  const DriverOptions &options) {
  LevelRun run;
  auto observe = [&](Operation *op, ArrayRef<Tensor> operands) {
    for (auto [value, tensor] : llvm::zip(op->getOperands(), operands))
      if (Operation *producer = value.getDefiningOp())
        if (StringAttr name = nameOf(producer))
          if (run.named.emplace(name.str(), tensor).second)
            run.names.push_back(name.str());
    if (auto dispatch = dyn_cast<ir::DispatchOp>(op))
      run.dispatched.push_back({dispatch.getKernel().str(), operands.vec()});
  };
  DiagnosticCollector collector(module.getContext());
  auto results =
      interpretProgram(module, inputs, parameters,
                       {options.maxMemory, options.maxIterations}, observe);
  if (failed(results))
    throw collector.toError();
  run.outputs = std::move(*results);
  auto main = module.lookupSymbol<func::FuncOp>("main");
  Operation *end = main.getBody().front().getTerminator();
  for (auto [value, tensor] : llvm::zip(end->getOperands(), run.outputs))
    if (Operation *producer = value.getDefiningOp())
      if (StringAttr name = nameOf(producer))
        if (run.named.emplace(name.str(), tensor).second)
          run.names.push_back(name.str());
  return run;
}

/// The kernel of @prepare that computes what the first dispatch of `kernel` in
/// @main has as an operand; null where none does.
ir::KernelOp preparingKernel(ModuleOp module, StringRef kernel,
                             size_t operand) {
  auto main = module.lookupSymbol<func::FuncOp>("main");
  auto prepare = module.lookupSymbol<func::FuncOp>("prepare");
  BlockArgument argument;
  main.walk([&](ir::DispatchOp dispatch) {
    if (dispatch.getKernel() != kernel)
      return WalkResult::advance();
    argument = dyn_cast<BlockArgument>(dispatch->getOperand(operand));
    return WalkResult::interrupt();
  });
  if (!prepare || !argument ||
      !main.getArgAttr(argument.getArgNumber(), preparedAttribute))
    return nullptr;
  // What is prepared comes behind the inputs.
  Operation *end = prepare.getBody().front().getTerminator();
  size_t inputs = main.getNumArguments() - end->getNumOperands();
  auto dispatch = end->getOperand(argument.getArgNumber() - inputs)
                      .getDefiningOp<ir::DispatchOp>();
  return dispatch ? module.lookupSymbol<ir::KernelOp>(dispatch.getKernel())
                  : nullptr;
}

class Bisector {
public:
  Bisector(const Program &program, const Target &target, const Tensors &inputs,
           const DriverOptions &options)
      : program(program), target(target), named(inputs), options(options) {
    for (const Port &port : inputPorts(program.main()))
      this->inputs.push_back(inputs.at(port.name));
    this->options.dumpPhases.clear();
  }

  std::optional<Culprit> run() {
    LevelRun law =
        runLevel(*program.module, inputs, program.parameters, options);
    compile();
    const LevelRun *last = nullptr;
    for (Level &level : levels) {
      level.run = runLevel(*level.module, inputs, program.parameters, options);
      std::string report = difference(level.run.outputs, law.outputs);
      if (!report.empty())
        return ofLevel(level, law, report);
      last = &level.run;
    }
    return ofCode(law, *last);
  }

private:
  struct Level {
    std::string word;
    OwningOpRef<ModuleOp> module;
    LevelRun run;
  };

  void compile() {
    DriverOptions watched = options;
    watched.afterPhase = [&](const Phase &phase, ModuleOp module) {
      if (options.afterPhase)
        options.afterPhase(phase, module);
      isLow |= phase.word == "tiled";
      if (!isLow)
        levels.push_back({phase.word.str(), module.clone(), {}});
    };
    executable.emplace(
        program, std::get<CpuMachine>(target.description().machine), watched);
    variant = executable->variantFor(inputs);
  }

  std::string difference(ArrayRef<Tensor> actual,
                         ArrayRef<Tensor> expected) const {
    std::vector<Port> ports = outputPorts(program.main());
    for (size_t i = 0; i < expected.size(); ++i) {
      Comparison found =
          compare(actual[i], expected[i], wholeProgramBound(expected[i]));
      if (!found.equal())
        return ports[i].name + ": " + found.report;
    }
    return "";
  }

  Culprit ofLevel(Level &level, const LevelRun &law, std::string report) {
    Culprit culprit;
    culprit.level = level.word;
    culprit.report = std::move(report);
    for (const std::string &name : law.names) {
      const Tensor &expected = law.named.at(name);
      auto found = level.run.named.find(name);
      if (found == level.run.named.end() ||
          found->second.type() != expected.type())
        continue;
      Comparison comparison =
          compare(found->second, expected, wholeProgramBound(expected));
      if (comparison.equal())
        continue;
      culprit.node = name;
      culprit.report = comparison.report;
      break;
    }
    culprit.kernel = kernelOf(culprit.node);
    culprit.graph = leastGraph(*program.module, inputs);
    return culprit;
  }

  /// The kernel that a node became part of.
  std::string kernelOf(const std::string &node) {
    std::string found;
    levels.back().module->walk([&](ir::KernelOp kernel) {
      kernel.walk([&](Operation *op) {
        StringAttr name = nameOf(op);
        if (found.empty() && name && name == node)
          found = kernel.getSymName().str();
      });
    });
    return found;
  }

  std::optional<Culprit> ofCode(const LevelRun &law, const LevelRun &outlined) {
    std::vector<Tensor> outputs;
    for (const TensorType &type : variant->steps.outputs)
      outputs.push_back(Tensor::zeros(type));
    BoundSteps steps(variant->steps, inputs, outputs);
    StepCheck check(*levels.back().module, outlined.dispatched, steps);
    steps.run(check);
    std::string report = difference(outputs, law.outputs);
    if (!check.fault && report.empty())
      return std::nullopt;
    Culprit culprit;
    culprit.report = report;
    if (check.fault) {
      ModuleOp module = *levels.back().module;
      auto kernel = module.lookupSymbol<ir::KernelOp>(check.fault->kernel);
      std::vector<Tensor> operands = check.fault->operands;
      culprit.report = check.fault->report;
      if (check.fault->wrongOperand) {
        auto preparing = preparingKernel(module, check.fault->kernel,
                                         *check.fault->wrongOperand);
        operands.clear();
        if (preparing)
          kernel = preparing;
        for (const Dispatched &dispatched : outlined.dispatched)
          if (preparing && dispatched.kernel == kernel.getSymName())
            operands = dispatched.operands;
      }
      culprit.kernel = kernel.getSymName().str();
      if (StringAttr name = nameOf(&kernel.getBody().front().front()))
        culprit.node = name.str();
      if (!operands.empty())
        if (auto graph = reduceKernel(kernel, operands))
          return culprit.graph = std::move(*graph), std::move(culprit);
    }
    culprit.graph = leastGraph(*program.module, inputs);
    return culprit;
  }

  std::optional<FaultyGraph> reduceKernel(ir::KernelOp kernel,
                                          ArrayRef<Tensor> operands) {
    std::vector<Tensor> values;
    Cut cut = cutOut(kernel, operands, values);
    return reduce(*cut.program.module, values, {}, target, options);
  }

  FaultyGraph leastGraph(ModuleOp module, ArrayRef<Tensor> values) {
    if (auto graph =
            reduce(module, values, program.parameters, target, options))
      return std::move(*graph);
    FaultyGraph whole;
    whole.program = inOwnContext(program);
    whole.inputs = named;
    for (Operation &op : program.main().getBody().front())
      whole.numOps += !op.hasTrait<OpTrait::IsTerminator>();
    return whole;
  }

  const Program &program;
  const Target &target;
  const Tensors &named;
  DriverOptions options;
  std::vector<Tensor> inputs;
  // Before the levels, which are in its context.
  std::optional<CpuExecutable> executable;
  std::shared_ptr<const CpuVariant> variant;
  bool isLow = false;
  std::vector<Level> levels;
};

} // namespace

std::optional<Culprit> bisect(const Program &program, const Target &target,
                              const Tensors &inputs,
                              const DriverOptions &options) {
  // What is wrong with the inputs is said as a run says it.
  (void)compileProgram(program, Target::parse("interpreter"), options)
      .run(inputs);
  return Bisector(program, target, inputs, options).run();
}

} // namespace tactus
