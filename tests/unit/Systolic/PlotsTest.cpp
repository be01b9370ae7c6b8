//===- PlotsTest.cpp - Timelines and rooflines ----------------------------===//
#include "runtime/Systolic/Plots.h"
#include "runtime/Support/Svg.h"
#include "tests/unit/Systolic/ReportPrograms.h"
#include <gtest/gtest.h>
#include <regex>

using namespace tactus;
using namespace tactus::systolic;

namespace {
struct Drawn {
  Program program;
  SimulationResult result;
};

Drawn play(Program program) {
  std::map<std::string, Tensor> inputs;
  for (const ProgramPort &port : program.inputs)
    inputs.emplace(port.name, Tensor::zeros(port.type));
  SimulationOptions options;
  options.host = zerosOf;
  SimulationResult result = Simulator(program).run(inputs, options);
  return {std::move(program), std::move(result)};
}

/// A product whose instructions are shared out to as many layers.
Drawn playLayers(int64_t count) {
  ProductShape shape = {64, 128, 256};
  Program program =
      assembleProduct(*findMachinePreset("edge"), shape, DataType::I8, {32, 32},
                      std::vector<uint8_t>(shape.k * shape.n));
  program.layers.clear();
  for (int64_t i = 0; i < count; ++i)
    program.layers.push_back("block_" + std::to_string(i) + ".matmul_relu");
  size_t all = program.instructions.size();
  for (size_t i = 0; i < all; ++i)
    program.instructions[i].layer = uint16_t(i * count / all);
  return play(std::move(program));
}

/// The texts of a drawing that stand upright, with the room they take.
std::vector<std::pair<std::string, svg::Box>> textsOf(const std::string &text) {
  static const std::regex pattern(
      "<text x=\"([^\"]+)\" y=\"([^\"]+)\" font-size=\"([^\"]+)\" "
      "fill=\"[^\"]+\"( text-anchor=\"(middle|end)\")?"
      "( font-weight=\"bold\")?>([^<]*)</text>");
  std::vector<std::pair<std::string, svg::Box>> texts;
  for (std::sregex_iterator it(text.begin(), text.end(), pattern), end;
       it != end; ++it) {
    const std::smatch &match = *it;
    if (match[7].length() == 0)
      continue;
    svg::TextStyle style{.size = std::stod(match[3])};
    if (match[5] == "middle")
      style.anchor = svg::Anchor::Middle;
    else if (match[5] == "end")
      style.anchor = svg::Anchor::End;
    texts.emplace_back(match[7],
                       svg::textBox({std::stod(match[1]), std::stod(match[2])},
                                    match[7].str(), style));
  }
  return texts;
}

void expectApart(const std::string &drawing) {
  auto texts = textsOf(drawing);
  EXPECT_GT(texts.size(), 10u);
  for (size_t i = 0; i < texts.size(); ++i)
    for (size_t j = 0; j < i; ++j)
      EXPECT_FALSE(texts[i].second.overlaps(texts[j].second))
          << texts[i].first << " and " << texts[j].first;
}

size_t count(const std::string &text, const std::string &part) {
  size_t found = 0;
  for (size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at)
    ++found;
  return found;
}
} // namespace

TEST(TimelineTest, HasALaneAQueueAxesAndALegend) {
  Drawn drawn = play(oneTile());
  std::string text = drawTimeline(drawn.program, drawn.result.times);
  EXPECT_EQ(text, drawTimeline(drawn.program, drawn.result.times));
  for (const char *word :
       {">LD<", ">WL<", ">MM<", ">ACT<", ">ST<", ">main<", ">time (cycles)<",
        ">time (us)<", ">gemmini: 6 instructions in 295 cycles, 0.295 us<"})
    EXPECT_NE(text.find(word), std::string::npos) << word;
  EXPECT_EQ(text.find(">HOST<"), std::string::npos);
  // A slice for each but the halt, with its cycles; 1084 pixels are 295 cycles.
  EXPECT_EQ(count(text, ", layer main, cycles "), 5u);
  EXPECT_NE(text.find("<title>2 matmul, layer main, cycles 96 to 112</title>"),
            std::string::npos);
  EXPECT_NE(text.find("<rect x=\"444.76\""), std::string::npos) << text;
  expectApart(text);
}

