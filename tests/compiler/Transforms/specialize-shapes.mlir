// RUN: tactus-opt %s -tactus-specialize-shapes=dims=batch=4,rows=3 -split-input-file | FileCheck %s

// CHECK-LABEL: func @main
// CHECK-SAME:    %{{.+}}: tensor<4x16xf32>
// CHECK-SAME:    -> tensor<4x8xf32>
// CHECK:         tactus.matmul {{.+}} -> tensor<4x8xf32>
// CHECK:         tactus.relu %{{.+}} : tensor<4x8xf32>
func.func @main(%x: tensor<?x16xf32> {tactus.dims = ["batch", ""]}, %w: tensor<16x8xf32>) -> tensor<?x8xf32> {
  %0 = tactus.matmul %x, %w : (tensor<?x16xf32>, tensor<16x8xf32>) -> tensor<?x8xf32>
  %1 = tactus.relu %0 : tensor<?x8xf32>
  return %1 : tensor<?x8xf32>
}

// -----

// The unknown size of a reshape becomes known with the input's.
// CHECK-LABEL: func @main
// CHECK:         tactus.reshape %{{.+}} {shape = array<i64: -1, 4>} : (tensor<3x8xf32>) -> tensor<6x4xf32>
func.func @main(%x: tensor<?x8xf32> {tactus.dims = ["rows", ""]}) -> tensor<?x4xf32> {
  %0 = tactus.reshape %x {shape = array<i64: -1, 4>} : (tensor<?x8xf32>) -> tensor<?x4xf32>
  return %0 : tensor<?x4xf32>
}

// -----

// Negative: a dimension that the option does not name stays dynamic.
// CHECK-LABEL: func @main
// CHECK:         tactus.relu %{{.+}} : tensor<?x8xf32>
func.func @main(%x: tensor<?x8xf32> {tactus.dims = ["other", ""]}) -> tensor<?x8xf32> {
  %0 = tactus.relu %x : tensor<?x8xf32>
  return %0 : tensor<?x8xf32>
}
