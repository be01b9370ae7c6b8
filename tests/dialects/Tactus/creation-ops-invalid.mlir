// RUN: tactus-opt %s -split-input-file -verify-diagnostics

func.func @fill_c1_dynamic_type() -> tensor<?xf32> {
  // expected-error @below {{expected a tensor type of static shape, but got 'tensor<?xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.fill {type = tensor<?xf32>, value = 1.0 : f64} : tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

func.func @fill_c2_value_past_the_range() -> tensor<4xi8> {
  // expected-error @below {{expected a value of 'i8', but got 1.280000e+02}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.fill {type = tensor<4xi8>, value = 128.0 : f64} : tensor<4xi8>
  return %r : tensor<4xi8>
}

// -----

func.func @iota_c1_scalar_type() -> tensor<4xf32> {
  // expected-error @below {{expected a tensor type of static shape, but got 'f32'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.iota {type = f32} : tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @iota_c2_axis_past_the_rank() -> tensor<4xf32> {
  // expected-error @below {{expected an axis from -1 to 0, but got 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.iota {type = tensor<4xf32>, axis = 1 : i64} : tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @random_c1_dynamic_type() -> tensor<?xf32> {
  // expected-error @below {{expected a tensor type of static shape, but got 'tensor<?xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.random {type = tensor<?xf32>, seed = 1 : i64} : tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

func.func @random_c2_normal_integers() -> tensor<4xi32> {
  // expected-error @below {{expected a float element type for normal numbers, but got 'i32'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.random {type = tensor<4xi32>, seed = 1 : i64, distribution = #tactus.distribution<normal>} : tensor<4xi32>
  return %r : tensor<4xi32>
}

// -----

func.func @eye_c1_rank() -> tensor<4xf32> {
  // expected-error @below {{expected a type of rank 2, but got 'tensor<4xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.eye {type = tensor<4xf32>} : tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @linspace_c1_rank() -> tensor<4x2xf32> {
  // expected-error @below {{expected a type of rank 1 and float elements, but got 'tensor<4x2xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.linspace {type = tensor<4x2xf32>, start = 0.0 : f64, stop = 1.0 : f64} : tensor<4x2xf32>
  return %r : tensor<4x2xf32>
}

// -----

func.func @linspace_c2_distance_overflows() -> tensor<4xf32> {
  // expected-error @below {{expected a finite distance from start to stop, but got -1.000000e+308 and 1.000000e+308}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.linspace {type = tensor<4xf32>, start = -1.0e308 : f64, stop = 1.0e308 : f64} : tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @one_hot_c1_axis_out_of_range(%i: tensor<4xi64>, %v: tensor<2xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected an axis from -2 to 1, but got 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.one_hot %i, %v {depth = 8 : i64, axis = 2 : i64} : (tensor<4xi64>, tensor<2xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @one_hot_c2_negative_depth(%i: tensor<4xi64>, %v: tensor<2xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected a depth that is not negative, but got -1}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.one_hot %i, %v {depth = -1 : i64} : (tensor<4xi64>, tensor<2xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @one_hot_c3_three_values(%i: tensor<4xi64>, %v: tensor<3xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected values of shape [2], but got 'tensor<3xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.one_hot %i, %v {depth = 8 : i64} : (tensor<4xi64>, tensor<3xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @range_c1_rank(%a: tensor<1xi64>) -> tensor<?xi64> {
  // expected-error @below {{expected bounds of rank 0, but got 'tensor<1xi64>'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.range %a, %a, %a : (tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<?xi64>
  return %r : tensor<?xi64>
}

// -----

func.func @range_c1_two_element_types(%a: tensor<i64>, %b: tensor<i32>) -> tensor<?xi64> {
  // expected-error @below {{expected operands of one element type, but got 'i64' and 'i32'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.range %a, %a, %b : (tensor<i64>, tensor<i64>, tensor<i32>) -> tensor<?xi64>
  return %r : tensor<?xi64>
}

// -----

func.func @range_c2_delta_is_zero() -> tensor<?xi64> {
  %a = tactus.constant dense<0> : tensor<i64>
  // expected-error @below {{expected finite bounds, a delta that is not 0 and a tensor of 2^40 bytes or less, but got 0, 0 and 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.range %a, %a, %a : (tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<?xi64>
  return %r : tensor<?xi64>
}
