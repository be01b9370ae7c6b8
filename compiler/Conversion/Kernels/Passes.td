//===- Passes.td - From kernels on tensors to loops ------*- tablegen -*-===//
#ifndef TACTUS_CONVERSION_KERNELS_PASSES
#define TACTUS_CONVERSION_KERNELS_PASSES

include "mlir/Pass/PassBase.td"

def TileKernelsPass : Pass<"tactus-tile-kernels", "::mlir::ModuleOp"> {
  let summary = "Turns kernels without contractions into loops over 1-D vectors.";
  let description = [{
    Replaces each `tactus.kernel` of elementwise ops, data movement and reductions
    over the same axes by a function on flat memory: loops whose innermost counts
    16 elements at once, on vectors of which the same tactus ops stand. Loops that
    lie one behind the other in every buffer are merged. A reduction keeps 16 sums
    and joins them in a fixed tree, whatever the machine. What several passes over
    a row need, and costs more than a load, is kept in scratch memory. Running sums and
    products go along their axis in order, 16 neighboring rows at once where there are
    any; sort and top_k merge pairs of a key and an index in scratch memory.

    The function has the extent of its loop and the bytes of its scratch memory as
    attributes, and `tactus.work`: the operations that the kernel asks for, the bytes
    of each buffer that have to be moved, its ops and a shape, for profiles.

    ```mlir
    tactus.kernel @k(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
      %0 = tactus.relu %x : tensor<4x8xf32>
      tactus.yield %0 : tensor<4x8xf32>
    }
    ```
    becomes
    ```mlir
    func.func @k(%x: memref<32xf32>, %y: memref<32xf32>, %scratch: memref<1xi8>,
                 %begin: index, %end: index, %status: memref<2xi64>) {
      ... scf.for %i = ... step %c16 {
        %0 = vector.load %x[%i] : memref<32xf32>, vector<16xf32>
        %1 = tactus.relu %0 : vector<16xf32>
        vector.store %1, %y[%i] : memref<32xf32>, vector<16xf32>
      }
    ```

    Left alone: kernels with a contraction.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::func::FuncDialect",
                           "::mlir::memref::MemRefDialect", "::mlir::scf::SCFDialect",
                           "::mlir::vector::VectorDialect"];
}

def LowerContractionsPass : Pass<"tactus-lower-contractions", "::mlir::ModuleOp"> {
  let summary = "Turns kernels around a matrix product into register-tiled loops.";
  let description = [{
    Replaces each `tactus.kernel` with a `tactus.matmul` by a function on flat
    memory. For each panel of columns, tiles of rows keep their sums in registers
    over all of k, one chain of multiply-adds ascending in k; the epilogue is
    applied to the sums before they are stored. A right operand that is not packed
    is copied a panel at a time, unless there are too few rows to pay for it.

    ```mlir
    %0 = tactus.matmul %x, %w : (tensor<12x16xf32>, tensor<16x64xf32>) -> tensor<12x64xf32>
    ```
    becomes
    ```mlir
    scf.for %panel = %begin to %end step %c1 {
      scf.for %row = %c0 to %c12 step %c6 {
        %sums:12 = scf.for %k = %c0 to %c16 step %c1 iter_args(...) {
          ... math.fma ... : vector<8xf32>
    ```

    Left alone: kernels without a contraction.
  }];
  let options = [
    Option<"vectorBits", "vector-bits", "int64_t", "256", "Width of a vector register">,
    Option<"vectorRegisters", "vector-registers", "int64_t", "16",
           "Number of vector registers">,
    Option<"fma", "fma", "bool", "true", "Whether the machine has fused multiply-add">,
    Option<"byteProducts", "byte-products", "bool", "false",
           "Whether the machine sums products of four bytes in one instruction">,
    Option<"l1Bytes", "l1-bytes", "int64_t", "32768", "Bytes of a core's first data cache">,
    Option<"l2Bytes", "l2-bytes", "int64_t", "262144", "Bytes of a core's second cache">,
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::func::FuncDialect",
                           "::mlir::math::MathDialect", "::mlir::memref::MemRefDialect",
                           "::mlir::scf::SCFDialect", "::mlir::vector::VectorDialect",
                           "::mlir::LLVM::LLVMDialect"];
}

#endif // TACTUS_CONVERSION_KERNELS_PASSES
