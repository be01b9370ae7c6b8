//===- Accuracy.cpp - Measures every function on every float --------------===//
//
// The page that is written has, beside ours, the errors of the C library and of
// MLIR's approximations.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Math/AccuracyScan.h"
#include "tests/unit/Math/NarrowFunctions.h"
#include "llvm/Support/Error.h"
#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
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
  --kept=FOLDER  keeps there what was measured of each function, and does not
                 measure again what is newer than this program
  --check=FILE   measures only the inputs that FILE names, and fails where it says
                 otherwise
)";

constexpr int statusOfNothing = 77;

struct Options {
  uint64_t stride = 1;
  unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  std::string only, page, kept, check;
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
    else if (const char *value = valueOf("--kept="))
      options.kept = value;
    else if (const char *value = valueOf("--check="))
      options.check = value;
    else
      throw std::runtime_error("unknown option '" + argument + "'\n" + usage);
  }
  return options;
}

//===----------------------------------------------------------------------===//
// The page
//===----------------------------------------------------------------------===//

/// What stands in one group of cells of a row, and where that comes from.
struct Source {
  const char *name;
  /// That of ours, or null.
  const Level *level;
  /// On all inputs, which also tells how many results are not the nearest.
  bool isWhole;
};

const Source sources[] = {{"AVX-512", &levels()[2], true},
                          {"AVX2", &levels()[1], true},
                          {"SSE4.2", &levels()[0], false},
                          {"C library", nullptr, false},
                          {"MLIR", nullptr, false}};

struct Subject {
  Judges judges;
  std::vector<std::optional<Column>> columns;
  std::vector<std::shared_ptr<const KernelLibrary>> libraries;
};

Subject prepare(const ExactFunction &function) {
  Subject subject{findJudges(function), {}, {}};
  auto addKernel = [&](const std::string &op, const Level &level,
                       bool isWhole) {
    auto library = compileKernel(kernelText(op, "f32"), level);
    if (!library)
      throw std::runtime_error("expected a kernel of " + op);
    subject.columns.push_back(
        Column{cantFail(library->lookup("k")), nullptr, isWhole});
    subject.libraries.push_back(std::move(library));
  };
  for (const Source &source : sources)
    if (source.level)
      addKernel(std::string("tactus.") + function.text, *source.level,
                source.isWhole);
  const QuickFunction &quick = *subject.judges.quick;
  subject.columns.push_back(
      quick.library ? std::optional(Column{nullptr, quick.library, false})
                    : std::nullopt);
  if (quick.mlir)
    addKernel(std::string("math.") + quick.mlir + " %v", levels()[2], false);
  else
    subject.columns.push_back(std::nullopt);
  return subject;
}

std::string format(const char *text, auto... values) {
  char buffer[200];
  std::snprintf(buffer, sizeof(buffer), text, values...);
  return buffer;
}

std::string distanceCell(double distance) {
  return format(" %.4f ", distance);
}

std::string rowOf(const Subject &subject, const std::vector<Score> &scores) {
  std::string row = format("| %s |", subject.judges.exact.name);
  for (size_t c = 0; c < scores.size(); ++c) {
    if (!subject.columns[c]) {
      row += "  |  |";
      continue;
    }
    const Worst &worst = scores[c].worst;
    row += distanceCell(worst.distance) +
           format("| `0x%08x` %.9g |", worst.bits,
                  double(std::bit_cast<float>(worst.bits)));
    if (subject.columns[c]->isWhole)
      row += format(" %llu |", (unsigned long long)scores[c].misrounded);
  }
  return row + "\n";
}

std::string pageHead(uint64_t stride) {
  std::string inputs =
      stride == 1 ? "on every one of the 2^32 inputs"
                  : format("on every input whose bits are a multiple of %llu",
                           (unsigned long long)stride);
  std::string head =
      "<!-- Generated by `./dev test --exhaustive` (tactus-accuracy). -->\n"
      "\n# Accuracy of elementwise functions\n\n"
      "The largest error of each f32 function, in units in the last place of "
      "the exact\nresult, and the input that has it, as bits and as a number. "
      "Half a unit is a correctly\nrounded result; `inf` means a NaN, an "
      "infinity or a number where another one of these\nis right. *Not "
      "nearest* is how many results are not the f32 nearest to the exact one.\n"
      "\n*AVX-512*, *AVX2* and *SSE4.2* are what Tactus compiles for "
      "`cpu:x86-64-v4`, `-v3` and\n`-v2`. Above 2, the test of these fails. "
      "The first two are measured " +
      inputs + ";\nwhat stands right of them on one block of 4,096 inputs in " +
      std::to_string(blocksOfSample) +
      " of these: *C library*,\nglibc's float function or a user's formula of "
      "these, and *MLIR*, its polynomial\napproximation on AVX-512.\n\n"
      "The reference is glibc's f64 (libmvec's vector functions). Each of its "
      "results is\nwithin 2^-44 of the exact one, which a test checks; where "
      "that leaves open which f32 is\nthe nearest, MPFR decides with 400 bits, "
      "and long double tells how large the largest\nerrors are. The functions "
      "and their parameters are those of\n"
      "`tests/unit/Math/ExactFunctions.cpp`.\n\n| Function |";
  std::string line = "|---|";
  for (const Source &source : sources) {
    head += format(" %s | at |%s", source.name,
                   source.isWhole ? " not nearest |" : "");
    line += source.isWhole ? "---|---|---|" : "---|---|";
  }
  return head + "\n" + line + "\n";
}

constexpr const char *narrowExplanation =
    R"(f16 and bf16 are computed in f32, and that result is rounded once more: the test fails
where one of all 65,536 inputs of each has another number than the f32 function's
result, correctly rounded. So many of them are not the number nearest to the exact
result, the first of them being named.
)";

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

