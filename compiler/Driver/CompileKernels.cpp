//===- CompileKernels.cpp - Kernels to object code ------------------------===//
#include "compiler/Driver/CompileKernels.h"
#include "compiler/Conversion/ToLLVM/Passes.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "compiler/Graph/Program.h"
#include "compiler/Pipelines/Phases.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Parser/Parser.h"
#include "runtime/JIT/BuildId.h"
#include "runtime/JIT/ObjectCode.h"
#include "runtime/Support/Assert.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"
#include <atomic>
#include <system_error>
#include <thread>

using namespace mlir;

namespace tactus {

std::vector<KernelText> textsOfKernels(ModuleOp outlined) {
  std::vector<KernelText> texts;
  OpPrintingFlags flags;
  flags.useLocalScope().enableDebugInfo(false);
  auto anyName = StringAttr::get(outlined.getContext(), "kernel");
  for (auto kernel : outlined.getOps<ir::KernelOp>()) {
    StringAttr name = kernel.getSymNameAttr();
    std::string text;
    llvm::raw_string_ostream os(text);
    kernel.setSymNameAttr(anyName);
    kernel->print(os, flags);
    kernel.setSymNameAttr(name);
    texts.push_back({name.str(), std::move(text)});
  }
  return texts;
}

/// Kernels of one text have one symbol, others have another.
static std::string symbolOf(StringRef text) {
  std::array<uint8_t, 16> hash =
      llvm::BLAKE3::hash<16>(llvm::arrayRefFromStringRef(text));
  return "k" + llvm::toHex(hash, /*LowerCase=*/true);
}

namespace {
/// Takes kernels from the level 3c to object code, in a context of its own, so
/// that each thread may have one.
class KernelCompiler {
public:
  explicit KernelCompiler(const CpuMachine &machine)
      : target{machine.processor, machine.features, machine.vectorBits},
        context(makeLoweringContext()), passes(context.get()) {
    for (const Phase &phase : cpuPhases(machine))
      if (llvm::is_contained({"tiled", "bufferized", "llvm"}, phase.word))
        phase.addPasses(passes);
    // Translation verifies what comes out, and tests what lies between.
    passes.enableVerifier(false);
  }

  std::optional<KernelCode> compile(StringRef text) {
    DiagnosticCollector unused(context.get());
    ParserConfig config(context.get(), /*verifyAfterParse=*/false);
    OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, config);
    if (!module)
      return std::nullopt;
    KernelCode code;
    code.symbol = symbolOf(text);
    SymbolTable::setSymbolName(&module->getBody()->front(), code.symbol);
    if (failed(passes.run(*module)))
      return std::nullopt;
    code.notes = notesOf(module->lookupSymbol(code.symbol));
    auto object = compileToObject(*module, target);
    if (!object) {
      llvm::consumeError(object.takeError());
      return std::nullopt;
    }
    code.object = std::move(*object);
    return code;
  }

private:
  static std::shared_ptr<MLIRContext> makeLoweringContext() {
    std::shared_ptr<MLIRContext> context = makeContext();
    DialectRegistry registry;
    registerLoweredDialects(registry);
    context->appendDialectRegistry(registry);
    context->loadAllAvailableDialects();
    return context;
  }

  static std::string notesOf(Operation *function) {
    SmallVector<NamedAttribute> notes;
    for (NamedAttribute attribute : function->getDiscardableAttrs())
      if (attribute.getName().strref().starts_with("tactus."))
        notes.push_back(attribute);
    std::string text;
    llvm::raw_string_ostream os(text);
    os << DictionaryAttr::get(function->getContext(), notes);
    return text;
  }

  CodegenTarget target;
  std::shared_ptr<MLIRContext> context;
  PassManager passes;
};
} // namespace

/// Calls `work` on `threads` threads, or on fewer where the system has none.
static void runOnThreads(size_t threads, llvm::function_ref<void()> work) {
  std::vector<std::jthread> others;
  try {
    while (others.size() + 1 < threads)
      others.emplace_back(work);
  } catch (const std::system_error &) {
    // Those that there are do it all.
  }
  work();
}

ObjectCache::Key keyOf(StringRef text, const CpuMachine &machine) {
  // A member that is added is missing here until it is hashed as well.
  const auto &[name, processor, features, vectorBits, vectorRegisters, fma,
               halfFloats, byteProducts, l1Bytes, l2Bytes] = machine;
  CodegenTarget host = resolveHost({processor, features, vectorBits});
  llvm::BLAKE3 hasher;
  auto add = [&](StringRef part) {
    hasher.update(std::to_string(part.size()) + ":");
    hasher.update(part);
  };
  for (const std::string &part : {buildId(), host.cpu, host.features})
    add(part);
  for (int64_t part :
       {vectorBits, vectorRegisters, int64_t(fma), int64_t(halfFloats),
        int64_t(byteProducts), l1Bytes, l2Bytes})
    add(std::to_string(part));
  add(text);
  return hasher.final();
}

/// The places in `texts` of those that take longest first, or the last thread
/// would finish late: products are unrolled the most, then long texts take
/// long.
static std::vector<size_t> longestFirst(ArrayRef<std::string> texts) {
  std::vector<size_t> order(texts.size());
  for (size_t i = 0; i < order.size(); ++i)
    order[i] = i;
  auto weight = [&](size_t i) {
    return std::pair(StringRef(texts[i]).contains("tactus.matmul"),
                     texts[i].size());
  };
  llvm::stable_sort(
      order, [&](size_t lhs, size_t rhs) { return weight(lhs) > weight(rhs); });
  return order;
}

std::optional<std::vector<KernelCode>>
compileKernels(ArrayRef<std::string> texts, const CpuMachine &machine,
               int64_t threads, const ObjectCache *cache) {
  std::vector<KernelCode> codes(texts.size());
  std::vector<size_t> missing;
  for (size_t i : longestFirst(texts)) {
    auto entry = cache ? cache->find(keyOf(texts[i], machine)) : std::nullopt;
    if (entry)
      codes[i] = {symbolOf(texts[i]), std::move(entry->notes),
                  std::move(entry->object)};
    else
      missing.push_back(i);
  }
  if (missing.empty())
    return codes;

  std::atomic<size_t> next = 0;
  std::atomic<bool> failed = false;
  runOnThreads(std::min(size_t(threads), missing.size()), [&] {
    KernelCompiler compiler(machine);
    for (size_t i = next++; i < missing.size() && !failed; i = next++) {
      const std::string &text = texts[missing[i]];
      KernelCode &code = codes[missing[i]];
      std::optional<KernelCode> made = compiler.compile(text);
      if (!made) {
        failed = true;
        return;
      }
      code = std::move(*made);
      if (cache)
        cache->store(keyOf(text, machine), {code.notes, code.object});
    }
  });
  if (failed)
    return std::nullopt;
  return codes;
}

void declareKernel(ModuleOp module, StringRef name, const KernelCode &code) {
  Operation *kernel = module.lookupSymbol(name);
  OpBuilder builder(kernel);
  auto function = func::FuncOp::create(builder, kernel->getLoc(), name,
                                       builder.getFunctionType({}, {}));
  function.setPrivate();
  auto notes = dyn_cast_or_null<DictionaryAttr>(
      parseAttribute(code.notes, module.getContext()));
  TACTUS_ASSERT(notes, "what was printed can be read");
  for (NamedAttribute note : notes)
    function->setAttr(note.getName(), note.getValue());
  kernel->erase();
}

} // namespace tactus
