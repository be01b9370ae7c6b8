// RUN: tactus-opt %s -split-input-file -verify-diagnostics

func.func @if_c1_condition_of_rank_1(%c: tensor<1xi1>, %x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected a condition of shape [], but got type 'tensor<1xi1>'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.if %c : (tensor<1xi1>) -> tensor<4xf32> then {
    tactus.yield %x : tensor<4xf32>
  } else {
    tactus.yield %x : tensor<4xf32>
  }
  return %x : tensor<4xf32>
}

// -----

func.func @if_c2_argument(%c: tensor<i1>, %x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected regions without arguments, but got 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.if %c : (tensor<i1>) -> tensor<4xf32> then {
  ^bb0(%a: tensor<4xf32>):
    tactus.yield %a : tensor<4xf32>
  } else {
    tactus.yield %x : tensor<4xf32>
  }
  return %x : tensor<4xf32>
}

// -----

func.func @if_c3_types_differ(%c: tensor<i1>, %x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected the values that 'else' yields of types (tensor<4xf32>), but got (tensor<i1>)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.if %c : (tensor<i1>) -> tensor<4xf32> then {
    tactus.yield %x : tensor<4xf32>
  } else {
    tactus.yield %c : tensor<i1>
  }
  return %x : tensor<4xf32>
}

// -----

func.func @if_c3_dynamic_and_static(%c: tensor<i1>, %x: tensor<4xf32>, %y: tensor<?xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected the values that 'else' yields of types (tensor<4xf32>), but got (tensor<?xf32>)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.if %c : (tensor<i1>) -> tensor<4xf32> then {
    tactus.yield %x : tensor<4xf32>
  } else {
    tactus.yield %y : tensor<?xf32>
  }
  return %x : tensor<4xf32>
}

// -----

func.func @if_c3_numbers_differ(%c: tensor<i1>, %x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected the values that 'else' yields of types (tensor<4xf32>), but got (tensor<4xf32>, tensor<4xf32>)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.if %c : (tensor<i1>) -> tensor<4xf32> then {
    tactus.yield %x : tensor<4xf32>
  } else {
    tactus.yield %x, %x : tensor<4xf32>, tensor<4xf32>
  }
  return %x : tensor<4xf32>
}

// -----

func.func @if_c3_no_values(%c: tensor<i1>, %x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected regions that yield a value, but got none}}
  // expected-error @below {{failed to infer returned types}}
  tactus.if %c : (tensor<i1>) -> () then {
    tactus.yield
  } else {
    tactus.yield
  }
  return %x : tensor<4xf32>
}

// -----

func.func @while_c1_no_values(%c: tensor<i1>, %x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected a value to carry from one iteration to the next, but got none}}
  // expected-error @below {{failed to infer returned types}}
  tactus.while : () -> () condition {
    tactus.yield %c : tensor<i1>
  } body {
    tactus.yield
  }
  return %x : tensor<4xf32>
}

// -----

func.func @while_c1_arguments_of_condition(%c: tensor<i1>, %x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected arguments of 'condition' of types (tensor<4xf32>), but got (tensor<3xf32>)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.while %x : (tensor<4xf32>) -> tensor<4xf32> condition {
  ^bb0(%a: tensor<3xf32>):
    tactus.yield %c : tensor<i1>
  } body {
  ^bb0(%a: tensor<4xf32>):
    tactus.yield %a : tensor<4xf32>
  }
  return %x : tensor<4xf32>
}

// -----

func.func @while_c1_arguments_of_body(%c: tensor<i1>, %x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected arguments of 'body' of types (tensor<4xf32>), but got (tensor<4xf32>, tensor<i1>)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.while %x : (tensor<4xf32>) -> tensor<4xf32> condition {
  ^bb0(%a: tensor<4xf32>):
    tactus.yield %c : tensor<i1>
  } body {
  ^bb0(%a: tensor<4xf32>, %b: tensor<i1>):
    tactus.yield %a : tensor<4xf32>
  }
  return %x : tensor<4xf32>
}

// -----

