//===- KernelCost.cpp - About how long a kernel takes ---------------------===//
#include "compiler/Conversion/Kernels/KernelCost.h"
#include "compiler/Conversion/Kernels/IndexedRead.h"
#include "compiler/Conversion/Kernels/KernelPlan.h"
#include "compiler/Conversion/Kernels/KernelWork.h"
#include "compiler/Conversion/Kernels/OpCost.h"
#include <cmath>

using namespace mlir;

namespace tactus {

static ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

static double productOf(ArrayRef<int64_t> sizes) {
  double count = 1;
  for (int64_t size : sizes)
    count *= double(size);
  return count;
}

namespace {

/// A nest of loops, in which values are computed once for each place.
struct Nest {
  SmallVector<int64_t> sizes;
  /// How often all of it runs.
  double times = 1;
  /// A factor for functions, whose loops wait for memory as well.
  double delay = 1;
  /// The places where a value was computed.
  llvm::DenseMap<Value, SmallVector<IndexMap, 1>> seen;
  double picoseconds = 0;
  /// Of functions on vectors, and how many there are.
  double inFunctions = 0;
  unsigned numFunctions = 0;

  double total() const {
    return picoseconds + inFunctions * crowding(numFunctions) * delay;
  }
};

/// Adds up what the ops of a region take, as its kernel computes them.
class ComputeTime {
public:
  ComputeTime(Block &body, const VectorMachine &machine)
      : body(body), machine(machine) {}

  double picoseconds();

private:
  void addLoops(const KernelPlan &plan);
  void addContraction(ir::MatmulOp matmul);
  void addAlone(Value value);
  void addRest();
  void visit(Value value, const IndexMap &map, Nest &nest);
  void visitOperands(Operation *op, const IndexMap &map, Nest &nest);
  /// Returns how many functions were computed.
  unsigned visitAll(Value value, Nest nest);
  void count(Operation *op, const IndexMap &map, Nest &nest);

