//===- Instructions.cpp - From ops to instructions ------------------------===//
#include "dialects/Systolic/Instructions.h"
#include "llvm/ADT/TypeSwitch.h"
#include <limits>

using namespace mlir;

namespace tactus::systolic {

int64_t placeOf(Value buffer) {
  if (auto alloc = buffer.getDefiningOp<AllocOp>())
    return alloc.getRow().value_or(0);
  if (auto dram = buffer.getDefiningOp<DramOp>())
    return dram.getAddress().value_or(0);
  return 0;
}

int64_t dramBytesOf(RankedTensorType type) {
  return type.getNumElements() *
         llvm::divideCeil(type.getElementTypeBitWidth(), 8u);
}

bool isInstruction(Operation *op) {
  return isa<QueueOpInterface, FenceOp, HostCallOp, HaltOp>(op);
}

namespace {

/// Fills the operands of one instruction.
class Reader {
public:
  Reader(std::string &problem, PlaceFn place)
      : problem(problem), place(place) {}

  /// Stores `value`, whose sign and width the field may not have.
  template <typename T> void set(T &field, const char *name, int64_t value) {
    int64_t least = std::numeric_limits<T>::min();
    uint64_t most =
        std::min<uint64_t>(std::numeric_limits<T>::max(), INT64_MAX);
    if (value < least || (value > 0 && uint64_t(value) > most)) {
      if (problem.empty())
        problem = std::string("expected ") + name + " of " +
                  std::to_string(least) + " to " + std::to_string(most) +
                  ", but got " + std::to_string(value);
      return;
    }
    field = T(value);
  }
  void require(bool holds, const char *text) {
    if (!holds && problem.empty())
      problem = text;
  }

  Operands read(DmaLoadOp op);
  Operands read(DmaStoreOp op);
  Operands read(LoadWeightsOp op);
  Operands read(MatmulOp op);
  Operands read(ActivateOp op);
  Operands read(VecOp op);
  Operands read(ConfigOp op);
  Operands read(HostCallOp op);

private:
  VectorRows vectorRows(Value buffer, int64_t row, int64_t stride) {
    VectorRows rows;
    rows.space = spaceOf(buffer);
    set(rows.row, "a row", place(buffer) + row);
    set(rows.stride, "a stride", stride);
    return rows;
  }
  static Space spaceOf(Value buffer) {
    return isa<AccumulatorsType>(buffer.getType()) ? Space::Accumulators
                                                   : Space::UnifiedBuffer;
  }

