//===- CalibrationSamples.h - The samples of a command line -----*- C++ -*-===//
#ifndef TACTUS_COMPILER_TOOLS_CALIBRATIONSAMPLES_H
#define TACTUS_COMPILER_TOOLS_CALIBRATIONSAMPLES_H

#include "compiler/Driver/Compile.h"
#include "compiler/Tools/Arguments.h"
#include "runtime/Core/MemoryUse.h"
#include "tactus/Calibration.h"
#include "tactus/Executable.h"

namespace tactus {

inline constexpr OptionInfo calibrateOption = {
    "--calibrate", "SAMPLES",
    "for i8: x=@samples.npy, samples.safetensors, random:COUNT,SEED", true};
inline constexpr OptionInfo calibrationMethodOption = {
    "--calibration-method", "METHOD",
    "min-max (the default), or percentile:99.99"};

/// Reads both options; without `--calibrate`, a calibration without samples.
///
/// A tensor of an input's type is one sample; with one dimension more in front
/// it is as many as that is long. An input that has but one is the same in all.
/// `random:COUNT,SEED` fills what no file gives with the shapes of `inputs`,
/// those of the run; input i of sample j gets seed SEED + j * ports + i.
///
/// Throws Error, also where random samples are over `limit`.
Calibration readCalibration(const Arguments &arguments,
                            const std::vector<Port> &ports,
                            const std::map<std::string, Tensor> &inputs,
                            MemoryLimit limit);

/// `program` calibrated for `target` as both options ask, for inputs of these
/// static types; without `--calibrate`, as it is. Throws Error.
Program readCalibrated(const Arguments &arguments, Program program,
                       const Target &target,
                       std::span<const TensorType> inputTypes,
                       const DriverOptions &options);

} // namespace tactus

#endif // TACTUS_COMPILER_TOOLS_CALIBRATIONSAMPLES_H
