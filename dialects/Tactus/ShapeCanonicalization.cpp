//===- ShapeCanonicalization.cpp - Elements moved once, or not at all -----===//
#include "dialects/Tactus/Canonicalization.h"
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace tactus::ir;

namespace {

//===----------------------------------------------------------------------===//
// Ops that move nothing
//===----------------------------------------------------------------------===//

/// concat(x) -> x
struct DropConcatOfOne final : OpRewritePattern<ConcatOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConcatOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getInputs().size() != 1)
      return rewriter.notifyMatchFailure(op, "it has several inputs");

    rewriter.replaceOp(op, op.getInputs().front());
    return success();
  }
};

/// split(x) -> x where there is one part
struct DropSplitIntoOne final : OpRewritePattern<SplitOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SplitOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getNumResults() != 1 ||
        op->getResult(0).getType() != op.getInput().getType())
      return rewriter.notifyMatchFailure(op, "it has several parts");

    rewriter.replaceOp(op, op.getInput());
    return success();
  }
};

/// pad(x) -> x where all pads are 0; tile(x) -> x where all repeats are 1
template <typename Op, auto getNumbers, int64_t neutral>
struct DropOfNumbers final : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    if (!llvm::all_of((op.*getNumbers)(),
                      [](int64_t number) { return number == neutral; }))
      return rewriter.notifyMatchFailure(op, "it adds elements");

    rewriter.replaceOp(op, op.getInput());
    return success();
  }
};

/// f(x) -> x where no axis is named and the type stays: squeeze, expand_dims,
/// reverse and reductions; not sums, which are 0 + x, and so 0 where x is -0
template <typename Op> struct DropOfNoAxes final : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    std::optional<ArrayRef<int64_t>> axes = op.getAxes();
    if (!axes || !axes->empty())
      return rewriter.notifyMatchFailure(op, "it has axes");
    if (op.getInput().getType() != op.getType())
      return rewriter.notifyMatchFailure(op, "it changes the element type");

    rewriter.replaceOp(op, op.getInput());
    return success();
  }
};

//===----------------------------------------------------------------------===//
// Several as one
//===----------------------------------------------------------------------===//

/// reverse(reverse(x)) -> reverse(x) along the axes that one of them names
struct ComposeReverses final : OpRewritePattern<ReverseOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ReverseOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getInput().getDefiningOp<ReverseOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "its input is not a reverse");

    int64_t rank = op.getType().getRank();
    auto axes = *normalizeAxes(std::nullopt, op.getAxes(), rank);
    auto innerAxes = *normalizeAxes(std::nullopt, inner.getAxes(), rank);
    SmallVector<int64_t> once;
    std::set_symmetric_difference(axes.begin(), axes.end(), innerAxes.begin(),
                                  innerAxes.end(), std::back_inserter(once));
    rewriter.replaceOpWithNewOp<ReverseOp>(op, inner.getInput(),
                                           rewriter.getDenseI64ArrayAttr(once));
    return success();
  }
};

/// tile(tile(x)) -> tile(x) with the products of the repeats
struct ComposeTiles final : OpRewritePattern<TileOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(TileOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getInput().getDefiningOp<TileOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "its input is not a tile");
    SmallVector<int64_t> repeats;
    for (auto [outer, first] : llvm::zip(op.getRepeats(), inner.getRepeats()))
      if (llvm::MulOverflow(outer, first, repeats.emplace_back()))
        return rewriter.notifyMatchFailure(op, "a product is too large");

    rewriter.replaceOpWithNewOp<TileOp>(op, op.getType(), inner.getInput(),
                                        rewriter.getDenseI64ArrayAttr(repeats));
    return success();
  }
};

/// broadcast(broadcast(x)) -> broadcast(x) where the sizes are known
struct ComposeBroadcasts final : OpRewritePattern<BroadcastOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(BroadcastOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getInput().getDefiningOp<BroadcastOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "its input is not a broadcast");
    if (!op.getType().hasStaticShape())
      return rewriter.notifyMatchFailure(op, "its sizes are not known");

    rewriter.replaceOpWithNewOp<BroadcastOp>(
        op, inner.getInput(),
        rewriter.getDenseI64ArrayAttr(op.getType().getShape()));
    return success();
  }
};

