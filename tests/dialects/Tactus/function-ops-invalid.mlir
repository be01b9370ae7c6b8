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
