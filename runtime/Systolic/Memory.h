//===- Memory.h - Memories that know what was written -----------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_MEMORY_H
#define TACTUS_RUNTIME_SYSTOLIC_MEMORY_H

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

namespace tactus::systolic {

struct Free {
  void operator()(void *memory) const { std::free(memory); }
};
using Zeros = std::unique_ptr<uint8_t[], Free>;

/// Memory of zeros, which the host's pages become when they are first touched:
/// most programs use little of a machine's memories. Throws std::bad_alloc.
Zeros makeZeros(uint64_t count);

/// The unified buffer or the accumulators. Every access begins at the start of
/// a row, so the bytes of a row that have been written are its first ones.
class LocalMemory {
public:
  LocalMemory(int64_t rows, int64_t rowBytes)
      : width(rowBytes), bytes(makeZeros(rows * rowBytes)),
        writtenCounts(makeZeros(rows * int64_t(sizeof(uint32_t)))),
        written(reinterpret_cast<uint32_t *>(writtenCounts.get())) {}

  uint8_t *row(int64_t index) { return bytes.get() + index * width; }
  const uint8_t *row(int64_t index) const {
    return bytes.get() + index * width;
  }
  int64_t rowBytes() const { return width; }

  /// The first row whose bytes are not all written, of those that `count` bytes
  /// from the start of row `index` take; -1 where all are.
  int64_t findUnwritten(int64_t index, int64_t count) const {
    for (; count > 0; ++index, count -= width)
      if (written[index] < (count < width ? count : width))
        return index;
    return -1;
  }
  void markWritten(int64_t index, int64_t count) {
    for (; count > 0; ++index, count -= width) {
      int64_t here = count < width ? count : width;
      if (written[index] < here)
        written[index] = uint32_t(here);
    }
    if (index > highest)
      highest = index;
  }
  /// Rows up to the highest that was ever written.
  int64_t highWaterMark() const { return highest; }

private:
  int64_t width;
  Zeros bytes;
  /// Bytes from the start of each row.
  Zeros writtenCounts;
  uint32_t *written;
  int64_t highest = 0;
};

/// DRAM of a program: its image, then bytes that must be written before they
/// are read.
class Dram {
public:
  Dram(const std::vector<uint8_t> &image, uint64_t size);

  uint8_t *data() { return bytes.get(); }
  const uint8_t *data() const { return bytes.get(); }
  /// The first byte of the range that was not written; -1 where all were.
  int64_t findUnwritten(int64_t address, int64_t count) const;
  void markWritten(int64_t address, int64_t count);

private:
  int64_t imageBytes;
  Zeros bytes;
  /// One bit a byte past the image.
  Zeros writtenBits;
  uint64_t *written;
};

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_MEMORY_H
