//===- AttentionKernel.cpp - Two products in one kernel -------------------===//
//
// The iterations of the function are (matrix of the batch, block of rows)
// pairs. A thread packs the right operands of a matrix when it comes to it;
// then, block by block, it computes scores, what becomes of them along the
// rows, and the second product. Each of these is a kernel that was lowered by
// itself (AttentionParts.h), and its code stands here with its memory moved.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Kernels/AttentionKernel.h"
#include "compiler/Conversion/Kernels/AttentionParts.h"
#include "compiler/Conversion/Kernels/ContractionEmitter.h"
#include "compiler/Conversion/Kernels/ContractionKernel.h"
#include "compiler/Conversion/Kernels/KernelFunction.h"
#include "compiler/Conversion/Kernels/LoopKernel.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace tactus {

static ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

/// Rows of the left operand below which packing the right ones does not pay.
static constexpr int64_t leastRows = 8;

bool isAttentionKernel(Block &body) {
  std::optional<AttentionOps> ops = findAttention(body);
  if (!ops)
    return false;
  int64_t m = shapeOf(ops->first.getResult()).drop_back(1).back();
  if (m < leastRows)
    return false;
  // Whether a step can be lowered does not depend on the machine.
  OpBuilder detached(body.getTerminator()->getContext());
  FailureOr<SmallVector<AttentionPart>> parts =
      cutAttention(detached, "attention", *ops, m, VectorMachine());
  if (failed(parts))
    return false;
  for (AttentionPart &part : *parts)
    part.kernel.erase();
  return true;
}

namespace {

class AttentionEmitter {
public:
  AttentionEmitter(ir::KernelOp kernel, const VectorMachine &machine)
      : kernel(kernel), ops(*findAttention(kernel.getBody().front())),
        machine(machine), builder(kernel.getContext()), loc(kernel.getLoc()) {
    ArrayRef<int64_t> shape = shapeOf(ops.first.getResult());
    batch = llvm::to_vector(shape.drop_back(2));
    m = shape[shape.size() - 2];
    columns = shape.back();
  }

  LogicalResult run();

private:
  /// The code of one step, and its memory.
  struct Step {
    func::FuncOp function;
    SmallVector<AttentionPart::Operand> operands;
    int64_t extent = 0, scratchBytes = 0;
    MemRefType result;
  };
  using Steps = SmallVector<Step>;

  int64_t chooseRows() const;
  FailureOr<Steps> lowerSteps(int64_t rows, const Twine &suffix);
  LogicalResult lowerStep(AttentionPart &part, Steps &steps);
  void placeMemory(const Steps &steps);
  void emitStep(const Steps &steps, unsigned number);
  void emitBlock(const Steps &steps);
  Value moved(Value memory, const FlatAccess &begin);
  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  }

  ir::KernelOp kernel;
  AttentionOps ops;
  VectorMachine machine;
  OpBuilder builder;
  Location loc;
  KernelFunction function;
  SmallVector<int64_t> batch;
  int64_t m = 0, columns = 0;
  /// Bytes of the results of steps, where they begin in scratch, and where the
  /// memory begins that the steps use one after the other.
  SmallVector<int64_t> resultBytes, resultBegins;
  int64_t sharedBegin = 0, sharedBytes = 0;
  /// The iteration at hand: indices of the batch, then the first row.
  SmallVector<Value> indices;
};

} // namespace

/// As many rows as leave room for their scores beside the panels in the
/// second-level cache; a divisor of all rows, where there is one near, spares
/// code for a last block that is lower.
int64_t AttentionEmitter::chooseRows() const {
  Type type = getElementTypeOrSelf(ops.scores.getType());
  int64_t bytes = columns * ((type.getIntOrFloatBitWidth() + 7) / 8);
  int64_t most = std::clamp<int64_t>(machine.l2Bytes / 4 / bytes, 16, 96);
  if (m <= most)
    return m;
  int64_t blocks = llvm::divideCeil(m, most);
  for (int64_t more = blocks; more <= 2 * blocks; ++more)
    if (m % more == 0)
      return m / more;
  return llvm::divideCeil(m, blocks);
}

