// RUN: tactus-opt %s | tactus-opt | FileCheck %s

// CHECK-LABEL: func @relu
// CHECK:         tactus.relu %{{.+}} : tensor<4x8xf32>
func.func @relu(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.relu %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// The loops of a kernel hold the same op on vectors and scalars.
// CHECK-LABEL: func @relu_of_vector_and_scalar
// CHECK:         tactus.relu %{{.+}} : vector<16xf32>
// CHECK:         tactus.relu %{{.+}} : i32
func.func @relu_of_vector_and_scalar(%v: vector<16xf32>, %s: i32) -> (vector<16xf32>, i32) {
  %0 = tactus.relu %v : vector<16xf32>
  %1 = tactus.relu %s : i32
  return %0, %1 : vector<16xf32>, i32
}
