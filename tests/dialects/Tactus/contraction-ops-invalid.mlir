// RUN: tactus-opt %s -split-input-file -verify-diagnostics

func.func @matmul_c1_vector_operand(%x: tensor<16xf32>, %w: tensor<16x8xf32>) -> tensor<8xf32> {
  // expected-error @below {{expected operands of rank 2 or more, but got ranks 1 and 2}}
  // expected-error @below {{failed to infer returned types}}
  %y = tactus.matmul %x, %w : (tensor<16xf32>, tensor<16x8xf32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}

// -----

func.func @matmul_c2_inner_dims_differ(%x: tensor<4x16xf32>, %w: tensor<9x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected lhs dim -1 (16) to equal rhs dim -2 (9)}}
  // expected-error @below {{failed to infer returned types}}
  %y = tactus.matmul %x, %w : (tensor<4x16xf32>, tensor<9x8xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// -----

func.func @matmul_c3_element_types_differ(%x: tensor<4x16xf32>, %w: tensor<16x8xf64>) -> tensor<4x8xf32> {
  // expected-error @below {{expected operands of one element type, but got 'f32' and 'f64'}}
  // expected-error @below {{failed to infer returned types}}
  %y = tactus.matmul %x, %w : (tensor<4x16xf32>, tensor<16x8xf64>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// -----

func.func @matmul_c4_leading_dims_differ(%x: tensor<2x4x16xf32>, %w: tensor<3x16x8xf32>) -> tensor<2x4x8xf32> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (2) and rhs dim -1 (3)}}
  // expected-error @below {{failed to infer returned types}}
  %y = tactus.matmul %x, %w : (tensor<2x4x16xf32>, tensor<3x16x8xf32>) -> tensor<2x4x8xf32>
  return %y : tensor<2x4x8xf32>
}

// -----

func.func @matmul_c5_float_result_of_bytes(%x: tensor<4x16xi8>, %w: tensor<16x8xi8>) -> tensor<4x8xf32> {
  // expected-error @below {{expected element_type 'i32' for operands of 'i8', but got 'f32'}}
  // expected-error @below {{failed to infer returned types}}
  %y = tactus.matmul %x, %w {element_type = f32} : (tensor<4x16xi8>, tensor<16x8xi8>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// -----

func.func @matmul_c6_init_of_the_operands_type(%x: tensor<4x16xi8>, %w: tensor<16x8xi8>, %b: tensor<8xi8>) -> tensor<4x8xi32> {
  // expected-error @below {{expected an init that broadcasts to 'tensor<4x8xi32>', but got 'tensor<8xi8>'}}
  // expected-error @below {{failed to infer returned types}}
  %y = tactus.matmul %x, %w init %b : (tensor<4x16xi8>, tensor<16x8xi8>, tensor<8xi8>) -> tensor<4x8xi32>
  return %y : tensor<4x8xi32>
}

// -----

func.func @matmul_c6_init_of_another_size(%x: tensor<1x16xf32>, %w: tensor<16x8xf32>, %b: tensor<4x8xf32>) -> tensor<1x8xf32> {
  // expected-error @below {{expected an init that broadcasts to 'tensor<1x8xf32>', but got 'tensor<4x8xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %y = tactus.matmul %x, %w init %b : (tensor<1x16xf32>, tensor<16x8xf32>, tensor<4x8xf32>) -> tensor<1x8xf32>
  return %y : tensor<1x8xf32>
}

// -----

func.func @matmul_c6_init_of_higher_rank(%x: tensor<4x16xf32>, %w: tensor<16x8xf32>, %b: tensor<1x4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected an init that broadcasts to 'tensor<4x8xf32>', but got 'tensor<1x4x8xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %y = tactus.matmul %x, %w init %b : (tensor<4x16xf32>, tensor<16x8xf32>, tensor<1x4x8xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// -----

func.func @matmul_c7_block_of_nothing(%x: tensor<4x16xf32>, %w: tensor<16x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected a block of 1 or more, but got -2}}
  // expected-error @below {{failed to infer returned types}}
  %y = tactus.matmul %x, %w {block = -2 : i64} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// -----

func.func @matmul_c7_block_of_doubles(%x: tensor<4x16xf64>, %w: tensor<16x8xf64>) -> tensor<4x8xf64> {
  // expected-error @below {{expected sums in f32 or integers for a block, but got 'f64'}}
  // expected-error @below {{failed to infer returned types}}
  %y = tactus.matmul %x, %w {block = 4 : i64} : (tensor<4x16xf64>, tensor<16x8xf64>) -> tensor<4x8xf64>
  return %y : tensor<4x8xf64>
}
