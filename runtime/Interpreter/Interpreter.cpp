//===- Interpreter.cpp - What a program means -----------------------------===//
#include "runtime/Interpreter/Interpreter.h"
#include "dialects/Tactus/ShapeInference.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Transforms/RegionUtils.h"
#include "runtime/Core/Iterations.h"
#include "runtime/Interpreter/Evaluation.h"
#include "runtime/Interpreter/TensorAttributes.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace tactus {

TensorType interpreter::staticType(Value value) {
  return tensorTypeOf(cast<RankedTensorType>(value.getType()));
}

namespace {

using Results = FailureOr<SmallVector<Tensor>>;

/// The values of a block that runs, and of those around it that it sees.
struct Scope {
  const Scope *around = nullptr;
  DenseMap<Value, Tensor> values;

  Tensor lookup(Value value) const {
    for (const Scope *scope = this; scope; scope = scope->around)
      if (auto found = scope->values.find(value); found != scope->values.end())
        return found->second;
    return {};
  }
};

/// Runs a module of its own, whose values get the types of their tensors on the
/// way, so that each op is checked and evaluated on static shapes.
class Interpreter {
public:
  Interpreter(ModuleOp module, const ParameterStore &parameters,
              RunLimits limits, const ObserveOp &observe)
      : symbols(module), parameters(parameters), observe(observe),
        limit(limits.memory), iterations(limits.iterations) {}

  Results runFunction(func::FuncOp function, ArrayRef<Tensor> inputs) {
    use.inputs = 0;
    for (const Tensor &input : inputs)
      use.inputs += uint64_t(input.byteSize());
    return runBlock(function.getBody().front(), inputs);
  }

private:
  Results runBlock(Block &block, ArrayRef<Tensor> inputs,
                   const Scope *around = nullptr) {
    Scope scope;
    scope.around = around;
    DenseMap<Value, Tensor> &values = scope.values;
    for (auto [argument, tensor] : llvm::zip(block.getArguments(), inputs)) {
      argument.setType(toMlirType(argument.getContext(), tensor.type()));
      values[argument] = tensor;
    }
    auto operandsOf = [&](Operation &op) {
      SmallVector<Tensor> operands;
      for (Value operand : op.getOperands())
        operands.push_back(scope.lookup(operand));
      return operands;
    };
    for (Operation &op : block.without_terminator()) {
      Results results = runOp(op, operandsOf(op), scope);
      if (failed(results))
        return failure();
      for (const Tensor &tensor : *results)
        use.arena += takes(op) ? uint64_t(tensor.byteSize()) : 0;
      for (auto [value, tensor] : llvm::zip(op.getResults(), *results)) {
        values[value] = tensor;
        // Of what a region gives, the size may be known only now.
        if (!cast<RankedTensorType>(value.getType()).hasStaticShape())
          value.setType(toMlirType(op.getContext(), tensor.type()));
      }
      forgetLastUses(op, values);
    }
    // The caller counts what this gives it.
    SmallVector<Tensor> results = operandsOf(*block.getTerminator());
    for (auto &[value, tensor] : values)
      release(value, tensor);
    return results;
  }

  /// Whether an op's results are memory of their own. What a region computes is
  /// counted there, and then here.
  static bool takes(Operation &op) {
    return !isa<ir::ReshapeOp, ir::SqueezeOp, ir::ExpandDimsOp>(op);
  }

  void release(Value value, const Tensor &tensor) {
    if (Operation *op = value.getDefiningOp(); op && takes(*op))
      use.arena -= uint64_t(tensor.byteSize());
  }

  /// Throws unless there is room for what `op` is about to compute.
  void checkMemory(Operation &op) {
    if (!takes(op) ||
        isa<ir::FusedOp, ir::IfOp, ir::WhileOp, ir::DispatchOp, func::CallOp>(
            op))
      return;
    MemoryUse with = use;
    for (Value result : op.getResults()) {
      TensorType type = interpreter::staticType(result);
      uint64_t count = uint64_t(byteSize(type.elementType));
      for (const Dimension &dimension : type.dimensions)
        count *= uint64_t(dimension.size());
      with.arena += count;
    }
    limit.check(with);
  }

  /// Frees what no later op reads.
  void forgetLastUses(Operation &op, DenseMap<Value, Tensor> &values) {
    llvm::SetVector<Value> operands(op.operand_begin(), op.operand_end());
    if (op.getNumRegions() != 0)
      getUsedValuesDefinedAbove(op.getRegions(), operands);
    for (Value operand : operands) {
      // A user in a region is there as often as the op with the region runs.
      auto isDone = [&](Operation *user) {
        Operation *here = op.getBlock()->findAncestorOpInBlock(*user);
        return here == &op || here->isBeforeInBlock(&op);
      };
      auto entry = values.find(operand);
      if (entry == values.end() || !llvm::all_of(operand.getUsers(), isDone))
        continue;
      release(operand, entry->second);
      values.erase(entry);
    }
  }

