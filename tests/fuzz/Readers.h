//===- Readers.h - What any bytes may be given to ---------------*- C++ -*-===//
//
// One function a reader: it reads the bytes, and where they are accepted checks
// that what was read is written and read back the same. It refuses with an
// `Error` inside; whatever else happens ends the process. libFuzzer calls it
// through LLVMFuzzerTestOneInput, the seeded mutations directly.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_TESTS_FUZZ_READERS_H
#define TACTUS_TESTS_FUZZ_READERS_H

#include <cstddef>
#include <cstdint>
#include <span>

namespace tactus::fuzz {

/// True where the bytes were accepted. Graphs find their weights in the folder
/// that the process is in.
bool readsJsonGraph(std::span<const uint8_t> bytes);
bool readsMlirGraph(std::span<const uint8_t> bytes);
bool readsNpy(std::span<const uint8_t> bytes);
bool readsReportJson(std::span<const uint8_t> bytes);
bool readsSafetensors(std::span<const uint8_t> bytes);
bool readsSystolicProgram(std::span<const uint8_t> bytes);
bool readsTargetJson(std::span<const uint8_t> bytes);

} // namespace tactus::fuzz

#endif // TACTUS_TESTS_FUZZ_READERS_H
