//===- MeasuredPeaks.cpp - What a core of this machine can do -------------===//
#include "compiler/Driver/MeasuredPeaks.h"
#include "compiler/Conversion/ToLLVM/Passes.h"
#include "compiler/Driver/PrepareRunner.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "compiler/Pipelines/Phases.h"
#include "mlir/Parser/Parser.h"
#include "runtime/JIT/KernelLibrary.h"
#include "runtime/Support/Limits.h"
#include "tactus/Error.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>
#include <cstring>

using namespace mlir;

namespace tactus {
namespace {

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

constexpr int numChains = 12;
/// Of each chain in one iteration, so that counting them costs little.
constexpr int numSteps = 8;
/// Vectors that one iteration reads.
constexpr int numReads = 8;

constexpr const char *signature =
    "%scratch: memref<1xi8>, %begin: index, %end: index, %status: "
    "memref<2xi64>) attributes {tactus.extent = 1 : i64, tactus.scratch = 1 : "
    "i64} {\n  %one = arith.constant 1 : index\n";

/// `x` times `before`, with # standing for the number of each.
void repeat(llvm::raw_ostream &os, int count, StringRef text,
            StringRef separator = "") {
  for (int i = 0; i < count; ++i) {
    if (i != 0)
      os << separator;
    for (char c : text)
      c == '#' ? (os << i) : (os << c);
  }
}

/// x = x * a + b in each chain, from what memory says, so that nothing is known
/// before.
void printChains(llvm::raw_ostream &os, StringRef name, StringRef type,
                 int64_t lanes, bool fma) {
  std::string vector = ("vector<" + Twine(lanes) + "x" + type + ">").str();
  std::string memory =
      ("memref<" + Twine(lanes * (numChains + 2)) + "x" + type + ">").str();
  os << "func.func @" << name << "(%x: " << memory << ", " << signature;
  for (int i = 0; i < numChains + 2; ++i)
    os << "  %at" << i << " = arith.constant " << i * lanes << " : index\n"
       << "  %v" << i << " = vector.load %x[%at" << i << "] : " << memory
       << ", " << vector << "\n";
  std::string a = ("%v" + Twine(numChains)).str();
  std::string b = ("%v" + Twine(numChains + 1)).str();
  os << "  %sums:" << numChains
     << " = scf.for %i = %begin to %end step %one iter_args(";
  repeat(os, numChains, "%s# = %v#", ", ");
  os << ") -> (";
  repeat(os, numChains, vector, ", ");
  os << ") {\n";
  for (int step = 0; step < numSteps; ++step)
    for (int i = 0; i < numChains; ++i) {
      std::string x = ("%s" + Twine(i)).str();
      if (step != 0)
        x += ("_" + Twine(step)).str();
      std::string next = ("%s" + Twine(i) + "_" + Twine(step + 1)).str();
      if (fma)
        os << "    " << next << " = math.fma " << x << ", " << a << ", " << b
           << " : " << vector << "\n";
      else
        os << "    " << next << "_p = arith.mulf " << x << ", " << a << " : "
           << vector << "\n    " << next << " = arith.addf " << next << "_p, "
           << b << " : " << vector << "\n";
    }
  os << "    scf.yield ";
  repeat(os, numChains, ("%s#_" + Twine(numSteps)).str(), ", ");
  os << " : ";
  repeat(os, numChains, vector, ", ");
  os << "\n  }\n";
  for (int i = 0; i < numChains; ++i)
    os << "  vector.store %sums#" << i << ", %x[%at" << i << "] : " << memory
       << ", " << vector << "\n";
  os << "  return\n}\n";
}

/// Sums up all vectors, so that none is left unread.
void printReads(llvm::raw_ostream &os, int64_t lanes) {
  std::string vector = ("vector<" + Twine(lanes) + "xi32>").str();
  std::string out = ("memref<" + Twine(lanes * numReads) + "xi32>").str();
  // Any size will do: the bounds of the loop are those of the memory.
  std::string memory = "memref<268435456xi32>";
  os << "func.func @reads(%x: " << memory << ", %y: " << out << ", "
     << signature << "  %step = arith.constant " << lanes * numReads
     << " : index\n  %zero = arith.constant dense<0> : " << vector << "\n";
  for (int i = 0; i < numReads; ++i)
    os << "  %at" << i << " = arith.constant " << i * lanes << " : index\n";
  os << "  %sums:" << numReads
     << " = scf.for %i = %begin to %end step %one iter_args(";
  repeat(os, numReads, "%s# = %zero", ", ");
  os << ") -> (";
  repeat(os, numReads, vector, ", ");
  os << ") {\n    %from = arith.muli %i, %step : index\n";
  for (int i = 0; i < numReads; ++i)
    os << "    %p" << i << " = arith.addi %from, %at" << i << " : index\n"
       << "    %v" << i << " = vector.load %x[%p" << i << "] : " << memory
       << ", " << vector << "\n"
       << "    %n" << i << " = arith.addi %s" << i << ", %v" << i << " : "
       << vector << "\n";
  os << "    scf.yield ";
  repeat(os, numReads, "%n#", ", ");
  os << " : ";
  repeat(os, numReads, vector, ", ");
  os << "\n  }\n";
  for (int i = 0; i < numReads; ++i)
    os << "  vector.store %sums#" << i << ", %y[%at" << i << "] : " << out
       << ", " << vector << "\n";
  os << "  return\n}\n";
}

std::shared_ptr<const KernelLibrary> compileLoops(const CpuMachine &machine) {
  std::string text;
  llvm::raw_string_ostream os(text);
  int64_t bytes = machine.vectorBits / 8;
  printChains(os, "chains_f32", "f32", bytes / 4, machine.fma);
  printChains(os, "chains_f64", "f64", bytes / 8, machine.fma);
  printReads(os, bytes / 4);

  DialectRegistry registry;
  registerLoweredDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  DiagnosticCollector collector(&context);
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
  std::vector<Phase> phases = cpuPhases(machine);
  if (!module || failed(runPhases(*module, ArrayRef(phases).take_back())))
    throw collector.toError();
  return linkKernels(*module, machine);
}

//===----------------------------------------------------------------------===//
// Measuring
//===----------------------------------------------------------------------===//

/// How many things a second `run` does, which does `things`, at best: what else
/// the machine does takes away from some stretches, seldom from all.
template <typename Run> double bestRate(double things, const Run &run) {
  constexpr double enough = 0.05; // Seconds.
  double best = 0, spent = 0;
  run(); // Warms up.
  for (int i = 0; i < 3 || spent < enough; ++i) {
    double from = steadySeconds();
    run();
    double took = steadySeconds() - from;
    spent += took;
    if (took > 0)
      best = std::max(best, things / took);
  }
  return best;
}

class MeasuredPeaks final : public CorePeaks {
public:
  explicit MeasuredPeaks(const CpuMachine &machine)
      : machine(machine), library(compileLoops(machine)) {}

