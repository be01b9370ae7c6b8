// RUN: tactus-opt %s -split-input-file -verify-diagnostics -tactus-lower-contractions

// Panels that were made for narrower vectors than this machine's.
// expected-error @below {{expected panels that are a multiple of 8 columns wide for this machine, but got 12}}
tactus.kernel @narrow_panels(%x: tensor<4x8xf32>, %p: tensor<2x8x12xf32>) -> tensor<4x24xf32> {
  %w = tactus.unpack %p {columns = 24 : i64} : (tensor<2x8x12xf32>) -> tensor<8x24xf32>
  %0 = tactus.matmul %x, %w : (tensor<4x8xf32>, tensor<8x24xf32>) -> tensor<4x24xf32>
  tactus.yield %0 : tensor<4x24xf32>
}

// -----

// Panels that were made for an instruction that this machine lacks.
// expected-error @below {{expected a right operand packed with depth 2 for this machine, but got 4}}
tactus.kernel @deep_panels(%x: tensor<4x8xi8>, %p: tensor<1x2x64xi8>) -> tensor<4x16xi32> {
  %w = tactus.unpack %p {columns = 16 : i64, depth = 4 : i64, rows = 8 : i64} : (tensor<1x2x64xi8>) -> tensor<8x16xi8>
  %0 = tactus.matmul %x, %w : (tensor<4x8xi8>, tensor<8x16xi8>) -> tensor<4x16xi32>
  tactus.yield %0 : tensor<4x16xi32>
}
