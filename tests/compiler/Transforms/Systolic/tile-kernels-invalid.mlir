// RUN: tactus-opt %s -split-input-file -verify-diagnostics -pass-pipeline='builtin.module(systolic-tile-kernels{machine=gemmini})'

func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tactus.dispatch @sin(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
tactus.kernel @sin(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{the vector unit has no such operation}}
  %0 = tactus.sin %x : tensor<4xf32>
  tactus.yield %0 : tensor<4xf32>
}

// -----

func.func @main(%x: tensor<8x8xf32>, %w: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %0 = tactus.dispatch @floats(%x, %w) : (tensor<8x8xf32>, tensor<8x8xf32>) -> tensor<8x8xf32>
  return %0 : tensor<8x8xf32>
}
tactus.kernel @floats(%x: tensor<8x8xf32>, %w: tensor<8x8xf32>) -> tensor<8x8xf32> {
  // expected-error @below {{expected operands of i8, which the array of 'gemmini' multiplies, but got tensor<8x8xf32> and tensor<8x8xf32>}}
  %0 = tactus.matmul %x, %w : (tensor<8x8xf32>, tensor<8x8xf32>) -> tensor<8x8xf32>
  tactus.yield %0 : tensor<8x8xf32>
}

// -----

func.func @main(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %0 = tactus.dispatch @sum(%x) : (tensor<4x8xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
tactus.kernel @sum(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  // expected-error @below {{the vector unit sums in order, but got a sum that is free to be more exact}}
  %0 = tactus.sum %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  tactus.yield %0 : tensor<4xf32>
}

// -----

func.func @main(%x: tensor<8x8xi8>, %w: tensor<8x8xi8>) -> tensor<8x8xi32> {
  %0 = tactus.dispatch @wholes(%x, %w) : (tensor<8x8xi8>, tensor<8x8xi8>) -> tensor<8x8xi32>
  return %0 : tensor<8x8xi32>
}
tactus.kernel @wholes(%x: tensor<8x8xi8>, %w: tensor<8x8xi8>) -> tensor<8x8xi32> {
  %0 = tactus.matmul %x, %w : (tensor<8x8xi8>, tensor<8x8xi8>) -> tensor<8x8xi32>
  // expected-error @below {{the machine has whole sums requantized, dequantized or as they are, after a row that is added and relu}}
  %1 = tactus.neg %0 : tensor<8x8xi32>
  tactus.yield %1 : tensor<8x8xi32>
}

// -----

func.func @main(%x: tensor<4xf32>, %c: tensor<i1>) -> tensor<4xf32> {
  // expected-error @below {{control flow, which only the CPU and the interpreter run}}
  %0 = tactus.if %c : (tensor<i1>) -> tensor<4xf32> then {
    tactus.yield %x : tensor<4xf32>
  } else {
    tactus.yield %x : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}
