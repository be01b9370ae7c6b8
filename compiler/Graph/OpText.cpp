//===- OpText.cpp - What there is to say of each op -----------------------===//
#include "compiler/Graph/OpText.h"
#include "llvm/ADT/STLExtras.h"

using namespace tactus;

namespace {
#include "compiler/Graph/OpText.inc"
} // namespace

const OpText *tactus::findOpText(llvm::StringRef name) {
  const OpText *found =
      llvm::find_if(opTexts, [&](const OpText &op) { return op.name == name; });
  return found == std::end(opTexts) ? nullptr : found;
}
