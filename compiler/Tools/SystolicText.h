//===- SystolicText.h - Machines and their programs as text -----*- C++ -*-===//
#ifndef TACTUS_COMPILER_TOOLS_SYSTOLICTEXT_H
#define TACTUS_COMPILER_TOOLS_SYSTOLICTEXT_H

#include "runtime/Systolic/Program.h"

namespace tactus {

/// `512 KiB`.
std::string bytesText(int64_t bytes);
/// `6.4 GB/s`.
std::string rateText(const systolic::Channel &channel);

/// `32 x 32 i8, 400 MHz, buffer 512 KiB, 1024 sums, DRAM 6.4 GB/s`.
std::string factsOf(const systolic::Machine &machine);

/// The listing of a program: machine, ports, layers, instructions.
std::string programText(const systolic::Program &program);
/// The same for programs to read; instructions as in the listing.
std::string programJson(const systolic::Program &program);

} // namespace tactus

#endif // TACTUS_COMPILER_TOOLS_SYSTOLICTEXT_H
