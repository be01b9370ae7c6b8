//===- Passes.td - From tactus ops to arithmetic -----------*- tablegen -*-===//
#ifndef TACTUS_CONVERSION_MATH_PASSES
#define TACTUS_CONVERSION_MATH_PASSES

include "mlir/Pass/PassBase.td"

def ExpandMathPass : Pass<"tactus-expand-math", "::mlir::ModuleOp"> {
  let summary = "Writes the ops inside kernels' loops as arithmetic.";
  let description = [{
    Replaces each elementwise op on vectors and scalars by arithmetic that needs no
    library: exponentials and logarithms become polynomials, within 2 units in the
    last place of the exact result for every input; f16 and bf16 are computed in f32
    and rounded once an op; ui8 becomes a signless integer.

    ```mlir
    %y = tactus.leaky_relu %x {alpha = 1.000000e-01 : f64} : vector<16xf32>
    ```
    becomes
    ```mlir
    %c = arith.constant dense<1.000000e-01> : vector<16xf32>
    %zero = arith.constant dense<0.000000e+00> : vector<16xf32>
    %negative = arith.cmpf olt, %x, %zero : vector<16xf32>
    %scaled = arith.mulf %c, %x : vector<16xf32>
    %y = arith.select %negative, %scaled, %x : vector<16xi1>, vector<16xf32>
    ```

    Left alone: ops on tensors.
  }];
  let options = [
    Option<"fma", "fma", "bool", "true",
           "The processor multiplies and adds with one rounding">,
    Option<"halfFloats", "half-floats", "bool", "true",
           "The processor converts between f16 and f32">,
    Option<"avx512", "avx512", "bool", "false",
           "The processor has 512-bit vectors">,
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::math::MathDialect",
                           "::mlir::scf::SCFDialect", "::mlir::vector::VectorDialect",
                           "::mlir::LLVM::LLVMDialect"];
}

#endif // TACTUS_CONVERSION_MATH_PASSES
