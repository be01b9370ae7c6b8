// RUN: tactus-opt %s | tactus-opt | FileCheck %s

// CHECK-LABEL: func @sum
// CHECK:         tactus.sum %{{.+}} {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
func.func @sum(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %r = tactus.sum %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// CHECK-LABEL: func @mean
// CHECK:         tactus.mean %{{.+}} {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
func.func @mean(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %r = tactus.mean %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// CHECK-LABEL: func @max
// CHECK:         tactus.max %{{.+}} {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
func.func @max(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %r = tactus.max %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// CHECK-LABEL: func @min
// CHECK:         tactus.min %{{.+}} {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
func.func @min(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %r = tactus.min %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// CHECK-LABEL: func @argmax
// CHECK:         tactus.argmax %{{.+}} {axis = 0 : i64} : (tensor<4x8xf32>) -> tensor<8xi64>
func.func @argmax(%x: tensor<4x8xf32>) -> tensor<8xi64> {
  %r = tactus.argmax %x {axis = 0 : i64} : (tensor<4x8xf32>) -> tensor<8xi64>
  return %r : tensor<8xi64>
}

// CHECK-LABEL: func @layer_norm
// CHECK:         tactus.layer_norm %{{.+}} scale %{{.+}} bias %{{.+}} : (tensor<4x8xf32>, tensor<8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
func.func @layer_norm(%x: tensor<4x8xf32>, %s: tensor<8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %r = tactus.layer_norm %x scale %s bias %b : (tensor<4x8xf32>, tensor<8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// A bias without a scale stays a bias.
// CHECK-LABEL: func.func @layer_norm_without_scale
// CHECK:         tactus.layer_norm %{{.+}} bias %{{.+}} : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
func.func @layer_norm_without_scale(%x: tensor<4x8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %r = tactus.layer_norm %x bias %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @prod
// CHECK:         tactus.prod %{{.+}} {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
func.func @prod(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %r = tactus.prod %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// CHECK-LABEL: func @argmin
// CHECK:         tactus.argmin %{{.+}} {axis = 0 : i64} : (tensor<4x8xf32>) -> tensor<8xi64>
func.func @argmin(%x: tensor<4x8xf32>) -> tensor<8xi64> {
  %r = tactus.argmin %x {axis = 0 : i64} : (tensor<4x8xf32>) -> tensor<8xi64>
  return %r : tensor<8xi64>
}

// CHECK-LABEL: func @any
// CHECK:         tactus.any %{{.+}} {axes = array<i64: 1>} : (tensor<4x8xi1>) -> tensor<4xi1>
func.func @any(%x: tensor<4x8xi1>) -> tensor<4xi1> {
  %r = tactus.any %x {axes = array<i64: 1>} : (tensor<4x8xi1>) -> tensor<4xi1>
  return %r : tensor<4xi1>
}

// CHECK-LABEL: func @all
// CHECK:         tactus.all %{{.+}} {axes = array<i64: 1>} : (tensor<4x8xi1>) -> tensor<4xi1>
func.func @all(%x: tensor<4x8xi1>) -> tensor<4xi1> {
  %r = tactus.all %x {axes = array<i64: 1>} : (tensor<4x8xi1>) -> tensor<4xi1>
  return %r : tensor<4xi1>
}

// CHECK-LABEL: func @sequential_sum
// CHECK:         tactus.sum %{{.+}} {axes = array<i64: 1>, sequential = true} : (tensor<4x8xf32>) -> tensor<4xf32>
func.func @sequential_sum(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %r = tactus.sum %x {axes = array<i64: 1>, sequential = true} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}
