//===- SimulationCost.h - What a simulation takes ---------------*- C++ -*-===//
//
// Known before it begins: a small file can describe a machine that no host
// could hold, and instructions that would run for years.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_SIMULATIONCOST_H
#define TACTUS_RUNTIME_SYSTOLIC_SIMULATIONCOST_H

#include "runtime/Core/MemoryUse.h"
#include "runtime/Systolic/Program.h"

namespace tactus::systolic {

/// Without a limit of the user's; hours on one core.
inline constexpr uint64_t defaultMaxSteps = 100'000'000'000'000;

/// The bytes that a simulation has in memory at once, the program's image as
/// parameters, the machine's memories as the arena.
MemoryUse simulationMemory(const Program &program);

/// The multiply-adds of the array, the bytes and elements of all else, and the
/// pairs of accesses of DRAM that are held against each other, at most.
uint64_t simulationSteps(const Program &program);

/// Throws `Error` where the program takes more steps.
void checkSteps(const Program &program, uint64_t maxSteps);

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_SIMULATIONCOST_H