/// The range that `op` takes of each dimension of its input, whose sizes are
/// known.
SmallVector<SliceRange> rangesOf(SliceOp op) {
  SmallVector<SliceRange> ranges;
  ArrayRef<int64_t> sizes = op.getInput().getType().getShape();
  for (int64_t size : sizes)
    ranges.push_back({0, 1, size});
  for (size_t i = 0; i < op.getStarts().size(); ++i) {
    int64_t axis = op.getAxes() ? (*op.getAxes())[i] : int64_t(i);
    axis = axis < 0 ? axis + int64_t(sizes.size()) : axis;
    ranges[size_t(axis)] =
        sliceRange(sizes[size_t(axis)], op.getStarts()[i], op.getEnds()[i],
                   op.getSteps() ? (*op.getSteps())[i] : 1);
  }
  return ranges;
}

/// slice(slice(x)) -> slice(x) where the sizes are known
struct ComposeSlices final : OpRewritePattern<SliceOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SliceOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getInput().getDefiningOp<SliceOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "its input is not a slice");
    if (!inner.getInput().getType().hasStaticShape())
      return rewriter.notifyMatchFailure(op, "its sizes are not known");

    SmallVector<int64_t> starts, ends, steps, axes;
    for (auto [axis, pair] :
         llvm::enumerate(llvm::zip(rangesOf(inner), rangesOf(op)))) {
      auto [first, second] = pair;
      int64_t size = inner.getInput().getType().getDimSize(axis);
      int64_t step = first.step * second.step;
      if (second.count == size && step == 1)
        continue;
      axes.push_back(int64_t(axis));
      if (second.count == 0) {
        starts.push_back(0);
        ends.push_back(0);
        steps.push_back(1);
        continue;
      }
      // The steps of one element are of no use, and may be larger than any
      // that reaches a second one.
      step = second.count == 1 ? 1 : step;
      starts.push_back(first.start + second.start * first.step);
      int64_t last = starts.back() + (second.count - 1) * step;
      int64_t end = step > 0 ? last + 1 : last - 1;
      // Below the first element; -1 would be the last.
      ends.push_back(end < 0 ? end - size : end);
      steps.push_back(step);
    }
    rewriter.replaceOpWithNewOp<SliceOp>(op, op.getType(), inner.getInput(),
                                         rewriter.getDenseI64ArrayAttr(starts),
                                         rewriter.getDenseI64ArrayAttr(ends),
                                         rewriter.getDenseI64ArrayAttr(axes),
                                         rewriter.getDenseI64ArrayAttr(steps));
    return success();
  }
};

/// gather(x, i) -> reshape(slice(x)) for one index, which is known and in range
struct SliceKnownIndex final : OpRewritePattern<GatherOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(GatherOp op,
                                PatternRewriter &rewriter) const override {
    DenseIntElementsAttr indices;
    if (!matchPattern(op.getIndices(), m_Constant(&indices)) ||
        indices.getNumElements() != 1)
      return rewriter.notifyMatchFailure(op,
                                         "it has no one index that is known");
    if (!op.getType().hasStaticShape())
      return rewriter.notifyMatchFailure(op, "its sizes are not known");
    RankedTensorType data = op.getData().getType();
    int64_t axis = *normalizeAxis(std::nullopt, op.getAxis(), data.getRank());
    int64_t size = data.getDimSize(unsigned(axis));
    int64_t index = (*indices.begin()).getSExtValue();
    index = index < 0 ? index + size : index;
    if (ShapedType::isDynamic(size) || index < 0 || index >= size)
      return rewriter.notifyMatchFailure(op, "its index fails the run");

    auto slice = SliceOp::create(rewriter, op.getLoc(), op.getData(),
                                 rewriter.getDenseI64ArrayAttr(index),
                                 rewriter.getDenseI64ArrayAttr(index + 1),
                                 rewriter.getDenseI64ArrayAttr(axis),
                                 rewriter.getDenseI64ArrayAttr(1));
    rewriter.replaceOpWithNewOp<ReshapeOp>(
        op, slice, rewriter.getDenseI64ArrayAttr(op.getType().getShape()));
    return success();
  }
};

