//===- ReportTest.cpp - What a run cost, worked by hand -------------------===//
#include "runtime/Support/Json.h"
#include "tests/unit/Support/ExpectError.h"
#include "tests/unit/Systolic/Assembler.h"
#include "tests/unit/Systolic/ReportPrograms.h"
#include <numeric>
#include <random>

using namespace tactus;
using namespace tactus::systolic;

namespace {
Report reportOf(Program program, const SimulationOptions &options = {}) {
  std::map<std::string, Tensor> inputs;
  for (const ProgramPort &port : program.inputs)
    inputs.emplace(port.name, Tensor::zeros(port.type));
  return Simulator(std::move(program)).run(inputs, options).report;
}

int64_t stall(const Counts &counts, Stall cause) {
  return counts.stalls[size_t(cause)];
}
} // namespace

// On gemmini, as TimingTest's OneTileFromLoadToStore: the rows are there at 96,
// the array works until 112, the last byte is stored at 295.
TEST(ReportTest, CountsOneTileByHand) {
  Report report = reportOf(oneTile());
  EXPECT_EQ(report.totalCycles, 295);
  EXPECT_EQ(report.cycles(), 295);
  EXPECT_EQ(report.activeCycles, 16);
  EXPECT_EQ(stall(report, Stall::Input), 96);
  EXPECT_EQ(stall(report, Stall::Drain), 183);
  // 16 of the shift, 16 rows, 31 to the far corner.
  EXPECT_EQ(report.arrayCycles, 63);
  EXPECT_EQ(report.unitCycles, 16);
  EXPECT_EQ(report.instructions, 6);
  EXPECT_EQ(report.folds, 1);
  EXPECT_EQ(report.usedCells, 256);
  EXPECT_EQ(report.usefulMacs, 4096);
  EXPECT_EQ(report.arrayMacs(), 4096);
  EXPECT_EQ(report.inputElements, 256);
  EXPECT_EQ(report.outputElements, 256);
  EXPECT_EQ(report.unifiedBufferBytes(), 12352 * 16);
  EXPECT_EQ(report.accumulatorBytes(), 16 * 16 * 4);
  EXPECT_DOUBLE_EQ(report.utilization(), 16.0 / 295);

  Traffic traffic;
  traffic.i8Macs = 4096;
  traffic.dramBytes = 256 + 256 + 1024;
  // The rows in and out again, the sums in and out again.
  traffic.unifiedBufferBytes = 256 + 256 + 1024 + 1024;
  traffic.accumulatorBytes = 1024 + 1024;
  traffic.activateElements = 256;
  EXPECT_EQ(report.traffic, traffic);

  RooflinePoint point = report.roofline();
  EXPECT_DOUBLE_EQ(point.operationsPerByte, 8192.0 / 1536);
  EXPECT_DOUBLE_EQ(point.operationsPerSecond, 8192 / 295e-9);
  EXPECT_DOUBLE_EQ(point.attainable, 8192 / (1536 / 16e9));
  EXPECT_EQ(point.bound, Bound::Dram);

  ASSERT_EQ(report.layers.size(), 1u);
  EXPECT_EQ(report.layers[0].product, (ProductShape{16, 16, 16}));
  EXPECT_EQ(report.layers[0].begin, 0);
  EXPECT_EQ(report.layers[0].end, 295);
  EXPECT_EQ(report.layers[0].arrayCycles, 63);
}

TEST(ReportTest, PrintsEveryFigureOfOneTile) {
  EXPECT_EQ(reportOf(oneTile()).str(),
            R"(machine gemmini, 16 x 16 cells, 1000 MHz
total cycles                 295  0.295 us (DMA, ACT and VEC modeled)
array cycles                  63  exact, overlapped weight loading, 1 folds
useful MACs                 4096  5.42% of all cells and cycles
unused MACs                    0  of 4096 while the array was active
throughput               27.7695  GOPS of 85.3333 GOPS roofline, bound by DRAM
intensity                5.33333  operations per DRAM byte
cycles by cause (modeled)
  array active                16    5.42%  useful 5.42%, unused 0.00%
  weight data                  0    0.00%
  weight shift                 0    0.00%
  raw                          0    0.00%
  input                       96   32.54%
  act                          0    0.00%
  bank                         0    0.00%
  barrier                      0    0.00%
  host                         0    0.00%
  other                        0    0.00%
  drain                      183   62.03%
DRAM bytes                  1536  weights 256, loads 256, stores 1024
unified buffer             12352  of 16384 rows, 197632 of 262144 bytes
accumulators                  16  of 1024 rows, 1024 of 65536 bytes
energy (modeled)        0.413926  uJ by energy-45nm: 1.403 W on average, 0.01979 TOPS/W
  array                0.0012288    0.30%
  unified buffer           0.032    7.73%
  accumulators           0.00512    1.24%
  dram                    0.3744   90.45%
  activate             0.0011776    0.28%
  vector                       0    0.00%
  static                       0    0.00%
layer  cycles  array  active  useful  input  drain  weight bytes  load bytes  store bytes      uJ
main      295     63      16   5.42%     96    183           256         256         1024  0.4139
layer as one product, by SCALE-Sim's forms     M x K x N  array  WS  IS  OS
main                                        16 x 16 x 16     63  62  62  46
)");
}

