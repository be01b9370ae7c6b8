// RUN: tactus-opt %s -split-input-file -verify-diagnostics

func.func @add_c1_element_types_differ(%a: tensor<4x8xf32>, %b: tensor<4x8xi32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected operands of one element type, but got 'f32' and 'i32'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.add %a, %b : (tensor<4x8xf32>, tensor<4x8xi32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @add_c2_shapes_do_not_broadcast(%a: tensor<4x8xf32>, %b: tensor<7xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (8) and rhs dim -1 (7)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.add %a, %b : (tensor<4x8xf32>, tensor<7xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @sub_c1_element_types_differ(%a: tensor<4xf32>, %b: tensor<4xf64>) -> tensor<4xf32> {
  // expected-error @below {{expected operands of one element type, but got 'f32' and 'f64'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.sub %a, %b : (tensor<4xf32>, tensor<4xf64>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @sub_c2_shapes_do_not_broadcast(%a: tensor<4x8xf32>, %b: tensor<4xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (8) and rhs dim -1 (4)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.sub %a, %b : (tensor<4x8xf32>, tensor<4xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @mul_c1_element_types_differ(%a: tensor<4xf32>, %b: tensor<4xf64>) -> tensor<4xf32> {
  // expected-error @below {{expected operands of one element type, but got 'f32' and 'f64'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.mul %a, %b : (tensor<4xf32>, tensor<4xf64>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @mul_c2_shapes_do_not_broadcast(%a: tensor<4x8xf32>, %b: tensor<4xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (8) and rhs dim -1 (4)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.mul %a, %b : (tensor<4x8xf32>, tensor<4xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @div_c1_element_types_differ(%a: tensor<4xf32>, %b: tensor<4xf64>) -> tensor<4xf32> {
  // expected-error @below {{expected operands of one element type, but got 'f32' and 'f64'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.div %a, %b : (tensor<4xf32>, tensor<4xf64>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @div_c2_shapes_do_not_broadcast(%a: tensor<4x8xf32>, %b: tensor<4xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (8) and rhs dim -1 (4)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.div %a, %b : (tensor<4x8xf32>, tensor<4xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @maximum_c1_element_types_differ(%a: tensor<4xf32>, %b: tensor<4xf64>) -> tensor<4xf32> {
  // expected-error @below {{expected operands of one element type, but got 'f32' and 'f64'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.maximum %a, %b : (tensor<4xf32>, tensor<4xf64>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @maximum_c2_shapes_do_not_broadcast(%a: tensor<4x8xf32>, %b: tensor<4xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (8) and rhs dim -1 (4)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.maximum %a, %b : (tensor<4x8xf32>, tensor<4xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @minimum_c1_element_types_differ(%a: tensor<4xf32>, %b: tensor<4xf64>) -> tensor<4xf32> {
  // expected-error @below {{expected operands of one element type, but got 'f32' and 'f64'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.minimum %a, %b : (tensor<4xf32>, tensor<4xf64>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @minimum_c2_shapes_do_not_broadcast(%a: tensor<4x8xf32>, %b: tensor<4xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (8) and rhs dim -1 (4)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.minimum %a, %b : (tensor<4x8xf32>, tensor<4xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @cast_c1_to_index(%a: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected an element type, but got 'index'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.cast %a {to = index} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @mod_c1_element_types_differ(%a: tensor<4xf32>, %b: tensor<4xf64>) -> tensor<4xf32> {
  // expected-error @below {{expected operands of one element type, but got 'f32' and 'f64'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.mod %a, %b : (tensor<4xf32>, tensor<4xf64>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @mod_c2_shapes_do_not_broadcast(%a: tensor<8xf32>, %b: tensor<7xf32>) -> tensor<8xf32> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (8) and rhs dim -1 (7)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.mod %a, %b : (tensor<8xf32>, tensor<7xf32>) -> tensor<8xf32>
  return %r : tensor<8xf32>
}

// -----

func.func @clamp_c1_element_types_differ(%a: tensor<4xf32>, %b: tensor<4xf64>) -> tensor<4xf32> {
  // expected-error @below {{expected operands of one element type, but got 'f32' and 'f64'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.clamp %a, %a, %b : (tensor<4xf32>, tensor<4xf32>, tensor<4xf64>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @clamp_c2_shapes_do_not_broadcast(%a: tensor<8xf32>, %b: tensor<7xf32>) -> tensor<8xf32> {
  // expected-error @below {{expected shapes that broadcast, but got [8], [8] and [7]}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.clamp %a, %a, %b : (tensor<8xf32>, tensor<8xf32>, tensor<7xf32>) -> tensor<8xf32>
  return %r : tensor<8xf32>
}
