//===- FusionOps.td - Kernels and their operands' layouts --*- tablegen -*-===//
#ifndef TACTUS_FUSION_OPS
#define TACTUS_FUSION_OPS

include "dialects/Tactus/TactusBase.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/FunctionInterfaces.td"

def Tactus_FusedOp : Tactus_Op<"fused", "Fusion",
    [Pure, IsolatedFromAbove, SingleBlock,
     SingleBlockImplicitTerminator<"YieldOp">]> {
  let summary = "Ops that become one kernel.";
  let description = [{
    Runs its region on `inputs` and gives what the region yields. The region sees
    nothing from outside. Every result inside is rounded to its element type, as
    outside.

    Constraints:
    - (C1) The region's arguments have the types of `inputs`.
    - (C2) `tactus.yield` has the types of the results.

    Example:
    ```mlir
    %y = tactus.fused (%a = %x, %b = %w) : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32> {
      %0 = tactus.matmul %a, %b : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
      %1 = tactus.relu %0 : tensor<4x8xf32>
      tactus.yield %1 : tensor<4x8xf32>
    }
    ```
  }];
  let arguments = (ins Variadic<Tactus_AnyTensor>:$inputs);
  let results = (outs Variadic<Tactus_AnyTensor>:$outputs);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    custom<RegionArguments>($inputs, type($inputs), type($outputs), $body) attr-dict
  }];
  let hasRegionVerifier = 1;
  let inGraphs = 0;
}

def Tactus_YieldOp : Tactus_Op<"yield", "Fusion",
    [Pure, Terminator, ParentOneOf<["FusedOp", "KernelOp", "IfOp", "WhileOp", "ScanOp"]>]> {
  let summary = "Ends a region.";
  let description = [{
    Gives the results of the region of a kernel or of an op of control flow.

    Example:
    ```mlir
    tactus.yield %r : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Variadic<Tactus_AnyTensor>:$operands);
  let builders = [OpBuilder<(ins), [{ }]>];
  let assemblyFormat = "attr-dict ($operands^ `:` type($operands))?";
  let inGraphs = 0;
}

def Tactus_KernelOp : Tactus_Op<"kernel", "Fusion",
    [IsolatedFromAbove, SingleBlock, FunctionOpInterface]> {
  let summary = "A fused region with a name, run by `tactus.dispatch`.";
  let description = [{
    The unit of code generation, caching and profiling. Equal fused regions
    become one kernel.

    Constraints:
    - (C1) `tactus.yield` has the types of the kernel's results.

    Example:
    ```mlir
    tactus.kernel @k(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
      %0 = tactus.relu %x : tensor<4x8xf32>
      tactus.yield %0 : tensor<4x8xf32>
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       TypeAttrOf<FunctionType>:$function_type,
                       OptionalAttr<StrAttr>:$sym_visibility,
                       OptionalAttr<DictArrayAttr>:$arg_attrs,
                       OptionalAttr<DictArrayAttr>:$res_attrs);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    ::llvm::ArrayRef<::mlir::Type> getArgumentTypes() { return getFunctionType().getInputs(); }
    ::llvm::ArrayRef<::mlir::Type> getResultTypes() { return getFunctionType().getResults(); }
    ::mlir::Region *getCallableRegion() { return &getBody(); }
  }];
  let inGraphs = 0;
}

def Tactus_DispatchOp : Tactus_Op<"dispatch", "Fusion",
    [Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Runs a kernel.";
  let description = [{
    Runs the kernel named `kernel` on `inputs`. After `tactus-plan-memory`,
    `offsets` gives the byte in the arena where each result begins, or -1 for a
    result that is an output of the program.

    Constraints:
    - (C1) `kernel` names a `tactus.kernel`, or the function that it was lowered to.
    - (C2) The types of `inputs` and results are the kernel's.

    Example:
    ```mlir
    %y = tactus.dispatch @k(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$kernel, Variadic<Tactus_AnyTensor>:$inputs,
                       OptionalAttr<DenseI64ArrayAttr>:$offsets);
  let results = (outs Variadic<Tactus_AnyTensor>:$outputs);
  let assemblyFormat = [{
    $kernel `(` $inputs `)` attr-dict `:` functional-type($inputs, $outputs)
  }];
  let inGraphs = 0;
}

def Tactus_PackOp : Tactus_InferringOp<"pack", "Fusion"> {
  let summary = "Lays a matrix out in panels of columns.";
  let description = [{
    Computes `result[..., p, k, c * depth + d] = input[..., k * depth + d, p * tile + c]`,
    0 where the row or the column is past the end: [..., k, n] becomes
    [..., ceil(n / tile), ceil(k / depth), tile * depth], so that a contraction reads its
    right operand in address order, and, where an instruction adds up the products of
    several steps of k, what it needs lies together.

    Constraints:
    - (C1) `input` has rank 2 or more.
    - (C2) `tile` and `depth` are positive.

    Example:
    ```mlir
    %p = tactus.pack %w {tile = 48 : i64} : (tensor<784x512xf32>) -> tensor<11x784x48xf32>
    %q = tactus.pack %b {depth = 4 : i64, tile = 64 : i64} : (tensor<784x512xi8>) -> tensor<8x196x256xi8>
    ```
  }];
  let arguments = (ins Tactus_AnyTensor:$input, I64Attr:$tile,
                       DefaultValuedAttr<I64Attr, "1">:$depth);
  let results = (outs Tactus_AnyTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
  let inGraphs = 0;
}

def Tactus_UnpackOp : Tactus_InferringOp<"unpack", "Fusion"> {
  let summary = "Views panels of columns as the matrix they came from.";
  let description = [{
    The inverse of `tactus.pack`: with `tile` columns in each panel,
    `result[..., k, n] = input[..., n / tile, k / depth, (n mod tile) * depth + k mod depth]`
    for n below `columns` and k below `rows`, which are as many as `input` has where they
    are not given. A contraction reads its packed operand through it; no target computes
    it.

    Constraints:
    - (C1) `input` has rank 3 or more.
    - (C2) `depth` is positive and divides the last dimension of `input`.
    - (C3) `columns` needs exactly the panels of `input`.
    - (C4) `rows` needs exactly the rows of a panel.

    Example:
    ```mlir
    %w = tactus.unpack %p {columns = 512 : i64} : (tensor<11x784x48xf32>) -> tensor<784x512xf32>
    %b = tactus.unpack %q {columns = 512 : i64, depth = 4 : i64, rows = 783 : i64} : (tensor<8x196x256xi8>) -> tensor<783x512xi8>
    ```
  }];
  let arguments = (ins Tactus_AnyTensor:$input, I64Attr:$columns,
                       DefaultValuedAttr<I64Attr, "1">:$depth, OptionalAttr<I64Attr>:$rows);
  let results = (outs Tactus_AnyTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
  let inGraphs = 0;
}

#endif // TACTUS_FUSION_OPS
