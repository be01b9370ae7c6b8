//===- CreationOps.td - Tensors from nothing ---------------*- tablegen -*-===//
#ifndef TACTUS_CREATION_OPS
#define TACTUS_CREATION_OPS

include "dialects/Tactus/TactusBase.td"

def Tactus_ConstantOp : Tactus_Op<"constant", "Creation",
    [Pure, ConstantLike, AllTypesMatch<["value", "result"]>]> {
  let summary = "A small tensor written in the program.";
  let description = [{
    Gives `value`. Meant for small tensors; weights are `tactus.parameter`.
    Source: ONNX Constant.

    Example:
    ```mlir
    %c = tactus.constant dense<[1.0, 2.0]> : tensor<2xf32>
    ```
  }];
  let arguments = (ins ElementsAttr:$value);
  let results = (outs Tactus_AnyTensor:$result);
  let assemblyFormat = "attr-dict $value";
  let hasFolder = 1;
}

def Tactus_ParameterOp : Tactus_Op<"parameter", "Creation", [Pure]> {
  let summary = "A named weight of the parameter store.";
  let description = [{
    Gives the tensor that the program's parameter store holds under `name`. Its
    elements never pass through the program's text.

    Example:
    ```mlir
    %w = tactus.parameter @w0 : tensor<784x512xf32>
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$name);
  let results = (outs Tactus_AnyTensor:$result);
  let assemblyFormat = "$name attr-dict `:` type($result)";
  // Graphs list parameters apart from their nodes.
  let inGraphs = 0;
}

#endif // TACTUS_CREATION_OPS
