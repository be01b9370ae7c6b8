//===- Parameters.cpp - The parameters that a graph's file names ----------===//
#include "compiler/Import/Parameters.h"
#include "runtime/Support/Files.h"

using namespace tactus;

std::optional<ParameterStore>
tactus::openParameters(const std::filesystem::path &directory,
                       const std::string &file, const Error::Place &place,
                       Diagnostics &diagnostics) {
  std::filesystem::path path;
  try {
    path = resolveInside(directory, file);
  } catch (const Error &error) {
    diagnostics.error(place, error.message());
    return std::nullopt;
  }
  try {
    return ParameterStore::open(path);
  } catch (const Error &error) {
    // The problem lies in that file.
    diagnostics.error(error.place(), error.message());
    return std::nullopt;
  }
}

void tactus::checkParameter(const ParameterStore &parameters,
                            const std::string &name, const TensorType &type,
                            const Error::Place &place,
                            Diagnostics &diagnostics) {
  try {
    TensorType stored = parameters.get(name).type();
    if (stored != type)
      diagnostics.error(place, "expected parameter '" + name + "' to be " +
                                   stored.str() + ", as " +
                                   parameters.file().filename().string() +
                                   " has it, but got " + type.str());
  } catch (const Error &error) {
    diagnostics.error(place, error.message());
  }
}
