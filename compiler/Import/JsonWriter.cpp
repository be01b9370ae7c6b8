//===- JsonWriter.cpp - Graphs as JSON ------------------------------------===//
#include "compiler/Import/JsonWriter.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "compiler/Import/JsonAttributes.h"
#include "compiler/Import/JsonElements.h"
#include "compiler/Import/JsonGraph.h"
#include "compiler/Import/NodeNames.h"
#include "dialects/Tactus/TactusDialect.h"
#include "runtime/Interpreter/TensorAttributes.h"

using namespace mlir;

namespace tactus {
namespace {
class GraphWriter {
public:
  explicit GraphWriter(const Program &program)
      : program(program), module(program.main()->getParentOfType<ModuleOp>()),
        main(program.main()), body(main.getBody().front()), names(main) {}

  std::string write() {
    writer.beginObject();
    writer.member("tactus", graphFormatVersion);
    if (module.getName() && !module.getName()->empty())
      writer.member("name", std::string_view(*module.getName()));
    writer.key("inputs").beginArray(Layout::Block);
    for (const Port &port : inputPorts(main))
      writePort(port.name, port.type);
    writer.endArray();
    writeParameters();
    writer.key("nodes").beginArray(Layout::Block);
    writeNodes(body);
    writer.endArray();
    writeOutputs();
    writer.endObject();
    return writer.take();
  }

private:
  using Layout = json::Writer::Layout;

  void writePort(std::string_view name, const TensorType &type) {
    writer.beginObject(Layout::Inline);
    writer.member("name", name).member("type", type.str());
    writer.endObject();
  }

  void writeParameters() {
    // Two ops may give one parameter.
    llvm::StringSet<> written;
    main.walk([&](ir::ParameterOp parameter) {
      if (written.empty()) {
        writer.key("parameters").beginObject();
        writer.member("file", program.parameterFile);
        writer.key("tensors").beginArray(Layout::Block);
      }
      if (written.insert(parameter.getName()).second)
        writePort(std::string_view(parameter.getName()),
                  tensorTypeOf(cast<RankedTensorType>(parameter.getType())));
    });
    if (!written.empty())
      writer.endArray().endObject();
  }

  void writeNodes(Block &block) {
    for (Operation &op : block)
      if (isNode(op))
        writeNode(&op);
  }

  bool isNode(Operation &op) const {
    return !isa<ir::ParameterOp>(op) && !names.isInline(&op) &&
           !op.hasTrait<OpTrait::IsTerminator>();
  }

  void writeNode(Operation *op) {
    StringRef mnemonic = op->getName().stripDialect();
    const OpInfo *info = findGraphOp(mnemonic);
    if (!info || !isa<ir::TactusDialect>(op->getDialect()))
      throw Error(placeOf(op->getLoc()),
                  "expected ops that a JSON graph can hold, but got '" +
                      op->getName().getStringRef().str() + "'");
    // An inline container holds no lines, of which a region has several.
    bool hasRegions = op->getNumRegions() != 0;
    writer.beginObject(hasRegions ? Layout::Block : Layout::Inline);
    writer.member("name", names.of(op));
    writer.member("op", std::string_view(mnemonic));
    SmallVector<Value> operands = listedOperands(op);
    if (!operands.empty()) {
      writer.key("inputs").beginArray();
      for (Value operand : operands)
        writeOperand(operand);
      writer.endArray();
    }
    writeAttributes(writer, *info, op);
    if (hasRegions)
      writeRegions(op, *info);
    writer.endObject();
  }

  void writeRegions(Operation *op, const OpInfo &info) {
    writer.key("regions").beginObject();
    for (auto [name, region] : llvm::zip(info.regions, op->getRegions())) {
      writer.key(std::string_view(name)).beginObject();
      Block &block = region.front();
      if (block.getNumArguments() != 0) {
        writer.key("inputs").beginArray();
        for (Value argument : block.getArguments())
          writer.value(names.of(argument));
        writer.endArray();
      }
      if (llvm::any_of(block, [&](Operation &op) { return isNode(op); })) {
        writer.key("nodes").beginArray(Layout::Block);
        writeNodes(block);
        writer.endArray();
      }
      writer.key("outputs").beginArray();
      for (Value result : block.getTerminator()->getOperands())
        writer.value(names.of(result));
      writer.endArray().endObject();
    }
    writer.endObject();
  }

  void writeOperand(Value operand) {
    if (!operand) {
      writer.null();
      return;
    }
    Operation *op = operand.getDefiningOp();
    if (!op || !names.isInline(op)) {
      writer.value(names.of(operand));
      return;
    }
    auto constant = cast<ir::ConstantOp>(op);
    writeElements(writer, tensorOfAttribute(
                              cast<DenseElementsAttr>(constant.getValue())));
  }

  void writeOutputs() {
    std::vector<Port> ports = outputPorts(main);
    writer.key("outputs").beginArray();
    for (auto [port, value] :
         llvm::zip(ports, body.getTerminator()->getOperands())) {
      std::string reference = names.of(value);
      if (port.name == reference) {
        writer.value(reference);
        continue;
      }
      writer.beginObject(Layout::Inline);
      writer.member("name", port.name).member("value", reference);
      writer.endObject();
    }
    writer.endArray();
  }

  const Program &program;
  ModuleOp module;
  func::FuncOp main;
  Block &body;
  NodeNames names;
  json::Writer writer;
};
} // namespace

std::string writeJsonGraph(const Program &program) {
  return GraphWriter(program).write();
}

} // namespace tactus
