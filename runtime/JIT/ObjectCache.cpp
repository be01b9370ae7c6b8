//===- ObjectCache.cpp - Compiled kernels kept in a folder ----------------===//
#include "runtime/JIT/ObjectCache.h"
#include "runtime/Support/Files.h"
#include "tactus/Error.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace fs = std::filesystem;

namespace tactus {

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

namespace {
/// What a file begins with, in the byte order of the machine, whose code it
/// holds. The notes follow, then the object, and the checksum of all that.
struct Header {
  char magic[8] = {'T', 'A', 'C', 'T', 'U', 'S', 'K', 'C'};
  uint64_t version = 1;
  ObjectCache::Key key = {};
  uint64_t notesBytes = 0, objectBytes = 0;
};
static_assert(sizeof(Header) == 64, "a header without gaps");

using Checksum = std::array<uint8_t, 32>;
} // namespace

static Checksum checksumOf(llvm::StringRef bytes) {
  return llvm::BLAKE3::hash(llvm::arrayRefFromStringRef(bytes));
}

static std::string pack(const ObjectCache::Key &key,
                        const ObjectCache::Entry &entry) {
  Header header;
  header.key = key;
  header.notesBytes = entry.notes.size();
  header.objectBytes = entry.object.size();
  std::string bytes(reinterpret_cast<const char *>(&header), sizeof(header));
  bytes += entry.notes;
  bytes += entry.object;
  Checksum sum = checksumOf(bytes);
  bytes.append(reinterpret_cast<const char *>(sum.data()), sum.size());
  return bytes;
}

static std::optional<ObjectCache::Entry> unpack(const ObjectCache::Key &key,
                                                llvm::StringRef bytes) {
  Header header;
  const Header expected;
  if (bytes.size() < sizeof(Header) + sizeof(Checksum))
    return std::nullopt;
  std::memcpy(&header, bytes.data(), sizeof(Header));
  uint64_t content = bytes.size() - sizeof(Header) - sizeof(Checksum);
  if (std::memcmp(header.magic, expected.magic, sizeof(header.magic)) != 0 ||
      header.version != expected.version || header.key != key ||
      header.notesBytes > content ||
      header.objectBytes != content - header.notesBytes)
    return std::nullopt;
  llvm::StringRef summed = bytes.drop_back(sizeof(Checksum));
  Checksum sum = checksumOf(summed);
  if (std::memcmp(sum.data(), summed.end(), sum.size()) != 0)
    return std::nullopt;
  llvm::StringRef notes = summed.substr(sizeof(Header), header.notesBytes);
  llvm::StringRef object = summed.take_back(header.objectBytes);
  return ObjectCache::Entry{notes.str(), object.str()};
}

/// Whether nobody but this user and root can have written a file. What others
/// wrote is not run.
static bool isOurs(const struct stat &status) {
  return S_ISREG(status.st_mode) &&
         (status.st_uid == ::geteuid() || status.st_uid == 0) &&
         (status.st_mode & S_IWOTH) == 0;
}

static bool readAll(int descriptor, std::string &bytes) {
  size_t used = 0;
  while (used < bytes.size()) {
    ssize_t count =
        ::read(descriptor, bytes.data() + used, bytes.size() - used);
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0)
      return false;
    used += size_t(count);
  }
  return true;
}

//===----------------------------------------------------------------------===//
// ObjectCache
//===----------------------------------------------------------------------===//

fs::path ObjectCache::fileOf(const Key &key) const {
  std::string name = llvm::toHex(key, /*LowerCase=*/true);
  return folder / name.substr(0, 1) / name;
}

/// A file says by its time when it was used last. Saying so more often than
/// this many seconds would only cost time.
static constexpr int64_t secondsOfUse = 600;

