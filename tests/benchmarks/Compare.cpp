//===- Compare.cpp - Timing programs in turns -----------------------------===//
#include "tests/benchmarks/Compare.h"
#include "tactus/Compiler.h"
#include "tests/benchmarks/Nearness.h"
#include "tests/benchmarks/PeakLoop.h"
#include "tests/benchmarks/Quiet.h"
#include <algorithm>
#include <chrono>
#include <cmath>

namespace tactus::benchmarks {

double median(std::vector<double> values) {
  auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

namespace {

//===----------------------------------------------------------------------===//
// Turns
//===----------------------------------------------------------------------===//

/// Our program, as a peer's.
class OurProgram final : public Program {
public:
  OurProgram(const Graph &graph, int threads) : bound(graph, threads) {}

  void run() override { bound.run(); }
  const Tensor &result() const override { return bound.y; }
  const Tensor &input() const { return bound.x; }

private:
  BoundWorkload bound;
};

/// Compiling a graph, as something that runs.
class Compilation final : public Program {
public:
  Compilation(const Graph &graph, int threads)
      : graph(graph), threads(threads) {}

  void run() override {
    compile(graph, Target::parse("cpu"),
            {.threads = threads, .cacheFolder = ""});
  }
  const Tensor &result() const override { return none; }

private:
  const Graph &graph;
  int threads;
  Tensor none;
};

double millisecondsOf(Program &program, int count) {
  auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < count; ++i)
    program.run();
  std::chrono::duration<double, std::milli> elapsed =
      std::chrono::steady_clock::now() - start;
  return elapsed.count();
}

/// A program whose runs are counted so that a turn is long beside the clock and
/// short beside what disturbs the machine.
class Player {
public:
  Player(std::string name, Program &program, bool hasThreads)
      : name(std::move(name)), program(program), hasThreads(hasThreads) {
    program.run();
    double once = millisecondsOf(program, 1);
    int few = std::max(1, int(0.2 / once));
    double each = millisecondsOf(program, few) / few;
    count = std::max(1, int(2 / each));
    warmsUp = each < 10;
  }

  /// Milliseconds of a run. The first, for which caches and threads are not
  /// ready, is not timed where another does not take long.
  double play() {
    if (hasThreads)
      waitForIdleThreads();
    if (warmsUp)
      program.run();
    return millisecondsOf(program, count) / count;
  }

  std::string name;

private:
  Program &program;
  bool hasThreads, warmsUp = false;
  int count = 1;
};

/// One player beside another: what a pair of turns after the other gave.
struct Match {
  Player *rival;
  std::vector<double> ours = {}, theirs = {}, ratios = {};
  /// How long the loop at the peak ran, just before, for one of our runs.
  std::vector<double> peakTurns = {};

  void playPair(Player &us, std::optional<Player> &peak) {
    double peakTime = peak ? peak->play() : 0;
    ours.push_back(us.play());
    theirs.push_back(rival->play());
    ratios.push_back(ours.back() / theirs.back());
    peakTurns.push_back(peakTime / ours.back());
  }
};

/// Plays with those that may be the fastest, and gives the match with that
/// which is.
Match playMatches(Player &us, std::vector<Player> &rivals,
                  std::optional<Player> &peak, int pairs) {
  std::vector<Match> matches;
  double fastest = INFINITY;
  for (Player &rival : rivals) {
    Match trial{&rival};
    for (int i = 0; i < 3; ++i)
      trial.playPair(us, peak);
    fastest = std::min(fastest, median(trial.theirs));
    matches.push_back(std::move(trial));
  }
  std::erase_if(matches, [&](const Match &match) {
    return median(match.theirs) > 1.25 * fastest;
  });
  for (Match &match : matches)
    match = {match.rival};
  for (int i = 0; i < pairs; ++i)
    for (Match &match : matches)
      match.playPair(us, peak);
  return *std::max_element(matches.begin(), matches.end(),
                           [](const Match &a, const Match &b) {
                             return median(a.ratios) < median(b.ratios);
                           });
}

//===----------------------------------------------------------------------===//
// Rivals
//===----------------------------------------------------------------------===//

bool isAsked(Rival rival, Library library) {
  switch (rival) {
  case Rival::Fastest:
    return true;
  case Rival::OnnxRuntime:
    return library == Library::OnnxRuntime;
  case Rival::OneDnn:
    return library == Library::OneDnn;
  case Rival::OneThread:
  case Rival::CallLimit:
  case Rival::CompileLimit:
    return false;
  }
  __builtin_unreachable();
}

} // namespace

/// The median of as many turns as a comparison has pairs, beside a limit.
static void compareWithLimit(Comparison &result, Program &program, double limit,
                             const Options &options) {
  Player us("Tactus", program, options.threads > 1);
  std::vector<double> times;
  for (int i = 0; i < options.pairs; ++i)
    times.push_back(us.play());
  result.ours = median(times);
  result.theirs = limit;
  result.ratio = result.ours / limit;
  result.rival = "limit";
}

Comparison Comparer::compare(const Group &group, size_t index) const {
  const Workload &workload = group.workloads[index];
  Comparison result{.name = workload.name};
  try {
    ParameterStore parameters = parametersOf(workload);
    Graph graph = graphOf(workload, parameters);
    if (group.rival == Rival::CompileLimit) {
      Compilation compilation(graph, options.threads);
      compareWithLimit(result, compilation, group.limits[index], options);
      return result;
    }
    OurProgram ours(graph, options.threads);
    if (group.rival == Rival::CallLimit) {
      compareWithLimit(result, ours, group.limits[index], options);
      return result;
    }
    compareWithRivals(
        result, group,
        {workload, graph, parameters, ours.input(), ours.result().type()},
        ours);
  } catch (const Error &error) {
    result.problem = error.what();
  }
  return result;
}

void Comparer::compareWithRivals(Comparison &result, const Group &group,
                                 const Task &task, Program &ours) const {
  bool hasThreads = options.threads > 1;
  std::vector<std::unique_ptr<Program>> programs;
  std::vector<Player> rivals;
  auto add = [&](std::string name, std::unique_ptr<Program> program) {
    program->run();
    requireNear(ours.result(), program->result(), name);
    rivals.emplace_back(std::move(name), *program, hasThreads);
    programs.push_back(std::move(program));
  };
  if (group.rival == Rival::OneThread)
    add("one thread", std::make_unique<OurProgram>(task.graph, 1));
  for (const auto &peer : peers)
    if (isAsked(group.rival, peer->library()))
      if (std::unique_ptr<Program> program = peer->prepare(task))
        add(peer->name(), std::move(program));
  if (rivals.empty()) {
    result.problem = "there is no library to compare with";
    result.hasRival = false;
    return;
  }

  PeakLoop peak;
  std::optional<Player> peakPlayer;
  if (isFloatProduct(task.workload) && peak.operations() > 0)
    peakPlayer.emplace("peak", peak, hasThreads);
  Player us("Tactus", ours, hasThreads);
  Match match = playMatches(us, rivals, peakPlayer, options.pairs);
  result.ours = median(match.ours);
  result.theirs = median(match.theirs);
  result.ratio = median(match.ratios);
  result.rival = match.rival->name;
  if (peakPlayer)
    result.peakShare = median(match.peakTurns) * 2 *
                       task.workload.multiplyAdds() /
                       (peak.operations() * options.threads);
}

} // namespace tactus::benchmarks
