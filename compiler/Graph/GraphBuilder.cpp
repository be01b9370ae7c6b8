//===- GraphBuilder.cpp - The one builder of graphs -----------------------===//
#include "compiler/Graph/GraphBuilder.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "runtime/Interpreter/TensorAttributes.h"
#include "runtime/Support/Assert.h"
#include "runtime/Support/Limits.h"
#include "runtime/Tensor/Shape.h"
#include "llvm/ADT/ScopeExit.h"

using namespace mlir;

namespace tactus {

GraphBuilder::GraphBuilder(StringRef name) : contextOwner(makeContext()) {
  Location unknown = UnknownLoc::get(context());
  module = name.empty() ? ModuleOp::create(unknown)
                        : ModuleOp::create(unknown, name);
  OpBuilder builder = OpBuilder::atBlockEnd(module->getBody());
  main = func::FuncOp::create(builder, unknown, "main",
                              builder.getFunctionType({}, {}));
  body = main.addEntryBlock();
}

Location GraphBuilder::location(const Error::Place &place) const {
  Location location = UnknownLoc::get(context());
  if (!place.file.empty())
    location =
        FileLineColLoc::get(context(), place.file, place.line, place.column);
  if (!place.node.empty())
    location = NameLoc::get(StringAttr::get(context(), place.node), location);
  return location;
}

Value GraphBuilder::addInput(StringRef name, const TensorType &type,
                             Location location) {
  Builder builder(context());
  NamedAttrList attributes;
  attributes.set(nameAttribute, builder.getStringAttr(name));
  if (!type.isStatic()) {
    SmallVector<Attribute> dims;
    for (const Dimension &dimension : type.dimensions)
      dims.push_back(builder.getStringAttr(dimension.name()));
    attributes.set(dimsAttribute, builder.getArrayAttr(dims));
  }
  inputAttributes.push_back(attributes.getDictionary(context()));
  return body->addArgument(toMlirType(context(), type), location);
}

Value GraphBuilder::addParameter(StringRef name, const TensorType &type,
                                 Location location) {
  // Parameters stand first, as files list them, whenever they are asked for.
  OpBuilder builder = OpBuilder::atBlockBegin(body);
  if (lastParameter)
    builder.setInsertionPointAfter(lastParameter);
  auto parameter = ir::ParameterOp::create(builder, location,
                                           toMlirType(context(), type), name);
  lastParameter = parameter;
  return parameter;
}

Value GraphBuilder::addConstant(const Tensor &tensor, Location location) {
  OpBuilder builder = atEnd();
  return ir::ConstantOp::create(builder, location,
                                attributeOfTensor(context(), tensor));
}

OpBuilder GraphBuilder::atEnd() const {
  // A region that is open has no op yet from which to take the context.
  OpBuilder builder(context());
  builder.setInsertionPointToEnd(open.empty() ? body : &open.back()->front());
  return builder;
}

SmallVector<Value> GraphBuilder::beginRegion(ArrayRef<Type> argumentTypes,
                                             ArrayRef<Location> locations) {
  open.push_back(std::make_unique<Region>());
  Block &block = open.back()->emplaceBlock();
  block.addArguments(argumentTypes, locations);
  return SmallVector<Value>(block.getArguments());
}

std::unique_ptr<Region> GraphBuilder::endRegion(ArrayRef<Value> results,
                                                Location location) {
  OpBuilder builder = atEnd();
  ir::YieldOp::create(builder, location, results);
  return open.pop_back_val();
}

void GraphBuilder::drop(std::unique_ptr<Region> region) {
  // What stands in it must not count as a user of what is around it.
  region->dropAllReferences();
  dropped.push_back(std::move(region));
}

bool GraphBuilder::isVisible(Value value) const {
  Block *block = value.getParentBlock();
  return isAtTop(value) ||
         llvm::any_of(open, [&](const std::unique_ptr<Region> &region) {
           return block == &region->front();
         });
}

/// Asks the op for its result types; fails after a diagnostic.
static LogicalResult inferTypes(RegisteredOperationName name, Location location,
                                ValueRange operands, DictionaryAttr attributes,
                                RegionRange regions,
                                SmallVectorImpl<Type> &types) {
  auto *inference = name.getInterface<InferTypeOpInterface>();
  TACTUS_ASSERT(inference, "every op of graphs infers its types");
  if (name.getOpPropertyByteSize() == 0)
    return inference->inferReturnTypes(location.getContext(), location,
                                       operands, attributes, nullptr, regions,
                                       types);
  SmallVector<char> memory(name.getOpPropertyByteSize() +
                           alignof(std::max_align_t));
  OpaqueProperties properties(reinterpret_cast<void *>(
      llvm::alignAddr(memory.data(), llvm::Align::Of<std::max_align_t>())));
  name.initOpProperties(properties, nullptr);
  auto destroy =
      llvm::make_scope_exit([&] { name.destroyOpProperties(properties); });
  auto emitError = [&] { return mlir::emitError(location); };
  if (failed(name.setOpPropertiesFromAttribute(name, properties, attributes,
                                               emitError)))
    return failure();
  return inference->inferReturnTypes(location.getContext(), location, operands,
                                     attributes, properties, regions, types);
}

// The dialect cannot include the runtime.
static_assert(ir::maxTensorBytes == limits::maxTensorBytes &&
              ir::maxRank == limits::maxRank);

/// Dynamic dimensions count as 1: what they are is known when a program runs.
static void checkSize(Type type) {
  auto tensor = cast<RankedTensorType>(type);
  SmallVector<int64_t> shape;
  for (int64_t size : tensor.getShape())
    shape.push_back(ShapedType::isDynamic(size) ? 1 : size);
  checkedNumElements(elementTypeOf(tensor.getElementType()), shape);
}

/// Says `operand #0 must be tensor, vector or scalar of X, but got 'T'`, which
/// is what MLIR's own checks say, as the rest of our messages do: graphs have
/// tensors only, and an operand has a name no user needs to count.
static std::string inUsersTerms(const std::string &message) {
  constexpr StringLiteral begin = "operand #", middle = " must be ",
                          end = ", but got ";
  StringRef rest = message;
  unsigned number = 0;
  if (!rest.consume_front(begin) || rest.consumeInteger(10, number) ||
      !rest.consume_front(middle))
    return message;
  auto [kind, type] = rest.split(end);
  std::string text = kind.str();
  constexpr StringLiteral kernels = "tensor, vector or scalar of ";
  if (kind.starts_with(kernels))
    text = ("tensor of " + kind.drop_front(kernels.size())).str();
  return "expected operand " + std::to_string(number) + " to be a " + text +
         ", but got " + type.trim('\'').str();
}

/// Says in `diagnostics` why an op was refused. Nothing is thrown below MLIR's
/// frames; an op that fails in silence would be a fault of ours, but still must
/// not pass: `otherwise` is said.
static void reportErrors(const DiagnosticCollector &collector,
                         StringRef mnemonic, Location location,
                         std::string otherwise, Diagnostics &diagnostics) {
  Error::Place place = placeOf(location);
  place.op = mnemonic.str();
  for (const tactus::Diagnostic &diagnostic : collector.all().all())
    if (diagnostic.severity == tactus::Diagnostic::Severity::Error)
      diagnostics.error(place, inUsersTerms(diagnostic.message));
  if (!collector.hasErrors())
    diagnostics.error(place, std::move(otherwise));
}

/// What `op` has to say of itself. MLIR's verifier also asks whether values
/// that its regions use are there, which it finds out from the ops around it;
/// but a region that is open belongs to no op yet. Only what is visible gets
/// here.
static LogicalResult verifyAlone(Operation *op) {
  if (op->getNumRegions() == 0)
    return verify(op);
  OperationName name = op->getName();
  return success(succeeded(name.verifyInvariants(op)) &&
                 succeeded(name.verifyRegionInvariants(op)));
}

std::optional<SmallVector<Type>>
GraphBuilder::regionArguments(StringRef mnemonic, ArrayRef<Value> operands,
                              NamedAttrList attributes, unsigned region,
                              Location location, Diagnostics &diagnostics) {
  DiagnosticCollector collector(context());
  auto name =
      RegisteredOperationName::lookup(("tactus." + mnemonic).str(), context());
  TACTUS_ASSERT(name, "callers know the ops");
  // An op without content: it knows its operands and attributes.
  SmallVector<Value> present;
  llvm::copy_if(operands, std::back_inserter(present),
                [](Value operand) { return operand != nullptr; });
  OperationState state(location, *name, present, {}, attributes);
  for (unsigned i = 0; i <= region; ++i)
    state.addRegion();
  Operation *op = Operation::create(state);
  FailureOr<SmallVector<Type>> types =
      cast<ir::ControlOpInterface>(op).getArgumentTypes(region, location);
  op->destroy();
  if (succeeded(types))
    return *types;
  reportErrors(collector, mnemonic, location,
               "expected operands of other types", diagnostics);
  return std::nullopt;
}

Operation *GraphBuilder::addOp(StringRef mnemonic, ArrayRef<Value> operands,
                               NamedAttrList attributes, Location location,
                               Diagnostics &diagnostics, Regions regions) {
  auto name =
      RegisteredOperationName::lookup(("tactus." + mnemonic).str(), context());
  TACTUS_ASSERT(name, "callers know the ops");
  SmallVector<Value> present;
  SmallVector<int32_t> segments;
  for (Value operand : operands) {
    segments.push_back(operand ? 1 : 0);
    if (operand)
      present.push_back(operand);
  }
  Builder attributeBuilder(context());
  if (name->hasTrait<OpTrait::AttrSizedOperandSegments>())
    attributes.set("operandSegmentSizes",
                   attributeBuilder.getDenseI32ArrayAttr(segments));

  DiagnosticCollector collector(context());
  auto report = [&](std::string otherwise) -> Operation * {
    reportErrors(collector, mnemonic, location, std::move(otherwise),
                 diagnostics);
    for (std::unique_ptr<Region> &region : regions)
      drop(std::move(region));
    return nullptr;
  };

  SmallVector<Type> types;
  if (failed(inferTypes(*name, location, present,
                        attributes.getDictionary(context()), regions, types)))
    return report("expected operands of other types");
  try {
    for (Type type : types)
      checkSize(type);
  } catch (const Error &error) {
    return report(error.message());
  }
  OperationState state(location, *name, present, types, attributes);
  for (size_t i = 0; i < regions.size(); ++i)
    state.addRegion();
  Operation *op = atEnd().create(state);
  for (auto [content, region] : llvm::zip(regions, op->getRegions()))
    region.takeBody(*content);
  if (succeeded(verifyAlone(op)))
    return op;
  for (auto [content, region] : llvm::zip(regions, op->getRegions()))
    content->takeBody(region);
  op->erase();
  return report("expected other operands or attributes");
}

void GraphBuilder::addOutput(StringRef name, Value value) {
  outputs.push_back({name.str(), value});
}

Program GraphBuilder::finish() const {
  IRMapping mapping;
  Program program;
  program.context = contextOwner;
  program.module = cast<ModuleOp>((*module)->clone(mapping));
  func::FuncOp function = program.main();

  Builder attributeBuilder(context());
  SmallVector<Value> results;
  SmallVector<Type> resultTypes;
  SmallVector<DictionaryAttr> resultAttributes;
  for (const NamedValue &output : outputs) {
    results.push_back(mapping.lookup(output.value));
    resultTypes.push_back(output.value.getType());
    NamedAttrList attributes;
    attributes.set(nameAttribute, attributeBuilder.getStringAttr(output.name));
    resultAttributes.push_back(attributes.getDictionary(context()));
  }
  OpBuilder builder = OpBuilder::atBlockEnd(&function.getBody().front());
  func::ReturnOp::create(builder, function.getLoc(), results);
  function.setFunctionType(
      builder.getFunctionType(body->getArgumentTypes(), resultTypes));
  function.setAllArgAttrs(inputAttributes);
  function.setAllResultAttrs(resultAttributes);
  return program;
}

} // namespace tactus
