//===- OpText.cpp - What there is to say of each op -----------------------===//
#include "compiler/Graph/OpText.h"
#include "compiler/Graph/OpTable.h"
#include "runtime/Support/Suggest.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace tactus;

namespace {
#include "compiler/Graph/OpText.inc"
} // namespace

const OpText *tactus::findOpText(llvm::StringRef name) {
  const OpText *found =
      llvm::find_if(opTexts, [&](const OpText &op) { return op.name == name; });
  return found == std::end(opTexts) ? nullptr : found;
}

/// Letters and digits in lower case: `reduce_sum` is ReduceSum.
static std::string plain(llvm::StringRef name) {
  std::string letters;
  for (char c : name)
    if (c != '_')
      letters += llvm::toLower(c);
  return letters;
}

/// Whether the source of a description names an op so: `ONNX Where`, `Less,
/// Greater`, `NumPy var`.
static bool isSource(llvm::StringRef description, llvm::StringRef name) {
  constexpr llvm::StringLiteral begin = "Source: ";
  constexpr llvm::StringLiteral origins[] = {"ONNX", "NumPy", "PyTorch"};
  size_t found = description.find(begin);
  if (found == llvm::StringRef::npos)
    return false;
  llvm::StringRef source = description.substr(found + begin.size());
  llvm::SmallVector<llvm::StringRef> words;
  llvm::SplitString(source.split("\n\n").first, words, " ,;.\n`");
  std::string wanted = plain(name);
  llvm::StringRef before;
  for (llvm::StringRef word : words) {
    // Other words in lower case say how it differs.
    bool isName =
        llvm::is_contained(origins, before) ||
        (llvm::isUpper(word.front()) && !llvm::is_contained(origins, word));
    if (isName && plain(word) == wanted)
      return true;
    before = word;
  }
  return false;
}

std::string tactus::didYouMeanOp(std::string_view name) {
  constexpr size_t most = 3;
  std::vector<std::string_view> known, found;
  for (const OpInfo &op : graphOps()) {
    known.push_back(op.name);
    const OpText *words = findOpText(op.name);
    if (words && isSource(words->description, name))
      found.push_back(op.name);
  }
  for (std::string_view near : nearNames(name, known))
    if (!llvm::is_contained(found, near))
      found.push_back(near);
  found.resize(std::min(found.size(), most));
  return didYouMean(found);
}
