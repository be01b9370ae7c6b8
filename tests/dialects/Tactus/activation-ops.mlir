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

// CHECK-LABEL: func @relu6
// CHECK:         tactus.relu6 %{{.+}} : tensor<4x8xf32>
func.func @relu6(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.relu6 %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @leaky_relu
// CHECK:         tactus.leaky_relu %{{.+}} {alpha = 1.000000e-01 : f64} : tensor<4x8xf32>
func.func @leaky_relu(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.leaky_relu %x {alpha = 1.000000e-01 : f64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @prelu
// CHECK:         tactus.prelu %{{.+}}, %{{.+}} : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
func.func @prelu(%x: tensor<4x8xf32>, %s: tensor<8xf32>) -> tensor<4x8xf32> {
  %r = tactus.prelu %x, %s : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @elu
// CHECK:         tactus.elu %{{.+}} {alpha = 2.000000e+00 : f64} : tensor<4x8xf32>
func.func @elu(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.elu %x {alpha = 2.000000e+00 : f64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @selu
// CHECK:         tactus.selu %{{.+}} : tensor<4x8xf32>
func.func @selu(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.selu %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @celu
// CHECK:         tactus.celu %{{.+}} {alpha = 2.000000e+00 : f64} : tensor<4x8xf32>
func.func @celu(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.celu %x {alpha = 2.000000e+00 : f64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @sigmoid
// CHECK:         tactus.sigmoid %{{.+}} : tensor<4x8xf32>
func.func @sigmoid(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.sigmoid %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @tanh
// CHECK:         tactus.tanh %{{.+}} : tensor<4x8xf32>
func.func @tanh(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.tanh %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @gelu
// CHECK:         tactus.gelu %{{.+}} {approximate = #tactus.gelu_form<tanh>} : tensor<4x8xf32>
func.func @gelu(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.gelu %x {approximate = #tactus.gelu_form<tanh>} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @silu
// CHECK:         tactus.silu %{{.+}} : tensor<4x8xf32>
func.func @silu(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.silu %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @mish
// CHECK:         tactus.mish %{{.+}} : tensor<4x8xf32>
func.func @mish(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.mish %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @softplus
// CHECK:         tactus.softplus %{{.+}} : tensor<4x8xf32>
func.func @softplus(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.softplus %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @softsign
// CHECK:         tactus.softsign %{{.+}} : tensor<4x8xf32>
func.func @softsign(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.softsign %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @hard_sigmoid
// CHECK:         tactus.hard_sigmoid %{{.+}} : tensor<4x8xf32>
func.func @hard_sigmoid(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.hard_sigmoid %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @hard_swish
// CHECK:         tactus.hard_swish %{{.+}} : tensor<4x8xf32>
func.func @hard_swish(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.hard_swish %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @hard_tanh
// CHECK:         tactus.hard_tanh %{{.+}} {min = -2.000000e+00 : f64} : tensor<4x8xf32>
func.func @hard_tanh(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.hard_tanh %x {min = -2.000000e+00 : f64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @thresholded_relu
// CHECK:         tactus.thresholded_relu %{{.+}} : tensor<4x8xf32>
func.func @thresholded_relu(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.thresholded_relu %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @softmax
// CHECK:         tactus.softmax %{{.+}} {axis = 0 : i64} : tensor<4x8xf32>
func.func @softmax(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.softmax %x {axis = 0 : i64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @log_softmax
// CHECK:         tactus.log_softmax %{{.+}} {axis = 0 : i64} : tensor<4x8xf32>
func.func @log_softmax(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.log_softmax %x {axis = 0 : i64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}
