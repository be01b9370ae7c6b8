//===- ReportJsonTest.cpp - Reports and energies as files -----------------===//
#include "tests/unit/Support/ExpectError.h"
#include "tests/unit/Systolic/ReportPrograms.h"

using namespace tactus;
using namespace tactus::systolic;

namespace {
Report reportOf(Program program) {
  SimulationOptions options;
  options.host = zerosOf;
  std::map<std::string, Tensor> inputs;
  for (const ProgramPort &port : program.inputs)
    inputs.emplace(port.name, Tensor::zeros(port.type));
  return Simulator(std::move(program)).run(inputs, options).report;
}

/// The text with the first `from` replaced, which must be there.
std::string with(std::string text, const std::string &from,
                 const std::string &to) {
  size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from << " in " << text;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string errorOfReport(const std::string &text) {
  return test::errorOf([&] { (void)parseReportJson(text, "r.json"); });
}
std::string errorOfEnergy(const std::string &text) {
  return test::errorOf([&] { (void)parseEnergyJson(text, "e.json"); });
}
} // namespace

TEST(ReportJsonTest, ReadsBackEveryFigure) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 40; ++i) {
    Report report = reportOf(randomLayers(random));
    report.energyTable.staticCycle = double(i);
    std::string text = report.json();
    Report again = parseReportJson(text, "r.json");
    EXPECT_EQ(again, report);
    EXPECT_EQ(again.json(), text);
    EXPECT_EQ(again.str(), report.str());
  }
}

// Of a program without DRAM traffic the intensity is infinite.
TEST(ReportJsonTest, ReadsBackWhatIsInfinite) {
  Assembler assembler(*findMachinePreset("gemmini"));
  assembler.add(Fence());
  Report report = reportOf(assembler.finish());
  EXPECT_NE(report.json().find("\"operations_per_byte\": \"inf\""),
            std::string::npos);
  EXPECT_EQ(parseReportJson(report.json(), "r.json"), report);
}

TEST(ReportJsonTest, RefusesOtherFiles) {
  EXPECT_EQ(errorOfReport("{}"),
            "r.json:1:1: expected a key 'tactus_report', but got none");
  EXPECT_EQ(errorOfReport("[]"),
            "r.json:1:1: expected an object, but got an array of 0");
  EXPECT_EQ(errorOfReport("{\"tactus_report\": 2}"),
            "r.json:1:19: /tactus_report: expected version 1, but got 2");
}

TEST(ReportJsonTest, RefusesFiguresThatContradictEachOther) {
  std::string text = reportOf(oneTile()).json();
  EXPECT_NE(
      errorOfReport(with(text, "\"total_cycles\": 295", "\"total_cycles\": 9"))
          .find("/total_cycles: expected the sum of active cycles and stalls "
                "(295), but got 9"),
      std::string::npos);
  EXPECT_NE(
      errorOfReport(with(text, "\"seconds\": 2.95e-07", "\"seconds\": 1.0"))
          .find("/seconds: expected 2.95e-07, which follows from the "
                "counts, but got 1.0"),
      std::string::npos);
  EXPECT_NE(
      errorOfReport(with(text, "\"bound\": \"dram\"", "\"bound\": \"array\""))
          .find("/bound: expected 'dram', which follows from the counts, "
                "but got 'array'"),
      std::string::npos);
  EXPECT_NE(errorOfReport(with(text, "\"unified_buffer_rows\": 12352",
                               "\"unified_buffer_rows\": 16385"))
                .find("/unified_buffer_rows: expected at most 16384, which the "
                      "machine has, but got 16385"),
            std::string::npos);
  EXPECT_NE(errorOfReport(with(text, "\"m\": 16", "\"m\": 17"))
                .find("/layers/0/product: expected m x k x n to be the layer's "
                      "useful MACs (4096), but got another product"),
            std::string::npos);
  size_t layers = text.find("\"layers\"");
  std::string tail = with(text.substr(layers), "\"weight_bytes\": 256",
                          "\"weight_bytes\": 64");
  EXPECT_NE(errorOfReport(text.substr(0, layers) + tail)
                .find("/layers/0/operations_per_byte: expected"),
            std::string::npos);
  tail =
      with(text.substr(layers), "\"instructions\": 6", "\"instructions\": 5");
  EXPECT_NE(errorOfReport(text.substr(0, layers) + tail)
                .find("/layers: expected layers whose counts sum up to the "
                      "report's, but got others"),
            std::string::npos);
}

