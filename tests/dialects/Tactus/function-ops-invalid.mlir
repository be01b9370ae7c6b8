// RUN: tactus-opt %s -split-input-file -verify-diagnostics

func.func @pow_c1_element_types_differ(%a: tensor<4xf32>, %b: tensor<4xf64>) -> tensor<4xf32> {
  // expected-error @below {{expected operands of one element type, but got 'f32' and 'f64'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.pow %a, %b : (tensor<4xf32>, tensor<4xf64>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @pow_c2_shapes_do_not_broadcast(%a: tensor<8xf32>, %b: tensor<7xf32>) -> tensor<8xf32> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (8) and rhs dim -1 (7)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.pow %a, %b : (tensor<8xf32>, tensor<7xf32>) -> tensor<8xf32>
  return %r : tensor<8xf32>
}

// -----

func.func @piecewise_linear_c1_as_many_values_as_slopes(%x: tensor<4xf32>, %v: tensor<8xf32>, %s: tensor<8xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected a vector of 1 to 1048576 slopes and one of one value more, but got 'tensor<8xf32>' and 'tensor<8xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.piecewise_linear %x, %v, %s {low = 0.0 : f64, step = 1.0 : f64} : (tensor<4xf32>, tensor<8xf32>, tensor<8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @piecewise_linear_c1_no_slopes(%x: tensor<4xf32>, %v: tensor<1xf32>, %s: tensor<0xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected a vector of 1 to 1048576 slopes and one of one value more, but got 'tensor<0xf32>' and 'tensor<1xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.piecewise_linear %x, %v, %s {low = 0.0 : f64, step = 1.0 : f64} : (tensor<4xf32>, tensor<1xf32>, tensor<0xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @piecewise_linear_c2_step_of_zero(%x: tensor<4xf32>, %v: tensor<9xf32>, %s: tensor<8xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected knots that ascend and are finite, but got a first one of}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.piecewise_linear %x, %v, %s {low = 1.0 : f64, step = 0.0 : f64} : (tensor<4xf32>, tensor<9xf32>, tensor<8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @piecewise_linear_c2_last_knot_out_of_range(%x: tensor<4xf32>, %v: tensor<9xf32>, %s: tensor<8xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected knots that ascend and are finite, but got a first one of}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.piecewise_linear %x, %v, %s {low = 1.0 : f64, step = 1.0e38 : f64} : (tensor<4xf32>, tensor<9xf32>, tensor<8xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}
