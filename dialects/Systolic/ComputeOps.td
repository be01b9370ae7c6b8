//===- ComputeOps.td - The array and the units behind it ---*- tablegen -*-===//
#ifndef TACTUS_SYSTOLIC_COMPUTE_OPS
#define TACTUS_SYSTOLIC_COMPUTE_OPS

include "dialects/Systolic/SystolicBase.td"

def Systolic_MatmulOp : Systolic_QueueOp<"matmul",
    (ins Systolic_UnifiedBuffer:$input, Systolic_Accumulators:$sums),
    (ins Systolic_ElementAttr:$element, I64Attr:$k, DenseI64ArrayAttr:$counts,
         DenseI64ArrayAttr:$strides, DefaultValuedAttr<I64Attr, "0">:$row,
         DefaultValuedAttr<I64Attr, "0">:$sums_row, DefaultValuedAttr<I64Attr, "1">:$sums_stride,
         UnitAttr:$switch_weights, UnitAttr:$accumulate)> {
  let summary = "Streams rows through the array.";
  let description = [{
    Row (i0, i1, i2), with i2 innermost and `counts` of each, is row `row + i0 *
    strides[0] + i1 * strides[1] + i2 * strides[2]` of `input`; the sums of its
    first `k` values times the weights go to the next row of `sums`. They overwrite
    it unless `accumulate` is set. With `switch_weights` the next tile of the FIFO
    takes effect first.

    Constraints:
    - (C1) The machine multiplies `element`.
    - (C2) `k` is at most R.
    - (C3) `counts` and `strides` have three entries, counts from 1 to 65535.
    - (C4) The input's rows exist.
    - (C5) The accumulators' rows exist.

    Example:
    ```mlir
    %m = systolic.matmul %a into %s wait(%t) {element = #systolic.type<i8>, k = 16 : i64, counts = array<i64: 1, 1, 64>, strides = array<i64: 0, 0, 1>, switch_weights}
    ```
  }];
  let assemblyFormat = "$input `into` $sums (`wait` `(` $waits^ `)`)? attr-dict";
}

def Systolic_ActivateOp : Systolic_QueueOp<"activate",
    (ins Systolic_Accumulators:$sums, Systolic_UnifiedBuffer:$destination,
         Optional<Systolic_UnifiedBuffer>:$scales, Optional<Systolic_UnifiedBuffer>:$slopes,
         Optional<Systolic_UnifiedBuffer>:$residual),
    (ins Systolic_ElementAttr:$input, Systolic_ElementAttr:$output, I64Attr:$rows, I64Attr:$columns,
         DefaultValuedAttr<I64Attr, "0">:$sums_row, DefaultValuedAttr<I64Attr, "0">:$row,
         DefaultValuedAttr<I64Attr, "1">:$stride,
         DefaultValuedAttr<Systolic_FunctionAttr, "FunctionKind::none">:$function,
         DefaultValuedAttr<F32Attr, "1.0f">:$scale, DefaultValuedAttr<F32Attr, "1.0f">:$output_scale,
         DefaultValuedAttr<I64Attr, "0">:$zero_point, DefaultValuedAttr<F32Attr, "0.0f">:$alpha,
         DefaultValuedAttr<F32Attr, "0.0f">:$beta, DefaultValuedAttr<I64Attr, "0">:$scales_row,
         DefaultValuedAttr<I64Attr, "0">:$slopes_row, DefaultValuedAttr<I64Attr, "0">:$residual_row,
         DefaultValuedAttr<I64Attr, "1">:$residual_stride,
         DefaultValuedAttr<F32Attr, "1.0f">:$residual_scale, UnitAttr:$residual_first,
         OptionalAttr<DenseI64ArrayAttr>:$pooling),
    [AttrSizedOperandSegments]> {
  let summary = "Drains accumulators into the unified buffer.";
  let description = [{
    Each sum becomes an f32, times `scale` or its column's of `scales`, through
    `function` (with `residual` times `residual_scale` added before it where
    `residual_first` is set, else after it), the greatest of its `pooling` window
    (height, width, two strides, width of the image), times `output_scale`, and is
    rounded to `output`, ties to even; i8 adds `zero_point` and saturates. i32 sums
    to i32 keep all bits.

    The functions are those of tactus on f32, bit for bit: relu, leaky_relu (`alpha`),
    prelu, and clip, which is tactus.clamp from `alpha` to `beta`; from sigmoid on, the
    machine's table of 1024 segments. The steps are as many separately rounded
    multiplications and additions in f32.

    Constraints:
    - (C1) `input` is what the array's sums are: i32 or f32.
    - (C2) i32 results come from i32 sums.
    - (C3) i32 results are not scaled and have function none or relu.
    - (C4) Only i8 has a zero point.
    - (C5) The accumulators' rows exist.
    - (C6) Pooling windows fit the image, which has whole lines.
    - (C7) The result's rows exist and do not overlap.
    - (C8) The rows of `scales`, `slopes` and `residual` exist.
    - (C9) `alpha` is at most `beta` where the function is clip.

    Example:
    ```mlir
    %d = systolic.activate %s to %b wait(%m) {input = #systolic.type<i32>, output = #systolic.type<i8>, rows = 64 : i64, columns = 16 : i64, function = #systolic.function<relu>, scale = 1.562500e-02 : f32}
    ```
  }];
  let assemblyFormat = [{
    $sums `to` $destination (`scales` $scales^)? (`slopes` $slopes^)? (`residual` $residual^)?
    (`wait` `(` $waits^ `)`)? attr-dict
  }];
}

