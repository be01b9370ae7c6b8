//===- AccuracyScan.cpp - Every float through implementations -------------===//
//
// References are f64 of the vector functions of the C library, within 2^-44 of
// the exact result. They find the inputs with the largest errors, of which long
// double then says what the error is, and tell which results are the nearest
// f32, but for those near the middle of two, which MPFR decides.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Math/AccuracyScan.h"
#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <thread>

namespace tactus::test {

void Column::run(float *in, float *out) const {
  if (library) {
    for (int64_t i = 0; i < batch; ++i)
      out[i] = library(in[i]);
    return;
  }
  void *buffers[] = {in, out};
  int64_t status[2] = {0, 0};
  kernel(buffers, 0, batch / 16, nullptr, status);
}

Judges findJudges(const ExactFunction &function) {
  Judges judges{function, findQuickFunction(function.name),
                findPreciseFunction(function.name)};
  auto require = [&](bool isThere, const char *file) {
    if (!isThere)
      throw std::runtime_error(std::string("expected ") + function.name +
                               " in " + file + ", but got none");
  };
  require(judges.quick, "QuickFunctions.cpp");
  require(judges.precise, "PreciseFunctions.cpp");
  return judges;
}

uint64_t countMisrounded(const Judges &judges, const BlockErrors &errors,
                         const float *in, const float *out) {
  uint64_t count = 0;
  for (int64_t i : errors.undecided)
    count += judges.precise->nearest(in[i]) != out[i];
  return count;
}

namespace {

class Scanner {
public:
  Scanner(const Judges &judges,
          const std::vector<std::optional<Column>> &columns, uint64_t stride)
      : judges(judges), columns(columns), stride(stride),
        inputs(((uint64_t(1) << 32) + stride - 1) / stride) {}

  /// Takes blocks until none are left.
  std::vector<Score> work() {
    constexpr uint64_t blocksAtOnce = 16;
    Part part(columns.size());
    for (;;) {
      uint64_t first = nextBlock.fetch_add(blocksAtOnce);
      if (first * batch >= inputs)
        return part.scores;
      for (uint64_t block = first; block < first + blocksAtOnce; ++block)
        if (block * batch < inputs)
          take(part, block);
    }
  }

private:
  /// What one thread has.
  struct Part {
    explicit Part(size_t columns)
        : scores(columns), in(batch), out(batch), first(batch),
          references(batch) {}
    std::vector<Score> scores;
    std::vector<float> in, out, first;
    std::vector<double> references;
  };

  void take(Part &part, uint64_t block) {
    uint64_t begin = block * batch, end = std::min(begin + batch, inputs);
    auto bits = uint32_t(begin * stride);
    for (float &x : part.in) {
      x = std::bit_cast<float>(bits);
      bits += uint32_t(stride);
    }
    // NaN, past the end, is in no one's way.
    std::fill(part.in.begin() + int64_t(end - begin), part.in.end(),
              std::numeric_limits<float>::quiet_NaN());
    judges.quick->reference(part.in.data(), part.references.data(), batch);
    BlockErrors errors;
    for (size_t c = 0; c < columns.size(); ++c) {
      Score &score = part.scores[c];
      if (!columns[c] || (!columns[c]->isWhole && block % blocksOfSample != 0))
        continue;
      // Often all processors' code has the same results.
      std::vector<float> &out = c == 0 ? part.first : part.out;
      columns[c]->run(part.in.data(), out.data());
      if (c == 0 || std::memcmp(out.data(), part.first.data(),
                                batch * sizeof(float)) != 0) {
        BlockErrors own = judge(out.data(), part.references.data(), batch);
        // The number is told of our code alone.
        if (columns[c]->isWhole)
          own.misrounded +=
              countMisrounded(judges, own, part.in.data(), out.data());
        add(score, own, part.in, out);
        if (c == 0)
          errors = std::move(own);
      } else {
        add(score, errors, part.in, out);
      }
    }
  }

  void add(Score &score, const BlockErrors &errors,
           const std::vector<float> &in, const std::vector<float> &out) const {
    score.misrounded += errors.misrounded;
    if (errors.largest == 0 ||
        errors.largest < score.worst.distance - 2 * referenceMargin)
      return;
    float x = in[size_t(errors.at)];
    double distance =
        distanceInUnits(out[size_t(errors.at)], judges.exact.exact(x));
    score.worst.take({distance, std::bit_cast<uint32_t>(x)});
  }

  const Judges &judges;
  const std::vector<std::optional<Column>> &columns;
  uint64_t stride, inputs;
  std::atomic<uint64_t> nextBlock = 0;
};

} // namespace

std::vector<Score> scan(const Judges &judges,
                        const std::vector<std::optional<Column>> &columns,
                        uint64_t stride, unsigned threads) {
  Scanner scanner(judges, columns, stride);
  std::vector<std::vector<Score>> parts(threads);
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < threads; ++i)
    workers.emplace_back([&, i] { parts[i] = scanner.work(); });
  for (std::thread &worker : workers)
    worker.join();
  for (size_t c = 0; c < columns.size(); ++c)
    for (unsigned i = 1; i < threads; ++i) {
      parts[0][c].worst.take(parts[i][c].worst);
      parts[0][c].misrounded += parts[i][c].misrounded;
    }
  return parts[0];
}

} // namespace tactus::test
