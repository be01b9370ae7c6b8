//===- LayerProducts.cpp - Layers that are one product --------------------===//
//
// A program no longer says what product a layer came from, but its tiles do
// where they lie in one matrix of DRAM: their addresses give k and n, and the
// rows that each takes give m. What the layer drains must then be m x n values,
// or it is several products.
//
//===----------------------------------------------------------------------===//
#include "runtime/Systolic/Report.h"
#include <map>

using namespace tactus;
using namespace tactus::systolic;

namespace {
/// What a layer says of its product, as far as it has been seen.
struct Candidate {
  bool isProduct = true;
  bool transpose = false;
  DataType type = DataType::I8;
  uint64_t stride = 0;
  struct Tile {
    int64_t k = 0, n = 0, rows = 0;
  };
  /// By address.
  std::map<uint64_t, Tile> tiles;
  int64_t drained = 0;

  void addProduct(const Matmul &op, const LoadWeights &push);
  void addDrain(const Operands &operands);
  std::optional<ProductShape> shape() const;
};
} // namespace

void Candidate::addProduct(const Matmul &op, const LoadWeights &push) {
  if (tiles.empty()) {
    transpose = push.transpose;
    type = push.type;
    stride = push.stride;
  }
  isProduct &= push.source == WeightSource::Dram && stride > 0 &&
               push.transpose == transpose && push.type == type &&
               push.stride == stride && push.k == op.k;
  Tile &tile = tiles[push.address];
  isProduct &= !tile.rows || (tile.k == push.k && tile.n == push.n);
  tile.k = push.k;
  tile.n = push.n;
  tile.rows += op.rows();
}

void Candidate::addDrain(const Operands &operands) {
  if (auto *op = std::get_if<Activate>(&operands))
    drained += int64_t(op->rows) * op->columns;
  else if (auto *store = std::get_if<DmaStore>(&operands)) {
    if (store->space == Space::Accumulators)
      drained += int64_t(store->rows) * store->rowBytes / 4;
  } else if (auto *vec = std::get_if<Vec>(&operands)) {
    if (vec->lhs.space == Space::Accumulators)
      drained += int64_t(vec->rows) * vec->columns;
    if (vec->readsRightRows() && vec->rhs.space == Space::Accumulators)
      isProduct = false;
  }
}

std::optional<ProductShape> Candidate::shape() const {
  if (!isProduct || tiles.empty())
    return std::nullopt;
  // Blocks of k and of n by where they begin in the matrix.
  std::map<int64_t, int64_t> blocksK, blocksN;
  uint64_t base = tiles.begin()->first;
  int64_t width = byteSize(type);
  for (const auto &[address, tile] : tiles) {
    int64_t row = int64_t((address - base) / stride);
    int64_t byte = int64_t((address - base) % stride);
    if (byte % width)
      return std::nullopt;
    auto [k, isNewK] =
        blocksK.try_emplace(transpose ? byte / width : row, tile.k);
    auto [n, isNewN] =
        blocksN.try_emplace(transpose ? row : byte / width, tile.n);
    if (k->second != tile.k || n->second != tile.n ||
        tile.rows != tiles.begin()->second.rows)
      return std::nullopt;
  }
  auto covered = [](const std::map<int64_t, int64_t> &blocks) -> int64_t {
    int64_t end = 0;
    for (auto [begin, size] : blocks) {
      if (begin != end)
        return 0;
      end += size;
    }
    return end;
  };
  ProductShape shape{tiles.begin()->second.rows, covered(blocksK),
                     covered(blocksN)};
  if (!shape.k || !shape.n || tiles.size() != blocksK.size() * blocksN.size() ||
      drained != shape.m * shape.n)
    return std::nullopt;
  return shape;
}

std::vector<std::optional<ProductShape>>
systolic::findProducts(const Program &program, const Dependences &dependences) {
  std::vector<Candidate> candidates(program.layers.size());
  for (uint32_t i = 0; i < program.instructions.size(); ++i) {
    const Instruction &instruction = program.instructions[i];
    Candidate &candidate = candidates[instruction.layer];
    auto *op = std::get_if<Matmul>(&instruction.operands);
    if (!op)
      candidate.addDrain(instruction.operands);
    else if (candidate.isProduct)
      candidate.addProduct(
          *op, std::get<LoadWeights>(
                   program.instructions[dependences.pushes[dependences.tile[i]]]
                       .operands));
  }
  std::vector<std::optional<ProductShape>> products;
  for (const Candidate &candidate : candidates)
    products.push_back(candidate.shape());
  return products;
}
