//===- ObjectCacheTest.cpp - A folder that anything may happen to ---------===//
#include "runtime/JIT/ObjectCache.h"
#include "runtime/Support/Files.h"
#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace tactus;
namespace fs = std::filesystem;

namespace {

using Key = ObjectCache::Key;
using Entry = ObjectCache::Entry;

class ObjectCacheTest : public testing::Test {
protected:
  void SetUp() override {
    folder = fs::path(testing::TempDir()) / "tactus-object-cache-test";
    remove();
    fs::create_directories(folder);
  }
  void TearDown() override { remove(); }
  void remove() {
    if (fs::exists(folder))
      fs::permissions(folder, fs::perms::owner_all);
    fs::remove_all(folder);
  }

  /// The bytes of all files below the folder.
  uint64_t bytesOfAll() const {
    uint64_t bytes = 0;
    for (const auto &entry : fs::recursive_directory_iterator(folder))
      bytes += entry.is_regular_file() ? entry.file_size() : 0;
    return bytes;
  }

  fs::path folder;
};

/// Keys of one first digit are in one part of the cache.
Key keyOf(int number, uint8_t digit = 0xa) {
  Key key = {};
  key[0] = uint8_t(digit << 4);
  key[30] = uint8_t(number >> 8);
  key[31] = uint8_t(number);
  return key;
}

Entry entryOf(int number, size_t bytes = 100) {
  Entry entry{"{n = " + std::to_string(number) + "}", std::string(bytes, 'x')};
  for (size_t i = 0; i < bytes; ++i)
    entry.object[i] = char(number * 31 + int(i) * 7);
  return entry;
}

std::string bytesOf(const fs::path &file) {
  return readFile(file, 1 << 30);
}

void overwrite(const fs::path &file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

/// As if `file` had been used that long ago.
void age(const fs::path &file, int seconds) {
  timespec times[2] = {{::time(nullptr) - seconds, 0},
                       {::time(nullptr) - seconds, 0}};
  ASSERT_EQ(::utimensat(AT_FDCWD, file.c_str(), times, 0), 0);
}

TEST_F(ObjectCacheTest, GivesBackWhatWasStored) {
  ObjectCache cache(folder / "not" / "there");
  EXPECT_FALSE(cache.find(keyOf(1)));
  cache.store(keyOf(1), entryOf(1));
  cache.store(keyOf(2), {"", ""});
  EXPECT_EQ(cache.find(keyOf(1)), entryOf(1));
  EXPECT_EQ(cache.find(keyOf(2)), (Entry{"", ""}));
  EXPECT_FALSE(cache.find(keyOf(3)));
  // Another object of the class, as another process would have.
  EXPECT_EQ(ObjectCache(folder / "not" / "there").find(keyOf(1)), entryOf(1));
  cache.store(keyOf(1), entryOf(7));
  EXPECT_EQ(cache.find(keyOf(1)), entryOf(7));
  struct stat status;
  ASSERT_EQ(::stat((folder / "not" / "there").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700u);
}

TEST_F(ObjectCacheTest, NoDamagedByteIsReadAndDamageIsMended) {
  ObjectCache cache(folder);
  cache.store(keyOf(1), entryOf(1));
  fs::path file = cache.fileOf(keyOf(1));
  std::string whole = bytesOf(file);
  // Magic, version, key, sizes, notes, object and checksum: every byte.
  for (size_t i = 0; i < whole.size(); ++i)
    for (int change : {0x01, 0x80, 0xff}) {
      std::string damaged = whole;
      damaged[i] = char(damaged[i] ^ change);
      overwrite(file, damaged);
      ASSERT_FALSE(cache.find(keyOf(1))) << "byte " << i;
    }
  for (size_t size = 0; size < whole.size(); ++size) {
    overwrite(file, whole.substr(0, size));
    ASSERT_FALSE(cache.find(keyOf(1))) << "the first " << size << " bytes";
  }
  overwrite(file, whole + "x");
  EXPECT_FALSE(cache.find(keyOf(1)));
  cache.store(keyOf(1), entryOf(1));
  EXPECT_EQ(cache.find(keyOf(1)), entryOf(1));
  EXPECT_EQ(bytesOf(file), whole);
}

TEST_F(ObjectCacheTest, AnEntryUnderTheNameOfAnotherIsNotRead) {
  ObjectCache cache(folder);
  cache.store(keyOf(1), entryOf(1));
  cache.store(keyOf(2), entryOf(2));
  fs::copy_file(cache.fileOf(keyOf(1)), cache.fileOf(keyOf(2)),
                fs::copy_options::overwrite_existing);
  EXPECT_FALSE(cache.find(keyOf(2)));
}

TEST_F(ObjectCacheTest, WhatIsNoFileIsNeitherReadNorWaitedForNorReplaced) {
  ObjectCache cache(folder);
  cache.store(keyOf(1), entryOf(1));
  fs::path other = cache.fileOf(keyOf(2));
  auto expectLeftAlone = [&] {
    EXPECT_FALSE(cache.find(keyOf(2)));
    cache.store(keyOf(2), entryOf(2));
    EXPECT_FALSE(cache.find(keyOf(2)));
  };
  ASSERT_EQ(::mkfifo(other.c_str(), 0600), 0);
  expectLeftAlone();
  EXPECT_TRUE(fs::is_fifo(other));
  fs::remove(other);
  fs::create_directory(other);
  expectLeftAlone();
  EXPECT_TRUE(fs::is_directory(other));
  fs::remove(other);
  fs::create_symlink(cache.fileOf(keyOf(1)), other);
  expectLeftAlone();
  EXPECT_TRUE(fs::is_symlink(other));
  EXPECT_EQ(cache.find(keyOf(1)), entryOf(1));
}

TEST_F(ObjectCacheTest, WhatOthersMayHaveWrittenIsNotRead) {
  ObjectCache cache(folder);
  cache.store(keyOf(1), entryOf(1));
  fs::path file = cache.fileOf(keyOf(1));
  fs::permissions(file, fs::perms::others_write, fs::perm_options::add);
  EXPECT_FALSE(cache.find(keyOf(1)));
  fs::permissions(file, fs::perms::others_write, fs::perm_options::remove);
  EXPECT_EQ(cache.find(keyOf(1)), entryOf(1));
  // Only root gives files away; whoever cannot still owns it.
  bool isAnothers = ::chown(file.c_str(), 65534, 65534) == 0;
  EXPECT_EQ(cache.find(keyOf(1)).has_value(), !isAnothers);
}

TEST_F(ObjectCacheTest, AFolderThatCannotBeWrittenIsReadAlone) {
  ObjectCache cache(folder);
  cache.store(keyOf(1), entryOf(1));
  // In a process that is not root, whom no mode keeps out.
  pid_t child = ::fork();
  if (child == 0) {
    fs::path part = cache.fileOf(keyOf(1)).parent_path();
    // The child owns nothing, and what root owns may be read.
    fs::permissions(folder, fs::perms(0755));
    fs::permissions(part, fs::perms(0555));
    fs::permissions(cache.fileOf(keyOf(1)), fs::perms(0444));
    if (::geteuid() == 0 && ::setuid(65534) != 0)
      ::_exit(2);
    cache.store(keyOf(2), entryOf(2));
    bool isGood = cache.find(keyOf(1)) == entryOf(1) && !cache.find(keyOf(2));
    ::_exit(isGood ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  // A file where a folder should be, and no folder at all.
  overwrite(folder / "file", "");
  for (const char *name : {"file", "file/below", "/proc/none/such"}) {
    ObjectCache none(folder / name);
    none.store(keyOf(1), entryOf(1));
    EXPECT_FALSE(none.find(keyOf(1))) << name;
  }
  EXPECT_EQ(bytesOf(folder / "file"), "");
}

TEST_F(ObjectCacheTest, WhatWasNotUsedForLongestMakesRoom) {
  // Each of 16 parts has room for three.
  const uint64_t size = 64 + 32 + entryOf(1, 1000).notes.size() + 1000;
  ObjectCache cache(folder, 16 * (3 * size + size / 2));
  for (int i = 1; i <= 3; ++i) {
    cache.store(keyOf(i), entryOf(i, 1000));
    age(cache.fileOf(keyOf(i)), 10000 - 1000 * i);
  }
  // Another part has its own.
  cache.store(keyOf(1, 0xb), entryOf(1, 1000));
  // The first is used, so that the second is the oldest.
  EXPECT_TRUE(cache.find(keyOf(1)));
  cache.store(keyOf(4), entryOf(4, 1000));
  EXPECT_EQ(cache.find(keyOf(1)), entryOf(1, 1000));
  EXPECT_FALSE(cache.find(keyOf(2)));
  EXPECT_EQ(cache.find(keyOf(3)), entryOf(3, 1000));
  EXPECT_EQ(cache.find(keyOf(4)), entryOf(4, 1000));
  EXPECT_EQ(cache.find(keyOf(1, 0xb)), entryOf(1, 1000));
  // What never fits in removes nothing.
  cache.store(keyOf(5), entryOf(5, 4000));
  EXPECT_FALSE(cache.find(keyOf(5)));
  EXPECT_TRUE(cache.find(keyOf(4)));
}

TEST_F(ObjectCacheTest, NeverGrowsPastItsLimit) {
  constexpr uint64_t limit = 16 * 5000;
  ObjectCache cache(folder, limit);
  for (int i = 0; i < 600; ++i) {
    cache.store(keyOf(i, uint8_t(i % 16)), entryOf(i, size_t(37 * i % 1500)));
    ASSERT_LE(bytesOfAll(), limit);
  }
  EXPECT_GT(bytesOfAll(), limit / 2);
}

TEST_F(ObjectCacheTest, LeftTemporaryFilesGoAndFilesOfOthersStay) {
  ObjectCache cache(folder);
  cache.store(keyOf(1), entryOf(1));
  fs::path file = cache.fileOf(keyOf(1));
  fs::path left = file.string() + ".77-1.tmp",
           fresh = file.string() + ".78-1.tmp",
           foreign = file.parent_path() / "notes.tmp";
  for (const fs::path &path : {left, fresh, foreign})
    overwrite(path, "x");
  age(left, 100000);
  age(foreign, 100000);
  cache.store(keyOf(2), entryOf(2));
  EXPECT_FALSE(fs::exists(left));
  EXPECT_TRUE(fs::exists(fresh));
  EXPECT_TRUE(fs::exists(foreign));
}

/// Stores and finds what others do too; false where anything but that or
/// nothing is found.
bool useTogether(const ObjectCache &cache, int seed) {
  for (int i = 0; i < 300; ++i) {
    int number = (i * 7 + seed) % 20;
    auto found = cache.find(keyOf(number));
    if (found && *found != entryOf(number, 2000))
      return false;
    if (!found || i % 3 == 0)
      cache.store(keyOf(number), entryOf(number, 2000));
  }
  return true;
}

// There is room for half of what all use, so that files vanish all the time.
TEST_F(ObjectCacheTest, ThreadsAndProcessesShareAFolder) {
  ObjectCache cache(folder, 16 * 20 * 1000);
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    children.push_back(::fork());
    if (children.back() == 0)
      ::_exit(useTogether(cache, i) ? 0 : 1);
  }
  std::vector<std::thread> threads;
  std::atomic<int> failed = 0;
  for (int i = 4; i < 8; ++i)
    threads.emplace_back([&, i] { failed += !useTogether(cache, i); });
  for (std::thread &thread : threads)
    thread.join();
  for (pid_t child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
  EXPECT_EQ(failed, 0);
  for (const auto &entry : fs::recursive_directory_iterator(folder))
    EXPECT_NE(entry.path().extension(), ".tmp") << entry.path();
}

/// Sets a variable of the environment, or unsets it, for a while.
class Variable {
public:
  Variable(const char *name, const char *value) : name(name) {
    if (const char *old = std::getenv(name))
      before = old;
    value ? ::setenv(name, value, 1) : ::unsetenv(name);
  }
  ~Variable() {
    before ? ::setenv(name, before->c_str(), 1) : ::unsetenv(name);
  }

private:
  const char *name;
  std::optional<std::string> before;
};

TEST(DefaultCacheFolderTest, IsWhatTheEnvironmentSays) {
  Variable home("HOME", "/users/ada"), caches("XDG_CACHE_HOME", nullptr),
      own("TACTUS_CACHE_DIR", nullptr);
  EXPECT_EQ(defaultCacheFolder(), "/users/ada/.cache/tactus");
  {
    Variable set("XDG_CACHE_HOME", "/var/caches");
    EXPECT_EQ(defaultCacheFolder(), "/var/caches/tactus");
    Variable first("TACTUS_CACHE_DIR", "mine");
    EXPECT_EQ(defaultCacheFolder(), "mine");
    Variable none("TACTUS_CACHE_DIR", "");
    EXPECT_EQ(defaultCacheFolder(), "");
  }
  {
    Variable relative("XDG_CACHE_HOME", "caches");
    EXPECT_EQ(defaultCacheFolder(), "/users/ada/.cache/tactus");
  }
  Variable nowhere("HOME", nullptr);
  EXPECT_EQ(defaultCacheFolder(), "");
}

} // namespace
