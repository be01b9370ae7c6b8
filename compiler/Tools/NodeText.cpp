//===- NodeText.cpp - What people read of a node --------------------------===//
#include "compiler/Tools/NodeText.h"
#include "compiler/Import/JsonAttributes.h"
#include "compiler/Import/JsonElements.h"
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

std::string typeText(Value value, const DimensionNames &names) {
  auto tensor = dyn_cast<RankedTensorType>(value.getType());
  if (!tensor)
    return "";
  std::string text(toString(elementTypeOf(tensor.getElementType())));
  text += "[";
  for (auto [i, size] : llvm::enumerate(tensor.getShape())) {
    text += i ? "," : "";
    if (!ShapedType::isDynamic(size)) {
      text += std::to_string(size);
      continue;
    }
    std::string name = names.of(value, int64_t(i));
    text += name.empty() ? "?" : name;
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

std::string attributeList(Operation *op) {
  const OpInfo *info = findGraphOp(op->getName().stripDialect());
  if (!info)
    return "";
  std::string text;
  for (const auto &[name, value] : attributeTexts(*info, op))
    text += (text.empty() ? "" : ", ") + name + "=" + shorten(value);
  return text;
}

bool isNode(Operation *op, const NodeNames &names) {
  return !isa<ir::ParameterOp>(op) && !op->hasTrait<OpTrait::IsTerminator>() &&
         !names.isInline(op);
}

std::string callText(Operation *op, const NodeNames &names) {
  std::string text = op->getName().stripDialect().str() + "(";
  std::string separator;
  auto append = [&](const std::string &part) {
    text += separator + part;
    separator = ", ";
  };
  for (Value operand : listedOperands(op))
    append(operand ? operandText(operand, names) : "null");
  if (std::string attributes = attributeList(op); !attributes.empty())
    append(attributes);
  return text + ")";
}

std::string regionName(Region &region) {
  const OpInfo *info =
      findGraphOp(region.getParentOp()->getName().stripDialect());
  unsigned number = region.getRegionNumber();
  // Ops of later levels have one region.
  return info && number < info->regions.size() ? info->regions[number].str()
                                               : "body";
}

} // namespace tactus
