//===- Parameters.h - The parameters that a graph's file names --*- C++ -*-===//
#ifndef TACTUS_COMPILER_IMPORT_PARAMETERS_H
#define TACTUS_COMPILER_IMPORT_PARAMETERS_H

#include "runtime/Support/Diagnostics.h"
#include "tactus/ParameterStore.h"
#include <filesystem>
#include <optional>
#include <string>

namespace tactus {

/// Opens `file`, which a graph in `directory` names at `place`, and may not
/// lead out of it. Reports where it cannot.
std::optional<ParameterStore>
openParameters(const std::filesystem::path &directory, const std::string &file,
               const Error::Place &place, Diagnostics &diagnostics);

/// Reports at `place` where the store has no tensor of that name and type.
void checkParameter(const ParameterStore &parameters, const std::string &name,
                    const TensorType &type, const Error::Place &place,
                    Diagnostics &diagnostics);

} // namespace tactus

#endif // TACTUS_COMPILER_IMPORT_PARAMETERS_H
