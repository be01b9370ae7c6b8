//===- Executor.h - What instructions do ------------------------*- C++ -*-===//
//
// Exact values, without time. Instructions are executed in an order that their
// tokens allow; Hazards shows that all such orders give the same values.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_EXECUTOR_H
#define TACTUS_RUNTIME_SYSTOLIC_EXECUTOR_H

#include "runtime/Systolic/ArrayKernels.h"
#include "runtime/Systolic/Memory.h"
#include "runtime/Systolic/Program.h"
#include "runtime/Systolic/VectorMath.h"
#include <deque>
#include <functional>
#include <span>

namespace tactus::systolic {

/// Computes a host function's output from its inputs; may throw Error.
using Host = std::function<Tensor(const HostFunction &function,
                                  std::span<const Tensor> inputs)>;

class Executor {
public:
  /// `dram` holds the image and the inputs.
  Executor(const Program &program, Dram &dram, Host host);

  /// Throws `Error` where it reads what nothing wrote.
  void execute(uint32_t index);

  const LocalMemory &unifiedBuffer() const { return buffer; }
  const LocalMemory &accumulatorMemory() const { return accumulators; }

private:
  void run(const Nop &) {}
  void run(const Halt &) {}
  void run(const Fence &) {}
  void run(const Tag &) {}
  void run(const Config &op) { fillValue = uint8_t(op.value); }
  void run(const HostCall &op);
  void run(const DmaLoad &op);
  void run(const DmaStore &op);
  void run(const LoadWeights &op);
  void run(const Matmul &op);
  void run(const Activate &op);
  void run(const Vec &op);

  void drainExact(const Activate &op);
  /// The sums of row `row` as f32, scaled, through the function.
  void drainRow(const Activate &op, int64_t row, std::span<float> values);
  void storeRow(const Activate &op, int64_t row, std::span<float> values);

  LocalMemory &memoryOf(Space space) {
    return space == Space::UnifiedBuffer ? buffer : accumulators;
  }
  /// `bytes` from the start of a row, all of them written before.
  const uint8_t *readLocal(Space space, int64_t row, int64_t bytes);
  uint8_t *writeLocal(Space space, int64_t row, int64_t bytes);
  const uint8_t *readDram(int64_t address, int64_t bytes);
  const float *readVector(int64_t row, int64_t columns) {
    return reinterpret_cast<const float *>(
        readLocal(Space::UnifiedBuffer, row, columns * 4));
  }

  const Program &program;
  const Machine &machine;
  Dram &dram;
  Host host;
  LocalMemory buffer, accumulators;
  /// The first is in use once a matmul has switched to it.
  std::deque<WeightTile> tiles;
  /// Memory of tiles that were in use, for those to come.
  std::vector<WeightTile> spareTiles;
  bool hasActiveTile = false;
  uint8_t fillValue = 0;
  uint32_t current = 0;
  std::vector<ProductRow> productRows;
  std::vector<float> residual;
};

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_EXECUTOR_H