TEST(ReportTest, WritesScaleSimsColumnsAndQuotesNames) {
  Program program = oneTile();
  program.layers = {"a, \"b\""};
  // 232 of 295 cycles are more than the array alone takes.
  EXPECT_EQ(reportOf(std::move(program)).csv(),
            "LayerID, Total Cycles, Stall Cycles, Overall Util %, Mapping "
            "Efficiency %, Compute Util %, Avg IFMAP SRAM BW, Avg FILTER SRAM "
            "BW, Avg OFMAP SRAM BW, Avg IFMAP DRAM BW, Avg FILTER DRAM BW, Avg "
            "OFMAP DRAM BW, Layer,\n"
            "0, 295, 232, 5.42373, 100, 25.3968, 0.867797, 0.867797, 0.867797, "
            "0.867797, 0.867797, 3.47119, \"a, \"\"b\"\"\",\n");
}

// The first layer's product waits for its rows until 96 and works until 112.
// The second has its weights and waits for the tile to shift in behind them, to
// 192, as TimingTest's FifoOfOneTile; its results are there at 239.
TEST(ReportTest, GivesEachLayerTheCyclesInWhichItWasWaitedFor) {
  Assembler assembler = oneTileOfOnes();
  assembler.program.layers = {"first", "second"};
  assembler.add(loadOfRows(0, 16), {}, 0);
  assembler.add(loadOfWeights());
  assembler.add(productOfRows(1), {after(0, 1)});
  assembler.add(loadOfWeights()).layer = 1;
  assembler.add(productOfRows(1, 16)).layer = 1;
  Report report = reportOf(assembler.finish());
  const LayerReport &first = report.layers[0], &second = report.layers[1];
  EXPECT_EQ(stall(first, Stall::Input), 96);
  EXPECT_EQ(first.cycles(), 112);
  // What follows the last product belongs to the layer that completes next: the
  // first was complete at 143, before the second's product began.
  EXPECT_EQ(stall(first, Stall::Drain), 0);
  EXPECT_EQ(second.cycles(), 239 - 112);
}

TEST(ReportTest, CausesSumUpToTheTotalInEveryLayersShare) {
  std::mt19937_64 random(11);
  for (int i = 0; i < 60; ++i) {
    SimulationOptions options;
    options.host = zerosOf;
    if (i % 2)
      options.weightLoading = WeightLoading::Serial;
    Report report = reportOf(randomLayers(random), options);
    int64_t sum = 0;
    for (const LayerReport &layer : report.layers) {
      sum += layer.cycles();
      for (int64_t cycles : layer.stalls)
        EXPECT_GE(cycles, 0);
    }
    EXPECT_EQ(sum, report.totalCycles);
    EXPECT_EQ(report.cycles(), report.totalCycles);
    int64_t host = 0;
    for (const HostCallReport &call : report.hostCalls)
      host += call.cycles;
    EXPECT_EQ(stall(report, Stall::Host), host);
  }
}

// 1000 bytes from 64 on are 16 bursts, 64 cycles; each way has the latency
// of 64.
TEST(ReportTest, HostCallsTakeTimeAndAreNamed) {
  Assembler assembler(*findMachinePreset("gemmini"));
  assembler.program.layers = {"front", "odd"};
  assembler.program.hostFunctions = {{"even", "", {}, i8({1000})},
                                     {"sort", "", {}, i8({1000})}};
  assembler.constant(std::vector<int8_t>(64, 1));
  assembler.output("c", i8({1024}));
  assembler.add(loadOfRows(0, 4));
  assembler.add(HostCall{1, 64, 1000}).layer = 1;
  assembler.add(Fence());
  Program program = assembler.finish();
  SimulationOptions options;
  options.host = zerosOf;
  program.outputs.clear();
  SimulationResult result = Simulator(program).run({}, options);
  // The load: 4 cycles and 64 of latency.
  EXPECT_EQ(result.times[1].start, 68);
  EXPECT_EQ(result.times[1].end, 68 + 192);
  const Report &report = result.report;
  EXPECT_EQ(report.totalCycles, 260);
  EXPECT_EQ(stall(report.layers[1], Stall::Host), 192);
  EXPECT_EQ(stall(report.layers[0], Stall::Host), 0);
  EXPECT_EQ(stall(report.layers[0], Stall::Drain), 68);
  EXPECT_EQ(report.hostBytes, 1024);
  EXPECT_EQ(report.traffic.dramBytes, 64 + 1024);
  ASSERT_EQ(report.hostCalls.size(), 1u);
  EXPECT_EQ(report.hostCalls[0],
            (HostCallReport{1, 1, "sort", "odd", 1024, 192}));
  EXPECT_NE(report.str().find("host call: instruction 1 of layer odd runs sort "
                              "on the host: 1024 bytes there and back in 192 "
                              "cycles\n"),
            std::string::npos)
      << report.str();
}

