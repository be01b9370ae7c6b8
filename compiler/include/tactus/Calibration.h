//===- Calibration.h - How large the numbers of a graph are -----*- C++ -*-===//
#ifndef TACTUS_CALIBRATION_H
#define TACTUS_CALIBRATION_H

#include "tactus/Tensor.h"
#include <map>
#include <string>
#include <vector>

namespace tactus {

/// Inputs that are like those to come. A machine whose array multiplies i8 runs
/// a graph of floats with the operands of each matmul in steps that follow from
/// them: of the whole tensor for what inputs reach, of each column for
/// parameters.
struct Calibration {
  enum class Method {
    /// Every number of the samples fits.
    MinMax,
    /// Rare outliers are cut off, so that the steps are smaller.
    Percentile,
  };

  /// Inputs of whole calls, by name; their dynamic dimensions need not be those
  /// of later calls. Without samples a graph is not calibrated.
  std::vector<std::map<std::string, Tensor>> samples = {};
  Method method = Method::MinMax;
  /// Of each operand's numbers, how many per cent fit at least; above 0 and at
  /// most 100.
  double percentile = 99.99;
};

} // namespace tactus

#endif // TACTUS_CALIBRATION_H
