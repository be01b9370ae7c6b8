//===- GraphText.cpp - Graphs for people ----------------------------------===//
#include "compiler/Tools/GraphText.h"
#include "compiler/Import/JsonAttributes.h"
#include "compiler/Import/JsonElements.h"
#include "compiler/Import/NodeNames.h"
#include "dialects/Tactus/TactusDialect.h"
#include "runtime/Interpreter/TensorAttributes.h"

using namespace mlir;

namespace tactus {

/// Constants may be long; a line is for reading.
static std::string shorten(std::string text) {
  constexpr size_t most = 48;
  if (text.size() <= most)
    return text;
  size_t end = most;
  while (end > 0 && (text[end] & 0xc0) == 0x80)
    --end;
  return text.substr(0, end) + "...";
}

/// `f32[?,512]`.
static std::string typeText(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    return "";
  std::string text(toString(elementTypeOf(tensor.getElementType())));
  text += "[";
  for (auto [i, size] : llvm::enumerate(tensor.getShape())) {
    text += i ? "," : "";
    text += ShapedType::isDynamic(size) ? "?" : std::to_string(size);
  }
  return text + "]";
}

static std::string operandText(Value operand, const NodeNames &names) {
  Operation *op = operand.getDefiningOp();
  if (!op || !names.isInline(op))
    return names.of(operand);
  json::Writer writer;
  auto value = cast<ir::ConstantOp>(op).getValue();
  writeElements(writer, tensorOfAttribute(cast<DenseElementsAttr>(value)));
  return shorten(StringRef(writer.take()).rtrim().str());
}

static std::string attributeList(Operation *op) {
  const OpInfo *info = findGraphOp(op->getName().stripDialect());
  if (!info)
    return "";
  std::string text;
  for (const auto &[name, value] : attributeTexts(*info, op))
    text += (text.empty() ? "" : ", ") + name + "=" + shorten(value);
  return text;
}

static bool isNode(Operation *op, const NodeNames &names) {
  return !isa<ir::ParameterOp, func::ReturnOp>(op) && !names.isInline(op);
}

namespace {
/// Lines of columns that are as wide as their widest entry.
class Columns {
public:
  void add(std::string first, std::string second, std::string third = "") {
    rows.push_back({std::move(first), std::move(second), std::move(third)});
  }

  std::string text() const {
    size_t widths[2] = {0, 0};
    for (const auto &row : rows)
      for (int i = 0; i < 2; ++i)
        widths[i] = std::max(widths[i], row[i].size());
    std::string out;
    for (const auto &row : rows) {
      std::string line = "  " + row[0];
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

static std::string callText(Operation *op, const NodeNames &names) {
  std::string text = op->getName().stripDialect().str() + "(";
  std::string separator;
  auto segments = op->getAttrOfType<DenseI32ArrayAttr>("operandSegmentSizes");
  size_t next = 0;
  auto append = [&](const std::string &part) {
    text += separator + part;
    separator = ", ";
  };
  if (segments)
    for (int32_t size : segments.asArrayRef())
      append(size ? operandText(op->getOperand(next++), names) : "null");
  else
    for (Value operand : op->getOperands())
      append(operandText(operand, names));
  if (std::string attributes = attributeList(op); !attributes.empty())
    append(attributes);
  return text + ")";
}

std::string graphText(const Program &program) {
  func::FuncOp main = program.main();
  Block &body = main.getBody().front();
  NodeNames names(main);
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
  for (Operation &op : body) {
    if (auto parameter = dyn_cast<ir::ParameterOp>(op))
      parameters.add(names.of(&op), typeText(parameter.getType()));
    if (!isNode(&op, names))
      continue;
    std::string types;
    for (Type type : op.getResultTypes())
      types += (types.empty() ? "" : " ") + typeText(type);
    nodes.add(names.of(&op), types, callText(&op, names));
  }
  for (auto [port, value] :
       llvm::zip(outputPorts(main), body.getTerminator()->getOperands())) {
    std::string reference = names.of(value);
    outputs.add(port.name, typeText(value.getType()),
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

//===----------------------------------------------------------------------===//
// Graphviz
//===----------------------------------------------------------------------===//

static std::string dotString(StringRef text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\')
      out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string dotText(const Program &program) {
  func::FuncOp main = program.main();
  Block &body = main.getBody().front();
  NodeNames names(main);
  auto title = main->getParentOfType<ModuleOp>().getName();
  std::string text = "digraph " + dotString(title.value_or("graph")) + " {\n" +
                     "  node [shape=box, fontname=\"sans-serif\"];\n" +
                     "  edge [fontname=\"sans-serif\", fontsize=10];\n";
  // Names of outputs may be those of nodes.
  auto box = [&](const std::string &id, const std::string &lines,
                 const std::string &style) {
    text += "  " + dotString(id) + " [label=" + lines + style + "];\n";
  };
  // In a label \n breaks the line, so it comes after quoting.
  auto twoLines = [](const std::string &first, const std::string &second) {
    std::string head = dotString(first), tail = dotString(second);
    return head.substr(0, head.size() - 1) + "\\n" + tail.substr(1);
  };
  for (const Port &port : inputPorts(main))
    box(port.name, twoLines(port.name, port.type.str()), ", shape=ellipse");
  for (Operation &op : body) {
    if (isa<ir::ParameterOp>(op))
      box(names.of(&op),
          twoLines(names.of(&op), typeText(op.getResult(0).getType())),
          ", shape=note");
    if (!isNode(&op, names))
      continue;
    std::string what = op.getName().stripDialect().str();
    if (std::string attributes = attributeList(&op); !attributes.empty())
      what += " " + attributes;
    box(names.of(&op), twoLines(names.of(&op), what), "");
    for (Value operand : op.getOperands()) {
      Operation *source = operand.getDefiningOp();
      if (source && names.isInline(source))
        continue;
      std::string from = source ? names.of(source) : names.of(operand);
      text += "  " + dotString(from) + " -> " + dotString(names.of(&op)) +
              " [label=" + dotString(typeText(operand.getType())) + "];\n";
    }
  }
  for (auto [port, value] :
       llvm::zip(outputPorts(main), body.getTerminator()->getOperands())) {
    Operation *source = value.getDefiningOp();
    std::string from = source ? names.of(source) : names.of(value);
    // No name holds a colon, so this one is free.
    std::string id = "output:" + port.name;
    box(id, dotString(port.name), ", shape=ellipse, style=bold");
    text += "  " + dotString(from) + " -> " + dotString(id) +
            " [label=" + dotString(typeText(value.getType())) + "];\n";
  }
  return text + "}\n";
}

std::string mlirText(const Program &program) {
  std::string text;
  llvm::raw_string_ostream out(text);
  program.main()->getParentOfType<ModuleOp>().print(
      out, OpPrintingFlags().enableDebugInfo());
  return text;
}

} // namespace tactus
