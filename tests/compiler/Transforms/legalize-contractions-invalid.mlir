// RUN: tactus-opt %s -split-input-file -verify-diagnostics -pass-pipeline='builtin.module(func.func(tactus-legalize-for-target))'

// All that is wrong is said.
module attributes {systolic.machine = "edge"} {
  func.func @unknown_ranges(%x: tensor<4x16xf32>, %z: tensor<16x8xf32>, %d: tensor<4x16xf64>, %e: tensor<16x8xf64>) -> (tensor<4x8xf32>, tensor<4x8xf64>) {
    // expected-error @below {{expected the ranges of its operands, since machine 'edge' multiplies i8, but got none; --calibrate finds them from sample inputs}}
    %0 = tactus.matmul %x, %z : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    // expected-error @below {{expected operands of f32, f16, bf16 or i8, since machine 'edge' multiplies i8, but got 'f64' and 'f64'}}
    %1 = tactus.matmul %d, %e : (tensor<4x16xf64>, tensor<16x8xf64>) -> tensor<4x8xf64>
    return %0, %1 : tensor<4x8xf32>, tensor<4x8xf64>
  }
}

// -----

module attributes {systolic.machine = "gemmini"} {
  func.func @unsigned_bytes(%x: tensor<4x16xui8>, %z: tensor<16x8xi8>) -> tensor<4x8xi32> {
    // expected-error @below {{expected operands of f32, f16, bf16 or i8, since machine 'gemmini' multiplies i8, but got 'ui8' and 'i8'}}
    %0 = tactus.matmul %x, %z : (tensor<4x16xui8>, tensor<16x8xi8>) -> tensor<4x8xi32>
    return %0 : tensor<4x8xi32>
  }
}

// -----

module attributes {systolic.machine = "tpu-v2"} {
  func.func @bytes_on_bf16(%x: tensor<4x16xi8>, %z: tensor<16x8xi8>) -> tensor<4x8xi32> {
    // expected-error @below {{expected operands of f32, f16 or bf16, since machine 'tpu-v2' multiplies bf16, but got 'i8' and 'i8'}}
    %0 = tactus.matmul %x, %z : (tensor<4x16xi8>, tensor<16x8xi8>) -> tensor<4x8xi32>
    return %0 : tensor<4x8xi32>
  }
}

// -----

module attributes {systolic.machine = "edge"} {
  func.func @no_pair(%x: tensor<4x16xf32>, %z: tensor<16x8xf32>) -> tensor<4x8xf32> {
    // expected-error @below {{expected 'tactus.ranges' to be array<f32: lhs, rhs>, finite magnitudes, but got array<f32: 1.000000e+00>}}
    %0 = tactus.matmul %x, %z {tactus.ranges = array<f32: 1.0>} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    return %0 : tensor<4x8xf32>
  }
}

// -----

module attributes {systolic.machine = "edge"} {
  func.func @negative(%x: tensor<4x16xf32>, %z: tensor<16x8xf32>) -> tensor<4x8xf32> {
    // expected-error @below {{expected 'tactus.ranges' to be array<f32: lhs, rhs>, finite magnitudes, but got array<f32: 1.000000e+00, -1.000000e+00>}}
    %0 = tactus.matmul %x, %z {tactus.ranges = array<f32: 1.0, -1.0>} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    return %0 : tensor<4x8xf32>
  }
}

// -----

module attributes {systolic.machine = "edge"} {
  func.func @infinite(%x: tensor<4x16xf32>, %z: tensor<16x8xf32>) -> tensor<4x8xf32> {
    // expected-error @below {{expected 'tactus.ranges' to be array<f32: lhs, rhs>, finite magnitudes}}
    %0 = tactus.matmul %x, %z {tactus.ranges = array<f32: 0x7F800000, 1.0>} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    return %0 : tensor<4x8xf32>
  }
}

// -----

module attributes {systolic.machine = "edge"} {
  func.func @no_array(%x: tensor<4x16xf32>, %z: tensor<16x8xf32>) -> tensor<4x8xf32> {
    // expected-error @below {{expected 'tactus.ranges' to be array<f32: lhs, rhs>, finite magnitudes, but got "large"}}
    %0 = tactus.matmul %x, %z {tactus.ranges = "large"} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    return %0 : tensor<4x8xf32>
  }
}
