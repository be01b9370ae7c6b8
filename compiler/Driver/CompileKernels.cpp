//===- CompileKernels.cpp - Kernels to object code ------------------------===//
#include "compiler/Driver/CompileKernels.h"
#include "compiler/Conversion/ToLLVM/Passes.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "compiler/Graph/Program.h"
#include "compiler/Pipelines/Phases.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Parser/Parser.h"
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

std::optional<std::vector<KernelCode>>
compileKernels(ArrayRef<std::string> texts, const CpuMachine &machine,
               int64_t threads) {
  // Those that take longest come first, or the last thread would finish late.
  // Products are unrolled the most, then long texts take long.
  std::vector<size_t> order(texts.size());
  for (size_t i = 0; i < order.size(); ++i)
    order[i] = i;
  auto weight = [&](size_t i) {
    return std::pair(StringRef(texts[i]).contains("tactus.matmul"),
                     texts[i].size());
  };
  llvm::stable_sort(
      order, [&](size_t lhs, size_t rhs) { return weight(lhs) > weight(rhs); });

  std::vector<std::optional<KernelCode>> made(texts.size());
  std::atomic<size_t> next = 0;
  std::atomic<bool> failed = false;
  runOnThreads(std::min(size_t(threads), texts.size()), [&] {
    std::optional<KernelCompiler> compiler;
    for (size_t i = next++; i < order.size() && !failed; i = next++) {
      if (!compiler)
        compiler.emplace(machine);
      made[order[i]] = compiler->compile(texts[order[i]]);
      failed = failed || !made[order[i]];
    }
  });
  if (failed)
    return std::nullopt;
  std::vector<KernelCode> codes;
  for (std::optional<KernelCode> &code : made)
    codes.push_back(std::move(*code));
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