std::optional<ObjectCache::Entry> ObjectCache::find(const Key &key) const {
  // Neither a pipe nor what a link leads to is waited for.
  int descriptor = ::open(fileOf(key).c_str(),
                          O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
  if (descriptor < 0)
    return std::nullopt;
  auto close = llvm::make_scope_exit([&] { ::close(descriptor); });
  struct stat status;
  if (::fstat(descriptor, &status) != 0 || !isOurs(status) ||
      uint64_t(status.st_size) > limitOfPart)
    return std::nullopt;
  std::string bytes(size_t(status.st_size), '\0');
  if (!readAll(descriptor, bytes))
    return std::nullopt;
  std::optional<Entry> entry = unpack(key, bytes);
  if (entry && ::time(nullptr) - status.st_mtim.tv_sec > secondsOfUse)
    (void)::futimens(descriptor, nullptr);
  return entry;
}

void ObjectCache::store(const Key &key, const Entry &entry) const {
  std::string bytes = pack(key, entry);
  fs::path file = fileOf(key), part = file.parent_path();
  std::error_code ignored;
  fs::create_directories(folder.parent_path(), ignored);
  // For the user alone, as code lies there.
  (void)::mkdir(folder.c_str(), 0700);
  (void)::mkdir(part.c_str(), 0700);
  struct stat status;
  bool exists = ::lstat(file.c_str(), &status) == 0;
  if ((exists && !S_ISREG(status.st_mode)) || !makeRoom(part, bytes.size()))
    return;
  try {
    writeFile(file, bytes);
  } catch (const Error &) {
    // The next process compiles it again.
  }
}

namespace {
struct File {
  std::string name;
  timespec used = {};
  uint64_t bytes = 0;
  bool isTemporary = false;

  bool operator<(const File &other) const {
    return std::tie(used.tv_sec, used.tv_nsec) <
           std::tie(other.used.tv_sec, other.used.tv_nsec);
  }
};
} // namespace

/// The files in `part` that a cache has written; there may be others.
static std::vector<File> filesOf(const fs::path &part) {
  std::vector<File> files;
  DIR *directory = ::opendir(part.c_str());
  if (!directory)
    return files;
  auto close = llvm::make_scope_exit([&] { ::closedir(directory); });
  constexpr size_t digits = 2 * sizeof(ObjectCache::Key);
  while (const dirent *entry = ::readdir(directory)) {
    llvm::StringRef name = entry->d_name;
    struct stat status;
    if (!llvm::all_of(name.take_front(digits), llvm::isHexDigit) ||
        (name.size() != digits && !name.ends_with(".tmp")) ||
        ::fstatat(::dirfd(directory), entry->d_name, &status,
                  AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(status.st_mode))
      continue;
    files.push_back({name.str(), status.st_mtim, uint64_t(status.st_size),
                     name.size() != digits});
  }
  return files;
}

/// A temporary file that is older, in seconds, belongs to nobody any more.
static constexpr int64_t secondsOfWriting = 3600;

/// Removes files from `part` until `bytes` more fit in; false where they never
/// do.
bool ObjectCache::makeRoom(const fs::path &part, uint64_t bytes) const {
  if (bytes > limitOfPart)
    return false;
  std::vector<File> files = filesOf(part);
  uint64_t total = bytes;
  for (const File &file : files)
    total += file.bytes;
  std::sort(files.begin(), files.end());
  int64_t now = ::time(nullptr);
  for (const File &file : files) {
    bool isLeft = file.isTemporary && now - file.used.tv_sec > secondsOfWriting;
    if (!isLeft && (file.isTemporary || total <= limitOfPart))
      continue;
    if (::unlink((part / file.name).c_str()) == 0 || errno == ENOENT)
      total -= file.bytes;
  }
  return total <= limitOfPart;
}

fs::path defaultCacheFolder() {
  if (const char *folder = std::getenv("TACTUS_CACHE_DIR"))
    return folder;
  // Its specification says to take no notice of a relative path.
  const char *caches = std::getenv("XDG_CACHE_HOME");
  if (caches && *caches == '/')
    return fs::path(caches) / "tactus";
  const char *home = std::getenv("HOME");
  if (home && *home)
    return fs::path(home) / ".cache" / "tactus";
  return {};
}

} // namespace tactus
