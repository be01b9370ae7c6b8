//===- JsonObject.h - Reading the members of an object ----------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SUPPORT_JSONOBJECT_H
#define TACTUS_RUNTIME_SUPPORT_JSONOBJECT_H

#include "runtime/Support/Json.h"
#include <string>
#include <vector>

namespace tactus::json {

/// Takes an object apart member by member and reports to Diagnostics what is
/// missing, of the wrong type or unknown. Every key that is asked for is known;
/// `finish` reports the others, so it comes last.
///
///   json::Object object(value, diagnostics);
///   auto name = object.required<std::string>("name");
///   auto alpha = object.optional<double>("alpha");
///   object.finish();
///   if (!name) return;
///
/// Types are bool, int64_t, double, float, std::string and Value.
class Object {
public:
  /// Reports where `value` is no object; then every member is silently absent.
  Object(Value value, Diagnostics &diagnostics);

  /// Nothing where it is absent or has another type, which is reported.
  template <typename T> std::optional<T> required(std::string_view key);
  /// Nothing where it is absent, or has another type, which is reported.
  template <typename T> std::optional<T> optional(std::string_view key);
  /// As required and optional, with a range.
  std::optional<int64_t> requiredInt64(std::string_view key, int64_t least,
                                       int64_t greatest);
  std::optional<int64_t> optionalInt64(std::string_view key, int64_t least,
                                       int64_t greatest);
  /// Makes a key known without reading it.
  void allow(std::string_view key);
  void finish();

  Value value() const { return object; }

private:
  std::optional<Value> find(std::string_view key, bool isRequired);

  Value object;
  Diagnostics &diagnostics;
  bool isObject;
  std::vector<std::string> known;
};

} // namespace tactus::json

#endif // TACTUS_RUNTIME_SUPPORT_JSONOBJECT_H
