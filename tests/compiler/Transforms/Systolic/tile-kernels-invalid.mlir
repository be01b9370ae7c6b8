// RUN: tactus-opt %s -split-input-file -verify-diagnostics -pass-pipeline='builtin.module(systolic-tile-kernels{machine=gemmini})'

func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tactus.dispatch @exp(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
tactus.kernel @exp(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected a kernel that begins with a matmul}}
  %0 = tactus.exp %x : tensor<4xf32>
  tactus.yield %0 : tensor<4xf32>
}

// -----

func.func @main(%x: tensor<8x8xf32>, %w: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %0 = tactus.dispatch @floats(%x, %w) : (tensor<8x8xf32>, tensor<8x8xf32>) -> tensor<8x8xf32>
  return %0 : tensor<8x8xf32>
}
tactus.kernel @floats(%x: tensor<8x8xf32>, %w: tensor<8x8xf32>) -> tensor<8x8xf32> {
  // expected-error @below {{expected i8 operands, but got other element types}}
  %0 = tactus.matmul %x, %w : (tensor<8x8xf32>, tensor<8x8xf32>) -> tensor<8x8xf32>
  tactus.yield %0 : tensor<8x8xf32>
}
