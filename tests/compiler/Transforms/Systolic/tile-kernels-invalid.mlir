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

// -----

func.func @main(%x: tensor<8x8xi8>, %w: tensor<8x8xi8>, %s: tensor<8xf32>) -> tensor<8x8xi8> {
  %0 = tactus.dispatch @per_channel(%x, %w, %s) : (tensor<8x8xi8>, tensor<8x8xi8>, tensor<8xf32>) -> tensor<8x8xi8>
  return %0 : tensor<8x8xi8>
}
tactus.kernel @per_channel(%x: tensor<8x8xi8>, %w: tensor<8x8xi8>, %s: tensor<8xf32>) -> tensor<8x8xi8> {
  %0 = tactus.matmul %x, %w : (tensor<8x8xi8>, tensor<8x8xi8>) -> tensor<8x8xi32>
  // expected-error @below {{expected a scale and a zero point that are one constant for all columns}}
  %1 = tactus.requantize %0, %s {to = i8} : (tensor<8x8xi32>, tensor<8xf32>) -> tensor<8x8xi8>
  tactus.yield %1 : tensor<8x8xi8>
}

// -----

func.func @main(%x: tensor<8x8xi8>, %w: tensor<8x8xi8>) -> tensor<8x8xi8> {
  %0 = tactus.dispatch @negative(%x, %w) : (tensor<8x8xi8>, tensor<8x8xi8>) -> tensor<8x8xi8>
  return %0 : tensor<8x8xi8>
}
tactus.kernel @negative(%x: tensor<8x8xi8>, %w: tensor<8x8xi8>) -> tensor<8x8xi8> {
  %0 = tactus.matmul %x, %w : (tensor<8x8xi8>, tensor<8x8xi8>) -> tensor<8x8xi32>
  %s = tactus.constant dense<-0.5> : tensor<f32>
  // expected-error @below {{expected a positive, finite scale, but got -0.5}}
  %1 = tactus.requantize %0, %s {to = i8} : (tensor<8x8xi32>, tensor<f32>) -> tensor<8x8xi8>
  tactus.yield %1 : tensor<8x8xi8>
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
