//===- ShowCommand.cpp - tactus show --------------------------------------===//
#include "compiler/Import/JsonWriter.h"
#include "compiler/Tools/Commands.h"
#include "compiler/Tools/GraphText.h"
#include "runtime/Systolic/Report.h"

using namespace tactus;

static int show(const Arguments &arguments) {
  static constexpr std::string_view formats[] = {"text", "dot", "json", "mlir"};
  // A comparison is text alone.
  auto older = arguments.get("--diff");
  std::string format = arguments.choice(
      "--format", std::span(formats).first(older ? 1 : std::size(formats)));
  if (older) {
    systolic::Report before = systolic::readReportJson(*older);
    print(systolic::compareReports(
        before, systolic::readReportJson(arguments.operand())));
    return 0;
  }
  Program program = readGraph(arguments.operand());
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
     "compare the report OLD, of --report=FILE.json, with one given as GRAPH"}};

const CommandInfo tactus::showCommand = {
    "show", "GRAPH", "Prints a graph, or two reports side by side.", options,
    show};
