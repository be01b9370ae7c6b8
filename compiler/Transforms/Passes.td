//===- Passes.td - Passes on graphs ------------------------*- tablegen -*-===//
#ifndef TACTUS_TRANSFORMS_PASSES
#define TACTUS_TRANSFORMS_PASSES

include "mlir/Pass/PassBase.td"

// What estimates of cost and the choice of tiles ask of a processor.
defvar ProcessorOptions = [
  Option<"vectorBits", "vector-bits", "int64_t", "256", "Width of a vector register">,
  Option<"vectorRegisters", "vector-registers", "int64_t", "16",
         "Number of vector registers">,
  Option<"byteProducts", "byte-products", "bool", "false",
         "Whether the machine sums products of four bytes in one instruction">,
  Option<"l1Bytes", "l1-bytes", "int64_t", "32768", "Bytes of a core's first data cache">,
  Option<"l2Bytes", "l2-bytes", "int64_t", "262144", "Bytes of a core's second cache">,
];

def SpecializeShapesPass : Pass<"tactus-specialize-shapes", "::mlir::ModuleOp"> {
  let summary = "Gives dynamic dimensions the sizes of one call.";
  let description = [{
    Replaces the named dimensions of the arguments of `@main` by the sizes in
    `dims`, and infers the type of every op anew.

    ```mlir
    func.func @main(%x: tensor<?x8xf32> {tactus.dims = ["batch", ""], ...}) -> tensor<?x8xf32>
    ```
    becomes, with `dims=batch=4`,
    ```mlir
    func.func @main(%x: tensor<4x8xf32> {tactus.dims = ["batch", ""], ...}) -> tensor<4x8xf32>
    ```

    Left alone: programs whose types are static.
  }];
  let options = [
    ListOption<"dims", "dims", "std::string", "Sizes of named dimensions, as name=size">,
  ];
}

def LegalizeForTargetPass : Pass<"tactus-legalize-for-target", "::mlir::func::FuncOp"> {
  let summary = "Writes composite ops as the simpler ops the target computes.";
  let description = [{
    Writes `softmax`, `log_softmax`, `layer_norm`, `log_sum_exp`, `variance` and the
    norms as elementwise ops and reductions, and `dynamic_quantize` as these and
    `quantize`, so that these fuse with what stands around
    them. Narrow floats are computed in f32 and rounded once at the end. `fill` becomes a
    constant; `eye`, `linspace`, `range` and `one_hot` become arithmetic on `iota`,
    the indices of `one_hot` being checked by a gather of zeros.

    ```mlir
    %y = tactus.softmax %x : tensor<4x8xf32>
    ```
    becomes
    ```mlir
    %m = tactus.max %x {axes = array<i64: 1>, keepdims = true} : ...
    %d = tactus.sub %x, %m : ...
    %e = tactus.exp %d : ...
    %s = tactus.sum %e {axes = array<i64: 1>, keepdims = true} : ...
    %r = tactus.reciprocal %s : ...
    %y = tactus.mul %e, %r : ...
    ```

    A systolic machine divides instead. For a CPU, the `init` of a `matmul` becomes an
    `add`, its `block` goes, one of at most four columns and long sums is that of the
    transposed operands in the other order, and `piecewise_linear` becomes a `gather` of its
    table and arithmetic.

    Where the module names a systolic machine, a product of f16, bf16 or f32 is written in
    the types of its array; all else stays f32. A machine of bf16 rounds the operands and
    sums in f32, in blocks as long as its array is deep. One of i8 quantizes them:
    parameters by the largest element of each column, the rest by `tactus.ranges`, the
    magnitudes that calibration found, in steps of `magnitude / 127`. The bias of a
    column goes into its sums.

    ```mlir
    %0 = tactus.matmul %x, %w {tactus.ranges = array<f32: 2.54, 0.0>} : ...
    %1 = tactus.add %0, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    ```
    becomes, with %s what 1 stands for in each column of %v,
    ```mlir
    %u = tactus.mul %x, %fifty : ...
    %q = tactus.quantize %u, %one {to = i8} : ...
    %v = tactus.quantize %w, %t {to = i8} : ...
    %0 = tactus.matmul %q, %v init %c : (tensor<4x16xi8>, tensor<16x8xi8>, tensor<8xi32>) -> tensor<4x8xi32>
    %1 = tactus.dequantize %0, %s : (tensor<4x8xi32>, tensor<8xf32>) -> tensor<4x8xf32>
    ```

    What is no product is written as the other units compute it, in f32, and narrow floats
    are widened for each op. `sigmoid`, `tanh`, `gelu` and
    `silu` become `piecewise_linear` with the machine's table; other activations and
    signs become arithmetic, `exp` and `log`. Reductions become those of rows, after a
    transpose where they are not of the last dimension, and sums `sequential` ones;
    `mean` and `variance` follow from these.

    ```mlir
    %y = tactus.mean %x {axes = array<i64: 0>} : (tensor<4x8xf32>) -> tensor<8xf32>
    ```
    becomes
    ```mlir
    %t = tactus.transpose %x {perm = array<i64: 1, 0>} : ...
    %s = tactus.sum %t {axes = array<i64: 1>, sequential = true} : ...
    %y = tactus.div %s, %n : ...
    ```

    Left alone: every other op, and all of f64; products of i8, and those that are
    computed at load. A product of another type, or of unknown ranges where the array has
    i8 alone, is an error.
  }];
}

