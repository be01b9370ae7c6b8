//===- DiagnosticCollector.cpp - MLIR's diagnostics as errors -------------===//
#include "compiler/Graph/DiagnosticCollector.h"
#include "mlir/IR/Location.h"

using namespace mlir;

namespace tactus {

/// Adds to `place` what `location` tells and `place` does not have yet.
static void addPlace(Location location, Error::Place &place) {
  // Chains of names are walked; only fused locations are nested further.
  while (true) {
    if (auto name = dyn_cast<NameLoc>(location)) {
      if (place.node.empty())
        place.node = name.getName().str();
      location = name.getChildLoc();
    } else if (auto call = dyn_cast<CallSiteLoc>(location)) {
      location = call.getCallee();
    } else if (auto file = dyn_cast<FileLineColLoc>(location)) {
      if (!place.file.empty())
        return;
      place.file = file.getFilename().str();
      place.line = file.getLine();
      place.column = file.getColumn();
      return;
    } else {
      break;
    }
  }
  if (auto fused = dyn_cast<FusedLoc>(location))
    for (Location inner : fused.getLocations())
      if (place.file.empty() || place.node.empty())
        addPlace(inner, place);
}

Error::Place placeOf(Location location) {
  Error::Place place;
  addPlace(location, place);
  return place;
}

/// Takes `'tactus.matmul' op ` off the front of a message, and gives `matmul`.
static std::string takeOp(std::string &message) {
  constexpr StringLiteral begin = "'tactus.", end = "' op ";
  size_t length = message.find(end);
  if (!StringRef(message).starts_with(begin) || length == std::string::npos)
    return "";
  std::string op = message.substr(begin.size(), length - begin.size());
  message.erase(0, length + end.size());
  return op;
}

DiagnosticCollector::DiagnosticCollector(MLIRContext *context)
    : handler(context, [this](mlir::Diagnostic &d) { keep(d); }) {}

void DiagnosticCollector::keep(mlir::Diagnostic &diagnostic) {
  std::string message = diagnostic.str();
  Error::Place place = placeOf(diagnostic.getLocation());
  place.op = takeOp(message);
  for (mlir::Diagnostic &note : diagnostic.getNotes()) {
    // Notes that only print the operation say nothing in the user's terms.
    std::string text = note.str();
    if (!StringRef(text).starts_with("see current operation"))
      message += "; " + text;
  }
  switch (diagnostic.getSeverity()) {
  case DiagnosticSeverity::Error:
    // MLIR adds this to what the op's own shape function said.
    if (hasErrors() && message == "failed to infer returned types")
      return;
    diagnostics.error(std::move(place), std::move(message));
    return;
  case DiagnosticSeverity::Warning:
    diagnostics.warning(std::move(place), std::move(message));
    return;
  case DiagnosticSeverity::Note:
  case DiagnosticSeverity::Remark:
    return;
  }
}

Error DiagnosticCollector::toError(const std::string &otherwise) const {
  try {
    diagnostics.throwIfErrors();
  } catch (const Error &error) {
    return error;
  }
  return Error(otherwise);
}

} // namespace tactus
