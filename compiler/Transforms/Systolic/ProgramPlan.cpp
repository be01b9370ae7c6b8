//===- ProgramPlan.cpp - What a program keeps where -----------------------===//
#include "compiler/Transforms/Systolic/ProgramPlan.h"
#include "compiler/Transforms/Systolic/Joins.h"
#include "compiler/Transforms/Systolic/ProductPlan.h"
#include "compiler/Transforms/Systolic/Residency.h"
#include "compiler/Transforms/Systolic/TileConstants.h"
#include <set>

using namespace mlir;

namespace tactus::systolic {
namespace {

ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

class Planner {
public:
  Planner(func::FuncOp main, const Machine &machine)
      : main(main), machine(machine), body(main.getBody().front()) {}

  FailureOr<ProgramPlan> run(double share) {
    if (failed(analyze()))
      return failure();
    addArguments();
    addOutputs();
    for (Operation &op : llvm::reverse(body.without_terminator()))
      placeBackward(&op);
    for (Operation &op : body.without_terminator())
      if (failed(placeForward(&op)))
        return failure();
    if (failed(copyOutputs()))
      return failure();
    tileConstants(plan, machine);
    if (failed(chooseResidents(plan, machine, share, main)))
      return failure();
    return std::move(plan);
  }

private:
  //===--------------------------------------------------------------------===//
  // Kernels
  //===--------------------------------------------------------------------===//

  LogicalResult analyze() {
    SymbolTable symbols(main->getParentOfType<ModuleOp>());
    DenseMap<Operation *, FailureOr<MachineKernel>> known;
    for (Operation &op : body.without_terminator()) {
      if (isa<ir::ControlOpInterface>(op))
        return op.emitOpError(
            "expected ops that a systolic machine has instructions for, but "
            "got control flow, which only the CPU and the interpreter run");
      auto dispatch = dyn_cast<ir::DispatchOp>(op);
      if (!dispatch && !isa<ir::ReshapeOp>(op))
        return op.emitOpError("expected only kernels and views in @main");
      if (!dispatch)
        continue;
      auto kernel = symbols.lookup<ir::KernelOp>(dispatch.getKernel());
      if (!kernel)
        return dispatch.emitOpError("expected a kernel that is not lowered");
      if (ir::ConcatOp join = findJoin(kernel)) {
        joins[&op] = join;
        continue;
      }
      auto found = known.find(kernel);
      if (found == known.end())
        found =
            known
                .try_emplace(kernel,
                             analyzeKernel(kernel.getBody().front(), machine,
                                           [](Operation *, const Twine &) {}))
                .first;
      if (succeeded(found->second))
        kernels[&op] = *found->second;
      else
        hosted.insert(&op);
    }
    return success();
  }

  //===--------------------------------------------------------------------===//
  // Places
  //===--------------------------------------------------------------------===//

  Storage *addStorage(Type type) {
    plan.storages.push_back(
        std::make_unique<Storage>(cast<RankedTensorType>(type), machine));
    return plan.storages.back().get();
  }

  void addArguments() {
    Builder builder(main.getContext());
    int64_t prepared = 0;
    for (auto [i, argument] : llvm::enumerate(main.getArguments())) {
      bool isPrepared = bool(main.getArgAttr(i, "tactus.prepared"));
      auto name = main.getArgAttrOfType<StringAttr>(i, "tactus.name");
      if (!name)
        name = builder.getStringAttr("input" + std::to_string(i));
      Storage *storage = addStorage(argument.getType());
      storage->isConstant = true;
      storage->needsDram = true;
      views[argument] = View::of(storage);
      plan.ports.push_back(
          {storage, isPrepared ? RoleKind::constant : RoleKind::input,
           isPrepared ? StringAttr() : name, isPrepared ? prepared++ : 0});
    }
  }

  void addOutputs() {
    Builder builder(main.getContext());
    for (auto [i, value] :
         llvm::enumerate(body.getTerminator()->getOperands())) {
      auto name = main.getResultAttrOfType<StringAttr>(i, "tactus.name");
      if (!name)
        name = builder.getStringAttr("output" + std::to_string(i));
      Storage *storage = addStorage(value.getType());
      storage->needsDram = true;
      plan.ports.push_back({storage, RoleKind::output, name});
      // Given out twice, or as it came in: copied at the end.
      if (!value.getDefiningOp() || views.contains(value))
        copied.push_back({value, storage});
      else
        views[value] = View::of(storage);
    }
  }