  double operationsPerSecond(ElementType type) override {
    bool isDouble = type == ElementType::F64;
    KernelEntry entry = entryOf(isDouble ? "chains_f64" : "chains_f32");
    int64_t vectorBytes = machine.vectorBits / 8;
    Tensor x = Tensor::zeros(u8({vectorBytes * (numChains + 2)}));
    // From 0, x * 1/2 + 1 goes to 2, and never to what is slow.
    auto set = [&]<typename T>(int vector, T value) {
      auto *data = reinterpret_cast<T *>(
          static_cast<char *>(x.mutableRawData()) + vector * vectorBytes);
      std::fill_n(data, size_t(vectorBytes) / sizeof(T), value);
    };
    if (isDouble)
      set(numChains, 0.5), set(numChains + 1, 1.0);
    else
      set(numChains, 0.5f), set(numChains + 1, 1.0f);
    constexpr int64_t count = 2'000;
    int64_t lanes = vectorBytes / (isDouble ? 8 : 4);
    void *buffers[] = {x.mutableRawData()};
    return bestRate(2.0 * double(count * lanes * numChains * numSteps), [&] {
      char scratch[1];
      int64_t status[2] = {0, 0};
      entry(buffers, 0, count, scratch, status);
    });
  }

  double bytesPerSecond(int64_t footprint) override {
    if (uint64_t(footprint) > limits::availableMemory() / 2)
      throw Error("expected " + std::to_string(2 * footprint) +
                  " bytes of free memory to measure its speed, but got " +
                  std::to_string(limits::availableMemory()));
    KernelEntry entry = entryOf("reads");
    int64_t stride = machine.vectorBits / 8 * numReads;
    Tensor x = Tensor::zeros(u8({footprint}));
    // Memory that was never written may be one page of zeros.
    std::memset(x.mutableRawData(), 1, size_t(footprint));
    Tensor sums = Tensor::zeros(u8({stride}));
    void *buffers[] = {x.mutableRawData(), sums.mutableRawData()};
    // Several times over what is small, so that a clock can see it.
    int64_t times = std::max<int64_t>(1, (int64_t(1) << 20) / footprint);
    int64_t count = footprint / stride;
    return bestRate(double(times * count * stride), [&] {
      char scratch[1];
      int64_t status[2] = {0, 0};
      for (int64_t i = 0; i < times; ++i)
        entry(buffers, 0, count, scratch, status);
    });
  }

private:
  KernelEntry entryOf(StringRef name) const {
    auto entry = library->lookup(name);
    if (!entry)
      throw Error(toString(entry.takeError()));
    return *entry;
  }

  const CpuMachine machine;
  std::shared_ptr<const KernelLibrary> library;
};

} // namespace

std::unique_ptr<CorePeaks> measurePeaks(const CpuMachine &machine) {
  return std::make_unique<MeasuredPeaks>(machine);
}

} // namespace tactus
