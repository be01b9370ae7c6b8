// RUN: tactus-opt %s -pass-pipeline='builtin.module(func.func(tactus-fuse-elementwise))' | FileCheck %s

// CHECK-LABEL: func @chain_is_one_region
// CHECK:         tactus.fused
// CHECK:           tactus.mul
// CHECK:           tactus.add
// CHECK:           tactus.tanh
// CHECK:           tactus.yield
// CHECK-NOT:     tactus.fused
// CHECK:         return
func.func @chain_is_one_region(%x: tensor<4x8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.mul %x, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  %1 = tactus.add %0, %x : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = tactus.tanh %1 : tensor<4x8xf32>
  return %2 : tensor<4x8xf32>
}

// CHECK-LABEL: func @softmax_is_one_region
// CHECK:         tactus.fused
// CHECK:           tactus.max
// CHECK:           tactus.sub
// CHECK:           tactus.exp
// CHECK:           tactus.sum
// CHECK:           tactus.div
// CHECK:           tactus.yield
// CHECK-NOT:     tactus.fused
// CHECK:         return
func.func @softmax_is_one_region(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %m = tactus.max %x {axes = array<i64: 1>, keepdims = true} : (tensor<4x8xf32>) -> tensor<4x1xf32>
  %d = tactus.sub %x, %m : (tensor<4x8xf32>, tensor<4x1xf32>) -> tensor<4x8xf32>
  %e = tactus.exp %d : tensor<4x8xf32>
  %s = tactus.sum %e {axes = array<i64: 1>, keepdims = true} : (tensor<4x8xf32>) -> tensor<4x1xf32>
  %y = tactus.div %e, %s : (tensor<4x8xf32>, tensor<4x1xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// A splat comes along as a copy, so that the region need not read it.
// CHECK-LABEL: func @splat_comes_along
// CHECK:         tactus.fused (%{{.+}} = %{{.+}}) :
// CHECK:           tactus.constant dense<2.000000e+00>
// CHECK:           tactus.mul
func.func @splat_comes_along(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %c = tactus.constant dense<2.0> : tensor<f32>
  %0 = tactus.mul %x, %c : (tensor<4x8xf32>, tensor<f32>) -> tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// Negative: reductions over different axes are different loops.
// CHECK-LABEL: func @different_axes_stay_apart
// CHECK:         tactus.fused
// CHECK:           tactus.sum
// CHECK:           tactus.yield
// CHECK:         tactus.fused
// CHECK:           tactus.sum
func.func @different_axes_stay_apart(%x: tensor<4x8x3xf32>) -> tensor<4xf32> {
  %0 = tactus.sum %x {axes = array<i64: 2>} : (tensor<4x8x3xf32>) -> tensor<4x8xf32>
  %1 = tactus.sum %0 {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// Negative: a value that others read is computed once, on its own.
// CHECK-LABEL: func @shared_value_stays_apart
// CHECK:         %[[E:.+]] = tactus.fused
// CHECK:           tactus.exp
// CHECK:         tactus.fused (%{{.+}} = %[[E]])
// CHECK:           tactus.neg
func.func @shared_value_stays_apart(%x: tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>) {
  %0 = tactus.exp %x : tensor<4x8xf32>
  %1 = tactus.neg %0 : tensor<4x8xf32>
  return %0, %1 : tensor<4x8xf32>, tensor<4x8xf32>
}

// Negative: reshape costs nothing outside.
// CHECK-LABEL: func @reshape_stays_outside
// CHECK:         tactus.fused
// CHECK-NOT:       tactus.reshape
// CHECK:           tactus.yield
// CHECK:         tactus.reshape
func.func @reshape_stays_outside(%x: tensor<4x8xf32>) -> tensor<32xf32> {
  %0 = tactus.exp %x : tensor<4x8xf32>
  %1 = tactus.reshape %0 {shape = array<i64: 32>} : (tensor<4x8xf32>) -> tensor<32xf32>
  return %1 : tensor<32xf32>
}

// A dimension of size 1 that does not repeat is no broadcast: one row too is one
// region.
// CHECK-LABEL: func @one_row
// CHECK:         %[[Y:.+]] = tactus.fused
// CHECK:           tactus.add
// CHECK:           tactus.sum
// CHECK:           tactus.div
// CHECK:         return %[[Y]]
func.func @one_row(%x: tensor<1x8xf32>, %b: tensor<8xf32>) -> tensor<1x8xf32> {
  %0 = tactus.add %x, %b : (tensor<1x8xf32>, tensor<8xf32>) -> tensor<1x8xf32>
  %1 = tactus.sum %0 {axes = array<i64: 1>, keepdims = true} : (tensor<1x8xf32>) -> tensor<1x1xf32>
  %2 = tactus.div %0, %1 : (tensor<1x8xf32>, tensor<1x1xf32>) -> tensor<1x8xf32>
  return %2 : tensor<1x8xf32>
}

// What each part is computed from rides with the concat.
// CHECK-LABEL: func @parts_of_a_concat
// CHECK:         %[[Y:.+]] = tactus.fused
// CHECK:           tactus.exp
// CHECK:           tactus.slice
// CHECK:           tactus.concat
// CHECK:           tactus.concat
// CHECK:         return %[[Y]]
func.func @parts_of_a_concat(%x: tensor<4x8xf32>) -> tensor<9x8xf32> {
  %0 = tactus.exp %x : tensor<4x8xf32>
  %1 = tactus.slice %x {starts = array<i64: 0>, ends = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<1x8xf32>
  %2 = tactus.concat %0, %1 {axis = 0 : i64} : (tensor<4x8xf32>, tensor<1x8xf32>) -> tensor<5x8xf32>
  %3 = tactus.concat %2, %x {axis = 0 : i64} : (tensor<5x8xf32>, tensor<4x8xf32>) -> tensor<9x8xf32>
  return %3 : tensor<9x8xf32>
}

// Negative: what reads a concat asks for elements of both parts in one loop.
// CHECK-LABEL: func @users_of_a_concat_stay_apart
// CHECK:         tactus.fused
// CHECK:           tactus.concat
// CHECK:         tactus.fused
// CHECK:           tactus.exp
func.func @users_of_a_concat_stay_apart(%x: tensor<4x8xf32>) -> tensor<8x8xf32> {
  %0 = tactus.concat %x, %x {axis = 0 : i64} : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<8x8xf32>
  %1 = tactus.exp %0 : tensor<8x8xf32>
  return %1 : tensor<8x8xf32>
}

// What reads a gather rides with it, and so do its indices.
// CHECK-LABEL: func @gather_with_neighbors
// CHECK:         %[[Y:.+]] = tactus.fused
// CHECK:           tactus.neg
// CHECK:           tactus.gather
// CHECK:           tactus.exp
// CHECK:         return %[[Y]]
func.func @gather_with_neighbors(%x: tensor<4x8xf32>, %i: tensor<3xi64>) -> tensor<3x8xf32> {
  %0 = tactus.neg %i : tensor<3xi64>
  %1 = tactus.gather %x, %0 : (tensor<4x8xf32>, tensor<3xi64>) -> tensor<3x8xf32>
  %2 = tactus.exp %1 : tensor<3x8xf32>
  return %2 : tensor<3x8xf32>
}

// Negative: which elements of its data a gather wants is not known before.
// CHECK-LABEL: func @data_of_a_gather_stays_apart
// CHECK:         tactus.fused
// CHECK:           tactus.exp
// CHECK:         tactus.fused
// CHECK:           tactus.gather
func.func @data_of_a_gather_stays_apart(%x: tensor<4x8xf32>, %i: tensor<3xi64>) -> tensor<3x8xf32> {
  %0 = tactus.exp %x : tensor<4x8xf32>
  %1 = tactus.gather %0, %i : (tensor<4x8xf32>, tensor<3xi64>) -> tensor<3x8xf32>
  return %1 : tensor<3x8xf32>
}

// What is copied and what is put there are computed on the way.
// CHECK-LABEL: func @scatter_with_neighbors
// CHECK:         %[[Y:.+]] = tactus.fused
// CHECK-DAG:       tactus.exp
// CHECK-DAG:       tactus.neg
// CHECK:           tactus.scatter_nd
// CHECK:         return %[[Y]]
func.func @scatter_with_neighbors(%x: tensor<4x8xf32>, %i: tensor<3x1xi64>, %u: tensor<3x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.exp %x : tensor<4x8xf32>
  %1 = tactus.neg %u : tensor<3x8xf32>
  %2 = tactus.scatter_nd %0, %i, %1 : (tensor<4x8xf32>, tensor<3x1xi64>, tensor<3x8xf32>) -> tensor<4x8xf32>
  return %2 : tensor<4x8xf32>
}
