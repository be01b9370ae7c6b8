// RUN: tactus-opt %s -split-input-file -verify-diagnostics

func.func @leaky_relu_c1_alpha_is_nan(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected a finite alpha, but got nan}}
  %r = tactus.leaky_relu %x {alpha = 0x7FF8000000000000 : f64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @elu_c1_alpha_is_infinite(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected a finite alpha, but got}}
  %r = tactus.elu %x {alpha = 0x7FF0000000000000 : f64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @selu_c1_gamma_is_nan(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected a finite gamma, but got nan}}
  %r = tactus.selu %x {gamma = 0x7FF8000000000000 : f64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @celu_c1_alpha_is_zero(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected a positive, finite alpha, but got 0}}
  %r = tactus.celu %x {alpha = 0.0 : f64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @hard_sigmoid_c1_beta_is_nan(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected a finite beta, but got nan}}
  %r = tactus.hard_sigmoid %x {beta = 0x7FF8000000000000 : f64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @hard_tanh_c1_min_is_nan(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected numbers as min and max, but got nan and 1}}
  %r = tactus.hard_tanh %x {min = 0x7FF8000000000000 : f64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @hard_tanh_c2_min_above_max(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected min to be at most max, but got}}
  %r = tactus.hard_tanh %x {min = 2.0 : f64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @thresholded_relu_c1_alpha_is_nan(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected a finite alpha, but got nan}}
  %r = tactus.thresholded_relu %x {alpha = 0x7FF8000000000000 : f64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @softmax_c1_axis_past_the_rank(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected an axis from -2 to 1, but got 2}}
  %r = tactus.softmax %x {axis = 2 : i64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @log_softmax_c1_axis_before_the_rank(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected an axis from -2 to 1, but got -3}}
  %r = tactus.log_softmax %x {axis = -3 : i64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @prelu_c1_element_types_differ(%x: tensor<4x8xf32>, %s: tensor<8xf64>) -> tensor<4x8xf32> {
  // expected-error @below {{expected operands of one element type, but got 'f32' and 'f64'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.prelu %x, %s : (tensor<4x8xf32>, tensor<8xf64>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @prelu_c2_slope_is_larger(%x: tensor<1x8xf32>, %s: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected a slope that broadcasts to the input 'tensor<1x8xf32>', but got 'tensor<4x8xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.prelu %x, %s : (tensor<1x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

func.func @prelu_c2_slope_of_higher_rank(%x: tensor<4x8xf32>, %s: tensor<2x4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{expected a slope that broadcasts to the input 'tensor<4x8xf32>', but got 'tensor<2x4x8xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.prelu %x, %s : (tensor<4x8xf32>, tensor<2x4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}
