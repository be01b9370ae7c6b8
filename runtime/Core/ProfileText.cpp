//===- ProfileText.cpp - Profiles for people and for programs -------------===//
#include "runtime/Core/Profile.h"
#include "runtime/Support/JsonWriter.h"
#include "runtime/Support/Text.h"
#include <algorithm>

namespace tactus {

static std::string_view toString(ProfileRow::Bound bound) {
  switch (bound) {
  case ProfileRow::Bound::Nothing:
    return "-";
  case ProfileRow::Bound::Compute:
    return "compute";
  case ProfileRow::Bound::Memory:
    return "memory";
  }
  __builtin_unreachable();
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

/// The kernel, and what it contains where its name does not say so.
static std::string head(const ProfileRow &row) {
  std::string name = row.ops;
  std::replace(name.begin(), name.end(), ' ', '_');
  if (row.ops.empty() || name == row.name)
    return row.name;
  constexpr size_t longest = 40;
  std::string ops = row.ops.size() <= longest
                        ? row.ops
                        : row.ops.substr(0, longest - 3) + "...";
  return row.name + " (" + ops + ")";
}

static std::string quotient(double count, double seconds, double unit) {
  return count > 0 && seconds > 0 ? formatText("%.4g", count / seconds / unit)
                                  : "-";
}

/// Such as `64 KB`; footprints are powers of two.
static std::string sizeText(int64_t bytes) {
  bool isMega = bytes >= int64_t(1) << 20;
  return std::to_string(bytes >> (isMega ? 20 : 10)) + (isMega ? " MB" : " KB");
}

static std::string peaksText(const Profile &profile) {
  std::string text = "peaks of one core, measured:";
  std::string_view separator = " ";
  for (auto [type, rate] : profile.operationsPerSecond) {
    text += formatText("%s%.4g GF/s in %s", std::string(separator).c_str(),
                       rate / 1e9, std::string(toString(type)).c_str());
    separator = ", ";
  }
  for (auto [footprint, rate] : profile.bytesPerSecond) {
    text += formatText("%s%.4g GB/s from %s", std::string(separator).c_str(),
                       rate / 1e9, sizeText(footprint).c_str());
    separator = ", ";
  }
  return text + "\n";
}

static std::string memoryText(const CallMemory &memory) {
  std::string text =
      "memory of a call: " + std::to_string(memory.total()) + " bytes:";
  std::string_view separator = " ";
  auto add = [&](uint64_t bytes, std::string_view what) {
    text += std::string(separator) + std::to_string(bytes) + " " +
            std::string(what);
    separator = ", ";
  };
  add(memory.parameters, "parameters");
  add(memory.prepared, "prepared at load");
  add(memory.constants, "constants");
  add(memory.inputs, "inputs");
  add(memory.outputs, "outputs");
  add(memory.arena, "arena");
  add(memory.scratch, "scratch");
  return text + "\n";
}

std::string Profile::str() const {
  std::vector<std::vector<std::string>> table = {{"kernel", "shape", "calls",
                                                  "us", "share", "GF/s", "GB/s",
                                                  "roof", "bound"}};
  double all = seconds();
  for (const ProfileRow &row : rows)
    table.push_back(
        {head(row), row.shape.empty() ? "-" : row.shape,
         std::to_string(row.calls), formatText("%.3f", row.seconds * 1e6),
         formatText("%.1f%%", all > 0 ? 100 * row.seconds / all : 0),
         quotient(row.flops, row.seconds, 1e9),
         quotient(row.bytes, row.seconds, 1e9),
         row.seconds > 0 && row.roofSeconds > 0
             ? formatText("%.1f%%", 100 * row.roofSeconds / row.seconds)
             : "-",
         std::string(toString(row.bound))});
  return alignColumns(table) +
         formatText("call %.3f us, the least of %lld; kernels and copies "
                    "%.3f us\n",
                    callSeconds * 1e6, static_cast<long long>(calls),
                    all * 1e6) +
         peaksText(*this) + memoryText(memory);
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

using Layout = json::Writer::Layout;

static void writeRow(json::Writer &writer, const ProfileRow &row,
                     double seconds) {
  writer.beginObject()
      .member("name", row.name)
      .member("ops", row.ops)
      .member("shape", row.shape)
      .member("calls", row.calls)
      .member("seconds", row.seconds)
      .member("share", seconds > 0 ? row.seconds / seconds : 0)
      .member("flops", int64_t(row.flops))
      .member("bytes", int64_t(row.bytes))
      .member("roofline_seconds", row.roofSeconds);
  if (row.bound != ProfileRow::Bound::Nothing)
    writer.member("bound", toString(row.bound));
  if (row.seconds > 0)
    writer.member("flops_per_second", row.flops / row.seconds)
        .member("bytes_per_second", row.bytes / row.seconds)
        .member("roofline_share", row.roofSeconds / row.seconds);
  writer.endObject();
}

std::string Profile::json() const {
  json::Writer writer;
  writer.beginObject()
      .member("tactus_profile", 1)
      .member("call_seconds", callSeconds)
      .member("calls", calls);
  writer.key("kernels").beginArray(Layout::Block);
  for (const ProfileRow &row : rows)
    writeRow(writer, row, seconds());
  writer.endArray();
  writer.key("flops_per_second").beginObject(Layout::Inline);
  for (auto [type, rate] : operationsPerSecond)
    writer.member(toString(type), rate);
  writer.endObject();
  writer.key("bytes_per_second").beginObject(Layout::Inline);
  for (auto [footprint, rate] : bytesPerSecond)
    writer.member(std::to_string(footprint), rate);
  writer.endObject();
  writer.key("memory")
      .beginObject(Layout::Inline)
      .member("total", memory.total())
      .member("parameters", memory.parameters)
      .member("prepared", memory.prepared)
      .member("constants", memory.constants)
      .member("inputs", memory.inputs)
      .member("outputs", memory.outputs)
      .member("arena", memory.arena)
      .member("scratch", memory.scratch)
      .endObject();
  writer.endObject();
  return writer.take();
}

} // namespace tactus
