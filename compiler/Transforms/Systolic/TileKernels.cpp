//===- TileKernels.cpp - Kernels as tiles of the array --------------------===//
#include "compiler/Transforms/Systolic/Passes.h"
#include "compiler/Transforms/Systolic/ProductKernel.h"
#include "compiler/Transforms/Systolic/ProgramBuilder.h"
#include "dialects/Systolic/Footprint.h"
#include "dialects/Systolic/ModuleMachine.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace tactus {
#define GEN_PASS_DEF_SYSTOLICTILEKERNELSPASS
#include "compiler/Transforms/Systolic/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

using namespace tactus::systolic;

/// How the rows of a product are cut.
struct Tiling {
  int64_t foldsK = 0, foldsN = 0;
  /// Rows of a result's row in the unified buffer.
  int64_t span = 1;
  SmallVector<int64_t> chunks;
};

/// The fewest even chunks of rows of which sums fit into half the accumulators,
/// and inputs and results, each twice, into a layer's share of the unified
/// buffer.
FailureOr<Tiling> chooseTiling(const ProductKernel &product,
                               const Machine &machine, int64_t numLayers) {
  Tiling tiling;
  tiling.foldsK = llvm::divideCeil(product.k, machine.rows);
  tiling.foldsN = llvm::divideCeil(product.n, machine.columns);
  tiling.span = spanOf(machine, Space::UnifiedBuffer,
                       machine.columns * (product.scale ? 1 : 4));
  int64_t inputSpan = spanOf(machine, Space::UnifiedBuffer, machine.rows);
  if (inputSpan != 1)
    return failure();
  int64_t most = std::min({machine.accumulatorRows / 2, int64_t(65535),
                           machine.unifiedBufferRows() / numLayers /
                               (2 * (tiling.foldsK + tiling.span))});
  if (most < 1)
    return failure();
  int64_t count = llvm::divideCeil(product.m, most);
  for (int64_t i = 0; i < count; ++i)
    tiling.chunks.push_back(product.m / count + (i < product.m % count));
  return tiling;
}

/// Emits the layers of one program.
class Tiler {
public:
  Tiler(OpBuilder &builder, Location loc, const Machine &machine)
      : emit(builder, loc), machine(machine),
        ub(UnifiedBufferType::get(builder.getContext())),
        acc(AccumulatorsType::get(builder.getContext())) {}

  void addLayer(const ProductKernel &product, const Tiling &tiling,
                ValueRange operands, Value result) {
    // Buffers of their own for each layer: systolic-allocate checks the sum.
    int64_t largest = tiling.chunks.front();
    SmallVector<Value> inputs[2];
    Value sums[2], results[2];
    unsigned numInputBuffers = tiling.chunks.size() > 1 ? 2 : 1;
    for (unsigned half = 0; half < 2; ++half) {
      if (half < numInputBuffers)
        for (int64_t i = 0; i < tiling.foldsK; ++i)
          inputs[half].push_back(emit.alloc(largest, ub));
      if (!accumulators[half])
        accumulators[half] = emit.alloc(machine.accumulatorRows / 2, acc);
      sums[half] = accumulators[half];
      results[half] = emit.alloc(largest * tiling.span, ub);
    }

    int64_t firstRow = 0, block = 0;
    for (auto [chunk, rows] : llvm::enumerate(tiling.chunks)) {
      ArrayRef<Value> rowsOfA = inputs[chunk % numInputBuffers];
      for (int64_t i = 0; i < tiling.foldsK; ++i)
        emit.load({.local = rowsOfA[i],
                   .dram = operands[product.lhs],
                   .offset = firstRow * product.k + i * machine.rows,
                   .dramStride = product.k,
                   .rows = rows,
                   .rowBytes = depth(product, i)});
      for (int64_t j = 0; j < tiling.foldsN; ++j, ++block)
        addBlock(product, tiling, operands, result, rowsOfA, sums[block % 2],
                 results[block % 2], {firstRow, rows, j});
      firstRow += rows;
    }
  }

  ProgramBuilder emit;

private:
  struct Place {
    int64_t firstRow, rows, fold;
  };

  int64_t depth(const ProductKernel &product, int64_t i) const {
    return std::min(machine.rows, product.k - i * machine.rows);
  }

  /// One chunk of rows times one column of weight tiles.
  void addBlock(const ProductKernel &product, const Tiling &tiling,
                ValueRange operands, Value result, ArrayRef<Value> rowsOfA,
                Value sums, Value staging, Place place) {
    int64_t firstColumn = place.fold * machine.columns;
    int64_t columns = std::min(machine.columns, product.n - firstColumn);
    bool hasBias = product.bias >= 0;
    if (hasBias)
      emit.load({.local = sums,
                 .dram = operands[product.bias],
                 .offset = firstColumn * 4,
                 .rows = place.rows,
                 .rowBytes = columns * 4,
                 .broadcast = true});
    for (int64_t i = 0; i < tiling.foldsK; ++i) {
      emit.loadWeights(operands[product.rhs], depth(product, i), columns,
                       i * machine.rows * product.n + firstColumn, product.n);
      emit.multiply(rowsOfA[i], sums, depth(product, i), place.rows,
                    hasBias || i > 0);
    }
    emit.drain({.sums = sums,
                .destination = staging,
                .rows = place.rows,
                .columns = columns,
                .stride = tiling.span,
                .relu = product.relu,
                .scale = product.scale,
                .zeroPoint = product.zeroPoint});
    int64_t width = product.scale ? 1 : 4;
    emit.store({.local = staging,
                .dram = result,
                .offset = (place.firstRow * product.n + firstColumn) * width,
                .dramStride = product.n * width,
                .rows = place.rows,
                .rowBytes = columns * width,
                .localStride = tiling.span});
  }

