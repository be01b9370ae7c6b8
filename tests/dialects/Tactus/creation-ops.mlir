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
