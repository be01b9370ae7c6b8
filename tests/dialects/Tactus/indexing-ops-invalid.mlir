// RUN: tactus-opt %s -split-input-file -verify-diagnostics

func.func @gather_c1_axis_out_of_range(%x: tensor<4x8xf32>, %i: tensor<3xi64>) -> tensor<4x8x3xf32> {
  // expected-error @below {{expected an axis from -2 to 1, but got 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.gather %x, %i {axis = 2 : i64} : (tensor<4x8xf32>, tensor<3xi64>) -> tensor<4x8x3xf32>
  return %r : tensor<4x8x3xf32>
}

// -----

func.func @gather_elements_c1_axis_out_of_range(%x: tensor<4x8xf32>, %i: tensor<4x3xi64>) -> tensor<4x3xf32> {
  // expected-error @below {{expected an axis from -2 to 1, but got 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.gather_elements %x, %i {axis = 2 : i64} : (tensor<4x8xf32>, tensor<4x3xi64>) -> tensor<4x3xf32>
  return %r : tensor<4x3xf32>
}

// -----

func.func @gather_elements_c2_rank_differs(%x: tensor<4x8xf32>, %i: tensor<3xi64>) -> tensor<3xf32> {
  // expected-error @below {{expected indices of rank 2, but got 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.gather_elements %x, %i : (tensor<4x8xf32>, tensor<3xi64>) -> tensor<3xf32>
  return %r : tensor<3xf32>
}

// -----

func.func @gather_elements_c2_dim_too_large(%x: tensor<4x8xf32>, %i: tensor<2x9xi64>) -> tensor<2x9xf32> {
  // expected-error @below {{expected dim 1 of indices to be at most 8, but got 9}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.gather_elements %x, %i : (tensor<4x8xf32>, tensor<2x9xi64>) -> tensor<2x9xf32>
  return %r : tensor<2x9xf32>
}

// -----

func.func @gather_nd_c1_batch_dims_too_large(%x: tensor<4x8xf32>, %i: tensor<3xi64>) -> tensor<3xf32> {
  // expected-error @below {{expected batch_dims from 0 to 0, but got 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.gather_nd %x, %i {batch_dims = 1 : i64} : (tensor<4x8xf32>, tensor<3xi64>) -> tensor<3xf32>
  return %r : tensor<3xf32>
}

// -----

func.func @gather_nd_c2_batches_differ(%x: tensor<4x8xf32>, %i: tensor<3x1xi64>) -> tensor<3xf32> {
  // expected-error @below {{expected dim 0 of data and indices to be equal, but got 4 and 3}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.gather_nd %x, %i {batch_dims = 1 : i64} : (tensor<4x8xf32>, tensor<3x1xi64>) -> tensor<3xf32>
  return %r : tensor<3xf32>
}

// -----

func.func @gather_nd_c3_row_too_long(%x: tensor<4x8xf32>, %i: tensor<3xi64>) -> tensor<f32> {
  // expected-error @below {{expected the last size of indices to be 1 to 2, but got 3}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.gather_nd %x, %i : (tensor<4x8xf32>, tensor<3xi64>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

func.func @gather_nd_c3_row_not_known(%x: tensor<4x8xf32>, %i: tensor<?xi64>) -> tensor<f32> {
  // expected-error @below {{expected the last size of indices to be known, but got a dynamic one}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.gather_nd %x, %i : (tensor<4x8xf32>, tensor<?xi64>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

func.func @scatter_elements_c1_axis_out_of_range(%x: tensor<4x8xf32>, %i: tensor<4x3xi64>, %u: tensor<4x3xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected an axis from -2 to 1, but got -3}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.scatter_elements %x, %i, %u {axis = -3 : i64} : (tensor<4x8xf32>, tensor<4x3xi64>, tensor<4x3xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @scatter_elements_c2_dim_too_large(%x: tensor<3x8xf32>, %i: tensor<4x3xi64>, %u: tensor<4x3xf32>) -> tensor<3x8xf32> {
  // expected-error @below {{expected dim 0 of indices to be at most 3, but got 4}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.scatter_elements %x, %i, %u {axis = 1 : i64} : (tensor<3x8xf32>, tensor<4x3xi64>, tensor<4x3xf32>) -> tensor<3x8xf32>
  return %r : tensor<3x8xf32>
}

// -----

func.func @scatter_elements_c3_shape_differs(%x: tensor<4x8xf32>, %i: tensor<4x3xi64>, %u: tensor<4x2xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected dim 1 of updates to be 3, but got 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.scatter_elements %x, %i, %u {axis = 1 : i64} : (tensor<4x8xf32>, tensor<4x3xi64>, tensor<4x2xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @scatter_elements_c4_adds_bits(%x: tensor<4x8xi1>, %i: tensor<4x3xi64>, %u: tensor<4x3xi1>) -> tensor<4x8xi1> {
  // expected-error @below {{expected reduction none for i1, but got add}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.scatter_elements %x, %i, %u {axis = 1 : i64, reduction = #tactus.scatter_reduction<add>} : (tensor<4x8xi1>, tensor<4x3xi64>, tensor<4x3xi1>) -> tensor<4x8xi1>
  return %r : tensor<4x8xi1>
}

// -----

func.func @scatter_nd_c1_row_too_long(%x: tensor<4x8xf32>, %i: tensor<5x3xi64>, %u: tensor<5xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected the last size of indices to be 1 to 2, but got 3}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.scatter_nd %x, %i, %u : (tensor<4x8xf32>, tensor<5x3xi64>, tensor<5xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @scatter_nd_c2_type_differs(%x: tensor<4x8xf32>, %i: tensor<5x2xi64>, %u: tensor<5xf64>) -> tensor<4x8xf32> {
  // expected-error @below {{expected updates of 'f32', but got 'f64'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.scatter_nd %x, %i, %u : (tensor<4x8xf32>, tensor<5x2xi64>, tensor<5xf64>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @scatter_nd_c2_rank_differs(%x: tensor<4x8xf32>, %i: tensor<5x1xi64>, %u: tensor<5xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected updates of rank 2, but got 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.scatter_nd %x, %i, %u : (tensor<4x8xf32>, tensor<5x1xi64>, tensor<5xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @scatter_nd_c3_multiplies_bits(%x: tensor<4xi1>, %i: tensor<5x1xi64>, %u: tensor<5xi1>) -> tensor<4xi1> {
  // expected-error @below {{expected reduction none for i1, but got mul}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.scatter_nd %x, %i, %u {reduction = #tactus.scatter_reduction<mul>} : (tensor<4xi1>, tensor<5x1xi64>, tensor<5xi1>) -> tensor<4xi1>
  return %r : tensor<4xi1>
}
