//===- NpyFuzzer.cpp - Any bytes are an array or an error -----------------===//
#include "runtime/Support/Assert.h"
#include "runtime/Tensor/Npy.h"
#include "tactus/Error.h"
#include <cstring>

using namespace tactus;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto bytes = std::as_bytes(std::span(data, size));
  try {
    Tensor tensor = parseNpy(bytes, "fuzz.npy");
    // What was read reads back from what is written.
    std::string written = npyHeader(tensor);
    if (tensor.byteSize() != 0)
      written.append(static_cast<const char *>(tensor.rawData()),
                     size_t(tensor.byteSize()));
    Tensor again = parseNpy(std::as_bytes(std::span(written)), "again.npy");
    TACTUS_ASSERT(again.bitwiseEquals(tensor), "npy files round-trip");
  } catch (const Error &) {
  }
  return 0;
}