TEST(TimelineTest, HostCallsHaveALaneOfTheirOwn) {
  Program program = oneTile();
  program.instructions.insert(program.instructions.end() - 1,
                              Instruction(HostCall{0, 4096, 64}));
  program.hostFunctions = {{"k", "", {}, i8({64})}};
  Drawn drawn = play(std::move(program));
  std::string text = drawTimeline(drawn.program, drawn.result.times);
  EXPECT_NE(text.find(">HOST<"), std::string::npos);
  EXPECT_NE(text.find(">host_call<"), std::string::npos);
}

// 5000 products of 16 cycles each: a pixel is 70 cycles and more.
TEST(TimelineTest, DrawsWhatIsNarrowerThanAPixelTogether) {
  Assembler assembler = oneTileOfOnes();
  assembler.add(loadOfRows(0, 16), {}, 0);
  assembler.add(loadOfWeights());
  assembler.add(productOfRows(1), {after(0, 1)});
  Matmul product = productOfRows(1);
  product.switchWeights = false;
  for (int i = 0; i < 5000; ++i)
    assembler.add(product);
  Drawn drawn = play(assembler.finish());
  std::string text = drawTimeline(drawn.program, drawn.result.times);
  EXPECT_LT(text.size(), 20000u);
  EXPECT_NE(text.find("layer main, busy for 100% of the time or less"),
            std::string::npos);
}

TEST(TimelineTest, ManyLayersShareTheLastColor) {
  Drawn drawn = playLayers(40);
  std::string text = drawTimeline(drawn.program, drawn.result.times);
  EXPECT_NE(text.find(">17 other layers<"), std::string::npos);
  expectApart(text);
  EXPECT_EQ(drawTimeline(playLayers(24).program, playLayers(24).result.times)
                .find("other layers"),
            std::string::npos);
}

TEST(RooflineTest, LabelsTheRoofTheWholeAndEachLayer) {
  std::string text = drawRoofline(play(oneTile()).result.report);
  for (const char *word :
       {">peak 512 GOPS<", ">DRAM, 16 GB/s<", ">whole, 27.8 GOPS<",
        ">main, 27.8 GOPS<", ">operations per DRAM byte<",
        ">operations per second (OPS)<",
        ">gemmini: 27.8 GOPS of 85.3 GOPS attainable, 0.295 us<"})
    EXPECT_NE(text.find(word), std::string::npos) << word;
  EXPECT_EQ(count(text, "<circle"), 2u);
  expectApart(text);
}

TEST(RooflineTest, LabelsOfManyLayersStandApart) {
  for (int64_t layers : {5, 15, 40}) {
    Report report = playLayers(layers).result.report;
    std::string text = drawRoofline(report);
    expectApart(text);
    size_t points = 1;
    for (const LayerReport &layer : report.layers)
      points += layer.usefulMacs > 0 &&
                layer.weightBytes + layer.loadedBytes + layer.storedBytes > 0;
    EXPECT_EQ(count(text, "<circle"), points);
  }
}

// Nothing to show under the roof: the roof alone.
TEST(RooflineTest, WithoutProductsThereIsTheRoof) {
  Assembler assembler = oneTileOfOnes();
  assembler.add(loadOfRows(0, 16));
  std::string text = drawRoofline(play(assembler.finish()).result.report);
  EXPECT_NE(text.find(">peak 512 GOPS<"), std::string::npos);
  EXPECT_NE(text.find(">gemmini: 0 OPS of 0 OPS attainable"),
            std::string::npos);
  EXPECT_NE(text.find(">2 without products or DRAM bytes not shown<"),
            std::string::npos);
  EXPECT_EQ(count(text, "<circle"), 0u);
}
