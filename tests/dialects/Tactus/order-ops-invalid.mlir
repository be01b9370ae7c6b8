// RUN: tactus-opt %s -split-input-file -verify-diagnostics

func.func @cumsum_c1_axis_out_of_range(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected an axis from -2 to 1, but got 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.cumsum %x {axis = 2 : i64} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @cumprod_c1_axis_out_of_range(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected an axis from -2 to 1, but got 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.cumprod %x {axis = 2 : i64} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @sort_c1_axis_out_of_range(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected an axis from -2 to 1, but got 2}}
  // expected-error @below {{failed to infer returned types}}
  %v, %i = tactus.sort %x {axis = 2 : i64} : (tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xi64>)
  return %v : tensor<4x8xf32>
}

// -----

func.func @top_k_c1_axis_out_of_range(%x: tensor<4x8xf32>) -> tensor<4x1xf32> {
  // expected-error @below {{expected an axis from -2 to 1, but got 2}}
  // expected-error @below {{failed to infer returned types}}
  %v, %i = tactus.top_k %x {k = 1 : i64, axis = 2 : i64} : (tensor<4x8xf32>) -> (tensor<4x1xf32>, tensor<4x1xi64>)
  return %v : tensor<4x1xf32>
}

// -----

func.func @top_k_c2_more_than_there_are(%x: tensor<4x8xf32>) -> tensor<4x9xf32> {
  // expected-error @below {{expected k from 0 to the size of dim 1 (8), but got 9}}
  // expected-error @below {{failed to infer returned types}}
  %v, %i = tactus.top_k %x {k = 9 : i64} : (tensor<4x8xf32>) -> (tensor<4x9xf32>, tensor<4x9xi64>)
  return %v : tensor<4x9xf32>
}

// -----

func.func @top_k_c2_negative(%x: tensor<4x?xf32>) -> tensor<4x1xf32> {
  // expected-error @below {{expected k from 0 to the size of dim 1, but got -1}}
  // expected-error @below {{failed to infer returned types}}
  %v, %i = tactus.top_k %x {k = -1 : i64} : (tensor<4x?xf32>) -> (tensor<4x1xf32>, tensor<4x1xi64>)
  return %v : tensor<4x1xf32>
}
