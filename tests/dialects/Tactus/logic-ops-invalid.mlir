// RUN: tactus-opt %s -split-input-file -verify-diagnostics

func.func @compare_c1_element_types_differ(%a: tensor<4xf32>, %b: tensor<4xf64>) -> tensor<4xi1> {
  // expected-error @below {{expected operands of one element type, but got 'f32' and 'f64'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.compare %a, %b {predicate = #tactus.predicate<less>} : (tensor<4xf32>, tensor<4xf64>) -> tensor<4xi1>
  return %r : tensor<4xi1>
}

// -----

func.func @compare_c2_shapes_do_not_broadcast(%a: tensor<8xf32>, %b: tensor<7xf32>) -> tensor<8xi1> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (8) and rhs dim -1 (7)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.compare %a, %b {predicate = #tactus.predicate<less>} : (tensor<8xf32>, tensor<7xf32>) -> tensor<8xi1>
  return %r : tensor<8xi1>
}

// -----

func.func @select_c1_element_types_differ(%c: tensor<4xi1>, %a: tensor<4xf32>, %b: tensor<4xf64>) -> tensor<4xf32> {
  // expected-error @below {{expected operands of one element type, but got 'f32' and 'f64'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.select %c, %a, %b : (tensor<4xi1>, tensor<4xf32>, tensor<4xf64>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @select_c2_shapes_do_not_broadcast(%c: tensor<8xi1>, %a: tensor<8xf32>, %b: tensor<7xf32>) -> tensor<8xf32> {
  // expected-error @below {{expected shapes that broadcast, but got [8], [8] and [7]}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.select %c, %a, %b : (tensor<8xi1>, tensor<8xf32>, tensor<7xf32>) -> tensor<8xf32>
  return %r : tensor<8xf32>
}

// -----

func.func @select_of_a_vector_and_a_scalar(%c: i1, %a: vector<16xf32>) -> vector<16xf32> {
  // expected-error @below {{expected operands of one kind and length, but got 'i1' and 'vector<16xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.select %c, %a, %a : (i1, vector<16xf32>, vector<16xf32>) -> vector<16xf32>
  return %r : vector<16xf32>
}

// -----

func.func @logical_and_c1_shapes_do_not_broadcast(%a: tensor<8xi1>, %b: tensor<7xi1>) -> tensor<8xi1> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (8) and rhs dim -1 (7)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.logical_and %a, %b : (tensor<8xi1>, tensor<7xi1>) -> tensor<8xi1>
  return %r : tensor<8xi1>
}

// -----

func.func @logical_or_c1_shapes_do_not_broadcast(%a: tensor<8xi1>, %b: tensor<7xi1>) -> tensor<8xi1> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (8) and rhs dim -1 (7)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.logical_or %a, %b : (tensor<8xi1>, tensor<7xi1>) -> tensor<8xi1>
  return %r : tensor<8xi1>
}

// -----

func.func @logical_xor_c1_shapes_do_not_broadcast(%a: tensor<8xi1>, %b: tensor<7xi1>) -> tensor<8xi1> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (8) and rhs dim -1 (7)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.logical_xor %a, %b : (tensor<8xi1>, tensor<7xi1>) -> tensor<8xi1>
  return %r : tensor<8xi1>
}

// -----

func.func @bitwise_and_c1_element_types_differ(%a: tensor<4xi32>, %b: tensor<4xi8>) -> tensor<4xi32> {
  // expected-error @below {{expected operands of one element type, but got 'i32' and 'i8'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.bitwise_and %a, %b : (tensor<4xi32>, tensor<4xi8>) -> tensor<4xi32>
  return %r : tensor<4xi32>
}

// -----

func.func @bitwise_and_c2_shapes_do_not_broadcast(%a: tensor<8xi32>, %b: tensor<7xi32>) -> tensor<8xi32> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (8) and rhs dim -1 (7)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.bitwise_and %a, %b : (tensor<8xi32>, tensor<7xi32>) -> tensor<8xi32>
  return %r : tensor<8xi32>
}

// -----

func.func @bitwise_or_c1_element_types_differ(%a: tensor<4xi32>, %b: tensor<4xi8>) -> tensor<4xi32> {
  // expected-error @below {{expected operands of one element type, but got 'i32' and 'i8'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.bitwise_or %a, %b : (tensor<4xi32>, tensor<4xi8>) -> tensor<4xi32>
  return %r : tensor<4xi32>
}

// -----

func.func @bitwise_or_c2_shapes_do_not_broadcast(%a: tensor<8xi32>, %b: tensor<7xi32>) -> tensor<8xi32> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (8) and rhs dim -1 (7)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.bitwise_or %a, %b : (tensor<8xi32>, tensor<7xi32>) -> tensor<8xi32>
  return %r : tensor<8xi32>
}

// -----

func.func @bitwise_xor_c1_element_types_differ(%a: tensor<4xi32>, %b: tensor<4xi8>) -> tensor<4xi32> {
  // expected-error @below {{expected operands of one element type, but got 'i32' and 'i8'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.bitwise_xor %a, %b : (tensor<4xi32>, tensor<4xi8>) -> tensor<4xi32>
  return %r : tensor<4xi32>
}

// -----

func.func @bitwise_xor_c2_shapes_do_not_broadcast(%a: tensor<8xi32>, %b: tensor<7xi32>) -> tensor<8xi32> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (8) and rhs dim -1 (7)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.bitwise_xor %a, %b : (tensor<8xi32>, tensor<7xi32>) -> tensor<8xi32>
  return %r : tensor<8xi32>
}

// -----

func.func @shift_left_c1_element_types_differ(%a: tensor<4xi32>, %b: tensor<4xi8>) -> tensor<4xi32> {
  // expected-error @below {{expected operands of one element type, but got 'i32' and 'i8'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.shift_left %a, %b : (tensor<4xi32>, tensor<4xi8>) -> tensor<4xi32>
  return %r : tensor<4xi32>
}

// -----

func.func @shift_left_c2_shapes_do_not_broadcast(%a: tensor<8xi32>, %b: tensor<7xi32>) -> tensor<8xi32> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (8) and rhs dim -1 (7)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.shift_left %a, %b : (tensor<8xi32>, tensor<7xi32>) -> tensor<8xi32>
  return %r : tensor<8xi32>
}

// -----

func.func @shift_right_c1_element_types_differ(%a: tensor<4xi32>, %b: tensor<4xi8>) -> tensor<4xi32> {
  // expected-error @below {{expected operands of one element type, but got 'i32' and 'i8'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.shift_right %a, %b : (tensor<4xi32>, tensor<4xi8>) -> tensor<4xi32>
  return %r : tensor<4xi32>
}

// -----

func.func @shift_right_c2_shapes_do_not_broadcast(%a: tensor<8xi32>, %b: tensor<7xi32>) -> tensor<8xi32> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (8) and rhs dim -1 (7)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.shift_right %a, %b : (tensor<8xi32>, tensor<7xi32>) -> tensor<8xi32>
  return %r : tensor<8xi32>
}
