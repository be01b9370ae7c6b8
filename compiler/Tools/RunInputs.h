//===- RunInputs.h - The inputs of a command line ---------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TOOLS_RUNINPUTS_H
#define TACTUS_COMPILER_TOOLS_RUNINPUTS_H

#include "compiler/Tools/Arguments.h"
#include "runtime/Core/MemoryUse.h"
#include "tactus/Executable.h"
#include <map>
#include <string>
#include <vector>

namespace tactus {

/// Reads `--input name=@file.npy`, `--input name=2x2xf32=1,2,3,4`,
/// `--shape name=64x784` and `--random-inputs=SEED`, which fills every input
/// that is not given; input i gets seed SEED + i. Throws Error, also where the
/// inputs alone are over `limit`.
std::map<std::string, Tensor> readInputs(const Arguments &arguments,
                                         const std::vector<Port> &ports,
                                         MemoryLimit limit);

/// The types of the inputs, with the sizes of `--shape name=64x784` and, where
/// a named dimension has one of these, wherever else the name stands. Throws
/// Error where a size is not known.
std::vector<TensorType> readInputTypes(const Arguments &arguments,
                                       const std::vector<Port> &ports);

/// `name=rest` of an option's value; throws Error, saying that `form` was
/// expected, where there is no name.
std::pair<std::string, std::string> splitName(std::string_view option,
                                              std::string_view text,
                                              std::string_view form);

/// The input `name`; throws Error, saying which there are, where it is none.
const Port &findPort(const std::vector<Port> &ports, const std::string &name);

/// The tensor that `@file.npy` or `2x2xf32=1,2,3,4` stands for. Throws Error.
Tensor readInput(const std::string &text);

/// The bytes of a static type. Throws Error where it is over the limits of one
/// tensor.
uint64_t byteSizeOf(const TensorType &type);

/// The tensor that `2x2xf32=1,2,3,4` stands for. Throws Error.
Tensor parseTensorValue(std::string_view text);

} // namespace tactus

#endif // TACTUS_COMPILER_TOOLS_RUNINPUTS_H
