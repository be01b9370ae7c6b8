//===- JsonObject.cpp - Reading the members of an object ------------------===//
#include "runtime/Support/JsonObject.h"
#include "runtime/Support/Suggest.h"
#include <algorithm>

using namespace tactus;
using namespace tactus::json;

Object::Object(Value value, Diagnostics &diagnostics)
    : object(value), diagnostics(diagnostics),
      isObject(value.expectKind(Kind::Object, diagnostics)) {}

void Object::allow(std::string_view key) {
  if (std::find(known.begin(), known.end(), key) == known.end())
    known.emplace_back(key);
}

std::optional<Value> Object::find(std::string_view key, bool isRequired) {
  allow(key);
  std::optional<Value> member = object.find(key);
  if (!member && isRequired && isObject)
    object.report(diagnostics,
                  "expected a key '" + std::string(key) + "', but got none");
  return member;
}

template <typename T>
static std::optional<T> read(std::optional<Value> member,
                             Diagnostics &diagnostics) {
  if (!member)
    return std::nullopt;
  if constexpr (std::is_same_v<T, Value>)
    return member;
  else if constexpr (std::is_same_v<T, std::string>) {
    std::optional<std::string_view> text = member->toString(diagnostics);
    return text ? std::optional(std::string(*text)) : std::nullopt;
  } else if constexpr (std::is_same_v<T, double>)
    return member->toDouble(diagnostics);
  else
    return member->template toElement<T>(diagnostics);
}

template <typename T> std::optional<T> Object::required(std::string_view key) {
  return read<T>(find(key, true), diagnostics);
}

template <typename T> std::optional<T> Object::optional(std::string_view key) {
  return read<T>(find(key, false), diagnostics);
}

#define INSTANTIATE(T)                                                         \
  template std::optional<T> Object::required<T>(std::string_view);             \
  template std::optional<T> Object::optional<T>(std::string_view);
INSTANTIATE(bool)
INSTANTIATE(int64_t)
INSTANTIATE(double)
INSTANTIATE(float)
INSTANTIATE(std::string)
INSTANTIATE(Value)
#undef INSTANTIATE

std::optional<int64_t> Object::requiredInt64(std::string_view key,
                                             int64_t least, int64_t greatest) {
  std::optional<Value> member = find(key, true);
  return member ? member->toInt64(diagnostics, least, greatest) : std::nullopt;
}

std::optional<int64_t> Object::optionalInt64(std::string_view key,
                                             int64_t least, int64_t greatest) {
  std::optional<Value> member = find(key, false);
  return member ? member->toInt64(diagnostics, least, greatest) : std::nullopt;
}

void Object::finish() {
  if (!isObject)
    return;
  std::vector<std::string_view> names(known.begin(), known.end());
  std::sort(names.begin(), names.end());
  const std::string expected =
      names.empty() ? "no keys" : "one of the keys " + quotedList(names);
  for (Value member : object) {
    std::string_view key = member.key();
    if (std::binary_search(names.begin(), names.end(), key))
      continue;
    std::string message = "expected " + expected + ", but got '";
    message.append(key).append("'");
    if (diagnostics.keepsErrors())
      message += didYouMean(key, names);
    member.reportKey(diagnostics, std::move(message));
  }
}
