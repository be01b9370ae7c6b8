//===- FusionCost.cpp - Whether ops are faster as one kernel --------------===//
#include "compiler/Transforms/FusionCost.h"
#include "compiler/Conversion/Kernels/KernelCost.h"
#include "compiler/Conversion/Kernels/KernelWork.h"
#include "mlir/IR/Remarks.h"

using namespace mlir;

namespace tactus {

static bool isStatic(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && type.hasStaticShape();
}

static bool isStatic(Block &body) {
  return llvm::all_of(body.getArguments(),
                      [](Value v) { return isStatic(v); }) &&
         llvm::all_of(body, [](Operation &op) {
           return llvm::all_of(op.getResults(),
                               [](Value result) { return isStatic(result); });
         });
}

/// All operands come from DRAM and all results go there.
static double transferTime(Block &body, const systolic::Machine &machine) {
  double bytes = 0;
  for (Value argument : body.getArguments())
    bytes += double(bytesRead(argument));
  for (Value result : body.getTerminator()->getOperands())
    bytes += double(bytesOf(result));
  return bytes * 1e9 / double(machine.dataChannel().bytesPerSecond);
}

double FusionCost::timeOf(Block &body) const {
  if (!isStatic(body))
    return 0;
  return machine ? transferTime(body, *machine) : estimateTime(body, processor);
}

//===----------------------------------------------------------------------===//
// Remarks
//===----------------------------------------------------------------------===//

/// `'scores' (matmul)`: the node that the user wrote, where it has a name, and
/// the op that the graph or a pass made of it.
static std::string describe(Operation *op) {
  std::string node, kind = op->getName().stripDialect().str();
  // Where several ops are one region, its last says what that is.
  if (op->getNumRegions() == 1 && !op->getRegion(0).empty()) {
    Operation *end = op->getRegion(0).front().getTerminator();
    if (end->getNumOperands() != 0)
      if (Operation *last = end->getOperand(0).getDefiningOp())
        kind = last->getName().stripDialect().str();
  }
  op->getLoc()->walk([&](Location location) {
    auto name = dyn_cast<NameLoc>(location);
    if (!name)
      return WalkResult::advance();
    node = name.getName().str();
    return WalkResult::interrupt();
  });
  return node.empty() ? kind : "'" + node + "' (" + kind + ")";
}

static remark::RemarkOpts optionsFor(Operation *op) {
  auto function = op->getParentOfType<func::FuncOp>();
  return remark::RemarkOpts::name("fuse")
      .category("tactus-fusion")
      .function(function ? function.getSymName() : StringRef());
}

static std::string kernelsOf(const FusionCandidate &candidate) {
  if (candidate.numKernels == 1)
    return describe(candidate.into);
  return std::to_string(candidate.numKernels) +
         " kernels that read it, first " + describe(candidate.into);
}

/// Whole nanoseconds, of which a tensor of any size is a number that prints.
static std::string nanoseconds(double time) {
  return std::to_string(int64_t(std::min(std::round(time), 1e18))) + " ns";
}

bool FusionCost::pays(const FusionCandidate &candidate, double fused,
                      double apart) const {
  // Sums of the same numbers in another order differ in the last bits.
  bool fuses = fused <= apart * (1 + 1e-9);
  remark::RemarkOpts options = optionsFor(candidate.op);
  auto say = [&](remark::detail::InFlightRemark note, StringRef what) {
    if (note)
      note << (describe(candidate.op) + what + kernelsOf(candidate)).str()
           << remark::metric("Cost", nanoseconds(fused))
           << remark::metric("Limit", nanoseconds(apart));
  };
  if (fuses)
    say(remark::passed(candidate.op->getLoc(), options), " fused into ");
  else
    say(remark::missed(candidate.op->getLoc(), options), " kept apart from ");
  return fuses;
}

void FusionCost::refuse(const FusionCandidate &candidate,
                        StringRef reason) const {
  remark::detail::InFlightRemark note =
      remark::missed(candidate.op->getLoc(), optionsFor(candidate.op));
  if (note)
    note << describe(candidate.op) + " kept apart from " + kernelsOf(candidate)
         << remark::metric("Reason", reason.str());
}

} // namespace tactus
