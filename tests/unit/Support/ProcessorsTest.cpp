//===- ProcessorsTest.cpp - How many threads help -------------------------===//
#include "runtime/Support/Processors.h"
#include "tests/unit/Support/ExpectError.h"
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sched.h>

using namespace tactus;
namespace fs = std::filesystem;

namespace {

/// A directory that stands for `/`, and a process that may use `count`
/// processors as far as its mask goes.
class UsableProcessorsTest : public testing::Test {
protected:
  void SetUp() override {
    root = fs::path(testing::TempDir()) / "tactus-processors-test";
    fs::remove_all(root);
    fs::create_directories(root);
    ASSERT_EQ(::sched_getaffinity(0, sizeof mask, &mask), 0);
    count = CPU_COUNT(&mask);
  }
  void TearDown() override {
    fs::remove_all(root);
    ::sched_setaffinity(0, sizeof mask, &mask);
  }

  void write(const std::string &name, const std::string &text) {
    fs::create_directories((root / name).parent_path());
    std::ofstream(root / name) << text;
  }

  fs::path root;
  cpu_set_t mask;
  int64_t count = 0;
};

TEST_F(UsableProcessorsTest, AreThoseOfTheMask) {
  EXPECT_EQ(usableProcessors(root), count);
  cpu_set_t one;
  CPU_ZERO(&one);
  for (int i = 0; i < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++i)
    if (CPU_ISSET(i, &mask))
      CPU_SET(i, &one);
  ASSERT_EQ(::sched_setaffinity(0, sizeof one, &one), 0);
  EXPECT_EQ(usableProcessors(root), 1);
}

TEST_F(UsableProcessorsTest, AreWhatGroupsOfVersion2PayFor) {
  write("proc/self/cgroup", "0::/a/b\n");
  write("sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
  EXPECT_EQ(usableProcessors(root), count);
  // Half a processor is one; the tightest group counts.
  write("sys/fs/cgroup/a/cpu.max", "50000 100000\n");
  EXPECT_EQ(usableProcessors(root), 1);
  write("sys/fs/cgroup/a/cpu.max", "150000 100000\n");
  EXPECT_EQ(usableProcessors(root), std::min<int64_t>(2, count));
  write("sys/fs/cgroup/cpu.max", "1000 1000\n");
  EXPECT_EQ(usableProcessors(root), 1);
}

TEST_F(UsableProcessorsTest, AreWhatGroupsOfVersion1PayFor) {
  write("proc/self/cgroup", "5:memory:/x\n3:cpu,cpuacct:/x\n");
  write("sys/fs/cgroup/cpu/x/cpu.cfs_period_us", "100000\n");
  write("sys/fs/cgroup/cpu/x/cpu.cfs_quota_us", "-1\n");
  EXPECT_EQ(usableProcessors(root), count);
  write("sys/fs/cgroup/cpu/x/cpu.cfs_quota_us", "99999\n");
  EXPECT_EQ(usableProcessors(root), 1);
}

TEST_F(UsableProcessorsTest, AreThoseOfTheMaskWhereGroupsSayNonsense) {
  write("proc/self/cgroup", "0::/a\nno colons\n1:\n");
  for (const char *text : {"", "max", "100000", "0 100000", "1 0", "-1 -1",
                           "much 100000", "99999999999999999999999 1"}) {
    write("sys/fs/cgroup/a/cpu.max", text);
    EXPECT_EQ(usableProcessors(root), count) << text;
  }
}

/// Sets a variable of the environment, or takes it away, until the end.
class WithThreads {
public:
  explicit WithThreads(const char *text) {
    if (const char *old = std::getenv(name))
      before = old;
    text ? ::setenv(name, text, 1) : ::unsetenv(name);
  }
  ~WithThreads() {
    before ? ::setenv(name, before->c_str(), 1) : ::unsetenv(name);
  }

private:
  static constexpr const char *name = "TACTUS_NUM_THREADS";
  std::optional<std::string> before;
};

TEST(NumThreadsTest, AreWhatIsAskedFor) {
  WithThreads environment("5");
  EXPECT_EQ(numThreads(1), 1);
  EXPECT_EQ(numThreads(1024), 1024);
}

TEST(NumThreadsTest, AreWhatTheEnvironmentSays) {
  WithThreads environment("5");
  EXPECT_EQ(numThreads({}), 5);
}

TEST(NumThreadsTest, AreTheProcessorsOtherwise) {
  WithThreads environment(nullptr);
  EXPECT_EQ(numThreads({}), usableProcessors());
}

TEST(NumThreadsTest, RefusesNonsense) {
  for (const char *text : {"", "0", "-1", "1025", "two", "2 ", " 2", "+2",
                           "2.0", "0x2", "99999999999999999999"}) {
    WithThreads environment(text);
    EXPECT_ERROR(numThreads({}),
                 "expected TACTUS_NUM_THREADS to be a number of threads from 1 "
                 "to 1024, but got '" +
                     std::string(text) + "'");
  }
  for (int64_t number : {INT64_MIN, int64_t(-1), int64_t(0), int64_t(1025)})
    EXPECT_ERROR(numThreads(number),
                 "expected threads to be a number of threads from 1 to 1024, "
                 "but got " +
                     std::to_string(number));
}

} // namespace
