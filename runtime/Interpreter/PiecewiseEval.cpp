//===- PiecewiseEval.cpp - Functions as straight lines --------------------===//
#include "runtime/Interpreter/Evaluation.h"
#include <cmath>
#include <span>

namespace tactus::interpreter {
namespace {

struct Lines {
  std::span<const float> values, slopes;
  float low, step, belowSlope, aboveSlope;

  float operator()(float x) const {
    size_t count = slopes.size();
    float high = low + float(count) * step;
    if (std::isnan(x))
      return x;
    if (x < low)
      return beyond(values[0], belowSlope, x - low);
    if (x >= high)
      return beyond(values[count], aboveSlope, x - high);
    float place = (x - low) / step;
    // Rounding may have taken it past the last line.
    size_t i = place < float(count) ? size_t(place) : count - 1;
    float knot = low + float(i) * step;
    float product = slopes[i] * (x - knot);
    return values[i] + product;
  }

private:
  /// The distance may be infinite.
  static float beyond(float value, float slope, float distance) {
    if (slope == 0)
      return value;
    float product = slope * distance;
    return value + product;
  }
};

} // namespace

Tensor evalPiecewiseLinear(ir::PiecewiseLinearOp op, Operands operands) {
  Lines lines = {operands[1].data<float>(),
                 operands[2].data<float>(),
                 float(op.getLow().convertToDouble()),
                 float(op.getStep().convertToDouble()),
                 float(op.getBelowSlope().convertToDouble()),
                 float(op.getAboveSlope().convertToDouble())};
  Tensor result = Tensor::zeros(staticType(op.getResult()));
  auto in = operands[0].data<float>();
  auto out = result.mutableData<float>();
  for (size_t i = 0; i < in.size(); ++i)
    out[i] = lines(in[i]);
  return result;
}

} // namespace tactus::interpreter
