//===- StepListEmit.cpp - Functions as lists of steps ---------------------===//
#include "compiler/Emit/StepListEmit.h"
#include "compiler/Emit/KernelNotes.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "dialects/Tactus/RegionCalls.h"
#include "runtime/Interpreter/TensorAttributes.h"
#include "runtime/Tensor/Random.h"

using namespace mlir;

namespace tactus {
namespace {

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

  /// Adds all steps. `outputOf` gives each result's output or -1.
  LogicalResult addSteps(ArrayRef<int64_t> outputOf) {
    auto arena = function->getAttrOfType<IntegerAttr>("tactus.arena_bytes");
    list.arenaBytes = arena ? arena.getInt() : 0;
    Targets targets;
    Operation *end = function.getBody().front().getTerminator();
    for (auto [i, result] : llvm::enumerate(end->getOperands())) {
      if (outputOf[i] < 0) {
        targets.push_back(std::nullopt);
        continue;
      }
      targets.push_back(BufferRef{BufferRef::Memory::Output, outputOf[i]});
      list.outputs.push_back(
          tensorTypeOf(cast<RankedTensorType>(result.getType())));
    }
    return emit(function, 0, targets, list.steps);
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
  /// Where the results of a function go; one without a target stays where it
  /// is.
  using Targets = SmallVector<std::optional<BufferRef>>;

  void addConstant(Value value, Tensor tensor) {
    places[value] = {BufferRef::Memory::Constant,
                     int64_t(list.constants.size())};
    list.constants.push_back(std::move(tensor));
  }

  /// Appends the steps of `callee`, whose arena begins at `base`.
  LogicalResult emit(func::FuncOp callee, int64_t base,
                     ArrayRef<std::optional<BufferRef>> targets,
                     std::vector<Step> &steps) {
    Block &body = callee.getBody().front();
    // What a step can write to its target itself gets its place before any
    // step is made.
    for (auto [result, target] :
         llvm::zip(body.getTerminator()->getOperands(), targets)) {
      Value root = rootOf(result);
      if (target && isa_and_nonnull<ir::DispatchOp, ir::ControlOpInterface>(
                        root.getDefiningOp()))
        places.try_emplace(root, *target);
    }
    for (Operation &op : body.without_terminator())
      if (failed(addStep(op, base, steps)))
        return failure();
    for (auto [result, target] :
         llvm::zip(body.getTerminator()->getOperands(), targets))
      if (target)
        addCopy(placeOf(result), *target, bytesOf(result.getType()), steps);
    return success();
  }

  static int64_t bytesOf(Type type) {
    auto tensor = cast<RankedTensorType>(type);
    return tensor.getNumElements() *
           byteSize(elementTypeOf(tensor.getElementType()));
  }

  static void addCopy(BufferRef from, BufferRef to, int64_t bytes,
                      std::vector<Step> &steps) {
    if (from != to && bytes != 0)
      steps.push_back(CopyStep{from, to, bytes});
  }

  LogicalResult addStep(Operation &op, int64_t base, std::vector<Step> &steps) {
    if (auto dispatch = dyn_cast<ir::DispatchOp>(op))
      return addDispatch(dispatch, base, steps);
    if (auto choice = dyn_cast<ir::IfOp>(op))
      return addIf(choice, base, steps);
    if (auto loop = dyn_cast<ir::WhileOp>(op))
      return addWhile(loop, base, steps);
    if (auto scan = dyn_cast<ir::ScanOp>(op))
      return addScan(scan, base, steps);
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

  LogicalResult addDispatch(ir::DispatchOp dispatch, int64_t base,
                            std::vector<Step> &steps) {
    auto kernel = symbols.lookupNearestSymbolFrom<func::FuncOp>(
        dispatch, dispatch.getKernelAttr());
    auto offsets = dispatch.getOffsets();
    if (!kernel || !kernel->hasAttr("tactus.extent") || !offsets)
      return dispatch.emitOpError(
          "expected a kernel that was lowered, and planned places");
    for (auto [result, offset] : llvm::zip(dispatch.getResults(), *offsets))
      places.try_emplace(result,
                         BufferRef{BufferRef::Memory::Arena, base + offset});

    KernelStep step;
    step.kernel = dispatch.getKernel().str();
    step.node = nodeName(dispatch.getLoc());
    for (Value input : dispatch.getInputs())
      step.buffers.push_back(placeOf(input));
    for (Value result : dispatch.getResults())
      step.buffers.push_back(placeOf(result));
    step.checks = checksOf(dispatch, kernel);
    readNotes(step, kernel);
    steps.push_back(std::move(step));
    return success();
  }

  /// What `tactus-plan-memory` left at `op`.
  static SmallVector<BufferRef>
  plannedPlaces(Operation *op, StringRef attribute, int64_t base) {
    SmallVector<BufferRef> refs;
    if (auto offsets = op->getAttrOfType<DenseI64ArrayAttr>(attribute))
      for (int64_t offset : offsets.asArrayRef())
        refs.push_back({BufferRef::Memory::Arena, base + offset});
    return refs;
  }

  /// Gives the results of an op of control flow their places, and the base of
  /// the arena of its regions.
  FailureOr<int64_t> placeControl(Operation *op, int64_t base) {
    auto arena = plannedPlaces(op, "tactus.arena", base);
    auto results = plannedPlaces(op, "tactus.offsets", base);
    bool called = llvm::all_of(op->getRegions(), ir::calleeOf);
    if (arena.size() != 1 || results.size() != op->getNumResults() || !called)
      return op->emitOpError(
          "expected regions that are calls, and planned places");
    for (auto [result, place] : llvm::zip(op->getResults(), results))
      places.try_emplace(result, place);
    return arena.front().index;
  }

  /// Appends what `region` calls; `arguments` are the places of the region's
  /// own.
  LogicalResult addRegion(Region &region, ArrayRef<BufferRef> arguments,
                          int64_t base,
                          ArrayRef<std::optional<BufferRef>> targets,
                          std::vector<Step> &steps) {
    func::FuncOp callee = ir::calleeOf(region);
    for (auto [argument, place] : llvm::zip(region.getArguments(), arguments))
      places[argument] = place;
    for (auto [argument, operand] :
         llvm::zip(callee.getArguments(), ir::callOf(region).getOperands()))
      places[argument] = placeOf(operand);
    return emit(callee, base, targets, steps);
  }

  LogicalResult addIf(ir::IfOp op, int64_t base, std::vector<Step> &steps) {
    FailureOr<int64_t> arena = placeControl(op, base);
    if (failed(arena))
      return failure();
    IfStep step{placeOf(op.getCondition()), {}, {}};
    Targets targets;
    for (Value result : op.getResults())
      targets.push_back(placeOf(result));
    if (failed(addRegion(op.getThenRegion(), {}, *arena, targets, step.then)) ||
        failed(
            addRegion(op.getElseRegion(), {}, *arena, targets, step.otherwise)))
      return failure();
    steps.push_back(std::move(step));
    return success();
  }

  static Error::Place opPlace(Operation *op) {
    Error::Place place = tactus::placeOf(op->getLoc());
    place.op = op->getName().stripDialect().str();
    return place;
  }

  /// The values that a loop carries: where they begin, live and go to.
  struct Carried {
    SmallVector<BufferRef> places;
    Targets next;
    SmallVector<int64_t> bytes;
  };

  /// Carried values live in the results. Each iteration writes the next ones
  /// beside them, as it may read the others until its end.
  Carried addCarried(Operation *op, OperandRange initial, int64_t base,
                     std::vector<Step> &steps) {
    Carried carried;
    llvm::append_range(carried.next, plannedPlaces(op, "tactus.next", base));
    for (auto [value, result] : llvm::zip(initial, op->getResults())) {
      carried.places.push_back(placeOf(result));
      carried.bytes.push_back(bytesOf(value.getType()));
      addCopy(placeOf(value), carried.places.back(), carried.bytes.back(),
              steps);
    }
    return carried;
  }

  /// Values that `region`, whose arguments begin with them, gives back as they
  /// are need not move.
  static void leaveUnchanged(Region &region, Carried &carried) {
    func::FuncOp callee = ir::calleeOf(region);
    OperandRange returned =
        callee.getBody().front().getTerminator()->getOperands();
    auto operands = ir::callOf(region).getOperands();
    for (auto [i, next] : llvm::enumerate(carried.next)) {
      auto argument = dyn_cast<BlockArgument>(returned[i]);
      if (argument &&
          operands[argument.getArgNumber()] == region.getArgument(unsigned(i)))
        next = carried.places[i];
    }
  }

  static void addMoves(const Carried &carried, std::vector<Step> &steps) {
    for (auto [from, to, bytes] :
         llvm::zip(carried.next, carried.places, carried.bytes))
      addCopy(*from, to, bytes, steps);
  }

  LogicalResult addWhile(ir::WhileOp op, int64_t base,
                         std::vector<Step> &steps) {
    FailureOr<int64_t> arena = placeControl(op, base);
    if (failed(arena))
      return failure();
    Carried carried = addCarried(op, op.getInitial(), base, steps);
    leaveUnchanged(op.getBody(), carried);
    LoopStep loop;
    loop.place = opPlace(op);
    loop.flag = plannedPlaces(op, "tactus.flag", base).front();
    if (failed(addRegion(op.getCondition(), carried.places, *arena, {loop.flag},
                         loop.condition)) ||
        failed(addRegion(op.getBody(), carried.places, *arena, carried.next,
                         loop.body)))
      return failure();
    addMoves(carried, loop.body);
    steps.push_back(std::move(loop));
    return success();
  }

  LogicalResult addScan(ir::ScanOp op, int64_t base, std::vector<Step> &steps) {
    FailureOr<int64_t> arena = placeControl(op, base);
    if (failed(arena))
      return failure();
    Carried carried = addCarried(op, op.getInitial(), base, steps);
    leaveUnchanged(op.getBody(), carried);
    LoopStep loop;
    loop.place = opPlace(op);
    loop.count =
        cast<RankedTensorType>(op.getInputs().back().getType()).getDimSize(0);
    loop.reverse = op.getReverse();

    SmallVector<BufferRef> arguments = carried.places;
    Targets targets = carried.next;
    auto slices = plannedPlaces(op, "tactus.slices", base);
    auto elements = plannedPlaces(op, "tactus.elements", base);
    Block &body = op.getBody().front();
    size_t numStates = carried.places.size();
    auto add = [](std::vector<SliceCopy> &copies, const SliceCopy &copy) {
      if (copy.elementBytes != 0)
        copies.push_back(copy);
    };
    for (auto [i, slice] : llvm::enumerate(slices)) {
      arguments.push_back(slice);
      add(loop.slices,
          {placeOf(op.getSequences()[i]), slice,
           bytesOf(body.getArgument(unsigned(numStates + i)).getType())});
    }
    for (auto [i, element] : llvm::enumerate(elements)) {
      targets.push_back(element);
      add(loop.results,
          {placeOf(op->getResult(unsigned(numStates + i))), element,
           bytesOf(body.getTerminator()->getOperand(numStates + i).getType())});
    }
    if (failed(addRegion(op.getBody(), arguments, *arena, targets, loop.body)))
      return failure();
    addMoves(carried, loop.body);
    steps.push_back(std::move(loop));
    return success();
  }

  func::FuncOp function;
  const ParameterStore *parameters;
  /// Functions by name, as each dispatch looks one up.
  SymbolTableCollection symbols;
  DenseMap<Value, BufferRef> places;
};

} // namespace

FailureOr<StepList> emitSteps(func::FuncOp main, ArrayRef<Tensor> prepared) {
  Emitter emitter(main, nullptr);
  SmallVector<int64_t> outputOf = llvm::to_vector(
      llvm::seq<int64_t>(main.getFunctionType().getNumResults()));
  if (failed(emitter.addArguments(prepared)))
    return failure();
  if (failed(emitter.addSteps(outputOf)))
    return failure();
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
  if (failed(emitter.addSteps(outputOf)))
    return failure();
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
