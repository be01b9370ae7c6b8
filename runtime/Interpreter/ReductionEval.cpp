//===- ReductionEval.cpp - Ops that remove dimensions ---------------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "runtime/Interpreter/Evaluation.h"
#include "runtime/Interpreter/Rows.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;

namespace tactus::interpreter {
namespace {

template <typename T, typename To>
void sumRows(const Rows &rows, const Tensor &input, Tensor &result,
             bool isMean) {
  using Sum = std::conditional_t<isFloatType<T>, WiderT<T>, uint64_t>;
  auto in = input.data<T>();
  auto out = result.mutableData<To>();
  rows.forEach([&](int64_t i, auto &&row) {
    Sum sum = 0;
    row([&](int64_t, int64_t place) { sum += Sum(T(in[place])); });
    if constexpr (isFloatType<T>) {
      if (isMean)
        sum /= Sum(rows.length());
      // long double is wider than any result but f64.
      if constexpr (std::is_same_v<To, double>)
        out[i] = double(sum);
      else
        out[i] = To(double(sum));
    } else {
      out[i] = To(sum);
    }
  });
}

/// The sum of two elements, rounded to their type.
template <typename T> T addOnce(T a, T b) {
  // The others are exact in f64, or round to it without changing the result.
  if constexpr (std::is_same_v<T, double>)
    return a + b;
  else
    return T(double(a) + double(b));
}

/// One element after the other, from +0 on, each sum rounded.
template <typename T, typename To>
void sumInOrder(const Rows &rows, const Tensor &input, Tensor &result) {
  auto in = input.data<T>();
  auto out = result.mutableData<To>();
  rows.forEach([&](int64_t i, auto &&row) {
    out[i] = To(0.0);
    row([&](int64_t, int64_t place) {
      out[i] = addOnce<To>(out[i], To(double(in[place])));
    });
  });
}

template <typename T>
void sumTo(const Rows &rows, const Tensor &input, Tensor &result, bool isMean) {
  dispatch(result.elementType(), [&](auto tag) {
    using To = decltype(tag);
    if constexpr (!std::is_same_v<To, bool> &&
                  isFloatType<To> == isFloatType<T>)
      sumRows<T, To>(rows, input, result, isMean);
  });
}

template <typename T> bool isNaN(T value) {
  if constexpr (isFloatType<T>)
    return std::isnan(widen(value));
  return false;
}

template <typename T, typename To>
void multiplyRows(const Rows &rows, const Tensor &input, Tensor &result) {
  using Product = std::conditional_t<isFloatType<T>, WiderT<T>, uint64_t>;
  auto in = input.data<T>();
  auto out = result.mutableData<To>();
  rows.forEach([&](int64_t i, auto &&row) {
    Product product = 1;
    row([&](int64_t, int64_t place) { product *= Product(T(in[place])); });
    // long double is wider than any result but f64.
    if constexpr (isFloatType<T> && !std::is_same_v<To, double>)
      out[i] = To(double(product));
    else
      out[i] = To(product);
  });
}

template <typename T>
void multiplyTo(const Rows &rows, const Tensor &input, Tensor &result) {
  dispatch(result.elementType(), [&](auto tag) {
    using To = decltype(tag);
    if constexpr (!std::is_same_v<To, bool> &&
                  isFloatType<To> == isFloatType<T>)
      multiplyRows<T, To>(rows, input, result);
  });
}

/// Whether any element, or every one, is true.
void joinRows(const Rows &rows, const Tensor &input, Tensor &result,
              bool isAny) {
  auto in = input.data<bool>();
  auto out = result.mutableData<bool>();
  rows.forEach([&](int64_t i, auto &&row) {
    bool joined = !isAny;
    row([&](int64_t, int64_t place) {
      joined = isAny ? joined || in[place] : joined && in[place];
    });
    out[i] = joined;
  });
}

/// Whether `a` comes before `b` in the order that max looks for the end of; for
/// min, of negated numbers. -0 comes before 0.
template <typename T> bool isBelow(T a, T b) {
  if constexpr (isFloatType<T>) {
    auto x = widen(a), y = widen(b);
    return x < y || (x == y && std::signbit(x) && !std::signbit(y));
  } else {
    return a < b;
  }
}

template <typename T>
void extremes(const Rows &rows, const Tensor &input, Tensor &result,
              bool isMin) {
  auto in = input.data<T>();
  auto out = result.mutableData<T>();
  rows.forEach([&](int64_t i, auto &&row) {
    T best{};
    row([&](int64_t position, int64_t place) {
      T element = in[place];
      if (position == 0 || (!isNaN(best) && isNaN(element)) ||
          (!isNaN(best) &&
           (isMin ? isBelow(element, best) : isBelow(best, element))))
        best = element;
    });
    out[i] = best;
  });
}

template <typename T>
void places(const Rows &rows, const Tensor &input, Tensor &result, bool isMin) {
  auto in = input.data<T>();
  auto out = result.mutableData<int64_t>();
  // Zeros of any sign are equal.
  auto isLarger = [](T a, T b) {
    if constexpr (isFloatType<T>)
      return widen(a) > widen(b);
    else
      return a > b;
  };
  rows.forEach([&](int64_t i, auto &&row) {
    T best{};
    row([&](int64_t position, int64_t place) {
      T element = in[place];
      bool isBetter = isMin ? isLarger(best, element) : isLarger(element, best);
      if (position == 0 || (!isNaN(best) && (isNaN(element) || isBetter))) {
        best = element;
        out[i] = position;
      }
    });
  });
}

SmallVector<int64_t> frontAxes(std::optional<ArrayRef<int64_t>> axes,
                               int64_t rank) {
  return *ir::normalizeAxes(std::nullopt, axes, rank);
}

} // namespace

Tensor evalReduction(Operation *op, const Tensor &input) {
  Tensor result = Tensor::zeros(staticType(op->getResult(0)));
  int64_t rank = input.rank();
  auto run = [&](SmallVector<int64_t> axes, auto &&compute) {
    Rows rows(input.shape(), axes);
    dispatch(input.elementType(), [&](auto tag) {
      using T = decltype(tag);
      if constexpr (!std::is_same_v<T, bool>)
        compute(tag, rows);
    });
  };
  llvm::TypeSwitch<Operation *>(op)
      .Case([&](ir::SumOp op) {
        run(frontAxes(op.getAxes(), rank), [&](auto tag, const Rows &rows) {
          using T = decltype(tag);
          if constexpr (isFloatType<T>)
            if (op.getSequential())
              return result.elementType() == input.elementType()
                         ? sumInOrder<T, T>(rows, input, result)
                         : sumInOrder<T, float>(rows, input, result);
          sumTo<T>(rows, input, result, /*isMean=*/false);
        });
      })
      .Case([&](ir::ProdOp op) {
        run(frontAxes(op.getAxes(), rank), [&](auto tag, const Rows &rows) {
          multiplyTo<decltype(tag)>(rows, input, result);
        });
      })
      .Case([&](ir::MeanOp op) {
        run(frontAxes(op.getAxes(), rank), [&](auto tag, const Rows &rows) {
          sumTo<decltype(tag)>(rows, input, result, /*isMean=*/true);
        });
      })
      .Case([&](ir::MaxOp op) {
        run(frontAxes(op.getAxes(), rank), [&](auto tag, const Rows &rows) {
          extremes<decltype(tag)>(rows, input, result, /*isMin=*/false);
        });
      })
      .Case([&](ir::MinOp op) {
        run(frontAxes(op.getAxes(), rank), [&](auto tag, const Rows &rows) {
          extremes<decltype(tag)>(rows, input, result, /*isMin=*/true);
        });
      })
      .Case([&](ir::ArgmaxOp op) {
        int64_t axis = op.getAxis();
        run(frontAxes(ArrayRef(axis), rank), [&](auto tag, const Rows &rows) {
          places<decltype(tag)>(rows, input, result, /*isMin=*/false);
        });
      })
      .Case([&](ir::ArgminOp op) {
        int64_t axis = op.getAxis();
        run(frontAxes(ArrayRef(axis), rank), [&](auto tag, const Rows &rows) {
          places<decltype(tag)>(rows, input, result, /*isMin=*/true);
        });
      })
      .Case([&](ir::AnyOp op) {
        Rows rows(input.shape(), frontAxes(op.getAxes(), rank));
        joinRows(rows, input, result, /*isAny=*/true);
      })
      .Case([&](ir::AllOp op) {
        Rows rows(input.shape(), frontAxes(op.getAxes(), rank));
        joinRows(rows, input, result, /*isAny=*/false);
      });
  return result;
}

} // namespace tactus::interpreter
