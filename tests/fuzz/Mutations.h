//===- Mutations.h - Seeded mutations of files ------------------*- C++ -*-===//
//
// A mutation of a file depends on its bytes and a seed alone, on every machine.
// Those of bytes know nothing of the file; those of tokens and of JSON keep
// most of its grammar, so that what they spoil is met far inside a reader.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_TESTS_FUZZ_MUTATIONS_H
#define TACTUS_TESTS_FUZZ_MUTATIONS_H

#include "tests/differential/Random.h"
#include <string>

namespace tactus::fuzz {

using differential::Random;

/// Flips bits, cuts, repeats, inserts or removes bytes.
std::string mutateBytes(std::string bytes, Random &random);

/// Swaps, removes, repeats or nests the words, numbers, strings and brackets of
/// a text, or puts the extreme of a kind in place of one.
std::string mutateTokens(std::string text, Random &random);

/// Edits the values and members of a JSON text: doubles, removes, renames and
/// swaps them, nests them, or puts an extreme in place of one. The result is
/// JSON, but for doubled keys and for extremes that JSON refuses.
std::string mutateJson(std::string text, Random &random);

/// How many edits a mutation has: mostly one, which leaves the most to go on
/// with.
int64_t countEdits(Random &random);

/// A number, string or other token such as files should not have.
std::string extremeNumber(Random &random);
std::string extremeString(Random &random);

} // namespace tactus::fuzz

#endif // TACTUS_TESTS_FUZZ_MUTATIONS_H
