//===- ActivationOps.cpp - Activation functions ---------------------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"
#include <cmath>

using namespace mlir;
using namespace tactus::ir;

/// Checks that the attribute `name` is a finite number.
static LogicalResult verifyFinite(Operation *op, StringRef name,
                                  const APFloat &value) {
  if (value.isFinite())
    return success();
  return op->emitOpError("expected a finite ")
         << name << ", but got " << value.convertToDouble();
}

// (C1)
LogicalResult LeakyReluOp::verify() {
  return verifyFinite(*this, "alpha", getAlpha());
}

// (C1)
LogicalResult EluOp::verify() {
  return verifyFinite(*this, "alpha", getAlpha());
}

// (C1)
LogicalResult SeluOp::verify() {
  if (failed(verifyFinite(*this, "alpha", getAlpha())))
    return failure();
  return verifyFinite(*this, "gamma", getGamma());
}

LogicalResult CeluOp::verify() {
  double alpha = getAlpha().convertToDouble();
  // (C1)
  if (std::isfinite(alpha) && alpha > 0)
    return success();
  return emitOpError("expected a positive, finite alpha, but got ") << alpha;
}

// (C1)
LogicalResult HardSigmoidOp::verify() {
  if (failed(verifyFinite(*this, "alpha", getAlpha())))
    return failure();
  return verifyFinite(*this, "beta", getBeta());
}

LogicalResult HardTanhOp::verify() {
  double min = getMin().convertToDouble(), max = getMax().convertToDouble();
  // (C1)
  if (std::isnan(min) || std::isnan(max))
    return emitOpError("expected numbers as min and max, but got ")
           << min << " and " << max;
  // (C2)
  if (min > max)
    return emitOpError("expected min to be at most max, but got ")
           << min << " and " << max;
  return success();
}

// (C1)
LogicalResult ThresholdedReluOp::verify() {
  return verifyFinite(*this, "alpha", getAlpha());
}

LogicalResult PreluOp::inferReturnTypes(MLIRContext *context,
                                        std::optional<Location> location,
                                        Adaptor adaptor,
                                        SmallVectorImpl<Type> &types) {
  // (C1)
  if (failed(inferBroadcast(location, adaptor.getOperands(), types)))
    return failure();
  // (C2)
  auto input = dyn_cast<RankedTensorType>(adaptor.getInput().getType());
  if (input &&
      cast<RankedTensorType>(types.front()).getRank() != input.getRank())
    return emitOptionalError(location,
                             "expected a slope that broadcasts to the input ",
                             input, ", but got ", adaptor.getSlope().getType());
  if (input)
    for (auto [joined, size] :
         llvm::zip(cast<RankedTensorType>(types.front()).getShape(),
                   input.getShape()))
      if (joined != size && size == 1)
        return emitOptionalError(
            location, "expected a slope that broadcasts to the input ", input,
            ", but got ", adaptor.getSlope().getType());
  return success();
}

// (C1)
LogicalResult SoftmaxOp::verify() {
  return normalizeAxis(getLoc(), getAxis(), getType().getRank());
}

// (C1)
LogicalResult LogSoftmaxOp::verify() {
  return normalizeAxis(getLoc(), getAxis(), getType().getRank());
}
