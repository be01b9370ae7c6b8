//===- GraphText.cpp - Graphs for people ----------------------------------===//
#include "compiler/Tools/GraphText.h"
#include "compiler/Tools/NodeText.h"
#include "dialects/Tactus/TactusDialect.h"

using namespace mlir;

namespace tactus {

namespace {
/// Lines of columns that are as wide as their widest entry.
class Columns {
public:
  void add(std::string first, std::string second, std::string third = "") {
    rows.push_back({std::move(first), std::move(second), std::move(third)});
  }
  /// A line that is as long as it is.
  void addLine(std::string line) { rows.push_back({std::move(line), "", ""}); }

  std::string text() const {
    size_t widths[2] = {0, 0};
    for (const auto &row : rows)
      for (int i = 0; i < 2 && !row[1].empty(); ++i)
        widths[i] = std::max(widths[i], row[i].size());
    std::string out;
    for (const auto &row : rows) {
      std::string line = "  " + row[0];
      if (row[1].empty()) {
        out += line + "\n";
        continue;
      }
      line.resize(2 + widths[0] + 2, ' ');
      line += row[1];
      if (!row[2].empty()) {
        line.resize(2 + widths[0] + 2 + widths[1] + 2, ' ');
        line += row[2];
      }
      out += line + "\n";
    }
    return out;
  }

private:
  std::vector<std::array<std::string, 3>> rows;
};
} // namespace

/// Adds the nodes of `block`, and below each those of its regions, with what
/// these take and give: `body(state f32[4])` and `-> next`.
static void addNodes(Block &block, const NodeNames &names,
                     const DimensionNames &dims, const std::string &indent,
                     Columns &columns) {
  for (Operation &op : block) {
    if (!isNode(&op, names))
      continue;
    std::string types;
    for (Value result : op.getResults())
      types += (types.empty() ? "" : " ") + typeText(result, dims);
    columns.add(indent + names.of(&op), types, callText(&op, names));
    for (Region &region : op.getRegions()) {
      std::string arguments, results;
      for (BlockArgument argument : region.getArguments())
        arguments += (arguments.empty() ? "" : ", ") + names.of(argument) +
                     " " + typeText(argument, dims);
      columns.addLine(indent + "  " + regionName(region) +
                      (arguments.empty() ? "" : "(" + arguments + ")"));
      addNodes(region.front(), names, dims, indent + "    ", columns);
      for (Value result : region.front().getTerminator()->getOperands())
        results += (results.empty() ? "" : ", ") + names.of(result);
      columns.addLine(indent + "    -> " + results);
    }
  }
}

std::string graphText(const Program &program) {
  func::FuncOp main = program.main();
  Block &body = main.getBody().front();
  NodeNames names(main);
  DimensionNames dims(main);
  auto title = main->getParentOfType<ModuleOp>().getName();
  std::string text = "graph";
  if (title && !title->empty())
    text += " " + title->str();
  text += "\n";
  auto section = [&](const std::string &head, const Columns &columns) {
    if (std::string lines = columns.text(); !lines.empty())
      text += head + "\n" + lines;
  };

  Columns inputs, parameters, nodes, outputs;
  for (const Port &port : inputPorts(main))
    inputs.add(port.name, port.type.str());
  main.walk([&](ir::ParameterOp parameter) {
    parameters.add(names.of(parameter.getOperation()),
                   typeText(parameter.getResult(), dims));
  });
  addNodes(body, names, dims, "", nodes);
  for (auto [port, value] :
       llvm::zip(outputPorts(main), body.getTerminator()->getOperands())) {
    std::string reference = names.of(value);
    outputs.add(port.name, typeText(value, dims),
                reference == port.name ? "" : reference);
  }
  section("inputs", inputs);
  section(program.parameterFile.empty()
              ? "parameters"
              : "parameters of " + program.parameterFile,
          parameters);
  section("nodes", nodes);
  section("outputs", outputs);
  return text;
}

std::string mlirText(const Program &program) {
  std::string text;
  llvm::raw_string_ostream out(text);
  program.main()->getParentOfType<ModuleOp>().print(
      out, OpPrintingFlags().enableDebugInfo());
  return text;
}

} // namespace tactus