TEST(ReportJsonTest, RefusesMissingUnknownAndWrongMembers) {
  std::string text = reportOf(oneTile()).json();
  EXPECT_NE(errorOfReport(with(text, "\"weight_data\": 0, ", ""))
                .find("/stalls: expected a key 'weight_data', but got none"),
            std::string::npos);
  EXPECT_NE(errorOfReport(with(text, "\"folds\": 1", "\"folds\": -1"))
                .find("/folds: expected"),
            std::string::npos);
  EXPECT_NE(
      errorOfReport(with(text, "\"folds\": 1", "\"fold\": 1")).find("'fold'"),
      std::string::npos);
  EXPECT_NE(errorOfReport(with(text, "\"overlapped\"", "\"eager\""))
                .find("/weight_loading: expected 'overlapped' or 'serial', but "
                      "got 'eager'"),
            std::string::npos);
  EXPECT_NE(errorOfReport(with(text, "\"rows\": 16", "\"rows\": 0"))
                .find("/machine/array/rows: expected 1 to 4096, but got 0"),
            std::string::npos);
}

// What would overflow in a sum or a product is refused before.
TEST(ReportJsonTest, RefusesCountsPastWhatIsCounted) {
  std::string text = reportOf(oneTile()).json();
  EXPECT_NE(errorOfReport(with(text, "\"active_cycles\": 16",
                               "\"active_cycles\": 9007199254740992"))
                .find("/active_cycles: expected at most 35184372088832, whose "
                      "products can be counted, but got 9007199254740992"),
            std::string::npos);
  EXPECT_NE(
      errorOfReport(with(text, "\"folds\": 1", "\"folds\": 9007199254740993"))
          .find("/folds: expected"),
      std::string::npos);
}

TEST(EnergyTest, TheTableThatIsBuiltInReadsBack) {
  const EnergyTable &table = defaultEnergyTable();
  EXPECT_EQ(parseEnergyJson(toJson(table), "e.json"), table);
}

TEST(EnergyTest, CountsByComponent) {
  EnergyTable table{"mine", "", 1, 2, 3, 4, 5, 6, 7, 8};
  Traffic traffic{10, 20, 30, 40, 50, 60, 70};
  Energy energy = energyOf(table, traffic, 80);
  EXPECT_EQ(energy.array, 10 * 1 + 20 * 2);
  EXPECT_EQ(energy.dram, 30 * 3);
  EXPECT_EQ(energy.unifiedBuffer, 40 * 4);
  EXPECT_EQ(energy.accumulators, 50 * 5);
  EXPECT_EQ(energy.activate, 60 * 6);
  EXPECT_EQ(energy.vector, 70 * 7);
  EXPECT_EQ(energy.fixed, 80 * 8);
  EXPECT_EQ(energy.total(), 50 + 90 + 160 + 250 + 360 + 490 + 640);
}

