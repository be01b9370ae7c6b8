//===- Tables.h - Functions in pieces, as tables ----------------*- C++ -*-===//
//
// A vector of 16 looks all its coefficients up in tables that stand in
// registers, so a polynomial of low degree serves, without a division and
// without e^x.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_COMPILER_CONVERSION_MATH_TABLES_H
#define TACTUS_COMPILER_CONVERSION_MATH_TABLES_H

#include "compiler/Conversion/Math/MathEmitter.h"

namespace tactus::math {

/// A function of x >= 0 as polynomials in t = x - c, piece i being where x
/// times `scale` rounds to i.
struct Table {
  static constexpr int pieces = 32;

  double scale;
  /// The centers c, then the coefficients, the lowest degree first.
  llvm::ArrayRef<float[pieces]> rows;

  /// The end of the last piece.
  double end() const { return (pieces - 0.5) / scale; }
};

extern const Table normalTailTable, logisticTailTable, tanhGateTable, tanhTable,
    erfTable;

/// Whether functions are computed with tables. Then `m` must be used on vectors
/// of 16 only: see onSixteen.
bool hasTables(const MathEmitter &m);

/// The function at x, which is within its pieces.
mlir::Value lookUp(MathEmitter &m, const Table &table, mlir::Value x);

/// The odd function at x, whose table has f(x) - x in its first piece, and
/// whose last piece has the value that it has from there on.
mlir::Value lookUpOdd(MathEmitter &m, const Table &table, mlir::Value x);

/// `near` in the lanes of x below the table's end, and what `far` builds in
/// others, which no instruction is run for where there are none.
mlir::Value nearOrFar(MathEmitter &m, const Table &table, mlir::Value size,
                      mlir::Value near, llvm::function_ref<mlir::Value()> far);

/// e^t for t between -105 and 89.
mlir::Value tableExponential(MathEmitter &m, mlir::Value t);

/// x f(-|x|) where x is negative, else x (1 - f(x)), f being what the table is
/// of; `far` is for what the table does not reach.
mlir::Value tableGate(MathEmitter &m, const Table &table, mlir::Value x,
                      llvm::function_ref<mlir::Value()> far);

/// `function` of x in vectors of 16 lanes, whatever the type of x, so that the
/// bits of a result do not depend on how many stand beside it.
mlir::Value
onSixteen(MathEmitter &m, mlir::Value x,
          llvm::function_ref<mlir::Value(MathEmitter &, mlir::Value)> function);

} // namespace tactus::math

#endif // TACTUS_COMPILER_CONVERSION_MATH_TABLES_H
