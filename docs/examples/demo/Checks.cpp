//===- Checks.cpp - Results beside what is expected -----------------------===//
#include "Checks.h"
#include <cmath>
#include <iostream>

namespace tactus::demo {

void Checks::section(const std::string &title) {
  std::cout << "\n" << title << "\n" << std::string(title.size(), '-') << "\n";
}

/// As numbers: NaN beside NaN agrees, and 0 beside -0.
template <typename T>
static bool near(const Tensor &actual, const Tensor &expected,
                 double relative) {
  auto a = actual.data<T>(), b = expected.data<T>();
  for (size_t i = 0; i < b.size(); ++i) {
    double x = double(a[i]), y = double(b[i]);
    bool same = x == y || (std::isnan(x) && std::isnan(y)) ||
                std::fabs(x - y) <= relative * std::fabs(y);
    if (!same)
      return false;
  }
  return true;
}

static bool agrees(const Tensor &actual, const Tensor &expected,
                   double relative) {
  if (actual.type() != expected.type())
    return false;
  if (!isFloat(expected.elementType()))
    return actual.bitwiseEquals(expected);
  return dispatch(expected.elementType(), [&](auto tag) {
    return near<decltype(tag)>(actual, expected, relative);
  });
}

/// The inside of a printed tensor, on one line.
static std::string shortText(const Tensor &tensor) {
  std::string text = tensor.str();
  text = text.substr(text.find('(') + 1);
  text = text.substr(0, text.find(", shape="));
  std::string line;
  for (char c : text)
    if (c != '\n')
      line += c;
    else if (!line.empty())
      line += ' ';
  return line;
}

void Checks::check(const std::string &name, const Value &value,
                   const Tensor &expected, double relative) {
  std::cout << name << "\n  expected     " << shortText(expected) << "\n";
  auto report = [&](const char *target, const Tensor &actual) {
    bool same = agrees(actual, expected, relative);
    agreed &= same;
    std::cout << "  " << target << shortText(actual)
              << (same ? "" : "   DIFFERENT") << "\n";
  };
  report("interpreter  ", evaluate(value));
  report("cpu          ", evaluate(value, Target::parse("cpu")));
}

void Checks::require(const std::string &name, bool holds,
                     const std::string &detail) {
  agreed &= holds;
  std::cout << name << ": " << (holds ? "yes" : "NO") << ", " << detail << "\n";
}

} // namespace tactus::demo
