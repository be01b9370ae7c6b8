// RUN: tactus-opt %s -split-input-file -verify-diagnostics

func.func @quantize_c1_scale_is_zero(%x: tensor<4xf32>) -> tensor<4xi8> {
  // expected-error @below {{expected a positive, finite scale, but got 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.quantize %x {scale = 0.0 : f64, to = i8} : (tensor<4xf32>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

// -----

func.func @quantize_c2_zero_point_past_the_range(%x: tensor<4xf32>) -> tensor<4xi8> {
  // expected-error @below {{expected a zero_point from -128 to 127, but got 128}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.quantize %x {scale = 1.0 : f64, zero_point = 128 : i64, to = i8} : (tensor<4xf32>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

// -----

func.func @quantize_c3_to_i32(%x: tensor<4xf32>) -> tensor<4xi8> {
  // expected-error @below {{expected to be i8 or ui8, but got 'i32'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.quantize %x {scale = 1.0 : f64, to = i32} : (tensor<4xf32>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

// -----

func.func @dequantize_c1_scale_is_negative(%x: tensor<4xi8>) -> tensor<4xf32> {
  // expected-error @below {{expected a positive, finite scale, but got -1}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.dequantize %x {scale = -1.0 : f64} : (tensor<4xi8>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @requantize_c1_scale_is_nan(%x: tensor<4xi32>) -> tensor<4xi8> {
  // expected-error @below {{expected a positive, finite scale, but got nan}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.requantize %x {scale = 0x7FF8000000000000 : f64, to = i8} : (tensor<4xi32>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}

// -----

func.func @requantize_c2_negative_zero_point_of_ui8(%x: tensor<4xi32>) -> tensor<4xui8> {
  // expected-error @below {{expected a zero_point from 0 to 255, but got -1}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.requantize %x {scale = 1.0 : f64, zero_point = -1 : i64, to = ui8} : (tensor<4xi32>) -> tensor<4xui8>
  return %r : tensor<4xui8>
}

// -----

func.func @requantize_c3_to_f32(%x: tensor<4xi32>) -> tensor<4xi8> {
  // expected-error @below {{expected to be i8 or ui8, but got 'f32'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.requantize %x {scale = 1.0 : f64, to = f32} : (tensor<4xi32>) -> tensor<4xi8>
  return %r : tensor<4xi8>
}
