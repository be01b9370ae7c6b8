// RUN: tactus-opt %s | tactus-opt | FileCheck %s

// CHECK-LABEL: func @reshape
// CHECK:         tactus.reshape %{{.+}} {shape = array<i64: 2, -1>} : (tensor<4x8xf32>) -> tensor<2x16xf32>
func.func @reshape(%x: tensor<4x8xf32>) -> tensor<2x16xf32> {
  %r = tactus.reshape %x {shape = array<i64: 2, -1>} : (tensor<4x8xf32>) -> tensor<2x16xf32>
  return %r : tensor<2x16xf32>
}

// CHECK-LABEL: func @transpose
// CHECK:         tactus.transpose %{{.+}} {perm = array<i64: 1, 0>} : (tensor<4x8xf32>) -> tensor<8x4xf32>
func.func @transpose(%x: tensor<4x8xf32>) -> tensor<8x4xf32> {
  %r = tactus.transpose %x {perm = array<i64: 1, 0>} : (tensor<4x8xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// CHECK-LABEL: func @broadcast
// CHECK:         tactus.broadcast %{{.+}} {shape = array<i64: 3, 4, 8>} : (tensor<4x1xf32>) -> tensor<3x4x8xf32>
func.func @broadcast(%x: tensor<4x1xf32>) -> tensor<3x4x8xf32> {
  %r = tactus.broadcast %x {shape = array<i64: 3, 4, 8>} : (tensor<4x1xf32>) -> tensor<3x4x8xf32>
  return %r : tensor<3x4x8xf32>
}

// CHECK-LABEL: func @slice
// CHECK:         tactus.slice %{{.+}} {ends = array<i64: -1>, starts = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<2x8xf32>
func.func @slice(%x: tensor<4x8xf32>) -> tensor<2x8xf32> {
  %r = tactus.slice %x {starts = array<i64: 1>, ends = array<i64: -1>} : (tensor<4x8xf32>) -> tensor<2x8xf32>
  return %r : tensor<2x8xf32>
}
