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
    hasReport = true;
    std::string_view word = *value;
    size_t dot = word.rfind('.');
    bool isFile = dot != std::string_view::npos;
    if (isFile)
      reportFile = word;
    std::string_view kind = isFile ? word.substr(dot + 1) : word;
    if (kind == "json")
      reportFormat = Format::Json;
    else if (kind == "csv")
      reportFormat = Format::Csv;
    else if (kind != (isFile ? "txt" : "text") && !word.empty())
      throw Error("expected --report to be text, json, csv or a file that ends "
                  "in .txt, .json or .csv, but got '" +
                  *value + "'");
  } else if (arguments.has("--energy")) {
    throw Error("expected --report with --energy, but got none");
  }
  traceFile = arguments.get("--trace");
  timelineFile = arguments.get("--timeline");
  rooflineFile = arguments.get("--roofline");
  std::set<std::string> files;
  for (auto &file :
       {std::optional(reportFile), traceFile, timelineFile, rooflineFile})
    if (file && !file->empty() && !files.insert(*file).second)
      throw Error("expected a file for one thing alone, but got '" + *file +
                  "' for two");
  if (auto file = arguments.get("--energy"))
    energyTable = systolic::readEnergyJson(*file);
}

bool SimulationOutput::isWanted() const {
  return hasReport || traceFile || timelineFile || rooflineFile;
}

std::string SimulationOutput::format(const systolic::Report &report) const {
  switch (reportFormat) {
  case Format::Text:
    return report.str();
  case Format::Json:
    return report.json();
  case Format::Csv:
    return report.csv();
  }
  __builtin_unreachable();
}

void SimulationOutput::write(const systolic::Program &program,
                             const systolic::SimulationResult &result) const {
  systolic::Report report = result.report;
  if (energyTable)
    report.energyTable = *energyTable;
  std::vector<std::unique_ptr<AtomicFile>> files;
  auto add = [&](const std::string &file, std::string_view text) {
    files.push_back(std::make_unique<AtomicFile>(file));
    files.back()->write(text);
  };
  std::string text = hasReport ? format(report) : "";
  if (!reportFile.empty())
    add(reportFile, text);
  if (traceFile)
    add(*traceFile, systolic::makeTrace(program, result.times));
  if (timelineFile)
    add(*timelineFile, systolic::drawTimeline(program, result.times));
  if (rooflineFile)
    add(*rooflineFile, systolic::drawRoofline(report));
  for (auto &file : files)
    file->commit();
  if (reportFile.empty())
    std::fputs(text.c_str(), stderr);
}
