//===- FuseProducers.cpp - Kernels that their readers compute themselves --===//
#include "compiler/Conversion/Kernels/ContractionKernel.h"
#include "compiler/Transforms/FusionCost.h"
#include "compiler/Transforms/FusionRules.h"
#include "compiler/Transforms/Passes.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

namespace tactus {
#define GEN_PASS_DEF_FUSEPRODUCERSPASS
#include "compiler/Transforms/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

/// A region with the ops of another in it, one of whose readers it is.
struct Merged {
  ir::FusedOp reader;
  std::unique_ptr<Region> body;
  SmallVector<Value> inputs;

  Block &block() { return body->front(); }
};

Block &blockOf(ir::FusedOp fused) {
  return fused.getBody().front();
}

Merged merge(ir::FusedOp producer, ir::FusedOp reader) {
  Merged merged{reader, std::make_unique<Region>(), {}};
  Block &block = merged.body->emplaceBlock();
  IRMapping mapping;
  llvm::SmallDenseMap<Value, Value> arguments;
  auto argumentFor = [&](Value input) {
    Value &argument = arguments[input];
    if (!argument) {
      argument = block.addArgument(input.getType(), input.getLoc());
      merged.inputs.push_back(input);
    }
    return argument;
  };
  OpBuilder builder(producer.getContext());
  builder.setInsertionPointToEnd(&block);
  auto enter = [&](ir::FusedOp fused) {
    for (auto [argument, input] :
         llvm::zip(blockOf(fused).getArguments(), fused.getInputs()))
      if (input.getDefiningOp() != producer)
        mapping.map(argument, argumentFor(input));
  };
  enter(producer);
  enter(reader);
  for (Operation &op : blockOf(producer).without_terminator())
    builder.clone(op, mapping);
  Value result =
      mapping.lookup(blockOf(producer).getTerminator()->getOperand(0));
  for (auto [argument, input] :
       llvm::zip(blockOf(reader).getArguments(), reader.getInputs()))
    if (input.getDefiningOp() == producer)
      mapping.map(argument, result);
  for (Operation &op : blockOf(reader))
    builder.clone(op, mapping);
  return merged;
}

/// Gives the reader its new region. It stays the same op, since other readers
/// may read its result.
void replaceBody(Merged &merged) {
  merged.reader.getBody().takeBody(*merged.body);
  merged.reader->setOperands(merged.inputs);
}

/// Which readers compute a kernel's result themselves, if all of them do.
class ProducerFusion {
public:
  ProducerFusion(const FusionRules &rules, const FusionCost &cost)
      : rules(rules), cost(cost) {}

  void tryFuse(ir::FusedOp producer) const;

private:
  bool mayRepeat(ir::FusedOp fused) const;
  bool fits(ir::FusedOp reader, Block &merged) const;

  const FusionRules &rules;
  const FusionCost &cost;
};

bool hasContraction(ir::FusedOp fused) {
  return bool(findContraction(blockOf(fused)));
}

bool ProducerFusion::fits(ir::FusedOp reader, Block &merged) const {
  if (!hasContraction(reader))
    return rules.isLoops(merged);
  return rules.isContraction(merged) || rules.isAttention(merged);
}

/// The readers of `producer`, in order; none where its result is needed by
/// itself.
SmallVector<ir::FusedOp> readersOf(ir::FusedOp producer) {
  llvm::SetVector<Operation *> readers;
  for (Operation *user : producer->getUsers()) {
    if (!isa<ir::FusedOp>(user) || user->getBlock() != producer->getBlock())
      return {};
    readers.insert(user);
  }
  SmallVector<ir::FusedOp> ordered;
  for (Operation *reader : readers)
    ordered.push_back(cast<ir::FusedOp>(reader));
  llvm::sort(ordered, [](ir::FusedOp a, ir::FusedOp b) {
    return a->isBeforeInBlock(b);
  });
  return ordered;
}

/// What may be computed once more: no contraction or reduction, whose rows are
/// long; nothing that may fail, which is told once; nothing that is computed at
/// load.
bool ProducerFusion::mayRepeat(ir::FusedOp fused) const {
  return fused->getNumResults() == 1 &&
         !rules.preparedValues().contains(fused->getResult(0)) &&
         llvm::all_of(blockOf(fused).without_terminator(), [](Operation &op) {
           return isa<ir::ElementwiseOpInterface, ir::TransposeOp, ir::SliceOp,
                      ir::BroadcastOp, ir::ConstantOp, ir::IotaOp>(op);
         });
}

void ProducerFusion::tryFuse(ir::FusedOp producer) const {
  if (!mayRepeat(producer))
    return;
  SmallVector<ir::FusedOp> readers = readersOf(producer);
  // A single reader that is a nest of loops was asked already.
  if (readers.empty() ||
      (readers.size() == 1 && !hasContraction(readers.front())))
    return;
  FusionCandidate candidate{producer, readers.front(),
                            unsigned(readers.size())};
  double fused = 0, apart = cost.timeOf(blockOf(producer));
  SmallVector<Merged> all;
  for (ir::FusedOp reader : readers) {
    if (blockOf(producer).getOperations().size() +
            blockOf(reader).getOperations().size() >
        mostOpsOfKernel)
      return cost.refuse(candidate, "the kernel has ops enough");
    all.push_back(merge(producer, reader));
    if (!fits(reader, all.back().block()))
      return cost.refuse(candidate);
    fused += cost.timeOf(all.back().block());
    apart += cost.timeOf(blockOf(reader));
  }
  if (!cost.pays(candidate, fused, apart))
    return;
  for (Merged &merged : all)
    replaceBody(merged);
  producer.erase();
}

struct FuseProducersPass final
    : tactus::impl::FuseProducersPassBase<FuseProducersPass> {
  using FuseProducersPassBase::FuseProducersPassBase;

  void runOnOperation() override {
    FusionRules rules(getOperation());
    FusionCost cost(getOperation(), {vectorBits, vectorRegisters, /*fma=*/true,
                                     byteProducts, l1Bytes, l2Bytes});
    ProducerFusion fusion(rules, cost);
    // From the end, so that readers are whole before what they read is asked.
    for (Operation &op : llvm::make_early_inc_range(
             llvm::reverse(getOperation().getBody().front())))
      if (auto fused = dyn_cast<ir::FusedOp>(op))
        fusion.tryFuse(fused);
  }
};

} // namespace
} // namespace tactus
