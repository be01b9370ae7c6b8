//===- Memory.cpp - Memories that know what was written -------------------===//
#include "runtime/Systolic/Memory.h"
#include <algorithm>
#include <cstring>
#include <new>

using namespace tactus;
using namespace tactus::systolic;

Zeros systolic::makeZeros(uint64_t count) {
  auto *memory =
      static_cast<uint8_t *>(std::calloc(std::max<uint64_t>(count, 1), 1));
  if (!memory)
    throw std::bad_alloc();
  return Zeros(memory);
}

Dram::Dram(const std::vector<uint8_t> &image, uint64_t size)
    : imageBytes(image.size()), bytes(makeZeros(size)),
      writtenBits(makeZeros((size - image.size() + 63) / 64 * 8)),
      written(reinterpret_cast<uint64_t *>(writtenBits.get())) {
  if (!image.empty())
    std::memcpy(bytes.get(), image.data(), image.size());
}

/// The bits of word `word` that lie in [begin, end).
static uint64_t maskOf(int64_t word, int64_t begin, int64_t end) {
  int64_t low = std::max<int64_t>(begin - word * 64, 0);
  int64_t high = std::min<int64_t>(end - word * 64, 64);
  uint64_t upTo = high == 64 ? ~uint64_t(0) : (uint64_t(1) << high) - 1;
  return upTo & ~((uint64_t(1) << low) - 1);
}

int64_t Dram::findUnwritten(int64_t address, int64_t count) const {
  int64_t begin = std::max<int64_t>(address - imageBytes, 0);
  int64_t end = address + count - imageBytes;
  for (int64_t word = begin / 64; word * 64 < end; ++word) {
    uint64_t missing = maskOf(word, begin, end) & ~written[word];
    if (missing)
      return imageBytes + word * 64 + __builtin_ctzll(missing);
  }
  return -1;
}

void Dram::markWritten(int64_t address, int64_t count) {
  int64_t begin = std::max<int64_t>(address - imageBytes, 0);
  int64_t end = address + count - imageBytes;
  for (int64_t word = begin / 64; word * 64 < end; ++word)
    written[word] |= maskOf(word, begin, end);
}
