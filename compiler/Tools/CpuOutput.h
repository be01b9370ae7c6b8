//===- CpuOutput.h - What a user sees of a run on a processor ---*- C++ -*-===//
#ifndef TACTUS_COMPILER_TOOLS_CPUOUTPUT_H
#define TACTUS_COMPILER_TOOLS_CPUOUTPUT_H

#include "compiler/Tools/Arguments.h"
#include "compiler/Tools/FormatOption.h"
#include "tactus/Executable.h"
#include "tactus/Target.h"

namespace tactus {

inline constexpr OptionInfo profileOption = {
    "--profile", "FORMAT|FILE", "cpu: say where a call's time went; text, json",
    false, true};
inline constexpr OptionInfo dumpAssemblyOption = {
    "--dump-asm", "KERNEL", "cpu: print the instructions of a kernel"};

/// What a command line asks to be shown of a run on a processor: the options
/// above, and `--trace`.
class CpuOutput {
public:
  /// Reads the options. Throws `Error` where one does not fit, or `target`
  /// cannot give what is asked for, so before anything has run.
  CpuOutput(const Arguments &arguments, const Target &target);

  /// Runs the program again, as often as that needs, and writes the files: all
  /// of them, or none where one cannot be written.
  void write(const Executable &executable,
             const std::map<std::string, Tensor> &inputs);
  /// Prints to standard error what is not for a file.
  void print() const;

private:
  std::string target;
  std::optional<FormatOption> profile;
  std::optional<std::string> traceFile, kernel;
  std::string text;
};

} // namespace tactus

#endif // TACTUS_COMPILER_TOOLS_CPUOUTPUT_H