  /// Throws unless it is known how large the elements are that are stacked.
  static void checkElements(ir::ScanOp op) {
    for (Type type : op->getResultTypes())
      if (auto tensor = cast<RankedTensorType>(type); !tensor.hasStaticShape())
        throw Error("expected elements of one size that is known before the "
                    "first iteration, but their size depends on data");
  }

  Results runOp(Operation &op, ArrayRef<Tensor> operands, const Scope &scope) {
    if (failed(ir::inferAgain(&op)))
      return failure();
    try {
      if (auto range = dyn_cast<ir::RangeOp>(op))
        range.getResult().setType(
            toMlirType(op.getContext(), interpreter::typeOfRange(operands)));
      if (auto scan = dyn_cast<ir::ScanOp>(op))
        checkElements(scan);
      checkMemory(op);
      if (observe)
        observe(&op, operands);
      return evaluate(op, operands, scope);
    } catch (const Error &error) {
      return op.emitOpError(error.message()), failure();
    }
  }

  Results evaluate(Operation &op, ArrayRef<Tensor> operands,
                   const Scope &scope) {
    using namespace interpreter;
    auto one = [](Tensor tensor) -> Results {
      return SmallVector<Tensor>{std::move(tensor)};
    };
    return llvm::TypeSwitch<Operation *, Results>(&op)
        .Case([&](ir::ConstantOp op) {
          return one(tensorOfAttribute(cast<DenseElementsAttr>(op.getValue())));
        })
        .Case([&](ir::ParameterOp op) { return one(parameter(op)); })
        .Case<ir::FillOp, ir::IotaOp, ir::EyeOp, ir::LinspaceOp, ir::RandomOp>(
            [&](auto op) { return one(evalCreation(op)); })
        .Case([&](ir::RangeOp op) { return one(evalRange(op, operands)); })
        .Case([&](ir::OneHotOp op) {
          return one(evalOneHot(op, operands[0], operands[1]));
        })
        .Case([&](ir::CastOp op) { return one(evalCast(op, operands[0])); })
        .Case<ir::QuantizeOp, ir::DequantizeOp, ir::RequantizeOp>(
            [&](auto op) { return one(evalQuantization(op, operands)); })
        .Case([&](ir::DynamicQuantizeOp op) {
          return Results(evalDynamicQuantize(op, operands[0]));
        })
        .Case([&](ir::MatmulOp op) { return one(evalMatmul(op, operands)); })
        .Case([&](ir::PiecewiseLinearOp op) {
          return one(evalPiecewiseLinear(op, operands));
        })
        .Case<ir::SumOp, ir::ProdOp, ir::MeanOp, ir::MaxOp, ir::MinOp,
              ir::ArgmaxOp, ir::ArgminOp, ir::AnyOp, ir::AllOp>(
            [&](auto op) { return one(evalReduction(op, operands[0])); })
        .Case<ir::LogSumExpOp, ir::L1NormOp, ir::L2NormOp, ir::VarianceOp>(
            [&](auto op) { return one(evalNorm(op, operands[0])); })
        .Case<ir::CumsumOp, ir::CumprodOp>(
            [&](auto op) { return one(evalCumulative(op, operands[0])); })
        .Case<ir::SortOp, ir::TopKOp>(
            [&](auto op) { return Results(evalOrder(op, operands[0])); })
        .Case<ir::SoftmaxOp, ir::LogSoftmaxOp, ir::LayerNormOp>(
            [&](auto op) { return one(evalNormalization(op, operands)); })
        .Case<ir::ReshapeOp, ir::SqueezeOp, ir::ExpandDimsOp>([&](auto op) {
          return one(operands[0].reshaped(op.getType().getShape().vec()));
        })
        .Case<ir::TransposeOp, ir::BroadcastOp, ir::SliceOp, ir::PackOp,
              ir::UnpackOp>(
            [&](auto op) { return one(evalMovement(op, operands[0])); })
        .Case<ir::TileOp, ir::ReverseOp, ir::TriluOp, ir::PadOp, ir::ConcatOp,
              ir::SplitOp>(
            [&](auto op) -> Results { return evalArrangement(op, operands); })
        .Case([&](ir::IndexingOpInterface op) {
          return one(evalIndexing(op, operands));
        })
        .Case([&](ir::FusedOp op) {
          return runRegion(op, op.getBody().front(), operands);
        })
        .Case([&](ir::DispatchOp op) { return runDispatch(op, operands); })
        .Case([&](func::CallOp op) { return runCall(op, operands); })
        .Case([&](ir::IfOp op) {
          bool holds = operands[0].data<bool>()[0];
          Region &region = holds ? op.getThenRegion() : op.getElseRegion();
          return runBlock(region.front(), {}, &scope);
        })
        .Case([&](ir::WhileOp op) { return runWhile(op, operands, scope); })
        .Case([&](ir::ScanOp op) { return runScan(op, operands, scope); })
        .Case([&](ir::ElementwiseOpInterface op) {
          std::optional<Tensor> logic = evalLogic(op, operands);
          return one(logic ? std::move(*logic) : evalElementwise(op, operands));
        })
        .Default([](Operation *op) -> Results {
          return op->emitOpError("expected an op that the interpreter runs, "
                                 "but got one of a lower level");
        });
  }

