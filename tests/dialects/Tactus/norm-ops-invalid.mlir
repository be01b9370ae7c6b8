// RUN: tactus-opt %s -split-input-file -verify-diagnostics

func.func @log_sum_exp_c1_axis_twice(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected each axis once, but got 1 twice}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.log_sum_exp %x {axes = array<i64: 1, -1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @l1_norm_c1_axis_twice(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected each axis once, but got 1 twice}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.l1_norm %x {axes = array<i64: 1, -1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @l2_norm_c1_axis_twice(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected each axis once, but got 1 twice}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.l2_norm %x {axes = array<i64: 1, -1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @variance_c1_axis_twice(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected each axis once, but got 1 twice}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.variance %x {axes = array<i64: 1, -1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @variance_c2_correction(%x: tensor<4x8xf32>) -> tensor<f32> {
  // expected-error @below {{expected a correction of 0 or 1, but got 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.variance %x {correction = 2 : i64} : (tensor<4x8xf32>) -> tensor<f32>
  return %r : tensor<f32>
}
