// RUN: tactus-opt %s | tactus-opt | FileCheck %s

// CHECK-LABEL: func @if
// CHECK:         %[[R:.+]] = tactus.if %{{.+}} : (tensor<i1>) -> tensor<4xf32> then {
// CHECK-NEXT:      %[[E:.+]] = tactus.exp %[[X:.+]] : tensor<4xf32>
// CHECK-NEXT:      tactus.yield %[[E]] : tensor<4xf32>
// CHECK-NEXT:    } else {
// CHECK-NEXT:      tactus.yield %[[X]] : tensor<4xf32>
// CHECK-NEXT:    }
// CHECK-NEXT:    return %[[R]]
func.func @if(%c: tensor<i1>, %x: tensor<4xf32>) -> tensor<4xf32> {
  %r = tactus.if %c : (tensor<i1>) -> tensor<4xf32> then {
    %0 = tactus.exp %x : tensor<4xf32>
    tactus.yield %0 : tensor<4xf32>
  } else {
    tactus.yield %x : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}

// CHECK-LABEL: func @if_of_two_dynamic_values
// CHECK:         tactus.if %{{.+}} : (tensor<i1>) -> (tensor<?x3xf32>, tensor<i64>) then {
func.func @if_of_two_dynamic_values(%c: tensor<i1>, %x: tensor<?x3xf32>, %n: tensor<i64>) -> tensor<i64> {
  %r:2 = tactus.if %c : (tensor<i1>) -> (tensor<?x3xf32>, tensor<i64>) then {
    tactus.yield %x, %n : tensor<?x3xf32>, tensor<i64>
  } else {
    %0 = tactus.neg %x : tensor<?x3xf32>
    tactus.yield %0, %n : tensor<?x3xf32>, tensor<i64>
  }
  return %r#1 : tensor<i64>
}

// CHECK-LABEL: func @while
// CHECK:         tactus.while %{{.+}} : (tensor<4xf32>) -> tensor<4xf32> condition {
// CHECK-NEXT:    ^bb0(%{{.+}}: tensor<4xf32>):
// CHECK:           tactus.yield %{{.+}} : tensor<i1>
// CHECK-NEXT:    } body {
// CHECK-NEXT:    ^bb0(%[[A:.+]]: tensor<4xf32>):
// CHECK-NEXT:      tactus.add %[[A]], %[[A]]
// CHECK-NEXT:      tactus.yield %{{.+}} : tensor<4xf32>
// CHECK-NEXT:    }
func.func @while(%x: tensor<4xf32>, %limit: tensor<f32>) -> tensor<4xf32> {
  %r = tactus.while %x : (tensor<4xf32>) -> tensor<4xf32> condition {
  ^bb0(%a: tensor<4xf32>):
    %0 = tactus.max %a : (tensor<4xf32>) -> tensor<f32>
    %1 = tactus.compare %0, %limit {predicate = #tactus.predicate<less>} : (tensor<f32>, tensor<f32>) -> tensor<i1>
    tactus.yield %1 : tensor<i1>
  } body {
  ^bb0(%a: tensor<4xf32>):
    %0 = tactus.add %a, %a : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    tactus.yield %0 : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}

// A dimension that is not known stays the same from one iteration to the next.
// CHECK-LABEL: func @while_of_dynamic_dim
// CHECK:         tactus.while %{{.+}}, %{{.+}} : (tensor<?xf32>, tensor<i1>) -> (tensor<?xf32>, tensor<i1>) condition {
func.func @while_of_dynamic_dim(%x: tensor<?xf32>, %p: tensor<i1>) -> tensor<?xf32> {
  %r:2 = tactus.while %x, %p : (tensor<?xf32>, tensor<i1>) -> (tensor<?xf32>, tensor<i1>) condition {
  ^bb0(%a: tensor<?xf32>, %q: tensor<i1>):
    tactus.yield %q : tensor<i1>
  } body {
  ^bb0(%a: tensor<?xf32>, %q: tensor<i1>):
    %0 = tactus.logical_not %q : tensor<i1>
    tactus.yield %a, %0 : tensor<?xf32>, tensor<i1>
  }
  return %r#0 : tensor<?xf32>
}

// CHECK-LABEL: func @scan
// CHECK:         tactus.scan %{{.+}}, %{{.+}} : (tensor<4xf32>, tensor<9x4xf32>) -> (tensor<4xf32>, tensor<9x4xf32>) body {
// CHECK-NEXT:    ^bb0(%[[S:.+]]: tensor<4xf32>, %[[X:.+]]: tensor<4xf32>):
// CHECK-NEXT:      %[[N:.+]] = tactus.add %[[S]], %[[X]]
// CHECK-NEXT:      tactus.yield %[[N]], %[[N]] : tensor<4xf32>, tensor<4xf32>
// CHECK-NEXT:    }
func.func @scan(%h: tensor<4xf32>, %xs: tensor<9x4xf32>) -> (tensor<4xf32>, tensor<9x4xf32>) {
  %last, %all = tactus.scan %h, %xs {num_scan_inputs = 1 : i64} : (tensor<4xf32>, tensor<9x4xf32>) -> (tensor<4xf32>, tensor<9x4xf32>) body {
  ^bb0(%state: tensor<4xf32>, %x: tensor<4xf32>):
    %0 = tactus.add %state, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    tactus.yield %0, %0 : tensor<4xf32>, tensor<4xf32>
  }
  return %last, %all : tensor<4xf32>, tensor<9x4xf32>
}

// The sequence whose size is known tells how many elements there are.
// CHECK-LABEL: func @scan_without_states_in_reverse
// CHECK:         tactus.scan %{{.+}}, %{{.+}} {num_scan_inputs = 2 : i64, reverse = true} : (tensor<?x4xf32>, tensor<9xi32>) -> tensor<9x4xf32> body {
func.func @scan_without_states_in_reverse(%xs: tensor<?x4xf32>, %ns: tensor<9xi32>) -> tensor<9x4xf32> {
  %all = tactus.scan %xs, %ns {num_scan_inputs = 2 : i64, reverse = true} : (tensor<?x4xf32>, tensor<9xi32>) -> tensor<9x4xf32> body {
  ^bb0(%x: tensor<4xf32>, %n: tensor<i32>):
    %0 = tactus.cast %n {to = f32} : (tensor<i32>) -> tensor<f32>
    %1 = tactus.mul %x, %0 : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
    tactus.yield %1 : tensor<4xf32>
  }
  return %all : tensor<9x4xf32>
}

// CHECK-LABEL: func @scan_of_dynamic_length
// CHECK:         tactus.scan %{{.+}}, %{{.+}} : (tensor<?xf32>, tensor<?x2xf32>) -> (tensor<?xf32>, tensor<?x?x2xf32>) body {
func.func @scan_of_dynamic_length(%h: tensor<?xf32>, %xs: tensor<?x2xf32>, %y: tensor<?x2xf32>) -> tensor<?x?x2xf32> {
  %r:2 = tactus.scan %h, %xs : (tensor<?xf32>, tensor<?x2xf32>) -> (tensor<?xf32>, tensor<?x?x2xf32>) body {
  ^bb0(%state: tensor<?xf32>, %x: tensor<2xf32>):
    %0 = tactus.add %y, %x : (tensor<?x2xf32>, tensor<2xf32>) -> tensor<?x2xf32>
    tactus.yield %state, %0 : tensor<?xf32>, tensor<?x2xf32>
  }
  return %r#1 : tensor<?x?x2xf32>
}

// Regions stand in regions and see what is around all of them.
// CHECK-LABEL: func @control_in_control
// CHECK:         tactus.scan
// CHECK:           tactus.if
// CHECK:             tactus.while
func.func @control_in_control(%c: tensor<i1>, %xs: tensor<9xf32>, %n: tensor<f32>) -> tensor<9xf32> {
  %r = tactus.scan %xs : (tensor<9xf32>) -> tensor<9xf32> body {
  ^bb0(%x: tensor<f32>):
    %0 = tactus.if %c : (tensor<i1>) -> tensor<f32> then {
      %1 = tactus.while %x : (tensor<f32>) -> tensor<f32> condition {
      ^bb0(%a: tensor<f32>):
        %2 = tactus.compare %a, %n {predicate = #tactus.predicate<less>} : (tensor<f32>, tensor<f32>) -> tensor<i1>
        tactus.yield %2 : tensor<i1>
      } body {
      ^bb0(%a: tensor<f32>):
        %2 = tactus.add %a, %x : (tensor<f32>, tensor<f32>) -> tensor<f32>
        tactus.yield %2 : tensor<f32>
      }
      tactus.yield %1 : tensor<f32>
    } else {
      tactus.yield %x : tensor<f32>
    }
    tactus.yield %0 : tensor<f32>
  }
  return %r : tensor<9xf32>
}
