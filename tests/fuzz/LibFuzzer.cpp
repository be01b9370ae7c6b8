//===- LibFuzzer.cpp - The entry that libFuzzer calls ---------------------===//
//
// Compiled once a fuzzer; TACTUS_FUZZED_READER is the reader that it is for.
//
//===----------------------------------------------------------------------===//
#include "tests/fuzz/Readers.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  tactus::fuzz::TACTUS_FUZZED_READER({data, size});
  return 0;
}
