//===- OpTable.cpp - What graphs may say of each op -----------------------===//
#include "compiler/Graph/OpTable.h"
#include "llvm/ADT/STLExtras.h"

using namespace tactus;

namespace {
#include "compiler/Graph/OpTable.inc"
} // namespace

const AttributeInfo *OpInfo::findAttribute(llvm::StringRef name) const {
  const auto *found = llvm::find_if(
      attributes, [&](const AttributeInfo &a) { return a.name == name; });
  return found == attributes.end() ? nullptr : found;
}

size_t OpInfo::leastOperands() const {
  return llvm::count_if(operands, [](const OperandInfo &operand) {
    return !operand.isOptional && !operand.isVariadic;
  });
}

bool OpInfo::isVariadic() const {
  return llvm::any_of(
      operands, [](const OperandInfo &operand) { return operand.isVariadic; });
}

std::optional<ElementType>
OpInfo::typeOfNumber(size_t index,
                     llvm::ArrayRef<std::optional<ElementType>> beside) const {
  auto typesOf = [&](size_t i) {
    return operands[std::min(i, operands.size() - 1)].elementTypes;
  };
  std::optional<ElementType> other;
  for (auto [i, type] : llvm::enumerate(beside)) {
    if (!type)
      continue;
    if (typesOf(i) == typesOf(index))
      return type;
    if (!other || !llvm::is_contained(typesOf(index), *other))
      other = type;
  }
  if (!other || llvm::is_contained(typesOf(index), *other))
    return other;
  return typesOf(index).back();
}

std::string OpInfo::describeOperands() const {
  std::string text;
  for (const OperandInfo &operand : operands) {
    text += text.empty() ? "" : ", ";
    text += operand.name;
    if (operand.isOptional)
      text += " (optional)";
    if (operand.isVariadic)
      text += "...";
  }
  return text;
}

llvm::ArrayRef<OpInfo> tactus::graphOps() {
  return opTable;
}

const OpInfo *tactus::findGraphOp(llvm::StringRef name) {
  const OpInfo *found = llvm::lower_bound(
      graphOps(), name,
      [](const OpInfo &op, llvm::StringRef name) { return op.name < name; });
  return found != graphOps().end() && found->name == name ? found : nullptr;
}
