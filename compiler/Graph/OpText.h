//===- OpText.h - What there is to say of each op ---------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_GRAPH_OPTEXT_H
#define TACTUS_COMPILER_GRAPH_OPTEXT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <string_view>

namespace tactus {

/// One thing that a reader wants to know of an activation: its derivative, its
/// range and so on.
struct OpFact {
  llvm::StringLiteral name;
  llvm::StringLiteral text;
};

/// The words of an op's description in the dialect.
struct OpText {
  llvm::StringLiteral name;
  llvm::StringLiteral summary;
  /// Formula, source and numbered constraints, in lines.
  llvm::StringLiteral description;
  /// In the order in which they are told; none where the op is no activation.
  llvm::ArrayRef<OpFact> facts;
};

/// The words of an op that a graph may hold; null where there is none of the
/// name.
const OpText *findOpText(llvm::StringRef name);

/// ` (did you mean 'sum'?)` for `ReduceSum` or `summ`: the ops that others call
/// by this name, as the sources in the descriptions say, and those that it is
/// likely a slip of, three at most. Nothing where there is none.
std::string didYouMeanOp(std::string_view name);

} // namespace tactus

#endif // TACTUS_COMPILER_GRAPH_OPTEXT_H
