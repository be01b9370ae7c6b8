//===- MutateFiles.cpp - Mutated files are used or refused ----------------===//
//
// Gives each reader mutations of the files in its folder of the corpus, and a
// share of them to the `tactus` tool, which then runs what it accepts. Each
// must be accepted or refused, in little time and memory. One mutation is one
// process, so one that crashes is one line of the report, and its time and
// memory are its own.
//
// Exit status: 0 where all were accepted or refused, 2 where not, 1 for a wrong
// command.
//
//===----------------------------------------------------------------------===//
#include "runtime/Support/Files.h"
#include "tactus/Error.h"
#include "tests/fuzz/Child.h"
#include "tests/fuzz/Kinds.h"
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <unistd.h>

using namespace tactus;
using namespace tactus::fuzz;

namespace fs = std::filesystem;

namespace {

struct Options {
  fs::path corpus = TACTUS_FUZZ_CORPUS;
  fs::path tool = TACTUS_FUZZ_TOOL;
  std::string kind;
  uint64_t seed = 1;
  int64_t count = 200;
  /// One in how many mutations is given to the tool.
  int64_t toolEvery = 5;
  /// What one mutation may take.
  double seconds = 2;
  int64_t bytes = int64_t(1) << 30;
};

/// More than a file of the corpus or what the tool prints has.
constexpr uint64_t mostBytes = uint64_t(1) << 26;

struct Original {
  std::string name, bytes;
};

/// Has the tool make what is mutated; gives its path.
fs::path prepared(const Kind &kind, const fs::path &file,
                  const Options &options, const fs::path &folder) {
  fs::path result = folder / file.filename().replace_extension(kind.name);
  std::vector<std::string> command = {options.tool.string()};
  for (std::string &text : kind.prepare(file.string(), result.string()))
    command.push_back(std::move(text));
  fs::path log = folder / "log.txt";
  if (runProgram(command, folder, log, 60).status != 0)
    throw Error("expected " + file.string() +
                " to be prepared, but got: " + readFile(log, mostBytes));
  return result;
}

/// The files of a kind, in the order of their names.
std::vector<Original> readCorpus(const Kind &kind, const Options &options,
                                 const fs::path &work) {
  fs::path folder = options.corpus / kind.name;
  std::vector<Original> files;
  for (const fs::directory_entry &entry : fs::directory_iterator(folder)) {
    fs::path file = kind.prepare ? prepared(kind, entry.path(), options, work)
                                 : entry.path();
    files.push_back({file.filename().string(), readFile(file, mostBytes)});
  }
  std::sort(files.begin(), files.end(),
            [](auto &a, auto &b) { return a.name < b.name; });
  if (files.empty())
    throw Error("expected files in " + folder.string() + ", but got none");
  return files;
}

/// What the mutations of a kind did.
struct Summary {
  int64_t reads = 0, accepted = 0, toolRuns = 0, toolAccepted = 0, failures = 0;
  double mostSeconds = 0;
  int64_t mostBytes = 0;

