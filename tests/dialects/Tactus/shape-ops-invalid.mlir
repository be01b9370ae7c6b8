// RUN: tactus-opt %s -split-input-file -verify-diagnostics

func.func @reshape_c1_two_unknown_sizes(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected sizes, and -1 at most once, but got -1 as dim 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.reshape %x {shape = array<i64: -1, -1>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @reshape_c2_elements_differ(%x: tensor<4x8xf32>) -> tensor<5x6xf32> {
  // expected-error @below {{expected a shape of 32 elements, but got 30}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.reshape %x {shape = array<i64: 5, 6>} : (tensor<4x8xf32>) -> tensor<5x6xf32>
  return %r : tensor<5x6xf32>
}

// -----

func.func @transpose_c1_dim_twice(%x: tensor<4x8xf32>) -> tensor<4x4xf32> {
  // expected-error @below {{expected perm to hold each of the 2 dimensions once, but got [0, 0]}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.transpose %x {perm = array<i64: 0, 0>} : (tensor<4x8xf32>) -> tensor<4x4xf32>
  return %r : tensor<4x4xf32>
}

// -----

func.func @broadcast_c1_negative_size(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected sizes, but got -1 as dim 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.broadcast %x {shape = array<i64: -1, 8>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @broadcast_c2_shapes_do_not_broadcast(%x: tensor<4x8xf32>) -> tensor<4x9xf32> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (8) and rhs dim -1 (9)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.broadcast %x {shape = array<i64: 4, 9>} : (tensor<4x8xf32>) -> tensor<4x9xf32>
  return %r : tensor<4x9xf32>
}

// -----

func.func @slice_c1_lengths_differ(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected starts, ends, axes and steps of one length, but got 1, 2, 1 and 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.slice %x {starts = array<i64: 0>, ends = array<i64: 1, 2>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @slice_c2_axis_twice(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected each axis once, but got 1 twice}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.slice %x {starts = array<i64: 0, 0>, ends = array<i64: 1, 2>, axes = array<i64: 1, -1>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @slice_c3_step_zero(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected positive steps, but got 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.slice %x {starts = array<i64: 0>, ends = array<i64: 1>, steps = array<i64: 0>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}
