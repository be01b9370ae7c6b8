//===- Npy.h - NumPy's files of one array -----------------------*- C++ -*-===//
//
// Reads versions 1.0 to 3.0 and writes 1.0. NumPy has no bfloat16: it is
// written as `|V2`, two opaque bytes, which is what NumPy itself writes for the
// type that other packages add, and `|V2` and `<V2` are read as bfloat16.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_TENSOR_NPY_H
#define TACTUS_RUNTIME_TENSOR_NPY_H

#include "tactus/Tensor.h"
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

namespace tactus {

/// Reads an npy file. Big-endian and Fortran-ordered data is converted; data
/// that is not just what the header says, bools other than 0 and 1, and element
/// types that no Tensor has are refused. Throws `Error` with the file's name.
Tensor readNpy(const std::filesystem::path &file);
/// The same for a file in memory; `file` stands in messages.
Tensor parseNpy(std::span<const std::byte> bytes, const std::string &file);

/// Writes through a temporary file.
void writeNpy(const std::filesystem::path &file, const Tensor &tensor);
/// What stands before the data, padded to a multiple of 64 bytes.
std::string npyHeader(const Tensor &tensor);

} // namespace tactus

#endif // TACTUS_RUNTIME_TENSOR_NPY_H
