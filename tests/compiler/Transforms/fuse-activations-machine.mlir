// RUN: tactus-opt %s -split-input-file -pass-pipeline='builtin.module(func.func(tactus-fuse-activations))' | FileCheck %s

// On a systolic machine, what the drain and the vector unit can do rides on a
// product, tables of functions among it.
// CHECK-LABEL: func @takes_what_the_machine_runs
// CHECK:         tactus.fused
// CHECK:           tactus.matmul
// CHECK-NEXT:      tactus.dequantize
// CHECK-NEXT:      tactus.exp
// CHECK-NEXT:      tactus.yield
module attributes {systolic.machine = "edge"} {
func.func @takes_what_the_machine_runs(%x: tensor<4x16xi8>, %w: tensor<16x8xi8>, %s: tensor<8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.matmul %x, %w : (tensor<4x16xi8>, tensor<16x8xi8>) -> tensor<4x8xi32>
  %1 = tactus.dequantize %0, %s : (tensor<4x8xi32>, tensor<8xf32>) -> tensor<4x8xf32>
  %2 = tactus.exp %1 : tensor<4x8xf32>
  return %2 : tensor<4x8xf32>
}
}

// -----

// Negative: the vector unit has no sine.
// CHECK-LABEL: func @leaves_what_the_machine_lacks
// CHECK:         tactus.fused
// CHECK:           tactus.dequantize
// CHECK-NEXT:      tactus.yield
// CHECK:         }
// CHECK-NEXT:    tactus.sin
module attributes {systolic.machine = "edge"} {
func.func @leaves_what_the_machine_lacks(%x: tensor<4x16xi8>, %w: tensor<16x8xi8>, %s: tensor<8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.matmul %x, %w : (tensor<4x16xi8>, tensor<16x8xi8>) -> tensor<4x8xi32>
  %1 = tactus.dequantize %0, %s : (tensor<4x8xi32>, tensor<8xf32>) -> tensor<4x8xf32>
  %2 = tactus.sin %1 : tensor<4x8xf32>
  return %2 : tensor<4x8xf32>
}
}
