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

func.func @unpack_c2_one_panel_too_many(%p: tensor<3x8x16xf32>) -> tensor<8x32xf32> {
  // expected-error @below {{expected columns that need exactly 3 panels of 16, but got 32}}
  // expected-error @below {{failed to infer returned types}}
  %w = tactus.unpack %p {columns = 32 : i64} : (tensor<3x8x16xf32>) -> tensor<8x32xf32>
  return %w : tensor<8x32xf32>
}
