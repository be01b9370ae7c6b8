//===- Bounds.cpp - What each op does to bounds ---------------------------===//
#include "tests/differential/Bounded.h"
#include "tests/differential/Mixing.h"
#include <cmath>
#include <set>
#include <stdexcept>

namespace tactus::differential {

/// How many neighbors of the interpreter's result a target may be off by where
/// its operands are the same.
static int ulpsOf(const OpInfo &op, ElementType type) {
  if (isInteger(type))
    return 0;
  static const std::set<std::string_view> moves = {
      "cast",      "constant",
      "fill",      "iota",
      "random",    "neg",
      "maximum",   "minimum",
      "relu",      "relu6",
      "max",       "min",
      "hard_tanh", "abs",
      "sign",      "floor",
      "ceil",      "round",
      "trunc",     "clamp",
      "select",    "thresholded_relu",
      "eye",       "linspace",
      "one_hot",   "range",
      "sort",      "top_k"};
  // These round once, exactly as the interpreter does, which for f64 rounds a
  // long double that has rounded before.
  static const std::set<std::string_view> rounded = {"add",
                                                     "sub",
                                                     "mul",
                                                     "div",
                                                     "mod",
                                                     "sqrt",
                                                     "leaky_relu",
                                                     "prelu",
                                                     "dequantize",
                                                     "dynamic_quantize",
                                                     "piecewise_linear"};
  if (op.family == "Shape" || moves.contains(op.name))
    return 0;
  // Its slope is an f32, so a product with it is not exact in f32 and rounds
  // twice on its way to a narrow type (docs/decisions/0006-bounds.md).
  if (op.name == "leaky_relu" &&
      (type == ElementType::F16 || type == ElementType::BF16))
    return 1;
  if (rounded.contains(op.name))
    return type == ElementType::F64 ? 1 : 0;
  // Computed in f32 to within 2 ULP, so the last bit is seldom another one.
  if (type == ElementType::F16 || type == ElementType::BF16)
    return 1;
  return 3;
}

/// Widens `bounds` so that every element of `value` is inside; false where one
/// is a NaN and the other not.
static bool include(Bounded &bounds, const Tensor &value) {
  bool known = true;
  bounds.low = bounds.low.clone();
  bounds.high = bounds.high.clone();
  dispatch(value.elementType(), [&](auto tag) {
    using T = decltype(tag);
    auto elements = value.data<T>(), centers = bounds.center.data<T>();
    std::span<T> low = bounds.low.mutableData<T>();
    std::span<T> high = bounds.high.mutableData<T>();
    for (size_t i = 0; i < elements.size(); ++i) {
      if constexpr (std::is_integral_v<T>) {
        low[i] = std::min(low[i], elements[i]);
        high[i] = std::max(high[i], elements[i]);
      } else {
        if (std::isnan(double(elements[i])) != std::isnan(double(centers[i])))
          known = false;
        if (double(elements[i]) < double(low[i]))
          low[i] = elements[i];
        if (double(elements[i]) > double(high[i]))
          high[i] = elements[i];
      }
    }
  });
  return known;
}

/// The tensor with 0 wherever the bounds have it between them.
static Tensor zeroInside(const Bounded &bounds) {
  Tensor result = bounds.center.clone();
  dispatch(result.elementType(), [&](auto tag) {
    using T = decltype(tag);
    if constexpr (!std::is_integral_v<T>) {
      auto low = bounds.low.data<T>(), high = bounds.high.data<T>();
      std::span<T> elements = result.mutableData<T>();
      for (size_t i = 0; i < elements.size(); ++i)
        if (double(low[i]) < 0 && double(high[i]) > 0)
          elements[i] = T(0.0f);
    }
  });
  return result;
}

static bool holdsZero(const Bounded &bounds) {
  bool holds = false;
  dispatch(bounds.center.elementType(), [&](auto tag) {
    auto low = bounds.low.data<decltype(tag)>();
    auto high = bounds.high.data<decltype(tag)>();
    for (size_t i = 0; i < low.size(); ++i)
      holds |= double(low[i]) <= 0 && double(high[i]) >= 0;
  });
  return holds;
}

/// Integers wrap, so only these ops keep the order of bounds that lie apart.
static bool keepsOrderOfIntegers(const OpInfo &op, ElementType result) {
  static const std::set<std::string_view> ops = {
      "max",        "min",        "maximum", "minimum", "relu",
      "dequantize", "requantize", "select",  "clamp",   "compare",
      "any",        "all",        "sort",    "top_k"};
  return op.family == "Shape" || ops.contains(op.name) ||
         (op.name == "cast" && isFloat(result));
}

Bounded evaluate(const OpInfo &op, const SingleOp &single,
                 const Attributes &attributes,
                 const std::vector<const Bounded *> &operands,
                 size_t numResult) {
  std::vector<const Bounded *> present;
  for (const Bounded *operand : operands)
    if (operand)
      present.push_back(operand);
  std::vector<Tensor> centers;
  bool exact = true, judged = true;
  for (const Bounded *operand : present) {
    centers.push_back(operand->center);
    exact &= operand->isExact();
    judged &= operand->isJudged;
  }
  Bounded result = Bounded::exact(single.run(centers, numResult));
  ElementType type = result.center.elementType();
  result.isJudged = judged;
  if (!judged)
    return result;
  // What regions draw rounds as the interpreter does, but says nothing of
  // operands that are not exact.
  if (op.family == "Control") {
    result.isJudged = exact;
    return result;
  }
  if (mixesElements(op)) {
    widenMixed(op, attributes, operands, result);
    return result;
  }
  static const std::set<std::string_view> families = {
      "Activation", "Creation", "Elementwise", "Quantization", "Shape"};
  static const std::set<std::string_view> choices = {"max", "min",  "any",
                                                     "all", "sort", "top_k"};
  if (!families.contains(op.family.str()) && !choices.contains(op.name))
    throw std::logic_error("no bounds are known for " + op.name.str());
  // Where elements were may change with the smallest of differences.
  if (!exact && numResult > 0 && (op.name == "sort" || op.name == "top_k")) {
    result.isJudged = false;
    return result;
  }
  if (!exact) {
    for (const Bounded *operand : present)
      if (!operand->isExact() && isInteger(operand->center.elementType()))
        result.isJudged &= keepsOrderOfIntegers(op, type);
    // A hair to the other side of a multiple or a knot, and the result jumps.
    if (op.name == "mod" || op.name == "piecewise_linear")
      result.isJudged = false;
    // These turn, or have poles, inside wide bounds.
    static const std::set<std::string_view> turning = {"sin", "cos", "tan",
                                                       "pow", "cosh"};
    if (turning.contains(op.name) || op.name == "reciprocal")
      result.isJudged = false;
    // Equal somewhere inside the bounds, and different at all corners.
    if (op.name == "compare") {
      const std::string &predicate = attributes.at("predicate");
      result.isJudged &=
          predicate != "\"equal\"" && predicate != "\"not_equal\"";
    }
    // Several updates may meet in one element.
    if (auto reduction = attributes.find("reduction");
        reduction != attributes.end())
      result.isJudged &=
          reduction->second != "\"add\"" && reduction->second != "\"mul\"";
    // The scale jumps with the data, and a quotient by 0 has no end.
    if (op.name == "dynamic_quantize" ||
        (op.name == "quantize" && !present[1]->isExact()))
      result.isJudged = false;
    if (op.name == "div")
      result.isJudged &= present[1]->isExact() || !holdsZero(*present[1]);
    // Every corner of the operands' bounds; most ops are monotonic in each
    // operand, and smooth ones turn inside by far less than they round.
    for (unsigned corner = 0; corner < 1u << present.size(); ++corner) {
      std::vector<Tensor> ends;
      for (size_t i = 0; i < present.size(); ++i)
        ends.push_back(corner >> i & 1 ? present[i]->high : present[i]->low);
      result.isJudged &= include(result, single.run(ends, numResult));
    }
    // Those with a kink have it at 0.
    std::vector<Tensor> zeros;
    for (const Bounded *operand : present)
      zeros.push_back(zeroInside(*operand));
    result.isJudged &= include(result, single.run(zeros, numResult));
  }
  if (int ulps = ulpsOf(op, type)) {
    result.low = moved(result.low, ulps, {}, false);
    result.high = moved(result.high, ulps, {}, true);
  }
  return result;
}

} // namespace tactus::differential
