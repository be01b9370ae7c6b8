//===- Passes.td - From kernels to systolic programs -------*- tablegen -*-===//
#ifndef TACTUS_TRANSFORMS_SYSTOLIC_PASSES
#define TACTUS_TRANSFORMS_SYSTOLIC_PASSES

include "mlir/Pass/PassBase.td"

def SystolicTileKernelsPass : Pass<"systolic-tile-kernels", "::mlir::ModuleOp"> {
  let summary = "Tiles kernels for the array.";
  let description = [{
    Replaces `@main`, a list of dispatches of integer products with bias, ReLU and
    requantization, by a program of the module's machine. Rows are cut into even
    chunks of at most half the accumulators; each layer has an equal share of the
    unified buffer; weights stream through the FIFO tile by
    tile; chunks of rows, sums and results alternate between two buffers each. The
    bias is loaded into the accumulators, the rest rides on `systolic.activate`.
    Tokens order what touches the same buffer.

    ```mlir
    %y = tactus.dispatch @matmul_add_relu_requantize(%x, %w, %b) : ...
    ```
    becomes
    ```mlir
    systolic.program @main layers ["matmul_add_relu_requantize"] {
      %x = systolic.dram input {name = "x", tensor = tensor<64x64xi8>}
      ...
      %t = systolic.dma_load %a from %x ...
      %p = systolic.load_weights %w ...
      %m = systolic.matmul %a into %s wait(%t) ...
    ```

    Left alone: modules without `@main`. A kernel that the machine cannot run is an
    error that says why.
  }];
  let options = [
    Option<"machine", "machine", "std::string", "\"\"",
           "The machine, where the module names none">,
  ];
  let dependentDialects = ["::tactus::systolic::SystolicDialect"];
}

def SystolicSchedulePass : Pass<"systolic-schedule", "::tactus::systolic::ProgramOp"> {
  let summary = "Lets loads run ahead.";
  let description = [{
    Moves each load as far up as its tokens allow. Queues are in order, so a load
    that must wait for a buffer no longer holds up one that need not.

    ```mlir
    %0 = systolic.dma_load %a from %x ...
    %1 = systolic.matmul %a into %s wait(%0) ...
    %2 = systolic.dma_load %b from %x ...
    ```
    becomes
    ```mlir
    %0 = systolic.dma_load %a from %x ...
    %2 = systolic.dma_load %b from %x ...
    %1 = systolic.matmul %a into %s wait(%0) ...
    ```

    Left alone: every other instruction, whose order in its queue is kept.
  }];
}

def SystolicAllocatePass : Pass<"systolic-allocate", "::tactus::systolic::ProgramOp"> {
  let summary = "Gives buffers their places.";
  let description = [{
    Places the buffers of the unified buffer and of the accumulators one after the
    other, and tensors in DRAM at multiples of 64 bytes, constants first.

    ```mlir
    %a = systolic.alloc {rows = 64 : i64} : !systolic.ub
    ```
    becomes
    ```mlir
    %a = systolic.alloc {row = 0 : i64, rows = 64 : i64} : !systolic.ub
    ```

    Left alone: nothing. A program that needs more rows than the machine has is an
    error.
  }];
}

def SystolicAssignSemaphoresPass
    : Pass<"systolic-assign-semaphores", "::tactus::systolic::ProgramOp"> {
  let summary = "Turns tokens into semaphores.";
  let description = [{
    Drops the tokens that others imply, which the order of the queues and the tokens
    waited for before make most of; for the rest, each queue counts on a semaphore
    of its own.

    ```mlir
    %0 = systolic.dma_load %a from %x ...
    %1 = systolic.matmul %a into %s wait(%0) ...
    ```
    becomes
    ```mlir
    %0 = systolic.dma_load %a from %x {signal = 0 : i64, ...}
    %1 = systolic.matmul %a into %s {wait_for = array<i64: 0, 1>, ...}
    ```

    Left alone: instructions without tokens. One that would wait for more than two
    semaphores gets a `systolic.nop` before it.
  }];
}

#endif // TACTUS_TRANSFORMS_SYSTOLIC_PASSES
