// RUN: tactus-opt %s -pass-pipeline='builtin.module(func.func(tactus-fuse-activations))' | FileCheck %s

// CHECK-LABEL: func @bias_and_activation_ride_on_matmul
// CHECK:         %[[F:.+]] = tactus.fused
// CHECK:           tactus.matmul
// CHECK:           tactus.add
// CHECK:           tactus.gelu
// CHECK:           tactus.yield
// CHECK:         return %[[F]]
func.func @bias_and_activation_ride_on_matmul(%x: tensor<4x16xf32>, %w: tensor<16x8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.matmul %x, %w : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
  %1 = tactus.add %0, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  %2 = tactus.gelu %1 : tensor<4x8xf32>
  return %2 : tensor<4x8xf32>
}

// CHECK-LABEL: func @transposed_operand_is_read_in_place
// CHECK:         tactus.fused
// CHECK:           tactus.transpose
// CHECK:           tactus.matmul
// CHECK:           tactus.yield
func.func @transposed_operand_is_read_in_place(%x: tensor<4x16xf32>, %w: tensor<8x16xf32>) -> tensor<4x8xf32> {
  %t = tactus.transpose %w {perm = array<i64: 1, 0>} : (tensor<8x16xf32>) -> tensor<16x8xf32>
  %0 = tactus.matmul %x, %t : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// Branches that join are one epilogue, before and behind the ops that all goes through.
// CHECK-LABEL: func @branches_ride_on_matmul
// CHECK:         %[[F:.+]] = tactus.fused
// CHECK:           tactus.matmul
// CHECK:           tactus.add
// CHECK:           tactus.sigmoid
// CHECK:           tactus.tanh
// CHECK:           tactus.mul
// CHECK:           tactus.mul
// CHECK:           tactus.mul
// CHECK:           tactus.yield
// CHECK:         return %[[F]]
func.func @branches_ride_on_matmul(%x: tensor<4x16xf32>, %w: tensor<16x8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.matmul %x, %w : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
  %1 = tactus.add %0, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  %2 = tactus.sigmoid %1 : tensor<4x8xf32>
  %3 = tactus.tanh %1 : tensor<4x8xf32>
  %4 = tactus.mul %1, %2 : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %5 = tactus.mul %3, %4 : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %6 = tactus.mul %5, %5 : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  return %6 : tensor<4x8xf32>
}

// Negative: one branch is a result, another one a reduction.
// CHECK-LABEL: func @keeps_open_branches_apart
// CHECK:         %[[F:.+]] = tactus.fused
// CHECK:           tactus.matmul
// CHECK-NEXT:      tactus.relu
// CHECK-NEXT:      tactus.yield
// CHECK:         tactus.sigmoid %[[F]]
func.func @keeps_open_branches_apart(%x: tensor<4x16xf32>, %w: tensor<16x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x1xf32>) {
  %0 = tactus.matmul %x, %w : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
  %1 = tactus.relu %0 : tensor<4x8xf32>
  %2 = tactus.sigmoid %1 : tensor<4x8xf32>
  %3 = tactus.mul %1, %2 : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %4 = tactus.max %1 {axes = array<i64: 1>, keepdims = true} : (tensor<4x8xf32>) -> tensor<4x1xf32>
  return %2, %3, %4 : tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x1xf32>
}

// Negative: the second user needs the sum before the activation.
// CHECK-LABEL: func @keeps_relu_apart_when_matmul_has_second_user
// CHECK:         %[[F:.+]] = tactus.fused
// CHECK-NOT:       tactus.relu
// CHECK:           tactus.yield
// CHECK:         tactus.relu %[[F]]
func.func @keeps_relu_apart_when_matmul_has_second_user(%x: tensor<4x16xf32>, %w: tensor<16x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>) {
  %0 = tactus.matmul %x, %w : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
  %1 = tactus.relu %0 : tensor<4x8xf32>
  return %0, %1 : tensor<4x8xf32>, tensor<4x8xf32>
}

// Negative: a reduction is not an epilogue.
// CHECK-LABEL: func @keeps_reduction_apart
// CHECK:           tactus.yield
// CHECK:         tactus.max
func.func @keeps_reduction_apart(%x: tensor<4x16xf32>, %w: tensor<16x8xf32>) -> tensor<4xf32> {
  %0 = tactus.matmul %x, %w : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
  %1 = tactus.max %0 {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// Negative: an op that makes the result larger needs other loops.
// CHECK-LABEL: func @keeps_broadcasting_add_apart
// CHECK:           tactus.yield
// CHECK:         tactus.add
func.func @keeps_broadcasting_add_apart(%x: tensor<4x16xf32>, %w: tensor<16x8xf32>, %b: tensor<3x1x1xf32>) -> tensor<3x4x8xf32> {
  %0 = tactus.matmul %x, %w : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
  %1 = tactus.add %0, %b : (tensor<4x8xf32>, tensor<3x1x1xf32>) -> tensor<3x4x8xf32>
  return %1 : tensor<3x4x8xf32>
}

// Negative: what depends on parameters alone is computed once, at load.
// CHECK-LABEL: func @transposed_parameter_stays_outside
// CHECK:         tactus.transpose
// CHECK:         tactus.fused
// CHECK-NOT:     tactus.transpose
// CHECK:         return
func.func @transposed_parameter_stays_outside(%x: tensor<4x16xf32>) -> tensor<4x100xf32> {
  %w = tactus.parameter @w : tensor<100x16xf32>
  %t = tactus.transpose %w {perm = array<i64: 1, 0>} : (tensor<100x16xf32>) -> tensor<16x100xf32>
  %0 = tactus.matmul %x, %t : (tensor<4x16xf32>, tensor<16x100xf32>) -> tensor<4x100xf32>
  return %0 : tensor<4x100xf32>
}

// A scale for each column rides on the sums like a bias.
// CHECK-LABEL: func @takes_requantize_per_channel
// CHECK:         tactus.fused (%{{.+}} = %{{.+}}, %{{.+}} = %{{.+}}, %[[S:.+]] = %arg2, %[[Z:.+]] = %arg3)
// CHECK-NEXT:      %[[SUM:.+]] = tactus.matmul
// CHECK-NEXT:      %[[Q:.+]] = tactus.requantize %[[SUM]], %[[S]], %[[Z]]
// CHECK-NEXT:      tactus.yield %[[Q]]
func.func @takes_requantize_per_channel(%x: tensor<4x16xi8>, %w: tensor<16x8xi8>, %s: tensor<8xf32>, %z: tensor<8xi32>) -> tensor<4x8xi8> {
  %0 = tactus.matmul %x, %w : (tensor<4x16xi8>, tensor<16x8xi8>) -> tensor<4x8xi32>
  %1 = tactus.requantize %0, %s, %z {to = i8} : (tensor<4x8xi32>, tensor<8xf32>, tensor<8xi32>) -> tensor<4x8xi8>
  return %1 : tensor<4x8xi8>
}
