//===- ModuleChecks.cpp - Which modules are programs ----------------------===//
#include "compiler/Import/ModuleChecks.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "compiler/Graph/Program.h"
#include "compiler/Import/AttributeChecks.h"
#include "compiler/Import/TypeText.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/IR/Builders.h"
#include "runtime/Interpreter/TensorAttributes.h"
#include "runtime/Tensor/Shape.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace tactus {

template <typename T> static std::string textOf(T thing) {
  std::string text;
  llvm::raw_string_ostream out(text);
  out << thing;
  return text;
}

static bool isElementType(Type type) {
  return type.isF32() || type.isF64() || type.isF16() || type.isBF16() ||
         type.isSignlessInteger(1) || type.isSignlessInteger(8) ||
         type.isUnsignedInteger(8) || type.isSignlessInteger(16) ||
         type.isSignlessInteger(32) || type.isSignlessInteger(64);
}

/// Reports unless `type` is a tensor of the dialect, within the limits.
static void checkType(Type type, Location location, Diagnostics &diagnostics) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || tensor.getEncoding() ||
      !isElementType(tensor.getElementType())) {
    diagnostics.error(placeOf(location),
                      "expected a ranked tensor of f32, f64, f16, bf16, i1, "
                      "i8, ui8, i16, i32 or i64, but got " +
                          textOf(type));
    return;
  }
  SmallVector<int64_t> shape;
  for (int64_t size : tensor.getShape())
    shape.push_back(ShapedType::isDynamic(size) ? 1 : size);
  try {
    checkedNumElements(elementTypeOf(tensor.getElementType()), shape);
  } catch (const Error &error) {
    diagnostics.error(placeOf(location), error.message());
  }
}

/// Constants are written out when a program runs, also those that are one value
/// repeated.
static void checkConstant(ir::ConstantOp constant, Diagnostics &diagnostics) {
  // In the generic form of an op anything may be missing.
  auto value =
      dyn_cast_or_null<DenseElementsAttr>(constant.getProperties().value);
  auto type =
      value ? dyn_cast<RankedTensorType>(value.getType()) : RankedTensorType();
  Error::Place place = placeOf(constant.getLoc());
  if (!type || type != constant->getResult(0).getType()) {
    diagnostics.error(place, "expected a dense constant of the type of the "
                             "result");
    return;
  }
  // A dimension of 0 does not excuse the others, as in all our limits.
  int64_t bytes = 1;
  bool isSmall = true;
  for (int64_t size : type.getShape())
    isSmall =
        isSmall && !llvm::MulOverflow(bytes, std::max<int64_t>(size, 1), bytes);
  isSmall = isSmall &&
            !llvm::MulOverflow(
                bytes, byteSize(elementTypeOf(type.getElementType())), bytes);
  if (!isSmall || bytes > limits::maxConstantBytes)
    diagnostics.error(place, "expected a constant of " +
                                 std::to_string(limits::maxConstantBytes) +
                                 " bytes or less, as larger tensors are "
                                 "parameters, but got " +
                                 textOf(type));
}

static void checkOperation(Operation *op, ModuleOp module,
                           Diagnostics &diagnostics) {
  if (op == module)
    return;
  bool isAtTop = op->getParentOp() == module;
  bool isAllowed =
      isa<func::FuncOp, ir::KernelOp>(op)
          ? isAtTop
          : !isAtTop && (isa<func::ReturnOp>(op) ||
                         isa_and_nonnull<ir::TactusDialect>(op->getDialect()));
  if (isa<func::CallOp>(op) && isa<ir::ControlOpInterface>(op->getParentOp()))
    isAllowed = true;
  // A kernel that dispatches could dispatch itself.
  if (isa<ir::DispatchOp>(op) && op->getParentOfType<ir::KernelOp>())
    isAllowed = false;
  if (!isAllowed) {
    diagnostics.error(placeOf(op->getLoc()),
                      "expected functions with ops of tactus, but got '" +
                          op->getName().getStringRef().str() + "' in '" +
                          op->getParentOp()->getName().getStringRef().str() +
                          "'");
    return;
  }
  size_t before = diagnostics.numErrors();
  for (Value result : op->getResults())
    checkType(result.getType(), op->getLoc(), diagnostics);
  for (Region &region : op->getRegions()) {
    if (!region.hasOneBlock()) {
      diagnostics.error(placeOf(op->getLoc()),
                        "expected a body of one block, but got " +
                            std::to_string(region.getBlocks().size()));
      continue;
    }
    for (BlockArgument argument : region.getArguments())
      checkType(argument.getType(), argument.getLoc(), diagnostics);
  }
  if (auto constant = dyn_cast<ir::ConstantOp>(op);
      constant && op->getNumResults() == 1 && diagnostics.numErrors() == before)
    checkConstant(constant, diagnostics);
}