/// Lowers the kernel of a step to a function, of which only the body is used.
LogicalResult AttentionEmitter::lowerStep(AttentionPart &part, Steps &steps) {
  std::string name = part.kernel.getSymName().str();
  auto module = part.kernel->getParentOfType<ModuleOp>();
  Block &body = part.kernel.getBody().front();
  auto element = cast<RankedTensorType>(part.kernel.getResultTypes().front());
  auto result = MemRefType::get({element.getNumElements()},
                                storageType(element.getElementType()));
  bool isPack =
      isa<ir::PackOp>(body.getTerminator()->getOperand(0).getDefiningOp());
  LogicalResult lowered = findContraction(body)
                              ? lowerContractionKernel(part.kernel, machine)
                          : isPack ? lowerPackKernel(part.kernel)
                                   : lowerLoopKernel(part.kernel);
  if (failed(lowered))
    return failure();
  auto lowering = module.lookupSymbol<func::FuncOp>(name);
  auto count = [&](StringRef attribute) {
    return lowering->getAttrOfType<IntegerAttr>(attribute).getInt();
  };
  steps.push_back({lowering, part.operands, count("tactus.extent"),
                   count("tactus.scratch"), result});
  return success();
}

FailureOr<AttentionEmitter::Steps>
AttentionEmitter::lowerSteps(int64_t rows, const Twine &suffix) {
  builder.setInsertionPoint(kernel);
  FailureOr<SmallVector<AttentionPart>> parts = cutAttention(
      builder, (kernel.getSymName() + suffix).str(), ops, rows, machine);
  if (failed(parts))
    return failure();
  Steps steps;
  for (AttentionPart &part : *parts)
    if (failed(lowerStep(part, steps)))
      return failure();
  return steps;
}

/// The results of all steps but the last have memory of their own.
void AttentionEmitter::placeMemory(const Steps &steps) {
  resultBytes.resize(steps.size() - 1);
  for (auto [i, bytes] : llvm::enumerate(resultBytes)) {
    MemRefType type = steps[i].result;
    int64_t size =
        type.getNumElements() * int64_t(type.getElementTypeBitWidth() / 8);
    bytes = std::max(bytes, int64_t(llvm::alignTo(size, 64)));
  }
  resultBegins.clear();
  sharedBegin = 0;
  for (int64_t bytes : resultBytes) {
    resultBegins.push_back(sharedBegin);
    sharedBegin += bytes;
  }
  for (const Step &step : steps)
    sharedBytes = std::max(sharedBytes, step.scratchBytes);
}

/// `memory` from where the block at hand begins.
Value AttentionEmitter::moved(Value memory, const FlatAccess &begin) {
  auto type = cast<MemRefType>(memory.getType());
  if (llvm::all_of(begin.coefficients, [](int64_t c) { return c == 0; }))
    return memory;
  Value offset = buildLinear(builder, loc, 0, begin.coefficients, indices);
  auto layout =
      StridedLayoutAttr::get(builder.getContext(), ShapedType::kDynamic, {1});
  return memref::ReinterpretCastOp::create(
      builder, loc,
      MemRefType::get(type.getShape(), type.getElementType(), layout), memory,
      OpFoldResult(offset),
      ArrayRef<OpFoldResult>{builder.getIndexAttr(type.getNumElements())},
      ArrayRef<OpFoldResult>{builder.getIndexAttr(1)});
}