func.func @while_c2_condition_of_shape_4(%c: tensor<i1>, %x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected the value that 'condition' yields of types (tensor<i1>), but got (tensor<4xi1>)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.while %x : (tensor<4xf32>) -> tensor<4xf32> condition {
  ^bb0(%a: tensor<4xf32>):
    %0 = tactus.compare %a, %a {predicate = #tactus.predicate<less>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
    tactus.yield %0 : tensor<4xi1>
  } body {
  ^bb0(%a: tensor<4xf32>):
    tactus.yield %a : tensor<4xf32>
  }
  return %x : tensor<4xf32>
}

// -----

func.func @while_c2_two_conditions(%c: tensor<i1>, %x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected the value that 'condition' yields of types (tensor<i1>), but got (tensor<i1>, tensor<i1>)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.while %x : (tensor<4xf32>) -> tensor<4xf32> condition {
  ^bb0(%a: tensor<4xf32>):
    tactus.yield %c, %c : tensor<i1>, tensor<i1>
  } body {
  ^bb0(%a: tensor<4xf32>):
    tactus.yield %a : tensor<4xf32>
  }
  return %x : tensor<4xf32>
}

// -----

func.func @while_c3_shape_changes(%c: tensor<i1>, %x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{expected the values that 'body' yields of types (tensor<4xf32>), but got (tensor<8xf32>)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.while %x : (tensor<4xf32>) -> tensor<4xf32> condition {
  ^bb0(%a: tensor<4xf32>):
    tactus.yield %c : tensor<i1>
  } body {
  ^bb0(%a: tensor<4xf32>):
    %0 = tactus.concat %a, %a {axis = 0 : i64} : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xf32>
    tactus.yield %0 : tensor<8xf32>
  }
  return %x : tensor<4xf32>
}

// -----

func.func @scan_c1_no_sequence(%xs: tensor<9xf32>) -> tensor<9xf32> {
  // expected-error @below {{expected num_scan_inputs from 1 to 1, the number of inputs, but got 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.scan %xs {num_scan_inputs = 0 : i64} : (tensor<9xf32>) -> tensor<9xf32> body {
  ^bb0(%e: tensor<f32>):
    tactus.yield %e : tensor<f32>
  }
  return %xs : tensor<9xf32>
}

// -----

func.func @scan_c1_more_sequences_than_inputs(%xs: tensor<9xf32>) -> tensor<9xf32> {
  // expected-error @below {{expected num_scan_inputs from 1 to 1, the number of inputs, but got 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.scan %xs {num_scan_inputs = 2 : i64} : (tensor<9xf32>) -> tensor<9xf32> body {
  ^bb0(%e: tensor<f32>):
    tactus.yield %e : tensor<f32>
  }
  return %xs : tensor<9xf32>
}

// -----

func.func @scan_c2_sequence_of_rank_0(%xs: tensor<9xf32>, %s: tensor<f32>) -> tensor<9xf32> {
  // expected-error @below {{expected sequences of rank 1 or more, but got 'tensor<f32>'}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.scan %s : (tensor<f32>) -> tensor<9xf32> body {
  ^bb0(%e: tensor<f32>):
    tactus.yield %e : tensor<f32>
  }
  return %xs : tensor<9xf32>
}

// -----

func.func @scan_c2_sizes_differ(%xs: tensor<9xf32>, %s: tensor<8xf32>) -> tensor<9xf32> {
  // expected-error @below {{expected sequences of one size along dim 0, but got 9 and 8}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.scan %xs, %s {num_scan_inputs = 2 : i64} : (tensor<9xf32>, tensor<8xf32>) -> tensor<9xf32> body {
  ^bb0(%e: tensor<f32>, %f: tensor<f32>):
    tactus.yield %e : tensor<f32>
  }
  return %xs : tensor<9xf32>
}

// -----

func.func @scan_c3_argument_is_no_slice(%xs: tensor<9xf32>) -> tensor<9xf32> {
  // expected-error @below {{expected arguments of 'body' of types (tensor<f32>), but got (tensor<9xf32>)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.scan %xs : (tensor<9xf32>) -> tensor<9xf32> body {
  ^bb0(%e: tensor<9xf32>):
    tactus.yield %e : tensor<9xf32>
  }
  return %xs : tensor<9xf32>
}

// -----

func.func @scan_c3_argument_missing(%xs: tensor<9xf32>, %s: tensor<f32>) -> tensor<9xf32> {
  // expected-error @below {{expected arguments of 'body' of types (tensor<f32>, tensor<f32>), but got (tensor<f32>)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.scan %s, %xs : (tensor<f32>, tensor<9xf32>) -> tensor<9xf32> body {
  ^bb0(%e: tensor<f32>):
    tactus.yield %e : tensor<f32>
  }
  return %xs : tensor<9xf32>
}

// -----

func.func @scan_c4_yields_nothing(%xs: tensor<9xf32>) -> tensor<9xf32> {
  // expected-error @below {{expected 'body' to yield 1 value or more, but got 0}}
  // expected-error @below {{failed to infer returned types}}
  tactus.scan %xs : (tensor<9xf32>) -> () body {
  ^bb0(%e: tensor<f32>):
    tactus.yield
  }
  return %xs : tensor<9xf32>
}

// -----

func.func @scan_c4_state_of_another_type(%xs: tensor<9xf32>, %s: tensor<2xf32>) -> tensor<9xf32> {
  // expected-error @below {{expected the states that 'body' yields of types (tensor<2xf32>), but got (tensor<f32>)}}
  // expected-error @below {{failed to infer returned types}}
  %r = tactus.scan %s, %xs : (tensor<2xf32>, tensor<9xf32>) -> tensor<2xf32> body {
  ^bb0(%t: tensor<2xf32>, %e: tensor<f32>):
    tactus.yield %e : tensor<f32>
  }
  return %xs : tensor<9xf32>
}
