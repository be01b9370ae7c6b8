//===- MlirReader.cpp - Graphs from MLIR text -----------------------------===//
#include "compiler/Import/MlirReader.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "compiler/Graph/OpText.h"
#include "compiler/Import/CallChecks.h"
#include "compiler/Import/ModuleChecks.h"
#include "compiler/Import/Parameters.h"
#include "compiler/Import/PreLexer.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "runtime/Interpreter/TensorAttributes.h"

using namespace mlir;

namespace tactus {

/// Locations that the text gives may name no file.
static void addAll(const Diagnostics &from, const std::string &file,
                   Diagnostics &diagnostics) {
  for (const tactus::Diagnostic &diagnostic : from.all()) {
    Error::Place place = diagnostic.place;
    if (place.file.empty())
      place.file = file;
    if (diagnostic.severity == tactus::Diagnostic::Severity::Error)
      diagnostics.error(place, diagnostic.message);
    else
      diagnostics.warning(place, diagnostic.message);
  }
}

/// `relu6` for a text that MLIR's parser could not read because of this name.
static std::string_view unknownOp(std::string_view message) {
  constexpr std::string_view begin = "custom op 'tactus.", end = "' is unknown";
  size_t length = message.find(end);
  if (!message.starts_with(begin) || length == std::string_view::npos)
    return "";
  return message.substr(begin.size(), length - begin.size());
}

static void readParameters(Program &program,
                           const std::filesystem::path &directory,
                           const Error::Place &place,
                           Diagnostics &diagnostics) {
  ModuleOp module = *program.module;
  Attribute attribute = module->getAttr(parametersAttribute);
  auto file = dyn_cast_or_null<StringAttr>(attribute);
  if (attribute && !file) {
    diagnostics.error(place, "expected tactus.parameters to be a string");
    return;
  }
  if (file) {
    program.parameterFile = file.str();
    auto store = openParameters(directory, file.str(), place, diagnostics);
    if (!store)
      return;
    program.parameters = std::move(*store);
  }
  module->walk([&](ir::ParameterOp parameter) {
    auto type = cast<RankedTensorType>(parameter.getType());
    Error::Place place = placeOf(parameter.getLoc());
    if (!file)
      diagnostics.error(place, "expected the module's attribute "
                               "tactus.parameters to name the file of "
                               "parameter '" +
                                   parameter.getName().str() + "'");
    else if (!type.hasStaticShape())
      diagnostics.error(place, "expected a parameter's dimensions to be sizes");
    else
      checkParameter(program.parameters, parameter.getName().str(),
                     tensorTypeOf(type), place, diagnostics);
  });
}

/// Whether all is verified. MLIR's verifier stops at the first op that fails;
/// here each one that computes is asked, as it depends on its operands alone.
static bool isValid(ModuleOp module) {
  bool isVerified = true;
  module->walk([&](InferTypeOpInterface op) {
    if (op->getNumRegions() == 0)
      isVerified &= succeeded(verify(op, /*verifyRecursively=*/false));
  });
  return isVerified && succeeded(verify(module));
}

/// Gives a program whose module is null where an error was reported.
static Program readModule(std::string_view text, const std::string &file,
                          const std::filesystem::path &directory,
                          Diagnostics &diagnostics) {
  Program program;
  program.context = makeContext();
  DiagnosticCollector collector(program.context.get());
  program.module = parseSourceString<ModuleOp>(
      text, ParserConfig(program.context.get(), /*verifyAfterParse=*/false),
      file);
  if (!program.module) {
    Diagnostics problems;
    for (const tactus::Diagnostic &problem : collector.all().all())
      problems.error(problem.place, problem.message + didYouMeanOp(unknownOp(
                                                          problem.message)));
    addAll(problems, file, diagnostics);
    if (!collector.hasErrors())
      diagnostics.error({}, "expected an MLIR module");
    return program;
  }
  checkContents(*program.module, diagnostics);
  if (diagnostics.hasErrors())
    return program;
  bool isVerified = isValid(*program.module);
  addAll(collector.all(), file, diagnostics);
  if (!isVerified)
    return program;
  checkCalls(*program.module, diagnostics);
  checkMain(*program.module, diagnostics);
  readParameters(program, directory, {.file = file}, diagnostics);
  return program;
}

std::optional<Program> readMlirGraph(std::string_view text,
                                     const std::string &file,
                                     const std::filesystem::path &directory,
                                     Diagnostics &diagnostics) {
  try {
    preLexMlir(text, file);
  } catch (const Error &error) {
    diagnostics.error(error.place(), error.message());
    return std::nullopt;
  }
  Diagnostics found;
  // MLIR's lexer reads the zero byte behind the text, which a view may lack.
  Program program = readModule(std::string(text), file, directory, found);
  addAll(found, file, diagnostics);
  if (found.hasErrors())
    return std::nullopt;
  return program;
}

} // namespace tactus
