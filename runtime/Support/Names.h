//===- Names.h - The names of values and dimensions -------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SUPPORT_NAMES_H
#define TACTUS_RUNTIME_SUPPORT_NAMES_H

#include <optional>
#include <string>
#include <string_view>

namespace tactus {

/// What is wrong with the name of a value or a dimension: empty, or holding
/// `:`, `/`, `..` or a control character. Nothing where it is right.
std::optional<std::string> findNameProblem(std::string_view name);

} // namespace tactus

#endif // TACTUS_RUNTIME_SUPPORT_NAMES_H
