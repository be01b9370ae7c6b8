//===- StepListEmit.cpp - Functions as lists of steps ---------------------===//
#include "compiler/Emit/StepListEmit.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "dialects/Tactus/TactusDialect.h"
#include "runtime/Interpreter/TensorAttributes.h"
#include "runtime/Tensor/Random.h"

using namespace mlir;

namespace tactus {
namespace {

/// The name that the user gave the node at `loc`; empty where there is none.
std::string nodeName(Location loc) {
  std::string name;
  loc->walk([&](Location inner) {
    auto named = dyn_cast<NameLoc>(inner);
    if (!named)
      return WalkResult::advance();
    name = named.getName().str();
    return WalkResult::interrupt();
  });
  return name;
}

class Emitter {
public:
  Emitter(func::FuncOp function, const ParameterStore *parameters)
      : function(function), parameters(parameters) {}

  LogicalResult addArguments(ArrayRef<Tensor> prepared) {
    size_t numInputs = function.getNumArguments() - prepared.size();
    for (auto [i, argument] : llvm::enumerate(function.getArguments())) {
      auto type = cast<RankedTensorType>(argument.getType());
      if (!type.hasStaticShape())
        return function.emitError("expected static shapes, but argument ")
               << i << " has type " << type;
      if (i < numInputs) {
        places[argument] = {BufferRef::Memory::Input, int64_t(i)};
        list.inputs.push_back(tensorTypeOf(type));
      } else {
        addConstant(argument, prepared[i - numInputs]);
      }
    }
    return success();
  }

  /// Results that a dispatch may write to an output itself get their place
  /// before any step is made; `outputOf` gives each result's output or -1.
  void placeOutputs(ArrayRef<int64_t> outputOf) {
    Operation *end = function.getBody().front().getTerminator();
    for (auto [i, result] : llvm::enumerate(end->getOperands())) {
      if (outputOf[i] < 0)
        continue;
      list.outputs.push_back(
          tensorTypeOf(cast<RankedTensorType>(result.getType())));
      Value root = rootOf(result);
      if (root.getDefiningOp<ir::DispatchOp>())
        places.try_emplace(root,
                           BufferRef{BufferRef::Memory::Output, outputOf[i]});
    }
  }

  LogicalResult addSteps() {
    auto arena = function->getAttrOfType<IntegerAttr>("tactus.arena_bytes");
    list.arenaBytes = arena ? arena.getInt() : 0;
    for (Operation &op : function.getBody().front().without_terminator())
      if (failed(addStep(op)))
        return failure();
    return success();
  }

  void addCopies(ArrayRef<int64_t> outputOf) {
    Operation *end = function.getBody().front().getTerminator();
    for (auto [i, result] : llvm::enumerate(end->getOperands())) {
      if (outputOf[i] < 0)
        continue;
      BufferRef from = places[result];
      BufferRef to = {BufferRef::Memory::Output, outputOf[i]};
      TensorType type = list.outputs[outputOf[i]];
      int64_t bytes =
          cast<RankedTensorType>(result.getType()).getNumElements() *
          byteSize(type.elementType);
      if (from != to && bytes != 0)
        list.steps.push_back(CopyStep{from, to, bytes});
    }
  }

  /// What `value` is a view of.
  static Value rootOf(Value value) {
    while (auto reshape = value.getDefiningOp<ir::ReshapeOp>())
      value = reshape.getInput();
    return value;
  }

  BufferRef placeOf(Value value) const { return places.lookup(value); }
  StepList list;

private:
  void addConstant(Value value, Tensor tensor) {
    places[value] = {BufferRef::Memory::Constant,
                     int64_t(list.constants.size())};
    list.constants.push_back(std::move(tensor));
  }

  LogicalResult addStep(Operation &op) {
    if (auto dispatch = dyn_cast<ir::DispatchOp>(op))
      return addDispatch(dispatch);
    if (auto reshape = dyn_cast<ir::ReshapeOp>(op)) {
      places[reshape.getResult()] = placeOf(reshape.getInput());
      return success();
    }
    try {
      if (std::optional<Tensor> tensor = dataOf(op)) {
        addConstant(op.getResult(0), std::move(*tensor));
        return success();
      }
    } catch (const Error &error) {
      return op.emitError(error.message());
    }
    return op.emitOpError("expected a dispatch, a view or data at this level");
  }

  /// What needs no kernel: data that stands in the program or beside it.
  std::optional<Tensor> dataOf(Operation &op) {
    if (auto constant = dyn_cast<ir::ConstantOp>(op))
      return tensorOfAttribute(cast<DenseElementsAttr>(constant.getValue()));
    if (auto random = dyn_cast<ir::RandomOp>(op)) {
      TensorType type = tensorTypeOf(random.getResult().getType());
      Seed seed(uint64_t(random.getSeed()));
      return random.getDistribution() == ir::Distribution::normal
                 ? randomNormal(type, seed)
                 : Tensor::random(type, seed);
    }
    if (auto parameter = dyn_cast<ir::ParameterOp>(op); parameter && parameters)
      return parameterOf(parameter);
    return std::nullopt;
  }