// Each operand and result where the instruction says, residual and vectors too.
TEST(EnergyTest, CountsWhatInstructionsTouch) {
  const Machine &machine = *findMachinePreset("gemmini");
  Activate drain;
  drain.rows = 8;
  drain.columns = 10;
  drain.function = Function::Prelu;
  drain.perChannelScale = true;
  drain.residual = Residual{};
  drain.pooling = Pooling{2, 2, 2, 2, 4};
  Traffic expected;
  expected.activateElements = 80;
  expected.accumulatorBytes = 320;
  // 2 rows out, 8 of the residual, a row of scales and one of slopes.
  expected.unifiedBufferBytes = 20 + 80 + 40 + 40;
  EXPECT_EQ(trafficOf(drain, nullptr, machine), expected);

  Vec vec;
  vec.rows = 3;
  vec.columns = 5;
  vec.inputType = DataType::I32;
  vec.lhs.space = Space::Accumulators;
  vec.operation = VectorOperation::Add;
  vec.rightType = DataType::BF16;
  expected = {};
  expected.vectorElements = 15;
  expected.accumulatorBytes = 60;
  expected.unifiedBufferBytes = 30 + 60;
  EXPECT_EQ(trafficOf(vec, nullptr, machine), expected);

  LoadWeights weights;
  weights.source = WeightSource::UnifiedBuffer;
  weights.type = DataType::BF16;
  weights.k = 3;
  weights.n = 4;
  expected = {};
  expected.unifiedBufferBytes = 24;
  EXPECT_EQ(trafficOf(weights, nullptr, machine), expected);

  Matmul product;
  product.type = DataType::BF16;
  product.counts = {1, 2, 5};
  product.k = 3;
  product.accumulate = true;
  expected = {};
  expected.bf16Macs = 10 * 3 * 4;
  expected.unifiedBufferBytes = 10 * 3 * 2;
  // Read and written.
  expected.accumulatorBytes = 2 * 10 * 4 * 4;
  EXPECT_EQ(trafficOf(product, &weights, machine), expected);
}

TEST(EnergyTest, RefusesTablesThatAreNone) {
  std::string text = toJson(defaultEnergyTable());
  EXPECT_EQ(errorOfEnergy("{\"tactus_energy\": 2, \"name\": \"x\", "
                          "\"picojoules\": {}, \"volts\": 1}")
                .substr(0, 73),
            "e.json:1:19: /tactus_energy: expected version 1, but got 2\n"
            "e.json:1:49: /");
  EXPECT_EQ(errorOfEnergy(with(text, "0.3", "-0.3")),
            "e.json:6:15: /picojoules/mac_i8: expected 0 to 1e12 picojoules, "
            "but got -0.3");
  EXPECT_EQ(errorOfEnergy(with(text, "0.3", "1e13")),
            "e.json:6:15: /picojoules/mac_i8: expected 0 to 1e12 picojoules, "
            "but got 1e13");
  EXPECT_EQ(errorOfEnergy(with(text, "0.3", "\"nan\"")),
            "e.json:6:15: /picojoules/mac_i8: expected a number, but got "
            "'nan'");
  EXPECT_EQ(errorOfEnergy(with(text, "mac_i8", "mac_i4"))
                .find("e.json:5:17: /picojoules: expected a key 'mac_i8', but "
                      "got none"),
            0u);
}

TEST(ReportCompareTest, ShowsOldNewDifferenceAndPercent) {
  Report before = reportOf(oneTile());
  Report after = before;
  after.layers[0].name = "other";
  std::string text = compareReports(before, after);
  EXPECT_NE(
      text.find(
          "total cycles              295       295          +0        =\n"),
      std::string::npos)
      << text;
  // Layers without a partner stand alone.
  EXPECT_NE(
      text.find(
          "layer main                295         -           -        -\n"),
      std::string::npos)
      << text;
  EXPECT_NE(
      text.find(
          "layer other                 -       295           -        -\n"),
      std::string::npos)
      << text;

  // 4 bursts take 41 cycles where 16 may be under way for 164: the tile comes
  // at 205, the rows at 246, the sums at 293 and 317; the store takes 164 and
  // 164.
  Program slower = oneTile();
  slower.machine.name = "slower";
  slower.machine.dram.latency = 164;
  after = reportOf(std::move(slower));
  text = compareReports(before, after);
  EXPECT_EQ(text.substr(0, text.find("time (us)")),
            "machine gemmini against slower\n"
            "                          old       new  difference   percent\n"
            "total cycles              295       645        +350  +118.64%\n");
}
