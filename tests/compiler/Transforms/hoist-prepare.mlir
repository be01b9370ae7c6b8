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

// -----

// What no input reaches leaves the function of a region, and gets there as an
// argument; but not where an index may be out of range, as the region may never
// run.
// CHECK-LABEL: func @prepare() -> (tensor<4xf32>
// CHECK:         %[[W:.+]] = tactus.parameter @w
// CHECK:         %[[N:.+]] = tactus.neg %[[W]]
// CHECK-LABEL: func @main
// CHECK-SAME:    %[[PN:[^ :]+]]: tensor<4xf32> {tactus.prepared}) ->
// CHECK:         func.call @then(%{{.+}}, %{{.+}}, %{{.+}}, %[[PN]])
// CHECK-LABEL: func private @then
// CHECK-SAME:    (%[[X:[^ :]+]]: tensor<4xf32>, {{.*}}, %[[A:[^ :]+]]: tensor<4xf32>) ->
// CHECK:         tactus.gather
// CHECK:         tactus.add %[[X]], %[[A]]
func.func @main(%x: tensor<4xf32>, %c: tensor<i1>) -> (tensor<4xf32>, tensor<2xf32>) {
  %r:2 = tactus.if %c : (tensor<i1>) -> (tensor<4xf32>, tensor<2xf32>) then {
    %0:2 = func.call @then(%x) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<2xf32>)
    tactus.yield %0#0, %0#1 : tensor<4xf32>, tensor<2xf32>
  } else {
    %0:2 = func.call @else(%x) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<2xf32>)
    tactus.yield %0#0, %0#1 : tensor<4xf32>, tensor<2xf32>
  }
  return %r#0, %r#1 : tensor<4xf32>, tensor<2xf32>
}
func.func private @then(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<2xf32>) {
  %w = tactus.parameter @w : tensor<4xf32>
  %i = tactus.constant dense<[1, 2]> : tensor<2xi64>
  %n = tactus.neg %w : tensor<4xf32>
  %g = tactus.gather %w, %i : (tensor<4xf32>, tensor<2xi64>) -> tensor<2xf32>
  %0 = tactus.add %x, %n : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0, %g : tensor<4xf32>, tensor<2xf32>
}
func.func private @else(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<2xf32>) {
  %0 = tactus.slice %x {starts = array<i64: 0>, ends = array<i64: 2>} : (tensor<4xf32>) -> tensor<2xf32>
  return %x, %0 : tensor<4xf32>, tensor<2xf32>
}
