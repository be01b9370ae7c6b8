//===- LegalizedProgram.h - What a machine computes, as ops -----*- C++ -*-===//
#ifndef TACTUS_COMPILER_DRIVER_LEGALIZEDPROGRAM_H
#define TACTUS_COMPILER_DRIVER_LEGALIZEDPROGRAM_H

#include "compiler/Graph/Program.h"
#include "dialects/Systolic/Machine.h"
#include <span>

namespace tactus {

/// `program` at level 2, specialized: the machine's arithmetic written as
/// tactus ops, which the interpreter and the CPU run too. On the interpreter
/// it gives the results that the machine must give, bit for bit. Named
/// dimensions get the sizes of `inputTypes`; without these, they must be none.
/// Throws Error where the machine lacks what it would need.
Program legalizedProgram(const Program &program,
                         const systolic::Machine &machine,
                         std::span<const TensorType> inputTypes = {});

} // namespace tactus

#endif // TACTUS_COMPILER_DRIVER_LEGALIZEDPROGRAM_H