/// What is told of one function, and what is wrong with it.
struct Finding {
  std::string row, narrowRow, faults;
};

Finding measureFunction(const ExactFunction &function, const Options &options) {
  Finding finding;
  Subject subject = prepare(function);
  std::vector<Score> scores =
      scan(subject.judges, subject.columns, options.stride, options.threads);
  finding.row = rowOf(subject, scores);
  for (size_t c = 0; c < std::size(sources); ++c)
    if (sources[c].level && !(scores[c].worst.distance <= 2))
      finding.faults +=
          format("%s: %s: expected at most 2 units, but got %.9g\n",
                 function.name, sources[c].name, scores[c].worst.distance);

  finding.narrowRow = format("| %s |", function.name);
  for (const char *type : {"f16", "bf16"}) {
    NarrowResult result = judgeNarrow(function, type, levels()[2]);
    finding.narrowRow += format(" %d |", result.misrounded);
    finding.narrowRow +=
        result.misrounded ? format(" %.9g |", result.example) : "  |";
    if (result.wrong > 0)
      finding.faults += format("%s: expected the f32 result rounded to %s, but "
                               "got another number for %d inputs\n",
                               function.name, type, result.wrong);
  }
  finding.narrowRow += "\n";
  return finding;
}

/// Where the finding of a function is kept.
std::filesystem::path keptPath(const ExactFunction &function,
                               const Options &options) {
  return std::filesystem::path(options.kept) /
         format("%s-%llu", function.name, (unsigned long long)options.stride);
}

/// A finding without faults that is newer than this program, so that a run that
/// was stopped goes on.
std::optional<Finding> findKept(const ExactFunction &function,
                                const Options &options) {
  std::filesystem::path path = keptPath(function, options);
  std::error_code error;
  auto time = std::filesystem::last_write_time(path, error);
  if (error || time < std::filesystem::last_write_time("/proc/self/exe"))
    return std::nullopt;
  std::ifstream in(path);
  Finding finding;
  if (!std::getline(in, finding.row) || !std::getline(in, finding.narrowRow))
    return std::nullopt;
  finding.row += "\n";
  finding.narrowRow += "\n";
  return finding;
}

void keep(const ExactFunction &function, const Finding &finding,
          const Options &options) {
  std::filesystem::create_directories(options.kept);
  std::filesystem::path path = keptPath(function, options), part = path;
  part += ".part";
  std::ofstream(part) << finding.row << finding.narrowRow;
  std::filesystem::rename(part, path);
}

int measure(const Options &options) {
  std::string page = pageHead(options.stride), narrow;
  int status = 0;
  for (const ExactFunction &function : exactFunctions()) {
    if (!isChosen(function, options))
      continue;
    std::clock_t start = std::clock();
    std::optional<Finding> finding;
    if (!options.kept.empty())
      finding = findKept(function, options);
    if (!finding) {
      finding = measureFunction(function, options);
      if (!options.kept.empty() && finding->faults.empty())
        keep(function, *finding, options);
    }
    page += finding->row;
    narrow += finding->narrowRow;
    std::printf("%s%s%s: %.1f s of all processors\n", finding->row.c_str(),
                finding->narrowRow.c_str(), function.name,
                double(std::clock() - start) / CLOCKS_PER_SEC);
    std::fflush(stdout);
    if (!finding->faults.empty()) {
      std::fprintf(stderr, "%s", finding->faults.c_str());
      status = 1;
    }
  }
  page += std::string("\n") + narrowExplanation +
          "\n| Function | f16 | first at | bf16 | first at |\n"
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

/// The cells of the row of `name`, the name apart; none where there is no row.
std::vector<std::string> findRow(const std::string &page, const char *name) {
  std::istringstream lines(page);
  std::vector<std::string> cells;
  std::string start = format("| %s |", name);
  for (std::string line; cells.empty() && std::getline(lines, line);) {
    if (!line.starts_with(start))
      continue;
    std::istringstream rest(line.substr(start.size()));
    for (std::string cell; std::getline(rest, cell, '|');)
      cells.push_back(cell);
  }
  return cells;
}

/// Whether our results for the inputs that the page names still have its
/// errors.
int check(const Options &options) {
  std::string page = readFile(options.check);
  int status = 0;
  for (const ExactFunction &function : exactFunctions()) {
    if (!isChosen(function, options))
      continue;
    auto fail = [&](const std::string &what) {
      std::fprintf(stderr, "%s: %s: %s: ./dev test --exhaustive\n",
                   options.check.c_str(), function.name, what.c_str());
      status = 1;
    };
    std::vector<std::string> cells = findRow(page, function.name);
    if (cells.empty()) {
      fail("expected a row, but got none");
      continue;
    }
    size_t at = 0;
    for (const Source &source : sources) {
      unsigned bits = 0;
      if (!source.level)
        break;
      if (at + 1 >= cells.size() ||
          std::sscanf(cells[at + 1].c_str(), " `0x%x`", &bits) != 1) {
        fail(format("expected an input of %s, but got none", source.name));
        break;
      }
      auto library = compileKernel(
          kernelText(std::string("tactus.") + function.text, "f32"),
          *source.level);
      if (!library)
        throw std::runtime_error(std::string("expected a kernel of ") +
                                 function.name);
      std::vector<float> in(batch, std::bit_cast<float>(bits)), out(batch);
      Column{cantFail(library->lookup("k"))}.run(in.data(), out.data());
      std::string now =
          distanceCell(distanceInUnits(out[0], function.exact(in[0])));
      if (now != cells[at])
        fail(format("%s: expected%sunits, but got%sunits", source.name,
                    cells[at].c_str(), now.c_str()));
      at += source.isWhole ? 3 : 2;
    }
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
