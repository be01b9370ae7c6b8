//===- SupportTest.cpp - Suggestions, diagnostics, memory -----------------===//
#include "runtime/Support/Assert.h"
#include "runtime/Support/Diagnostics.h"
#include "runtime/Support/Limits.h"
#include "runtime/Support/Suggest.h"
#include "runtime/Support/Utf8.h"
#include "tests/unit/Support/ExpectError.h"
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace tactus;
namespace fs = std::filesystem;

static const std::vector<std::string_view> ops = {
    "matmul", "maximum", "minimum", "relu", "relu6", "selu", "elu", "tanh"};

TEST(SuggestTest, NearNamesComeNearestFirst) {
  using Names = std::vector<std::string_view>;
  EXPECT_EQ(nearNames("matmull", ops), Names{"matmul"});
  EXPECT_EQ(nearNames("mamtul", ops), Names{"matmul"});
  EXPECT_EQ(nearNames("MATMUL", ops), Names{"matmul"});
  EXPECT_EQ(nearNames("x", std::vector<std::string_view>{"y", "X"}),
            Names{"X"});
  EXPECT_EQ(nearNames("rellu", ops), Names{"relu"});
  EXPECT_EQ(nearNames("convolution", ops), Names{});
  EXPECT_EQ(nearNames("", ops), Names{});
  EXPECT_EQ(nearNames(std::string(100000, 'x'), ops), Names{});
}

TEST(SuggestTest, Phrases) {
  EXPECT_EQ(didYouMean("tahn", ops), " (did you mean 'tanh'?)");
  EXPECT_EQ(didYouMean("Relu", ops),
            " (did you mean 'relu', 'elu' or 'selu'?)");
  EXPECT_EQ(didYouMean("conv", ops), "");
  EXPECT_EQ(quotedList(std::vector<std::string_view>{"a", "b"}), "'a', 'b'");
  EXPECT_EQ(quotedList(std::vector<std::string_view>(14, "x")),
            "'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', ... "
            "and 2 more");
}

TEST(DiagnosticsTest, WarningsDoNotThrow) {
  Diagnostics diagnostics;
  diagnostics.warning({.file = "m.json", .line = 2}, "an unused input 'x'");
  diagnostics.throwIfErrors();
  EXPECT_EQ(diagnostics.str(), "m.json:2: warning: an unused input 'x'");
  diagnostics.error({.file = "m.json", .node = "y"}, "expected 1, but got 2");
  diagnostics.error({.file = "m.json"}, "expected 3, but got 4");
  EXPECT_EQ(diagnostics.numErrors(), 2u);
  EXPECT_ERROR(diagnostics.throwIfErrors(),
               "m.json: 'y': expected 1, but got 2\n"
               "m.json: expected 3, but got 4");
}

TEST(Utf8Test, FirstInvalidByte) {
  EXPECT_EQ(findInvalidUtf8("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"),
            std::nullopt);
  EXPECT_EQ(findInvalidUtf8("ab\xc3"), 2u);
  EXPECT_EQ(findInvalidUtf8("\xe0\x80\x80"), 0u);
}

TEST(AssertDeathTest, SaysWhyAndWhere) {
  EXPECT_DEATH(TACTUS_ASSERT(1 > 2, "one is not two"),
               "SupportTest.cpp:[0-9]+: internal error: one is not two \\(1 > "
               "2\\)");
}

namespace {
/// A directory that stands for `/`, with the files that say how much is free.
class AvailableMemoryTest : public testing::Test {
protected:
  void SetUp() override {
    root = fs::path(testing::TempDir()) / "tactus-memory-test";
    fs::remove_all(root);
    write("proc/meminfo", "MemTotal: 9000 kB\nMemAvailable:    1000 kB\n");
  }
  void TearDown() override { fs::remove_all(root); }

  void write(const std::string &name, const std::string &text) {
    fs::create_directories((root / name).parent_path());
    std::ofstream(root / name) << text;
  }

  fs::path root;
};
} // namespace

TEST_F(AvailableMemoryTest, MachineAlone) {
  EXPECT_EQ(limits::availableMemory(root), 1024000u);
}

TEST_F(AvailableMemoryTest, GroupsOfVersion2CountWhereTheyAreTighter) {
  write("proc/self/cgroup", "0::/a/b\n");
  write("sys/fs/cgroup/a/memory.max", "900000\n");
  write("sys/fs/cgroup/a/memory.current", "500000\n");
  write("sys/fs/cgroup/a/memory.stat", "anon 1\ninactive_file 100000\n");
  write("sys/fs/cgroup/a/b/memory.max", "max\n");
  EXPECT_EQ(limits::availableMemory(root), 500000u);
}

TEST_F(AvailableMemoryTest, GroupsOfVersion1) {
  write("proc/self/cgroup", "3:cpu:/x\n5:memory:/x\n");
  write("sys/fs/cgroup/memory/x/memory.limit_in_bytes", "1000\n");
  write("sys/fs/cgroup/memory/x/memory.usage_in_bytes", "2000\n");
  EXPECT_EQ(limits::availableMemory(root), 0u);
}

TEST_F(AvailableMemoryTest, LimitsOfTheProcessCountWhatItHasTaken) {
  // 10 pages are mapped, 4 resident, 1 of them shared, 3 data.
  write("proc/self/statm", "10 4 1 0 0 3 0\n");
  write("proc/meminfo", "MemAvailable: 100000000000 kB\n");
  const uint64_t page = uint64_t(::sysconf(_SC_PAGESIZE));
  struct rlimit before;
  ASSERT_EQ(::getrlimit(RLIMIT_DATA, &before), 0);
  const uint64_t terabyte = uint64_t(1) << 40;
  struct rlimit tight = before;
  tight.rlim_cur = terabyte;
  ASSERT_EQ(::setrlimit(RLIMIT_DATA, &tight), 0);
  const uint64_t available = limits::availableMemory(root);
  const uint64_t usable = limits::usableMemory(root);
  ASSERT_EQ(::setrlimit(RLIMIT_DATA, &before), 0);
  EXPECT_EQ(available, terabyte - 3 * page);
  EXPECT_EQ(usable, terabyte);
}

TEST_F(AvailableMemoryTest, UnknownIsUnlimited) {
  fs::remove_all(root);
  EXPECT_EQ(limits::availableMemory(root), UINT64_MAX);
}
