//===- Files.cpp - Reading, mapping and replacing files -------------------===//
#include "runtime/Support/Files.h"
#include "runtime/Support/Assert.h"
#include "tactus/Error.h"
#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace tactus;
namespace fs = std::filesystem;

/// Throws `what, but got '<the system's reason>'`.
[[noreturn]] static void failWith(const fs::path &file, const char *what) {
  throw Error(Error::Place{.file = file.string()},
              std::string(what) + ", but got '" + std::strerror(errno) + "'");
}

namespace {
/// Closes a file descriptor.
struct Descriptor {
  int value;
  ~Descriptor() {
    if (value >= 0)
      ::close(value);
  }
};
} // namespace

static int openToRead(const fs::path &file, int flags = 0) {
  int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | flags);
  if (descriptor < 0)
    failWith(file, "expected a file that can be read");
  return descriptor;
}

std::string tactus::readFile(const fs::path &file, uint64_t limit) {
  Descriptor input{openToRead(file)};
  auto checkSize = [&](uint64_t size) {
    if (size > limit)
      throw Error(Error::Place{.file = file.string()},
                  "expected a file of " + std::to_string(limit) +
                      " bytes or less, but got one of more");
  };
  struct stat status;
  if (::fstat(input.value, &status) == 0 && S_ISREG(status.st_mode))
    checkSize(uint64_t(status.st_size));

  std::string content;
  for (;;) {
    constexpr size_t step = size_t(1) << 16;
    // Doubling keeps the number of reads low for large files.
    const size_t room = std::max(step, content.size());
    const size_t used = content.size();
    content.resize(used + room);
    ssize_t count = ::read(input.value, content.data() + used, room);
    if (count < 0 && errno == EINTR)
      count = -1;
    else if (count < 0)
      failWith(file, "expected a file that can be read");
    content.resize(used + size_t(std::max<ssize_t>(count, 0)));
    if (count == 0)
      return content;
    checkSize(content.size());
  }
}

//===----------------------------------------------------------------------===//
// MappedFile
//===----------------------------------------------------------------------===//

std::shared_ptr<const MappedFile> MappedFile::open(const fs::path &file) {
  // A pipe that nobody writes to is refused, not waited for.
  Descriptor input{openToRead(file, O_NONBLOCK)};
  struct stat status;
  if (::fstat(input.value, &status) != 0)
    failWith(file, "expected a file that can be read");
  if (!S_ISREG(status.st_mode))
    throw Error(Error::Place{.file = file.string()},
                std::string("expected a regular file, but got ") +
                    (S_ISDIR(status.st_mode)    ? "a directory"
                     : S_ISFIFO(status.st_mode) ? "a pipe"
                                                : "a device"));
  std::span<const std::byte> content;
  if (status.st_size > 0) {
    void *memory = ::mmap(nullptr, size_t(status.st_size), PROT_READ,
                          MAP_PRIVATE, input.value, 0);
    if (memory == MAP_FAILED)
      failWith(file, "expected a file that can be mapped");
    content = {static_cast<const std::byte *>(memory), size_t(status.st_size)};
  }
  return std::shared_ptr<const MappedFile>(new MappedFile(file, content));
}

MappedFile::~MappedFile() {
  if (!content.empty())
    ::munmap(const_cast<std::byte *>(content.data()), content.size());
}

//===----------------------------------------------------------------------===//
// AtomicFile
//===----------------------------------------------------------------------===//

void AtomicFile::fail() const {
  failWith(file, "expected a file that can be written");
}

AtomicFile::AtomicFile(fs::path path) : file(std::move(path)) {
  struct stat status;
  const bool exists = ::stat(file.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode))
    throw Error(Error::Place{.file = file.string()},
                "expected a file that can be written, but got a directory");
  if (exists && !S_ISREG(status.st_mode)) {
    descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0)
      fail();
    return;
  }

  // O_EXCL follows no link and takes no file of another process. Creating with
  // 0666 lets the process's mask decide, as for any file.
  static std::atomic<unsigned> counter;
  for (int attempt = 0; descriptor < 0 && attempt < 100; ++attempt) {
    temporary = file;
    temporary += "." + std::to_string(::getpid()) + "-" +
                 std::to_string(counter++) + ".tmp";
    descriptor = ::open(temporary.c_str(),
                        O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0 && errno != EEXIST)
      break;
  }
  if (descriptor < 0) {
    temporary.clear();
    fail();
  }
  if (exists)
    (void)::fchmod(descriptor, status.st_mode & 0777);
}

AtomicFile::~AtomicFile() {
  if (descriptor >= 0)
    ::close(descriptor);
  if (!temporary.empty())
    ::unlink(temporary.c_str());
}

void AtomicFile::write(const void *data, size_t bytes) {
  TACTUS_ASSERT(descriptor >= 0, "a write after the commit");
  const char *next = static_cast<const char *>(data);
  while (bytes > 0) {
    ssize_t count = ::write(descriptor, next, bytes);
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      fail();
    next += count;
    bytes -= size_t(count);
  }
}

void AtomicFile::commit() {
  TACTUS_ASSERT(descriptor >= 0, "a second commit");
  // Some file systems report a full disk only here.
  const int result = ::close(descriptor);
  descriptor = -1;
  if (result != 0)
    fail();
  if (temporary.empty())
    return;
  if (::rename(temporary.c_str(), file.c_str()) != 0)
    fail();
  temporary.clear();
}

void tactus::writeFile(const fs::path &file, std::string_view text) {
  AtomicFile output(file);
  output.write(text);
  output.commit();
}

//===----------------------------------------------------------------------===//
// Paths
//===----------------------------------------------------------------------===//

fs::path tactus::resolveInside(const fs::path &directory,
                               std::string_view relative,
                               const ResolveOptions &options) {
  auto refuse = [&](const char *why) {
    throw Error("expected a path inside the directory of the file that names "
                "it, but got '" +
                std::string(relative.substr(0, relative.find('\0'))) + "'" +
                why);
  };
  const fs::path path = relative;
  if (relative.empty() || relative.find('\0') != std::string_view::npos)
    refuse("");
  if (path.is_absolute())
    refuse(", which is absolute");
  for (const fs::path &part : path)
    if (part == "..")
      refuse(", which has a '..'");

  std::error_code error;
  const fs::path base =
      fs::canonical(directory.empty() ? fs::path(".") : directory, error);
  if (error)
    throw Error(Error::Place{.file = directory.string()},
                "expected a directory, but got '" + error.message() + "'");
  const fs::path full = fs::weakly_canonical(base / path, error);
  if (error)
    throw Error(Error::Place{.file = (directory / path).string()},
                "expected a file that can be read, but got '" +
                    error.message() + "'");
  const auto end =
      std::mismatch(base.begin(), base.end(), full.begin(), full.end()).first;
  if (full == base)
    refuse("");
  if (end != base.end())
    refuse(", which leads out of it through a symbolic link");
  if (options.refuseHardLinks && fs::is_regular_file(full, error) &&
      fs::hard_link_count(full, error) > 1)
    refuse(", a file of more than one name");
  return full;
}
