//===- HostCallTest.cpp - What a host is given, and for how long ----------===//
#include "runtime/Systolic/ProgramFile.h"
#include "runtime/Systolic/SimulationCost.h"
#include "tests/unit/Support/ExpectError.h"
#include "tests/unit/Systolic/Assembler.h"
#include <cstring>

using namespace tactus;
using namespace tactus::systolic;

namespace {

/// y = a host function of the constant [5, 6, 7] and of the input x.
struct HostCallTest : testing::Test {
  HostCallTest() : assembler(testMachine({4, 4})) {
    uint64_t k = assembler.constant<int16_t>({5, 6, 7});
    uint64_t x = assembler.input("x", f32({2, 2}));
    uint64_t y = assembler.output("y", i64({3}));
    assembler.program.hostFunctions = {
        {"sort", "text", {{i16({3}), k}, {f32({2, 2}), x}}, i64({3})}};
    assembler.add(HostCall{0, y, 24});
  }

  SimulationOptions withHost(Host host) {
    SimulationOptions options;
    options.host = std::move(host);
    return options;
  }
  SimulationResult run(Host host) {
    return Simulator(assembler.finish())
        .run({{"x", x}}, withHost(std::move(host)));
  }
  std::string errorOf(Host host = {}) {
    return test::errorOf([&] { run(std::move(host)); });
  }
  HostFunction &function() { return assembler.program.hostFunctions[0]; }

