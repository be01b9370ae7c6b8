//===- SingleOp.cpp - One op, run by the interpreter ----------------------===//
#include "tests/differential/SingleOp.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "compiler/Import/JsonReader.h"
#include "runtime/Interpreter/Interpreter.h"
#include <span>

namespace tactus::differential {

/// The regions with the names of a node and of what they read.
static std::string regionsText(const Regions &regions, const std::string &name,
                               std::span<const std::string> captured) {
  std::string text;
  for (size_t i = 0; i < regions.text.size(); ++i) {
    char c = regions.text[i];
    if (c == '%')
      text += name;
    else if (c == '$')
      text += captured[size_t(regions.text[++i] - '0')];
    else
      text += c;
  }
  return text;
}

std::string nodeText(const OpInfo &op, const std::string &name,
                     const std::vector<std::string> &operands,
                     const Attributes &attributes, const Regions &regions) {
  std::string text =
      "{\"name\": \"" + name + "\", \"op\": \"" + op.name.str() + "\"";
  size_t numOperands = operands.size() - regions.numCaptured;
  if (numOperands != 0) {
    text += ", \"inputs\": [";
    for (size_t i = 0; i < numOperands; ++i)
      text += (i ? ", " : "") +
              (operands[i].empty() ? "null" : "\"" + operands[i] + "\"");
    text += "]";
  }
  if (!attributes.empty()) {
    text += ", \"attributes\": {";
    const char *separator = "";
    for (const auto &[key, value] : attributes) {
      text += separator + ("\"" + key + "\": ") + value;
      separator = ", ";
    }
    text += "}";
  }
  if (!regions.text.empty())
    text +=
        ", \"regions\": " +
        regionsText(regions, name, std::span(operands).subspan(numOperands));
  return text + "}";
}

std::optional<Program> readGraphText(const std::string &json,
                                     const std::filesystem::path &folder,
                                     std::string &refusal) {
  Diagnostics diagnostics;
  json::Document document = json::Document::parse(json, "graph.json");
  std::optional<Program> program = readJsonGraph(document, folder, diagnostics);
  if (!program || diagnostics.hasErrors()) {
    refusal = diagnostics.str();
    return {};
  }
  return program;
}

std::optional<SingleOp>
SingleOp::make(const OpInfo &op,
               const std::vector<std::optional<TensorType>> &operands,
               const Attributes &attributes, std::string &refusal,
               const Regions &regions) {
  std::string inputs;
  std::vector<std::string> names;
  for (size_t i = 0; i < operands.size(); ++i) {
    if (!operands[i]) {
      names.emplace_back();
      continue;
    }
    names.push_back("x" + std::to_string(i));
    inputs += (inputs.empty() ? "" : ", ") +
              ("{\"name\": \"" + names.back() + "\", \"type\": \"" +
               operands[i]->str() + "\"}");
  }
  std::string json = "{\"tactus\": 1, \"inputs\": [" + inputs +
                     "], \"nodes\": [" +
                     nodeText(op, "y", names, attributes, regions) +
                     "], \"outputs\": [\"y\"]}";
  std::optional<Program> program = readGraphText(json, ".", refusal);
  if (!program)
    return {};
  // JSON names outputs one by one; here all results are.
  mlir::func::FuncOp main = program->main();
  mlir::Operation *end = main.getBody().front().getTerminator();
  end->setOperands(end->getOperand(0).getDefiningOp()->getResults());
  main.removeResAttrsAttr();
  main.setFunctionType(mlir::FunctionType::get(
      main.getContext(), main.getArgumentTypes(), end->getOperandTypes()));
  return SingleOp(std::move(*program));
}

size_t SingleOp::numResults() const {
  mlir::func::FuncOp main = program.main();
  return main.getNumResults();
}

Tensor SingleOp::run(const std::vector<Tensor> &operands, size_t result) const {
  DiagnosticCollector collector(program.context.get());
  mlir::FailureOr<std::vector<Tensor>> results =
      interpretProgram(program.module.get(), operands, program.parameters);
  if (failed(results))
    throw collector.toError();
  return std::move((*results)[result]);
}

} // namespace tactus::differential
