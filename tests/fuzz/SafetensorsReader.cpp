//===- SafetensorsReader.cpp - Any bytes are tensors or an error ----------===//
#include "runtime/Support/Assert.h"
#include "runtime/Tensor/Safetensors.h"
#include "tactus/Error.h"
#include "tests/fuzz/Readers.h"

using namespace tactus;

bool fuzz::readsSafetensors(std::span<const uint8_t> bytes) {
  // Its tensors view the bytes, whose owner they must not need.
  auto owner = std::make_shared<std::string>(bytes.begin(), bytes.end());
  try {
    Safetensors file = parseSafetensors(std::as_bytes(std::span(*owner)), owner,
                                        "fuzz.safetensors");
    owner.reset();
    for (const auto &[name, tensor] : file.tensors)
      TACTUS_ASSERT(tensor.bitwiseEquals(tensor.clone()),
                    "a tensor's bytes stand in the file");
    return true;
  } catch (const Error &) {
    return false;
  }
}
