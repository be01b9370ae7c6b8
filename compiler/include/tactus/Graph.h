//===- Graph.h - Building graphs --------------------------------*- C++ -*-===//
#ifndef TACTUS_GRAPH_H
#define TACTUS_GRAPH_H

#include "tactus/ParameterStore.h"
#include "tactus/Tensor.h"
#include <concepts>
#include <initializer_list>
#include <memory>
#include <source_location>
#include <string>
#include <variant>
#include <vector>

namespace tactus {

class Operand;
struct GraphState;

/// A tensor that a graph computes: a cheap handle, which keeps its graph alive.
///
/// Every function that makes one checks at once, and throws `Error` with the
/// caller's file and line where the op refuses its operands.
class Value {
public:
  /// A handle of nothing; using it throws.
  Value() = default;

  /// Names the node, in messages, printed modules, files and profiles. Throws
  /// where another value of the graph has the name, or where this one is an
  /// input or a parameter.
  Value named(std::string name, const std::source_location &where =
                                    std::source_location::current()) const;
  /// The name it was given; empty where there is none.
  std::string name() const;
  /// Dimensions that are known only when the program runs have the names of
  /// the input's, and `?` in results.
  TensorType type() const;

  /// As `add`, `sub`, `mul`, `div` and `neg`.
  friend Value operator+(Operand lhs, Operand rhs);
  friend Value operator-(Operand lhs, Operand rhs);
  friend Value operator*(Operand lhs, Operand rhs);
  friend Value operator/(Operand lhs, Operand rhs);
  friend Value operator-(Operand input);

private:
  friend struct GraphAccess;

  std::shared_ptr<GraphState> graph;
  /// An mlir::Value.
  const void *value = nullptr;
};

/// What ops take: a value, or a number that becomes a constant of rank 0 of the
/// element type of the values beside it. It is made implicitly, and records
/// where.
///
/// A number beside floats is rounded to their type. One out of the type's
/// range, or with a fraction beside integers, is an error.
class Operand {
public:
  using Scalar = std::variant<int64_t, uint64_t, double>;

  Operand(Value value,
          const std::source_location &where = std::source_location::current())
      : content(std::move(value)), where_(where) {}
  template <std::integral T>
  Operand(T number,
          const std::source_location &where = std::source_location::current())
      : where_(where) {
    if constexpr (std::unsigned_integral<T>)
      content = Scalar(uint64_t(number));
    else
      content = Scalar(int64_t(number));
  }
  template <std::floating_point T>
  Operand(T number,
          const std::source_location &where = std::source_location::current())
      : content(Scalar(double(number))), where_(where) {}

  /// Null where it is a number.
  const Value *value() const { return std::get_if<Value>(&content); }
  /// Null where it is a value.
  const Scalar *scalar() const { return std::get_if<Scalar>(&content); }
  /// Where the caller wrote it.
  const std::source_location &where() const { return where_; }

private:
  std::variant<Value, Scalar> content;
  std::source_location where_;
};

/// The C++ types that constants are written in.
template <typename T>
concept Element = requires { ElementTypeOf<T>::value; };

/// Braces around elements, or around braces.
template <typename T> using Braces = std::initializer_list<T>;

namespace detail {
/// Appends nested braces in row-major order, and finds their shape; throws
/// where rows are of different lengths.
template <Element T>
void flatten(const T &element, size_t, std::vector<int64_t> &,
             std::vector<T> &elements, const std::source_location &) {
  elements.push_back(element);
}
template <typename Row, Element T>
void flatten(Braces<Row> rows, size_t depth, std::vector<int64_t> &shape,
             std::vector<T> &elements, const std::source_location &where) {
  if (shape.size() == depth)
    shape.push_back(int64_t(rows.size()));
  if (shape[depth] != int64_t(rows.size()))
    throw Error(where, "expected rows of one length, but got " +
                           std::to_string(shape[depth]) + " and " +
                           std::to_string(rows.size()) + " in dim " +
                           std::to_string(depth));
  for (const Row &row : rows)
    flatten(row, depth + 1, shape, elements, where);
}
template <Element T, typename Rows>
Tensor tensorOf(const Rows &rows, const std::source_location &where) {
  std::vector<int64_t> shape;
  std::vector<T> elements;
  flatten(rows, 0, shape, elements, where);
  return Tensor::fromVector(std::move(shape), elements);
}
} // namespace detail

/// A program under construction: inputs, parameters, constants, the ops on
/// them, and outputs.
///
/// One thread at a time uses a graph and its values. A graph that was moved
/// from throws when used; values go with the graph that was moved to.
class Graph {
public:
  explicit Graph(std::string name = "", const std::source_location &where =
                                            std::source_location::current());
  Graph(Graph &&) noexcept;
  Graph &operator=(Graph &&) noexcept;
  ~Graph();

  const std::string &name() const;

  /// Adds an input. Dimensions that have a name are known when the program
  /// runs; equal names are equal sizes. Throws where the name is taken or the
  /// type is not one of a tensor.
  Value
  input(std::string name, const TensorType &type,
        const std::source_location &where = std::source_location::current());
  /// Refers to a tensor of `store`, which may change until the graph is
  /// compiled, but not in type. Asking again gives the same value. Throws where
  /// the store has no such tensor.
  Value parameter(
      const std::string &name, const ParameterStore &store,
      const std::source_location &where = std::source_location::current());
  /// Makes `value` an output of the program, and names its node so where it has
  /// no name yet. Throws where there is an output of the name.
  void
  output(const std::string &name, const Value &value,
         const std::source_location &where = std::source_location::current());

  /// Adds a small tensor that is written into the program.
  Value
  constant(const Tensor &tensor,
           const std::source_location &where = std::source_location::current());
  /// Adds a number, or one to four dimensions written in braces:
  /// `g.constant({{1, 2}, {3, 4}})` is i32 of shape [2, 2]. Throws where rows
  /// are of different lengths.
  template <Element T>
  Value constant(T value, const std::source_location &where =
                              std::source_location::current()) {
    return constant(Tensor::fromVector<T>({}, {value}), where);
  }
  template <Element T>
  Value constant(Braces<T> values, const std::source_location &where =
                                       std::source_location::current()) {
    return constant(detail::tensorOf<T>(values, where), where);
  }
  template <Element T>
  Value constant(
      Braces<Braces<T>> values,
      const std::source_location &where = std::source_location::current()) {
    return constant(detail::tensorOf<T>(values, where), where);
  }
  template <Element T>
  Value constant(
      Braces<Braces<Braces<T>>> values,
      const std::source_location &where = std::source_location::current()) {
    return constant(detail::tensorOf<T>(values, where), where);
  }
  template <Element T>
  Value constant(
      Braces<Braces<Braces<Braces<T>>>> values,
      const std::source_location &where = std::source_location::current()) {
    return constant(detail::tensorOf<T>(values, where), where);
  }

private:
  friend struct GraphAccess;

  std::shared_ptr<GraphState> state;
};

} // namespace tactus

#endif // TACTUS_GRAPH_H
