//===- NpyReader.cpp - Any bytes are an array or an error -----------------===//
#include "runtime/Support/Assert.h"
#include "runtime/Tensor/Npy.h"
#include "tactus/Error.h"
#include "tests/fuzz/Readers.h"

using namespace tactus;

bool fuzz::readsNpy(std::span<const uint8_t> bytes) {
  try {
    Tensor tensor = parseNpy(std::as_bytes(bytes), "fuzz.npy");
    // What was read reads back from what is written.
    std::string written = npyHeader(tensor);
    if (tensor.byteSize() != 0)
      written.append(static_cast<const char *>(tensor.rawData()),
                     size_t(tensor.byteSize()));
    Tensor again = parseNpy(std::as_bytes(std::span(written)), "again.npy");
    TACTUS_ASSERT(again.bitwiseEquals(tensor), "npy files round-trip");
    return true;
  } catch (const Error &) {
    return false;
  }
}