  Results runRegion(Operation *op, Block &body, ArrayRef<Tensor> operands) {
    Results results = runBlock(body, operands);
    if (failed(results))
      return failure();
    for (auto [value, tensor] : llvm::zip(op->getResults(), *results))
      value.setType(toMlirType(op->getContext(), tensor.type()));
    return results;
  }

  Results runDispatch(ir::DispatchOp op, ArrayRef<Tensor> operands) {
    auto kernel = symbols.lookup<ir::KernelOp>(op.getKernel());
    if (!kernel)
      return op.emitOpError("expected a kernel that is not lowered, but got a "
                            "function of a lower level");
    return runRegion(op, kernel.getBody().front(), operands);
  }

  Results runCall(func::CallOp op, ArrayRef<Tensor> operands) {
    auto callee = symbols.lookup<func::FuncOp>(op.getCallee());
    if (!callee || callee.isExternal())
      return op.emitOpError("expected a function of this module");
    return runRegion(op, callee.getBody().front(), operands);
  }

  Results runWhile(ir::WhileOp op, ArrayRef<Tensor> initial,
                   const Scope &scope) {
    SmallVector<Tensor> carried(initial);
    while (true) {
      Results condition = runBlock(op.getCondition().front(), carried, &scope);
      if (failed(condition))
        return failure();
      if (!(*condition)[0].data<bool>()[0])
        return carried;
      iterations.count();
      Results next = runBlock(op.getBody().front(), carried, &scope);
      if (failed(next))
        return failure();
      carried = std::move(*next);
    }
  }

  Results runScan(ir::ScanOp op, ArrayRef<Tensor> inputs, const Scope &scope) {
    size_t numStates = size_t(op.getNumStates());
    SmallVector<Tensor> arguments(inputs.take_front(numStates));
    arguments.resize(inputs.size());
    SmallVector<Tensor> stacked;
    for (Value result : op.getResults().drop_front(numStates))
      stacked.push_back(Tensor::zeros(interpreter::staticType(result)));
    int64_t length = inputs.back().shape()[0];
    bool isEmpty =
        llvm::all_of(inputs.drop_front(numStates), [](const Tensor &sequence) {
          return sequence.byteSize() == 0;
        });
    for (int64_t step = 0; step < length; ++step) {
      if (isEmpty)
        iterations.count();
      int64_t i = op.getReverse() ? length - 1 - step : step;
      for (size_t k = numStates; k < inputs.size(); ++k)
        arguments[k] = interpreter::sliceOf(inputs[k], i);
      Results results = runBlock(op.getBody().front(), arguments, &scope);
      if (failed(results))
        return failure();
      for (size_t k = 0; k < results->size(); ++k) {
        if (k < numStates)
          arguments[k] = (*results)[k];
        else
          interpreter::setSlice(stacked[k - numStates], i, (*results)[k]);
      }
    }
    SmallVector<Tensor> results(ArrayRef(arguments).take_front(numStates));
    llvm::append_range(results, stacked);
    return results;
  }

  Tensor parameter(ir::ParameterOp op) {
    Tensor tensor = parameters.get(op.getName());
    TensorType expected = interpreter::staticType(op.getResult());
    if (tensor.type() != expected)
      throw Error("expected parameter '" + op.getName().str() +
                  "' to have type " + expected.str() + ", but got " +
                  tensor.type().str());
    return tensor;
  }

  SymbolTable symbols;
  const ParameterStore &parameters;
  const ObserveOp &observe;
  MemoryLimit limit;
  IterationLimit iterations;
  MemoryUse use;
};

} // namespace

FailureOr<std::vector<Tensor>>
interpretProgram(ModuleOp original, ArrayRef<Tensor> inputs,
                 const ParameterStore &parameters, RunLimits limits,
                 const ObserveOp &observe) {
  OwningOpRef<ModuleOp> module(original.clone());
  Interpreter interpreter(*module, parameters, limits, observe);
  auto main = module->lookupSymbol<func::FuncOp>("main");
  if (!main)
    return module->emitError("expected a function @main, but got none"),
           failure();
  SmallVector<Tensor> arguments(inputs);
  if (auto prepare = module->lookupSymbol<func::FuncOp>("prepare")) {
    auto prepared = interpreter.runFunction(prepare, {});
    if (failed(prepared))
      return failure();
    arguments.append(*prepared);
  }
  if (arguments.size() != main.getNumArguments())
    return main.emitError("expected ")
               << main.getNumArguments() << " arguments, but got "
               << arguments.size(),
           failure();
  auto results = interpreter.runFunction(main, arguments);
  if (failed(results))
    return failure();
  return std::vector<Tensor>(results->begin(), results->end());
}

} // namespace tactus
