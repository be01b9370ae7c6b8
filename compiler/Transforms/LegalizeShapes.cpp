//===- LegalizeShapes.cpp - Ops that move elements as simpler ones --------===//
#include "compiler/Transforms/Legalization.h"
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"

using namespace mlir;

namespace tactus {
namespace {

ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

bool isEmpty(Value value) {
  return llvm::is_contained(shapeOf(value), 0);
}

/// Builds the ops of one replacement.
class Mover {
public:
  Mover(PatternRewriter &rewriter, Operation *op)
      : rewriter(rewriter), loc(op->getLoc()) {}

  Value reshape(Value input, ArrayRef<int64_t> shape) {
    return ir::ReshapeOp::create(rewriter, loc, input, array(shape));
  }
  Value broadcast(Value input, ArrayRef<int64_t> shape) {
    return ir::BroadcastOp::create(rewriter, loc, input, array(shape));
  }
  Value tile(Value input, ArrayRef<int64_t> repeats) {
    return ir::TileOp::create(rewriter, loc, input, array(repeats));
  }
  /// `count` elements of one dimension.
  Value slice(Value input, int64_t axis, int64_t start, int64_t count,
              int64_t step = 1) {
    int64_t end = start + count * step;
    // Below the first element; -1 would be the last.
    if (end < 0)
      end = std::numeric_limits<int64_t>::min();
    return ir::SliceOp::create(rewriter, loc, input, array(start), array(end),
                               array(axis), array(step));
  }
  Value concat(ArrayRef<Value> parts, int64_t axis) {
    return ir::ConcatOp::create(rewriter, loc, parts,
                                rewriter.getI64IntegerAttr(axis));
  }
  Value fill(ArrayRef<int64_t> shape, Type elementType, double value) {
    return ir::FillOp::create(
        rewriter, loc, TypeAttr::get(RankedTensorType::get(shape, elementType)),
        rewriter.getF64FloatAttr(value));
  }

private:
  DenseI64ArrayAttr array(ArrayRef<int64_t> values) {
    return rewriter.getDenseI64ArrayAttr(values);
  }

  PatternRewriter &rewriter;
  Location loc;
};

/// squeeze, expand_dims -> reshape
template <typename Op> struct ToReshape final : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    if (!op.getType().hasStaticShape())
      return rewriter.notifyMatchFailure(op, "its sizes are not known");

    rewriter.replaceOp(op,
                       Mover(rewriter, op).reshape(op.getInput(), shapeOf(op)));
    return success();
  }
};

/// tile(x) -> reshape(broadcast(reshape(x))), with a dimension of its own for
/// the repeats of each dimension
struct ExpandTile final : OpRewritePattern<ir::TileOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ir::TileOp op,
                                PatternRewriter &rewriter) const override {
    if (!op.getType().hasStaticShape())
      return rewriter.notifyMatchFailure(op, "its sizes are not known");

    Mover mover(rewriter, op);
    // Dimensions that do not repeat ride with the one before.
    SmallVector<int64_t> from, to;
    bool repeats = false;
    for (auto [repeat, size] :
         llvm::zip(op.getRepeats(), shapeOf(op.getInput()))) {
      repeats |= repeat != 1;
      if (repeat == 1 && !from.empty()) {
        from.back() *= size;
        to.back() *= size;
        continue;
      }
      from.append({1, size});
      to.append({repeat, size});
    }
    if (!repeats) {
      rewriter.replaceOp(op, op.getInput());
      return success();
    }
    if (int64_t(from.size()) <= ir::maxRank) {
      Value spread = mover.broadcast(mover.reshape(op.getInput(), from), to);
      rewriter.replaceOp(op, mover.reshape(spread, shapeOf(op)));
      return success();
    }
    // Too many dimensions at once: every other one first.
    SmallVector<int64_t> first(op.getRepeats()), second(op.getRepeats());
    for (size_t i = 0; i < first.size(); ++i)
      (i % 2 ? first : second)[i] = 1;
    rewriter.replaceOp(op,
                       mover.tile(mover.tile(op.getInput(), first), second));
    return success();
  }
};

