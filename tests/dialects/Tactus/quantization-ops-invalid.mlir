// RUN: tactus-opt %s -split-input-file -verify-diagnostics

func.func @quantize_c1_shapes_do_not_broadcast(%x: tensor<4xf32>, %s: tensor<3xf32>) -> tensor<4xi8> {
  // expected-error@+2 {{expected shapes that broadcast}}
  // expected-error@+1 {{failed to infer}}
  %r = tactus.quantize %x, %s {to = i8} : (tensor<4xf32>, tensor<3xf32>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

// -----

func.func @quantize_c2_to_i32(%x: tensor<4xf32>, %s: tensor<f32>) -> tensor<4xi8> {
  // expected-error@+2 {{expected to be i8 or ui8, but got 'i32'}}
  // expected-error@+1 {{failed to infer}}
  %r = tactus.quantize %x, %s {to = i32} : (tensor<4xf32>, tensor<f32>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

// -----

func.func @dequantize_c1_shapes_do_not_broadcast(%x: tensor<4xi8>, %s: tensor<f32>, %z: tensor<2x3xi32>) -> tensor<4xf32> {
  // expected-error@+2 {{expected shapes that broadcast}}
  // expected-error@+1 {{failed to infer}}
  %r = tactus.dequantize %x, %s, %z : (tensor<4xi8>, tensor<f32>, tensor<2x3xi32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @requantize_c1_shapes_do_not_broadcast(%x: tensor<4xi32>, %s: tensor<3xf32>) -> tensor<4xi8> {
  // expected-error@+2 {{expected shapes that broadcast}}
  // expected-error@+1 {{failed to infer}}
  %r = tactus.requantize %x, %s {to = i8} : (tensor<4xi32>, tensor<3xf32>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

// -----

func.func @requantize_c2_to_f32(%x: tensor<4xi32>, %s: tensor<f32>) -> tensor<4xi8> {
  // expected-error@+2 {{expected to be i8 or ui8, but got 'f32'}}
  // expected-error@+1 {{failed to infer}}
  %r = tactus.requantize %x, %s {to = f32} : (tensor<4xi32>, tensor<f32>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

// -----

func.func @dynamic_quantize_c1_axis_past_the_rank(%x: tensor<4xf32>) -> tensor<4xi8> {
  // expected-error@+2 {{expected}}
  // expected-error@+1 {{failed to infer}}
  %r:3 = tactus.dynamic_quantize %x {axes = array<i64: 1>, to = i8} : (tensor<4xf32>) -> (tensor<4xi8>, tensor<1xf32>, tensor<1xi32>)
  return %r#0 : tensor<4xi8>
}

// -----

func.func @dynamic_quantize_c2_to_i16(%x: tensor<4xf32>) -> tensor<4xi8> {
  // expected-error@+2 {{expected to be i8 or ui8, but got 'i16'}}
  // expected-error@+1 {{failed to infer}}
  %r:3 = tactus.dynamic_quantize %x {to = i16} : (tensor<4xf32>) -> (tensor<4xi8>, tensor<f32>, tensor<i32>)
  return %r#0 : tensor<4xi8>
}
