// RUN: tactus-opt %s | tactus-opt | FileCheck %s

// CHECK-LABEL: func @reciprocal
// CHECK:         tactus.reciprocal %{{.+}} : tensor<4x8xf32>
func.func @reciprocal(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.reciprocal %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @rsqrt
// CHECK:         tactus.rsqrt %{{.+}} : tensor<4x8xf32>
func.func @rsqrt(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.rsqrt %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @log1p
// CHECK:         tactus.log1p %{{.+}} : tensor<4x8xf32>
func.func @log1p(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.log1p %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @expm1
// CHECK:         tactus.expm1 %{{.+}} : tensor<4x8xf32>
func.func @expm1(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.expm1 %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @sinh
// CHECK:         tactus.sinh %{{.+}} : tensor<4x8xf32>
func.func @sinh(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.sinh %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @cosh
// CHECK:         tactus.cosh %{{.+}} : tensor<4x8xf32>
func.func @cosh(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.cosh %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @asinh
// CHECK:         tactus.asinh %{{.+}} : tensor<4x8xf32>
func.func @asinh(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.asinh %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @acosh
// CHECK:         tactus.acosh %{{.+}} : tensor<4x8xf32>
func.func @acosh(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.acosh %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @atanh
// CHECK:         tactus.atanh %{{.+}} : tensor<4x8xf32>
func.func @atanh(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.atanh %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @erf
// CHECK:         tactus.erf %{{.+}} : tensor<4x8xf32>
func.func @erf(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.erf %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @erfc
// CHECK:         tactus.erfc %{{.+}} : tensor<4x8xf32>
func.func @erfc(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.erfc %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @cbrt
// CHECK:         tactus.cbrt %{{.+}} : tensor<4x8xf32>
func.func @cbrt(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.cbrt %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @sin
// CHECK:         tactus.sin %{{.+}} : tensor<4x8xf32>
func.func @sin(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.sin %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @cos
// CHECK:         tactus.cos %{{.+}} : tensor<4x8xf32>
func.func @cos(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.cos %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @tan
// CHECK:         tactus.tan %{{.+}} : tensor<4x8xf32>
func.func @tan(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.tan %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @asin
// CHECK:         tactus.asin %{{.+}} : tensor<4x8xf32>
func.func @asin(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.asin %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @acos
// CHECK:         tactus.acos %{{.+}} : tensor<4x8xf32>
func.func @acos(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.acos %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @atan
// CHECK:         tactus.atan %{{.+}} : tensor<4x8xf32>
func.func @atan(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.atan %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @pow
// CHECK:         tactus.pow %{{.+}}, %{{.+}} : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
func.func @pow(%a: tensor<4x8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %r = tactus.pow %a, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @piecewise_linear
// CHECK:         tactus.piecewise_linear %{{.+}}, %{{.+}}, %{{.+}} {low = -8.000000e+00 : f64, step = 2.500000e-01 : f64} : (tensor<4x8xf32>, tensor<65xf32>, tensor<64xf32>) -> tensor<4x8xf32>
func.func @piecewise_linear(%x: tensor<4x8xf32>, %v: tensor<65xf32>, %s: tensor<64xf32>) -> tensor<4x8xf32> {
  %r = tactus.piecewise_linear %x, %v, %s {low = -8.0 : f64, step = 0.25 : f64} : (tensor<4x8xf32>, tensor<65xf32>, tensor<64xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}
