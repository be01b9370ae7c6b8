//===- CompiledFunction.cpp - One elementwise op as a kernel --------------===//
#include "tests/unit/Math/CompiledFunction.h"
#include "compiler/Conversion/Math/Passes.h"
#include "compiler/Conversion/ToLLVM/Passes.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "runtime/JIT/ObjectCode.h"
#include <gtest/gtest.h>

namespace tactus::test {

namespace {

struct ApproximatePass final
    : mlir::PassWrapper<ApproximatePass, mlir::OperationPass<>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ApproximatePass)
  void getDependentDialects(mlir::DialectRegistry &registry) const override {
    registerLoweredDialects(registry);
  }
  void runOnOperation() override {
    mlir::RewritePatternSet patterns(&getContext());
    // Ours are left with fma, absf and what else is an instruction.
    mlir::populateMathPolynomialApproximationPatterns(
        patterns, [](llvm::StringRef) { return true; });
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace

static const Level allLevels[] = {
    {"x86-64-v2", 128, "fma=false half-floats=false"},
    {"x86-64-v3", 256, "fma=true"},
    {"x86-64-v4", 512, "fma=true avx512=true"}};

std::span<const Level> levels() {
  return allLevels;
}

bool hostHas(const Level &level) {
  const char *feature = level.vectorBits == 512   ? "avx512bw"
                        : level.vectorBits == 256 ? "avx2"
                                                  : "sse4.2";
  return hasFeature({}, feature);
}

std::string kernelText(std::string op, const std::string &type) {
  std::string text = R"(
    func.func @k(%x: memref<4096xT>, %y: memref<4096xT>, %scratch: memref<1xi8>,
                 %begin: index, %end: index, %status: memref<2xi64>)
        attributes {tactus.extent = 256 : i64, tactus.scratch = 1 : i64} {
      %c1 = arith.constant 1 : index
      %c16 = arith.constant 16 : index
      scf.for %i = %begin to %end step %c1 {
        %at = arith.muli %i, %c16 : index
        %v = vector.load %x[%at] : memref<4096xT>, vector<16xT>
        %r = OP : vector<16xT>
        vector.store %r, %y[%at] : memref<4096xT>, vector<16xT>
      }
      return
    })";
  text.replace(text.find("OP"), 2, op);
  for (size_t at; (at = text.find("xT")) != std::string::npos;)
    text.replace(at, 2, "x" + type);
  return text;
}

std::shared_ptr<const KernelLibrary> compileKernel(const std::string &text,
                                                   const Level &level) {
  mlir::DialectRegistry registry;
  registerLoweredDialects(registry);
  registry.insert<ir::TactusDialect>();
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  auto module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
  mlir::PassManager pm(&context);
  auto expand = createExpandMathPass();
  EXPECT_TRUE(succeeded(expand->initializeOptions(
      level.options, [](const llvm::Twine &) { return mlir::failure(); })));
  pm.addPass(std::move(expand));
  if (text.find("= math.") != std::string::npos)
    pm.addPass(std::make_unique<ApproximatePass>());
  addLowerToLLVM(pm);
  if (!module || failed(pm.run(*module)))
    return nullptr;
  auto object = compileToObject(
      *module, {.cpu = level.cpu, .vectorBits = level.vectorBits});
  if (!object)
    return ADD_FAILURE() << toString(object.takeError()), nullptr;
  auto library = KernelLibrary::load({*object});
  if (!library)
    return ADD_FAILURE() << toString(library.takeError()), nullptr;
  return *library;
}

} // namespace tactus::test
