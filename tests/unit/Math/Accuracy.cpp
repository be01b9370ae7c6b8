//===- Accuracy.cpp - Measures every function on every float --------------===//
//
// A scan in f64 by vector functions finds the inputs with the largest errors;
// long double says what the error is. The page that is written has, beside
// ours, the errors of the C library and of MLIR's approximations.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Math/NarrowFunctions.h"
#include "tests/unit/Math/QuickFunctions.h"
#include "llvm/Support/Error.h"
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace tactus;
using namespace tactus::test;

namespace {

constexpr const char *usage =
    R"(usage: tactus-accuracy [options]

Measures elementwise functions on all 2^32 floats, and fails where an error is
above 2 units in the last place.

  --stride=N     only the floats whose bits are multiples of N
  --threads=N    all processors by default
  --only=TEXT    only the functions whose name has TEXT
  --page=FILE    writes what was measured, and fails where FILE said otherwise
  --check=FILE   measures only the inputs that FILE names, and fails where it says
                 otherwise
)";

constexpr int statusOfNothing = 77;

struct Options {
  uint64_t stride = 1;
  unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  std::string only, page, check;
};

Options parseOptions(int argc, char **argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    std::string argument = argv[i];
    auto valueOf = [&](const char *prefix) -> const char * {
      return argument.starts_with(prefix) ? argv[i] + std::strlen(prefix)
                                          : nullptr;
    };
    auto number = [&](const char *text) {
      unsigned long value = std::strtoul(text, nullptr, 10);
      if (value < 1 || value > UINT32_MAX)
        throw std::runtime_error("expected a positive number, but got '" +
                                 argument + "'");
      return value;
    };
    if (const char *value = valueOf("--stride="))
      options.stride = number(value);
    else if (const char *value = valueOf("--threads="))
      options.threads = unsigned(number(value));
    else if (const char *value = valueOf("--only="))
      options.only = value;
    else if (const char *value = valueOf("--page="))
      options.page = value;
    else if (const char *value = valueOf("--check="))
      options.check = value;
    else
      throw std::runtime_error("unknown option '" + argument + "'\n" + usage);
  }
  return options;
}

//===----------------------------------------------------------------------===//
// The scan
//===----------------------------------------------------------------------===//

struct Worst {
  double distance = 0;
  uint32_t bits = 0;

  void take(const Worst &other) {
    if (other.distance > distance ||
        (other.distance == distance && other.bits < bits))
      *this = other;
  }
};

/// One implementation: a kernel, or a function of the C library.
struct Column {
  KernelEntry kernel = nullptr;
  float (*library)(float) = nullptr;

  void run(float *in, float *out) const {
    if (library) {
      for (int64_t i = 0; i < batch; ++i)
        out[i] = library(in[i]);
      return;
    }
    void *buffers[] = {in, out};
    int64_t status[2] = {0, 0};
    kernel(buffers, 0, batch / 16, nullptr, status);
  }
};

using Columns = std::vector<std::optional<Column>>;

/// Ours come first: processors with 512-bit vectors, and with 256.
constexpr size_t oursCount = 2;
/// What ours is beside runs on one block in so many; a prime, so that every
/// thread has as many of them.
constexpr uint64_t blocksOfOthers = 17;

/// Blocks `first`, `first` + `step`, and so on.
std::vector<Worst> scan(const ExactFunction &function,
                        const QuickFunction &quick, const Columns &columns,
                        uint64_t stride, uint64_t first, uint64_t step) {
  std::vector<Worst> worst(columns.size());
  std::vector<float> in(batch), out(batch);
  std::vector<double> references(batch);
  uint64_t inputs = ((uint64_t(1) << 32) + stride - 1) / stride;
  for (uint64_t block = first; block * batch < inputs; block += step) {
    // Past the end the last one comes again.
    uint64_t begin = block * batch;
    for (uint64_t i = 0; i < batch; ++i)
      in[i] = std::bit_cast<float>(
          uint32_t(std::min(begin + i, inputs - 1) * stride));
    quick.reference(in.data(), references.data(), batch);
    for (size_t c = 0; c < columns.size(); ++c) {
      bool isSkipped = c >= oursCount && block % blocksOfOthers != 0;
      if (!columns[c] || isSkipped || std::isinf(worst[c].distance))
        continue;
      columns[c]->run(in.data(), out.data());
      long at = 0;
      if (largestDistance(out.data(), references.data(), batch, at) >
          worst[c].distance)
        worst[c].take({distanceInUnits(out[at], function.exact(in[at])),
                       std::bit_cast<uint32_t>(in[at])});
    }
  }
  return worst;
}

