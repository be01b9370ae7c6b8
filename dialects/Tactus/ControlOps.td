//===- ControlOps.td - Choice and repetition ---------------*- tablegen -*-===//
#ifndef TACTUS_CONTROL_OPS
#define TACTUS_CONTROL_OPS

include "dialects/Tactus/TactusBase.td"

// The values around an op of this family are seen in its regions, which end in
// `tactus.yield`. `regionNames` are what files call the regions.
class Tactus_ControlOp<string mnemonic, list<string> names>
    : Tactus_InferringOp<mnemonic, "Control",
                         [SingleBlock, DeclareOpInterfaceMethods<Tactus_ControlOpInterface>]> {
  list<string> regionNames = names;
  // What an op declares beside.
  code declarations = "";
  let extraClassDeclaration = [{
    static ::llvm::ArrayRef<::llvm::StringLiteral> regionNames() {
      static constexpr ::llvm::StringLiteral names[] = {
  }] # !interleave(!foreach(name, names, "\"" # name # "\""), ", ") # [{};
      return names;
    }
  }] # declarations;
}

def Tactus_IfOp : Tactus_ControlOp<"if", ["then", "else"]> {
  let summary = "One of two computations.";
  let description = [{
    Gives what `then` yields where `condition` is true, else what `else` yields; only
    that region runs. Source: ONNX If.

    Constraints:
    - (C1) `condition` has one element: its shape is [].
    - (C2) Neither region has arguments.
    - (C3) Both regions yield values of the same types, one or more.

    Example:
    ```mlir
    %r = tactus.if %c : (tensor<i1>) -> tensor<4xf32> then {
      %0 = tactus.exp %x : tensor<4xf32>
      tactus.yield %0 : tensor<4xf32>
    } else {
      tactus.yield %x : tensor<4xf32>
    }
    ```
  }];
  let arguments = (ins Tactus_BoolTensor:$condition);
  let results = (outs Variadic<Tactus_AnyTensor>:$results);
  let regions = (region SizedRegion<1>:$thenRegion, SizedRegion<1>:$elseRegion);
  let assemblyFormat = [{
    $condition attr-dict `:` functional-type(operands, results) `then` $thenRegion
    `else` $elseRegion
  }];
}

def Tactus_WhileOp : Tactus_ControlOp<"while", ["condition", "body"]> {
  let summary = "A computation repeated while a condition holds.";
  let description = [{
    Carries values, at first `initial`, from one iteration to the next: while
    `condition` yields true for them, `body` gives the next ones. The last ones are the
    results; none of `body` runs where the condition is false at once. A run fails
    whose loops take more iterations than it allows (`--max-iterations`). Source: XLA
    While.

    Constraints:
    - (C1) There is one value of `initial` or more, and the arguments of both regions
      have their types.
    - (C2) `condition` yields one value of type tensor<i1>.
    - (C3) `body` yields values of the types of `initial`.

    Example:
    ```mlir
    %r = tactus.while %x : (tensor<4xf32>) -> tensor<4xf32> condition {
    ^bb0(%a: tensor<4xf32>):
      %0 = tactus.max %a : (tensor<4xf32>) -> tensor<f32>
      %1 = tactus.compare %0, %limit {predicate = #tactus.predicate<less>} : (tensor<f32>, tensor<f32>) -> tensor<i1>
      tactus.yield %1 : tensor<i1>
    } body {
    ^bb0(%a: tensor<4xf32>):
      %0 = tactus.add %a, %a : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
      tactus.yield %0 : tensor<4xf32>
    }
    ```
  }];
  let arguments = (ins Variadic<Tactus_AnyTensor>:$initial);
  let results = (outs Variadic<Tactus_AnyTensor>:$results);
  let regions = (region SizedRegion<1>:$condition, SizedRegion<1>:$body);
  let assemblyFormat = [{
    $initial attr-dict `:` functional-type(operands, results) `condition` $condition
    `body` $body
  }];
}

def Tactus_ScanOp : Tactus_ControlOp<"scan", ["body"]> {
  let summary = "A computation repeated over the slices of sequences.";
  let description = [{
    The last `num_scan_inputs` of `inputs` are sequences, the others the initial values
    of states. For each i along dimension 0 of the sequences, `body` takes the states
    and the i-th slice of each sequence, and yields the next states and then any number
    of elements. Results are the last states and, for each element, a tensor of those
    of all iterations along a new dimension 0. With `reverse`, i goes from the last
    slice to the first, and the elements of iteration i still stand at i. Iterations
    over slices that all have no elements count as those of `while`. Source: ONNX Scan
    with axes 0; `reverse` is JAX's scan.

    Constraints:
    - (C1) `num_scan_inputs` is from 1 to the number of `inputs`.
    - (C2) The sequences have rank 1 or more and one size along dimension 0.
    - (C3) The arguments of `body` have the types of the states, then those of the
      sequences without dimension 0.
    - (C4) `body` yields one value or more, first values of the types of the states.

    Example:
    ```mlir
    %last, %all = tactus.scan %h, %xs {num_scan_inputs = 1 : i64} : (tensor<4xf32>, tensor<9x4xf32>) -> (tensor<4xf32>, tensor<9x4xf32>) body {
    ^bb0(%state: tensor<4xf32>, %x: tensor<4xf32>):
      %0 = tactus.add %state, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
      tactus.yield %0, %0 : tensor<4xf32>, tensor<4xf32>
    }
    ```
  }];
  let arguments = (ins Variadic<Tactus_AnyTensor>:$inputs,
                       DefaultValuedAttr<I64Attr, "1">:$num_scan_inputs,
                       DefaultValuedAttr<BoolAttr, "false">:$reverse);
  let results = (outs Variadic<Tactus_AnyTensor>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $inputs attr-dict `:` functional-type(operands, results) `body` $body
  }];
  let declarations = [{
    int64_t getNumStates() { return getInputs().size() - getNumScanInputs(); }
    /// Operands that are initial values of states.
    ::mlir::OperandRange getInitial() { return getInputs().take_front(getNumStates()); }
    ::mlir::OperandRange getSequences() { return getInputs().drop_front(getNumStates()); }
  }];
}

#endif // TACTUS_CONTROL_OPS
