// RUN: tactus-opt %s -split-input-file -verify-diagnostics

func.func @sum_c1_axis_twice(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected each axis once, but got 1 twice}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.sum %x {axes = array<i64: 1, -1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @mean_c1_axis_twice(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected each axis once, but got 1 twice}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.mean %x {axes = array<i64: 1, -1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @max_c1_axis_twice(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected each axis once, but got 1 twice}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.max %x {axes = array<i64: 1, -1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @min_c1_axis_twice(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected each axis once, but got 1 twice}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.min %x {axes = array<i64: 1, -1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @max_c2_empty_dim(%x: tensor<4x0xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected elements to compare, but got dim 1 of size 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.max %x {axes = array<i64: 1>} : (tensor<4x0xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @min_c2_empty_dim(%x: tensor<4x0xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected elements to compare, but got dim 1 of size 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.min %x {axes = array<i64: 1>} : (tensor<4x0xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @sum_c2_bytes_in_f32(%x: tensor<4xi8>) -> tensor<f32> {
  // expected-error @below {{expected element_type 'i32' for an input of 'i8', but got 'f32'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.sum %x {element_type = f32} : (tensor<4xi8>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

func.func @argmax_c1_axis_past_the_rank(%x: tensor<4x8xf32>) -> tensor<4xi64> {
  // expected-error @below {{expected an axis from -2 to 1, but got 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.argmax %x {axis = 2 : i64} : (tensor<4x8xf32>) -> tensor<4xi64>
  return %r : tensor<4xi64>
}

// -----

func.func @argmax_c2_empty_dim(%x: tensor<4x0xf32>) -> tensor<4xi64> {
  // expected-error @below {{expected elements to compare, but got dim 1 of size 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.argmax %x : (tensor<4x0xf32>) -> tensor<4xi64>
  return %r : tensor<4xi64>
}

// -----

func.func @layer_norm_c1_axis_past_the_rank(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected an axis from -2 to 1, but got 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.layer_norm %x {axis = 2 : i64} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @layer_norm_c2_scale_is_larger(%x: tensor<1x8xf32>, %s: tensor<4x8xf32>) -> tensor<1x8xf32> {
  // expected-error @below {{expected scale and bias that broadcast to 'tensor<1x8xf32>', but got 'tensor<4x8xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.layer_norm %x scale %s : (tensor<1x8xf32>, tensor<4x8xf32>) -> tensor<1x8xf32>
  return %r : tensor<1x8xf32>
}

// -----

func.func @layer_norm_c3_negative_epsilon(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected a finite epsilon of at least 0, but got -1}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.layer_norm %x {epsilon = -1.0 : f64} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @any_c1_axis_twice(%x: tensor<4x8xi1>) -> tensor<4xi1> {
  // expected-error @below {{expected each axis once, but got 1 twice}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.any %x {axes = array<i64: 1, -1>} : (tensor<4x8xi1>) -> tensor<4xi1>
  return %r : tensor<4xi1>
}

// -----

func.func @all_c1_axis_twice(%x: tensor<4x8xi1>) -> tensor<4xi1> {
  // expected-error @below {{expected each axis once, but got 1 twice}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.all %x {axes = array<i64: 1, -1>} : (tensor<4x8xi1>) -> tensor<4xi1>
  return %r : tensor<4xi1>
}

// -----

func.func @prod_c1_axis_twice(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected each axis once, but got 1 twice}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.prod %x {axes = array<i64: 1, -1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @prod_c2_element_type(%x: tensor<4x8xf32>) -> tensor<f64> {
  // expected-error @below {{expected element_type 'f32' for an input of 'f32', but got 'f64'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.prod %x {element_type = f64} : (tensor<4x8xf32>) -> tensor<f64>
  return %r : tensor<f64>
}

// -----

func.func @argmin_c1_axis_out_of_range(%x: tensor<4x8xf32>) -> tensor<8xi64> {
  // expected-error @below {{expected an axis from -2 to 1, but got 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.argmin %x {axis = 2 : i64} : (tensor<4x8xf32>) -> tensor<8xi64>
  return %r : tensor<8xi64>
}

// -----

func.func @argmin_c2_empty_dim(%x: tensor<0x8xf32>) -> tensor<8xi64> {
  // expected-error @below {{expected elements to compare, but got dim 0 of size 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.argmin %x {axis = 0 : i64} : (tensor<0x8xf32>) -> tensor<8xi64>
  return %r : tensor<8xi64>
}
