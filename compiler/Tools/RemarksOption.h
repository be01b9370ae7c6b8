//===- RemarksOption.h - What passes say, on standard error -----*- C++ -*-===//
#ifndef TACTUS_COMPILER_TOOLS_REMARKSOPTION_H
#define TACTUS_COMPILER_TOOLS_REMARKSOPTION_H

#include "compiler/Driver/Remarks.h"
#include "compiler/Tools/Arguments.h"

namespace tactus {

inline constexpr OptionInfo remarksOption = {
    "--remarks-filter", "REGEX",
    "say what passes decide, and why: tactus-fusion"};

/// Prints the remarks that the option asks for to standard error. Throws
/// `Error` where its value is no regular expression.
RemarkOptions readRemarks(const Arguments &arguments);

} // namespace tactus

#endif // TACTUS_COMPILER_TOOLS_REMARKSOPTION_H