/// Puts the code of step `number` here, for the iteration at hand.
void AttentionEmitter::emitStep(const Steps &steps, unsigned number) {
  Step step = steps[number];
  auto resultOf = [&](unsigned part) {
    Value begin = constant(resultBegins[part]);
    return memref::ViewOp::create(builder, loc, steps[part].result,
                                  function.scratch, begin, ValueRange())
        .getResult();
  };
  SmallVector<Value> arguments;
  for (const AttentionPart::Operand &operand : step.operands)
    arguments.push_back(
        operand.isPart
            ? resultOf(operand.number)
            : moved(function.inputs[operand.number].memref, operand.begin));
  if (number + 1 < steps.size()) {
    arguments.push_back(resultOf(number));
  } else {
    // Rows of the result follow one another.
    FlatAccess begin;
    int64_t stride = shapeOf(ops.second.getResult()).back();
    begin.coefficients.assign(indices.size(), stride);
    stride *= m;
    for (size_t d = batch.size(); d-- > 0; stride *= batch[d])
      begin.coefficients[d] = stride;
    arguments.push_back(moved(function.outputs.front().memref, begin));
  }
  arguments.push_back(memref::ViewOp::create(
      builder, loc, MemRefType::get({step.scratchBytes}, builder.getI8Type()),
      function.scratch, constant(sharedBegin), ValueRange()));
  arguments.append({constant(0), constant(step.extent), function.status});
  Block &body = step.function.getBody().front();
  IRMapping mapping;
  mapping.map(body.getArguments(), arguments);
  for (Operation &op : body.without_terminator())
    builder.clone(op, mapping);
}

void AttentionEmitter::emitBlock(const Steps &steps) {
  unsigned number = unsigned(AttentionStep::Scores);
  for (; number < steps.size(); ++number)
    emitStep(steps, number);
}

LogicalResult AttentionEmitter::run() {
  int64_t rows = chooseRows(), numBlocks = llvm::divideCeil(m, rows),
          lastRows = m - (numBlocks - 1) * rows, numMatrices = 1;
  for (int64_t size : batch)
    numMatrices *= size;
  FailureOr<Steps> steps = lowerSteps(rows, "_block"), last = Steps();
  if (lastRows != rows)
    last = lowerSteps(lastRows, "_last");
  if (failed(steps) || failed(last))
    return failure();
  placeMemory(*steps);
  if (!last->empty())
    placeMemory(*last);

  function = createKernelFunction(builder, kernel, numMatrices * numBlocks,
                                  sharedBegin + sharedBytes);
  auto loop = scf::ForOp::create(builder, loc, function.begin, function.end,
                                 constant(1));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  Value rest = loop.getInductionVar();
  auto split = [&](int64_t size) -> Value {
    Value part =
        arith::RemUIOp::create(builder, loc, rest, constant(size)).getResult();
    rest = arith::DivUIOp::create(builder, loc, rest, constant(size));
    return part;
  };
  Value block = split(numBlocks);
  indices.assign(batch.size() + 1, Value());
  indices.back() = arith::MulIOp::create(builder, loc, block, constant(rows));
  for (size_t d = batch.size(); d-- > 0;)
    indices[d] = split(batch[d]);

  // Panels stay for the blocks of the same matrix that follow in this call.
  auto equals = [&](Value a, Value b) {
    return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, a, b);
  };
  auto packs = scf::IfOp::create(
      builder, loc,
      arith::OrIOp::create(builder, loc, equals(block, constant(0)),
                           equals(loop.getInductionVar(), function.begin)),
      /*withElseRegion=*/false);
  builder.setInsertionPoint(packs.thenBlock()->getTerminator());
  emitStep(*steps, unsigned(AttentionStep::PackFirst));
  emitStep(*steps, unsigned(AttentionStep::PackSecond));
  builder.setInsertionPointAfter(packs);
  if (last->empty()) {
    emitBlock(*steps);
  } else {
    auto which =
        scf::IfOp::create(builder, loc, equals(block, constant(numBlocks - 1)),
                          /*withElseRegion=*/true);
    builder.setInsertionPoint(which.thenBlock()->getTerminator());
    emitBlock(*last);
    builder.setInsertionPoint(which.elseBlock()->getTerminator());
    emitBlock(*steps);
  }
  for (Steps *used : {&*steps, &*last})
    for (Step &step : *used)
      step.function.erase();
  kernel.erase();
  return success();
}

LogicalResult lowerAttentionKernel(ir::KernelOp kernel,
                                   const VectorMachine &machine) {
  if (!findAttention(kernel.getBody().front()))
    return kernel.emitOpError(
        "expected two contractions, the second of what becomes of the first");
  AttentionEmitter emitter(kernel, machine);
  if (failed(emitter.run()))
    return kernel.emitOpError(
        "expected values that are linear in the contractions' loops");
  return success();
}

} // namespace tactus
