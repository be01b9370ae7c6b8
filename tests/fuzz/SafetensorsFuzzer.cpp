//===- SafetensorsFuzzer.cpp - Any bytes are tensors or an error ----------===//
#include "runtime/Support/Assert.h"
#include "runtime/Tensor/Safetensors.h"
#include "tactus/Error.h"

using namespace tactus;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  // Its tensors view the bytes, whose owner they must not need.
  auto owner =
      std::make_shared<std::string>(reinterpret_cast<const char *>(data), size);
  try {
    Safetensors file = parseSafetensors(std::as_bytes(std::span(*owner)), owner,
                                        "fuzz.safetensors");
    owner.reset();
    for (const auto &[name, tensor] : file.tensors)
      TACTUS_ASSERT(tensor.bitwiseEquals(tensor.clone()),
                    "a tensor's bytes stand in the file");
  } catch (const Error &) {
  }
  return 0;
}
