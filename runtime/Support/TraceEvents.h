//===- TraceEvents.h - Traces for Chrome and Perfetto -----------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SUPPORT_TRACEEVENTS_H
#define TACTUS_RUNTIME_SUPPORT_TRACEEVENTS_H

#include "runtime/Support/JsonWriter.h"

namespace tactus {

/// Writes the JSON of a trace: one process with tracks of slices. Times are in
/// microseconds.
class TraceEvents {
public:
  explicit TraceEvents(std::string_view process);

  void nameTrack(int track, std::string_view name);
  /// Begins a slice, up to its arguments, to which the caller adds members
  /// before `endEvent`.
  json::Writer &beginSlice(std::string_view name, std::string_view category,
                           int track, double start, double duration);
  /// The same for a value that changes.
  json::Writer &beginCounter(std::string_view name, double time);
  void endEvent();
  std::string take();

private:
  void writeName(std::string_view kind, int track, std::string_view name);

  json::Writer writer;
};

} // namespace tactus

#endif // TACTUS_RUNTIME_SUPPORT_TRACEEVENTS_H
