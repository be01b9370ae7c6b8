//===- SpecializeShapes.cpp - The sizes of one call -----------------------===//
#include "compiler/Transforms/LegalizeSteps.h"
#include "compiler/Transforms/Passes.h"
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus {
#define GEN_PASS_DEF_SPECIALIZESHAPESPASS
#include "compiler/Transforms/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {

/// Sizes that are known have no names.
static void dropNamesOfSizes(func::FuncOp function) {
  SmallVector<DictionaryAttr> all;
  function.getAllArgAttrs(all);
  for (auto [i, type] : llvm::enumerate(function.getArgumentTypes())) {
    auto names = function.getArgAttrOfType<ArrayAttr>(i, "tactus.dims");
    if (!names)
      continue;
    auto shape = cast<RankedTensorType>(type).getShape();
    NamedAttrList attributes(all[i]);
    SmallVector<Attribute> kept;
    for (auto [size, name] : llvm::zip(shape, names))
      kept.push_back(ShapedType::isDynamic(size)
                         ? name
                         : StringAttr::get(function.getContext(), ""));
    if (ShapedType::isDynamicShape(shape))
      attributes.set("tactus.dims",
                     ArrayAttr::get(function.getContext(), kept));
    else
      attributes.erase("tactus.dims");
    all[i] = attributes.getDictionary(function.getContext());
  }
  // At once, since each change makes a list of all.
  function.setAllArgAttrs(all);
}

/// Refuses what has a size that only a run tells.
static LogicalResult checkRanges(Operation *op) {
  WalkResult result = op->walk([](ir::RangeOp range) {
    if (range.getResult().getType().hasStaticShape())
      return WalkResult::advance();
    range.emitOpError("expected bounds that are constants here, where sizes "
                      "must be known before the program runs, but got bounds "
                      "that it computes");
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

/// Refuses what would be beyond the limits of a tensor if it were of f64 or
/// i64, in which targets compute some ops.
static LogicalResult checkSizes(func::FuncOp function) {
  Type widest = Float64Type::get(function.getContext());
  WalkResult result = function.walk([&](Operation *op) {
    for (Type type : op->getResultTypes()) {
      auto tensor = dyn_cast<RankedTensorType>(type);
      if (!tensor ||
          succeeded(ir::verifyLimits(std::nullopt, tensor.clone(widest))))
        continue;
      op->emitOpError("expected a tensor of 2^37 elements or less, but got ")
          << type;
      return WalkResult::interrupt();
    }
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

/// Writes the first ranges whose bounds are not constants as arithmetic, which
/// has a size of its own.
static void giveSizes(Block &body, ArrayRef<int64_t> rangeSizes) {
  PatternRewriter rewriter(body.getParentOp()->getContext());
  for (auto range : llvm::make_early_inc_range(body.getOps<ir::RangeOp>())) {
    if (rangeSizes.empty() || range.getResult().getType().hasStaticShape())
      continue;
    rewriter.setInsertionPoint(range);
    rewriter.replaceOp(
        range, legalize::expandRange(rewriter, range, rangeSizes.front()));
    rangeSizes = rangeSizes.drop_front();
  }
}

LogicalResult specializeShapes(func::FuncOp function,
                               ArrayRef<RankedTensorType> inputs,
                               ArrayRef<int64_t> rangeSizes) {
  Block &body = function.getBody().front();
  giveSizes(body, rangeSizes);
  for (auto [argument, type] : llvm::zip(body.getArguments(), inputs))
    argument.setType(type);
  for (Operation &op : body)
    if (failed(ir::inferAgain(&op)) || failed(checkRanges(&op)))
      return failure();
  if (failed(checkSizes(function)))
    return failure();
  function.setFunctionType(
      FunctionType::get(function.getContext(), body.getArgumentTypes(),
                        body.getTerminator()->getOperandTypes()));
  dropNamesOfSizes(function);
  return success();
}

namespace {
struct SpecializeShapesPass final
    : tactus::impl::SpecializeShapesPassBase<SpecializeShapesPass> {
  using SpecializeShapesPassBase::SpecializeShapesPassBase;

  void runOnOperation() override {
    auto function = getOperation().lookupSymbol<func::FuncOp>("main");
    if (!function || function.isExternal())
      return;
    SmallVector<RankedTensorType> types;
    for (auto [i, type] : llvm::enumerate(function.getArgumentTypes())) {
      auto tensor = dyn_cast<RankedTensorType>(type);
      if (!tensor) {
        function.emitError("expected tensor arguments, but got ") << type;
        return signalPassFailure();
      }
      SmallVector<int64_t> shape(tensor.getShape());
      if (auto names = function.getArgAttrOfType<ArrayAttr>(i, "tactus.dims"))
        for (auto [dim, name] :
             llvm::zip(shape, names.getAsRange<StringAttr>()))
          if (ShapedType::isDynamic(dim) &&
              failed(lookup(function, name.getValue(), dim)))
            return signalPassFailure();
      types.push_back(RankedTensorType::get(shape, tensor.getElementType()));
    }
    if (failed(specializeShapes(function, types)))
      signalPassFailure();
  }

  /// Leaves `size` as it is where `dims` does not name the dimension.
  LogicalResult lookup(func::FuncOp function, StringRef name, int64_t &size) {
    for (const std::string &entry : dims) {
      auto [key, value] = StringRef(entry).split('=');
      if (key != name)
        continue;
      if (value.getAsInteger(10, size) || size < 0)
        return function.emitError("expected a size for dimension '")
               << name << "', but got '" << value << "'";
    }
    return success();
  }
};
} // namespace
} // namespace tactus
