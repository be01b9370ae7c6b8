//===- OwnContext.h - Programs that share nothing ---------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_DRIVER_OWNCONTEXT_H
#define TACTUS_COMPILER_DRIVER_OWNCONTEXT_H

#include "compiler/Graph/Program.h"

namespace tactus {

/// A copy of `program` in a context of its own, so that threads may compile
/// programs that came from one graph. Parameters are shared.
Program inOwnContext(const Program &program);

} // namespace tactus

#endif // TACTUS_COMPILER_DRIVER_OWNCONTEXT_H
