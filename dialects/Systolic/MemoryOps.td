//===- MemoryOps.td - Buffers and what moves them ----------*- tablegen -*-===//
#ifndef TACTUS_SYSTOLIC_MEMORY_OPS
#define TACTUS_SYSTOLIC_MEMORY_OPS

include "dialects/Systolic/SystolicBase.td"

def Systolic_AllocOp : Systolic_Op<"alloc", [HasParent<"ProgramOp">]> {
  let summary = "Rows of local memory.";
  let description = [{
    Stands for `rows` rows of the unified buffer or of the accumulators. `row` is
    the first of them, once `systolic-allocate` has run.

    Constraints:
    - (C1) The rows exist on the machine.

    Example:
    ```mlir
    %a = systolic.alloc {rows = 64 : i64} : !systolic.ub
    ```
  }];
  let arguments = (ins I64Attr:$rows, OptionalAttr<I64Attr>:$row);
  let results = (outs Systolic_Local:$buffer);
  let assemblyFormat = "attr-dict `:` type($buffer)";
  let hasVerifier = 1;
}

def Systolic_DramOp : Systolic_Op<"dram", [HasParent<"ProgramOp">]> {
  let summary = "A tensor in DRAM.";
  let description = [{
    Stands for a row-major tensor: an input or output of the program named `name`,
    a constant, or scratch space. A constant is `value`, or else the one of
    number `index` that stands beside the program. `address` is its first byte,
    once `systolic-allocate` has run.

    A constant with `tiles`, height x rows x columns, does not lie row-major. As a
    matrix of its last dimension it is cut into pieces of `height` rows, these into
    tiles of `rows` x `columns` or what is left of them at the edges; tiles follow
    one another row by row of tiles, and each is row-major, so that a tile is one
    run of bytes.

    Constraints:
    - (C1) `tensor` is static, of an element type of `tactus`. The machine computes with
      i8, bf16, i32 and f32 alone; the others are for the host.
    - (C2) `value` stands on constants only and has this type.
    - (C3) Inputs and outputs have a name.
    - (C4) `tiles` stands on constants only and has three sizes of 1 or more, the
      first of which divides the rows of the tensor.

    Example:
    ```mlir
    %x = systolic.dram input {name = "x", tensor = tensor<64x32xi8>}
    ```
  }];
  let arguments = (ins Systolic_RoleAttr:$role, TypeAttrOf<AnyRankedTensor>:$tensor,
                       OptionalAttr<StrAttr>:$name, DefaultValuedAttr<I64Attr, "0">:$index,
                       OptionalAttr<ElementsAttr>:$value, OptionalAttr<I64Attr>:$address,
                       OptionalAttr<DenseI64ArrayAttr>:$tiles);
  let results = (outs Systolic_Dram:$buffer);
  let assemblyFormat = "$role attr-dict";
  let hasVerifier = 1;
}

def Systolic_DmaLoadOp : Systolic_QueueOp<"dma_load",
    (ins Optional<Systolic_Dram>:$source, Systolic_Local:$destination),
    (ins DefaultValuedAttr<I64Attr, "0">:$offset, DefaultValuedAttr<I64Attr, "0">:$dram_stride,
         I64Attr:$rows, I64Attr:$row_bytes, DefaultValuedAttr<I64Attr, "0">:$row,
         DefaultValuedAttr<I64Attr, "1">:$stride, UnitAttr:$zero_fill, UnitAttr:$broadcast_row,
         DefaultValuedAttr<I64Attr, "1">:$pixel_repeat),
    [AttrSizedOperandSegments]> {
  let summary = "Loads rows from DRAM.";
  let description = [{
    Row i of `rows` comes from byte `offset + i * dram_stride` of `source` and goes
    to row `row + i * stride` of `destination`. With `zero_fill` there is no source
    and rows get the register `fill_value`; with `broadcast_row` all rows get the
    one at `offset`, such as a bias; with `pixel_repeat` row i gets the pixels i to
    i + pixel_repeat - 1 side by side.

    Constraints:
    - (C1) `rows`, `row_bytes` and `pixel_repeat` fit the instruction.
    - (C2) At most one of `zero_fill`, `broadcast_row` and `pixel_repeat` is set.
    - (C3) There is a source unless `zero_fill` is set, and then no offset.
    - (C4) The bytes of DRAM exist.
    - (C5) The local rows exist and do not overlap.
    - (C6) Rows of accumulators are of whole 4-byte values.

    Example:
    ```mlir
    %t = systolic.dma_load %a from %x {dram_stride = 32 : i64, rows = 64 : i64, row_bytes = 16 : i64} : !systolic.ub
    ```
  }];
  let assemblyFormat = "$destination (`from` $source^)? (`wait` `(` $waits^ `)`)? attr-dict `:` type($destination)";
}

def Systolic_DmaStoreOp : Systolic_QueueOp<"dma_store",
    (ins Systolic_Local:$source, Systolic_Dram:$destination),
    (ins DefaultValuedAttr<I64Attr, "0">:$offset, I64Attr:$dram_stride, I64Attr:$rows,
         I64Attr:$row_bytes, DefaultValuedAttr<I64Attr, "0">:$row,
         DefaultValuedAttr<I64Attr, "1">:$stride)> {
  let summary = "Stores rows to DRAM.";
  let description = [{
    Row `row + i * stride` of `source` goes to byte `offset + i * dram_stride` of
    `destination`, for i below `rows`.

    Constraints:
    - (C1) `rows` and `row_bytes` fit the instruction.
    - (C2) The bytes of DRAM exist.
    - (C3) Rows in DRAM do not overlap.
    - (C4) The local rows exist.
    - (C5) Rows of accumulators are of whole 4-byte values.

    Example:
    ```mlir
    %u = systolic.dma_store %a to %y wait(%t) {dram_stride = 16 : i64, rows = 64 : i64, row_bytes = 16 : i64} : !systolic.ub
    ```
  }];
  let assemblyFormat = "$source `to` $destination (`wait` `(` $waits^ `)`)? attr-dict `:` type($source)";
}

def Systolic_LoadWeightsOp : Systolic_QueueOp<"load_weights",
    (ins Systolic_WeightSource:$source),
    (ins Systolic_ElementAttr:$element, I64Attr:$k, I64Attr:$n,
         DefaultValuedAttr<I64Attr, "0">:$offset, I64Attr:$stride, UnitAttr:$transpose)> {
  let summary = "Pushes a tile of weights into the FIFO.";
  let description = [{
    Pushes k x n weights; the rest of the array's R x C weights is 0. Weight (i, j)
    comes from row i, or from row j with `transpose`. Row i is at `offset + i *
    stride`: bytes of DRAM, or rows of the unified buffer.

    Constraints:
    - (C1) The machine multiplies `element`.
    - (C2) `k` is at most R.
    - (C3) `n` is at most C.
    - (C4) Rows of the unified buffer exist.
    - (C5) Bytes of DRAM exist.
    - (C6) Offset and stride in DRAM are of whole weights.

    Example:
    ```mlir
    %p = systolic.load_weights %w {element = #systolic.type<i8>, k = 16 : i64, n = 16 : i64, stride = 16 : i64} : !systolic.dram
    ```
  }];
  let assemblyFormat = "$source (`wait` `(` $waits^ `)`)? attr-dict `:` type($source)";
}

#endif // TACTUS_SYSTOLIC_MEMORY_OPS
