//===- Accuracy.cpp - What rounding costs ---------------------------------===//
#include "runtime/Tensor/Accuracy.h"
#include "runtime/Support/JsonWriter.h"
#include "tactus/Error.h"
#include <algorithm>
#include <cmath>
#include <cstdio>

using namespace tactus;

/// The first column of the greatest element; a NaN is the greatest.
static size_t topOf(const double *row, size_t columns) {
  size_t top = 0;
  for (size_t i = 1; i < columns && !std::isnan(row[top]); ++i)
    if (std::isnan(row[i]) || row[i] > row[top])
      top = i;
  return top;
}

static std::vector<double> numbersOf(const Tensor &tensor) {
  std::vector<double> numbers;
  numbers.reserve(size_t(tensor.numElements()));
  dispatch(tensor.elementType(), [&](auto tag) {
    for (auto element : tensor.data<decltype(tag)>())
      numbers.push_back(double(element));
  });
  return numbers;
}

static double distance(double actual, double expected) {
  if (actual == expected || (std::isnan(actual) && std::isnan(expected)))
    return 0;
  double apart = std::fabs(actual - expected);
  return std::isnan(apart) ? HUGE_VAL : apart;
}

Accuracy tactus::measureAccuracy(const Tensor &actual, const Tensor &expected) {
  if (actual.type() != expected.type())
    throw Error("expected a result of type " + expected.type().str() +
                ", but got " + actual.type().str());
  Accuracy found;
  found.numElements = expected.numElements();
  std::vector<double> a = numbersOf(actual), e = numbersOf(expected);
  double errors = 0;
  // Squares of the greatest f64 are out of its range.
  long double product = 0, aSquared = 0, eSquared = 0;
  for (size_t i = 0; i < e.size(); ++i) {
    double error = distance(a[i], e[i]);
    errors += error;
    found.maxError = std::max(found.maxError, error);
    if (std::isfinite(e[i]))
      found.largest = std::max(found.largest, std::fabs(e[i]));
    if (!std::isfinite(a[i]) || !std::isfinite(e[i]))
      continue;
    long double x = a[i], y = e[i];
    product += x * y;
    aSquared += x * x;
    eSquared += y * y;
  }
  found.meanError = e.empty() ? 0 : errors / double(e.size());
  // Zero has no direction, but is zero's.
  if (aSquared > 0 && eSquared > 0)
    found.cosine = std::min(
        1.0, double(product / std::sqrt(aSquared) / std::sqrt(eSquared)));
  else
    found.cosine = aSquared == eSquared ? 1 : 0;

  const std::vector<int64_t> &shape = expected.shape();
  if (shape.size() != 2 || shape[1] < 2)
    return found;
  found.numRows = shape[0];
  size_t columns = size_t(shape[1]);
  for (size_t row = 0; row < size_t(shape[0]); ++row)
    found.numSameTop += topOf(a.data() + row * columns, columns) ==
                        topOf(e.data() + row * columns, columns);
  return found;
}

std::string Accuracy::str() const {
  if (maxError == 0)
    return "no error";
  char text[200];
  std::snprintf(text, sizeof(text),
                "error at most %.3g, mean %.3g, of numbers up to %.3g; cosine "
                "%.6f",
                maxError, meanError, largest, cosine);
  std::string all = text;
  if (numRows > 0) {
    std::snprintf(text, sizeof(text), "; same top-1 in %lld of %lld rows",
                  static_cast<long long>(numSameTop),
                  static_cast<long long>(numRows));
    all += text;
  }
  return all;
}

void Accuracy::write(json::Writer &writer) const {
  writer.member("elements", numElements)
      .member("max_error", maxError)
      .member("mean_error", meanError)
      .member("largest", largest)
      .member("cosine", cosine);
  if (numRows > 0)
    writer.member("rows", numRows).member("same_top", numSameTop);
}
