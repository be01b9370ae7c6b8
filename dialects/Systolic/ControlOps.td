//===- ControlOps.td - Programs and what steers them -------*- tablegen -*-===//
#ifndef TACTUS_SYSTOLIC_CONTROL_OPS
#define TACTUS_SYSTOLIC_CONTROL_OPS

include "dialects/Systolic/SystolicBase.td"
include "mlir/IR/SymbolInterfaces.td"

def Systolic_ProgramOp : Systolic_Op<"program",
    [IsolatedFromAbove, SingleBlock, Symbol]> {
  let summary = "A program of the machine.";
  let description = [{
    Instructions in program order, and the buffers they address. Each queue executes
    its own in this order. `layers` names the layers that instructions work for.

    Constraints:
    - (C1) The module says for which machine, in `systolic.machine`.
    - (C2) Every access lies in its buffer.
    - (C3) The i-th `matmul` that switches weights uses the i-th tile: of its type,
      with as many rows. The first `matmul` switches; no tile is left over.
    - (C4) Layers are below the number of `layers`.
    - (C5) Its queues can execute it to the end: waits are for signals that come, each
      semaphore is signalled from one queue, and the FIFO has room where a tile is
      pushed.
    - (C6) A `matmul` adds to accumulators only where, since they were last drained,
      one has overwritten or a load has filled them.
    - (C7) Accesses of one place from two queues, one of them a write, are ordered: by
      tokens or semaphores, a barrier, or the FIFO.

    Example:
    ```mlir
    systolic.program @main layers ["fc"] {
      %t = systolic.nop {queue = #systolic.queue<LD>}
      systolic.halt
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrArrayAttr:$layers);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name `layers` $layers attr-dict-with-keyword $body";
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def Systolic_NopOp : Systolic_QueueOp<"nop", (ins), (ins Systolic_QueueAttr:$queue)> {
  let summary = "Does nothing, for waits that an instruction has no room for.";
  let description = [{
    Takes a place in its queue and a cycle.

    Example:
    ```mlir
    %t = systolic.nop {queue = #systolic.queue<LD>}
    ```
  }];
  let assemblyFormat = "(`wait` `(` $waits^ `)`)? attr-dict";
}

def Systolic_TagOp : Systolic_QueueOp<"tag", (ins),
    (ins Systolic_QueueAttr:$queue, I64Attr:$id)> {
  let summary = "Marks a place in the trace.";
  let description = [{
    Takes no time.

    Example:
    ```mlir
    %t = systolic.tag {queue = #systolic.queue<MM>, id = 3 : i64}
    ```
  }];
  let assemblyFormat = "(`wait` `(` $waits^ `)`)? attr-dict";
}

def Systolic_ConfigOp : Systolic_QueueOp<"config", (ins),
    (ins DefaultValuedAttr<Systolic_QueueAttr, "QueueKind::LD">:$queue, I64Attr:$value)> {
  let summary = "Sets the register `fill_value`.";
  let description = [{
    `value` is the byte that a `zero_fill` writes, the zero point of asymmetric
    data. It begins as 0.

    Constraints:
    - (C1) `value` is a byte.

    Example:
    ```mlir
    %t = systolic.config {value = 128 : i64}
    ```
  }];
  let assemblyFormat = "(`wait` `(` $waits^ `)`)? attr-dict";
}

def Systolic_FenceOp : Systolic_BarrierOp<"fence", (ins)> {
  let summary = "Orders everything before it with everything after it.";
  let description = [{
    On all queues.

    Example:
    ```mlir
    systolic.fence
    ```
  }];
  let assemblyFormat = "attr-dict";
}

def Systolic_HostCallOp : Systolic_BarrierOp<"host_call",
    (ins Systolic_Dram:$buffer, Variadic<Systolic_Dram>:$inputs, I64Attr:$function,
         DefaultValuedAttr<I64Attr, "0">:$offset, I64Attr:$bytes,
         OptionalAttr<FlatSymbolRefAttr>:$kernel,
         DefaultValuedAttr<I64Attr, "0">:$kernel_result)> {
  let summary = "Has the host run a kernel that the machine cannot.";
  let description = [{
    The host computes result `kernel_result` of `kernel` from the tensors `inputs`, and
    writes it to the `bytes` from `offset` of `buffer` on. `function` is the call's number
    in the program, from 0, which tells the host what to do. A fence on all queues;
    reports name it, so that no fallback is silent.

    Constraints:
    - (C1) The bytes exist.

    Example:
    ```mlir
    systolic.host_call %y from %x {function = 0 : i64, bytes = 64 : i64, kernel = @sort}
    ```
  }];
  let assemblyFormat = "$buffer (`from` $inputs^)? attr-dict";
}

def Systolic_HaltOp : Systolic_BarrierOp<"halt", (ins), [Terminator]> {
  let summary = "Ends the program once everything before has completed.";
  let description = [{
    The last instruction of each program, and only there.

    Example:
    ```mlir
    systolic.halt
    ```
  }];
  let assemblyFormat = "attr-dict";
}

#endif // TACTUS_SYSTOLIC_CONTROL_OPS
