//===- Calibrate.h - Ranges from sample inputs ------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_DRIVER_CALIBRATE_H
#define TACTUS_COMPILER_DRIVER_CALIBRATE_H

#include "compiler/Driver/Compile.h"
#include "tactus/Calibration.h"

namespace tactus {

/// `program` with `tactus.ranges` at each matmul of floats that ran: how large
/// its operands were when the interpreter ran the samples. What it computes is
/// the same.
///
/// Throws Error where `target` multiplies no i8, and for a sample that does not
/// run, or has operands that are not finite.
Program calibrate(const Program &program, const Target &target,
                  const Calibration &calibration,
                  const DriverOptions &options = {});

} // namespace tactus

#endif // TACTUS_COMPILER_DRIVER_CALIBRATE_H
