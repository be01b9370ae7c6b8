//===- SimulationOutput.cpp - What a user sees of a simulation ------------===//
#include "compiler/Tools/SimulationOutput.h"
#include "runtime/Support/Files.h"
#include "runtime/Systolic/Plots.h"
#include "tactus/Error.h"
#include <cstdio>
#include <memory>
#include <set>

using namespace tactus;

SimulationOutput::SimulationOutput(const Arguments &arguments) {
  if (auto value = arguments.get("--report")) {
    static constexpr Format formats[] = {Format::Text, Format::Json,
                                         Format::Csv};
    report = FormatOption::parse("--report", *value, formats);
  } else if (arguments.has("--energy")) {
    throw Error("expected --report with --energy, but got none");
  }
  traceFile = arguments.get("--trace");
  timelineFile = arguments.get("--timeline");
  rooflineFile = arguments.get("--roofline");
  std::set<std::string> files;
  for (auto &file : {report ? std::optional(report->file) : std::nullopt,
                     traceFile, timelineFile, rooflineFile})
    if (file && !file->empty() && !files.insert(*file).second)
      throw Error("expected a file for one thing alone, but got '" + *file +
                  "' for two");
  if (auto file = arguments.get("--energy"))
    energyTable = systolic::readEnergyJson(*file);
}

bool SimulationOutput::isWanted() const {
  return report || traceFile || timelineFile || rooflineFile;
}

static std::string format(const systolic::Report &figures, Format format) {
  switch (format) {
  case Format::Text:
    return figures.str();
  case Format::Json:
    return figures.json();
  case Format::Csv:
    return figures.csv();
  }
  __builtin_unreachable();
}

void SimulationOutput::write(const systolic::Program &program,
                             const systolic::SimulationResult &result) const {
  systolic::Report figures = result.report;
  if (energyTable)
    figures.energyTable = *energyTable;
  std::vector<std::unique_ptr<AtomicFile>> files;
  auto add = [&](const std::string &file, std::string_view text) {
    files.push_back(std::make_unique<AtomicFile>(file));
    files.back()->write(text);
  };
  std::string text = report ? format(figures, report->format) : "";
  if (report && !report->file.empty())
    add(report->file, text);
  if (traceFile)
    add(*traceFile, systolic::makeTrace(program, result.times));
  if (timelineFile)
    add(*timelineFile, systolic::drawTimeline(program, result.times));
  if (rooflineFile)
    add(*rooflineFile, systolic::drawRoofline(figures));
  for (auto &file : files)
    file->commit();
  if (report && report->file.empty())
    std::fputs(text.c_str(), stderr);
}