def OutlineRegionsPass : Pass<"tactus-outline-regions", "::mlir::ModuleOp"> {
  let summary = "Makes each region of control flow a function.";
  let description = [{
    A region becomes one call of a function of its own, whose arguments are the values
    around it that it reads and then the region's, so that every later pass sees
    functions alone. Parameters, and what is computed of them alone, are copied into
    the function.

    ```mlir
    %r = tactus.if %c : (tensor<i1>) -> tensor<4xf32> then {
      %0 = tactus.exp %x : tensor<4xf32>
      tactus.yield %0 : tensor<4xf32>
    } else ...
    ```
    becomes
    ```mlir
    %r = tactus.if %c : (tensor<i1>) -> tensor<4xf32> then {
      %0 = func.call @if_then(%x) : (tensor<4xf32>) -> tensor<4xf32>
      tactus.yield %0 : tensor<4xf32>
    } else ...
    func.func private @if_then(%a: tensor<4xf32>) -> tensor<4xf32> {
      %0 = tactus.exp %a : tensor<4xf32>
      return %0 : tensor<4xf32>
    }
    ```

    Left alone: regions that are one call already.
  }];
}

def MoveReshapesPass : Pass<"tactus-move-reshapes", "::mlir::func::FuncOp"> {
  let summary = "Gives chains of elementwise ops the shape in which they fuse.";
  let description = [{
    A reshape between a contraction and the elementwise ops that may be part of its
    kernel goes below these, and one that only hands on what elementwise ops compute
    goes above them, and above slices along whole parts of it, as of queries, keys and
    values in one matrix. A transpose that moves only dimensions of one element behind a
    contraction goes below as well.

    ```mlir
    %0 = tactus.matmul %x, %w : (tensor<12x16xf32>, tensor<16x8xf32>) -> tensor<12x8xf32>
    %1 = tactus.reshape %0 {shape = array<i64: 3, 4, 8>} : ...
    %2 = tactus.add %1, %b : (tensor<3x4x8xf32>, tensor<8xf32>) -> tensor<3x4x8xf32>
    ```
    becomes
    ```mlir
    %0 = tactus.matmul %x, %w : (tensor<12x16xf32>, tensor<16x8xf32>) -> tensor<12x8xf32>
    %1 = tactus.add %0, %b : (tensor<12x8xf32>, tensor<8xf32>) -> tensor<12x8xf32>
    %2 = tactus.reshape %1 {shape = array<i64: 3, 4, 8>} : ...
    ```

    Left alone: ops with an operand that is broadcast along a part of the dimensions
    that become one; what something else reads as well; dynamic shapes.
  }];
}

