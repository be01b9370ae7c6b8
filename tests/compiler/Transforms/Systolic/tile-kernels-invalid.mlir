// RUN: tactus-opt %s -split-input-file -verify-diagnostics -pass-pipeline='builtin.module(systolic-tile-kernels{machine=gemmini})'

func.func @main(%x: tensor<4xf32>, %c: tensor<i1>) -> tensor<4xf32> {
  // expected-error @below {{control flow, which only the CPU and the interpreter run}}
  %0 = tactus.if %c : (tensor<i1>) -> tensor<4xf32> then {
    tactus.yield %x : tensor<4xf32>
  } else {
    tactus.yield %x : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}

// -----

func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected only kernels and views in @main}}
  %0 = tactus.exp %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}
