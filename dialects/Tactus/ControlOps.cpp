//===- ControlOps.cpp - Choice and repetition -----------------------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"

using namespace mlir;
using namespace tactus::ir;

/// What `region` yields; nothing where it is none of an op of control flow.
static std::optional<OperandRange> yieldOf(Region *region) {
  if (!region || !region->hasOneBlock() || region->front().empty())
    return std::nullopt;
  auto yield = dyn_cast<YieldOp>(region->front().back());
  if (!yield)
    return std::nullopt;
  return yield.getOperands();
}

static std::string textOf(TypeRange types) {
  std::string text;
  llvm::raw_string_ostream out(text);
  out << '(';
  llvm::interleaveComma(types, out);
  out << ')';
  return text;
}

static LogicalResult checkTypes(std::optional<Location> location,
                                StringRef what, TypeRange types,
                                TypeRange expected) {
  if (types == expected)
    return success();
  return emitOptionalError(location, "expected ", what, " of types ",
                           textOf(expected), ", but got ", textOf(types));
}

static LogicalResult missingYield(std::optional<Location> location) {
  return emitOptionalError(location,
                           "expected regions that end with tactus.yield");
}

//===----------------------------------------------------------------------===//
// IfOp
//===----------------------------------------------------------------------===//

LogicalResult IfOp::inferReturnTypes(MLIRContext *,
                                     std::optional<Location> location,
                                     Adaptor adaptor,
                                     SmallVectorImpl<Type> &types) {
  auto condition = cast<RankedTensorType>(adaptor.getCondition().getType());
  // (C1)
  if (condition.getRank() != 0)
    return emitOptionalError(location,
                             "expected a condition of shape [], but "
                             "got type ",
                             condition);
  Region *thenRegion = adaptor.getRegions()[0],
         *elseRegion = adaptor.getRegions()[1];
  auto thenYield = yieldOf(thenRegion), elseYield = yieldOf(elseRegion);
  if (!thenYield || !elseYield)
    return missingYield(location);
  // (C2)
  for (Region *region : {thenRegion, elseRegion})
    if (region->getNumArguments() != 0)
      return emitOptionalError(location,
                               "expected regions without arguments, but got ",
                               region->getNumArguments());
  // (C3)
  if (thenYield->empty())
    return emitOptionalError(location,
                             "expected regions that yield a value, but got "
                             "none");
  if (failed(checkTypes(location, "the values that 'else' yields",
                        elseYield->getTypes(), thenYield->getTypes())))
    return failure();
  llvm::append_range(types, thenYield->getTypes());
  return success();
}

FailureOr<SmallVector<Type>> IfOp::getArgumentTypes(unsigned,
                                                    std::optional<Location>) {
  return SmallVector<Type>();
}

//===----------------------------------------------------------------------===//
// WhileOp
//===----------------------------------------------------------------------===//

LogicalResult WhileOp::inferReturnTypes(MLIRContext *context,
                                        std::optional<Location> location,
                                        Adaptor adaptor,
                                        SmallVectorImpl<Type> &types) {
  TypeRange carried = adaptor.getInitial().getTypes();
  Region *conditionRegion = adaptor.getRegions()[0],
         *bodyRegion = adaptor.getRegions()[1];
  auto conditionYield = yieldOf(conditionRegion),
       bodyYield = yieldOf(bodyRegion);
  if (!conditionYield || !bodyYield)
    return missingYield(location);
  // (C1)
  if (carried.empty())
    return emitOptionalError(location, "expected a value to carry from one "
                                       "iteration to the next, but got none");
  if (failed(checkTypes(location, "arguments of 'condition'",
                        conditionRegion->getArgumentTypes(), carried)) ||
      failed(checkTypes(location, "arguments of 'body'",
                        bodyRegion->getArgumentTypes(), carried)))
    return failure();
  // (C2)
  Type flag = RankedTensorType::get({}, IntegerType::get(context, 1));
  if (failed(checkTypes(location, "the value that 'condition' yields",
                        conditionYield->getTypes(), flag)))
    return failure();
  // (C3)
  if (failed(checkTypes(location, "the values that 'body' yields",
                        bodyYield->getTypes(), carried)))
    return failure();
  llvm::append_range(types, carried);
  return success();
}