// Weights have a way of their own, so the other bytes are no part of the
// intensity, and may be what binds.
TEST(ReportTest, RooflineOfAMachineWithTwoWaysToDram) {
  Program program = oneTile();
  program.machine.host = Channel{8'000'000'000, 64, 64, 16};
  RooflinePoint point = reportOf(std::move(program)).roofline();
  EXPECT_DOUBLE_EQ(point.operationsPerByte, 8192.0 / 256);
  EXPECT_EQ(point.bound, Bound::Host);
  EXPECT_DOUBLE_EQ(point.attainable, 8192 / (1280 / 8e9));
}

TEST(ReportTest, WithoutProductsAllIsDrain) {
  Assembler assembler = oneTileOfOnes();
  assembler.add(loadOfRows(0, 16));
  Report report = reportOf(assembler.finish());
  EXPECT_EQ(stall(report, Stall::Drain), report.totalCycles);
  EXPECT_EQ(report.arrayCycles, 0);
  EXPECT_EQ(report.utilization(), 0);
  EXPECT_EQ(report.roofline().operationsPerSecond, 0);
  EXPECT_EQ(report.layers[0].product, std::nullopt);
}

TEST(ReportTest, FindsTheProductThatALayerIs) {
  std::mt19937_64 random(3);
  auto draw = [&](int64_t most) { return int64_t(1 + random() % most); };
  for (int i = 0; i < 50; ++i) {
    Machine machine = testMachine({8, 5}, 96);
    std::vector<int64_t> chunks = {draw(40)};
    if (i % 2)
      chunks.push_back(draw(40));
    ProductShape shape = {std::accumulate(chunks.begin(), chunks.end(), 0l),
                          draw(30), draw(30)};
    Program program = assembleProduct(machine, shape, DataType::I8, chunks,
                                      std::vector<uint8_t>(shape.k * shape.n));
    auto products = findProducts(program, Dependences(program));
    EXPECT_EQ(products, std::vector<std::optional<ProductShape>>{shape});
  }
}

// Two products whose weights lie one below the other would pass for one of
// twice the k, if it were not for the sums that are drained.
TEST(ReportTest, ABatchIsNotOneProduct) {
  Assembler assembler = oneTileOfOnes();
  assembler.program.machine.fifoTiles = 2;
  assembler.add(loadOfRows(0, 16), {}, 0);
  LoadWeights weights = loadOfWeights();
  assembler.add(weights);
  weights.address = 256;
  assembler.add(weights);
  assembler.add(productOfRows(1), {after(0, 1)}, 1);
  assembler.add(productOfRows(1, 16), {}, 1);
  assembler.add(drainOfRows(0), {after(1, 1)});
  Activate second = drainOfRows(16);
  second.destinationRow = 13000;
  assembler.add(second, {after(1, 2)});
  Report report = reportOf(assembler.finish());
  EXPECT_EQ(report.folds, 2);
  EXPECT_EQ(report.layers[0].product, std::nullopt);
}

TEST(TraceTest, HasATrackAQueueASliceAnInstructionAndACounter) {
  Program program = oneTile();
  program.layers = {"y"};
  SimulationResult result = Simulator(program).run({});
  std::string text = makeTrace(program, result.times);
  EXPECT_EQ(text, makeTrace(program, result.times));
  json::Document document = json::Document::parse(text, "trace.json");
  std::map<std::string, int> kinds;
  std::vector<int64_t> bytes;
  json::Value events = *document.root().find("traceEvents");
  for (json::Value event : events) {
    std::string kind(event.find("ph")->asString());
    ++kinds[kind];
    json::Value arguments = *event.find("args");
    if (kind == "C")
      bytes.push_back(arguments.find("bytes")->asInt64());
    if (kind == "X")
      EXPECT_EQ(arguments.find("layer")->asString(), "y");
    if (kind == "X" && event.find("name")->asString() == "matmul") {
      EXPECT_EQ(event.find("tid")->asInt64(), int(Queue::MM));
      EXPECT_EQ(event.find("ts")->asDouble(), 0.096);
      EXPECT_EQ(event.find("dur")->asDouble(), 0.016);
      EXPECT_EQ(arguments.find("rows")->asInt64(), 16);
    }
  }
  EXPECT_EQ(kinds, (std::map<std::string, int>{{"M", 7}, {"X", 6}, {"C", 6}}));
  // Weights at 0, rows at 16; they come at 80 and 96; the store from 167 on.
  EXPECT_EQ(bytes, (std::vector<int64_t>{256, 512, 256, 0, 1024, 0}));
}
