//===- SimulationOutput.h - What a user sees of a simulation ----*- C++ -*-===//
//
// The options of every command that plays programs of a systolic machine.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_COMPILER_TOOLS_SIMULATIONOUTPUT_H
#define TACTUS_COMPILER_TOOLS_SIMULATIONOUTPUT_H

#include "compiler/Tools/Arguments.h"
#include "compiler/Tools/FormatOption.h"
#include "runtime/Systolic/Simulator.h"

namespace tactus {

inline constexpr OptionInfo reportOption = {
    "--report", "FORMAT|FILE",
    "systolic: say where cycles went; text, json, csv", false, true};
inline constexpr OptionInfo traceOption = {
    "--trace", "FILE", "cpu, systolic: write a trace for Perfetto"};
inline constexpr OptionInfo timelineOption = {
    "--timeline", "FILE", "systolic: draw what each queue did, as SVG"};
inline constexpr OptionInfo rooflineOption = {
    "--roofline", "FILE", "systolic: draw layers under the roof, as SVG"};
inline constexpr OptionInfo energyOption = {
    "--energy", "FILE", "systolic: a table of energies for the report"};

/// What a command line asks to be shown of a run. The command lists the options
/// above among its own.
class SimulationOutput {
public:
  /// Reads the options, and the table of energies. Throws `Error` where one
  /// does not fit, so before anything has run.
  explicit SimulationOutput(const Arguments &arguments);

  /// Whether anything is asked for, which only a systolic machine can give.
  bool isWanted() const;
  bool wantsReport() const { return report.has_value(); }
  /// Whether anything is that a processor cannot give either.
  bool needsMachine() const { return report || timelineFile || rooflineFile; }
  /// Whether the report, with its accuracy, goes to standard error.
  bool printsReport() const { return report && report->file.empty(); }
  /// Prints the report to standard error and writes the files: all of them, or
  /// none where one cannot be written.
  void write(const systolic::Program &program,
             const systolic::SimulationResult &result) const;

private:
  std::optional<FormatOption> report;
  std::optional<std::string> traceFile, timelineFile, rooflineFile;
  std::optional<systolic::EnergyTable> energyTable;
};

} // namespace tactus

#endif // TACTUS_COMPILER_TOOLS_SIMULATIONOUTPUT_H