std::vector<Worst> scanAll(const ExactFunction &function,
                           const QuickFunction &quick, const Columns &columns,
                           const Options &options) {
  std::vector<std::vector<Worst>> parts(options.threads);
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < options.threads; ++i)
    threads.emplace_back([&, i] {
      parts[i] =
          scan(function, quick, columns, options.stride, i, options.threads);
    });
  for (std::thread &thread : threads)
    thread.join();
  for (size_t c = 0; c < columns.size(); ++c)
    for (unsigned i = 1; i < options.threads; ++i)
      parts[0][c].take(parts[i][c]);
  return parts[0];
}

//===----------------------------------------------------------------------===//
// The page
//===----------------------------------------------------------------------===//

struct Subject {
  ExactFunction function;
  const QuickFunction *quick;
  Columns columns;
  std::vector<std::shared_ptr<const KernelLibrary>> libraries;
};

Subject prepare(const ExactFunction &function) {
  Subject subject{function, findQuickFunction(function.name), {}, {}};
  if (!subject.quick)
    throw std::runtime_error(
        std::string("expected a reference in QuickFunctions.cpp of ") +
        function.name);
  auto addKernel = [&](const std::string &op, const Level &level) {
    auto library = compileKernel(kernelText(op, "f32"), level);
    if (!library)
      throw std::runtime_error("expected a kernel of " + op);
    subject.columns.push_back(Column{cantFail(library->lookup("k")), nullptr});
    subject.libraries.push_back(std::move(library));
  };
  std::string text = std::string("tactus.") + function.text;
  addKernel(text, levels()[2]);
  addKernel(text, levels()[1]);
  subject.columns.push_back(
      subject.quick->library
          ? std::optional(Column{nullptr, subject.quick->library})
          : std::nullopt);
  if (subject.quick->mlir)
    addKernel(std::string("math.") + subject.quick->mlir + " %v", levels()[2]);
  else
    subject.columns.push_back(std::nullopt);
  return subject;
}

std::string format(const char *text, auto... values) {
  char buffer[200];
  std::snprintf(buffer, sizeof(buffer), text, values...);
  return buffer;
}

std::string cellOf(const std::optional<Column> &column, const Worst &worst) {
  if (!column)
    return " | ";
  return format("%.4f | `0x%08x` %.9g", worst.distance, worst.bits,
                double(std::bit_cast<float>(worst.bits)));
}

std::string rowOf(const Subject &subject, const std::vector<Worst> &worst) {
  std::string row = format("| %s |", subject.function.name);
  for (size_t c = 0; c < worst.size(); ++c)
    row += " " + cellOf(subject.columns[c], worst[c]) + " |";
  return row + "\n";
}

std::string pageHead(uint64_t stride) {
  std::string inputs =
      stride == 1
          ? "every one of the 2^32 inputs"
          : format("every input whose bits are a multiple of %llu, one "
                   "in %llu of all 2^32",
                   (unsigned long long)stride, (unsigned long long)stride);
  return "<!-- Generated by `./dev test --exhaustive` (tactus-accuracy). -->\n"
         "\n# Accuracy of elementwise functions\n\n"
         "The largest error of each f32 function on " +
         inputs +
         ".\nErrors are in units in the last place of the exact result, beside "
         "the input that has\nthem, as bits and as a number. Half a unit is a "
         "correctly rounded result; `inf` means a\nNaN, an infinity or a "
         "number "
         "where another one of these is right. Above 2, the test of\nours "
         "fails.\n\n"
         "*AVX-512* and *AVX2* are what Tactus compiles for `cpu:x86-64-v4` "
         "and "
         "`-v3`. Beside\nthem, on one block of 4,096 of these inputs in " +
         std::to_string(blocksOfOthers) +
         ", are *C library*, glibc's float\nfunction or a user's formula of "
         "these, and *MLIR*, its polynomial approximation on\nAVX-512. A scan "
         "in f64 finds the inputs, long double tells the errors. The "
         "functions\n"
         "and their parameters are those of "
         "`tests/unit/Math/ExactFunctions.cpp`.\n\n"
         "| Function | AVX-512 | at | AVX2 | at | C library | at | MLIR | at "
         "|\n"
         "|---|---|---|---|---|---|---|---|---|\n";
}