  /// Gives the operand of what only moves data a place such that nothing need
  /// be moved: the operand is then computed into the result's place.
  void placeBackward(Operation *op) {
    if (hosted.contains(op)) {
      for (Value result : op->getResults())
        if (!views.contains(result))
          views[result] = View::of(addStorage(result.getType()));
      return;
    }
    if (joins.contains(op))
      return placeParts(op);
    Value result = op->getResult(0);
    if (!views.contains(result) && !isMove(op)) {
      views[result] = View::of(addStorage(result.getType()));
      return;
    }
    if (!isMove(op))
      return;
    Value input = moved(op);
    if (!input.hasOneUse() || !input.getDefiningOp() || views.contains(input))
      return;
    View place = views.contains(result)
                     ? views[result]
                     : View::of(addStorage(result.getType()));
    std::optional<View> inverse;
    if (isa<ir::ReshapeOp>(op))
      inverse = reshapeView(place, shapeOf(result), shapeOf(input));
    else
      inverse = invertView(place, movedRead(kernels[op])->map, shapeOf(input));
    // Rows must be written as rows.
    if (!inverse || !hasRows(*inverse, shapeOf(input)))
      return;
    views[result] = place;
    views[input] = *inverse;
    isDone.insert(op);
  }

  /// Has what a concat joins computed into its result, where rows are written
  /// as rows.
  void placeParts(Operation *op) {
    Value result = op->getResult(0);
    if (!views.contains(result))
      views[result] = View::of(addStorage(result.getType()));
    View place = views[result];
    for (const JoinedPart &part :
         partsOf(cast<ir::DispatchOp>(op), joins[op], place))
      if (part.operand.hasOneUse() && part.operand.getDefiningOp() &&
          !views.contains(part.operand) &&
          hasRows(part.place, shapeOf(part.operand)))
        views[part.operand] = part.place;
  }

  void copyParts(Operation *op) {
    for (const JoinedPart &part :
         partsOf(cast<ir::DispatchOp>(op), joins[op], views[op->getResult(0)]))
      if (View view = views.lookup(part.operand); view != part.place)
        addCopy(view, part.place, shapeOf(part.operand), op);
  }

  bool isMove(Operation *op) {
    return isa<ir::ReshapeOp>(op) ||
           (!hosted.contains(op) && movedRead(kernels[op]));
  }

  Value moved(Operation *op) {
    return isa<ir::ReshapeOp>(op)
               ? op->getOperand(0)
               : op->getOperand(movedRead(kernels[op])->argument);
  }

  /// The node's name; of several kernels of one node, each with what it runs.
  std::string layerOf(Operation *op) {
    auto dispatch = dyn_cast<ir::DispatchOp>(op);
    std::string kernel = dispatch ? dispatch.getKernel().str() : "copy";
    auto name = op->getLoc()->findInstanceOf<NameLoc>();
    if (!name)
      return kernel;
    std::string layer = name.getName().str();
    return layers.insert(layer).second ? layer : layer + " (" + kernel + ")";
  }

  LogicalResult placeForward(Operation *op) {
    if (isDone.contains(op))
      return success();
    if (hosted.contains(op)) {
      callHost(op);
      return success();
    }
    if (joins.contains(op)) {
      copyParts(op);
      return success();
    }
    if (!isMove(op)) {
      PlannedStep step;
      step.op = op;
      step.layer = layerOf(op);
      step.placed.emplace();
      step.placed->kernel = kernels[op];
      for (Value operand : op->getOperands())
        step.placed->arguments.push_back(views.lookup(operand));
      step.placed->result = views.lookup(op->getResult(0));
      makeReadable(*step.placed, op);
      plan.steps.push_back(std::move(step));
      return success();
    }
    Value result = op->getResult(0), input = moved(op);
    View source = views.lookup(input);
    std::optional<View> view;
    if (isa<ir::ReshapeOp>(op)) {
      view = reshapeView(source, shapeOf(input), shapeOf(result));
      if (!view) {
        View whole = View::of(addStorage(input.getType()));
        addCopy(source, whole, shapeOf(input), op);
        view = reshapeView(whole, shapeOf(input), shapeOf(result));
      }
    } else {
      const Read &read = *movedRead(kernels[op]);
      Access access = accessOf(source, read.map, kernels[op].numLoops());
      view = View{access.storage, access.offset, access.strides};
      view->strides.resize(shapeOf(result).size());
    }
    if (!views.contains(result) && isView(*view, shapeOf(result))) {
      views[result] = *view;
      return success();
    }
    if (!views.contains(result))
      views[result] = View::of(addStorage(result.getType()));
    addCopy(*view, views[result], shapeOf(result), op);
    return success();
  }

