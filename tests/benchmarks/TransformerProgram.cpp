//===- TransformerProgram.cpp - A layer of a transformer by hand ----------===//
//
// Operands of products lie in blocks: a row of the unified buffer holds the
// values of one token that one pass of the array takes. What the vector unit
// works on lies in f32, the whole row of a token together.
//
//===----------------------------------------------------------------------===//
#include "tests/benchmarks/TransformerProgram.h"
#include "tests/unit/Systolic/Assembler.h"
#include <cmath>

using namespace tactus;
using namespace tactus::systolic;

namespace {

/// `count` blocks of a row a token, each of `width` bf16.
struct Blocks {
  uint32_t row = 0;
  int64_t count = 0, width = 0;
};

class Builder {
public:
  explicit Builder(const TransformerShape &shape)
      : shape(shape), assembler(*findMachinePreset("tpu-v2")),
        tokens(shape.tokens), depth(shape.hidden / shape.heads),
        span(spanOf(machine(), Space::UnifiedBuffer, shape.hidden * 4)) {}

  Program build();

private:
  const Machine &machine() const { return assembler.program.machine; }
  uint32_t allocate(int64_t rows) {
    uint32_t first = nextRow;
    nextRow += uint32_t(rows);
    return first;
  }
  Blocks blocks(int64_t columns, int64_t width) {
    int64_t count = columns / width;
    return {allocate(count * tokens), count, width};
  }
  void fence() { assembler.add(Fence()); }

  uint64_t weights(int64_t k, int64_t n);
  void multiply(uint32_t row, int64_t k, int64_t place, bool accumulate);
  template <typename Fn>
  void project(const Blocks &in, int64_t columns, int64_t width, Fn drain);
  Activate drain(int64_t place, int64_t width, DataType output);
  void projectTo(const Blocks &in, const Blocks &out, Function function);
  void projectToRows(const Blocks &in, uint32_t rows);
  void attend(const Blocks &q, const Blocks &k, const Blocks &v,
              const Blocks &out);
  void softmax(uint32_t scores, uint32_t out);
  void normalize(uint32_t rows, const Blocks &residual, const Blocks &out);
  Vec vec(VectorOperation operation, uint32_t row, int64_t stride,
          int64_t columns);
  void byColumn(Vec op, uint32_t column);

