//===- Mixing.cpp - Bounds of ops that mix elements -----------------------===//
#include "tests/differential/Mixing.h"
#include <cmath>
#include <set>
#include <stdexcept>

namespace tactus::differential {

namespace {

/// An operand in f64: greatest sizes, and greatest distances from the center.
struct Sizes {
  Tensor largest, error;
  /// Of the elements that are finite.
  double greatestSize = 0, greatestError = 0;
  bool isFinite = true, isInteger = true;
};

Sizes sizesOf(const Bounded &value) {
  TensorType type{ElementType::F64, {}};
  for (int64_t size : value.center.shape())
    type.dimensions.push_back(size);
  Sizes sizes{Tensor::zeros(type), Tensor::zeros(type)};
  std::span<double> largest = sizes.largest.mutableData<double>();
  std::span<double> error = sizes.error.mutableData<double>();
  dispatch(value.center.elementType(), [&](auto tag) {
    using T = decltype(tag);
    auto low = value.low.data<T>(), high = value.high.data<T>(),
         center = value.center.data<T>();
    for (size_t i = 0; i < center.size(); ++i) {
      double l = double(low[i]), h = double(high[i]), c = double(center[i]);
      largest[i] = std::max(std::fabs(l), std::fabs(h));
      error[i] = std::max(h - c, c - l);
      sizes.isFinite &= std::isfinite(l) && std::isfinite(h);
      sizes.isInteger &= l == h && c == std::floor(c);
      if (!std::isfinite(l) || !std::isfinite(h))
        continue;
      sizes.greatestSize = std::max(sizes.greatestSize, largest[i]);
      sizes.greatestError = std::max(sizes.greatestError, error[i]);
    }
  });
  return sizes;
}

/// Half the distance of 1 and its neighbor in the type that sums are made in.
double roundingOf(ElementType type) {
  return type == ElementType::F64 ? 0x1p-53 : 0x1p-24;
}

/// What it is where each partial sum is rounded to the type itself.
double ownRoundingOf(ElementType type) {
  return type == ElementType::F16    ? 0x1p-11
         : type == ElementType::BF16 ? 0x1p-8
                                     : roundingOf(type);
}

/// Runs the op on sizes, in f64.
std::vector<double> onSizes(const OpInfo &op, Attributes attributes,
                            const std::vector<Tensor> &operands) {
  attributes.erase("element_type");
  attributes.erase("block");
  attributes.erase("sequential");
  std::vector<std::optional<TensorType>> types;
  for (const Tensor &operand : operands)
    types.push_back(operand.type());
  std::string refusal;
  std::optional<SingleOp> single =
      SingleOp::make(op, types, attributes, refusal);
  if (!single)
    throw std::logic_error("no bounds for " + op.name.str() + ": " + refusal);
  Tensor result = single->run(operands);
  auto elements = result.data<double>();
  return {elements.begin(), elements.end()};
}

int64_t axisOf(const Attributes &attributes, int64_t rank) {
  auto entry = attributes.find("axis");
  int64_t axis = entry == attributes.end() ? -1 : std::stoll(entry->second);
  return axis < 0 ? axis + rank : axis;
}

/// How many elements each element of the result comes from at most.
int64_t rowLength(const OpInfo &op, const Attributes &attributes,
                  const Bounded &input, const Bounded &result) {
  const std::vector<int64_t> &shape = input.center.shape();
  if (op.name == "cumsum" || op.name == "cumprod")
    return shape[size_t(axisOf(attributes, int64_t(shape.size())))];
  return input.center.numElements() /
         std::max<int64_t>(1, result.center.numElements());
}

/// The operands of a run that gives what the error of operand `i` makes of the
/// result, which is linear in each: what a product starts from has no part in
/// that of its factors, nor they in its own.
std::vector<Tensor> termsOf(size_t i, std::vector<Tensor> largest,
                            const Tensor &error) {
  for (size_t j = 0; j < largest.size() && largest.size() == 3; ++j)
    if ((j == 2) != (i == 2))
      largest[j] = Tensor::zeros(largest[j].type());
  largest[i] = error;
  return largest;
}

/// sum, mean, norms and matmul: a term is off by its own error, and each of the
/// steps of a sum rounds a number no larger than the sum of the sizes.
void widenSum(const OpInfo &op, const Attributes &attributes,
              const std::vector<const Bounded *> &allOperands,
              Bounded &result) {
  std::vector<const Bounded *> operands;
  for (const Bounded *operand : allOperands)
    if (operand)
      operands.push_back(operand);
  ElementType type = result.center.elementType();
  std::vector<Sizes> sizes;
  std::vector<Tensor> largest;
  bool exact = true, integers = true, finite = true;
  for (const Bounded *operand : operands) {
    sizes.push_back(sizesOf(*operand));
    largest.push_back(sizes.back().largest);
    exact &= operand->isExact();
    integers &= sizes.back().isInteger;
    finite &= sizes.back().isFinite;
  }
  if (isInteger(type)) {
    // Sums of integers wrap.
    result.isJudged = exact;
    return;
  }
  if (!finite && !exact) {
    result.isJudged = false;
    return;
  }
  std::vector<double> total = onSizes(op, attributes, largest);
  std::vector<double> error(total.size(), 0.0);
  for (size_t i = 0; i < operands.size() && !exact; ++i) {
    std::vector<double> part =
        onSizes(op, attributes, termsOf(i, largest, sizes[i].error));
    for (size_t j = 0; j < part.size(); ++j)
      error[j] += part[j];
  }
  int64_t terms = op.name == "matmul"
                      ? operands[0]->center.shape().back()
                      : rowLength(op, attributes, *operands[0], result);
  // Then the interpreter rounds on the way as well.
  auto isSet = [&](const char *name) {
    auto entry = attributes.find(name);
    return entry != attributes.end() && entry->second != "false";
  };
  bool isSequential = isSet("sequential");
  bool roundsTwice = isSequential || isSet("block");
  double rounding = isSequential ? ownRoundingOf(type) : roundingOf(type);
  double most = 0;
  for (double &size : total) {
    // What is infinite or no number in an exact operand is so in the result.
    if (!std::isfinite(size))
      size = 0;
    most = std::max(most, size);
  }
  // Sums of small integers are exact in any order; a mean divides one.
  double sum = op.name == "mean" ? most * double(terms) : most;
  // An L2 norm divides, multiplies and takes a root besides.
  bool isRoot = op.name == "l2_norm";
  if (exact && finite && integers && !isRoot && sum <= 1 / rounding) {
    if (type == ElementType::F64)
      result = {result.center, moved(result.center, 1, {}, false),
                moved(result.center, 1, {}, true), true};
    return;
  }
  // Where a partial sum may overflow, the order decides.
  result.isJudged &=
      sum < (isSequential && type == ElementType::F16 ? 6e4 : 1e38);
  for (size_t j = 0; j < total.size(); ++j) {
    double steps = double(terms + (isRoot ? 8 : 2)) * (roundsTwice ? 2 : 1);
    error[j] += steps * rounding * total[j];
    // Products may be subnormal.
    if (roundsTwice)
      error[j] += steps * 0x1p-149;
  }
  result.low = moved(result.center, 1, error, false);
  result.high = moved(result.center, 1, error, true);
}

/// Goes over rows: elements with `inner` places between neighbors.
template <typename Fn>
void forEachRow(const std::vector<int64_t> &shape, int64_t first, int64_t last,
                const Fn &fn) {
  int64_t outer = 1, size = 1, inner = 1;
  for (int64_t d = 0; d < int64_t(shape.size()); ++d)
    (d < first ? outer : d < last ? size : inner) *= shape[size_t(d)];
  for (int64_t o = 0; o < outer; ++o)
    for (int64_t i = 0; i < inner; ++i)
      fn(o * size * inner + i, size, inner);
}

/// softmax changes by the factor e^(2d) at most where its inputs change by d.
void widenSoftmax(const OpInfo &op, const Attributes &attributes,
                  const Bounded &input, Bounded &result) {
  Sizes sizes = sizesOf(input);
  result.isJudged &= sizes.isFinite || input.isExact();
  const std::vector<int64_t> &shape = input.center.shape();
  int64_t size = shape[size_t(axisOf(attributes, int64_t(shape.size())))];
  double rounding = roundingOf(result.center.elementType());
  // The distance to the largest rounds, the sum, and what is made of both.
  double change = 2 * sizes.greatestError +
                  rounding * (2 * sizes.greatestSize + double(size) + 8);
  std::vector<double> error;
  dispatch(result.center.elementType(), [&](auto tag) {
    for (auto element : result.center.data<decltype(tag)>()) {
      double y = std::fabs(double(element));
      double off =
          op.name == "softmax" ? y * std::expm1(change) : change + y * rounding;
      // 0 times infinity: nothing is known.
      error.push_back(std::isnan(off) && !std::isnan(y) ? INFINITY : off);
    }
  });
  result.low = moved(result.center, 2, error, false);
  result.high = moved(result.center, 2, error, true);
}

/// A product has the sum of its factors' relative errors, unless the order
/// decides whether it leaves the range on the way.
void widenProduct(int64_t length, const Bounded &input, Bounded &result) {
  ElementType type = result.center.elementType();
  if (isInteger(type)) {
    result.isJudged = input.isExact();
    return;
  }
  double up = 0, down = 0, relative = 0;
  dispatch(input.center.elementType(), [&](auto tag) {
    using T = decltype(tag);
    auto low = input.low.data<T>(), high = input.high.data<T>(),
         center = input.center.data<T>();
    for (size_t i = 0; i < center.size(); ++i) {
      double l = double(low[i]), h = double(high[i]), c = double(center[i]);
      result.isJudged &= (l == h && l == c) || std::isnan(c) || l * h > 0;
      if (c == 0 || !std::isfinite(l) || !std::isfinite(h))
        continue;
      double exponent = std::log2(std::fabs(c));
      up += std::max(exponent, 0.0);
      down -= std::min(exponent, 0.0);
      relative += std::log1p(std::max(h - c, c - l) / std::fabs(c));
    }
  });
  double range = type == ElementType::F64 ? 1000 : 120;
  result.isJudged &= up < range && down < range && relative < 0.5;
  double change = std::expm1(relative + double(length + 4) * roundingOf(type));
  std::vector<double> error;
  dispatch(type, [&](auto tag) {
    for (auto element : result.center.data<decltype(tag)>()) {
      double size = std::fabs(double(element));
      error.push_back(std::isfinite(size) ? size * change : 0);
    }
  });
  result.low = moved(result.center, 1, error, false);
  result.high = moved(result.center, 1, error, true);
}

/// m + ln(sum of e^(x - m)) changes by d at most where its inputs change by d.
void widenLogSumExp(int64_t length, const Bounded &input, Bounded &result) {
  Sizes sizes = sizesOf(input);
  result.isJudged &= sizes.isFinite || input.isExact();
  double rounding = roundingOf(result.center.elementType());
  double change = sizes.greatestError +
                  rounding * (4 * sizes.greatestSize + double(length) + 16);
  std::vector<double> error(size_t(result.center.numElements()), change);
  result.low = moved(result.center, 2, error, false);
  result.high = moved(result.center, 2, error, true);
}

/// The sum of d * d, d = x - mean; d is off by twice what x is, and by what the
/// sum of the mean rounds.
void widenVariance(const Attributes &attributes, int64_t length,
                   const Bounded &input, Bounded &result) {
  Sizes sizes = sizesOf(input);
  double count = double(length);
  auto entry = attributes.find("correction");
  double divisor =
      count - (entry == attributes.end() ? 0 : std::stod(entry->second));
  double rounding = roundingOf(result.center.elementType());
  double largest = sizes.greatestSize + sizes.greatestError;
  // Targets compute in f32, where the squares may overflow.
  result.isJudged &= (sizes.isFinite || input.isExact()) &&
                     4 * count * largest * largest < 1e38;
  if (divisor <= 0)
    return;
  double off = 2 * sizes.greatestError + (count + 4) * rounding * largest;
  double part = count / divisor;
  std::vector<double> error;
  dispatch(result.center.elementType(), [&](auto tag) {
    for (auto element : result.center.data<decltype(tag)>()) {
      double v = double(element);
      double change = 2 * off * std::sqrt(v * part) + off * off * part +
                      (count + 8) * rounding * v;
      // Squares may be subnormal.
      error.push_back(std::isfinite(v) ? change + (count + 2) * 0x1p-149 : 0);
    }
  });
  result.low = moved(result.center, 1, error, false);
  result.high = moved(result.center, 1, error, true);
}

/// (x - mean) / s * scale + bias. A change of d in x changes mean and s by d at
/// most.
void widenLayerNorm(const Attributes &attributes,
                    const std::vector<const Bounded *> &operands,
                    Bounded &result) {
  const Bounded &input = *operands[0];
  const std::vector<int64_t> &shape = input.center.shape();
  Sizes sizes = sizesOf(input);
  std::vector<Sizes> factors;
  bool exact = input.isExact();
  for (size_t i = 1; i < operands.size(); ++i) {
    factors.push_back(operands[i] ? sizesOf(*operands[i]) : Sizes());
    sizes.isFinite &= factors.back().isFinite;
    exact &= !operands[i] || operands[i]->isExact();
  }
  result.isJudged &= sizes.isFinite || exact;
  double scale = operands[1] ? factors[0].greatestSize : 1;
  double scaleError = operands[1] ? factors[0].greatestError : 0;
  double bias = operands[2] ? factors[1].greatestSize : 0;
  double biasError = operands[2] ? factors[1].greatestError : 0;
  auto entry = attributes.find("epsilon");
  double epsilon = entry == attributes.end() ? 1e-5 : std::stod(entry->second);
  double rounding = roundingOf(result.center.elementType());
  std::vector<double> error(size_t(result.center.numElements()));
  dispatch(input.center.elementType(), [&](auto tag) {
    auto x = input.center.data<decltype(tag)>();
    int64_t rank = int64_t(shape.size());
    forEachRow(shape, axisOf(attributes, rank), rank,
               [&](int64_t first, int64_t size, int64_t step) {
                 double sum = 0, squares = 0, largest = 0;
                 for (int64_t i = 0; i < size; ++i) {
                   sum += double(x[size_t(first + i * step)]);
                   largest = std::max(
                       largest, std::fabs(double(x[size_t(first + i * step)])));
                 }
                 double mean = sum / double(size);
                 for (int64_t i = 0; i < size; ++i) {
                   double d = double(x[size_t(first + i * step)]) - mean;
                   squares += d * d;
                 }
                 double s = std::sqrt(squares / double(size) + epsilon);
                 double steps = (double(size) + 8) * rounding;
                 double off = 2 * sizes.greatestError + steps * largest;
                 double relative = off / s + steps;
                 // A row that holds an infinity is all NaN.
                 if (!std::isfinite(s))
                   return;
                 // Targets compute in f32, where the squares may overflow.
                 result.isJudged &= relative < 0.25 && squares < 1e38;
                 for (int64_t i = 0; i < size; ++i) {
                   size_t at = size_t(first + i * step);
                   double y = std::fabs(double(x[at]) - mean) / s;
                   double change = 2 * (off / s + y * relative);
                   error[at] = change * scale + (y + change) * scaleError +
                               biasError + rounding * 4 * (y * scale + bias);
                 }
               });
  });
  result.low = moved(result.center, 2, error, false);
  result.high = moved(result.center, 2, error, true);
}

} // namespace

bool mixesElements(const OpInfo &op) {
  static const std::set<std::string_view> ops = {
      "sum",        "mean",    "matmul",   "softmax", "log_softmax",
      "layer_norm", "argmax",  "argmin",   "prod",    "log_sum_exp",
      "l1_norm",    "l2_norm", "variance", "cumsum",  "cumprod"};
  return ops.contains(op.name);
}

void widenMixed(const OpInfo &op, const Attributes &attributes,
                const std::vector<const Bounded *> &operands, Bounded &result) {
  if (result.center.numElements() == 0)
    return;
  int64_t length = rowLength(op, attributes, *operands[0], result);
  if (op.name == "argmax" || op.name == "argmin")
    result.isJudged = operands[0]->isExact();
  else if (op.name == "softmax" || op.name == "log_softmax")
    widenSoftmax(op, attributes, *operands[0], result);
  else if (op.name == "layer_norm")
    widenLayerNorm(attributes, operands, result);
  else if (op.name == "prod" || op.name == "cumprod")
    widenProduct(length, *operands[0], result);
  else if (op.name == "log_sum_exp")
    widenLogSumExp(length, *operands[0], result);
  else if (op.name == "variance")
    widenVariance(attributes, length, *operands[0], result);
  else
    widenSum(op, attributes, operands, result);
}

} // namespace tactus::differential
