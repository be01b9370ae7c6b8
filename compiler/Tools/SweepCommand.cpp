//===- SweepCommand.cpp - tactus sweep ------------------------------------===//
#include "compiler/Target/TargetImpl.h"
#include "compiler/Tools/CalibrationSamples.h"
#include "compiler/Tools/Commands.h"
#include "compiler/Tools/Progress.h"
#include "compiler/Tools/RunInputs.h"
#include "compiler/Tools/Source.h"
#include "compiler/Tools/Sweep.h"
#include "compiler/Tools/SweepChart.h"
#include "compiler/Tools/SweepGrid.h"
#include "runtime/Support/Files.h"
#include "runtime/Support/Text.h"
#include "tactus/Error.h"
#include <algorithm>

using namespace tactus;

//===----------------------------------------------------------------------===//
// CSV
//===----------------------------------------------------------------------===//

static std::string quoted(std::string text) {
  for (size_t at = 0; (at = text.find('"', at)) != std::string::npos; at += 2)
    text.insert(at, 1, '"');
  return '"' + text + '"';
}

/// What was asked for, so that rows of one setting have one value: the buffer
/// before it is cut to whole rows.
static std::string settingsOf(const SweepRow &row) {
  return std::to_string(row.machine.rows) + "x" +
         std::to_string(row.machine.columns) + "," +
         std::to_string(row.bufferBytes()) + "," +
         std::to_string(row.machine.dram.bytesPerSecond);
}

static std::string csvOf(const std::vector<SweepRow> &rows) {
  std::string text = "array,buffer,bandwidth,cycles,seconds,utilization,active";
  for (int i = 0; i < systolic::numStalls; ++i) {
    std::string name(toString(systolic::Stall(i)));
    std::replace(name.begin(), name.end(), ' ', '_');
    text += "," + name;
  }
  text += ",dram_bytes,problem\n";
  for (const SweepRow &row : rows) {
    text += settingsOf(row);
    if (!row.problem.empty()) {
      text += std::string(systolic::numStalls + 6, ',') + quoted(row.problem) +
              "\n";
      continue;
    }
    const systolic::Report &report = row.report;
    text += "," + std::to_string(report.totalCycles) + "," +
            formatText("%.9g", report.seconds()) + "," +
            formatText("%.6f", report.utilization()) + "," +
            std::to_string(report.activeCycles);
    for (int64_t cycles : report.stalls)
      text += "," + std::to_string(cycles);
    text += "," +
            std::to_string(report.weightBytes + report.loadedBytes +
                           report.storedBytes) +
            ",\n";
  }
  return text;
}

//===----------------------------------------------------------------------===//
// The command
//===----------------------------------------------------------------------===//

static Target targetOf(const Arguments &arguments) {
  std::string name = arguments.get("--target").value_or("systolic:edge");
  Target target = Target::parse(name);
  if (target.kind() != Target::Kind::Systolic)
    throw Error("expected --target=systolic:MACHINE, whose sizes change, but "
                "got '" +
                name + "'");
  return target;
}

/// Both files, or neither where one cannot be written.
static void write(const Arguments &arguments, const std::vector<SweepRow> &rows,
                  const std::string &title) {
  auto table = arguments.get("-o"), drawing = arguments.get("--svg");
  if (table && drawing && *table == *drawing)
    throw Error("expected a file for one thing alone, but got '" + *table +
                "' for two");
  std::string csv = csvOf(rows);
  std::optional<AtomicFile> tableFile, drawingFile;
  if (table)
    tableFile.emplace(*table).write(csv);
  if (drawing)
    drawingFile.emplace(*drawing).write(drawSweep(title, rows));
  if (tableFile)
    tableFile->commit();
  if (drawingFile)
    drawingFile->commit();
  if (!table)
    print(csv);
}

static int sweepGrid(const Arguments &arguments) {
  Target target = targetOf(arguments);
  auto &base = std::get<systolic::Machine>(target.description().machine);
  std::vector<systolic::MachineChange> grid = readGrid(arguments);
  Program program = readGraph(arguments.operand());
  SweepOptions options;
  options.driver.maxMemory = arguments.bytes("--max-memory");
  options.driver.maxSteps = arguments.count("--max-steps");
  options.inputTypes = readInputTypes(arguments, inputPorts(program.main()));
  program = readCalibrated(arguments, std::move(program), target,
                           options.inputTypes, options.driver);
  std::vector<SweepRow> rows;
  {
    Progress progress("machines", grid.size());
    options.whenDone = [&] { progress.advance(); };
    rows = sweep(program, base, grid, options);
  }
  if (std::all_of(rows.begin(), rows.end(),
                  [](const SweepRow &row) { return !row.problem.empty(); }))
    throw Error("expected a machine that runs the graph, but none of " +
                std::to_string(rows.size()) +
                " does; the first: " + rows.front().problem);
  write(arguments, rows, "Cycles on '" + base.name + "' with other sizes");
  return 0;
}

static constexpr OptionInfo options[] = {
    {"--target", "systolic:MACHINE", "what all else is like; systolic:edge"},
    {"--arrays", "SIZES", "arrays, such as 16,32,24x40", true},
    {"--buffer", "BYTES", "unified buffers, such as 256K,512K", true},
    {"--bandwidth", "RATES", "bytes a second of DRAM, such as 6.4G,34G", true},
    {"--shape", "NAME=SHAPE", "sizes of an input, such as 64x784", true},
    calibrateOption,
    calibrationMethodOption,
    {"-o", "FILE", "where the table goes, as CSV; else it is printed"},
    {"--svg", "FILE", "draw cycles and utilization"},
    {"--max-memory", "BYTES", "what all simulations may take at one time"},
    {"--max-steps", "N", "refuse a simulation of more multiply-adds; 10^14"}};

const CommandInfo tactus::sweepCommand = {
    "sweep",
    "GRAPH",
    "Simulates a graph on a grid of systolic machines.",
    options,
    sweepGrid,
    "With another array, rows of the buffer are as wide as its longer side "
    "asks,\n"
    "the buffer is cut to whole rows in each bank, and accumulators and FIFO "
    "have\n"
    "as many rows and tiles as before, each of the array's size. With another\n"
    "bandwidth, bursts in flight cover the latency. A machine that cannot be, "
    "or\n"
    "that cannot run the graph, has a row that says why."};
