//===- ShowCommand.cpp - tactus show --------------------------------------===//
#include "compiler/Import/JsonWriter.h"
#include "compiler/Tools/Commands.h"
#include "compiler/Tools/GraphText.h"

using namespace tactus;

static int show(const Arguments &arguments) {
  static constexpr std::string_view formats[] = {"text", "dot", "json", "mlir"};
  std::string format = arguments.choice("--format", formats);
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
     "a listing (the default), a graph for dot -Tsvg, or a file format"}};

const CommandInfo tactus::showCommand = {"show", "GRAPH", "Prints a graph.",
                                         options, show};
