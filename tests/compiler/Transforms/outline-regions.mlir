// RUN: tactus-opt %s -tactus-outline-regions -split-input-file | FileCheck %s

// Values from around become arguments, before the region's own; a parameter is
// copied.
// CHECK-LABEL: func @main
// CHECK-SAME:    %[[X:[^:]+]]: tensor<4xf32>, %[[C:[^:]+]]: tensor<i1>
// CHECK-NEXT:    tactus.if %[[C]] {{.*}} then {
// CHECK-NEXT:      %[[T:.+]] = func.call @if_then(%[[X]])
// CHECK-NEXT:      tactus.yield %[[T]]
// CHECK-NEXT:    } else {
// CHECK-NEXT:      %[[E:.+]] = func.call @if_else(%[[X]])
// CHECK-NEXT:      tactus.yield %[[E]]
// CHECK-LABEL: func private @if_else(%{{.+}}: tensor<4xf32>
// CHECK-NEXT:    return %{{.+}} : tensor<4xf32>
// CHECK-LABEL: func private @if_then
// CHECK-SAME:    %[[A:[^:]+]]: tensor<4xf32>
// CHECK-NEXT:    %[[P:.+]] = tactus.parameter @p
// CHECK-NEXT:    %[[N:.+]] = tactus.neg %[[P]]
// CHECK-NEXT:    %[[S:.+]] = tactus.add %[[A]], %[[N]]
// CHECK-NEXT:    return %[[S]]
func.func @main(%x: tensor<4xf32>, %c: tensor<i1>) -> tensor<4xf32> {
  %p = tactus.parameter @p : tensor<4xf32>
  %n = tactus.neg %p : tensor<4xf32>
  %r = tactus.if %c : (tensor<i1>) -> tensor<4xf32> then {
    %0 = tactus.add %x, %n : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    tactus.yield %0 : tensor<4xf32>
  } else {
    tactus.yield %x : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}

// -----

// What an inner region reads from far outside passes through the outer one;
// equal names get numbers.
// CHECK-LABEL: func @main
// CHECK-SAME:    %[[X:[^:]+]]: tensor<f32>, %[[Y:[^:]+]]: tensor<3xf32>, %[[C:[^:]+]]: tensor<i1>
// CHECK:         tactus.scan %[[X]], %[[Y]]
// CHECK-NEXT:    ^bb0(%[[H:[^:]+]]: tensor<f32>{{.*}}, %[[E:[^:]+]]: tensor<f32>
// CHECK-NEXT:      func.call @scan_body(%[[X]], %[[C]], %[[H]], %[[E]])
// CHECK-LABEL: func private @scan_body
// CHECK-SAME:    (%[[X2:[^:]+]]: tensor<f32>, %[[C2:[^:]+]]: tensor<i1>, %[[H2:[^:]+]]: tensor<f32>, %[[E2:[^:]+]]: tensor<f32>)
// CHECK:         tactus.if %[[C2]]
// CHECK-NEXT:      func.call @if_then(%[[X2]], %[[H2]], %[[E2]])
// CHECK:           func.call @if_else(%[[H2]])
func.func @main(%x: tensor<f32>, %y: tensor<3xf32>, %c: tensor<i1>) -> tensor<f32> {
  %r = tactus.scan %x, %y : (tensor<f32>, tensor<3xf32>) -> tensor<f32> body {
  ^bb0(%h: tensor<f32>, %e: tensor<f32>):
    %0 = tactus.if %c : (tensor<i1>) -> tensor<f32> then {
      %1 = tactus.clamp %x, %h, %e : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
      tactus.yield %1 : tensor<f32>
    } else {
      tactus.yield %h : tensor<f32>
    }
    tactus.yield %0 : tensor<f32>
  }
  return %r : tensor<f32>
}

// -----

// Negative: a region that is a call already stays.
// CHECK-LABEL: func @main
// CHECK:         func.call @negate(%{{.+}})
// CHECK-NOT:     @if_then
func.func @main(%x: tensor<4xf32>, %c: tensor<i1>) -> tensor<4xf32> {
  %r = tactus.if %c : (tensor<i1>) -> tensor<4xf32> then {
    %0 = func.call @negate(%x) : (tensor<4xf32>) -> tensor<4xf32>
    tactus.yield %0 : tensor<4xf32>
  } else {
    tactus.yield %x : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}
func.func private @negate(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tactus.neg %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}