  std::string &problem;
  PlaceFn place;
};

Operands Reader::read(DmaLoadOp op) {
  DmaLoad out;
  out.space = spaceOf(op.getDestination());
  out.zeroFill = op.getZeroFill();
  out.broadcastRow = op.getBroadcastRow();
  // (C3)
  require(bool(op.getSource()) != out.zeroFill,
          "expected a source, or else zero_fill");
  int64_t base = op.getSource() ? place(op.getSource()) : 0;
  set(out.dramAddress, "an address", base + int64_t(op.getOffset()));
  set(out.dramStride, "a DRAM stride", op.getDramStride());
  set(out.rows, "rows", op.getRows());
  set(out.rowBytes, "row bytes", op.getRowBytes());
  set(out.localRow, "a row", place(op.getDestination()) + op.getRow());
  set(out.localStride, "a stride", op.getStride());
  set(out.pixelRepeat, "a pixel repeat", op.getPixelRepeat());
  return out;
}

Operands Reader::read(DmaStoreOp op) {
  DmaStore out;
  out.space = spaceOf(op.getSource());
  set(out.dramAddress, "an address",
      place(op.getDestination()) + int64_t(op.getOffset()));
  set(out.dramStride, "a DRAM stride", op.getDramStride());
  set(out.rows, "rows", op.getRows());
  set(out.rowBytes, "row bytes", op.getRowBytes());
  set(out.localRow, "a row", place(op.getSource()) + op.getRow());
  set(out.localStride, "a stride", op.getStride());
  return out;
}

Operands Reader::read(LoadWeightsOp op) {
  LoadWeights out;
  out.source = isa<DramType>(op.getSource().getType())
                   ? WeightSource::Dram
                   : WeightSource::UnifiedBuffer;
  out.transpose = op.getTranspose();
  out.type = DataType(op.getElement());
  set(out.address, "an address",
      place(op.getSource()) + int64_t(op.getOffset()));
  set(out.stride, "a stride", op.getStride());
  set(out.k, "k", op.getK());
  set(out.n, "n", op.getN());
  return out;
}

Operands Reader::read(MatmulOp op) {
  Matmul out;
  out.switchWeights = op.getSwitchWeights();
  out.accumulate = op.getAccumulate();
  out.type = DataType(op.getElement());
  // (C3)
  ArrayRef<int64_t> counts = op.getCounts(), strides = op.getStrides();
  bool haveThree = counts.size() == 3 && strides.size() == 3;
  require(haveThree, "expected three counts and three strides");
  for (int i = 0; i < 3 && haveThree; ++i) {
    set(out.counts[i], "a count", counts[i]);
    set(out.strides[i], "a stride", strides[i]);
  }
  set(out.ubRow, "a row", place(op.getInput()) + int64_t(op.getRow()));
  set(out.k, "k", op.getK());
  set(out.accumulatorRow, "an accumulator row",
      place(op.getSums()) + int64_t(op.getSumsRow()));
  set(out.accumulatorStride, "an accumulator stride", op.getSumsStride());
  return out;
}

Operands Reader::read(ActivateOp op) {
  Activate out;
  out.inputType = DataType(op.getInput());
  out.outputType = DataType(op.getOutput());
  out.function = Function(op.getFunction());
  out.scale = op.getScale().convertToFloat();
  out.outputScale = op.getOutputScale().convertToFloat();
  out.alpha = op.getAlpha().convertToFloat();
  out.beta = op.getBeta().convertToFloat();
  set(out.zeroPoint, "a zero point", op.getZeroPoint());
  if (Value scales = op.getScales()) {
    out.perChannelScale = true;
    set(out.scaleRow, "a row", place(scales) + int64_t(op.getScalesRow()));
  }
  require(bool(op.getSlopes()) == (out.function == Function::Prelu),
          "expected slopes for prelu, and only there");
  if (Value slopes = op.getSlopes())
    set(out.slopeRow, "a row", place(slopes) + int64_t(op.getSlopesRow()));
  if (Value residual = op.getResidual()) {
    Residual &extra = out.residual.emplace();
    set(extra.ubRow, "a row", place(residual) + int64_t(op.getResidualRow()));
    set(extra.stride, "a stride", op.getResidualStride());
    extra.scale = op.getResidualScale().convertToFloat();
    extra.beforeFunction = op.getResidualFirst();
  }
  if (auto values = op.getPooling()) {
    // (C6)
    require(values->size() == 5,
            "expected pooling of height, width, two strides and input width");
    if (values->size() == 5) {
      Pooling &pooling = out.pooling.emplace();
      set(pooling.height, "a pooling height", (*values)[0]);
      set(pooling.width, "a pooling width", (*values)[1]);
      set(pooling.strideY, "a pooling stride", (*values)[2]);
      set(pooling.strideX, "a pooling stride", (*values)[3]);
      set(pooling.inputWidth, "a pooling input width", (*values)[4]);
    }
  }
  set(out.accumulatorRow, "an accumulator row",
      place(op.getSums()) + int64_t(op.getSumsRow()));
  set(out.rows, "rows", op.getRows());
  set(out.columns, "columns", op.getColumns());
  set(out.destinationRow, "a row",
      place(op.getDestination()) + int64_t(op.getRow()));
  set(out.destinationStride, "a stride", op.getStride());
  return out;
}

Operands Reader::read(VecOp op) {
  Vec out;
  out.operation = VectorOperation(op.getKind());
  out.rightOperand = RightOperand(op.getRight());
  out.negate = op.getNegate();
  out.inputType = DataType(op.getInput());
  out.rightType = DataType(op.getRightInput());
  out.outputType = DataType(op.getOutput());
  out.function = Function(op.getFunction());
  out.alpha = op.getAlpha().convertToFloat();
  out.beta = op.getBeta().convertToFloat();
  out.immediate = op.getImmediate().convertToFloat();
  set(out.zeroPoint, "a zero point", op.getZeroPoint());
  out.lhs = vectorRows(op.getLhs(), op.getLhsRow(), op.getLhsStride());
  require(bool(op.getRhs()) == out.readsRightRows(),
          "expected a right operand for rows and columns, and only there");
  if (Value rhs = op.getRhs())
    out.rhs = vectorRows(rhs, op.getRhsRow(), op.getRhsStride());
  out.destination =
      vectorRows(op.getDestination(), op.getRow(), op.getStride());
  set(out.rows, "rows", op.getRows());
  set(out.columns, "columns", op.getColumns());
  return out;
}

Operands Reader::read(ConfigOp op) {
  Config out;
  set(out.value, "a value", op.getValue());
  return out;
}

Operands Reader::read(HostCallOp op) {
  HostCall out;
  set(out.function, "a function", op.getFunction());
  set(out.dramAddress, "an address",
      place(op.getBuffer()) + int64_t(op.getOffset()));
  set(out.bytes, "bytes", op.getBytes());
  return out;
}

int64_t layerOf(Operation *op) {
  return TypeSwitch<Operation *, int64_t>(op)
      .Case<QueueOpInterface, FenceOp, HostCallOp, HaltOp>(
          [](auto instruction) { return instruction.getLayer(); });
}

} // namespace

Instruction instructionOf(Operation *op, std::string &problem, PlaceFn place) {
  Reader reader(problem, place);
  Operands operands =
      TypeSwitch<Operation *, Operands>(op)
          .Case<DmaLoadOp, DmaStoreOp, LoadWeightsOp, MatmulOp, ActivateOp,
                VecOp, ConfigOp, HostCallOp>(
              [&](auto instruction) { return reader.read(instruction); })
          .Case([&](TagOp tag) {
            Tag out;
            reader.set(out.id, "an id", tag.getId());
            return Operands(out);
          })
          .Case([](NopOp) { return Operands(Nop()); })
          .Case([](FenceOp) { return Operands(Fence()); })
          .Case([](HaltOp) { return Operands(Halt()); });
  Instruction out(std::move(operands));
  if (std::optional<Queue> queue = queueOf(op))
    out.queue = *queue;
  reader.set(out.layer, "a layer", layerOf(op));
  auto queued = dyn_cast<QueueOpInterface>(op);
  if (!queued)
    return out;
  if (auto pairs = queued.getWaitFor()) {
    reader.require(pairs->size() % 2 == 0 && pairs->size() <= 4,
                   "expected at most two pairs of semaphore and count");
    for (size_t i = 0; i + 1 < std::min<size_t>(pairs->size(), 4); i += 2) {
      Wait &wait = out.waits[i / 2].emplace();
      reader.set(wait.semaphore, "a semaphore", (*pairs)[i]);
      reader.set(wait.count, "a count", (*pairs)[i + 1]);
    }
  }
  if (auto signal = queued.getSignal())
    reader.set(out.signal.emplace(), "a semaphore", *signal);
  return out;
}

std::optional<Queue> queueOf(Operation *op) {
  return TypeSwitch<Operation *, std::optional<Queue>>(op)
      .Case<NopOp, TagOp, ConfigOp>(
          [](auto any) { return Queue(any.getQueue()); })
      .Case<DmaLoadOp>([](auto) { return Queue::LD; })
      .Case<LoadWeightsOp>([](auto) { return Queue::WL; })
      .Case<MatmulOp>([](auto) { return Queue::MM; })
      .Case<ActivateOp, VecOp>([](auto) { return Queue::ACT; })
      .Case<DmaStoreOp>([](auto) { return Queue::ST; })
      .Default([](Operation *) { return std::nullopt; });
}

//===----------------------------------------------------------------------===//
// Accesses
//===----------------------------------------------------------------------===//

/// The buffer of each range that Footprint.h lists for `op`, in its order.
static SmallVector<Value> buffersOf(Operation *op, size_t count) {
  SmallVector<Value> buffers;
  auto add = [&](Value buffer) {
    if (buffer)
      buffers.push_back(buffer);
  };
  TypeSwitch<Operation *>(op)
      .Case([&](DmaLoadOp load) { add(load.getDestination()); })
      .Case([&](DmaStoreOp store) { add(store.getSource()); })
      .Case([&](LoadWeightsOp load) { add(load.getSource()); })
      .Case([&](MatmulOp matmul) {
        size_t ofSums = matmul.getAccumulate() ? 2 : 1;
        buffers.append(count - ofSums, matmul.getInput());
        buffers.append(ofSums, matmul.getSums());
      })
      .Case([&](ActivateOp drain) {
        add(drain.getSums());
        add(drain.getScales());
        add(drain.getSlopes());
        add(drain.getResidual());
        add(drain.getDestination());
      })
      .Case([&](VecOp vec) {
        add(vec.getLhs());
        add(vec.getRhs());
        add(vec.getDestination());
      });
  return buffers;
}

std::vector<LocalAccess> localAccessesOf(Operation *op,
                                         const Operands &operands,
                                         const Machine &machine) {
  std::vector<LocalRange> ranges = localRanges(operands, machine);
  SmallVector<Value> buffers = buffersOf(op, ranges.size());
  std::vector<LocalAccess> accesses;
  for (auto [range, buffer] : llvm::zip(ranges, buffers)) {
    accesses.push_back({buffer, range});
    accesses.back().range.row -= placeOf(buffer);
  }
  return accesses;
}

std::vector<LocalAccess> localAccessesOf(Operation *op,
                                         const Machine &machine) {
  std::string problem;
  return localAccessesOf(op, instructionOf(op, problem).operands, machine);
}

DramAccess dramAccessOf(Operation *op) {
  std::string problem;
  return dramAccessOf(op, instructionOf(op, problem).operands);
}

DramAccess dramAccessOf(Operation *op, const Operands &operands) {
  DramAccess access;
  access.range = dramRange(operands);
  if (access.range.isEmpty())
    return access;
  access.buffer =
      TypeSwitch<Operation *, Value>(op)
          .Case<DmaLoadOp, LoadWeightsOp>(
              [](auto load) { return load.getSource(); })
          .Case([](DmaStoreOp store) { return store.getDestination(); })
          .Case([](HostCallOp call) { return call.getBuffer(); });
  access.range.address -= placeOf(access.buffer);
  return access;
}

} // namespace tactus::systolic
