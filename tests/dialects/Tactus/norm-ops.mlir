// RUN: tactus-opt %s | tactus-opt | FileCheck %s

// CHECK-LABEL: func @log_sum_exp
// CHECK:         tactus.log_sum_exp %{{.+}} {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
func.func @log_sum_exp(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %r = tactus.log_sum_exp %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// CHECK-LABEL: func @l1_norm
// CHECK:         tactus.l1_norm %{{.+}} {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
func.func @l1_norm(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %r = tactus.l1_norm %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// CHECK-LABEL: func @l2_norm
// CHECK:         tactus.l2_norm %{{.+}} {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
func.func @l2_norm(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %r = tactus.l2_norm %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// CHECK-LABEL: func @variance
// CHECK:         tactus.variance %{{.+}} {axes = array<i64: 1>, correction = 1 : i64} : (tensor<4x8xf32>) -> tensor<4xf32>
func.func @variance(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %r = tactus.variance %x {axes = array<i64: 1>, correction = 1 : i64} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}
