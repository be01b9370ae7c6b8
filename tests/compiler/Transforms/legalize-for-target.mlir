// RUN: tactus-opt %s -pass-pipeline='builtin.module(func.func(tactus-legalize-for-target))' | FileCheck %s

// CHECK-LABEL: func @softmax
// CHECK-SAME:    %[[X:.+]]: tensor<4x8xf32>
// CHECK:         %[[M:.+]] = tactus.max %[[X]] {axes = array<i64: 0>, keepdims = true}
// CHECK:         %[[D:.+]] = tactus.sub %[[X]], %[[M]]
// CHECK:         %[[E:.+]] = tactus.exp %[[D]]
// CHECK:         %[[S:.+]] = tactus.sum %[[E]] {axes = array<i64: 0>, keepdims = true}
// CHECK:         tactus.div %[[E]], %[[S]]
func.func @softmax(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.softmax %x {axis = -2 : i64} : tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// CHECK-LABEL: func @narrow_softmax_rounds_once
// CHECK:         tactus.cast {{.+}} -> tensor<4x8xf32>
// CHECK-NOT:     f16
// CHECK:         tactus.div
// CHECK:         tactus.cast %{{.+}} {to = f16}
func.func @narrow_softmax_rounds_once(%x: tensor<4x8xf16>) -> tensor<4x8xf16> {
  %0 = tactus.softmax %x : tensor<4x8xf16>
  return %0 : tensor<4x8xf16>
}

// CHECK-LABEL: func @log_softmax
// CHECK:         %[[D:.+]] = tactus.sub
// CHECK:         %[[E:.+]] = tactus.exp %[[D]]
// CHECK:         %[[S:.+]] = tactus.sum %[[E]]
// CHECK:         %[[L:.+]] = tactus.log %[[S]]
// CHECK:         tactus.sub %[[D]], %[[L]]
func.func @log_softmax(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.log_softmax %x : tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// CHECK-LABEL: func @layer_norm
// CHECK-SAME:    %[[X:.+]]: tensor<4x8xf32>, %[[S:.+]]: tensor<8xf32>, %[[B:.+]]: tensor<8xf32>
// CHECK:         %[[M:.+]] = tactus.mean %[[X]] {axes = array<i64: 1>, keepdims = true}
// CHECK:         %[[D:.+]] = tactus.sub %[[X]], %[[M]]
// CHECK:         %[[Q:.+]] = tactus.mul %[[D]], %[[D]]
// CHECK:         %[[V:.+]] = tactus.mean %[[Q]]
// CHECK:         %[[R:.+]] = tactus.sqrt
// CHECK:         %[[N:.+]] = tactus.div %[[D]], %[[R]]
// CHECK:         %[[T:.+]] = tactus.mul %[[N]], %[[S]]
// CHECK:         tactus.add %[[T]], %[[B]]
func.func @layer_norm(%x: tensor<4x8xf32>, %s: tensor<8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.layer_norm %x scale %s bias %b : (tensor<4x8xf32>, tensor<8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// Negative: an activation keeps its name until code generation.
// CHECK-LABEL: func @gelu_stays
// CHECK:         tactus.gelu
func.func @gelu_stays(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.gelu %x : tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}


// A tensor of one value is a constant, whatever its size.
// CHECK-LABEL: func @fill
// CHECK:         tactus.constant dense<2.500000e+00> : tensor<4x8xf16>
// CHECK:         tactus.constant dense<200> : tensor<3xui8>
// CHECK:         tactus.constant dense<true> : tensor<2xi1>
// CHECK-NOT:     tactus.fill
func.func @fill() -> (tensor<4x8xf16>, tensor<3xui8>, tensor<2xi1>) {
  %0 = tactus.fill {type = tensor<4x8xf16>, value = 2.500000e+00 : f64} : tensor<4x8xf16>
  %1 = tactus.fill {type = tensor<3xui8>, value = 2.000000e+02 : f64} : tensor<3xui8>
  %2 = tactus.fill {type = tensor<2xi1>, value = 1.000000e+00 : f64} : tensor<2xi1>
  return %0, %1, %2 : tensor<4x8xf16>, tensor<3xui8>, tensor<2xi1>
}

// Rows without elements have no largest one.
// CHECK-LABEL: func @softmax_of_nothing
// CHECK-NEXT:    return %{{.+}}, %{{.+}} :
func.func @softmax_of_nothing(%x: tensor<4x0xf32>) -> (tensor<4x0xf32>, tensor<4x0xf32>) {
  %0 = tactus.softmax %x : tensor<4x0xf32>
  %1 = tactus.log_softmax %x : tensor<4x0xf32>
  return %0, %1 : tensor<4x0xf32>, tensor<4x0xf32>
}
