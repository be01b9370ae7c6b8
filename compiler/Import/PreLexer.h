//===- PreLexer.h - Bounds on MLIR text -------------------------*- C++ -*-===//
//
// MLIR's parser recurses on nesting, on alias definitions and on affine
// expressions without a bound, and converts literals in quadratic time. What
// passes here cannot exhaust its stack or its time.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_COMPILER_IMPORT_PRELEXER_H
#define TACTUS_COMPILER_IMPORT_PRELEXER_H

#include <cstdint>
#include <string>
#include <string_view>

namespace tactus {

namespace limits {
inline constexpr uint64_t maxMlirBytes = uint64_t(64) << 20;
/// Brackets inside each other, counting those of the aliases used in them.
inline constexpr uint32_t maxMlirNesting = 64;
/// Characters of a name or a number; strings are only bounded by the text.
inline constexpr uint32_t maxMlirToken = 1024;
/// Tokens of an alias with the aliases in it written out.
inline constexpr uint64_t maxMlirAliasTokens = 65536;
} // namespace limits

/// Throws `Error`, with `file` in its place, where the text is bytecode,
/// exceeds a limit, has unbalanced brackets, or uses affine expressions or
/// resources. Whether it is otherwise MLIR is for the parser to say.
void preLexMlir(std::string_view text, const std::string &file);

} // namespace tactus

#endif // TACTUS_COMPILER_IMPORT_PRELEXER_H