void checkContents(ModuleOp module, Diagnostics &diagnostics) {
  module->walk<WalkOrder::PreOrder>([&](Operation *op) {
    size_t before = diagnostics.numErrors();
    checkOperation(op, module, diagnostics);
    // What stands in an op that may not stand here is not judged.
    if (diagnostics.numErrors() > before)
      return WalkResult::skip();
    checkAttributes(op, diagnostics);
    return WalkResult::advance();
  });
}

//===----------------------------------------------------------------------===//
// @main
//===----------------------------------------------------------------------===//

namespace {
/// Checks the names of one side of @main.
struct PortChecker {
  Error::Place place;
  std::string side;
  Diagnostics &diagnostics;
  llvm::StringSet<> taken = {};

  /// Gives the attributes with a name.
  DictionaryAttr check(unsigned number, RankedTensorType type,
                       DictionaryAttr given) {
    NamedAttrList attributes(given);
    std::string what = side + " " + std::to_string(number);
    Attribute attribute = attributes.get(nameAttribute);
    auto name = dyn_cast_or_null<StringAttr>(attribute);
    if (attribute && !name) {
      fail(what,
           "expected tactus.name to be a string, but got " + textOf(attribute));
      return given;
    }
    if (!name) {
      name = StringAttr::get(type.getContext(), side + std::to_string(number));
      attributes.set(nameAttribute, name);
    }
    if (auto problem = findNameProblem(std::string_view(name.getValue())))
      fail(what, *problem);
    else if (!taken.insert(name.getValue()).second)
      fail(what, "expected another name, but got '" + name.str() + "' again");
    if (Attribute dims = attributes.get(dimsAttribute))
      checkDims(what, type, dims);
    return attributes.getDictionary(type.getContext());
  }

  void checkDims(const std::string &what, RankedTensorType type,
                 Attribute attribute) {
    auto dims = dyn_cast<ArrayAttr>(attribute);
    bool isRight =
        dims && int64_t(dims.size()) == type.getRank() &&
        llvm::all_of(dims, [](Attribute dim) { return isa<StringAttr>(dim); });
    if (!isRight) {
      fail(what, "expected tactus.dims to hold a string for each of " +
                     std::to_string(type.getRank()) + " dimensions, but got " +
                     textOf(attribute));
      return;
    }
    for (auto [i, dim] : llvm::enumerate(dims.getAsRange<StringAttr>())) {
      if (type.isDynamicDim(i) == dim.empty())
        fail(what, "expected tactus.dims to name dim " + std::to_string(i) +
                       (dim.empty() ? ", which is dynamic"
                                    : " only if it is "
                                      "dynamic") +
                       ", but got '" + dim.str() + "'");
      else if (!dim.empty())
        if (auto problem = findNameProblem(std::string_view(dim.getValue())))
          fail(what, *problem);
    }
  }

  void fail(const std::string &what, const std::string &message) {
    diagnostics.error(place, what + ": " + message);
  }
};
} // namespace

void checkMain(ModuleOp module, Diagnostics &diagnostics) {
  auto main = module.lookupSymbol<func::FuncOp>("main");
  if (!main) {
    diagnostics.error(placeOf(module.getLoc()),
                      "expected a function @main, but got none");
    return;
  }
  Error::Place place = placeOf(main.getLoc());
  if (main.getNumResults() == 0)
    diagnostics.error(place, "expected one output or more, but got none");
  // All at once, since each change makes a list of all.
  SmallVector<DictionaryAttr> arguments, results;
  PortChecker inputs{place, "input", diagnostics};
  for (unsigned i = 0; i < main.getNumArguments(); ++i) {
    auto type = cast<RankedTensorType>(main.getArgumentTypes()[i]);
    DictionaryAttr attributes = main.getArgAttrDict(i);
    if (!attributes)
      attributes = DictionaryAttr::get(module.getContext());
    arguments.push_back(inputs.check(i, type, attributes));
    if (main.getArgument(i).use_empty())
      diagnostics.warning(place, "input " + std::to_string(i) + " is not used");
  }
  main.setAllArgAttrs(arguments);
  main.getBody().walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (op->getNumResults() != 0 && op->use_empty())
      diagnostics.warning(placeOf(op->getLoc()),
                          "the result of " +
                              op->getName().getStringRef().str() +
                              " is not used");
  });
  PortChecker outputs{place, "output", diagnostics};
  for (unsigned i = 0; i < main.getNumResults(); ++i) {
    auto type = cast<RankedTensorType>(main.getResultTypes()[i]);
    DictionaryAttr attributes = main.getResultAttrDict(i);
    if (!attributes)
      attributes = DictionaryAttr::get(module.getContext());
    results.push_back(outputs.check(i, type, attributes));
  }
  main.setAllResultAttrs(results);
}

} // namespace tactus