  const Machine &machine;
  Type ub, acc;
  Value accumulators[2];
};

struct SystolicTileKernelsPass final
    : tactus::impl::SystolicTileKernelsPassBase<SystolicTileKernelsPass> {
  using SystolicTileKernelsPassBase::SystolicTileKernelsPassBase;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    auto main = module.lookupSymbol<func::FuncOp>("main");
    if (!main || main.isExternal())
      return;
    FailureOr<Machine> machine = nameMachine(module);
    if (failed(machine) || failed(tile(module, main, *machine)))
      return signalPassFailure();
    main.erase();
    if (auto prepare = module.lookupSymbol("prepare"))
      prepare->erase();
    for (auto kernel :
         llvm::make_early_inc_range(module.getOps<ir::KernelOp>()))
      kernel.erase();
  }

  FailureOr<Machine> nameMachine(ModuleOp module) {
    if (!machine.empty() && !module->hasAttr(machineAttributeName))
      module->setAttr(machineAttributeName,
                      StringAttr::get(&getContext(), machine));
    return machineOf(module->getAttr(machineAttributeName),
                     [&] { return module.emitError(); });
  }

  static Value addDram(OpBuilder &builder, Location loc, RoleKind role,
                       Type type, StringAttr name, int64_t index = 0) {
    MLIRContext *context = builder.getContext();
    return DramOp::create(builder, loc, DramType::get(context),
                          RoleKindAttr::get(context, role), TypeAttr::get(type),
                          name, builder.getI64IntegerAttr(index),
                          ElementsAttr(), IntegerAttr());
  }

  /// Inputs and outputs by name; what @prepare gives by number.
  static void addArguments(OpBuilder &builder, func::FuncOp main,
                           DenseMap<Value, Value> &drams) {
    int64_t prepared = 0;
    for (auto [i, argument] : llvm::enumerate(main.getArguments())) {
      bool isPrepared = bool(main.getArgAttr(i, "tactus.prepared"));
      auto name = main.getArgAttrOfType<StringAttr>(i, "tactus.name");
      if (!name)
        name = builder.getStringAttr("input" + std::to_string(i));
      drams[argument] = addDram(
          builder, main.getLoc(),
          isPrepared ? RoleKind::constant : RoleKind::input, argument.getType(),
          isPrepared ? StringAttr() : name, isPrepared ? prepared++ : 0);
    }
  }

  static LogicalResult tile(ModuleOp module, func::FuncOp main,
                            const Machine &machine) {
    for (auto control : main.getOps<ir::ControlOpInterface>())
      return control->emitOpError(
          "expected ops that a systolic machine has instructions for, but got "
          "control flow, which only the CPU and the interpreter run");
    OpBuilder builder(main);
    SmallVector<Attribute> layers;
    main.walk([&](ir::DispatchOp dispatch) {
      layers.push_back(builder.getStringAttr(dispatch.getKernel()));
    });
    auto program =
        ProgramOp::create(builder, main.getLoc(), builder.getStringAttr("main"),
                          builder.getArrayAttr(layers));
    builder.setInsertionPointToEnd(&program.getBody().emplaceBlock());
    DenseMap<Value, Value> drams;
    addArguments(builder, main, drams);
    Operation *end = main.getBody().front().getTerminator();
    for (auto [i, value] : llvm::enumerate(end->getOperands())) {
      auto name = main.getResultAttrOfType<StringAttr>(i, "tactus.name");
      if (!value.getDefiningOp<ir::DispatchOp>() || drams.contains(value))
        return main.emitError("expected each output to be computed from an "
                              "input, and once only");
      drams[value] = addDram(
          builder, main.getLoc(), RoleKind::output, value.getType(),
          name ? name : builder.getStringAttr("output" + std::to_string(i)));
    }

    Tiler tiler(builder, main.getLoc(), machine);
    for (Operation &op : main.getBody().front().without_terminator()) {
      auto dispatch = dyn_cast<ir::DispatchOp>(op);
      if (!dispatch)
        return op.emitOpError(
            "expected only kernels that the array runs in @main");
      if (failed(addDispatch(module, dispatch, machine, builder, drams, tiler)))
        return failure();
      ++tiler.emit.layer;
    }
    tiler.emit.layer = std::max<int64_t>(tiler.emit.layer - 1, 0);
    tiler.emit.halt();
    return success();
  }

  static LogicalResult addDispatch(ModuleOp module, ir::DispatchOp dispatch,
                                   const Machine &machine, OpBuilder &builder,
                                   DenseMap<Value, Value> &drams,
                                   Tiler &tiler) {
    int64_t numLayers = dispatch->getParentOfType<func::FuncOp>()
                            .getBody()
                            .front()
                            .getOperations()
                            .size() -
                        1;
    auto kernel = module.lookupSymbol<ir::KernelOp>(dispatch.getKernel());
    if (!kernel)
      return dispatch.emitOpError("expected a kernel that is not lowered");
    FailureOr<ProductKernel> product = matchProduct(kernel);
    if (failed(product))
      return failure();
    FailureOr<Tiling> tiling = chooseTiling(*product, machine, numLayers);
    if (failed(tiling))
      return dispatch.emitOpError("expected a product whose rows fit the "
                                  "unified buffer of '")
             << machine.name << "', of which each of " << numLayers
             << " layers has a part";
    SmallVector<Value> operands;
    for (Value input : dispatch.getInputs())
      operands.push_back(drams.lookup(input));
    Value &result = drams[dispatch.getResult(0)];
    if (!result)
      result = addDram(builder, dispatch.getLoc(), RoleKind::scratch,
                       dispatch.getResult(0).getType(), StringAttr());
    tiler.addLayer(*product, *tiling, operands, result);
    return success();
  }
};

} // namespace
} // namespace tactus