  Assembler assembler;
  Tensor x = Tensor::fromVector<float>({2, 2}, {0.5, -1, 2, 8});
};

TEST_F(HostCallTest, HasTheHostComputeATensorFromTensors) {
  SimulationResult result =
      run([&](const HostFunction &function, std::span<const Tensor> inputs) {
        EXPECT_EQ(function.name, "sort");
        EXPECT_EQ(inputs.size(), 2u);
        EXPECT_TRUE(inputs[0].bitwiseEquals(
            Tensor::fromVector<int16_t>({3}, {5, 6, 7})));
        EXPECT_TRUE(inputs[1].bitwiseEquals(x));
        return Tensor::fromVector<int64_t>({3}, {-1, int64_t(1) << 40, 3});
      });
  EXPECT_TRUE(result.outputs.at("y").bitwiseEquals(
      Tensor::fromVector<int64_t>({3}, {-1, int64_t(1) << 40, 3})));
}

// Bursts of 64 bytes: one for each input, one for the output. Each way has the
// latency of DRAM.
TEST_F(HostCallTest, TakesTheTimeOfItsTensorsThereAndBack) {
  Machine &machine = assembler.program.machine;
  machine.clockHz = 1'000'000'000;
  machine.dram = {16'000'000'000, 100, 64, 64};
  SimulationResult result =
      run([](auto &, auto) { return Tensor::zeros(i64({3})); });
  int64_t cycles = 100 + 2 * 64 / 16 + 100 + 64 / 16;
  EXPECT_EQ(result.times[0].end - result.times[0].start, cycles);
  const Report &report = result.report;
  EXPECT_EQ(report.totalCycles, cycles);
  EXPECT_EQ(report.hostBytes, 3 * 64);
  EXPECT_EQ(report.traffic.dramBytes, 3 * 64);
  ASSERT_EQ(report.hostCalls.size(), 1u);
  EXPECT_EQ(report.hostCalls[0],
            (HostCallReport{0, 0, "sort", "main", 3 * 64, cycles}));
  EXPECT_NE(report.str().find("host call: instruction 0 of layer main runs "
                              "sort on the host: 192 bytes there and back in " +
                              std::to_string(cycles) + " cycles\n"),
            std::string::npos)
      << report.str();
}

TEST_F(HostCallTest, NamesTheLayerOfWhatFails) {
  EXPECT_EQ(errorOf([](auto &, auto) -> Tensor {
              throw Error("expected an index below 3, but got 7");
            }),
            "'main' (host_call): instruction 0: 'sort' on the host: expected "
            "an index below 3, but got 7");
}

TEST_F(HostCallTest, RefusesAnotherTypeFromTheHost) {
  EXPECT_EQ(errorOf([](auto &, auto) { return Tensor::zeros(i32({6})); }),
            "'main' (host_call): instruction 0: expected i64[3] from the host, "
            "but got i32[6]");
}

TEST_F(HostCallTest, RefusesInputsThatNothingWrote) {
  function().inputs[1].address = assembler.program.outputs[0].address;
  function().inputs[1].type = f32({2});
  EXPECT_TRUE(
      errorOf([](auto &, auto) { return Tensor::zeros(i64({3})); })
          .starts_with("'main' (host_call): instruction 0: expected DRAM "
                       "byte"));
}

TEST_F(HostCallTest, RefusesBytesThatAreNoTruthValues) {
  function().inputs[0].type = i1({3});
  EXPECT_EQ(errorOf([](auto &, auto) { return Tensor::zeros(i64({3})); }),
            "'main' (host_call): instruction 0: expected DRAM byte 0 to be a "
            "truth value, 0 or 1, but got 5");
}

TEST_F(HostCallTest, RefusesFunctionsThatAreNone) {
  std::get<HostCall>(assembler.program.instructions[0].operands).function = 1;
  EXPECT_EQ(errorOf(), "'main' (host_call): instruction 0: expected a host "
                       "function below 1, but got 1");
}

TEST_F(HostCallTest, RefusesAnotherNumberOfBytes) {
  std::get<HostCall>(assembler.program.instructions[0].operands).bytes = 16;
  EXPECT_EQ(errorOf(), "'main' (host_call): instruction 0: expected the 24 "
                       "bytes of i64[3], but got 16");
}

TEST_F(HostCallTest, RefusesInputsPastTheEndOfDram) {
  function().inputs[0].address = ~uint64_t(0) - 3;
  EXPECT_EQ(errorOf(), "host function 0: expected an input below the end of "
                       "DRAM (" +
                           std::to_string(assembler.program.dramBytes) +
                           "), but got 6 bytes from 18446744073709551612");
}

TEST_F(HostCallTest, RefusesTypesThatAreNotStatic) {
  function().output = i64({"n"});
  EXPECT_EQ(errorOf(),
            "host function 0: expected a static type, but got i64[n]");
}

TEST_F(HostCallTest, CountsItsTensorsAsMemoryOfARun) {
  Program program = assembler.finish();
  uint64_t with = simulationMemory(program).total();
  program.hostFunctions[0].inputs.clear();
  EXPECT_EQ(with - simulationMemory(program).total(), 6u + 16u);
}

/// What the reader says of a file in which `to`, as long as it, is in place of
/// `from`.
std::string errorOfFile(const Program &program, std::string_view from,
                        std::string_view to) {
  std::string text = serialize(program);
  text.replace(text.find(from), from.size(), to);
  auto bytes = [&] {
    return std::span(reinterpret_cast<const uint8_t *>(text.data()),
                     text.size());
  };
  uint64_t sum = programChecksum(bytes());
  std::memcpy(text.data() + 40, &sum, 8);
  return test::errorOf([&] { deserialize(bytes(), "p.sys"); });
}

TEST_F(HostCallTest, RefusesFilesOfAnotherFormat) {
  Program program = assembler.finish();
  EXPECT_EQ(errorOfFile(program, "\"i16\"", "\"i99\""),
            "p.sys: /host_functions/0/inputs/0/element_type: expected an "
            "element type, but got 'i99'");
  EXPECT_EQ(errorOfFile(program, "\"text\": \"text\"", "\"text\":      1"),
            "p.sys: /host_functions/0/text: expected a string, but got 1");
  EXPECT_EQ(errorOfFile(program, "\"output\"", "\"outpus\""),
            "p.sys: /host_functions/0: expected a key 'output', but got none\n"
            "p.sys: /host_functions/0/outpus: expected one of the keys "
            "'inputs', 'name', 'output', 'text', but got 'outpus' (did you "
            "mean 'output'?)");
}

TEST_F(HostCallTest, RoundTripsThroughFiles) {
  function().text = "module {\n  \"x\"\t}";
  Program program = assembler.finish();
  std::string text = serialize(program);
  Program again = deserialize(
      {reinterpret_cast<const uint8_t *>(text.data()), text.size()}, "p.sys");
  EXPECT_EQ(again, program);
  EXPECT_EQ(serialize(again), text);
}

} // namespace
