//===- ArrayModel.cpp - The register model of an array --------------------===//
//
// CMake writes the headers of the models and their list.
//
//===----------------------------------------------------------------------===//
#include "tests/rtl/ArrayModel.h"
#include "tests/rtl/ModelHeaders.inc"
#include <algorithm>
#include <cstring>

namespace tactus::rtl {

std::string ArraySize::name() const {
  std::string text = std::to_string(rows) + "x" + std::to_string(columns);
  if (weightRowsPerCycle > 1)
    text += "x" + std::to_string(weightRowsPerCycle);
  return text;
}

namespace {
template <typename Verilated> class VerilatedArray final : public ArrayModel {
public:
  explicit VerilatedArray(const ArraySize &size)
      : dimensions(size), model(makeContext(context)) {
    // Registers begin with random bits, so nothing may rely on what they hold.
    model.clock = 0;
    model.push = 0;
    model.host = 0;
    model.serial = 0;
    setHead(nullptr);
    // The first edge of the clock needs a level before it.
    model.eval();
  }
  ~VerilatedArray() override { model.final(); }

  ArraySize size() const override { return dimensions; }

  void writeBuffer(int64_t row, const uint8_t *values) override {
    std::memcpy(&model.host_data[0], values, dimensions.rows);
    access(row, true);
  }
  const int32_t *readSums(int64_t row) override {
    access(row, false);
    return reinterpret_cast<const int32_t *>(&model.host_sums[0]);
  }

  void setSerial(bool isSerial) override { model.serial = isSerial; }
  void setHead(const systolic::Matmul *op) override {
    model.head = op != nullptr;
    if (!op)
      return;
    model.head_switches = op->switchWeights;
    model.head_accumulates = op->accumulate;
    model.head_k = op->k;
    for (int i = 0; i < 3; ++i) {
      model.head_counts[i] = op->counts[i];
      model.head_strides[i] = uint32_t(op->strides[i]);
    }
    model.head_row = op->ubRow;
    model.head_sum_row = op->accumulatorRow;
    model.head_sum_stride = op->accumulatorStride;
  }
  void setReleased(bool isReleased) override {
    model.head_released = isReleased;
  }
  void push(const PushedTile &tile) override {
    model.push = 1;
    model.push_k = tile.k;
    model.push_n = tile.n;
    std::memcpy(&model.push_tile[0], tile.weights.data(), tile.weights.size());
  }

  void step() override {
    model.clock = 1;
    model.eval();
    model.clock = 0;
    model.eval();
    model.push = 0;
  }

  bool shiftBegan() const override { return model.shift_began; }
  bool rowEntered() const override { return model.row_entered; }
  bool popped() const override { return model.popped; }
  const uint8_t *landed() const override { return &model.landed[0]; }
  const uint32_t *landedRow() const override { return &model.landed_row[0]; }
  int64_t tiles() const override { return model.tiles; }

private:
  static VerilatedContext *makeContext(VerilatedContext &context) {
    context.randReset(2);
    context.randSeed(1);
    return &context;
  }

  void access(int64_t row, bool isWrite) {
    model.host = 1;
    model.host_writes = isWrite;
    model.host_row = uint32_t(row);
    step();
    model.host = 0;
  }

  ArraySize dimensions;
  VerilatedContext context;
  Verilated model;
};

struct Entry {
  ArraySize size;
  std::unique_ptr<ArrayModel> (*make)(const ArraySize &);
};

template <typename Verilated>
std::unique_ptr<ArrayModel> make(const ArraySize &size) {
  return std::make_unique<VerilatedArray<Verilated>>(size);
}

const Entry entries[] = {
#define TACTUS_RTL_MODEL(type, rows, columns, perCycle, isFaulty)              \
  {{rows, columns, perCycle, isFaulty}, make<type>},
#include "tests/rtl/Models.inc"
#undef TACTUS_RTL_MODEL
};
} // namespace

std::unique_ptr<ArrayModel> makeModel(const ArraySize &size) {
  for (const Entry &entry : entries)
    if (entry.size == size)
      return entry.make(size);
  return nullptr;
}

std::vector<ArraySize> modelSizes() {
  std::vector<ArraySize> sizes;
  for (const Entry &entry : entries)
    sizes.push_back(entry.size);
  return sizes;
}

} // namespace tactus::rtl
