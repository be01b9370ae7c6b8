//===- TraceEvents.cpp - Traces for Chrome and Perfetto -------------------===//
#include "runtime/Support/TraceEvents.h"

using namespace tactus;

using Layout = json::Writer::Layout;

TraceEvents::TraceEvents(std::string_view process) {
  writer.beginObject().member("displayTimeUnit", "ns");
  writer.key("traceEvents").beginArray(Layout::Block);
  writeName("process_name", 0, process);
}

void TraceEvents::writeName(std::string_view kind, int track,
                            std::string_view name) {
  writer.beginObject(Layout::Inline)
      .member("name", kind)
      .member("ph", "M")
      .member("pid", 1)
      .member("tid", track);
  writer.key("args").beginObject(Layout::Inline).member("name", name);
  endEvent();
}

void TraceEvents::nameTrack(int track, std::string_view name) {
  writeName("thread_name", track, name);
}

json::Writer &TraceEvents::beginSlice(std::string_view name,
                                      std::string_view category, int track,
                                      double start, double duration) {
  writer.beginObject(Layout::Inline)
      .member("name", name)
      .member("cat", category)
      .member("ph", "X")
      .member("pid", 1)
      .member("tid", track)
      .member("ts", start)
      .member("dur", duration);
  return writer.key("args").beginObject(Layout::Inline);
}

json::Writer &TraceEvents::beginCounter(std::string_view name, double time) {
  writer.beginObject(Layout::Inline)
      .member("name", name)
      .member("ph", "C")
      .member("pid", 1)
      .member("ts", time);
  return writer.key("args").beginObject(Layout::Inline);
}

void TraceEvents::endEvent() {
  writer.endObject().endObject();
}

std::string TraceEvents::take() {
  writer.endArray().endObject();
  return writer.take();
}
