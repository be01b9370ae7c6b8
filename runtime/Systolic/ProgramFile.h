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
//       40      8  checksum over 8-byte words of all else, before and after: as
//                  FNV-1a, with the upper half of each state folded onto the
//                  lower
//       48     16  0
//       64         header, JSON: machine, layers, inputs, outputs, dram_bytes;
//                  0 up to a multiple of 64
//                  instructions, 64 bytes each
//                  image, 0 up to a multiple of 8; nothing after it
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_PROGRAMFILE_H
#define TACTUS_RUNTIME_SYSTOLIC_PROGRAMFILE_H

#include "runtime/Support/JsonWriter.h"
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

/// The checksum of a file of these bytes, whatever stands in its place. Any one
/// bit of the others changes it.
uint64_t programChecksum(std::span<const uint8_t> bytes);

/// Replaces the file.
void writeProgramFile(const std::filesystem::path &file,
                      const Program &program);
Program readProgramFile(const std::filesystem::path &file);
/// Whether these bytes, or a file's, begin as a program's do. A pipe is not
/// read.
bool isProgram(std::string_view bytes);
bool isProgramFile(const std::filesystem::path &file);

/// Adds what the header holds to an object: machine, layers, inputs, outputs,
/// dram_bytes.
void writeFacts(json::Writer &writer, const Program &program);

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_PROGRAMFILE_H
