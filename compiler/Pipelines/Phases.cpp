//===- Phases.cpp - Going from level to level -----------------------------===//
#include "compiler/Pipelines/Phases.h"
#include "mlir/IR/Verifier.h"

using namespace mlir;

namespace tactus {

/// The index of the level `word`; `otherwise` where it is empty.
static llvm::Expected<size_t> findPhase(ArrayRef<Phase> phases, StringRef word,
                                        size_t otherwise) {
  if (word.empty())
    return otherwise;
  std::string known;
  for (auto [i, phase] : llvm::enumerate(phases)) {
    if (phase.word == word)
      return i;
    known += (known.empty() ? "" : ", ") + phase.word.str();
  }
  return llvm::createStringError("expected a level of " + known +
                                 ", but got '" + word.str() + "'");
}

llvm::Expected<ArrayRef<Phase>> selectPhases(ArrayRef<Phase> phases,
                                             StringRef from, StringRef to) {
  auto first = findPhase(phases, from, 0);
  if (!first)
    return first.takeError();
  auto last = findPhase(phases, to, phases.size() - 1);
  if (!last)
    return last.takeError();
  if (*last < *first)
    return llvm::createStringError("expected 'to' (" + to.str() +
                                   ") to come after 'from' (" + from.str() +
                                   ")");
  return phases.slice(*first + 1, *last - *first);
}

LogicalResult runPhases(ModuleOp module, ArrayRef<Phase> phases,
                        const AfterPhase &afterPhase) {
  for (const Phase &phase : phases) {
    PassManager pm(module.getContext());
    phase.addPasses(pm);
    // Once a level is enough, and takes a user's time; tactus-opt does it after
    // each pass.
    pm.enableVerifier(false);
    if (failed(pm.run(module)) || failed(verify(module)))
      return failure();
    if (afterPhase)
      afterPhase(phase, module);
  }
  return success();
}

} // namespace tactus