std::string readFile(const std::string &path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

//===----------------------------------------------------------------------===//
// Modes
//===----------------------------------------------------------------------===//

bool isChosen(const ExactFunction &function, const Options &options) {
  return std::string_view(function.name).find(options.only) !=
         std::string_view::npos;
}

/// Both narrow types' cells, or nothing where a result is no neighbor of the
/// exact one.
std::optional<std::string> narrowRow(const ExactFunction &function) {
  std::string row = format("| %s |", function.name);
  bool isRight = true;
  for (const char *type : {"f16", "bf16"}) {
    NarrowResult result = judgeNarrow(function, type, levels()[2]);
    row += format(" %d |", result.misrounded);
    row += result.misrounded ? format(" %.9g |", result.example) : "  |";
    isRight &= result.wrong == 0;
  }
  std::printf("%s\n", row.c_str());
  return isRight ? std::optional(row + "\n") : std::nullopt;
}

int measure(const Options &options) {
  std::string page = pageHead(options.stride), narrow;
  int status = 0;
  for (const ExactFunction &function : exactFunctions()) {
    if (!isChosen(function, options))
      continue;
    Subject subject = prepare(function);
    auto worst = scanAll(function, *subject.quick, subject.columns, options);
    std::string row = rowOf(subject, worst);
    std::printf("%s", row.c_str());
    page += row;
    for (size_t c = 0; c < oursCount; ++c)
      if (!(worst[c].distance <= 2)) {
        std::fprintf(stderr, "%s: expected at most 2 units, but got %.4f\n",
                     function.name, worst[c].distance);
        status = 1;
      }
    if (auto cells = narrowRow(function)) {
      narrow += *cells;
    } else {
      std::fprintf(stderr,
                   "%s: expected neighbors of the exact result in f16 "
                   "and bf16, but got others\n",
                   function.name);
      status = 1;
    }
    std::fflush(stdout);
  }
  page +=
      "\nf16 and bf16 are computed in f32 and rounded once more. Of all "
      "65,536 inputs of each,\nso many have a result that is not the number "
      "nearest to the exact one, the first of\nthem being named; all of "
      "these are its other neighbor.\n\n"
      "| Function | f16 | first at | bf16 | first at |\n"
      "|---|---|---|---|---|\n" +
      narrow;
  if (!options.page.empty() && readFile(options.page) != page) {
    std::ofstream(options.page) << page;
    std::fprintf(stderr, "%s: was stale, and is written anew\n",
                 options.page.c_str());
    status = 1;
  }
  return status;
}

/// The first cells of the row of `name`: the distance and the bits.
std::optional<std::pair<std::string, uint32_t>> findRow(const std::string &page,
                                                        const char *name) {
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    char distance[40];
    unsigned bits;
    std::string start = format("| %s |", name);
    if (line.starts_with(start) &&
        std::sscanf(line.c_str() + start.size(), " %39s | `0x%x`", distance,
                    &bits) == 2)
      return std::pair(std::string(distance), bits);
  }
  return std::nullopt;
}

int check(const Options &options) {
  std::string page = readFile(options.check);
  int status = 0;
  for (const ExactFunction &function : exactFunctions()) {
    if (!isChosen(function, options))
      continue;
    auto fail = [&](const std::string &what) {
      std::fprintf(stderr, "%s: %s: %s\n", options.check.c_str(), function.name,
                   what.c_str());
      status = 1;
    };
    auto row = findRow(page, function.name);
    if (!row) {
      fail("expected a row, but got none: ./dev test --exhaustive");
      continue;
    }
    Subject subject = prepare(function);
    std::vector<float> in(batch, std::bit_cast<float>(row->second)), out(batch);
    subject.columns[0]->run(in.data(), out.data());
    std::string now =
        format("%.4f", distanceInUnits(out[0], function.exact(in[0])));
    if (now != row->first)
      fail("expected " + row->first + " units, but got " + now +
           ": ./dev test --exhaustive");
  }
  return status;
}

} // namespace

int main(int argc, char **argv) try {
  Options options = parseOptions(argc, argv);
  if (!hostHas(levels()[2])) {
    std::fprintf(stderr, "this processor has no AVX-512 to measure\n");
    return statusOfNothing;
  }
  return options.check.empty() ? measure(options) : check(options);
} catch (const std::exception &error) {
  std::fprintf(stderr, "tactus-accuracy: %s\n", error.what());
  return 1;
}
