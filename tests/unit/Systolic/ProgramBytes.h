//===- ProgramBytes.h - A small program file to damage ----------*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_SYSTOLIC_PROGRAMBYTES_H
#define TACTUS_TESTS_UNIT_SYSTOLIC_PROGRAMBYTES_H

#include "runtime/Systolic/ProgramFile.h"
#include "tests/unit/Support/ExpectError.h"
#include "tests/unit/Systolic/Assembler.h"
#include <cstring>

namespace tactus::systolic {

/// c = a x b of 5 x 6 and 6 x 7 on 4 x 4 cells; b is the image.
inline Program sample() {
  Machine machine = testMachine({4, 4}, 16);
  return assembleProduct(machine, {5, 6, 7}, DataType::I8, {2, 3},
                         bytesOf(wideRandom({6, 7}, 1)));
}

inline std::span<const uint8_t> asBytes(const std::string &text) {
  return {reinterpret_cast<const uint8_t *>(text.data()), text.size()};
}

inline Program load(const std::string &text) {
  return deserialize(asBytes(text), "p.sys");
}

inline std::string errorOf(const std::string &text) {
  return test::errorOf([&] { load(text); });
}

template <typename T> T get(const std::string &text, size_t offset) {
  T value;
  std::memcpy(&value, text.data() + offset, sizeof(T));
  return value;
}

template <typename T> void put(std::string &text, size_t offset, T value) {
  std::memcpy(text.data() + offset, &value, sizeof(T));
}

inline std::string withChecksum(std::string text) {
  put(text, 40, programChecksum(asBytes(text)));
  return text;
}

/// The file with `value` at `offset`, and the checksum of that.
template <typename T>
std::string patched(std::string text, size_t offset, T value) {
  put(text, offset, value);
  return withChecksum(std::move(text));
}

/// Where the instructions begin.
inline size_t headerEnd(const std::string &text) {
  return 64 + (get<uint64_t>(text, 16) + 63) / 64 * 64;
}

} // namespace tactus::systolic

#endif // TACTUS_TESTS_UNIT_SYSTOLIC_PROGRAMBYTES_H
