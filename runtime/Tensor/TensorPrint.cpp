//===- TensorPrint.cpp - Tensors as NumPy prints them ---------------------===//
//
// Follows the output of NumPy's array2string with its default options: 8 digits
// after the point at most, 75 columns, and above 1000 elements only three at
// each end of an axis.
//
//===----------------------------------------------------------------------===//
#include "runtime/Support/Assert.h"
#include "runtime/Support/FloatText.h"
#include "runtime/Tensor/Shape.h"
#include "tactus/Tensor.h"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>

using namespace tactus;

static constexpr int maxFractionDigits = 8;
static constexpr size_t lineWidth = 75;
static constexpr int64_t summaryThreshold = 1000;
static constexpr int64_t edgeItems = 3;

/// Turns the element at an offset into its padded text.
using Format = std::function<std::string(int64_t)>;

//===----------------------------------------------------------------------===//
// One element
//===----------------------------------------------------------------------===//

namespace {
/// A float in two parts, before padding: `-0` and `25`, or `1` and `5` with the
/// exponent 7.
struct FloatParts {
  std::string whole;
  std::string fraction;
  int exponent = 0;
};
} // namespace

static void trimZeros(std::string &digits) {
  digits.erase(digits.find_last_not_of('0') + 1);
}

template <typename T> static FloatParts positionalParts(T value) {
  Decimal decimal = shortestDecimal(value);
  const int fractionDigits = decimal.fractionDigits() - decimal.exponent;
  if (fractionDigits > maxFractionDigits)
    decimal = roundedPositional(double(value), maxFractionDigits);
  // Before the point stand the digits of the exact value: 65504 in f16, where
  // the shortest ones would give 65500.
  else if (fractionDigits < 0 && double(value) != 0)
    decimal = roundedPositional(double(value), 0);
  FloatParts parts;
  parts.whole = decimal.negative ? "-" : "";
  std::string &digits = decimal.digits;
  if (decimal.exponent < 0) {
    parts.whole += '0';
    parts.fraction = std::string(size_t(-decimal.exponent - 1), '0') + digits;
  } else {
    size_t whole = size_t(decimal.exponent) + 1;
    if (digits.size() < whole)
      digits.append(whole - digits.size(), '0');
    parts.whole += digits.substr(0, whole);
    parts.fraction = digits.substr(whole);
  }
  trimZeros(parts.fraction);
  return parts;
}

/// With at most 8 digits after the point or, where `digits` is not negative,
/// with just so many: those past the shortest ones are digits of the exact
/// value, not zeros.
template <typename T>
static FloatParts scientificParts(T value, int digits = -1) {
  Decimal decimal = shortestDecimal(value);
  const bool isZero = double(value) == 0;
  const int wanted = digits < 0
                         ? std::min(decimal.fractionDigits(), maxFractionDigits)
                         : digits;
  if (decimal.fractionDigits() != wanted && !isZero)
    decimal = roundedScientific(double(value), wanted);
  FloatParts parts;
  parts.whole = (decimal.negative ? "-" : "") + decimal.digits.substr(0, 1);
  parts.fraction = decimal.digits.substr(1);
  parts.exponent = decimal.exponent;
  if (digits < 0)
    trimZeros(parts.fraction);
  else
    parts.fraction.resize(size_t(digits), '0');
  return parts;
}

static std::string exponentString(int exponent, size_t width) {
  std::string digits = std::to_string(std::abs(exponent));
  if (digits.size() < width)
    digits.insert(0, width - digits.size(), '0');
  return (exponent < 0 ? "e-" : "e+") + digits;
}

static std::string padLeft(std::string text, size_t width) {
  if (text.size() < width)
    text.insert(0, width - text.size(), ' ');
  return text;
}

//===----------------------------------------------------------------------===//
// Formats of whole tensors
//===----------------------------------------------------------------------===//

