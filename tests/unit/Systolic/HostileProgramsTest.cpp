//===- HostileProgramsTest.cpp - Program files made to harm ---------------===//
//
// What a checksum does not keep out: files whose sizes, header and instructions
// are wrong and whose checksum is right.
//
//===----------------------------------------------------------------------===//
#include "runtime/Systolic/SimulationCost.h"
#include "tests/unit/Systolic/ProgramBytes.h"

using namespace tactus;
using namespace tactus::systolic;

namespace {
/// The sample with another header.
std::string withHeader(std::string header) {
  std::string text = serialize(sample());
  std::string rest = text.substr(headerEnd(text));
  put<uint64_t>(text, 16, header.size());
  header.resize((header.size() + 63) / 64 * 64);
  return withChecksum(text.substr(0, 64) + header + rest);
}

/// The sample with the first `from` of its header replaced.
std::string edited(const std::string &from, const std::string &to) {
  std::string text = serialize(sample());
  std::string header = text.substr(64, get<uint64_t>(text, 16));
  size_t at = header.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return withHeader(header.replace(at, from.size(), to));
}

/// The sample with a change of its first instruction of `T`, at 64 bytes each.
template <typename T> std::string errorWith(void (*change)(T &)) {
  Program program = sample();
  for (size_t i = 0; i < program.instructions.size(); ++i)
    if (auto *op = std::get_if<T>(&program.instructions[i].operands)) {
      change(*op);
      std::string text = serialize(sample());
      Words words = encode(program.instructions[i]);
      std::memcpy(text.data() + headerEnd(text) + 64 * i, words.data(), 64);
      return errorOf(withChecksum(std::move(text)));
    }
  return "no such instruction";
}
} // namespace

TEST(HostileProgramsTest, RefuseEachFlippedBitWithOneMessage) {
  std::string text = serialize(sample());
  ASSERT_EQ(errorOf(text), "no error");
  for (size_t i = 0; i < text.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      text[i] ^= char(1 << bit);
      std::string error = errorOf(text);
      EXPECT_TRUE(error.starts_with("p.sys: expected ")) << i << ": " << error;
      EXPECT_EQ(error.find('\n'), std::string::npos) << i << ": " << error;
      text[i] ^= char(1 << bit);
    }
}

TEST(HostileProgramsTest, RefuseEachTruncation) {
  std::string text = serialize(sample());
  for (size_t size = 0; size < text.size(); ++size)
    EXPECT_TRUE(errorOf(text.substr(0, size)).starts_with("p.sys: expected "))
        << size;
}

