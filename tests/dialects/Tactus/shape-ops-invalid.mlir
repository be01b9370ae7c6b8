// RUN: tactus-opt %s -split-input-file -verify-diagnostics

func.func @reshape_c1_two_unknown_sizes(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected sizes, and -1 at most once, but got -1 as dim 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.reshape %x {shape = array<i64: -1, -1>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @reshape_c2_elements_differ(%x: tensor<4x8xf32>) -> tensor<5x6xf32> {
  // expected-error @below {{expected a shape of 32 elements, but got 30}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.reshape %x {shape = array<i64: 5, 6>} : (tensor<4x8xf32>) -> tensor<5x6xf32>
  return %r : tensor<5x6xf32>
}

// -----

func.func @transpose_c1_dim_twice(%x: tensor<4x8xf32>) -> tensor<4x4xf32> {
  // expected-error @below {{expected perm to hold each of the 2 dimensions once, but got [0, 0]}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.transpose %x {perm = array<i64: 0, 0>} : (tensor<4x8xf32>) -> tensor<4x4xf32>
  return %r : tensor<4x4xf32>
}

// -----

func.func @broadcast_c1_negative_size(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected sizes, but got -1 as dim 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.broadcast %x {shape = array<i64: -1, 8>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @broadcast_c2_shapes_do_not_broadcast(%x: tensor<4x8xf32>) -> tensor<4x9xf32> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (8) and rhs dim -1 (9)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.broadcast %x {shape = array<i64: 4, 9>} : (tensor<4x8xf32>) -> tensor<4x9xf32>
  return %r : tensor<4x9xf32>
}

// -----

func.func @slice_c1_lengths_differ(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected starts, ends, axes and steps of one length, but got 1, 2, 1 and 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.slice %x {starts = array<i64: 0>, ends = array<i64: 1, 2>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @slice_c2_axis_twice(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected each axis once, but got 1 twice}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.slice %x {starts = array<i64: 0, 0>, ends = array<i64: 1, 2>, axes = array<i64: 1, -1>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @slice_c3_step_zero(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected steps other than 0, but got 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.slice %x {starts = array<i64: 0>, ends = array<i64: 1>, steps = array<i64: 0>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @squeeze_c1_axis_out_of_range(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected an axis from -2 to 1, but got 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.squeeze %x {axes = array<i64: 2>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @squeeze_c2_size_not_one(%x: tensor<4x8xf32>) -> tensor<8xf32> {
  // expected-error @below {{expected dim 0 to have size 1, but got 4}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.squeeze %x {axes = array<i64: 0>} : (tensor<4x8xf32>) -> tensor<8xf32>
  return %r : tensor<8xf32>
}

// -----

func.func @squeeze_c3_sizes_not_known(%x: tensor<?x8xf32>) -> tensor<?x8xf32> {
  // expected-error @below {{expected axes, or sizes that are known, but got 'tensor<?x8xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.squeeze %x : (tensor<?x8xf32>) -> tensor<?x8xf32>
  return %r : tensor<?x8xf32>
}

// -----

func.func @expand_dims_c1_axis_twice(%x: tensor<4x8xf32>) -> tensor<4x8x1x1xf32> {
  // expected-error @below {{expected each axis once, but got 3 twice}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.expand_dims %x {axes = array<i64: 3, -1>} : (tensor<4x8xf32>) -> tensor<4x8x1x1xf32>
  return %r : tensor<4x8x1x1xf32>
}

// -----

func.func @tile_c1_repeats_of_other_rank(%x: tensor<4x8xf32>) -> tensor<8x8xf32> {
  // expected-error @below {{expected 2 repeats, one a dimension, but got 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.tile %x {repeats = array<i64: 2>} : (tensor<4x8xf32>) -> tensor<8x8xf32>
  return %r : tensor<8x8xf32>
}

// -----

func.func @tile_c1_negative_repeats(%x: tensor<4x8xf32>) -> tensor<8x8xf32> {
  // expected-error @below {{expected repeats of at least 0, but got -1 for dim 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.tile %x {repeats = array<i64: 2, -1>} : (tensor<4x8xf32>) -> tensor<8x8xf32>
  return %r : tensor<8x8xf32>
}

// -----

func.func @reverse_c1_axis_out_of_range(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected an axis from -2 to 1, but got -3}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.reverse %x {axes = array<i64: -3>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @trilu_c1_rank_1(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected rank 2 or more, but got 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.trilu %x : (tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @concat_c1_no_inputs() -> tensor<4xf32> {
  // expected-error @below {{expected one input or more, but got none}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.concat {axis = 0 : i64} : () -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @concat_c2_element_types_differ(%x: tensor<4x8xf32>, %y: tensor<4x8xf64>) -> tensor<8x8xf32> {
  // expected-error @below {{expected inputs of one element type, but got 'f32' and 'f64' as input 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.concat %x, %y {axis = 0 : i64} : (tensor<4x8xf32>, tensor<4x8xf64>) -> tensor<8x8xf32>
  return %r : tensor<8x8xf32>
}

// -----

func.func @concat_c2_ranks_differ(%x: tensor<4x8xf32>, %y: tensor<8xf32>) -> tensor<5x8xf32> {
  // expected-error @below {{expected inputs of rank 2, but got 1 as the rank of input 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.concat %x, %y {axis = 0 : i64} : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<5x8xf32>
  return %r : tensor<5x8xf32>
}

// -----

func.func @concat_c3_axis_out_of_range(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected an axis from -2 to 1, but got 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.concat %x {axis = 2 : i64} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @concat_c4_sizes_differ(%x: tensor<4x8xf32>, %y: tensor<4x7xf32>) -> tensor<8x8xf32> {
  // expected-error @below {{expected dim 1 (7) of input 1 to equal that of the others (8)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.concat %x, %y {axis = 0 : i64} : (tensor<4x8xf32>, tensor<4x7xf32>) -> tensor<8x8xf32>
  return %r : tensor<8x8xf32>
}

// -----

func.func @split_c1_axis_out_of_range(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected an axis from -2 to 1, but got 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.split %x {axis = 2 : i64, num_outputs = 1 : i64} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @split_c2_sizes_and_num_outputs(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected one of sizes and num_outputs, but got both}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.split %x {sizes = array<i64: 4>, num_outputs = 1 : i64} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @split_c2_neither(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected one of sizes and num_outputs, but got none}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.split %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @split_c3_negative_size(%x: tensor<4x8xf32>) -> (tensor<5x8xf32>, tensor<1x8xf32>) {
  // expected-error @below {{expected sizes of at least 0, but got -1}}
  // expected-error @below {{failed to infer returned types}}
  %r:2 = tactus.split %x {sizes = array<i64: 5, -1>} : (tensor<4x8xf32>) -> (tensor<5x8xf32>, tensor<1x8xf32>)
  return %r#0, %r#1 : tensor<5x8xf32>, tensor<1x8xf32>
}

// -----

func.func @split_c3_other_sum(%x: tensor<4x8xf32>) -> (tensor<3x8xf32>, tensor<2x8xf32>) {
  // expected-error @below {{expected sizes that sum to 4, but got a sum of 5}}
  // expected-error @below {{failed to infer returned types}}
  %r:2 = tactus.split %x {sizes = array<i64: 3, 2>} : (tensor<4x8xf32>) -> (tensor<3x8xf32>, tensor<2x8xf32>)
  return %r#0, %r#1 : tensor<3x8xf32>, tensor<2x8xf32>
}

// -----

func.func @split_c4_no_parts(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected 1 to 4096 parts, but got 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.split %x {num_outputs = 0 : i64} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @pad_c1_pads_of_other_rank(%x: tensor<4x8xf32>) -> tensor<6x8xf32> {
  // expected-error @below {{expected 4 pads, two a dimension, but got 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.pad %x {pads = array<i64: 1, 1>} : (tensor<4x8xf32>) -> tensor<6x8xf32>
  return %r : tensor<6x8xf32>
}

// -----

func.func @pad_c2_takes_too_much(%x: tensor<4x8xf32>) -> tensor<0x8xf32> {
  // expected-error @below {{expected pads that leave elements of dim 0 (4), but got -3 and -2}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.pad %x {pads = array<i64: -3, 0, -2, 0>} : (tensor<4x8xf32>) -> tensor<0x8xf32>
  return %r : tensor<0x8xf32>
}

// -----

func.func @pad_c3_nothing_to_mirror(%x: tensor<0x8xf32>) -> tensor<1x8xf32> {
  // expected-error @below {{expected elements along dim 0 to pad it with, but got none}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.pad %x {pads = array<i64: 1, 0, 0, 0>, mode = #tactus.pad_mode<reflect>} : (tensor<0x8xf32>) -> tensor<1x8xf32>
  return %r : tensor<1x8xf32>
}

// -----

func.func @pad_c4_value_not_of_type(%x: tensor<4xi8>) -> tensor<6xi8> {
  // expected-error @below {{expected a value of 'i8', but got 3.000000e+02}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.pad %x {pads = array<i64: 1, 1>, value = 3.000000e+02 : f64} : (tensor<4xi8>) -> tensor<6xi8>
  return %r : tensor<6xi8>
}
