//===- Options.cpp - The options of the comparisons -----------------------===//
#include "tests/benchmarks/Options.h"
#include "runtime/Support/Processors.h"
#include "tactus/Error.h"
#include <charconv>
#include <cstdlib>

namespace tactus::benchmarks {

const char *const usage =
    R"(usage: tactus-compare-peers [options]

Times our programs beside those of ONNX Runtime, oneDNN and OpenBLAS, in turns and
in one process. The exit status is 2 where a bar is missed.

  --only=TEXT         only the programs whose name has TEXT
  --groups=NAME,...   only these groups
  --pairs=N           pairs of turns for each comparison, 30 by default
  --threads=N         1 by default
  --write=DIR         write threads-N.md and threads-N.svg there
  --models=DIR        where the last program's graph, weights and ONNX model are
                      left; by default benchmark-models in the current folder
  --onnxruntime=FILE  libonnxruntime.so; by default $TACTUS_ONNXRUNTIME
  --help              this text
)";

static int parseNumber(std::string_view name, std::string_view text,
                       int64_t greatest) {
  int64_t value = 0;
  auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 1 ||
      value > greatest)
    throw Error("expected a number from 1 to " + std::to_string(greatest) +
                " after " + std::string(name) + ", but got '" +
                std::string(text) + "'");
  return int(value);
}

static std::vector<std::string> splitAtCommas(std::string_view text) {
  std::vector<std::string> parts;
  for (size_t begin = 0; begin <= text.size();) {
    size_t end = std::min(text.find(',', begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

Options parseOptions(int argc, char **argv) {
  Options options;
  options.models = "benchmark-models";
  if (const char *library = std::getenv("TACTUS_ONNXRUNTIME"))
    options.onnxRuntime = library;
  for (int i = 1; i < argc; ++i) {
    std::string_view argument = argv[i];
    size_t equals = argument.find('=');
    std::string_view name = argument.substr(0, equals), value;
    bool hasValue = equals != std::string_view::npos;
    if (hasValue)
      value = argument.substr(equals + 1);
    if (argument == "--help")
      options.asksForHelp = true;
    else if (name == "--only" && hasValue)
      options.only = value;
    else if (name == "--groups" && hasValue)
      options.groups = splitAtCommas(value);
    else if (name == "--pairs" && hasValue)
      options.pairs = parseNumber(name, value, 100'000);
    else if (name == "--threads" && hasValue)
      options.threads = parseNumber(name, value, maxThreads);
    else if (name == "--write" && hasValue)
      options.write = value;
    else if (name == "--models" && hasValue)
      options.models = value;
    else if (name == "--onnxruntime" && hasValue)
      options.onnxRuntime = value;
    else
      throw Error("expected an option, but got '" + std::string(argument) +
                  "'\n" + usage);
  }
  return options;
}

} // namespace tactus::benchmarks
