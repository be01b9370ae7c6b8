//===- Commands.h - The subcommands of tactus -------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TOOLS_COMMANDS_H
#define TACTUS_COMPILER_TOOLS_COMMANDS_H

#include "compiler/Tools/Arguments.h"

namespace tactus {

extern const CommandInfo benchCommand;
extern const CommandInfo bisectCommand;
extern const CommandInfo checkCommand;
extern const CommandInfo compileCommand;
extern const CommandInfo explainCommand;
extern const CommandInfo runCommand;
extern const CommandInfo showCommand;
extern const CommandInfo sweepCommand;
extern const CommandInfo targetsCommand;

/// Writes results, and throws where standard output does not take them.
void print(std::string_view text);

} // namespace tactus

#endif // TACTUS_COMPILER_TOOLS_COMMANDS_H