/// reverse(x) -> slice(x) with steps of -1
struct ReverseToSlice final : OpRewritePattern<ir::ReverseOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ir::ReverseOp op,
                                PatternRewriter &rewriter) const override {
    SmallVector<int64_t> axes = *ir::normalizeAxes(
        std::nullopt, op.getAxes(), op.getInput().getType().getRank());
    SmallVector<int64_t> backward(axes.size(), -1);
    SmallVector<int64_t> ends(axes.size(), std::numeric_limits<int64_t>::min());
    rewriter.replaceOpWithNewOp<ir::SliceOp>(
        op, op.getInput(), rewriter.getDenseI64ArrayAttr(backward),
        rewriter.getDenseI64ArrayAttr(ends),
        rewriter.getDenseI64ArrayAttr(axes),
        rewriter.getDenseI64ArrayAttr(backward));
    return success();
  }
};

/// trilu(x) -> select(column - row >= k, x, 0)
struct TriluToSelect final : OpRewritePattern<ir::TriluOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ir::TriluOp op,
                                PatternRewriter &rewriter) const override {
    RankedTensorType type = op.getInput().getType();
    if (!type.hasStaticShape())
      return rewriter.notifyMatchFailure(op, "its sizes are not known");

    Location loc = op.getLoc();
    int64_t rows = shapeOf(op).drop_back().back(), columns = shapeOf(op).back();
    // Beyond these, k changes nothing any more.
    int64_t k = std::clamp<int64_t>(op.getK(), -rows, columns);
    bool isNarrow = rows + columns <= std::numeric_limits<int32_t>::max();
    Type index = rewriter.getIntegerType(isNarrow ? 32 : 64);
    auto count = [&](ArrayRef<int64_t> shape) -> Value {
      return ir::IotaOp::create(
          rewriter, loc, TypeAttr::get(RankedTensorType::get(shape, index)),
          rewriter.getI64IntegerAttr(0));
    };
    auto scalar = [&](TypedAttr value) -> Value {
      auto type = RankedTensorType::get({}, value.getType());
      return ir::ConstantOp::create(
          rewriter, loc, type,
          cast<ElementsAttr>(DenseElementsAttr::get(type, Attribute(value))));
    };
    Value distance =
        ir::SubOp::create(rewriter, loc, count(columns), count({rows, 1}));
    Value keeps = ir::CompareOp::create(
        rewriter, loc, distance, scalar(rewriter.getIntegerAttr(index, k)),
        ir::PredicateAttr::get(getContext(), op.getUpper()
                                                 ? ir::Predicate::greater_equal
                                                 : ir::Predicate::less_equal));
    Value zero =
        scalar(cast<TypedAttr>(rewriter.getZeroAttr(type.getElementType())));
    rewriter.replaceOpWithNewOp<ir::SelectOp>(op, keeps, op.getInput(), zero);
    return success();
  }
};

/// split(x) -> slice(x), one for each part
struct SplitToSlices final : OpRewritePattern<ir::SplitOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ir::SplitOp op,
                                PatternRewriter &rewriter) const override {
    if (llvm::any_of(op.getResultTypes(), [](Type type) {
          return !cast<RankedTensorType>(type).hasStaticShape();
        }))
      return rewriter.notifyMatchFailure(op, "its sizes are not known");

    Mover mover(rewriter, op);
    int64_t axis = *ir::normalizeAxis(std::nullopt, op.getAxis(),
                                      op.getInput().getType().getRank());
    int64_t start = 0;
    SmallVector<Value> parts;
    for (Value result : op.getResults()) {
      int64_t size = shapeOf(result)[axis];
      parts.push_back(mover.slice(op.getInput(), axis, start, size));
      start += size;
    }
    rewriter.replaceOp(op, parts);
    return success();
  }
};

/// concat(x, empty) -> x
struct DropEmptyParts final : OpRewritePattern<ir::ConcatOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ir::ConcatOp op,
                                PatternRewriter &rewriter) const override {
    SmallVector<Value> parts;
    for (Value input : op.getInputs())
      if (!isEmpty(input))
        parts.push_back(input);
    if (parts.size() == op.getInputs().size() && parts.size() > 1)
      return rewriter.notifyMatchFailure(op, "every part has elements");
    if (!op.getType().hasStaticShape())
      return rewriter.notifyMatchFailure(op, "its sizes are not known");

    Mover mover(rewriter, op);
    if (parts.empty())
      rewriter.replaceOp(
          op, mover.fill(shapeOf(op), op.getType().getElementType(), 0));
    else if (parts.size() == 1)
      rewriter.replaceOp(op, parts);
    else
      rewriter.replaceOp(op, mover.concat(parts, op.getAxis()));
    return success();
  }
};