TEST(HostileProgramsTest, RefuseSizesThatOverflow) {
  std::string expected = "p.sys: expected as many bytes as header, "
                         "instructions and image take, but got a file of ";
  for (size_t offset : {16, 24, 32})
    for (uint64_t value :
         {~uint64_t(0), ~uint64_t(0) - 63, uint64_t(1) << 63, uint64_t(1) << 58,
          (uint64_t(1) << 58) + 1, uint64_t(1) << 40, uint64_t(100'000)})
      EXPECT_TRUE(errorOf(patched(serialize(sample()), offset, value))
                      .starts_with(expected))
          << offset << ": " << value;
}

TEST(HostileProgramsTest, RefuseHeadersThatAreNotTheFormat) {
  EXPECT_EQ(errorOf(withHeader("")),
            "p.sys: expected a value, but got the end of the text");
  EXPECT_EQ(errorOf(withHeader("{}x")),
            "p.sys: expected the end of the text, but got 'x'");
  EXPECT_EQ(errorOf(withHeader(std::string(100'000, '['))),
            "p.sys: expected brackets nested 64 deep or less, but got more");
  EXPECT_EQ(errorOf(edited("\"layers\"", "\"machine\"")),
            "p.sys: expected each key once, but got 'machine' twice");
  EXPECT_EQ(errorOf(edited("\"dram_bytes\"", "\"dram\"")),
            "p.sys: expected a key 'dram_bytes', but got none\n"
            "p.sys: /dram: expected one of the keys 'dram_bytes', "
            "'host_functions', 'inputs', "
            "'layers', 'machine', 'outputs', but got 'dram'");
}

TEST(HostileProgramsTest, RefuseMachinesThatCannotBe) {
  EXPECT_EQ(errorOf(edited("\"tactus_machine\": 1", "\"tactus_machine\": 9")),
            "p.sys: /machine/tactus_machine: expected version 1, but got 9");
  EXPECT_EQ(errorOf(edited("\"rows\": 4", "\"rows\": 0")),
            "p.sys: /machine/array/rows: expected 1 to 4096, but got 0");
  EXPECT_EQ(errorOf(edited("\"rows\": 16", "\"rows\": 9000000000000000000")),
            "p.sys: /machine/accumulators/rows: expected 2 to 16777216, but "
            "got 9000000000000000000");
}

TEST(HostileProgramsTest, RefusePortsOutsideDram) {
  Program program = sample();
  std::string dram = std::to_string(program.dramBytes);
  std::string input = std::to_string(program.inputs[0].address);
  auto moved = [&](const std::string &address) {
    return errorOf(
        edited("\"address\": " + input + "}", "\"address\": " + address + "}"));
  };
  std::string between =
      "p.sys: 'a': expected an address between the image (42) and the end of "
      "DRAM (" +
      dram + "), but got ";
  EXPECT_EQ(moved("0"), between + "0 for 30 bytes");
  EXPECT_EQ(moved(dram), between + dram + " for 30 bytes");
  EXPECT_EQ(moved("1099511627776"), between + "1099511627776 for 30 bytes");
  EXPECT_EQ(moved("1099511627777"), "p.sys: /inputs/0/address: expected an "
                                    "integer from 0 to 1099511627776, but got "
                                    "1099511627777");
  EXPECT_EQ(moved("-64"),
            "p.sys: /inputs/0/address: expected an integer from 0 to "
            "1099511627776, but got -64");
  auto shaped = [&](const std::string &shape) {
    return errorOf(edited("\"shape\": [5, 6]", "\"shape\": " + shape));
  };
  EXPECT_EQ(shaped("[1099511627776, 1099511627776]"),
            "p.sys: 'a': expected a tensor of 2^40 bytes or less, but got "
            "i8[1099511627776,1099511627776]");
  EXPECT_EQ(shaped("[0, 1099511627776, 1099511627776]"),
            "p.sys: 'a': expected a tensor of 2^40 bytes or less, but got "
            "i8[0,1099511627776,1099511627776]");
  std::string many = "[1";
  for (int i = 0; i < 40; ++i)
    many += ", 1";
  EXPECT_TRUE(shaped(many + "]")
                  .starts_with("p.sys: 'a': expected a tensor of rank 32 "))
      << shaped(many + "]");
}

TEST(HostileProgramsTest, RefusePortsThatAreNoFilesOfTheirOwn) {
  auto named = [](const std::string &name) {
    return errorOf(edited("\"name\": \"a\"", "\"name\": \"" + name + "\""));
  };
  EXPECT_EQ(named("../a"),
            "p.sys: input 0: expected a name without '/', but got '../a'");
  EXPECT_EQ(named(""), "p.sys: input 0: expected a name, but got an empty one");
  EXPECT_EQ(named("a\\u0000"), "p.sys: input 0: expected a name without "
                               "control characters, but got byte 0x00 in it");

  Program program = sample();
  program.inputs.push_back(program.inputs[0]);
  EXPECT_ERROR(validate(program),
               "input 1: expected a name of its own, but got 'a' again");
  program.inputs[1].name = "b";
  EXPECT_ERROR(validate(program),
               "expected inputs that lie apart, but got 'a' and 'b' at DRAM "
               "byte 64");
}

TEST(HostileProgramsTest, RefuseDramThatTheMachineLacks) {
  std::string dram = std::to_string(sample().dramBytes);
  auto with = [&](const std::string &bytes) {
    return errorOf(
        edited("\"dram_bytes\": " + dram, "\"dram_bytes\": " + bytes));
  };
  EXPECT_EQ(with("1099511627776"),
            "p.sys: expected at most 4294967296 bytes of DRAM, which the "
            "machine has, but got 1099511627776");
  EXPECT_EQ(with("9223372036854775807"),
            "p.sys: /dram_bytes: expected an integer from 0 to 1099511627776, "
            "but got "
            "9223372036854775807");
  EXPECT_EQ(with("41"),
            "p.sys: expected an image of at most 41 bytes, but got 42");
}

TEST(HostileProgramsTest, RefuseInstructionsTheMachineCannotExecute) {
  EXPECT_EQ(errorWith<LoadWeights>([](LoadWeights &op) { op.k = 5; }),
            "p.sys: 'main' (load_weights): instruction 2: expected k of 1 to "
            "4, but got 5");
  EXPECT_TRUE(
      errorWith<LoadWeights>(
          [](LoadWeights &op) { op.address = (uint64_t(1) << 40) - 1; })
          .starts_with("p.sys: 'main' (load_weights): instruction 2: "
                       "expected DRAM bytes below 4294967296, but got"));
  EXPECT_EQ(errorWith<DmaStore>([](DmaStore &op) { op.dramAddress = 0; }),
            "p.sys: 'main' (dma_store): instruction 7: expected writes past "
            "the image (42), but got 0");
  EXPECT_TRUE(
      errorWith<Matmul>([](Matmul &op) {
        op.counts = {65535, 65535, 65535};
        op.strides = {0, 0, 0};
      })
          .starts_with("p.sys: 'main' (matmul): instruction 3: expected "
                       "accumulator rows below 16 of the accumulator"));
  EXPECT_EQ(errorWith<Activate>([](Activate &op) { op.rows = 17; }),
            "p.sys: 'main' (activate): instruction 6: expected rows of 1 to "
            "16, but got 17");
  std::string text = serialize(sample());
  size_t first = headerEnd(text);
  // The layer of the first instruction, and a halt in its place.
  EXPECT_EQ(errorOf(patched<uint8_t>(text, first + 5, 9)),
            "p.sys: (dma_load): instruction 0: expected a layer below 1, but "
            "got 144");
  put(text, first, encode(Instruction(Halt())));
  EXPECT_EQ(errorOf(withChecksum(text)),
            "p.sys: 'main' (halt): instruction 0: expected halt as the last "
            "instruction, but got instructions after it");
}

//===----------------------------------------------------------------------===//
// Valid programs that no host could run
//===----------------------------------------------------------------------===//

namespace {
/// The message of a run that may take 64 MB; it is refused before it takes
/// more.
std::string refusalOf(Program program) {
  SimulationOptions options;
  options.maxMemory = uint64_t(64) << 20;
  return test::errorOf([&] {
    Simulator(std::move(program))
        .run({{"a", Tensor::zeros(i8({5, 6}))}}, options);
  });
}
} // namespace

TEST(HostileProgramsTest, MachinesLargerThanTheHostAreRefusedAtTheRun) {
  Program program = sample();
  program.machine.unifiedBufferBytes = int64_t(1) << 36;
  EXPECT_TRUE(refusalOf(program).starts_with(
      "expected a run that takes at most 67108864 bytes of memory, but got "))
      << refusalOf(program);
  program = sample();
  program.machine.accumulatorRows = 1 << 24;
  EXPECT_TRUE(refusalOf(program).starts_with("expected a run that takes"));
  program = sample();
  program.machine.dramBytes = program.dramBytes = uint64_t(1) << 40;
  EXPECT_TRUE(refusalOf(program).starts_with("expected a run that takes"));
  EXPECT_EQ(refusalOf(sample()), "no error");
}

TEST(HostileProgramsTest, WeightTilesInTheFifoCount) {
  // 65 tiles of 16 MB f32 from one byte of DRAM that is read again and again.
  Machine machine = testMachine({2048, 2048}, 16);
  machine.unifiedBufferBytes = machine.unifiedBufferRowBytes * 2048;
  machine.fifoTiles = 1024;
  Assembler assembler(machine);
  assembler.constant(std::vector<int8_t>(2048, 1));
  for (int i = 0; i < 65; ++i) {
    LoadWeights tile;
    tile.k = tile.n = 2048;
    assembler.add(tile);
  }
  EXPECT_GT(simulationMemory(assembler.finish()).arena, uint64_t(1) << 30);
}

TEST(HostileProgramsTest, WorkOfYearsIsRefused) {
  Machine machine = testMachine({4096, 4096}, 1 << 12);
  Assembler assembler(machine);
  assembler.constant(std::vector<int8_t>(4096, 1));
  LoadWeights tile;
  tile.k = tile.n = 4096;
  Matmul product;
  product.k = 4096;
  product.counts = {1, 1, 4096};
  for (int i = 0; i < 2000; ++i) {
    product.switchWeights = i == 0;
    if (i == 0)
      assembler.add(tile);
    assembler.add(product);
  }
  Program program = assembler.finish();
  EXPECT_EQ(simulationSteps(program),
            2000ull * 4096 * 4096 * 4096 + 4096 * 4096 + 1);
  EXPECT_ERROR(Simulator(program).run({}),
               "expected a program whose simulation takes at most "
               "100000000000000 steps, multiply-adds and bytes that move, but "
               "got 137438970249217");
  SimulationOptions options;
  options.maxSteps = 10;
  EXPECT_TRUE(test::errorOf([&] { Simulator(sample()).run({}, options); })
                  .starts_with("expected a program whose simulation takes at "
                               "most 10 steps"));
}
