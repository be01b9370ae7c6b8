// RUN: tactus-opt %s | tactus-opt | FileCheck %s

// CHECK-LABEL: func @cumsum
// CHECK:         tactus.cumsum %{{.+}} {axis = 0 : i64, reverse = true} : (tensor<4x8xf32>) -> tensor<4x8xf32>
func.func @cumsum(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.cumsum %x {axis = 0 : i64, reverse = true} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @cumprod
// CHECK:         tactus.cumprod %{{.+}} {axis = 0 : i64, exclusive = true} : (tensor<4x8xf32>) -> tensor<4x8xf32>
func.func @cumprod(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.cumprod %x {axis = 0 : i64, exclusive = true} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @sort
// CHECK:         tactus.sort %{{.+}} {axis = 0 : i64, descending = true} : (tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xi64>)
func.func @sort(%x: tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xi64>) {
  %v, %i = tactus.sort %x {axis = 0 : i64, descending = true} : (tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xi64>)
  return %v, %i : tensor<4x8xf32>, tensor<4x8xi64>
}

// CHECK-LABEL: func @top_k
// CHECK:         tactus.top_k %{{.+}} {k = 3 : i64} : (tensor<4x8xf32>) -> (tensor<4x3xf32>, tensor<4x3xi64>)
func.func @top_k(%x: tensor<4x8xf32>) -> (tensor<4x3xf32>, tensor<4x3xi64>) {
  %v, %i = tactus.top_k %x {k = 3 : i64} : (tensor<4x8xf32>) -> (tensor<4x3xf32>, tensor<4x3xi64>)
  return %v, %i : tensor<4x3xf32>, tensor<4x3xi64>
}

// The size may be known when the program runs; k is what is left of it.
// CHECK-LABEL: func @top_k_of_dynamic_dim
// CHECK:         tactus.top_k %{{.+}} {k = 3 : i64} : (tensor<4x?xf32>) -> (tensor<4x3xf32>, tensor<4x3xi64>)
func.func @top_k_of_dynamic_dim(%x: tensor<4x?xf32>) -> (tensor<4x3xf32>, tensor<4x3xi64>) {
  %v, %i = tactus.top_k %x {k = 3 : i64} : (tensor<4x?xf32>) -> (tensor<4x3xf32>, tensor<4x3xi64>)
  return %v, %i : tensor<4x3xf32>, tensor<4x3xi64>
}
