// RUN: tactus-opt %s | tactus-opt | FileCheck %s

// CHECK-LABEL: func @constant
// CHECK:         tactus.constant dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>
func.func @constant() -> tensor<2xf32> {
  %c = tactus.constant dense<[1.0, 2.0]> : tensor<2xf32>
  return %c : tensor<2xf32>
}

// CHECK-LABEL: func @parameter
// CHECK:         tactus.parameter @w0 : tensor<784x512xf32>
func.func @parameter() -> tensor<784x512xf32> {
  %w = tactus.parameter @w0 : tensor<784x512xf32>
  return %w : tensor<784x512xf32>
}

// CHECK-LABEL: func @fill
// CHECK:         tactus.fill {type = tensor<4x8xf32>, value = 2.500000e+00 : f64} : tensor<4x8xf32>
func.func @fill() -> tensor<4x8xf32> {
  %r = tactus.fill {type = tensor<4x8xf32>, value = 2.500000e+00 : f64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @iota
// CHECK:         tactus.iota {axis = 1 : i64, type = tensor<4x8xi32>} : tensor<4x8xi32>
func.func @iota() -> tensor<4x8xi32> {
  %r = tactus.iota {type = tensor<4x8xi32>, axis = 1 : i64} : tensor<4x8xi32>
  return %r : tensor<4x8xi32>
}

// CHECK-LABEL: func @random
// CHECK:         tactus.random {seed = 1 : i64, type = tensor<4x8xf32>} : tensor<4x8xf32>
func.func @random() -> tensor<4x8xf32> {
  %r = tactus.random {type = tensor<4x8xf32>, seed = 1 : i64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @eye
// CHECK:         tactus.eye {k = 1 : i64, type = tensor<4x8xf32>} : tensor<4x8xf32>
func.func @eye() -> tensor<4x8xf32> {
  %r = tactus.eye {type = tensor<4x8xf32>, k = 1 : i64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @linspace
// CHECK:         tactus.linspace {start = 0.000000e+00 : f64, stop = 1.000000e+00 : f64, type = tensor<5xf32>} : tensor<5xf32>
func.func @linspace() -> tensor<5xf32> {
  %r = tactus.linspace {type = tensor<5xf32>, start = 0.0 : f64, stop = 1.0 : f64} : tensor<5xf32>
  return %r : tensor<5xf32>
}

// CHECK-LABEL: func @one_hot
// CHECK:         tactus.one_hot %{{.+}}, %{{.+}} {depth = 8 : i64} : (tensor<4xi64>, tensor<2xf32>) -> tensor<4x8xf32>
func.func @one_hot(%i: tensor<4xi64>, %v: tensor<2xf32>) -> tensor<4x8xf32> {
  %r = tactus.one_hot %i, %v {depth = 8 : i64} : (tensor<4xi64>, tensor<2xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @range
// CHECK:         tactus.range %{{.+}}, %{{.+}}, %{{.+}} : (tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<?xi64>
func.func @range(%start: tensor<i64>, %limit: tensor<i64>, %delta: tensor<i64>) -> tensor<?xi64> {
  %r = tactus.range %start, %limit, %delta : (tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<?xi64>
  return %r : tensor<?xi64>
}

// CHECK-LABEL: func @range_of_constants_has_a_size
// CHECK:         tactus.range {{.+}} -> tensor<3xf32>
func.func @range_of_constants_has_a_size() -> tensor<3xf32> {
  %start = tactus.constant dense<1.0> : tensor<f32>
  %limit = tactus.constant dense<0.0> : tensor<f32>
  %delta = tactus.constant dense<-0.4> : tensor<f32>
  %r = tactus.range %start, %limit, %delta : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<3xf32>
  return %r : tensor<3xf32>
}
