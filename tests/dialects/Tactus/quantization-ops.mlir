// RUN: tactus-opt %s | tactus-opt | FileCheck %s

// CHECK-LABEL: func @quantize
// CHECK:         tactus.quantize %{{.+}}, %{{.+}}, %{{.+}} {to = i8} : (tensor<4x8xf32>, tensor<f32>, tensor<i32>) -> tensor<4x8xi8>
func.func @quantize(%x: tensor<4x8xf32>, %s: tensor<f32>, %z: tensor<i32>) -> tensor<4x8xi8> {
  %r = tactus.quantize %x, %s, %z {to = i8} : (tensor<4x8xf32>, tensor<f32>, tensor<i32>) -> tensor<4x8xi8>
  return %r : tensor<4x8xi8>
}

// CHECK-LABEL: func @dequantize
// CHECK:         tactus.dequantize %{{.+}}, %{{.+}} : (tensor<4x8xi8>, tensor<8xf32>) -> tensor<4x8xf32>
func.func @dequantize(%x: tensor<4x8xi8>, %s: tensor<8xf32>) -> tensor<4x8xf32> {
  %r = tactus.dequantize %x, %s : (tensor<4x8xi8>, tensor<8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @requantize
// CHECK:         tactus.requantize %{{.+}}, %{{.+}} {to = i8} : (tensor<4x8xi32>, tensor<8xf32>) -> tensor<4x8xi8>
func.func @requantize(%x: tensor<4x8xi32>, %s: tensor<8xf32>) -> tensor<4x8xi8> {
  %r = tactus.requantize %x, %s {to = i8} : (tensor<4x8xi32>, tensor<8xf32>) -> tensor<4x8xi8>
  return %r : tensor<4x8xi8>
}

// CHECK-LABEL: func @dynamic_quantize
// CHECK:         tactus.dynamic_quantize %{{.+}} {axes = array<i64: -1>, to = ui8} : (tensor<4x8xf32>) -> (tensor<4x8xui8>, tensor<4x1xf32>, tensor<4x1xi32>)
func.func @dynamic_quantize(%x: tensor<4x8xf32>) -> (tensor<4x8xui8>, tensor<4x1xf32>, tensor<4x1xi32>) {
  %q, %s, %z = tactus.dynamic_quantize %x {axes = array<i64: -1>, to = ui8} : (tensor<4x8xf32>) -> (tensor<4x8xui8>, tensor<4x1xf32>, tensor<4x1xi32>)
  return %q, %s, %z : tensor<4x8xui8>, tensor<4x1xf32>, tensor<4x1xi32>
}

// Dimensions that are not known are those of the operands.
// CHECK-LABEL: func @unknown_sizes
// CHECK:         (tensor<?x8xf32>) -> (tensor<?x8xi8>, tensor<?x1xf32>, tensor<?x1xi32>)
func.func @unknown_sizes(%x: tensor<?x8xf32>) -> tensor<?x8xf32> {
  %q, %s, %z = tactus.dynamic_quantize %x {axes = array<i64: -1>, to = i8} : (tensor<?x8xf32>) -> (tensor<?x8xi8>, tensor<?x1xf32>, tensor<?x1xi32>)
  %r = tactus.dequantize %q, %s, %z : (tensor<?x8xi8>, tensor<?x1xf32>, tensor<?x1xi32>) -> tensor<?x8xf32>
  return %r : tensor<?x8xf32>
}
