//===- Random.h - Random numbers, the same on every target ------*- C++ -*-===//
//
// Philox4x32-10 (Salmon et al., SC 2011): ten rounds turn a counter of 128 bits
// and a key of 64 bits into four words. Element i of a tensor takes word i % 4
// of counter i / 4 under the seed as key, so any element can be computed alone.
//
// Uniform numbers take the upper bits of their word and are exact, so they need
// no rounding. Normal ones are the Box-Muller transform of a pair of words, in
// f64 with +, -, *, / and sqrt alone, each rounded once and none contracted:
// any IEEE machine gives the same bits. No function of libm is used, as those
// differ from system to system.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_TENSOR_RANDOM_H
#define TACTUS_RUNTIME_TENSOR_RANDOM_H

#include "tactus/Tensor.h"
#include <array>
#include <cstdint>

namespace tactus {

/// The four words of `counter` under `key`, least significant word first.
std::array<uint32_t, 4> philox4x32(std::array<uint32_t, 4> counter,
                                   std::array<uint32_t, 2> key);

/// The four words for elements 4 * block to 4 * block + 3.
std::array<uint32_t, 4> philoxBlock(uint64_t block, Seed seed);

/// Maps a word to [-1, 1) for floats, [-8, 8) for signed and [0, 16) for
/// unsigned integers, and to a fair bool.
template <typename T> T uniformFromWord(uint32_t word);

template <> inline float uniformFromWord(uint32_t word) {
  return float(int32_t(word >> 8) - (1 << 23)) * 0x1p-23f;
}
template <> inline double uniformFromWord(uint32_t word) {
  return double(int64_t(word) - (int64_t(1) << 31)) * 0x1p-31;
}
template <> inline Float16 uniformFromWord(uint32_t word) {
  return Float16(float(int32_t(word >> 21) - (1 << 10)) * 0x1p-10f);
}
template <> inline BFloat16 uniformFromWord(uint32_t word) {
  return BFloat16(float(int32_t(word >> 24) - (1 << 7)) * 0x1p-7f);
}
template <> inline bool uniformFromWord(uint32_t word) {
  return word >> 31;
}
template <> inline uint8_t uniformFromWord(uint32_t word) {
  return uint8_t(word >> 28);
}
template <> inline int8_t uniformFromWord(uint32_t word) {
  return int8_t(int32_t(word >> 28) - 8);
}
template <> inline int16_t uniformFromWord(uint32_t word) {
  return int16_t(int32_t(word >> 28) - 8);
}
template <> inline int32_t uniformFromWord(uint32_t word) {
  return int32_t(word >> 28) - 8;
}
template <> inline int64_t uniformFromWord(uint32_t word) {
  return int64_t(word >> 28) - 8;
}

/// Two independent standard normal numbers: r cos(t) and r sin(t) with
/// r = sqrt(-2 log((first + 1) / 2^32)) and t = 2 pi second / 2^32. None is
/// farther from 0 than 6.7. Elements 2i and 2i + 1 take them from words 2i and
/// 2i + 1.
std::array<double, 2> normalsFromWords(uint32_t first, uint32_t second);

/// Standard normal numbers, each rounded once to the element type. Throws for
/// types that are not floats.
Tensor randomNormal(const TensorType &type, Seed seed);

} // namespace tactus

#endif // TACTUS_RUNTIME_TENSOR_RANDOM_H
