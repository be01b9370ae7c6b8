//===- LogicOps.td - Comparison, choice, logic and bits ----*- tablegen -*-===//
#ifndef TACTUS_LOGIC_OPS
#define TACTUS_LOGIC_OPS

include "dialects/Tactus/TactusBase.td"

def Tactus_BoolElementwise : Tactus_ElementwiseOperand<[I1], "i1">;
def Tactus_IntegerElementwise : Tactus_ElementwiseOperand<tactusInts, "an integer type">;

def Tactus_PredicateEnum : I32EnumAttr<"Predicate", "How two elements are compared", [
      I32EnumAttrCase<"equal", 0>, I32EnumAttrCase<"not_equal", 1>,
      I32EnumAttrCase<"less", 2>, I32EnumAttrCase<"less_equal", 3>,
      I32EnumAttrCase<"greater", 4>, I32EnumAttrCase<"greater_equal", 5>]> {
  let cppNamespace = "::tactus::ir";
  let genSpecializedAttr = 0;
}
def Tactus_Predicate : EnumAttr<Tactus_Dialect, Tactus_PredicateEnum, "predicate"> {
  let assemblyFormat = "`<` $value `>`";
}

def Tactus_CompareOp : Tactus_InferringOp<"compare", "Elementwise",
                                          [Tactus_ElementwiseOpInterface]> {
  let summary = "Whether elements are equal, or in order.";
  let description = [{
    Computes whether `lhs` is in the relation `predicate` to `rhs`. A NaN on either side
    makes `not_equal` true and all others false; -0 equals 0; false is less than true.
    Source: ONNX Equal, Less, LessOrEqual, Greater, GreaterOrEqual; IEEE 754-2019.

    Constraints:
    - (C1) `lhs` and `rhs` have one element type.
    - (C2) The shapes of `lhs` and `rhs` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.compare %a, %b {predicate = #tactus.predicate<less>} : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xi1>
    ```
  }];
  let arguments = (ins Tactus_AnyElementwise:$lhs, Tactus_AnyElementwise:$rhs,
                       Tactus_Predicate:$predicate);
  let results = (outs Tactus_BoolElementwise:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` functional-type(operands, results)";
}

def Tactus_SelectOp : Tactus_InferringOp<"select", "Elementwise",
                                         [Tactus_ElementwiseOpInterface]> {
  let summary = "Elements of one tensor or another.";
  let description = [{
    Computes `on_true` where `condition` is true, else `on_false`.
    Source: ONNX Where.

    Constraints:
    - (C1) `on_true` and `on_false` have one element type.
    - (C2) The shapes of `condition`, `on_true` and `on_false` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.select %c, %a, %b : (tensor<4x8xi1>, tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_BoolElementwise:$condition, Tactus_AnyElementwise:$on_true,
                       Tactus_AnyElementwise:$on_false);
  let results = (outs Tactus_AnyElementwise:$result);
  let assemblyFormat = [{
    $condition `,` $on_true `,` $on_false attr-dict `:` functional-type(operands, results)
  }];
  let hasFolder = 1;
}

class Tactus_PropertyOp<string mnemonic>
    : Tactus_InferringOp<mnemonic, "Elementwise", [Tactus_ElementwiseOpInterface]> {
  let arguments = (ins Tactus_FloatElementwise:$input);
  let results = (outs Tactus_BoolElementwise:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
  let extraClassDefinition = [{
    ::llvm::LogicalResult $cppClass::inferReturnTypes(
        ::mlir::MLIRContext *context, ::std::optional<::mlir::Location> location,
        Adaptor adaptor, ::llvm::SmallVectorImpl<::mlir::Type> &types) {
      return inferBroadcastTo(location, adaptor.getOperands(),
                              ::mlir::IntegerType::get(context, 1), types);
    }
  }];
}

def Tactus_IsNanOp : Tactus_PropertyOp<"is_nan"> {
  let summary = "Whether elements are NaN.";
  let description = [{
    Computes whether `input` is not a number.
    Source: ONNX IsNaN.

    Example:
    ```mlir
    %r = tactus.is_nan %x : (tensor<4x8xf32>) -> tensor<4x8xi1>
    ```
  }];
}

def Tactus_IsInfOp : Tactus_PropertyOp<"is_inf"> {
  let summary = "Whether elements are infinite.";
  let description = [{
    Computes whether `input` is an infinity of either sign.
    Source: ONNX IsInf.

    Example:
    ```mlir
    %r = tactus.is_inf %x : (tensor<4x8xf32>) -> tensor<4x8xi1>
    ```
  }];
}

def Tactus_IsFiniteOp : Tactus_PropertyOp<"is_finite"> {
  let summary = "Whether elements are finite.";
  let description = [{
    Computes whether `input` is neither infinite nor NaN.
    Source: NumPy isfinite.

    Example:
    ```mlir
    %r = tactus.is_finite %x : (tensor<4x8xf32>) -> tensor<4x8xi1>
    ```
  }];
}

//===----------------------------------------------------------------------===//
// Logic
//===----------------------------------------------------------------------===//

def Tactus_LogicalAndOp : Tactus_BinaryElementwiseOp<"logical_and", "Elementwise",
    Tactus_BoolElementwise, [Commutative]> {
  let summary = "Both are true.";
  let description = [{
    Computes whether `lhs` and `rhs` are both true.
    Source: ONNX And.

    Constraints:
    - (C1) The shapes of `lhs` and `rhs` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.logical_and %a, %b : (tensor<4x8xi1>, tensor<8xi1>) -> tensor<4x8xi1>
    ```
  }];
}

def Tactus_LogicalOrOp : Tactus_BinaryElementwiseOp<"logical_or", "Elementwise",
    Tactus_BoolElementwise, [Commutative]> {
  let summary = "One at least is true.";
  let description = [{
    Computes whether `lhs` or `rhs` or both are true.
    Source: ONNX Or.

    Constraints:
    - (C1) The shapes of `lhs` and `rhs` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.logical_or %a, %b : (tensor<4x8xi1>, tensor<8xi1>) -> tensor<4x8xi1>
    ```
  }];
}

def Tactus_LogicalXorOp : Tactus_BinaryElementwiseOp<"logical_xor", "Elementwise",
    Tactus_BoolElementwise, [Commutative]> {
  let summary = "One alone is true.";
  let description = [{
    Computes whether exactly one of `lhs` and `rhs` is true.
    Source: ONNX Xor.

    Constraints:
    - (C1) The shapes of `lhs` and `rhs` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.logical_xor %a, %b : (tensor<4x8xi1>, tensor<8xi1>) -> tensor<4x8xi1>
    ```
  }];
}

def Tactus_LogicalNotOp : Tactus_UnaryElementwiseOp<"logical_not", "Elementwise",
    Tactus_BoolElementwise> {
  let summary = "Swaps true and false.";
  let description = [{
    Computes whether `input` is false.
    Source: ONNX Not.

    Example:
    ```mlir
    %r = tactus.logical_not %x : tensor<4x8xi1>
    ```
  }];
}

def Tactus_BitwiseAndOp : Tactus_BinaryElementwiseOp<"bitwise_and", "Elementwise",
    Tactus_IntegerElementwise, [Commutative]> {
  let summary = "The bits that both have.";
  let description = [{
    Computes the and of each pair of bits.
    Source: ONNX BitwiseAnd.

    Constraints:
    - (C1) `lhs` and `rhs` have one element type.
    - (C2) The shapes of `lhs` and `rhs` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.bitwise_and %a, %b : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
    ```
  }];
}

def Tactus_BitwiseOrOp : Tactus_BinaryElementwiseOp<"bitwise_or", "Elementwise",
    Tactus_IntegerElementwise, [Commutative]> {
  let summary = "The bits that either has.";
  let description = [{
    Computes the or of each pair of bits.
    Source: ONNX BitwiseOr.

    Constraints:
    - (C1) `lhs` and `rhs` have one element type.
    - (C2) The shapes of `lhs` and `rhs` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.bitwise_or %a, %b : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
    ```
  }];
}

def Tactus_BitwiseXorOp : Tactus_BinaryElementwiseOp<"bitwise_xor", "Elementwise",
    Tactus_IntegerElementwise, [Commutative]> {
  let summary = "The bits that differ.";
  let description = [{
    Computes the xor of each pair of bits.
    Source: ONNX BitwiseXor.

    Constraints:
    - (C1) `lhs` and `rhs` have one element type.
    - (C2) The shapes of `lhs` and `rhs` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.bitwise_xor %a, %b : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
    ```
  }];
}

def Tactus_BitwiseNotOp : Tactus_UnaryElementwiseOp<"bitwise_not", "Elementwise",
    Tactus_IntegerElementwise> {
  let summary = "Swaps every bit.";
  let description = [{
    Computes `result = -input - 1` modulo 2 to the width.
    Source: ONNX BitwiseNot.

    Example:
    ```mlir
    %r = tactus.bitwise_not %x : tensor<4x8xi32>
    ```
  }];
}

def Tactus_ShiftLeftOp : Tactus_BinaryElementwiseOp<"shift_left", "Elementwise",
    Tactus_IntegerElementwise> {
  let summary = "Shifts bits to higher places.";
  let description = [{
    Computes `result = lhs * 2^rhs`, modulo 2 to the width. A shift `rhs` that is negative, or the
    width or more, gives 0.
    Source: ONNX BitShift; the results out of range are ours.

    Constraints:
    - (C1) `lhs` and `rhs` have one element type.
    - (C2) The shapes of `lhs` and `rhs` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.shift_left %a, %b : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
    ```
  }];
}

def Tactus_ShiftRightOp : Tactus_BinaryElementwiseOp<"shift_right", "Elementwise",
    Tactus_IntegerElementwise> {
  let summary = "Shifts bits to lower places.";
  let description = [{
    Computes `result = floor(lhs / 2^rhs)`, which copies the sign of signed types. A shift `rhs`
    that is negative, or the width or more, shifts out all bits: 0, or -1 for a negative `lhs`.
    Source: ONNX BitShift; signed types and results out of range are ours.

    Constraints:
    - (C1) `lhs` and `rhs` have one element type.
    - (C2) The shapes of `lhs` and `rhs` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.shift_right %a, %b : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
    ```
  }];
}

#endif // TACTUS_LOGIC_OPS
