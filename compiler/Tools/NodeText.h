//===- NodeText.h - What people read of a node ------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TOOLS_NODETEXT_H
#define TACTUS_COMPILER_TOOLS_NODETEXT_H

#include "compiler/Graph/DimensionNames.h"
#include "compiler/Import/NodeNames.h"
#include <string>

namespace tactus {

/// `f32[batch,?]`: with names that are known.
std::string typeText(mlir::Value value, const DimensionNames &names);
/// `alpha=0.1, axis=1`, without those that are the default.
std::string attributeList(mlir::Operation *op);
/// `leaky_relu(hb, alpha=0.1)`.
std::string callText(mlir::Operation *op, const NodeNames &names);
/// Whether it has a name of its own: it is no parameter, no terminator, and
/// stands inline nowhere.
bool isNode(mlir::Operation *op, const NodeNames &names);
/// `then`.
std::string regionName(mlir::Region &region);

} // namespace tactus

#endif // TACTUS_COMPILER_TOOLS_NODETEXT_H