def FuseAttentionPass : Pass<"tactus-fuse-attention", "::mlir::func::FuncOp"> {
  let summary = "Groups a contraction, what becomes of its rows, and the next contraction.";
  let description = [{
    Moves scores, scale, mask, softmax and the product with the values into one
    `tactus.fused` region, of which a target computes some rows at a time, so that the
    matrix of all scores need not be in memory. Transposes and slices of the operands are
    read in place, and elementwise ops that follow ride along.

    ```mlir
    %0 = tactus.matmul %q, %k : (tensor<2x64x8xf32>, tensor<2x8x64xf32>) -> tensor<2x64x64xf32>
    %1 = tactus.max %0 {axes = array<i64: 2>, keepdims = true} : ...
    %2 = tactus.sub %0, %1 : ...
    %3 = tactus.exp %2 : tensor<2x64x64xf32>
    %4 = tactus.sum %3 {axes = array<i64: 2>, keepdims = true} : ...
    %5 = tactus.div %3, %4 : ...
    %6 = tactus.matmul %5, %v : (tensor<2x64x64xf32>, tensor<2x64x8xf32>) -> tensor<2x64x8xf32>
    ```
    becomes
    ```mlir
    %6 = tactus.fused (%a = %q, %b = %k, %c = %v) : (...) -> tensor<2x64x8xf32> {
      ...
    }
    ```

    Left alone: products without a reduction between them; those whose scores, or what
    becomes of them, something else reads; right operands that are known at load, which
    are packed there; fewer than eight rows; what the rule of `FusionCost.h` finds
    slower; systolic machines.
  }];
  let options = ProcessorOptions;
}

def FuseActivationsPass : Pass<"tactus-fuse-activations", "::mlir::func::FuncOp"> {
  let summary = "Groups a contraction with the elementwise ops that follow it.";
  let description = [{
    Moves bias, activation and residual ops into the `tactus.fused` region of the
    contraction they follow, so that a target can apply them while the sum is
    still in registers or accumulators; branches that join are moved together.
    Transposes and slices of the contraction's operands are read in place.

    ```mlir
    %0 = tactus.matmul %x, %w : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    %1 = tactus.relu %0 : tensor<4x8xf32>
    ```
    becomes
    ```mlir
    %1 = tactus.fused (%a = %x, %b = %w) : (...) -> tensor<4x8xf32> {
      %2 = tactus.matmul %a, %b : ...
      %3 = tactus.relu %2 : tensor<4x8xf32>
      tactus.yield %3 : tensor<4x8xf32>
    }
    ```

    Left alone: a contraction whose raw result has another user stands in a region
    of its own, and so does one whose epilogue would take longer in its loops
    (`FusionCost.h`).
  }];
  let options = ProcessorOptions;
}

def FuseElementwisePass : Pass<"tactus-fuse-elementwise", "::mlir::func::FuncOp"> {
  let summary = "Groups chains of elementwise ops and reductions with their neighbors.";
  let description = [{
    Starting from each op that no fused region holds yet, last first, takes in the
    ops that only it needs, as long as the whole stays one loop nest: elementwise
    ops, reductions over the same axes, transposes, slices and broadcasts. What
    remains alone becomes a region of one op.

    ```mlir
    %0 = tactus.add %x, %y : ...
    %1 = tactus.tanh %0 : tensor<4x8xf32>
    ```
    becomes
    ```mlir
    %1 = tactus.fused (%a = %x, %b = %y) : (...) -> tensor<4x8xf32> {
      %2 = tactus.add %a, %b : ...
      %3 = tactus.tanh %2 : tensor<4x8xf32>
      tactus.yield %3 : tensor<4x8xf32>
    }
    ```

    Left alone: `reshape`, which costs nothing; parameters and constants; ops that take
    less time apart (`FusionCost.h`): a function of one row that would be computed again
    for each row, the third of several functions in one loop, what is computed at load,
    more operands than the cache keeps apart.
  }];
  let options = ProcessorOptions;
}

def FuseProducersPass : Pass<"tactus-fuse-producers", "::mlir::func::FuncOp"> {
  let summary = "Lets the readers of a kernel compute its result themselves.";
  let description = [{
    Moves a fused region into each of those that read its result, so that the result
    need not be in memory: an elementwise op into the copy of a contraction's right
    operand, or into what is added to its sums, and an op that several kernels read
    into all of them. Only where that takes less time (`FusionCost.h`): a left operand
    is read element by element, again for each panel.

    ```mlir
    %0 = tactus.fused (%a = %w) ... { tactus.neg }
    %1 = tactus.fused (%a = %x, %b = %0) ... { tactus.matmul %a, %b }
    ```
    becomes
    ```mlir
    %1 = tactus.fused (%a = %w, %b = %x) ... {
      %2 = tactus.neg %a : ...
      %3 = tactus.matmul %b, %2 : ...
      tactus.yield %3 : ...
    }
    ```

    Left alone: contractions and reductions, ops that fail at an index out of range,
    results that the program returns or that are computed at load, and regions of which
    one reader cannot run the ops in its kernel.
  }];
  let options = ProcessorOptions;
}

