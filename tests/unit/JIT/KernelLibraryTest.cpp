//===- KernelLibraryTest.cpp - From kernels' IR to running code -----------===//
#include "runtime/JIT/KernelLibrary.h"
#include "compiler/Conversion/ToLLVM/Passes.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "runtime/JIT/ObjectCode.h"
#include "runtime/JIT/ObjectSymbols.h"
#include <gtest/gtest.h>

using namespace tactus;

namespace {

std::string kernel(llvm::StringRef body) {
  return (R"(
    func.func @k(%x: memref<21xf32>, %y: memref<21xf32>, %scratch: memref<64xi8>,
                 %begin: index, %end: index, %status: memref<2xi64>)
        attributes {tactus.extent = 21 : i64, tactus.scratch = 64 : i64} {
      %c1 = arith.constant 1 : index
      scf.for %i = %begin to %end step %c1 {
        %v = memref.load %x[%i] : memref<21xf32>
    )" + body +
          R"(
        memref.store %r, %y[%i] : memref<21xf32>
      }
      return
    })")
      .str();
}

/// The object code of `text`; fails the test where there is none.
std::string compile(const std::string &text, const CodegenTarget &target = {}) {
  mlir::DialectRegistry registry;
  registerLoweredDialects(registry);
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  auto module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
  mlir::PassManager pm(&context);
  addLowerToLLVM(pm);
  if (!module || failed(pm.run(*module)))
    return "";
  auto object = compileToObject(*module, target);
  EXPECT_TRUE(bool(object)) << toString(object.takeError());
  return object ? *object : "";
}

const char *twicePlusOne = R"(
  %one = arith.constant 1.0 : f32
  %s = arith.addf %v, %v : f32
  %r = arith.addf %s, %one : f32
)";

TEST(KernelLibraryTest, RunsTheIterationsAskedFor) {
  auto library = KernelLibrary::load({compile(kernel(twicePlusOne))});
  ASSERT_TRUE(bool(library)) << toString(library.takeError());
  auto entry = (*library)->lookup("k");
  ASSERT_TRUE(bool(entry)) << toString(entry.takeError());

  float x[21], y[21] = {};
  for (int i = 0; i < 21; ++i)
    x[i] = float(i);
  void *buffers[] = {x, y};
  char scratch[64];
  int64_t status[2] = {0, 0};
  (*entry)(buffers, 3, 20, scratch, status);
  EXPECT_EQ(y[2], 0.f);
  EXPECT_EQ(y[3], 7.f);
  EXPECT_EQ(y[19], 39.f);
  EXPECT_EQ(y[20], 0.f);
  EXPECT_EQ(status[0], 0);
}

TEST(KernelLibraryTest, AnUnknownKernelIsAnError) {
  auto library = KernelLibrary::load({compile(kernel(twicePlusOne))});
  ASSERT_TRUE(bool(library)) << toString(library.takeError());
  auto entry = (*library)->lookup("missing");
  ASSERT_FALSE(bool(entry));
  EXPECT_NE(toString(entry.takeError()).find("_tactus_missing"),
            std::string::npos);
}

TEST(KernelLibraryTest, RefusesCodeThatCallsALibrary) {
  std::string object = compile(kernel("%r = math.exp %v : f32"));
  auto symbols = undefinedSymbols(object);
  ASSERT_TRUE(bool(symbols)) << toString(symbols.takeError());
  EXPECT_EQ(*symbols, std::vector<std::string>{"expf"});
  auto library = KernelLibrary::load({object});
  ASSERT_FALSE(bool(library));
  EXPECT_EQ(toString(library.takeError()),
            "expected compiled code to stand alone, but it calls 'expf'");
}

TEST(KernelLibraryTest, TheTargetDecidesWhetherAnFmaIsAnInstruction) {
  std::string text = kernel("%r = math.fma %v, %v, %v : f32");
  auto baseline =
      undefinedSymbols(compile(text, {.cpu = "x86-64-v2", .vectorBits = 128}));
  auto newer =
      undefinedSymbols(compile(text, {.cpu = "x86-64-v3", .vectorBits = 256}));
  ASSERT_TRUE(baseline && newer);
  EXPECT_EQ(*baseline, std::vector<std::string>{"fmaf"});
  EXPECT_TRUE(newer->empty());
}

} // namespace
