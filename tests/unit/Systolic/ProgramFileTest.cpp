//===- ProgramFileTest.cpp - Program files and what they refuse -----------===//
#include "tests/unit/Systolic/ProgramBytes.h"
#include <random>

using namespace tactus;
using namespace tactus::systolic;

TEST(ProgramFileTest, RoundTripsToTheSameBytes) {
  Program program = sample();
  std::string text = serialize(program);
  Program again = load(text);
  EXPECT_EQ(again, program);
  EXPECT_EQ(serialize(again), text);
  Tensor a = wideRandom({5, 6}, 2);
  EXPECT_TRUE(Simulator(again)
                  .run({{"a", a}})
                  .outputs.at("c")
                  .bitwiseEquals(naiveProduct(a, wideRandom({6, 7}, 1))));
}

TEST(ProgramFileTest, WritesAndReadsFiles) {
  auto file = std::filesystem::temp_directory_path() / "tactus-program.sys";
  writeProgramFile(file, sample());
  EXPECT_TRUE(isProgramFile(file));
  EXPECT_EQ(readProgramFile(file), sample());
  std::filesystem::remove(file);
  EXPECT_FALSE(isProgramFile(file));
}

TEST(ProgramFileTest, RefusesOtherFilesAndVersions) {
  std::string text = serialize(sample());
  EXPECT_EQ(errorOf(""), "p.sys: expected a program of the systolic machine, "
                         "which begins with TACTSYS, but got something else");
  EXPECT_EQ(errorOf(patched<uint32_t>(text, 8, 2)),
            "p.sys: expected version 1 of the format, but got 2");
}

TEST(ProgramFileTest, RefusesWrongSizes) {
  std::string text = serialize(sample());
  std::string expected =
      "p.sys: expected as many bytes as header, instructions "
      "and image take, but got a file of ";
  EXPECT_EQ(errorOf(text.substr(0, text.size() - 8)),
            expected + std::to_string(text.size() - 8));
  EXPECT_EQ(errorOf(text + "x"), expected + std::to_string(text.size() + 1));
  // Sizes whose sum wraps around.
  for (size_t offset : {16, 24, 32})
    EXPECT_EQ(errorOf(patched<uint64_t>(text, offset, ~uint64_t(0) - 63)),
              expected + std::to_string(text.size()));
}

TEST(ProgramFileTest, RefusesInvalidInstructionsWithARightChecksum) {
  std::string text = serialize(sample());
  size_t first = headerEnd(text);
  EXPECT_EQ(errorOf(patched<uint8_t>(text, first, 0xff)),
            "p.sys: instruction 0: expected a known opcode, but got 0xff");
  // The row of the unified buffer that the first load writes.
  EXPECT_EQ(
      errorOf(patched<uint32_t>(text, first + 32, 40000)),
      "p.sys: 'main' (dma_load): instruction 0: expected local rows below "
      "32768 of the unified buffer, but got 40004");
  EXPECT_EQ(errorOf(patched<uint8_t>(text, 60, 1)),
            "p.sys: expected reserved bytes to be 0, but got others");
}

// Seeded mutations with a right checksum: a program or an Error, and a program
// that is read runs or is refused with an Error.
TEST(ProgramFileTest, MutationsGiveProgramsOrErrors) {
  std::string text = serialize(sample());
  std::mt19937_64 random(7);
  int accepted = 0;
  for (int i = 0; i < 2000; ++i) {
    std::string mutated =
        patched<uint8_t>(text, random() % text.size(), uint8_t(random()));
    try {
      Program program = load(mutated);
      ++accepted;
      Simulator(program).run({{"a", wideRandom({5, 6}, 2)}});
    } catch (const Error &) {
    }
  }
  EXPECT_GT(accepted, 50);
}
