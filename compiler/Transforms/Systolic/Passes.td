//===- Passes.td - From kernels to systolic programs -------*- tablegen -*-===//
#ifndef TACTUS_TRANSFORMS_SYSTOLIC_PASSES
#define TACTUS_TRANSFORMS_SYSTOLIC_PASSES

include "mlir/Pass/PassBase.td"

def SystolicNameMachinePass : Pass<"systolic-name-machine", "::mlir::ModuleOp"> {
  let summary = "Says which machine a module is for.";
  let description = [{
    Sets the module's attribute, from which the passes after it know what the machine
    computes and what becomes one kernel.

    ```mlir
    module {
    ```
    becomes
    ```mlir
    module attributes {systolic.machine = "edge"} {
    ```

    With `machine=cpu` the module names none any more, as what was written for a machine
    is an ordinary module that a CPU runs too.

    Left alone: a module that names a machine, and all else.
  }];
  let options = [
    Option<"machine", "machine", "std::string", "\"\"",
           "The preset, where the module names none; or cpu">,
  ];
  let dependentDialects = ["::tactus::systolic::SystolicDialect"];
}

def SystolicTileKernelsPass : Pass<"systolic-tile-kernels", "::mlir::ModuleOp"> {
  let summary = "Tiles kernels for the array and the vector unit.";
  let description = [{
    Replaces `@main`, a list of dispatches, by a program of the module's machine.

    What only moves data becomes a view of what it moves wherever rows stay rows; a
    kernel then writes straight to where the moved data are wanted. A kernel that is a
    product with what rides on it streams its rows through the array, chunk by chunk,
    in the order and with the chunks that an estimate by the timing rules finds
    cheapest, or, for a product of few tiles, that take the fewest cycles when each is
    tried: weights pass through the FIFO, straight from DRAM or by way of the unified
    buffer, and constants that are nothing but weights lie tile by tile; a bias is
    loaded into the accumulators, `systolic.activate` takes scale, residual, function and rounding, and what it has no
    room for follows on the vector unit. Other kernels are steps of the vector unit on
    chunks of rows. Results stay in the unified buffer until their last reader, where
    rows last and readers find them at the begin of rows; else they pass through DRAM.
    Tokens order what touches the same part of a buffer.

    ```mlir
    %y = tactus.dispatch @matmul_relu_requantize(%x, %w, %b) : ...
    ```
    becomes
    ```mlir
    systolic.program @main layers ["y"] {
      %x = systolic.dram input {name = "x", tensor = tensor<64x64xi8>}
      ...
      %t = systolic.dma_load %a from %x ...
      %p = systolic.load_weights %w ...
      %m = systolic.matmul %a into %s wait(%t) ...
    ```

    A kernel that the machine cannot run is a `systolic.host_call` for each of its
    results, on whole tensors in DRAM; it alone stays in the module.

    Left alone: modules without `@main`.
  }];
  let options = [
    Option<"machine", "machine", "std::string", "\"\"",
           "The machine, where the module names none">,
    Option<"plan", "plan", "int64_t", "-1",
           "Which plan products run by, the one estimated cheapest being 0, the last "
           "where there are fewer; -1 for the best">,
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
    Places each buffer for as long as instructions, in their order, access it, in the
    next bank that has room, at the rows that have been free for longest, or where
    buffers do not fit so spread in any rows; what writes to rows that another buffer had
    waits for the last accesses of that one. Tensors in DRAM stand at multiples of 64
    bytes, constants first.

    ```mlir
    %a = systolic.alloc {rows = 64 : i64} : !systolic.ub
    ```
    becomes
    ```mlir
    %a = systolic.alloc {row = 0 : i64, rows = 64 : i64} : !systolic.ub
    ```

    Left alone: nothing. A program that needs more rows at a time than the machine has
    is an error.
  }];
}

def SystolicAssignSemaphoresPass
    : Pass<"systolic-assign-semaphores", "::tactus::systolic::ProgramOp"> {
  let summary = "Turns tokens into semaphores.";
  let description = [{
    Has each instruction wait for those alone whose accesses conflict with its own and
    that nothing else puts before it: the order of the queues, barriers, the FIFO, or
    what was waited for before. Tokens say which accesses may be so ordered; those that
    are implied, or that order nothing, are dropped. Each queue counts on a semaphore of
    its own.

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
