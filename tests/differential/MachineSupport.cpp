//===- MachineSupport.cpp - What the machines run, what the host ----------===//
//
// Draws graphs of one op for every op and element type of the dialect, has them
// compiled for two machines, and says what runs there and what is left to the
// host: docs/generated/systolic-support.md. What ran on a machine may not
// become the host's: the list only shrinks. Results must be those of the
// interpreter on the legalized module, bit for bit. Exit status: 0 where all
// that is so, 2 where not, 1 for a wrong command.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/LegalizedProgram.h"
#include "compiler/Driver/SystolicExecutable.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "runtime/Systolic/MachineJson.h"
#include "runtime/Tensor/Compare.h"
#include "tests/differential/Graph.h"
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

using namespace tactus;
using namespace tactus::differential;

namespace {

/// From best to worst.
enum Place { Machine, Mixed, Host, Refused };
constexpr size_t numPlaces = 4;
constexpr const char *titles[numPlaces] = {"On the machine", "Some forms",
                                           "On the host", "Refused"};
/// Of bf16 and of i8.
constexpr const char *machines[] = {"tpu-v2", "gemmini"};

/// Where each element type of an op runs, by the type's name.
using Row = std::map<std::string, Place>;
using Table = std::map<std::string, Row>;

struct Outcome {
  Place place = Refused;
  /// What is wrong with the values; empty where nothing is.
  std::string problem;
};

std::string differenceOf(const Program &program, const Executable &compiled,
                         const systolic::Machine &machine,
                         const std::map<std::string, Tensor> &inputs) {
  Executable interpreter = compileProgram(legalizedProgram(program, machine),
                                          Target::parse("interpreter"));
  std::map<std::string, Tensor> expected;
  try {
    expected = interpreter.run(inputs);
  } catch (const Error &) {
    // An index out of range, say; then the machine must say so, too.
    try {
      compiled.run(inputs);
    } catch (const Error &) {
      return "";
    }
    return "expected an error of the run, but got none";
  }
  std::map<std::string, Tensor> actual;
  try {
    actual = compiled.run(inputs);
  } catch (const Error &error) {
    return error.what();
  }
  for (const auto &[name, tensor] : expected)
    if (!actual.at(name).bitwiseEquals(tensor))
      if (Comparison found = compare(actual.at(name), tensor); !found.equal())
        return name + ": " + found.report;
  return "";
}

/// None where all is computed before the machine begins.
std::optional<Outcome> outcomeOn(const char *name, const Program &program,
                                 const std::map<std::string, Tensor> &inputs) {
  systolic::Machine machine = systolic::resolveMachine(name);
  std::optional<Executable> compiled;
  try {
    compiled =
        compileProgram(program, Target::parse(std::string("systolic:") + name));
  } catch (const Error &) {
    return Outcome{};
  }
  auto simulator = systolicProgram(*compiled).simulatorFor(inputs);
  const systolic::Program &made = simulator->program();
  if (made.instructions.size() == 1)
    return std::nullopt;
  return Outcome{made.hostFunctions.empty() ? Machine : Host,
                 differenceOf(program, *compiled, machine, inputs)};
}

/// Whether nothing of the op is left to compute, such as of a maximum of an
/// input and itself.
bool isDropped(const Program &program, const Pair &pair) {
  mlir::OwningOpRef<mlir::ModuleOp> module = program.module.get().clone();
  mlir::PassManager manager(module->getContext());
  manager.addPass(mlir::createCanonicalizerPass());
  if (failed(manager.run(*module)))
    return false;
  std::string name = "tactus." + pair.op->name.str();
  return !module
              ->walk([&](mlir::Operation *op) {
                return op->getName().getStringRef() == name
                           ? mlir::WalkResult::interrupt()
                           : mlir::WalkResult::advance();
              })
              .wasInterrupted();
}

class Survey {
public:
  explicit Survey(uint64_t draws) : draws(draws) {}

  void visit(const Pair &pair) {
    std::set<Place> seen;
    uint64_t found = 0;
    // One that runs and one that does not tell all there is to tell.
    auto isDone = [&] {
      return found == draws || (seen.size() > 1 && seen.contains(Machine));
    };
    for (uint64_t seed = 1; seed <= 4 * draws && !isDone(); ++seed)
      if (std::optional<Place> place = placeOf(pair, seed)) {
        seen.insert(*place);
        ++found;
      }
    if (seen.empty())
      return;
    bool isMixed = seen.contains(Machine) && seen.size() > 1;
    table[pair.op->name.str()][std::string(toString(pair.type))] =
        isMixed ? Mixed : *seen.begin();
  }

