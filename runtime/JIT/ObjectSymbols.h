//===- ObjectSymbols.h - What an object asks of its surroundings *- C++ -*-===//
#ifndef TACTUS_RUNTIME_JIT_OBJECTSYMBOLS_H
#define TACTUS_RUNTIME_JIT_OBJECTSYMBOLS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace tactus {

/// The symbols that `object` leaves to others to define, sorted.
llvm::Expected<std::vector<std::string>>
undefinedSymbols(llvm::StringRef object);

/// What compiled code may leave undefined: code generation may turn a loop that
/// copies into one of these. Anything else, such as a function of libm, means
/// that an op was not lowered to instructions.
llvm::ArrayRef<llvm::StringRef> allowedSymbols();

/// Fails where `object` leaves another symbol undefined, naming it.
llvm::Error checkUndefinedSymbols(llvm::StringRef object);

} // namespace tactus

#endif // TACTUS_RUNTIME_JIT_OBJECTSYMBOLS_H
