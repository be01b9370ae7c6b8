//===- FunctionPlaces.h - Where a function may stand in kernels -*- C++ -*-===//
//
// Each place is a kernel that holds an elementwise function, or several of
// them, with steps before and after it. The same steps as programs of their own
// tell what the function gets there, and what becomes of its result.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_TESTS_UNIT_DRIVER_FUNCTIONPLACES_H
#define TACTUS_TESTS_UNIT_DRIVER_FUNCTIONPLACES_H

#include "tactus/Tensor.h"
#include <span>
#include <string>
#include <vector>

namespace tactus::test {

struct PlacedFunction {
  const char *name;
  /// The op on %v, and on %w where it takes two operands.
  std::string text;

  bool isBinary() const { return text.find("%w") != std::string::npos; }
  /// As kernels name it.
  std::string op() const { return text.substr(0, text.find(' ')); }
};

/// What an input of a place is filled with.
enum class Fill {
  Samples,
  /// A sample in all of a row, or of a column.
  RowsOfOne,
  ColumnsOfOne,
  Ones,
  /// From -1 to 1 in a row, from 0 to 1 in the next one, then from 1 to 2.
  Fractions
};

struct PlaceInput {
  std::vector<int64_t> shape;
  Fill fill;
};

struct Place {
  const char *name;
  /// %0, %1 and so on.
  std::vector<PlaceInput> inputs;
  /// Defines %v, which has `shape`; where empty, %0 is it. A `t` before angle
  /// brackets is `tensor`, `T` the element type.
  std::string before;
  std::vector<int64_t> shape;
  /// Defines %r of %f; where empty, %f is it.
  std::string after;
  std::vector<int64_t> resultShape;
  /// The ops of the kernel, F being the function.
  const char *ops;
  /// Whether eight threads share the kernel.
  bool isShared = false;
  /// Of so many functions, only the one of that number is here.
  size_t functions = 1, number = 0;
};

/// All of them; for types other than f32 a few.
std::span<const Place> placesFor(ElementType type);

/// A module of `places`, in order. Of each, the inputs are the place's, then %w
/// where the function takes two operands, and the result is the place's.
std::string wholeText(std::span<const Place *const> places, ElementType type,
                      const PlacedFunction &function);
/// From the inputs that `before` names to %v.
std::string beforeText(const Place &place, ElementType type);
/// From %f, and the inputs that `after` names, to the result.
std::string afterText(const Place &place, ElementType type);
/// The function by itself, on `count` elements.
std::string aloneText(ElementType type, const PlacedFunction &function,
                      int64_t count);

/// The inputs that `steps`, of a place, name.
std::vector<size_t> inputsNamed(const Place &place, const std::string &steps);

} // namespace tactus::test

#endif // TACTUS_TESTS_UNIT_DRIVER_FUNCTIONPLACES_H