/// pad(x) -> concat(border, x, border) along one axis after another
struct ExpandPad final : OpRewritePattern<ir::PadOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ir::PadOp op,
                                PatternRewriter &rewriter) const override {
    if (!op.getType().hasStaticShape())
      return rewriter.notifyMatchFailure(op, "its sizes are not known");

    Mover mover(rewriter, op);
    Value result = op.getInput();
    ArrayRef<int64_t> pads = op.getPads();
    int64_t rank = shapeOf(op).size();
    auto cut = [](int64_t pad) { return std::max<int64_t>(-pad, 0); };
    for (int64_t axis = 0; axis < rank; ++axis) {
      int64_t first = cut(pads[axis]), last = cut(pads[rank + axis]);
      if (first || last)
        result = mover.slice(result, axis, first,
                             shapeOf(result)[axis] - first - last);
    }
    for (int64_t axis = 0; axis < rank; ++axis) {
      int64_t before = std::max<int64_t>(pads[axis], 0),
              after = std::max<int64_t>(pads[rank + axis], 0);
      if (before || after)
        result = padAxis(mover, op, result, axis, before, after);
    }
    rewriter.replaceOp(op, result);
    return success();
  }

private:
  static Value padAxis(Mover &mover, ir::PadOp op, Value x, int64_t axis,
                       int64_t before, int64_t after) {
    int64_t size = shapeOf(x)[axis];
    SmallVector<int64_t> beforeShape(shapeOf(x)), afterShape(shapeOf(x));
    beforeShape[axis] = before;
    afterShape[axis] = after;
    ir::PadMode mode = op.getMode();
    if (mode == ir::PadMode::constant) {
      Type type = op.getType().getElementType();
      double value = op.getValue().convertToDouble();
      return mover.concat({mover.fill(beforeShape, type, value), x,
                           mover.fill(afterShape, type, value)},
                          axis);
    }
    // The one element is all that there is to mirror.
    if (mode == ir::PadMode::edge ||
        (mode == ir::PadMode::reflect && size == 1)) {
      Value first = mover.slice(x, axis, 0, 1);
      Value last = mover.slice(x, axis, size - 1, 1);
      return mover.concat({mover.broadcast(first, beforeShape), x,
                           mover.broadcast(last, afterShape)},
                          axis);
    }
    bool reflects = mode == ir::PadMode::reflect;
    int64_t most = reflects ? size - 1 : size;
    if (before <= most && after <= most) {
      Value first = reflects ? mover.slice(x, axis, before, before, -1)
                             : mover.slice(x, axis, size - before, before);
      Value last = reflects ? mover.slice(x, axis, size - 2, after, -1)
                            : mover.slice(x, axis, 0, after);
      return mover.concat({first, x, last}, axis);
    }
    // Wider than the tensor: part of a ring that goes around several times.
    Value ring =
        reflects ? mover.concat(
                       {x, mover.slice(x, axis, size - 2, size - 2, -1)}, axis)
                 : x;
    int64_t period = shapeOf(ring)[axis];
    int64_t start = (period - before % period) % period;
    int64_t count = before + size + after;
    SmallVector<int64_t> repeats(shapeOf(x).size(), 1);
    repeats[axis] = llvm::divideCeil(start + count, period);
    return mover.slice(mover.tile(ring, repeats), axis, start, count);
  }
};

} // namespace

void populateShapeLegalization(RewritePatternSet &patterns) {
  patterns.add<ToReshape<ir::SqueezeOp>, ToReshape<ir::ExpandDimsOp>,
               ExpandTile, ReverseToSlice, TriluToSelect, SplitToSlices,
               DropEmptyParts, ExpandPad>(patterns.getContext());
}

} // namespace tactus