  Table table;
  int64_t failures = 0;

private:
  std::optional<Place> placeOf(const Pair &pair, uint64_t seed) {
    Graph graph(seed);
    graph.isStatic = true;
    // What depends on parameters alone is computed at load.
    if (!graph.addNode(pair) || !graph.parameters().names().empty())
      return std::nullopt;
    std::string refusal;
    std::optional<Program> program =
        readGraphText(graph.json(false, false), ".", refusal);
    if (!program || isDropped(*program, pair))
      return std::nullopt;
    std::optional<Place> best;
    for (const char *machine : machines) {
      auto outcome = outcomeOn(machine, *program, graph.inputTensors());
      if (!outcome)
        continue;
      if (!outcome->problem.empty()) {
        ++failures;
        std::cout << "FAILED: " << pair.str() << ", seed " << seed << ", on "
                  << machine << ": " << outcome->problem << "\n"
                  << graph.json(false, false);
      }
      best = best ? std::min(*best, outcome->place) : outcome->place;
      if (best == Machine)
        break;
    }
    return best;
  }

  uint64_t draws;
};

//===----------------------------------------------------------------------===//
// The page
//===----------------------------------------------------------------------===//

std::string pageOf(const Table &table, uint64_t draws) {
  std::ostringstream out;
  out << "<!-- Generated by `tactus-machine-support --write`, which asks the "
         "compiler. -->\n\n"
         "# What systolic machines run\n\n"
         "Where each op and element type of a graph runs, alone in "
      << draws
      << " random graphs that\nare compiled for `tpu-v2` and for `gemmini`: on "
         "one of the two, array, vector unit or\nDMA, or as a `host_call` of "
         "the interpreter, which reports name and count. \"Some forms\"\nrun "
         "on "
         "the machine, others on the host: a reduction along another dimension "
         "than the\nlast, say. Products of f32 run on i8 arrays after "
         "`--calibrate`. A test lets nothing\nmove to the right.\n\n"
         "| Op |";
  for (const char *title : titles)
    out << " " << title << " |";
  out << "\n|---|---|---|---|---|\n";
  for (const auto &[op, row] : table) {
    out << "| `" << op << "` |";
    for (size_t place = 0; place < numPlaces; ++place) {
      const char *separator = " ";
      for (const auto &[type, where] : row)
        if (where == Place(place)) {
          out << separator << type;
          separator = ", ";
        }
      out << " |";
    }
    out << "\n";
  }
  return out.str();
}

/// What a page says; rows that are none are left out.
Table readPage(const std::string &file) {
  Table table;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    if (!line.starts_with("| `"))
      continue;
    std::istringstream cells(line.substr(1));
    std::string op, cell;
    std::getline(cells, op, '|');
    op = op.substr(2, op.size() - 4);
    for (size_t place = 0; place < numPlaces && std::getline(cells, cell, '|');
         ++place) {
      std::istringstream types(cell);
      for (std::string type; types >> type;)
        table[op][type.substr(0, type.find(','))] = Place(place);
    }
  }
  return table;
}

/// Says what moved to the right, away from the machine.
int64_t reportLosses(const Table &before, const Table &now) {
  int64_t losses = 0;
  for (const auto &[op, row] : now)
    for (const auto &[type, place] : row) {
      auto known = before.find(op);
      if (known == before.end() || !known->second.contains(type) ||
          known->second.at(type) >= place)
        continue;
      ++losses;
      std::cout << "LOST: " << op << " of " << type << ": expected '"
                << titles[known->second.at(type)] << "', but got '"
                << titles[place] << "'\n";
    }
  return losses;
}

} // namespace

int main(int argc, char **argv) try {
  std::string list;
  bool writes = false;
  uint64_t draws = 6;
  std::string only;
  for (int i = 1; i < argc; ++i) {
    std::string argument = argv[i];
    if (argument == "--write")
      writes = true;
    else if (argument.starts_with("--op="))
      only = argument.substr(5);
    else if (list.empty() && !argument.starts_with("--"))
      list = argument;
    else
      list.clear(), i = argc;
  }
  if (list.empty() || (writes && !only.empty())) {
    std::cerr << "usage: tactus-machine-support PAGE [--write | --op=OP]\n";
    return 1;
  }
  Survey survey(draws);
  for (const Pair &pair : allPairs())
    if (only.empty() || only == pair.op->name.str())
      survey.visit(pair);
  std::string page = pageOf(survey.table, draws);
  int64_t losses = reportLosses(readPage(list), survey.table);
  if (writes)
    std::ofstream(list) << page;
  std::ostringstream committed;
  committed << std::ifstream(list).rdbuf();
  bool isStale = only.empty() && committed.str() != page;
  if (isStale)
    std::cout << "STALE: " << list << ": tactus-machine-support " << list
              << " --write\n";
  std::cout << survey.failures << " failures, " << losses << " losses\n";
  return survey.failures || (losses && !writes) || isStale ? 2 : 0;
} catch (const std::exception &error) {
  std::cerr << "tactus-machine-support: " << error.what() << "\n";
  return 1;
}
