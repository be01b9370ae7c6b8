//===- CheckCommand.cpp - tactus check ------------------------------------===//
#include "compiler/Tools/Commands.h"
#include "compiler/Tools/Source.h"
#include "runtime/Support/JsonWriter.h"
#include "runtime/Systolic/Simulator.h"

using namespace tactus;

static void writeProblem(json::Writer &writer, const Diagnostic &diagnostic) {
  const Error::Place &place = diagnostic.place;
  writer.beginObject(json::Writer::Layout::Inline);
  bool isError = diagnostic.severity == Diagnostic::Severity::Error;
  writer.member("severity", isError ? "error" : "warning");
  if (!place.file.empty())
    writer.member("file", place.file);
  if (place.line)
    writer.member("line", place.line);
  if (place.column)
    writer.member("column", place.column);
  if (!place.pointer.empty())
    writer.member("pointer", place.pointer);
  if (!place.node.empty())
    writer.member("node", place.node);
  if (!place.op.empty())
    writer.member("op", place.op);
  writer.member("message", diagnostic.message);
  writer.endObject();
}

/// What of a program only shows once its instructions are put in order.
static void checkOrder(Source source, const std::string &file) {
  auto *program = std::get_if<systolic::Program>(&source);
  if (!program)
    return;
  try {
    systolic::Simulator(std::move(*program));
  } catch (const Error &error) {
    Error::Place place = error.place();
    place.file = file;
    throw Error(std::move(place), error.message());
  }
}

static int checkAsJson(const std::string &file) {
  Diagnostics diagnostics;
  try {
    checkOrder(readSource(file, diagnostics), file);
  } catch (const Error &error) {
    // Text that is no JSON at all is thrown before anything is collected.
    if (!diagnostics.hasErrors())
      diagnostics.error(error.place(), error.message());
  }
  json::Writer writer;
  writer.beginObject();
  writer.member("valid", !diagnostics.hasErrors());
  writer.key("problems").beginArray(json::Writer::Layout::Block);
  for (const Diagnostic &diagnostic : diagnostics.all())
    writeProblem(writer, diagnostic);
  writer.endArray().endObject();
  print(writer.take());
  return diagnostics.hasErrors() ? 1 : 0;
}

static int check(const Arguments &arguments) {
  static constexpr std::string_view formats[] = {"text", "json"};
  const std::string &file = arguments.operand();
  if (arguments.choice("--format", formats) == "json")
    return checkAsJson(file);
  std::string name = file == "-" ? "<stdin>" : file;
  checkOrder(readSource(file), name);
  print(name + ": valid\n");
  return 0;
}

static constexpr OptionInfo options[] = {
    {"--format", "text|json", "how to print the problems"}};

const CommandInfo tactus::checkCommand = {
    "check", "FILE",
    "Says whether a graph or program is valid, or all its problems.", options,
    check};