def AssignLayoutsPass : Pass<"tactus-assign-layouts", "::mlir::func::FuncOp"> {
  let summary = "Lays the constant right operands of contractions out in panels.";
  let description = [{
    Packs each parameter or constant that a contraction reads as its right operand
    into panels as wide as the target's register tile. From 17 rows on, the width
    depends on the target and the parameter alone, so one packed copy serves every
    shape; fewer rows have panels that need the fewest tiles.

    ```mlir
    %w = tactus.parameter @w : tensor<784x512xf32>
    %y = tactus.fused (%a = %x, %b = %w) ... { tactus.matmul %a, %b }
    ```
    becomes
    ```mlir
    %w = tactus.parameter @w : tensor<784x512xf32>
    %p = tactus.pack %w {tile = 16 : i64} : (tensor<784x512xf32>) -> tensor<32x784x16xf32>
    %y = tactus.fused (%a = %x, %b = %p) ... {
      %u = tactus.unpack %b {columns = 512 : i64} : ...
      tactus.matmul %a, %u
    ```

    Left alone: right operands that the program computes.
  }];
  let options = ProcessorOptions;
}

def HoistPreparePass : Pass<"tactus-hoist-prepare", "::mlir::ModuleOp"> {
  let summary = "Moves what depends on parameters alone to `@prepare`.";
  let description = [{
    `@prepare` computes once, at load, what does not depend on the inputs; its
    results become trailing arguments of `@main`, marked `tactus.prepared`.

    ```mlir
    func.func @main(%x: tensor<4x16xf32>) -> tensor<4x8xf32> {
      %w = tactus.parameter @w : tensor<16x8xf32>
      %y = tactus.fused (%a = %x, %b = %w) ...
    ```
    becomes
    ```mlir
    func.func @prepare() -> tensor<16x8xf32> {
      %w = tactus.parameter @w : tensor<16x8xf32>
      return %w : tensor<16x8xf32>
    }
    func.func @main(%x: tensor<4x16xf32>, %w: tensor<16x8xf32> {tactus.prepared}) ... {
      %y = tactus.fused (%a = %x, %b = %w) ...
    ```

    What stands so in the function of a region becomes an argument of it. Left alone:
    programs without parameters and constants, and ops of control flow; in regions, ops
    that fail at an index out of range, as the region may never run.
  }];
}

def OutlineKernelsPass : Pass<"tactus-outline-kernels", "::mlir::ModuleOp"> {
  let summary = "Makes each fused region a kernel; equal regions become one.";
  let description = [{
    ```mlir
    %y = tactus.fused (%a = %x) : (tensor<4x8xf32>) -> tensor<4x8xf32> { ... }
    ```
    becomes
    ```mlir
    tactus.kernel @relu_0(%a: tensor<4x8xf32>) -> tensor<4x8xf32> { ... }
    %y = tactus.dispatch @relu_0(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
    ```

    Left alone: what stands outside fused regions.
  }];
}

def PlanMemoryPass : Pass<"tactus-plan-memory", "::mlir::ModuleOp"> {
  let summary = "Gives every intermediate a place in one arena.";
  let description = [{
    Each result of a dispatch lives from the op that writes it to the last that
    reads it or a `tactus.reshape` of it. Results that never live at once may share
    bytes; places are multiples of 64, found first fit, the largest first. A result
    that the program returns gets -1: it is written to the output itself.

    ```mlir
    func.func @main(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
      %0 = tactus.dispatch @exp(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
      %1 = tactus.dispatch @exp(%0) : (tensor<4x8xf32>) -> tensor<4x8xf32>
      return %1 : tensor<4x8xf32>
    ```
    becomes
    ```mlir
    func.func @main(%x: tensor<4x8xf32>) -> tensor<4x8xf32> attributes {tactus.arena_bytes = 128 : i64} {
      %0 = tactus.dispatch @exp(%x) {offsets = array<i64: 0>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
      %1 = tactus.dispatch @exp(%0) {offsets = array<i64: -1>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
    ```

    An op of control flow lives so too, with `tactus.offsets`, and has memory while it
    runs: `tactus.arena`, that of the functions its regions call; `tactus.next` for
    the next values of a loop, `tactus.flag` for the condition of a while,
    `tactus.slices` and `tactus.elements` for what one iteration of a scan reads and
    gives.

    Left alone: kernels, and functions of more than one block.
  }];
}

#endif // TACTUS_TRANSFORMS_PASSES
