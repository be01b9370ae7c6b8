// RUN: tactus-opt %s -tactus-hoist-prepare -split-input-file | FileCheck %s

// CHECK-LABEL: func @prepare() -> (tensor<8xf32>, tensor<1x16x8xf32>)
// CHECK:         %[[B:.+]] = tactus.parameter @b
// CHECK:         %[[W:.+]] = tactus.parameter @w
// CHECK:         %[[P:.+]] = tactus.pack %[[W]]
// CHECK:         return %[[B]], %[[P]]
// CHECK-LABEL: func @main
// CHECK-SAME:    %[[X:.+]]: tensor<4x8xf32>, %[[PB:.+]]: tensor<8xf32> {tactus.prepared}, %[[PP:.+]]: tensor<1x16x8xf32> {tactus.prepared}
// CHECK-NOT:     tactus.parameter
// CHECK:         tactus.add %[[X]], %[[PB]]
// CHECK:         tactus.fused (%{{.+}} = %[[X]], %{{.+}} = %[[PP]])
func.func @main(%x: tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x16xf32>) {
  %b = tactus.parameter @b : tensor<8xf32>
  %w = tactus.parameter @w : tensor<16x8xf32>
  %p = tactus.pack %w {tile = 8 : i64} : (tensor<16x8xf32>) -> tensor<1x16x8xf32>
  %0 = tactus.add %x, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  %1 = tactus.fused (%a = %x, %q = %p) : (tensor<4x8xf32>, tensor<1x16x8xf32>) -> tensor<4x16xf32> {
    %u = tactus.unpack %q {columns = 8 : i64} : (tensor<1x16x8xf32>) -> tensor<16x8xf32>
    %t = tactus.transpose %u {perm = array<i64: 1, 0>} : (tensor<16x8xf32>) -> tensor<8x16xf32>
    %m = tactus.matmul %a, %t : (tensor<4x8xf32>, tensor<8x16xf32>) -> tensor<4x16xf32>
    tactus.yield %m : tensor<4x16xf32>
  }
  return %0, %1 : tensor<4x8xf32>, tensor<4x16xf32>
}

// -----

// Negative: without parameters and constants there is nothing to prepare.
// CHECK-NOT:   @prepare
// CHECK-LABEL: func @main(%{{.+}}: tensor<4x8xf32>) -> tensor<4x8xf32>
func.func @main(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.relu %x : tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}
