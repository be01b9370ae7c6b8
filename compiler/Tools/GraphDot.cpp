//===- GraphDot.cpp - Graphs for Graphviz ---------------------------------===//
#include "compiler/Tools/GraphText.h"
#include "compiler/Tools/NodeText.h"
#include "dialects/Tactus/TactusDialect.h"

using namespace mlir;

namespace tactus {

static std::string dotString(StringRef text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\')
      out += '\\';
    out += c;
  }
  return out + "\"";
}

/// In a label \n breaks the line, so it comes after quoting.
static std::string twoLines(const std::string &first,
                            const std::string &second) {
  std::string head = dotString(first), tail = dotString(second);
  return head.substr(0, head.size() - 1) + "\\n" + tail.substr(1);
}

namespace {
class DotWriter {
public:
  explicit DotWriter(func::FuncOp main) : main(main), names(main), dims(main) {}

  std::string write() {
    auto title = main->getParentOfType<ModuleOp>().getName();
    text = "digraph " + dotString(title.value_or("graph")) + " {\n" +
           "  node [shape=box, fontname=\"sans-serif\"];\n" +
           "  edge [fontname=\"sans-serif\", fontsize=10];\n";
    for (const Port &port : inputPorts(main))
      box(port.name, twoLines(port.name, port.type.str()), ", shape=ellipse");
    Block &body = main.getBody().front();
    writeBlock(body);
    for (auto [port, value] :
         llvm::zip(outputPorts(main), body.getTerminator()->getOperands())) {
      // No name holds a colon, so this one is free.
      std::string id = "output:" + port.name;
      box(id, dotString(port.name), ", shape=ellipse, style=bold");
      edge(value, id);
    }
    return text + "}\n";
  }

private:
  void writeBlock(Block &block) {
    for (Operation &op : block) {
      if (isa<ir::ParameterOp>(op))
        box(names.of(&op),
            twoLines(names.of(&op), typeText(op.getResult(0), dims)),
            ", shape=note");
      if (!isNode(&op, names))
        continue;
      std::string what = op.getName().stripDialect().str();
      if (std::string attributes = attributeList(&op); !attributes.empty())
        what += " " + attributes;
      box(names.of(&op), twoLines(names.of(&op), what), "");
      for (Value operand : op.getOperands())
        edge(operand, names.of(&op));
      for (Region &region : op.getRegions())
        writeCluster(region, names.of(&op));
    }
  }

  /// A box around what stands in a region of node `name`, to which its results
  /// go.
  void writeCluster(Region &region, const std::string &name) {
    std::string id = "region:" + name + ":" + regionName(region);
    // Graphviz draws a box around a subgraph whose name begins like this.
    line("subgraph " + dotString("cluster " + id) + " {");
    ++depth;
    line("label=" + dotString(name + ": " + regionName(region)) + ";");
    for (BlockArgument argument : region.getArguments())
      box(names.of(argument),
          twoLines(names.of(argument), typeText(argument, dims)),
          ", shape=ellipse");
    writeBlock(region.front());
    box(id, dotString("yield"), ", shape=ellipse, style=bold");
    for (Value result : region.front().getTerminator()->getOperands())
      edge(result, id);
    --depth;
    line("}");
    // What an edge inside a subgraph names would be drawn in it.
    if (depth == 0) {
      text += edges;
      edges.clear();
    }
    link(id, name, "style=dashed");
  }

  // Names of outputs may be those of nodes.
  void box(const std::string &id, const std::string &label,
           const std::string &style) {
    line(dotString(id) + " [label=" + label + style + "];");
  }

  void edge(Value from, const std::string &to) {
    Operation *source = from.getDefiningOp();
    if (source && names.isInline(source))
      return;
    link(source ? names.of(source) : names.of(from), to,
         "label=" + dotString(typeText(from, dims)));
  }

  void link(const std::string &from, const std::string &to,
            const std::string &style) {
    (depth == 0 ? text : edges) +=
        "  " + dotString(from) + " -> " + dotString(to) + " [" + style + "];\n";
  }

  void line(const std::string &content) {
    text += std::string(2 * (depth + 1), ' ') + content + "\n";
  }

  func::FuncOp main;
  NodeNames names;
  DimensionNames dims;
  std::string text;
  /// Those of the regions that are being written.
  std::string edges;
  size_t depth = 0;
};
} // namespace

std::string dotText(const Program &program) {
  return DotWriter(program.main()).write();
}

} // namespace tactus
