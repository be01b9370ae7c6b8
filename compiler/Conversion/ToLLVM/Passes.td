//===- Passes.td - From loops on memory to LLVM ------------*- tablegen -*-===//
#ifndef TACTUS_CONVERSION_TOLLVM_PASSES
#define TACTUS_CONVERSION_TOLLVM_PASSES

include "mlir/Pass/PassBase.td"

def IsolateKernelsPass : Pass<"tactus-isolate-kernels", "::mlir::ModuleOp"> {
  let summary = "Keeps the kernels' functions and drops the program around them.";
  let description = [{
    Erases the functions on tensors: by now the step list says what `@main` and
    `@prepare` said, and code is generated for kernels alone.

    ```mlir
    func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> { ... tactus.dispatch @k ... }
    func.func @k(%x: memref<4xf32>, ...) attributes {tactus.extent = 4 : i64, ...} { ... }
    ```
    becomes
    ```mlir
    func.func @k(%x: memref<4xf32>, ...) attributes {tactus.extent = 4 : i64, ...} { ... }
    ```

    Left alone: functions with `tactus.extent`, which are lowered kernels.
  }];
}

def WrapKernelsPass : Pass<"tactus-wrap-kernels", "::mlir::ModuleOp"> {
  let summary = "Gives each kernel the entry point that the runtime calls.";
  let description = [{
    All kernels are called alike, with an array of pointers to their operands and
    results, so that the runtime needs no signature of its own for each:
    `void _tactus_k(void **buffers, int64_t begin, int64_t end, void *scratch,
    int64_t *status)`. The kernel itself becomes private. Its pointers are marked as
    not aliasing: the memory that a kernel writes is never also read through another
    of its arguments, which holds because memory planning reuses nothing in place.

    ```mlir
    llvm.func @k(%x: !llvm.ptr, %y: !llvm.ptr, %scratch: !llvm.ptr, %begin: i64,
                 %end: i64, %status: !llvm.ptr) attributes {tactus.extent = 4 : i64, ...}
    ```
    gets beside it
    ```mlir
    llvm.func @_tactus_k(%buffers: !llvm.ptr, %begin: i64, %end: i64,
                         %scratch: !llvm.ptr, %status: !llvm.ptr) {
      %x = llvm.load %buffers : !llvm.ptr -> !llvm.ptr
      ...
      llvm.call @k(%x, %y, %scratch, %begin, %end, %status)
    ```

    Left alone: functions without `tactus.extent`.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

#endif // TACTUS_CONVERSION_TOLLVM_PASSES
