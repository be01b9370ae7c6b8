// RUN: tactus-opt %s -split-input-file -verify-diagnostics

// The short form takes the region's argument types from the inputs.
func.func @fused_c1_argument_type_differs(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected region arguments with the types of the inputs}}
  %y = "tactus.fused"(%x) ({
  ^bb0(%a: tensor<4x9xf32>):
    %0 = tactus.parameter @w : tensor<4x8xf32>
    tactus.yield %0 : tensor<4x8xf32>
  }) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// -----

func.func @fused_c2_yield_differs(%x: tensor<4x8xf32>) -> tensor<4x9xf32> {
  // expected-error @below {{expected tactus.yield of ('tensor<4x9xf32>'), but got ('tensor<4x8xf32>')}}
  %y = tactus.fused (%a = %x) : (tensor<4x8xf32>) -> tensor<4x9xf32> {
    tactus.yield %a : tensor<4x8xf32>
  }
  return %y : tensor<4x9xf32>
}

// -----

// expected-error @below {{expected tactus.yield of ('tensor<4xf32>'), but got ('tensor<5xf32>')}}
tactus.kernel @kernel_c1_yield_differs(%x: tensor<5xf32>) -> tensor<4xf32> {
  tactus.yield %x : tensor<5xf32>
}

// -----

func.func @dispatch_c1_no_such_kernel(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected a kernel named @nowhere}}
  %y = tactus.dispatch @nowhere(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

tactus.kernel @k(%x: tensor<5xf32>) -> tensor<5xf32> {
  tactus.yield %x : tensor<5xf32>
}
func.func @dispatch_c2_operand_differs(%x: tensor<4xf32>) -> tensor<5xf32> {
  // expected-error @below {{expected operands and results of type '(tensor<5xf32>) -> tensor<5xf32>'}}
  %y = tactus.dispatch @k(%x) : (tensor<4xf32>) -> tensor<5xf32>
  return %y : tensor<5xf32>
}

// -----

func.func @pack_c1_vector(%w: tensor<8xf32>) -> tensor<1x8x16xf32> {
  // expected-error @below {{expected an input of rank 2 or more, but got rank 1}}
  // expected-error @below {{failed to infer returned types}}
  %p = tactus.pack %w {tile = 16 : i64} : (tensor<8xf32>) -> tensor<1x8x16xf32>
  return %p : tensor<1x8x16xf32>
}

// -----

func.func @pack_c2_tile_zero(%w: tensor<8x16xf32>) -> tensor<1x8x16xf32> {
  // expected-error @below {{expected a positive tile, but got 0}}
  // expected-error @below {{failed to infer returned types}}
  %p = tactus.pack %w {tile = 0 : i64} : (tensor<8x16xf32>) -> tensor<1x8x16xf32>
  return %p : tensor<1x8x16xf32>
}

// -----

func.func @unpack_c1_matrix(%p: tensor<8x16xf32>) -> tensor<8x16xf32> {
  // expected-error @below {{expected an input of rank 3 or more, but got rank 2}}
  // expected-error @below {{failed to infer returned types}}
  %w = tactus.unpack %p {columns = 16 : i64} : (tensor<8x16xf32>) -> tensor<8x16xf32>
  return %w : tensor<8x16xf32>
}

// -----

func.func @unpack_c3_one_panel_too_many(%p: tensor<3x8x16xf32>) -> tensor<8x32xf32> {
  // expected-error @below {{expected columns that need exactly 3 panels of 16, but got 32}}
  // expected-error @below {{failed to infer returned types}}
  %w = tactus.unpack %p {columns = 32 : i64} : (tensor<3x8x16xf32>) -> tensor<8x32xf32>
  return %w : tensor<8x32xf32>
}

// -----

func.func @pack_c2_depth_zero(%w: tensor<8x16xf32>) -> tensor<1x8x16xf32> {
  // expected-error @below {{expected a positive depth, but got 0}}
  // expected-error @below {{failed to infer returned types}}
  %p = tactus.pack %w {depth = 0 : i64, tile = 16 : i64} : (tensor<8x16xf32>) -> tensor<1x8x16xf32>
  return %p : tensor<1x8x16xf32>
}

// -----

func.func @pack_c2_too_wide(%w: tensor<8x16xf32>) -> tensor<1x8x16xf32> {
  // expected-error @below {{expected a tile times depth that fits 64 bits, but got 4611686018427387904 times 4}}
  // expected-error @below {{failed to infer returned types}}
  %p = tactus.pack %w {depth = 4 : i64, tile = 4611686018427387904 : i64} : (tensor<8x16xf32>) -> tensor<1x8x16xf32>
  return %p : tensor<1x8x16xf32>
}

// -----

func.func @unpack_c2_depth_that_does_not_divide(%p: tensor<2x8x16xi8>) -> tensor<24x8xi8> {
  // expected-error @below {{expected a positive depth that divides the rows of a panel, of 16 elements, but got 3}}
  // expected-error @below {{failed to infer returned types}}
  %w = tactus.unpack %p {columns = 8 : i64, depth = 3 : i64} : (tensor<2x8x16xi8>) -> tensor<24x8xi8>
  return %w : tensor<24x8xi8>
}

// -----

func.func @unpack_c4_rows_of_another_step(%p: tensor<2x8x16xi8>) -> tensor<28x8xi8> {
  // expected-error @below {{expected rows that need exactly 8 steps of 4, but got 28}}
  // expected-error @below {{failed to infer returned types}}
  %w = tactus.unpack %p {columns = 8 : i64, depth = 4 : i64, rows = 28 : i64} : (tensor<2x8x16xi8>) -> tensor<28x8xi8>
  return %w : tensor<28x8xi8>
}