  Tensor parameterOf(ir::ParameterOp op) {
    Tensor tensor = parameters->get(op.getName());
    TensorType expected =
        tensorTypeOf(cast<RankedTensorType>(op.getResult().getType()));
    if (tensor.type() != expected)
      throw Error("expected parameter '" + op.getName().str() +
                  "' to have type " + expected.str() + ", but got " +
                  tensor.type().str());
    return tensor;
  }

  LogicalResult addDispatch(ir::DispatchOp dispatch) {
    auto kernel = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
        dispatch, dispatch.getKernelAttr());
    auto offsets = dispatch.getOffsets();
    if (!kernel || !kernel->hasAttr("tactus.extent") || !offsets)
      return dispatch.emitOpError(
          "expected a kernel that was lowered, and planned places");
    for (auto [result, offset] : llvm::zip(dispatch.getResults(), *offsets))
      places.try_emplace(result, BufferRef{BufferRef::Memory::Arena, offset});

    KernelStep step;
    step.kernel = dispatch.getKernel().str();
    step.node = nodeName(dispatch.getLoc());
    for (Value input : dispatch.getInputs())
      step.buffers.push_back(placeOf(input));
    for (Value result : dispatch.getResults())
      step.buffers.push_back(placeOf(result));
    step.extent = kernel->getAttrOfType<IntegerAttr>("tactus.extent").getInt();
    step.scratchBytes =
        kernel->getAttrOfType<IntegerAttr>("tactus.scratch").getInt();
    step.checks = checksOf(dispatch, kernel);
    list.steps.push_back(std::move(step));
    return success();
  }

  /// The pairs of `tactus.checks`, with the ops that they number, whose names
  /// and places are the dispatch's `tactus.indexing`.
  static std::vector<IndexCheck> checksOf(ir::DispatchOp dispatch,
                                          func::FuncOp kernel) {
    std::vector<IndexCheck> checks;
    auto pairs = kernel->getAttrOfType<DenseI64ArrayAttr>("tactus.checks");
    auto places = dispatch->getAttrOfType<ArrayAttr>("tactus.indexing");
    for (int64_t i = 0; pairs && i + 1 < pairs.size(); i += 2) {
      IndexCheck check{tactus::placeOf(dispatch.getLoc()), pairs[i + 1]};
      auto entry = places && size_t(pairs[i]) < places.size()
                       ? dyn_cast<ArrayAttr>(places[pairs[i]])
                       : ArrayAttr();
      if (entry && entry.size() == 2 && isa<StringAttr>(entry[0]) &&
          isa<LocationAttr>(entry[1])) {
        check.place = tactus::placeOf(cast<LocationAttr>(entry[1]));
        check.place.op = cast<StringAttr>(entry[0]).str();
      }
      checks.push_back(std::move(check));
    }
    return checks;
  }

  func::FuncOp function;
  const ParameterStore *parameters;
  DenseMap<Value, BufferRef> places;
};

} // namespace

FailureOr<StepList> emitSteps(func::FuncOp main, ArrayRef<Tensor> prepared) {
  Emitter emitter(main, nullptr);
  SmallVector<int64_t> outputOf = llvm::to_vector(
      llvm::seq<int64_t>(main.getFunctionType().getNumResults()));
  if (failed(emitter.addArguments(prepared)))
    return failure();
  emitter.placeOutputs(outputOf);
  if (failed(emitter.addSteps()))
    return failure();
  emitter.addCopies(outputOf);
  return std::move(emitter.list);
}

FailureOr<StepList> emitPrepareSteps(func::FuncOp prepare,
                                     const ParameterStore &parameters,
                                     SmallVectorImpl<PreparedResult> &results) {
  Emitter emitter(prepare, &parameters);
  Operation *end = prepare.getBody().front().getTerminator();
  SmallVector<int64_t> outputOf;
  int64_t numOutputs = 0;
  for (Value result : end->getOperands()) {
    bool computed =
        Emitter::rootOf(result).getDefiningOp<ir::DispatchOp>() != nullptr;
    outputOf.push_back(computed ? numOutputs++ : -1);
  }
  emitter.placeOutputs(outputOf);
  if (failed(emitter.addSteps()))
    return failure();
  emitter.addCopies(outputOf);
  for (auto [i, result] : llvm::enumerate(end->getOperands())) {
    PreparedResult prepared{outputOf[i], {}};
    if (outputOf[i] < 0) {
      const Tensor &data =
          emitter.list.constants[emitter.placeOf(result).index];
      auto type = cast<RankedTensorType>(result.getType());
      prepared.shared = data.reshaped(type.getShape().vec());
    }
    results.push_back(std::move(prepared));
  }
  return std::move(emitter.list);
}

} // namespace tactus
