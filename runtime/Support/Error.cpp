//===- Error.cpp - The one exception of the public API --------------------===//
#include "tactus/Error.h"

using namespace tactus;

static std::string compose(const Error::Place &place,
                           const std::string &message) {
  std::string out = place.file;
  if (place.line) {
    if (!out.empty())
      out += ':';
    out += std::to_string(place.line);
    if (place.column)
      out += ':' + std::to_string(place.column);
  }
  if (!out.empty())
    out += ": ";

  std::string subject = place.pointer;
  if (!place.node.empty())
    subject += (subject.empty() ? "'" : " '") + place.node + "'";
  if (!place.op.empty())
    subject += (subject.empty() ? "(" : " (") + place.op + ")";
  if (!subject.empty())
    out += subject + ": ";
  return out + message;
}

Error::Error(std::string message) : Error(Place(), std::move(message)) {}

Error::Error(Place where, std::string message)
    : std::runtime_error(compose(where, message)), where(std::move(where)),
      text(std::move(message)) {}

Error::Error(const std::source_location &where, std::string message)
    : Error(Place{where.file_name(), uint32_t(where.line()), {}, {}, 0, {}},
            std::move(message)) {}