  /// The host reads whole tensors and writes rows of bytes, all in DRAM. Each
  /// result is a call of its own.
  void callHost(Operation *op) {
    SmallVector<Storage *> inputs;
    for (Value operand : op->getOperands()) {
      View view = views.lookup(operand);
      if (view.offset != 0 || !view.isContiguous(shapeOf(operand))) {
        View whole = View::of(addStorage(operand.getType()));
        addCopy(view, whole, shapeOf(operand), op);
        view = whole;
      }
      view.storage->needsDram = true;
      inputs.push_back(view.storage);
    }
    for (OpResult result : op->getResults()) {
      if (result.use_empty() || llvm::is_contained(shapeOf(result), 0))
        continue;
      View place = views.lookup(result);
      bool isInPlace = place.isContiguous(shapeOf(result));
      PlannedStep step;
      step.op = op;
      step.layer = layerOf(op);
      step.host = PlannedHostCall{
          inputs, isInPlace ? place : View::of(addStorage(result.getType())),
          result.getResultNumber()};
      View written = step.host->result;
      written.storage->needsDram = true;
      plan.steps.push_back(std::move(step));
      if (!isInPlace)
        addCopy(written, place, shapeOf(result), op);
    }
  }

  void addCopy(const View &from, const View &to, ArrayRef<int64_t> shape,
               Operation *op) {
    from.storage->needsDram = to.storage->needsDram = true;
    if (llvm::is_contained(shape, 0))
      return;
    PlannedStep step;
    step.op = op;
    step.layer = layerOf(op);
    step.from = from;
    step.to = to;
    step.shape = llvm::to_vector(shape);
    plan.steps.push_back(std::move(step));
  }

  LogicalResult copyOutputs() {
    for (auto &[value, storage] : copied)
      addCopy(views.lookup(value), View::of(storage), shapeOf(value),
              body.getTerminator());
    return success();
  }

  /// Copies arguments that the kernel does not read along their rows.
  void makeReadable(PlacedKernel &placed, Operation *op) {
    const MachineKernel &kernel = placed.kernel;
    unsigned loops = kernel.numLoops();
    auto along = [&](const Read &read, unsigned loop, int64_t size) {
      Access access = placed.accessOf(read, loop >= loops ? 1 : 0);
      return size == 1 || access.strides[loop] == 1;
    };
    auto need = [&](const Read &read, unsigned loop, int64_t size) {
      if (!along(read, loop, size))
        turn(placed, read, loop, op);
    };
    auto needRow = [&](const Read &read) {
      if (hasColumns(formOf(read.map, loops)))
        need(read, loops - 1, kernel.columns());
    };
    if (kernel.product) {
      const Product &product = *kernel.product;
      need(product.lhs, loops, product.depth);
      if (!along(product.rhs, loops, product.depth))
        need(product.rhs, loops - 1, kernel.columns());
      for (const std::optional<Read> *read :
           {&product.init, &product.drain.scales, &product.drain.slopes,
            &product.drain.residual})
        if (*read)
          needRow(**read);
    }
    for (const VectorValue &value : kernel.vector.values)
      if (value.read)
        needRow(*value.read);
  }

  /// Copies an argument so that the dimension that `loop` runs along is the
  /// innermost.
  void turn(PlacedKernel &placed, const Read &read, unsigned loop,
            Operation *op) {
    ArrayRef<int64_t> shape = shapeOf(op->getOperand(read.argument));
    size_t last = 0;
    for (auto [d, index] : llvm::enumerate(read.map))
      if (index.coefficients[loop] != 0)
        last = d;
    SmallVector<int64_t> order, sizes;
    for (size_t d = 0; d < shape.size(); ++d)
      if (d != last)
        order.push_back(d);
    order.push_back(last);
    for (int64_t d : order)
      sizes.push_back(shape[d]);
    Type element =
        getElementTypeOrSelf(op->getOperand(read.argument).getType());
    Storage *storage = addStorage(RankedTensorType::get(sizes, element));
    View turned{storage, 0, SmallVector<int64_t>(shape.size())};
    for (auto [d, stride] : llvm::zip(order, contiguousStrides(sizes)))
      turned.strides[d] = stride;
    addCopy(placed.arguments[read.argument], turned, shape, op);
    placed.arguments[read.argument] = turned;
  }

  func::FuncOp main;
  const Machine &machine;
  mlir::Block &body;
  ProgramPlan plan;
  DenseMap<Value, View> views;
  DenseMap<Operation *, MachineKernel> kernels;
  /// What puts tensors side by side.
  DenseMap<Operation *, ir::ConcatOp> joins;
  /// What the host runs.
  DenseSet<Operation *> hosted;
  DenseSet<Operation *> isDone;
  std::set<std::string> layers;
  SmallVector<std::pair<Value, Storage *>> copied;
};

} // namespace

FailureOr<ProgramPlan> planProgram(func::FuncOp main, const Machine &machine,
                                   double share) {
  return Planner(main, machine).run(share);
}

} // namespace tactus::systolic
