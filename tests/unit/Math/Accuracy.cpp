//===- Accuracy.cpp - Measures every function on every float --------------===//
//
// --page writes what it finds, and --check tells whether that still holds.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Math/AccuracyPage.h"
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
  --page=FILE    writes what was measured, and fails where FILE said otherwise;
                 with --only, what FILE says of other functions stays
  --kept=FOLDER  keeps there what was measured of each function until all are,
                 and does not measure again what is newer than this program
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
// Measuring
//===----------------------------------------------------------------------===//

std::string readFile(const std::string &path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool isChosen(const ExactFunction &function, const Options &options) {
  return std::string_view(function.name).find(options.only) !=
         std::string_view::npos;
}

/// Where the row of a function is kept.
std::filesystem::path keptPath(const ExactFunction &function,
                               const Options &options) {
  return std::filesystem::path(options.kept) /
         format("%s-%llu", function.name, (unsigned long long)options.stride);
}

/// The row that a run kept that was stopped, if it is newer than this program;
/// else an empty one.
std::string findKept(const ExactFunction &function, const Options &options) {
  if (options.kept.empty())
    return "";
  std::filesystem::path path = keptPath(function, options);
  std::error_code error;
  auto time = std::filesystem::last_write_time(path, error);
  if (error || time < std::filesystem::last_write_time("/proc/self/exe"))
    return "";
  return findRows(readFile(path), function.name).single;
}

void keep(const ExactFunction &function, const std::string &row,
          const Options &options) {
  if (options.kept.empty())
    return;
  std::filesystem::create_directories(options.kept);
  std::filesystem::path path = keptPath(function, options), part = path;
  part += ".part";
  std::ofstream(part) << row;
  std::filesystem::rename(part, path);
}

/// The row, and in `faults` what is wrong.
std::string measureSingle(const ExactFunction &function, const Options &options,
                          std::string &faults) {
  if (std::string row = findKept(function, options); !row.empty())
    return row;
  Subject subject = prepare(function);
  std::vector<Score> scores =
      scan(subject.judges, subject.columns, options.stride, options.threads);
  for (size_t c = 0; c < sources().size(); ++c)
    if (sources()[c].level && !(scores[c].worst.distance <= 2))
      faults +=
          format("%s: %s: expected at most 2 units, but got %.9g\n",
                 function.name, sources()[c].name, scores[c].worst.distance);
  std::string row = singleRow(subject, scores);
  if (faults.empty())
    keep(function, row, options);
  return row;
}

std::string measureNarrow(const ExactFunction &function, std::string &faults) {
  auto judgeType = [&](const char *type) {
    NarrowResult result = judgeNarrow(findJudges(function), type, levels()[2]);
    if (result.wrong > 0)
      faults += format("%s: expected the f32 result rounded to %s, but got "
                       "another number for %d inputs\n",
                       function.name, type, result.wrong);
    return result;
  };
  return narrowRow(function, judgeType("f16"), judgeType("bf16"));
}

int measure(const Options &options) {
  std::string oldPage = readFile(options.page);
  bool hasRest = !options.page.empty() && !options.only.empty();
  if (hasRest && !oldPage.starts_with(pageHead(options.stride)))
    throw std::runtime_error("expected " + options.page +
                             " to tell of the same inputs, but got others");
  std::vector<Rows> rows;
  int status = 0;
  for (const ExactFunction &function : exactFunctions()) {
    if (!isChosen(function, options)) {
      if (hasRest)
        rows.push_back(findRows(oldPage, function.name));
      continue;
    }
    std::clock_t start = std::clock();
    std::string faults;
    Rows own;
    own.single = measureSingle(function, options, faults);
    own.narrow = measureNarrow(function, faults);
    std::printf("%s%s%s: %.1f s of all processors\n", own.single.c_str(),
                own.narrow.c_str(), function.name,
                double(std::clock() - start) / CLOCKS_PER_SEC);
    std::fflush(stdout);
    rows.push_back(std::move(own));
    if (!faults.empty()) {
      std::fprintf(stderr, "%s", faults.c_str());
      status = 1;
    }
  }
  if (!options.kept.empty())
    for (const ExactFunction &function : exactFunctions())
      if (isChosen(function, options))
        std::filesystem::remove(keptPath(function, options));
  std::string page = buildPage(options.stride, rows);
  if (!options.page.empty() && oldPage != page) {
    std::ofstream(options.page) << page;
    std::fprintf(stderr, "%s: was stale, and is written anew\n",
                 options.page.c_str());
    status = 1;
  }
  return status;
}

//===----------------------------------------------------------------------===//
// Checking
//===----------------------------------------------------------------------===//

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
    std::vector<std::string> cells =
        cellsOf(findRows(page, function.name).single);
    if (cells.empty()) {
      fail("expected a row, but got none");
      continue;
    }
    size_t at = 0;
    for (const Source &source : sources()) {
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