  void add(const Outcome &outcome) {
    mostSeconds = std::max(mostSeconds, outcome.seconds);
    mostBytes = std::max(mostBytes, outcome.peakBytes);
  }
};

/// What is wrong with an outcome; empty where nothing is.
std::string judge(const Outcome &outcome, int accepted, int refused,
                  const Options &options) {
  if (outcome.status < 0)
    return "ended by signal " + std::to_string(-outcome.status);
  if (outcome.status != accepted && outcome.status != refused)
    return "exit status " + std::to_string(outcome.status);
  if (outcome.seconds > options.seconds)
    return "took " + std::to_string(outcome.seconds) + " s";
  if (outcome.peakBytes > options.bytes)
    return "took " + std::to_string(outcome.peakBytes) + " bytes";
  return "";
}

void report(const Kind &kind, uint64_t seed, const std::string &how,
            const std::string &problem, const fs::path &file,
            Summary &summary) {
  ++summary.failures;
  std::cout << "FAILED: " << kind.name << ", " << how << ": " << problem
            << "\nIts file: " << file.string()
            << "\nAgain with: tactus-mutate-files --kind=" << kind.name
            << " --seed=" << seed << " --count=1\n"
            << std::flush;
}

// A sanitizer ends a process with status 1.
constexpr int accepted = 40, refused = 41;

Outcome readForked(const Kind &kind, const std::string &bytes,
                   const Options &options) {
  return runForked(
      [&] {
        std::span data(reinterpret_cast<const uint8_t *>(bytes.data()),
                       bytes.size());
        return kind.reads(data) ? accepted : refused;
      },
      options.seconds);
}

/// A file that is refused as it is would be mutated in vain.
void checkOriginals(const Kind &kind, const std::vector<Original> &files,
                    const Options &options) {
  for (const Original &file : files)
    if (readForked(kind, file.bytes, options).status != accepted)
      throw Error("expected " + std::string(kind.name) + "/" + file.name +
                  " of the corpus to be accepted, but got a refusal");
}

/// Mutates one file with one seed.
void checkMutation(const Kind &kind, const std::vector<Original> &files,
                   uint64_t seed, const Options &options,
                   const fs::path &folder, Summary &summary) {
  const Original &original = files[seed % files.size()];
  Random random(seed);
  std::string bytes = kind.mutate(original.bytes, random);
  auto keep = [&] {
    fs::path kept = fs::temp_directory_path() /
                    ("tactus-mutation-" + std::to_string(seed) +
                     fs::path(original.name).extension().string());
    writeFile(kept, bytes);
    return kept;
  };

  Outcome read = readForked(kind, bytes, options);
  ++summary.reads;
  summary.accepted += read.status == accepted;
  summary.add(read);
  std::string problem = judge(read, accepted, refused, options);
  if (!problem.empty())
    return report(kind, seed, "the reader", problem, keep(), summary);

  if (options.toolEvery == 0 || seed / files.size() % options.toolEvery != 0)
    return;
  std::string name = "mutated" + fs::path(original.name).extension().string();
  writeFile(folder / name, bytes);
  std::vector<std::string> command = {options.tool.string()};
  for (std::string &text : kind.arguments(name, original.name, random))
    command.push_back(std::move(text));
  fs::path log = folder / "log.txt";
  Outcome run = runProgram(command, folder, log, options.seconds);
  ++summary.toolRuns;
  summary.toolAccepted += run.status == 0;
  summary.add(run);
  problem = judge(run, 0, 1, options);
  if (problem.empty() && run.status == 1 && readFile(log, mostBytes).empty())
    problem = "refused without a message";
  std::string how;
  for (const std::string &word : command)
    how += (how.empty() ? "" : " ") + word;
  if (!problem.empty())
    report(kind, seed, how, problem, keep(), summary);
}

bool parse(int argc, char **argv, Options &options) {
  for (int i = 1; i < argc; ++i) {
    std::string_view argument = argv[i];
    auto value = [&](std::string_view name) -> const char * {
      return argument.starts_with(name) ? argv[i] + name.size() : nullptr;
    };
    if (const char *kind = value("--kind="))
      options.kind = kind;
    else if (const char *corpus = value("--corpus="))
      options.corpus = corpus;
    else if (const char *tool = value("--tool="))
      options.tool = tool;
    else if (const char *seed = value("--seed="))
      options.seed = std::strtoull(seed, nullptr, 10);
    else if (const char *count = value("--count="))
      options.count = std::strtoll(count, nullptr, 10);
    else if (const char *every = value("--tool-every="))
      options.toolEvery = std::strtoll(every, nullptr, 10);
    else if (const char *seconds = value("--seconds="))
      options.seconds = std::strtod(seconds, nullptr);
    else
      return false;
  }
  auto isKind = [&](const Kind &kind) { return kind.name == options.kind; };
  return options.count > 0 && options.toolEvery >= 0 && options.seconds > 0 &&
         (options.kind.empty() ||
          std::any_of(kinds().begin(), kinds().end(), isKind));
}

int64_t mutateAll(const Options &options, const fs::path &folder) {
  writeCompanions(folder);
  fs::current_path(folder);
  int64_t failures = 0;
  for (const Kind &kind : kinds()) {
    if (!options.kind.empty() && kind.name != options.kind)
      continue;
    std::vector<Original> files = readCorpus(kind, options, folder);
    checkOriginals(kind, files, options);
    Summary summary;
    for (int64_t i = 0; i < options.count; ++i)
      checkMutation(kind, files, options.seed + uint64_t(i), options, folder,
                    summary);
    std::printf(
        "%.*s: %lld mutations of %zu files, %lld accepted; %lld runs "
        "of tactus, %lld accepted; at most %.3f s and %lld MB; %lld "
        "failed\n",
        int(kind.name.size()), kind.name.data(), (long long)summary.reads,
        files.size(), (long long)summary.accepted, (long long)summary.toolRuns,
        (long long)summary.toolAccepted, summary.mostSeconds,
        (long long)(summary.mostBytes >> 20), (long long)summary.failures);
    std::fflush(stdout);
    failures += summary.failures;
  }
  return failures;
}

} // namespace

int main(int argc, char **argv) try {
  Options options;
  if (!parse(argc, argv, options)) {
    std::cerr << "usage: tactus-mutate-files [--kind=KIND] [--count=N] "
                 "[--seed=N] [--tool-every=N] [--seconds=S] [--corpus=DIR] "
                 "[--tool=FILE]\nKinds:";
    for (const Kind &kind : kinds())
      std::cerr << " " << kind.name;
    std::cerr << "\nOne in --tool-every mutations is given to the tool; 0 is "
                 "none.\n";
    return 1;
  }
  fs::path folder = fs::temp_directory_path() /
                    ("tactus-mutate-files-" + std::to_string(getpid()));
  fs::create_directories(folder);
  int64_t failures = mutateAll(options, folder);
  fs::remove_all(folder);
  return failures ? 2 : 0;
} catch (const std::exception &error) {
  std::cerr << "tactus-mutate-files: " << error.what() << "\n";
  return 1;
}
