//===- ArrayModel.h - The register model of an array ------------*- C++ -*-===//
#ifndef TACTUS_TESTS_RTL_ARRAYMODEL_H
#define TACTUS_TESTS_RTL_ARRAYMODEL_H

#include "dialects/Systolic/Encoding.h"
#include <memory>

namespace tactus::rtl {

/// What a model is built for.
struct ArraySize {
  int64_t rows = 0;
  int64_t columns = 0;
  int64_t weightRowsPerCycle = 1;
  /// A model with a fault: the cells of a column join a shift all at once.
  bool isFaulty = false;

  /// `16x16`, `16x16x2` where several weight rows enter in a cycle.
  std::string name() const;
  bool operator==(const ArraySize &) const = default;
};

/// A tile as the FIFO gets it: R x C weights of which k x n count.
struct PushedTile {
  uint16_t k = 0;
  uint16_t n = 0;
  std::vector<int8_t> weights;
};

/// SystolicArray.sv, compiled by Verilator for one size: its ports by name.
class ArrayModel {
public:
  virtual ~ArrayModel() = default;

  // Of SystolicArray.sv.
  static constexpr int64_t bufferRows = 4096;
  static constexpr int64_t sumRows = 1024;
  static constexpr int64_t fifoTiles = 4;

  virtual ArraySize size() const = 0;

  /// Access to the memories; this resets all else.
  virtual void writeBuffer(int64_t row, const uint8_t *values) = 0;
  virtual const int32_t *readSums(int64_t row) = 0;

  // What stands at the inputs in the next cycle.
  virtual void setSerial(bool isSerial) = 0;
  /// None where `op` is null.
  virtual void setHead(const systolic::Matmul *op) = 0;
  virtual void setReleased(bool isReleased) = 0;
  /// For the next cycle alone.
  virtual void push(const PushedTile &tile) = 0;

  virtual void step() = 0;

  // What happened in the last cycle.
  virtual bool shiftBegan() const = 0;
  virtual bool rowEntered() const = 0;
  virtual bool popped() const = 0;
  /// By column, whether a sum has come to the accumulators, and to which row.
  virtual const uint8_t *landed() const = 0;
  virtual const uint32_t *landedRow() const = 0;
  /// Tiles in the FIFO now.
  virtual int64_t tiles() const = 0;
};

/// Null where there is no model of that size.
std::unique_ptr<ArrayModel> makeModel(const ArraySize &size);
/// All sizes that there are models of.
std::vector<ArraySize> modelSizes();

} // namespace tactus::rtl

#endif // TACTUS_TESTS_RTL_ARRAYMODEL_H