/// NumPy divides in the element type; where that overflows the ratio is large.
template <typename T> static bool wantsExponent(T greatest, T least) {
  return double(greatest) >= 1e8 || double(least) < 1e-4 ||
         double(T(double(greatest) / double(least))) > 1000;
}

template <typename T>
static Format floatFormat(const T *data, const std::vector<int64_t> &visible) {
  bool anyFinite = false, anyNonZero = false, anyNonFinite = false,
       anyNegativeInfinity = false;
  T greatest = T(0.0), least = T(0.0);
  for (int64_t i : visible) {
    double value = double(data[i]);
    if (!std::isfinite(value)) {
      anyNonFinite = true;
      anyNegativeInfinity |= std::isinf(value) && value < 0;
      continue;
    }
    anyFinite = true;
    T magnitude = T(std::fabs(value));
    if (value == 0)
      continue;
    if (!anyNonZero || double(magnitude) > double(greatest))
      greatest = magnitude;
    if (!anyNonZero || double(magnitude) < double(least))
      least = magnitude;
    anyNonZero = true;
  }

  const bool exponent = anyNonZero && wantsExponent(greatest, least);
  size_t left = 0, right = 0, digits = 0, exponentWidth = 2;
  if (anyFinite) {
    for (int64_t i : visible) {
      if (!std::isfinite(double(data[i])))
        continue;
      FloatParts parts =
          exponent ? scientificParts(data[i]) : positionalParts(data[i]);
      left = std::max(left, parts.whole.size());
      digits = std::max(digits, parts.fraction.size());
      exponentWidth = std::max(exponentWidth,
                               std::to_string(std::abs(parts.exponent)).size());
    }
    right = exponent ? digits + exponentWidth + 2 : digits;
  }
  if (anyNonFinite) {
    size_t longest = anyNegativeInfinity ? 4 : 3;
    if (longest > left + right + 1)
      left = longest - right - 1;
  }

  return [=](int64_t i) {
    const double value = double(data[i]);
    if (!std::isfinite(value))
      return padLeft(toShortestString(value), left + right + 1);
    if (exponent) {
      FloatParts parts = scientificParts(data[i], int(digits));
      return padLeft(parts.whole, left) + "." + parts.fraction +
             exponentString(parts.exponent, exponentWidth);
    }
    FloatParts parts = positionalParts(data[i]);
    parts.fraction.resize(right, ' ');
    return padLeft(parts.whole, left) + "." + parts.fraction;
  };
}

template <typename T>
static Format integerFormat(const T *data,
                            const std::vector<int64_t> &visible) {
  size_t width = 0;
  for (int64_t i : visible)
    width = std::max(width, std::to_string(data[i]).size());
  return [=](int64_t i) { return padLeft(std::to_string(data[i]), width); };
}

static Format makeFormat(const Tensor &tensor,
                         const std::vector<int64_t> &visible) {
  return dispatch(tensor.elementType(), [&](auto zero) -> Format {
    using T = decltype(zero);
    const T *data = tensor.data<T>().data();
    if constexpr (std::is_same_v<T, bool>)
      return [=](int64_t i) { return data[i] ? " True" : "False"; };
    else if constexpr (std::is_integral_v<T>)
      return integerFormat(data, visible);
    else
      return floatFormat(data, visible);
  });
}

/// By the value itself, not by its shortest digits: 0.0001 in f32 is `1e-04`.
template <typename T> static std::string floatScalarString(T value) {
  const double magnitude = std::fabs(double(value));
  if (!std::isfinite(magnitude))
    return toShortestString(value);
  const bool exponent =
      magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e16);
  return toString(shortestDecimal(value), exponent);
}

static std::string scalarString(const Tensor &tensor) {
  return dispatch(tensor.elementType(), [&](auto zero) -> std::string {
    using T = decltype(zero);
    const T value = tensor.data<T>()[0];
    if constexpr (std::is_same_v<T, bool>)
      return value ? "True" : "False";
    else if constexpr (std::is_integral_v<T>)
      return std::to_string(value);
    else
      return floatScalarString(value);
  });
}

