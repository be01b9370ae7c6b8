//===- Program.cpp - What readers give and the driver takes ---------------===//
#include "compiler/Graph/Program.h"
#include "compiler/Graph/DimensionNames.h"
#include "dialects/Tactus/TactusDialect.h"
#include "runtime/Interpreter/TensorAttributes.h"

using namespace mlir;

namespace tactus {

func::FuncOp Program::main() const {
  return SymbolTable(*module).lookup<func::FuncOp>("main");
}

std::shared_ptr<MLIRContext> makeContext() {
  auto context =
      std::make_shared<MLIRContext>(MLIRContext::Threading::DISABLED);
  context->loadDialect<func::FuncDialect, ir::TactusDialect>();
  return context;
}

static Port portOf(RankedTensorType type, StringAttr name, ArrayAttr dims,
                   std::string numbered) {
  Port port{name ? name.str() : std::move(numbered), {}};
  port.type.elementType = elementTypeOf(type.getElementType());
  for (auto [i, size] : llvm::enumerate(type.getShape())) {
    if (!ShapedType::isDynamic(size)) {
      port.type.dimensions.emplace_back(size);
      continue;
    }
    auto dim =
        dims && i < dims.size() ? dyn_cast<StringAttr>(dims[i]) : StringAttr();
    port.type.dimensions.emplace_back(
        dim && !dim.empty() ? dim.str() : port.name + "." + std::to_string(i));
  }
  return port;
}

std::vector<Port> inputPorts(func::FuncOp main) {
  std::vector<Port> ports;
  for (auto [i, type] : llvm::enumerate(main.getArgumentTypes()))
    // What @prepare gives is not for the caller to give.
    if (!main.getArgAttr(i, preparedAttribute))
      ports.push_back(
          portOf(cast<RankedTensorType>(type),
                 main.getArgAttrOfType<StringAttr>(i, nameAttribute),
                 main.getArgAttrOfType<ArrayAttr>(i, dimsAttribute),
                 "input" + std::to_string(i)));
  return ports;
}

/// Names that the program does not give, where they follow from its inputs.
static ArrayAttr namesOfResult(func::FuncOp main, unsigned i,
                               std::optional<DimensionNames> &known) {
  auto type = cast<RankedTensorType>(main.getResultTypes()[i]);
  auto given = main.getResultAttrOfType<ArrayAttr>(i, dimsAttribute);
  if (given || type.hasStaticShape() || main.isExternal())
    return given;
  if (!known)
    known.emplace(main);
  Value result = main.getBody().front().getTerminator()->getOperand(i);
  Builder builder(main.getContext());
  SmallVector<Attribute> names;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    names.push_back(builder.getStringAttr(known->of(result, dim)));
  return builder.getArrayAttr(names);
}

std::vector<Port> outputPorts(func::FuncOp main) {
  std::vector<Port> ports;
  std::optional<DimensionNames> known;
  for (auto [i, type] : llvm::enumerate(main.getResultTypes()))
    ports.push_back(portOf(
        cast<RankedTensorType>(type),
        main.getResultAttrOfType<StringAttr>(i, nameAttribute),
        namesOfResult(main, unsigned(i), known), "output" + std::to_string(i)));
  return ports;
}

} // namespace tactus
