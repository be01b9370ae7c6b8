//===- KernelCacheTest.cpp - Kernels that need not be compiled again ------===//
#include "compiler/Driver/Compile.h"
#include "compiler/Driver/CompileKernels.h"
#include "compiler/Graph/GraphAccess.h"
#include "docs/examples/EncoderLayer.h"
#include "runtime/JIT/BuildId.h"
#include "runtime/Support/Files.h"
#include "tactus/tactus.h"
#include <cstring>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <thread>

using namespace tactus;
namespace fs = std::filesystem;

namespace {

class KernelCacheTest : public testing::Test {
protected:
  void SetUp() override {
    folder = fs::path(testing::TempDir()) / "tactus-kernel-cache-test";
    fs::remove_all(folder);
  }
  void TearDown() override { fs::remove_all(folder); }

  CompileOptions options() const { return {.cacheFolder = folder}; }

  /// The files in the folder, with what tells one from what replaces it.
  std::map<std::string, fs::file_time_type> files() const {
    std::map<std::string, fs::file_time_type> found;
    if (!fs::exists(folder))
      return found;
    for (const auto &entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file())
        found[entry.path().string()] = entry.last_write_time();
    return found;
  }

  fs::path folder;
};

Graph plus(float number) {
  Graph g;
  g.output("y", g.input("x", f32({7})) + number);
  return g;
}

examples::EncoderSizes smallEncoder(int64_t layers) {
  return {.sequence = 10,
          .hidden = 24,
          .heads = 3,
          .intermediate = 40,
          .layers = layers};
}

Graph encoder(int64_t layers) {
  examples::EncoderSizes sizes = smallEncoder(layers);
  return examples::encoderLayer(sizes,
                                examples::encoderWeights(sizes, Seed(1)));
}

Tensor encoded(const Executable &exe) {
  return exe.run({{"x", Tensor::random(f32({10, 24}), Seed(2))}}).at("y");
}

/// The texts of the kernels that `graph` is compiled to.
std::vector<std::string> kernelTexts(const Graph &graph) {
  std::vector<std::string> texts;
  DriverOptions options;
  options.cacheFolder = "";
  options.afterPhase = [&](const Phase &phase, mlir::ModuleOp module) {
    if (phase.word == "outlined")
      for (const KernelText &kernel : textsOfKernels(module))
        texts.push_back(kernel.text);
  };
  (void)compileProgram(programOf(graph), Target::parse("cpu"), options);
  return texts;
}

TEST_F(KernelCacheTest, CachedAndCompiledKernelsGiveTheSameBits) {
  Graph graph = encoder(1);
  Target cpu = Target::parse("cpu");
  Tensor expected = encoded(compile(graph, cpu, {.cacheFolder = ""}));
  EXPECT_TRUE(files().empty());
  Tensor first = encoded(compile(graph, cpu, options()));
  auto stored = files();
  EXPECT_GE(stored.size(), 8u);
  Tensor second = encoded(compile(graph, cpu, options()));
  // A hit writes nothing.
  EXPECT_EQ(files(), stored);
  EXPECT_EQ(std::memcmp(first.rawData(), expected.rawData(),
                        size_t(first.byteSize())),
            0);
  EXPECT_EQ(std::memcmp(second.rawData(), expected.rawData(),
                        size_t(first.byteSize())),
            0);
}

TEST_F(KernelCacheTest, WhatALevelIsLookedAtIsCompiledAnewToTheSameBits) {
  Graph graph = encoder(1);
  Target cpu = Target::parse("cpu");
  CompileOptions dumped = options();
  dumped.dumpPhases = folder / "phases";
  Tensor whole = encoded(compile(graph, cpu, dumped));
  EXPECT_EQ(files().size(), 8u) << "only the levels are written";
  fs::remove_all(folder);
  Tensor apart = encoded(compile(graph, cpu, options()));
  EXPECT_EQ(
      std::memcmp(whole.rawData(), apart.rawData(), size_t(whole.byteSize())),
      0);
}

// Lowering has no part in what is found: other code under the same key runs.
TEST_F(KernelCacheTest, WhatIsFoundIsNotLowered) {
  CpuMachine machine = hostCpu();
  (void)compile(plus(1), Target::parse("cpu"), options());
  ASSERT_EQ(files().size(), 1u);
  ObjectCache cache(folder);
  std::vector<std::string> texts = kernelTexts(plus(1));
  ASSERT_EQ(texts.size(), 1u);
  auto codes = compileKernels(texts, machine, 1);
  ASSERT_TRUE(codes);
  ObjectCache::Key key = keyOf(texts.front(), machine);
  auto entry = cache.find(key);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->object, codes->front().object);
  EXPECT_EQ(entry->notes, codes->front().notes);
  std::string one("\x00\x00\x80\x3f", 4), three("\x00\x00\x40\x40", 4);
  size_t place = entry->object.find(one);
  ASSERT_NE(place, std::string::npos);
  entry->object.replace(place, 4, three);
  cache.store(key, *entry);
  Tensor y = compile(plus(1), Target::parse("cpu"), options())
                 .run({{"x", Tensor::zeros(f32({7}))}})
                 .at("y");
  EXPECT_EQ(y.data<float>()[6], 3.f);
}