//===----------------------------------------------------------------------===//
// Layout
//===----------------------------------------------------------------------===//

namespace {
class Printer {
public:
  explicit Printer(const Tensor &tensor)
      : shape(tensor.shape()),
        summarize(tensor.numElements() > summaryThreshold) {
    std::vector<int64_t> visible;
    collect(0, 0, visible);
    format = makeFormat(tensor, visible);
  }

  std::string print() const { return printAxis(0, 0, " ", lineWidth); }

private:
  bool isSummarized(size_t axis) const {
    return summarize && shape[axis] > 2 * edgeItems;
  }

  /// The indices shown along `axis`; -1 stands for the dots.
  std::vector<int64_t> shown(size_t axis) const {
    std::vector<int64_t> indices;
    const int64_t size = shape[axis];
    if (!isSummarized(axis)) {
      for (int64_t i = 0; i < size; ++i)
        indices.push_back(i);
      return indices;
    }
    for (int64_t i = 0; i < edgeItems; ++i)
      indices.push_back(i);
    indices.push_back(-1);
    for (int64_t i = size - edgeItems; i < size; ++i)
      indices.push_back(i);
    return indices;
  }

  void collect(size_t axis, int64_t offset,
               std::vector<int64_t> &visible) const {
    if (axis == shape.size()) {
      visible.push_back(offset);
      return;
    }
    for (int64_t i : shown(axis))
      if (i >= 0)
        collect(axis + 1, offset * shape[axis] + i, visible);
  }

  std::string printAxis(size_t axis, int64_t offset, const std::string &indent,
                        size_t width) const {
    const bool isLast = axis + 1 == shape.size();
    return "[" +
           (isLast ? printRow(axis, offset, indent, width)
                   : printRows(axis, offset, indent, width)) +
           "]";
  }

  std::string printRow(size_t axis, int64_t offset, const std::string &indent,
                       size_t width) const {
    std::string done, line = indent;
    bool isFirst = true;
    for (int64_t i : shown(axis)) {
      std::string word = i < 0 ? "..." : format(offset * shape[axis] + i);
      if (!isFirst)
        line += ' ';
      isFirst = false;
      // A line of nothing but its indent is not worth breaking. One column is
      // kept for the closing bracket.
      if (line.size() + word.size() > width - 1 &&
          line.size() > indent.size()) {
        done += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
        line = indent;
      }
      line += word;
    }
    return (done + line).substr(indent.size());
  }

  std::string printRows(size_t axis, int64_t offset, const std::string &indent,
                        size_t width) const {
    const std::string separator(shape.size() - axis - 1, '\n');
    std::string out;
    for (int64_t i : shown(axis)) {
      if (!out.empty())
        out += separator + indent;
      out += i < 0 ? "..."
                   : printAxis(axis + 1, offset * shape[axis] + i, indent + ' ',
                               width - 1);
    }
    return out;
  }

  const std::vector<int64_t> &shape;
  bool summarize;
  Format format;
};
} // namespace

static std::string arrayString(const Tensor &tensor) {
  if (tensor.rank() == 0)
    return scalarString(tensor);
  if (tensor.numElements() == 0)
    return "[]";
  return Printer(tensor).print();
}

/// As a Python tuple: `()`, `(3,)`, `(2, 2)`.
static std::string tupleString(const std::vector<int64_t> &shape) {
  std::string out = "(";
  for (size_t i = 0; i < shape.size(); ++i)
    out += (i ? ", " : "") + std::to_string(shape[i]);
  return out + (shape.size() == 1 ? ",)" : ")");
}

std::string Tensor::str() const {
  std::string array = arrayString(*this);
  // What needs more than a line starts on its own, so that its columns align.
  const bool isLong = array.find('\n') != std::string::npos;
  return std::string("Tensor(") + (isLong ? "\n" : "") + array +
         ", shape=" + tupleString(shape_) +
         ", dtype=" + std::string(toNumpyString(type_)) + ")";
}
