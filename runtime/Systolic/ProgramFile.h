//===- ProgramFile.h - Programs of the machine as files ---------*- C++ -*-===//
//
// All numbers little-endian:
//
//   offset  bytes
//        0      8  "TACTSYS\n"
//        8      4  version, 1
//       12      4  0
//       16      8  bytes of the header
//       24      8  number of instructions
//       32      8  bytes of the image
//       40      8  checksum: FNV-1a over 8-byte words of all that follows, and
//                  of the bytes before it
//       48     16  0
//       64         header, JSON: machine, layers, inputs, outputs, dram_bytes;
//                  0 up to a multiple of 64
//                  instructions, 64 bytes each
//                  image, 0 up to a multiple of 8; nothing after it
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_PROGRAMFILE_H
#define TACTUS_RUNTIME_SYSTOLIC_PROGRAMFILE_H

#include "runtime/Systolic/Program.h"
#include <filesystem>
#include <span>

namespace tactus::systolic {

inline constexpr uint32_t programFormatVersion = 1;

/// The bytes of a program's file. The program must be valid.
std::string serialize(const Program &program);
/// Throws `Error` where the bytes are not exactly a valid program's; `file`
/// stands in messages.
Program deserialize(std::span<const uint8_t> bytes, const std::string &file);

/// Replaces the file.
void writeProgramFile(const std::filesystem::path &file,
                      const Program &program);
Program readProgramFile(const std::filesystem::path &file);
/// Whether the file begins as a program's does.
bool isProgramFile(const std::filesystem::path &file);

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_PROGRAMFILE_H
