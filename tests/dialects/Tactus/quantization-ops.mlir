// RUN: tactus-opt %s | tactus-opt | FileCheck %s

// CHECK-LABEL: func @quantize
// CHECK:         tactus.quantize %{{.+}} {scale = 5.000000e-01 : f64, to = i8} : (tensor<4x8xf32>) -> tensor<4x8xi8>
func.func @quantize(%x: tensor<4x8xf32>) -> tensor<4x8xi8> {
  %r = tactus.quantize %x {scale = 5.000000e-01 : f64, to = i8} : (tensor<4x8xf32>) -> tensor<4x8xi8>
  return %r : tensor<4x8xi8>
}

// CHECK-LABEL: func @dequantize
// CHECK:         tactus.dequantize %{{.+}} {scale = 5.000000e-01 : f64} : (tensor<4x8xi8>) -> tensor<4x8xf32>
func.func @dequantize(%x: tensor<4x8xi8>) -> tensor<4x8xf32> {
  %r = tactus.dequantize %x {scale = 5.000000e-01 : f64} : (tensor<4x8xi8>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @requantize
// CHECK:         tactus.requantize %{{.+}} {scale = 1.562500e-02 : f64, to = i8} : (tensor<4x8xi32>) -> tensor<4x8xi8>
func.func @requantize(%x: tensor<4x8xi32>) -> tensor<4x8xi8> {
  %r = tactus.requantize %x {scale = 1.562500e-02 : f64, to = i8} : (tensor<4x8xi32>) -> tensor<4x8xi8>
  return %r : tensor<4x8xi8>
}