TEST_F(KernelCacheTest, DamagedFilesAreCompiledAndWrittenAgain) {
  Graph graph = encoder(1);
  Target cpu = Target::parse("cpu");
  Tensor expected = encoded(compile(graph, cpu, options()));
  std::map<std::string, std::string> contents;
  for (const auto &[file, time] : files()) {
    contents[file] = readFile(file, 1 << 30);
    std::string damaged = contents[file];
    damaged[damaged.size() / 2] ^= 0x10;
    std::ofstream(file, std::ios::binary) << damaged;
  }
  Tensor again = encoded(compile(graph, cpu, options()));
  EXPECT_EQ(std::memcmp(again.rawData(), expected.rawData(),
                        size_t(again.byteSize())),
            0);
  EXPECT_EQ(files().size(), contents.size());
  for (const auto &[file, content] : contents)
    EXPECT_EQ(readFile(file, 1 << 30), content) << file;
}

TEST_F(KernelCacheTest, AnotherProcessorHasFilesOfItsOwn) {
  std::map<std::string, Tensor> x{{"x", Tensor::zeros(f32({7}))}};
  size_t before = 0;
  for (const char *name : {"cpu:x86-64-v2", "cpu:x86-64-v3", "cpu"}) {
    Tensor y = compile(plus(1), Target::parse(name), options()).run(x).at("y");
    EXPECT_EQ(y.data<float>()[0], 1.f) << name;
    EXPECT_EQ(files().size(), before + 1) << name;
    before = files().size();
  }
  CpuMachine machine = hostCpu();
  ObjectCache::Key key = keyOf("text", machine);
  machine.name = "another";
  EXPECT_EQ(keyOf("text", machine), key);
  EXPECT_NE(keyOf("text ", machine), key);
  auto differs = [&](auto change) {
    CpuMachine other = machine;
    change(other);
    EXPECT_NE(keyOf("text", other), key);
  };
  differs([](CpuMachine &m) { m.processor = "x86-64-v2"; });
  differs([](CpuMachine &m) { m.features += ",-fma"; });
  differs([](CpuMachine &m) { m.vectorBits *= 2; });
  differs([](CpuMachine &m) { m.vectorRegisters *= 2; });
  differs([](CpuMachine &m) { m.fma = !m.fma; });
  differs([](CpuMachine &m) { m.halfFloats = !m.halfFloats; });
  differs([](CpuMachine &m) { m.l1Bytes += 1; });
  differs([](CpuMachine &m) { m.l2Bytes += 1; });
}

TEST(CompileKernelsTest, TheBuildIdNamesSourcesAndLibraries) {
  std::string id = buildId();
  EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), 64u) << id;
  EXPECT_NE(id.find(" LLVM 22.1"), std::string::npos) << id;
  EXPECT_GE(id.size(), 64 + sizeof(" LLVM 22.1.0") - 1 + 2 * 41) << id;
}

