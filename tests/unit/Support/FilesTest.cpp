//===- FilesTest.cpp - Reading, mapping and replacing files ---------------===//
#include "runtime/Support/Files.h"
#include "tests/unit/Support/ExpectError.h"
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>

using namespace tactus;
namespace fs = std::filesystem;

namespace {
class FilesTest : public testing::Test {
protected:
  void SetUp() override {
    directory = fs::path(testing::TempDir()) / "tactus-files-test";
    fs::remove_all(directory);
    fs::create_directories(directory / "sub");
  }
  void TearDown() override { fs::remove_all(directory); }

  fs::path directory;
};
} // namespace

TEST_F(FilesTest, ReadsBackWhatWasWritten) {
  std::string text(200000, 'x');
  text += '\0';
  writeFile(directory / "f", text);
  EXPECT_EQ(readFile(directory / "f", 1 << 20), text);
  auto mapped = MappedFile::open(directory / "f");
  EXPECT_EQ(mapped->bytes().size(), text.size());
  EXPECT_EQ(mapped->bytes()[0], std::byte('x'));
  EXPECT_ERROR(readFile(directory / "f", 200000),
               (directory / "f").string() +
                   ": expected a file of 200000 bytes or less, but got one of "
                   "more");
}

TEST_F(FilesTest, PipesAreReadUpToTheLimit) {
  EXPECT_ERROR(readFile("/dev/zero", 1 << 20),
               "/dev/zero: expected a file of 1048576 bytes or less, but got "
               "one of more");
}

TEST_F(FilesTest, EmptyFilesMapToNothing) {
  writeFile(directory / "empty", "");
  EXPECT_TRUE(MappedFile::open(directory / "empty")->bytes().empty());
  EXPECT_EQ(readFile(directory / "empty", 10), "");
}

TEST_F(FilesTest, OnlyRegularFilesAreMapped) {
  EXPECT_ERROR(MappedFile::open(directory),
               directory.string() +
                   ": expected a regular file, but got a directory");
  EXPECT_ERROR(MappedFile::open("/dev/null"),
               "/dev/null: expected a regular file, but got a device");
  EXPECT_ERROR(MappedFile::open(directory / "none"),
               (directory / "none").string() +
                   ": expected a file that can be read, but got 'No such file "
                   "or directory'");
}

TEST_F(FilesTest, UncommittedFilesLeaveTheOldContent) {
  writeFile(directory / "f", "old");
  {
    AtomicFile output(directory / "f");
    output.write("new");
  }
  EXPECT_EQ(readFile(directory / "f", 10), "old");
  AtomicFile output(directory / "f");
  output.write("new");
  EXPECT_EQ(readFile(directory / "f", 10), "old");
  output.commit();
  EXPECT_EQ(readFile(directory / "f", 10), "new");
  // No temporary file is left.
  EXPECT_EQ(std::distance(fs::directory_iterator(directory), {}), 2);
}

TEST_F(FilesTest, ReplacingKeepsThePermissions) {
  writeFile(directory / "f", "old");
  fs::permissions(directory / "f", fs::perms(0640));
  writeFile(directory / "f", "new");
  EXPECT_EQ(fs::status(directory / "f").permissions(), fs::perms(0640));
}

TEST_F(FilesTest, WhatCannotBeWrittenIsAnError) {
  EXPECT_ERROR(writeFile(directory, "x"),
               directory.string() +
                   ": expected a file that can be written, but got a "
                   "directory");
  EXPECT_ERROR(writeFile(directory / "none" / "f", "x"),
               (directory / "none" / "f").string() +
                   ": expected a file that can be written, but got 'No such "
                   "file or directory'");
  writeFile("/dev/null", "x");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(FilesTest, PathsStayInsideTheirDirectory) {
  writeFile(directory / "sub" / "w", "x");
  EXPECT_EQ(resolveInside(directory, "sub/w"),
            fs::canonical(directory) / "sub" / "w");
  EXPECT_EQ(resolveInside(directory, "none"),
            fs::canonical(directory) / "none");
  const std::string start = "expected a path inside the directory of the file "
                            "that names it, but got ";
  EXPECT_ERROR(resolveInside(directory, "/etc/passwd"),
               start + "'/etc/passwd', which is absolute");
  EXPECT_ERROR(resolveInside(directory / "sub", "../f"),
               start + "'../f', which has a '..'");
  EXPECT_ERROR(resolveInside(directory, "sub/../f"),
               start + "'sub/../f', which has a '..'");
  EXPECT_ERROR(resolveInside(directory, ""), start + "''");
  EXPECT_ERROR(resolveInside(directory, "."), start + "'.'");
  EXPECT_ERROR(resolveInside(directory, std::string_view("f\0g", 3)),
               start + "'f'");
}

TEST_F(FilesTest, LinksOutOfTheDirectoryAreRefused) {
  writeFile(directory / "f", "x");
  fs::create_symlink(directory / "f", directory / "sub" / "out");
  fs::create_symlink("w", directory / "sub" / "in");
  writeFile(directory / "sub" / "w", "x");
  const std::string start = "expected a path inside the directory of the file "
                            "that names it, but got ";
  EXPECT_ERROR(resolveInside(directory / "sub", "out"),
               start + "'out', which leads out of it through a symbolic link");
  EXPECT_EQ(resolveInside(directory / "sub", "in").filename(), "w");
  fs::create_hard_link(directory / "f", directory / "sub" / "hard");
  EXPECT_EQ(resolveInside(directory / "sub", "hard").filename(), "hard");
  EXPECT_ERROR(
      resolveInside(directory / "sub", "hard", {.refuseHardLinks = true}),
      start + "'hard', a file of more than one name");
}
