// RUN: tactus-opt %s --tactus-lower-to-llvm | FileCheck %s

// The whole pipeline: nothing but the LLVM dialect is left, and invariant code
// stands before its loop.

// CHECK-NOT:   func.func
// CHECK-LABEL: llvm.func private @scale
// CHECK:         ^bb2:
// CHECK:         llvm.load {{.*}}alignment = 4 : i64{{.*}} -> vector<16xf32>
// CHECK-NEXT:    llvm.fmul
// CHECK:         llvm.store {{.*}}alignment = 4 : i64{{.*}} : vector<16xf32>
// CHECK:         llvm.br ^bb1
// CHECK:       llvm.func @_tactus_scale
func.func @scale(%x: memref<64xf32>, %y: memref<64xf32>, %scratch: memref<1xi8>,
                 %begin: index, %end: index, %status: memref<2xi64>)
    attributes {tactus.extent = 4 : i64, tactus.scratch = 1 : i64} {
  %c1 = arith.constant 1 : index
  %c16 = arith.constant 16 : index
  scf.for %i = %begin to %end step %c1 {
    %c3 = arith.constant 3.0 : f32
    %three = vector.broadcast %c3 : f32 to vector<16xf32>
    %at = arith.muli %i, %c16 : index
    %v = vector.load %x[%at] : memref<64xf32>, vector<16xf32>
    %p = arith.mulf %v, %three : vector<16xf32>
    vector.store %p, %y[%at] : memref<64xf32>, vector<16xf32>
  }
  return
}

// CHECK-LABEL: llvm.func private @masked_tail
// CHECK:         llvm.intr.masked.load
// CHECK:         llvm.intr.fma
// CHECK:         llvm.intr.masked.store
func.func @masked_tail(%x: memref<5xf32>, %y: memref<5xf32>, %scratch: memref<1xi8>,
                       %begin: index, %end: index, %status: memref<2xi64>)
    attributes {tactus.extent = 1 : i64, tactus.scratch = 1 : i64} {
  %c0 = arith.constant 0 : index
  %mask = vector.constant_mask [5] : vector<16xi1>
  %zero = arith.constant dense<0.0> : vector<16xf32>
  %v = vector.maskedload %x[%c0], %mask, %zero : memref<5xf32>, vector<16xi1>, vector<16xf32> into vector<16xf32>
  %s = math.fma %v, %v, %v : vector<16xf32>
  vector.maskedstore %y[%c0], %mask, %s : memref<5xf32>, vector<16xi1>, vector<16xf32>
  return
}
