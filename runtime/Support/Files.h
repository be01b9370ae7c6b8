//===- Files.h - Reading, mapping and replacing files -----------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SUPPORT_FILES_H
#define TACTUS_RUNTIME_SUPPORT_FILES_H

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace tactus {

/// The whole content of a file or pipe. Throws `Error` where it cannot be read,
/// or has more than `limit` bytes: then without reading the rest.
std::string readFile(const std::filesystem::path &file, uint64_t limit);

/// A regular file mapped into memory to be read. A file that another program
/// shortens while it is mapped ends this one with SIGBUS.
class MappedFile {
public:
  static std::shared_ptr<const MappedFile>
  open(const std::filesystem::path &file);
  MappedFile(const MappedFile &) = delete;
  MappedFile &operator=(const MappedFile &) = delete;
  ~MappedFile();

  std::span<const std::byte> bytes() const { return content; }
  const std::filesystem::path &path() const { return file; }

private:
  MappedFile(std::filesystem::path file, std::span<const std::byte> content)
      : file(std::move(file)), content(content) {}

  std::filesystem::path file;
  std::span<const std::byte> content;
};

/// Writes a file through a temporary one beside it, so that a reader sees the
/// old content or the whole new one, and an error leaves the old one. What
/// stands at `file` and is no regular file, such as /dev/null, is written to
/// directly.
class AtomicFile {
public:
  explicit AtomicFile(std::filesystem::path file);
  AtomicFile(const AtomicFile &) = delete;
  AtomicFile &operator=(const AtomicFile &) = delete;
  /// Removes the temporary file unless it was committed.
  ~AtomicFile();

  void write(const void *data, size_t bytes);
  void write(std::string_view text) { write(text.data(), text.size()); }
  /// Puts the new content in place.
  void commit();

private:
  [[noreturn]] void fail() const;

  std::filesystem::path file;
  std::filesystem::path temporary;
  int descriptor = -1;
};

/// Replaces the content of `file`, as AtomicFile does.
void writeFile(const std::filesystem::path &file, std::string_view text);

struct ResolveOptions {
  /// Also refuse a file that has more than one name, as ONNX asks.
  bool refuseHardLinks = false;
};

/// The path of `relative`, which a file in `directory` names. Throws `Error`
/// where it is empty or absolute, has a `..`, or leads out of the directory
/// through a symbolic link. The file need not exist.
std::filesystem::path resolveInside(const std::filesystem::path &directory,
                                    std::string_view relative,
                                    const ResolveOptions &options = {});

} // namespace tactus

#endif // TACTUS_RUNTIME_SUPPORT_FILES_H