  TransformerShape shape;
  Assembler assembler;
  int64_t tokens, depth, span;
  uint32_t nextRow = 0;
};

/// Small bf16 numbers of both signs.
uint64_t Builder::weights(int64_t k, int64_t n) {
  std::vector<uint16_t> values(k * n);
  for (size_t i = 0; i < values.size(); ++i) {
    uint32_t hash = uint32_t(i) * 2654435761u;
    values[i] = uint16_t(0x3c00 | (hash >> 25) | (hash >> 31 << 15));
  }
  return assembler.constant(values);
}

/// Rows from `row` on times the next tile, into the `place`-th accumulators.
void Builder::multiply(uint32_t row, int64_t k, int64_t place,
                       bool accumulate) {
  Matmul op;
  op.type = DataType::BF16;
  op.switchWeights = true;
  op.accumulate = accumulate;
  op.ubRow = row;
  op.counts = {1, 1, uint16_t(tokens)};
  op.strides = {0, 0, 1};
  op.k = uint16_t(k);
  op.accumulatorRow = uint32_t(place * tokens);
  assembler.add(op);
}

Activate Builder::drain(int64_t place, int64_t width, DataType output) {
  Activate op;
  op.inputType = DataType::F32;
  op.outputType = output;
  op.accumulatorRow = uint32_t(place * tokens);
  op.rows = uint32_t(tokens);
  op.columns = uint16_t(width);
  return op;
}

/// in x weights; `drain` gives the activate of each `width` columns.
template <typename Fn>
void Builder::project(const Blocks &in, int64_t columns, int64_t width,
                      Fn drain) {
  uint64_t address = weights(in.count * in.width, columns);
  int64_t places = machine().accumulatorRows / tokens;
  int64_t folds = columns / width;
  for (int64_t first = 0; first < folds; first += places) {
    int64_t end = std::min(folds, first + places);
    for (int64_t j = first; j < end; ++j)
      for (int64_t i = 0; i < in.count; ++i) {
        LoadWeights tile;
        tile.type = DataType::BF16;
        tile.address = address + (i * in.width * columns + j * width) * 2;
        tile.stride = columns * 2;
        tile.k = uint16_t(in.width);
        tile.n = uint16_t(width);
        assembler.add(tile);
        multiply(uint32_t(in.row + i * tokens), in.width, j - first, i > 0);
      }
    fence();
    for (int64_t j = first; j < end; ++j)
      assembler.add(drain(j, j - first));
    fence();
  }
}

void Builder::projectTo(const Blocks &in, const Blocks &out,
                        Function function) {
  project(in, out.count * out.width, out.width, [&](int64_t j, int64_t place) {
    Activate op = drain(place, out.width, DataType::BF16);
    op.function = function;
    op.scale = 0.125f;
    op.destinationRow = uint32_t(out.row + j * tokens);
    return op;
  });
}

/// Into f32 rows of `hidden` values.
void Builder::projectToRows(const Blocks &in, uint32_t rows) {
  int64_t width = machine().columns;
  int64_t rowsOfBlock = spanOf(machine(), Space::UnifiedBuffer, width * 4);
  project(in, shape.hidden, width, [&](int64_t j, int64_t place) {
    Activate op = drain(place, width, DataType::F32);
    op.scale = 0.125f;
    op.destinationRow = uint32_t(rows + j * rowsOfBlock);
    op.destinationStride = uint16_t(span);
    return op;
  });
}

//===----------------------------------------------------------------------===//
// The vector unit
//===----------------------------------------------------------------------===//

/// In place on rows of f32.
Vec Builder::vec(VectorOperation operation, uint32_t row, int64_t stride,
                 int64_t columns) {
  Vec op;
  op.operation = operation;
  op.lhs.row = op.destination.row = row;
  op.lhs.stride = op.destination.stride = uint16_t(stride);
  op.rows = uint32_t(tokens);
  op.columns = uint16_t(columns);
  return op;
}

void Builder::byColumn(Vec op, uint32_t column) {
  op.rightOperand = RightOperand::Column;
  op.rhs.row = column;
  assembler.add(op);
}

/// f32 scores to bf16 probabilities, a row a token.
void Builder::softmax(uint32_t scores, uint32_t out) {
  int64_t stride = spanOf(machine(), Space::UnifiedBuffer, tokens * 4);
  uint32_t column = allocate(tokens);
  auto on = [&](VectorOperation operation) {
    return vec(operation, scores, stride, tokens);
  };
  auto reduce = [&](VectorOperation operation) {
    Vec op = on(operation);
    op.destination = {Space::UnifiedBuffer, column, 1};
    assembler.add(op);
  };
  reduce(VectorOperation::RowMax);
  Vec shift = on(VectorOperation::Add);
  shift.negate = true;
  byColumn(shift, column);
  assembler.add(on(VectorOperation::Exp));
  reduce(VectorOperation::RowSum);
  Vec divide = on(VectorOperation::Div);
  divide.outputType = DataType::BF16;
  divide.destination = {Space::UnifiedBuffer, out, 1};
  byColumn(divide, column);
  nextRow = column;
}

/// Adds the residual, normalizes rows, and makes blocks of bf16.
void Builder::normalize(uint32_t rows, const Blocks &residual,
                        const Blocks &out) {
  uint32_t column = allocate(tokens), squares = allocate(tokens * span);
  int64_t width = out.width;
  int64_t rowsOfBlock = spanOf(machine(), Space::UnifiedBuffer, width * 4);
  auto block = [&](VectorOperation operation, int64_t i) {
    return vec(operation, uint32_t(rows + i * rowsOfBlock), span, width);
  };
  for (int64_t i = 0; i < residual.count; ++i) {
    Vec add = block(VectorOperation::Add, i);
    add.rightType = DataType::BF16;
    add.rhs.row = uint32_t(residual.row + i * tokens);
    assembler.add(add);
  }
  auto on = [&](VectorOperation operation) {
    return vec(operation, rows, span, shape.hidden);
  };
  auto scalar = [&](VectorOperation operation, float immediate) {
    Vec op = vec(operation, column, 1, 1);
    op.rightOperand = RightOperand::Immediate;
    op.immediate = immediate;
    assembler.add(op);
  };
  auto sum = [&](uint32_t from) {
    Vec op = vec(VectorOperation::RowSum, from, span, shape.hidden);
    op.destination = {Space::UnifiedBuffer, column, 1};
    assembler.add(op);
    scalar(VectorOperation::Mul, 1 / float(shape.hidden));
  };
  sum(rows);
  Vec center = on(VectorOperation::Add);
  center.negate = true;
  byColumn(center, column);
  Vec square = on(VectorOperation::Mul);
  square.rhs = square.lhs;
  square.destination.row = squares;
  assembler.add(square);
  sum(squares);
  scalar(VectorOperation::Add, 1e-5f);
  assembler.add(vec(VectorOperation::Rsqrt, column, 1, 1));
  byColumn(on(VectorOperation::Mul), column);
  for (int64_t i = 0; i < out.count; ++i) {
    Vec copy = block(VectorOperation::Apply, i);
    copy.outputType = DataType::BF16;
    copy.destination = {Space::UnifiedBuffer, uint32_t(out.row + i * tokens),
                        1};
    assembler.add(copy);
  }
  fence();
  nextRow = column;
}

//===----------------------------------------------------------------------===//
// The layer
//===----------------------------------------------------------------------===//

void Builder::attend(const Blocks &q, const Blocks &k, const Blocks &v,
                     const Blocks &out) {
  int64_t scoreSpan = spanOf(machine(), Space::UnifiedBuffer, tokens * 4);
  uint32_t scores = allocate(shape.heads * tokens * scoreSpan);
  uint32_t probabilities = allocate(shape.heads * tokens);
  auto fromBuffer = [&](uint32_t row, bool transpose) {
    LoadWeights tile;
    tile.source = WeightSource::UnifiedBuffer;
    tile.type = DataType::BF16;
    tile.transpose = transpose;
    tile.address = row;
    tile.stride = 1;
    tile.k = uint16_t(transpose ? depth : tokens);
    tile.n = uint16_t(transpose ? tokens : depth);
    assembler.add(tile);
  };
  auto each = [&](auto run) {
    for (int64_t head = 0; head < shape.heads; ++head)
      run(head, head * tokens);
    fence();
  };
  each([&](int64_t head, int64_t row) {
    fromBuffer(uint32_t(k.row + row), true);
    multiply(uint32_t(q.row + row), depth, head, false);
  });
  each([&](int64_t head, int64_t row) {
    Activate op = drain(head, tokens, DataType::F32);
    op.scale = 1 / std::sqrt(float(depth));
    op.destinationRow = uint32_t(scores + row * scoreSpan);
    op.destinationStride = uint16_t(scoreSpan);
    assembler.add(op);
    softmax(op.destinationRow, uint32_t(probabilities + row));
  });
  each([&](int64_t head, int64_t row) {
    fromBuffer(uint32_t(v.row + row), false);
    multiply(uint32_t(probabilities + row), tokens, head, false);
  });
  each([&](int64_t head, int64_t row) {
    Activate op = drain(head, depth, DataType::BF16);
    op.destinationRow = uint32_t(out.row + row);
    assembler.add(op);
  });
}

Program Builder::build() {
  int64_t width = machine().rows;
  Blocks x = blocks(shape.hidden, width), h = blocks(shape.hidden, width),
         y = blocks(shape.hidden, width), inner = blocks(shape.inner, width);
  Blocks q = blocks(shape.hidden, depth), k = blocks(shape.hidden, depth),
         v = blocks(shape.hidden, depth), heads = blocks(shape.hidden, depth);
  uint32_t rows = allocate(tokens * span);

  // The image comes before inputs; instructions that load x are first.
  std::vector<Instruction> loads;
  projectTo(x, q, Function::None);
  projectTo(x, k, Function::None);
  projectTo(x, v, Function::None);
  attend(q, k, v, heads);
  projectToRows(heads, rows);
  normalize(rows, x, h);
  projectTo(h, inner, Function::Gelu);
  projectToRows(inner, rows);
  normalize(rows, h, y);

  TensorType type = {ElementType::BF16, {tokens, shape.hidden}};
  uint64_t input = assembler.input("x", type);
  uint64_t output = assembler.output("y", type);
  for (int64_t i = 0; i < x.count; ++i) {
    DmaLoad load;
    load.dramAddress = input + i * width * 2;
    load.dramStride = shape.hidden * 2;
    load.rows = uint32_t(tokens);
    load.rowBytes = uint32_t(width * 2);
    load.localRow = uint32_t(x.row + i * tokens);
    loads.push_back(Instruction(load));
    DmaStore store;
    store.dramAddress = output + i * width * 2;
    store.dramStride = load.dramStride;
    store.rows = load.rows;
    store.rowBytes = load.rowBytes;
    store.localRow = uint32_t(y.row + i * tokens);
    assembler.add(store);
  }
  loads.push_back(Instruction(Fence()));
  auto &list = assembler.program.instructions;
  list.insert(list.begin(), loads.begin(), loads.end());
  return assembler.finish();
}

} // namespace

Program systolic::assembleTransformer(const TransformerShape &shape) {
  return Builder(shape).build();
}
