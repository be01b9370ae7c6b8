//===- Diagnostics.cpp - All problems of an input -------------------------===//
#include "runtime/Support/Diagnostics.h"

using namespace tactus;

static constexpr size_t maxKept = 100;

std::string Diagnostic::str() const {
  if (severity == Severity::Error)
    return Error(place, message).what();
  return Error(place, "warning: " + message).what();
}

void Diagnostics::nameNode(size_t first, const std::string &node,
                           const std::string &op) {
  for (size_t i = first; i < diagnostics.size(); ++i) {
    Error::Place &place = diagnostics[i].place;
    if (!place.node.empty() || !place.op.empty())
      continue;
    place.node = node;
    place.op = op;
  }
}

bool Diagnostics::keepsErrors() const {
  return errors < maxKept;
}

void Diagnostics::error(Error::Place place, std::string message) {
  const bool keep = keepsErrors();
  ++errors;
  if (keep)
    diagnostics.push_back(
        {Diagnostic::Severity::Error, std::move(place), std::move(message)});
}

void Diagnostics::warning(Error::Place place, std::string message) {
  if (diagnostics.size() < 2 * maxKept)
    diagnostics.push_back(
        {Diagnostic::Severity::Warning, std::move(place), std::move(message)});
}

static std::string countMore(size_t errors) {
  return errors > maxKept
             ? "\nand " + std::to_string(errors - maxKept) + " more errors"
             : "";
}

std::string Diagnostics::str() const {
  std::string out;
  for (const Diagnostic &diagnostic : diagnostics)
    out += (out.empty() ? "" : "\n") + diagnostic.str();
  return out + countMore(errors);
}

void Diagnostics::throwIfErrors() const {
  const Diagnostic *first = nullptr;
  std::string message;
  for (const Diagnostic &diagnostic : diagnostics) {
    if (diagnostic.severity != Diagnostic::Severity::Error)
      continue;
    if (first)
      message += "\n" + diagnostic.str();
    else
      message = diagnostic.message;
    first = first ? first : &diagnostic;
  }
  if (first)
    throw Error(first->place, message + countMore(errors));
}
