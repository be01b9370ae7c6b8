//===- ShowCommand.cpp - tactus show --------------------------------------===//
#include "compiler/Import/JsonWriter.h"
#include "compiler/Tools/Commands.h"
#include "compiler/Tools/GraphText.h"
#include "compiler/Tools/Source.h"
#include "compiler/Tools/SystolicText.h"
#include "runtime/Systolic/ProgramFile.h"
#include "runtime/Systolic/Report.h"
#include "tactus/Error.h"

using namespace tactus;

static void showProgram(const systolic::Program &program,
                        const std::string &format) {
  if (format == "json")
    print(programJson(program));
  else if (format == "text")
    print(programText(program));
  else
    throw Error("expected --format text or json for a program, but got '" +
                format + "'");
}

static systolic::Report readReport(const std::string &file) {
  if (systolic::isProgramFile(file))
    throw Error({.file = file}, "expected a report of tactus run "
                                "--report=FILE.json, but got a program of a "
                                "systolic machine");
  return systolic::readReportJson(file);
}

static int show(const Arguments &arguments) {
  static constexpr std::string_view formats[] = {"text", "dot", "json", "mlir"};
  // A comparison is text alone.
  auto older = arguments.get("--diff");
  std::string format = arguments.choice(
      "--format", std::span(formats).first(older ? 1 : std::size(formats)));
  if (older) {
    systolic::Report before = readReport(*older);
    print(systolic::compareReports(before, readReport(arguments.operand())));
    return 0;
  }
  Source source = readSource(arguments.operand());
  if (auto *compiled = std::get_if<systolic::Program>(&source)) {
    showProgram(*compiled, format);
    return 0;
  }
  const Program &program = std::get<Program>(source);
  if (format == "json")
    print(writeJsonGraph(program));
  else if (format == "mlir")
    print(mlirText(program));
  else if (format == "dot")
    print(dotText(program));
  else
    print(graphText(program));
  return 0;
}

static constexpr OptionInfo options[] = {
    {"--format", "text|dot|json|mlir",
     "a listing (the default), a graph for dot -Tsvg, or a file format"},
    {"--diff", "OLD",
     "compare the report OLD, of --report=FILE.json, with FILE"}};

const CommandInfo tactus::showCommand = {
    "show", "FILE", "Prints a graph, a program, or two reports side by side.",
    options, show};