FailureOr<SmallVector<Type>>
WhileOp::getArgumentTypes(unsigned, std::optional<Location>) {
  return SmallVector<Type>(getInitial().getTypes());
}

//===----------------------------------------------------------------------===//
// ScanOp
//===----------------------------------------------------------------------===//

/// The types of the states and of a slice of each sequence, and the number of
/// slices.
static FailureOr<std::pair<SmallVector<Type>, int64_t>>
scanArguments(std::optional<Location> location, TypeRange inputs,
              int64_t numSequences) {
  // (C1)
  if (numSequences < 1 || numSequences > int64_t(inputs.size()))
    return emitOptionalError(location, "expected num_scan_inputs from 1 to ",
                             inputs.size(), ", the number of inputs, but got ",
                             numSequences);
  SmallVector<Type> types(inputs.drop_back(size_t(numSequences)));
  int64_t length = ShapedType::kDynamic;
  for (Type input : inputs.take_back(size_t(numSequences))) {
    auto sequence = cast<RankedTensorType>(input);
    // (C2)
    if (sequence.getRank() == 0)
      return emitOptionalError(
          location, "expected sequences of rank 1 or more, but got ", sequence);
    int64_t size = sequence.getDimSize(0);
    if (ShapedType::isStatic(size) && ShapedType::isStatic(length) &&
        size != length)
      return emitOptionalError(location,
                               "expected sequences of one size along dim 0, "
                               "but got ",
                               length, " and ", size);
    if (ShapedType::isStatic(size))
      length = size;
    types.push_back(RankedTensorType::get(sequence.getShape().drop_front(),
                                          sequence.getElementType()));
  }
  return std::pair(std::move(types), length);
}

LogicalResult ScanOp::inferReturnTypes(MLIRContext *,
                                       std::optional<Location> location,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &types) {
  TypeRange inputs = adaptor.getInputs().getTypes();
  auto arguments = scanArguments(location, inputs, adaptor.getNumScanInputs());
  if (failed(arguments))
    return failure();
  auto &[argumentTypes, length] = *arguments;
  Region *body = adaptor.getRegions()[0];
  auto yield = yieldOf(body);
  if (!yield)
    return missingYield(location);
  // (C3)
  if (failed(checkTypes(location, "arguments of 'body'",
                        body->getArgumentTypes(), argumentTypes)))
    return failure();
  // (C4)
  size_t numStates = inputs.size() - size_t(adaptor.getNumScanInputs());
  TypeRange states = inputs.take_front(numStates);
  size_t least = std::max<size_t>(numStates, 1);
  if (yield->size() < least)
    return emitOptionalError(location, "expected 'body' to yield ", least,
                             least == 1 ? " value" : " values",
                             " or more, but got ", yield->size());
  if (failed(checkTypes(location, "the states that 'body' yields",
                        yield->take_front(numStates).getTypes(), states)))
    return failure();
  llvm::append_range(types, states);
  for (Type element : yield->drop_front(numStates).getTypes()) {
    auto type = cast<RankedTensorType>(element);
    SmallVector<int64_t> shape = {length};
    llvm::append_range(shape, type.getShape());
    auto stacked = RankedTensorType::get(shape, type.getElementType());
    if (failed(verifyLimits(location, stacked)))
      return failure();
    types.push_back(stacked);
  }
  return success();
}

FailureOr<SmallVector<Type>>
ScanOp::getArgumentTypes(unsigned, std::optional<Location> location) {
  auto arguments =
      scanArguments(location, getInputs().getTypes(), getNumScanInputs());
  if (failed(arguments))
    return failure();
  return arguments->first;
}
