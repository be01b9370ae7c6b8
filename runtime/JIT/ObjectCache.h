//===- ObjectCache.h - Compiled kernels kept in a folder --------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_JIT_OBJECTCACHE_H
#define TACTUS_RUNTIME_JIT_OBJECTCACHE_H

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace tactus {

/// A folder of object code that any number of threads and processes share. What
/// goes wrong with it is nobody's concern: a file that cannot be read, is
/// damaged or is none of this folder's is as good as missing, and one that
/// cannot be written is left out. So a folder need not exist, and may vanish at
/// any time.
class ObjectCache {
public:
  /// A hash of all that an entry depends on.
  using Key = std::array<uint8_t, 32>;

  struct Entry {
    /// What else is known of the code.
    std::string notes;
    /// The bytes of an object file.
    std::string object;

    bool operator==(const Entry &) const = default;
  };

  static constexpr uint64_t defaultLimit = uint64_t(256) << 20;

  /// Keeps no more than `limit` bytes, of each of the 16 parts of all keys a
  /// sixteenth.
  explicit ObjectCache(std::filesystem::path folder,
                       uint64_t limit = defaultLimit)
      : folder(std::move(folder)), limitOfPart(limit / numParts) {}

  /// What was stored under `key`, byte for byte. Notes that it was used.
  std::optional<Entry> find(const Key &key) const;

  /// Makes room by removing what was not used for longest, and writes a file in
  /// one piece: readers see all of it or nothing.
  void store(const Key &key, const Entry &entry) const;

  /// The file of an entry.
  std::filesystem::path fileOf(const Key &key) const;

private:
  static constexpr uint64_t numParts = 16;

  bool makeRoom(const std::filesystem::path &part, uint64_t bytes) const;

  std::filesystem::path folder;
  uint64_t limitOfPart;
};

/// What the environment says: TACTUS_CACHE_DIR, and where that is not set,
/// `tactus` in XDG_CACHE_HOME or in `.cache` of HOME. Empty, for no cache,
/// where TACTUS_CACHE_DIR is empty, or nothing is set.
std::filesystem::path defaultCacheFolder();

} // namespace tactus

#endif // TACTUS_RUNTIME_JIT_OBJECTCACHE_H
