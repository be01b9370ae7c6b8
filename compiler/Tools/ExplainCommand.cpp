//===- ExplainCommand.cpp - tactus explain --------------------------------===//
#include "compiler/Graph/OpTable.h"
#include "compiler/Graph/OpText.h"
#include "compiler/Tools/Commands.h"
#include "runtime/Support/JsonWriter.h"
#include "tactus/Error.h"

using namespace tactus;

/// How facts are called in the text.
static std::string_view titleOf(std::string_view fact) {
  if (fact == "saturation")
    return "saturates";
  if (fact == "home")
    return "at home in";
  if (fact == "choice")
    return "choose it";
  return fact;
}

static std::string namesOf(llvm::ArrayRef<ElementType> types) {
  std::string text;
  for (ElementType type : types)
    text += (text.empty() ? "" : ", ") + std::string(toString(type));
  return text;
}

static std::string row(std::string_view title, std::string_view text) {
  std::string line = "  " + std::string(title);
  return line +
         std::string(std::max<size_t>(line.size() + 1, 16) - line.size(), ' ') +
         std::string(text) + "\n";
}

static std::string attributeText(const AttributeInfo &attribute) {
  std::string text;
  for (llvm::StringLiteral choice : attribute.cases)
    text += (text.empty() ? "" : " or ") + choice.str();
  if (!attribute.defaultText.empty())
    text += (text.empty() ? "" : ", ") + std::string("default ") +
            attribute.defaultText.str();
  else
    text += (text.empty() ? "" : ", ") +
            std::string(attribute.isRequired ? "required" : "optional");
  return text;
}

static std::string asText(const OpInfo &op, const OpText &words) {
  std::string text = op.name.str() + ": " + words.summary.str() + "\n\n";
  for (llvm::StringRef rest = words.description; !rest.empty();) {
    auto [line, after] = rest.split('\n');
    text += line.empty() ? "\n" : "  " + line.str() + "\n";
    rest = after;
  }
  if (!words.facts.empty())
    text += "\n";
  for (const OpFact &fact : words.facts)
    text += row(titleOf(fact.name), fact.text);
  text += "\n";
  for (const OperandInfo &operand : op.operands)
    text += row(operand.name, namesOf(operand.elementTypes) +
                                  (operand.isOptional ? "; optional" : "") +
                                  (operand.isVariadic ? "; any number" : ""));
  for (const AttributeInfo &attribute : op.attributes)
    text += row(attribute.name, attributeText(attribute));
  for (llvm::StringLiteral region : op.regions)
    text += row(region, "a region");
  return text + row("result", namesOf(op.resultTypes));
}

static std::string asJson(const OpInfo &op, const OpText &words) {
  auto types = [](json::Writer &writer, llvm::ArrayRef<ElementType> list) {
    writer.beginArray(json::Writer::Layout::Inline);
    for (ElementType type : list)
      writer.value(toString(type));
    writer.endArray();
  };
  json::Writer writer;
  writer.beginObject();
  writer.member("op", op.name);
  writer.member("family", op.family);
  writer.member("summary", words.summary);
  writer.member("description", words.description);
  for (const OpFact &fact : words.facts)
    writer.member(fact.name, fact.text);
  writer.key("operands").beginArray(json::Writer::Layout::Block);
  for (const OperandInfo &operand : op.operands) {
    writer.beginObject(json::Writer::Layout::Inline);
    writer.member("name", operand.name);
    types(writer.key("types"), operand.elementTypes);
    writer.endObject();
  }
  writer.endArray();
  writer.key("attributes").beginArray(json::Writer::Layout::Block);
  for (const AttributeInfo &attribute : op.attributes) {
    writer.beginObject(json::Writer::Layout::Inline);
    writer.member("name", attribute.name);
    writer.member("required", attribute.isRequired);
    if (!attribute.defaultText.empty())
      writer.member("default", attribute.defaultText);
    writer.endObject();
  }
  writer.endArray();
  if (!op.regions.empty()) {
    writer.key("regions").beginArray(json::Writer::Layout::Inline);
    for (llvm::StringLiteral region : op.regions)
      writer.value(std::string_view(region));
    writer.endArray();
  }
  types(writer.key("result_types"), op.resultTypes);
  writer.endObject();
  return writer.take();
}

static int explain(const Arguments &arguments) {
  static constexpr std::string_view formats[] = {"text", "json"};
  bool isJson = arguments.choice("--format", formats) == "json";
  const std::string &name = arguments.operand();
  const OpInfo *op = findGraphOp(name);
  const OpText *words = findOpText(name);
  if (!op || !words)
    throw Error("expected an op of tactus, but got '" + name + "'" +
                didYouMeanOp(name));
  print(isJson ? asJson(*op, *words) : asText(*op, *words));
  return 0;
}

static constexpr OptionInfo options[] = {
    {"--format", "text|json", "how to print it"}};

const CommandInfo tactus::explainCommand = {
    "explain", "OP", "Says what an op computes, and when to choose it.",
    options, explain};