def Systolic_VecOp : Systolic_QueueOp<"vec",
    (ins Systolic_Local:$lhs, Optional<Systolic_Local>:$rhs, Systolic_Local:$destination),
    (ins Systolic_VectorAttr:$kind, I64Attr:$rows, I64Attr:$columns,
         DefaultValuedAttr<Systolic_ElementAttr, "ElementKind::f32">:$input,
         DefaultValuedAttr<Systolic_ElementAttr, "ElementKind::f32">:$right_input,
         DefaultValuedAttr<Systolic_ElementAttr, "ElementKind::f32">:$output,
         DefaultValuedAttr<Systolic_RightAttr, "RightKind::rows">:$right, UnitAttr:$negate,
         DefaultValuedAttr<Systolic_FunctionAttr, "FunctionKind::none">:$function,
         DefaultValuedAttr<F32Attr, "0.0f">:$alpha, DefaultValuedAttr<F32Attr, "0.0f">:$beta,
         DefaultValuedAttr<F32Attr, "0.0f">:$immediate, DefaultValuedAttr<I64Attr, "0">:$zero_point,
         DefaultValuedAttr<I64Attr, "0">:$lhs_row, DefaultValuedAttr<I64Attr, "1">:$lhs_stride,
         DefaultValuedAttr<I64Attr, "0">:$rhs_row, DefaultValuedAttr<I64Attr, "1">:$rhs_stride,
         DefaultValuedAttr<I64Attr, "0">:$row, DefaultValuedAttr<I64Attr, "1">:$stride),
    [AttrSizedOperandSegments]> {
  let summary = "Works on rows in f32.";
  let description = [{
    `lhs` is converted from `input`, the operation runs in f32, and its result is
    rounded to `output` as by `systolic.activate`. The right operand of add, mul, div,
    max and min is as many rows of `right_input`, one element a row (`column`), or
    `immediate`; `negate` changes its sign. Rows of any width up to 65535 columns take
    the rows of a memory that follow each other. They are worked on one after the
    other, each read before its result is written.

    On f32, results are those of tactus, bit for bit but for which NaN: add, mul, div,
    max and min (NaN wins, +0 is above -0), exp, log, sqrt and rsqrt. `row_max` is
    tactus.max of a row. `row_sum` is a chain of f32 additions in ascending order that
    begins with +0. `apply` applies `function` as `systolic.activate` does; the slopes
    of prelu are the right operand. With function none it copies, and converts where
    `input` and `output` differ.

    Constraints:
    - (C1) `output` is i8, bf16 or f32; only i8 has a zero point.
    - (C2) `rows` and `columns` fit the instruction.
    - (C3) Only `apply` has a function; `alpha` is at most `beta` where it is clip.
    - (C4) Accumulators hold 4-byte types.
    - (C5) All rows exist; the result's do not overlap.

    Example:
    ```mlir
    %v = systolic.vec %a : !systolic.ub with %b : !systolic.ub to %b : !systolic.ub {kind = #systolic.operation<add>, rows = 4 : i64, columns = 4 : i64}
    ```
  }];
  let assemblyFormat = [{
    $lhs `:` type($lhs) (`with` $rhs^ `:` type($rhs))? `to` $destination `:` type($destination)
    (`wait` `(` $waits^ `)`)? attr-dict
  }];
}

#endif // TACTUS_SYSTOLIC_COMPUTE_OPS
