//===- BuildId.h - Which compiler this is -----------------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_JIT_BUILDID_H
#define TACTUS_RUNTIME_JIT_BUILDID_H

#include <string>

namespace tactus {

/// Differs where code that two compilers generate may differ: a hash of the
/// sources of Tactus and of how they were compiled, LLVM's version, and the
/// build ids of the libraries of LLVM and MLIR that this process has loaded, as
/// a distribution mends these without a new version.
const std::string &buildId();

} // namespace tactus

#endif // TACTUS_RUNTIME_JIT_BUILDID_H