TEST_F(KernelCacheTest, NamesOfNodesAreNoPartOfAKernel) {
  Graph g;
  g.output("z", (g.input("a", f32({7})) + 1.f).named("sum"));
  (void)compile(plus(1), Target::parse("cpu"), options());
  auto stored = files();
  (void)compile(g, Target::parse("cpu"), options());
  EXPECT_EQ(files(), stored);
  (void)compile(plus(2), Target::parse("cpu"), options());
  EXPECT_EQ(files().size(), stored.size() + 1);
}

// An index that is out of range is told in the terms of the program that uses
// the kernel, not of that which compiled it.
TEST_F(KernelCacheTest, ErrorsNameTheNodeOfTheirProgram) {
  auto program = [&](const char *name) {
    Graph g;
    Value x = g.input("x", f32({5, 3}));
    g.output("y", gather(x, g.input("i", i64({2})), 0).named(name));
    return compile(g, Target::parse("cpu"), options());
  };
  for (const char *name : {"first", "second"}) {
    Executable exe = program(name);
    Tensor indices = Tensor::zeros(i64({2}));
    indices.mutableData<int64_t>()[1] = 5;
    try {
      exe.run({{"x", Tensor::zeros(f32({5, 3}))}, {"i", indices}});
      ADD_FAILURE() << "no error";
    } catch (const Error &error) {
      EXPECT_EQ(error.node(), name);
      EXPECT_NE(std::string(error.what()).find("5"), std::string::npos);
    }
  }
  EXPECT_EQ(files().size(), 1u);
}

TEST_F(KernelCacheTest, EqualLayersCompileTheKernelsOfOne) {
  (void)compile(encoder(1), Target::parse("cpu"), options());
  auto stored = files();
  Executable twelve = compile(encoder(12), Target::parse("cpu"), options());
  EXPECT_EQ(files(), stored);
  Tensor without =
      encoded(compile(encoder(12), Target::parse("cpu"), {.cacheFolder = ""}));
  EXPECT_EQ(std::memcmp(encoded(twelve).rawData(), without.rawData(),
                        size_t(without.byteSize())),
            0);
}

TEST(CompileKernelsTest, TheBytesDoNotDependOnTheThreads) {
  std::vector<std::string> texts = kernelTexts(encoder(1));
  ASSERT_GE(texts.size(), 8u);
  for (const std::string &text : texts)
    EXPECT_EQ(text.find("loc("), std::string::npos);
  auto alone = compileKernels(texts, hostCpu(), 1);
  ASSERT_TRUE(alone);
  for (int64_t threads : {2, 3, 8})
    EXPECT_EQ(compileKernels(texts, hostCpu(), threads), alone) << threads;
  // Nor on what else is compiled, and in what order.
  std::reverse(texts.begin(), texts.end());
  auto reversed = compileKernels(texts, hostCpu(), 2);
  ASSERT_TRUE(reversed);
  std::reverse(reversed->begin(), reversed->end());
  EXPECT_EQ(reversed, alone);
  for (size_t i = 0; i < texts.size(); ++i)
    EXPECT_EQ(
        compileKernels(texts[texts.size() - 1 - i], hostCpu(), 1)->front(),
        alone->at(i));
}

TEST(CompileKernelsTest, WhatCannotBeCompiledIsNotCompiled) {
  std::vector<std::string> texts = kernelTexts(encoder(1));
  std::string none = "tactus.kernel @kernel(";
  EXPECT_FALSE(compileKernels(none, hostCpu(), 1));
  texts[texts.size() / 2] = none;
  for (int64_t threads : {1, 2, 8})
    EXPECT_FALSE(compileKernels(texts, hostCpu(), threads)) << threads;
}

TEST_F(KernelCacheTest, ThreadsCompileTheSameAtTheSameTime) {
  Graph graph = encoder(1);
  Tensor expected =
      encoded(compile(graph, Target::parse("cpu"), {.cacheFolder = ""}));
  std::vector<std::thread> threads;
  std::atomic<int> different = 0;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      Tensor y = encoded(compile(graph, Target::parse("cpu"), options()));
      different += std::memcmp(y.rawData(), expected.rawData(),
                               size_t(y.byteSize())) != 0;
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(different, 0);
}

} // namespace