/// concat(concat(x, y), z) -> concat(x, y, z) along one axis, where nothing
/// else reads the first
struct ComposeConcats final : OpRewritePattern<ConcatOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConcatOp op,
                                PatternRewriter &rewriter) const override {
    int64_t rank = op.getType().getRank();
    auto frontAxis = [&](ConcatOp concat) {
      int64_t axis = concat.getAxis();
      return axis < 0 ? axis + rank : axis;
    };
    SmallVector<Value> parts;
    for (Value input : op.getInputs()) {
      auto inner = input.getDefiningOp<ConcatOp>();
      if (inner && inner->hasOneUse() && frontAxis(inner) == frontAxis(op))
        llvm::append_range(parts, inner.getInputs());
      else
        parts.push_back(input);
    }
    if (parts.size() == op.getInputs().size())
      return rewriter.notifyMatchFailure(op, "no part is such a concat");

    rewriter.replaceOpWithNewOp<ConcatOp>(op, op.getType(), parts,
                                          op.getAxisAttr());
    return success();
  }
};

/// Whether `op` gives the elements of its input in their order.
bool keepsOrder(Operation *op) {
  return isa_and_nonnull<ReshapeOp, SqueezeOp, ExpandDimsOp>(op);
}

/// f(g(x)) -> x where the type is that of x, else reshape(x); f and g being
/// squeeze, expand_dims and reshape, and the sizes known
template <typename Op> struct ComposeReshapes final : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    Operation *inner = op.getInput().getDefiningOp();
    if (!keepsOrder(inner))
      return rewriter.notifyMatchFailure(op, "its input is another op");
    Value input = inner->getOperand(0);
    auto from = cast<RankedTensorType>(input.getType());
    if (!from.hasStaticShape() || !op.getType().hasStaticShape())
      return rewriter.notifyMatchFailure(op, "its sizes are not known");

    if (from == op.getType())
      rewriter.replaceOp(op, input);
    else
      rewriter.replaceOpWithNewOp<ReshapeOp>(
          op, input, rewriter.getDenseI64ArrayAttr(op.getType().getShape()));
    return success();
  }
};

/// f(g(x)) -> x where f and g are squeeze and expand_dims, of the same axes
/// and any sizes
template <typename Op, typename Inner>
struct DropDimsTwice final : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getInput().template getDefiningOp<Inner>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "its input is another op");
    // Absent axes of a squeeze are others for other sizes.
    std::optional<ArrayRef<int64_t>> axes = op.getAxes(),
                                     innerAxes = inner.getAxes();
    int64_t rank =
        std::max(op.getType().getRank(), op.getInput().getType().getRank());
    if (!axes || !innerAxes || op.getType() != inner.getInput().getType() ||
        *normalizeAxes(std::nullopt, axes, rank) !=
            *normalizeAxes(std::nullopt, innerAxes, rank))
      return rewriter.notifyMatchFailure(op, "the axes differ");

    rewriter.replaceOp(op, inner.getInput());
    return success();
  }
};

/// reshape(c), squeeze(c), expand_dims(c) -> c of that shape
template <typename Op> struct ReshapeConstant final : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    DenseElementsAttr elements;
    if (!matchPattern(op.getInput(), m_Constant(&elements)))
      return rewriter.notifyMatchFailure(op, "its input is not constant");

    rewriter.replaceOpWithNewOp<ConstantOp>(
        op, op.getType(), cast<ElementsAttr>(elements.reshape(op.getType())));
    return success();
  }
};

} // namespace

void tactus::ir::populateShapeCanonicalization(RewritePatternSet &patterns) {
  patterns
      .add<DropConcatOfOne, DropSplitIntoOne,
           DropOfNumbers<PadOp, &PadOp::getPads, 0>,
           DropOfNumbers<TileOp, &TileOp::getRepeats, 1>,
           DropOfNoAxes<SqueezeOp>, DropOfNoAxes<ExpandDimsOp>,
           DropOfNoAxes<ReverseOp>, DropOfNoAxes<ProdOp>, DropOfNoAxes<MaxOp>,
           DropOfNoAxes<MinOp>, DropOfNoAxes<AnyOp>, DropOfNoAxes<AllOp>>(
          patterns.getContext());
  patterns
      .add<ComposeReverses, ComposeTiles, ComposeBroadcasts, ComposeSlices,
           SliceKnownIndex, ComposeConcats, ComposeReshapes<ReshapeOp>,
           ComposeReshapes<SqueezeOp>, ComposeReshapes<ExpandDimsOp>,
           DropDimsTwice<SqueezeOp, ExpandDimsOp>,
           DropDimsTwice<ExpandDimsOp, SqueezeOp>, ReshapeConstant<ReshapeOp>,
           ReshapeConstant<SqueezeOp>, ReshapeConstant<ExpandDimsOp>>(
          patterns.getContext());
}