  Block &body;
  const VectorMachine &machine;
  double total = 0;
  llvm::SmallPtrSet<Operation *, 16> counted;
  /// Values that a pass keeps for later ones; true once one has computed it.
  llvm::SmallDenseMap<Value, bool> kept;
};

} // namespace

/// Loops around the innermost one that `map` depends on repeat the op; those
/// inside it do not. What the innermost loop does not change, as what becomes
/// of a row's sum, stands alone there, but beside a whole row of other work.
void ComputeTime::count(Operation *op, const IndexMap &map, Nest &nest) {
  counted.insert(op);
  size_t innermost = 0, last = 0;
  for (auto [loop, size] : llvm::enumerate(nest.sizes)) {
    if (size == 1)
      continue;
    innermost = loop + 1;
    if (llvm::any_of(map, [loop = loop](const LinearIndex &index) {
          return index.coefficients[loop] != 0;
        }))
      last = loop + 1;
  }
  double places = nest.times * productOf(ArrayRef(nest.sizes).take_front(last));
  OpCost cost = costOfElement(op, machine);
  if (cost.isFunction && last == innermost) {
    nest.inFunctions += places * cost.inVector;
    ++nest.numFunctions;
  } else {
    nest.picoseconds += places * cost.inVector;
  }
}

void ComputeTime::visitOperands(Operation *op, const IndexMap &map,
                                Nest &nest) {
  if (isa<ir::GatherOp, ir::GatherElementsOp, ir::GatherNdOp>(op)) {
    FailureOr<IndexedRead> read =
        IndexedRead::of(op, map, unsigned(nest.sizes.size()));
    if (succeeded(read))
      for (const IndexLookup &lookup : read->lookups)
        visit(lookup.indices, lookup.map, nest);
    return;
  }
  for (unsigned i = 0; i < op->getNumOperands(); ++i) {
    FailureOr<IndexMap> read = mapOfOperand(op, i, map);
    if (succeeded(read))
      visit(op->getOperand(i), *read, nest);
    else
      addAlone(op->getOperand(i));
  }
}

void ComputeTime::visit(Value value, const IndexMap &map, Nest &nest) {
  Operation *op = value.getDefiningOp();
  // Reductions, contractions and sorts are counted by themselves.
  if (!op || op->getBlock() != &body ||
      isa<ir::MatmulOp, ir::SortOp, ir::TopKOp>(op) || Reduction::of(op))
    return;
  if (auto found = kept.find(value); found != kept.end()) {
    if (found->second)
      return;
    found->second = true;
  }
  SmallVector<IndexMap, 1> &places = nest.seen[value];
  if (llvm::is_contained(places, map))
    return;
  places.push_back(map);
  if (isa<ir::ConcatOp>(op)) {
    for (Value part : op->getOperands())
      addAlone(part);
    return;
  }
  count(op, map, nest);
  visitOperands(op, map, nest);
}

unsigned ComputeTime::visitAll(Value value, Nest nest) {
  nest.sizes = llvm::to_vector(shapeOf(value));
  visit(value, identityMap(unsigned(nest.sizes.size())), nest);
  total += nest.total();
  return nest.numFunctions;
}

void ComputeTime::addAlone(Value value) {
  visitAll(value, Nest());
}

/// One pass for each reduction and one for the results.
void ComputeTime::addLoops(const KernelPlan &plan) {
  for (auto &[value, pass] : plan.kept)
    kept[value] = false;
  Nest nest;
  nest.sizes = plan.sizes;
  for (const Reduction &reduction : plan.reductions) {
    Nest pass = nest;
    visit(reduction.input, plan.spaceMap(), pass);
    total += pass.total() + productOf(plan.sizes) * costOfReduced(machine);
  }
  for (Value result : body.getTerminator()->getOperands()) {
    bool isRow;
    FailureOr<IndexMap> map = plan.resultMap(result, isRow);
    if (succeeded(map))
      visit(result, *map, nest);
  }
  total += nest.total();
}

/// How many products one instruction does in place of one of f32.
static double productsAtOnce(ir::MatmulOp matmul, const VectorMachine &machine,
                             Type sums) {
  auto unpack = matmul.getRhs().getDefiningOp<ir::UnpackOp>();
  int64_t depth =
      unpack ? int64_t(unpack.getDepth())
             : depthOfProduct(machine, getElementTypeOrSelf(matmul.getLhs()),
                              getElementTypeOrSelf(matmul.getRhs()), sums);
  // Two are added to the sum by another instruction.
  return depth == 4 ? 4 : 1;
}

/// The left operand is copied, at worst, as where each thread has one panel,
/// again for each (ContractionLeft.cpp). The right one is copied a panel at a
/// time, or, for few rows, read again by each tile of them
/// (ContractionTiles.cpp).
void ComputeTime::addContraction(ir::MatmulOp matmul) {
  counted.insert(matmul);
  Type sums = accumulatorType(getElementTypeOrSelf(matmul.getType()));
  ArrayRef<int64_t> shape = shapeOf(matmul.getResult());
  RegisterTile tile = chooseRegisterTile(machine, matmul);
  double rows = double(shape[shape.size() - 2]),
         batches = productOf(shape.drop_back(2)),
         panels = std::ceil(double(shape.back() - tailOf(matmul).columns) /
                            double(tile.columns));
  double products = double(productsOf(matmul)) *
                    costOfProduct(sums.getIntOrFloatBitWidth(), machine) /
                    productsAtOnce(matmul, machine, sums);
  total += products;

  auto ownBatches = [](Value operand) {
    return std::max(productOf(shapeOf(operand).drop_back(2)), 1.0);
  };
  // The rows of attention's second product are in memory.
  Operation *rowsOp = matmul.getLhs().getDefiningOp();
  bool isAttention = llvm::range_size(body.getOps<ir::MatmulOp>()) > 1;
  if (rowsOp && !(isAttention && counted.size() > 1)) {
    Nest nest;
    nest.times = panels * batches / ownBatches(matmul.getLhs());
    // The constants of functions took the registers of the sums beside them:
    // GELU of 128x768, times 768x64, 395 us, and 128 apart.
    constexpr double crowded = 3;
    if (visitAll(matmul.getLhs(), nest) > 0)
      total += (crowded - 1) * products;
  }
  Nest nest;
  nest.times = batches / ownBatches(matmul.getRhs());
  constexpr double leastRowsToCopy = 8;
  if (rows < leastRowsToCopy)
    nest.times *= std::ceil(rows / double(tile.rows));
  // The vectors of a panel's row lie far from those of the next, so from beyond
  // the second-level cache they come late: exp took 0.43 ns an element so and
  // 0.24 in loops of its own, 0.15 where all was in that cache.
  constexpr double delayed = 2.2;
  if (double(bytesOf(matmul.getRhs())) > double(machine.l2Bytes))
    nest.delay = delayed;
  visitAll(matmul.getRhs(), nest);
}

/// What no loop came to, such as the rows between attention's products.
void ComputeTime::addRest() {
  Nest nest;
  for (Operation &op : body.without_terminator()) {
    if (counted.contains(&op) || op.getNumOperands() == 0)
      continue;
    if (std::optional<Reduction> reduction = Reduction::of(&op)) {
      nest.picoseconds +=
          productOf(shapeOf(reduction->input)) * costOfReduced(machine);
    } else if (isa<ir::SortOp, ir::TopKOp>(op)) {
      constexpr double costOfComparison = 3000;
      double elements = productOf(shapeOf(op.getOperand(0)));
      nest.picoseconds += elements * costOfComparison * std::log2(elements + 1);
    } else {
      nest.sizes = llvm::to_vector(shapeOf(op.getResult(0)));
      count(&op, identityMap(unsigned(nest.sizes.size())), nest);
    }
  }
  total += nest.total();
}

double ComputeTime::picoseconds() {
  Operation *yield = body.getTerminator();
  bool isContraction = false;
  for (auto matmul : body.getOps<ir::MatmulOp>()) {
    addContraction(matmul);
    isContraction = true;
  }
  FailureOr<KernelPlan> plan = failure();
  if (!isContraction)
    plan = planKernel(body);
  if (succeeded(plan)) {
    addLoops(*plan);
    return total;
  }
  for (Value result : yield->getOperands())
    addAlone(result);
  addRest();
  return total;
}

/// What computing hides of the traffic, and the other way round, is not all:
/// GELU on 1 MB took 0.42 ns an element, of which it computes for 0.33, and
/// `neg` 0.35.
static double overlapped(double computing, double moving) {
  return std::max(computing, moving) + std::min(computing, moving) / 4;
}

double estimateTime(Block &body, const VectorMachine &machine) {
  double moving = 0;
  unsigned streams = 0;
  for (Value argument : body.getArguments()) {
    auto bytes = double(bytesOf(argument));
    moving += costOfBytes(double(bytesRead(argument)), bytes, machine);
    streams += isStream(bytes, machine);
  }
  for (Value result : body.getTerminator()->getOperands())
    moving +=
        costOfBytes(double(bytesOf(result)), double(bytesOf(result)), machine);
  moving *= crowdingOfStreams(streams);
  double computing = ComputeTime(body, machine).picoseconds();
  return (overlapped(computing, moving) + costOfKernel) / 1000;
}

int64_t estimateCost(ir::KernelOp kernel) {
  VectorMachine measured;
  measured.vectorBits = 512;
  measured.vectorRegisters = 32;
  measured.l2Bytes = 1 << 20;
  measured.byteProducts = true;
  // Years are long enough, and fit the integer.
  return int64_t(
      std::min(estimateTime(kernel.getBody().front(), measured), 1e18));
}

} // namespace tactus
