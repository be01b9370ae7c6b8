// RUN: tactus-opt %s -canonicalize | FileCheck %s

// CHECK-LABEL: func @composes_slices
// CHECK-SAME:    (%[[X:.+]]: tensor<9x8x7xf32>)
// CHECK-DAG:     tactus.slice %[[X]] {axes = array<i64: 0, 1>, ends = array<i64: 8, -9>, starts = array<i64: 1, 6>, steps = array<i64: 6, -2>} : (tensor<9x8x7xf32>) -> tensor<2x4x7xf32>
// CHECK-NOT:     tactus.slice
func.func @composes_slices(%x: tensor<9x8x7xf32>) -> tensor<2x4x7xf32> {
  // 1, 4, 7 of 9, and 0, 2, 4, 6 of 8.
  %0 = tactus.slice %x {starts = array<i64: 1, 0>, ends = array<i64: 9, 8>, steps = array<i64: 3, 2>} : (tensor<9x8x7xf32>) -> tensor<3x4x7xf32>
  %1 = tactus.slice %0 {starts = array<i64: 0, -1>, ends = array<i64: 3, -9>, axes = array<i64: 0, -2>, steps = array<i64: 2, -1>} : (tensor<3x4x7xf32>) -> tensor<2x4x7xf32>
  return %1 : tensor<2x4x7xf32>
}

// CHECK-LABEL: func @composes_slices_to_few_elements
// CHECK-SAME:    (%[[X:.+]]: tensor<9xf32>)
// CHECK-DAG:     tactus.slice %[[X]] {axes = array<i64: 0>, ends = array<i64: 3>, starts = array<i64: 2>, steps = array<i64: 1>} : (tensor<9xf32>) -> tensor<1xf32>
// CHECK-DAG:     tactus.slice %[[X]] {axes = array<i64: 0>, ends = array<i64: 0>, starts = array<i64: 0>, steps = array<i64: 1>} : (tensor<9xf32>) -> tensor<0xf32>
func.func @composes_slices_to_few_elements(%x: tensor<9xf32>) -> (tensor<1xf32>, tensor<0xf32>, tensor<9xf32>) {
  %0 = tactus.slice %x {starts = array<i64: -1>, ends = array<i64: -99>, axes = array<i64: 0>, steps = array<i64: -1>} : (tensor<9xf32>) -> tensor<9xf32>
  %1 = tactus.slice %0 {starts = array<i64: 6>, ends = array<i64: 9>, axes = array<i64: 0>, steps = array<i64: 5>} : (tensor<9xf32>) -> tensor<1xf32>
  %2 = tactus.slice %0 {starts = array<i64: 6>, ends = array<i64: 6>} : (tensor<9xf32>) -> tensor<0xf32>
  // Turned around twice: x again.
  %3 = tactus.slice %0 {starts = array<i64: -1>, ends = array<i64: -99>, axes = array<i64: 0>, steps = array<i64: -1>} : (tensor<9xf32>) -> tensor<9xf32>
  // CHECK: return %{{.+}}, %{{.+}}, %[[X]]
  return %1, %2, %3 : tensor<1xf32>, tensor<0xf32>, tensor<9xf32>
}

// CHECK-LABEL: func @keeps_slices_of_unknown_sizes
// CHECK-COUNT-2: tactus.slice
func.func @keeps_slices_of_unknown_sizes(%x: tensor<?xf32>) -> tensor<?xf32> {
  %0 = tactus.slice %x {starts = array<i64: 1>, ends = array<i64: -1>} : (tensor<?xf32>) -> tensor<?xf32>
  %1 = tactus.slice %0 {starts = array<i64: 1>, ends = array<i64: -1>} : (tensor<?xf32>) -> tensor<?xf32>
  return %1 : tensor<?xf32>
}

// CHECK-LABEL: func @composes_what_repeats
// CHECK-SAME:    (%[[X:.+]]: tensor<?x3xf32>, %[[Y:.+]]: tensor<1x3xf32>)
// CHECK-DAG:     %[[TILE:.+]] = tactus.tile %[[X]] {repeats = array<i64: 6, 2>}
// CHECK-DAG:     %[[BROADCAST:.+]] = tactus.broadcast %[[Y]] {shape = array<i64: 2, 4, 3>}
// CHECK-NEXT:    return %[[TILE]], %[[BROADCAST]]
func.func @composes_what_repeats(%x: tensor<?x3xf32>, %y: tensor<1x3xf32>) -> (tensor<?x6xf32>, tensor<2x4x3xf32>) {
  %0 = tactus.tile %x {repeats = array<i64: 2, 1>} : (tensor<?x3xf32>) -> tensor<?x3xf32>
  %1 = tactus.tile %0 {repeats = array<i64: 3, 2>} : (tensor<?x3xf32>) -> tensor<?x6xf32>
  %2 = tactus.broadcast %y {shape = array<i64: 4, 1>} : (tensor<1x3xf32>) -> tensor<4x3xf32>
  %3 = tactus.broadcast %2 {shape = array<i64: 2, 1, 3>} : (tensor<4x3xf32>) -> tensor<2x4x3xf32>
  return %1, %3 : tensor<?x6xf32>, tensor<2x4x3xf32>
}

// CHECK-LABEL: func @keeps_what_repeats_differently
// CHECK:         tactus.tile
// CHECK:         tactus.broadcast
// CHECK:         tactus.broadcast
// CHECK:         tactus.broadcast
func.func @keeps_what_repeats_differently(%x: tensor<1x3xf32>, %y: tensor<?xf32>) -> (tensor<4x6xf32>, tensor<2x?xf32>) {
  %0 = tactus.tile %x {repeats = array<i64: 1, 2>} : (tensor<1x3xf32>) -> tensor<1x6xf32>
  %1 = tactus.broadcast %0 {shape = array<i64: 4, 6>} : (tensor<1x6xf32>) -> tensor<4x6xf32>
  %2 = tactus.broadcast %y {shape = array<i64: 1, 1>} : (tensor<?xf32>) -> tensor<1x?xf32>
  %3 = tactus.broadcast %2 {shape = array<i64: 2, 1>} : (tensor<1x?xf32>) -> tensor<2x?xf32>
  return %1, %3 : tensor<4x6xf32>, tensor<2x?xf32>
}

// CHECK-LABEL: func @composes_reverses
// CHECK-SAME:    (%[[X:.+]]: tensor<4x8x2xf32>)
// CHECK-NEXT:    %[[R:.+]] = tactus.reverse %[[X]] {axes = array<i64: 0, 2>}
// CHECK-NEXT:    return %[[R]]
func.func @composes_reverses(%x: tensor<4x8x2xf32>) -> tensor<4x8x2xf32> {
  %0 = tactus.reverse %x {axes = array<i64: -2, 0>} : (tensor<4x8x2xf32>) -> tensor<4x8x2xf32>
  %1 = tactus.reverse %0 {axes = array<i64: 1, 2>} : (tensor<4x8x2xf32>) -> tensor<4x8x2xf32>
  return %1 : tensor<4x8x2xf32>
}

// CHECK-LABEL: func @slices_at_known_indices
// CHECK-SAME:    (%[[X:.+]]: tensor<4x8xf32>)
// CHECK-DAG:     %[[S:.+]] = tactus.slice %[[X]] {axes = array<i64: 1>, ends = array<i64: 7>, starts = array<i64: 6>, steps = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4x1xf32>
// CHECK-DAG:     %[[R:.+]] = tactus.reshape %[[S]] {shape = array<i64: 4>}
// CHECK-DAG:     %[[T:.+]] = tactus.slice %[[X]] {axes = array<i64: 0>, ends = array<i64: 1>, starts = array<i64: 0>, steps = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<1x8xf32>
// CHECK-NEXT:    return %[[R]], %[[T]]
func.func @slices_at_known_indices(%x: tensor<4x8xf32>) -> (tensor<4xf32>, tensor<1x8xf32>) {
  %i = tactus.constant dense<-2> : tensor<i32>
  %0 = tactus.gather %x, %i {axis = -1 : i64} : (tensor<4x8xf32>, tensor<i32>) -> tensor<4xf32>
  %j = tactus.constant dense<0> : tensor<1xi64>
  %1 = tactus.gather %x, %j : (tensor<4x8xf32>, tensor<1xi64>) -> tensor<1x8xf32>
  return %0, %1 : tensor<4xf32>, tensor<1x8xf32>
}

// One that is out of range fails the run, and several are no slice.
// CHECK-LABEL: func @keeps_gathers
// CHECK-COUNT-5: tactus.gather
func.func @keeps_gathers(%x: tensor<4x8xf32>, %y: tensor<?x8xf32>, %n: tensor<i64>) -> (tensor<8xf32>, tensor<8xf32>, tensor<2x8xf32>, tensor<8xf32>, tensor<?xf32>) {
  %i = tactus.constant dense<4> : tensor<i64>
  %j = tactus.constant dense<[0, 1]> : tensor<2xi64>
  %0 = tactus.gather %x, %i : (tensor<4x8xf32>, tensor<i64>) -> tensor<8xf32>
  %1 = tactus.gather %y, %i : (tensor<?x8xf32>, tensor<i64>) -> tensor<8xf32>
  %2 = tactus.gather %x, %j : (tensor<4x8xf32>, tensor<2xi64>) -> tensor<2x8xf32>
  %3 = tactus.gather %x, %n : (tensor<4x8xf32>, tensor<i64>) -> tensor<8xf32>
  %4 = tactus.gather %y, %i {axis = 1 : i64} : (tensor<?x8xf32>, tensor<i64>) -> tensor<?xf32>
  return %0, %1, %2, %3, %4 : tensor<8xf32>, tensor<8xf32>, tensor<2x8xf32>, tensor<8xf32>, tensor<?xf32>
}

// CHECK-LABEL: func @composes_concats
// CHECK-SAME:    (%[[X:.+]]: tensor<4x?xf32>, %[[Y:.+]]: tensor<4x2xf32>)
// CHECK-NEXT:    %[[C:.+]] = tactus.concat %[[Y]], %[[X]], %[[Y]] {axis = -1 : i64}
// CHECK-NEXT:    return %[[C]]
func.func @composes_concats(%x: tensor<4x?xf32>, %y: tensor<4x2xf32>) -> tensor<4x?xf32> {
  %0 = tactus.concat %x, %y {axis = 1 : i64} : (tensor<4x?xf32>, tensor<4x2xf32>) -> tensor<4x?xf32>
  %1 = tactus.concat %y, %0 {axis = -1 : i64} : (tensor<4x2xf32>, tensor<4x?xf32>) -> tensor<4x?xf32>
  return %1 : tensor<4x?xf32>
}

// CHECK-LABEL: func @keeps_concats_of_other_axes_and_uses
// CHECK-COUNT-4: tactus.concat
func.func @keeps_concats_of_other_axes_and_uses(%x: tensor<2x2xf32>) -> (tensor<4x4xf32>, tensor<8x2xf32>) {
  %0 = tactus.concat %x, %x {axis = 0 : i64} : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<4x2xf32>
  %1 = tactus.concat %0, %0 {axis = 1 : i64} : (tensor<4x2xf32>, tensor<4x2xf32>) -> tensor<4x4xf32>
  %2 = tactus.concat %x, %x {axis = -2 : i64} : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<4x2xf32>
  %3 = tactus.concat %2, %2 {axis = 0 : i64} : (tensor<4x2xf32>, tensor<4x2xf32>) -> tensor<8x2xf32>
  return %1, %3 : tensor<4x4xf32>, tensor<8x2xf32>
}

// CHECK-LABEL: func @composes_reshapes_with_squeezes
// CHECK-SAME:    (%[[X:.+]]: tensor<1x6x1xf32>)
// CHECK-NEXT:    %[[R:.+]] = tactus.reshape %[[X]] {shape = array<i64: 2, 3>}
// CHECK-NEXT:    return %[[R]], %[[X]]
func.func @composes_reshapes_with_squeezes(%x: tensor<1x6x1xf32>) -> (tensor<2x3xf32>, tensor<1x6x1xf32>) {
  %0 = tactus.squeeze %x : (tensor<1x6x1xf32>) -> tensor<6xf32>
  %1 = tactus.reshape %0 {shape = array<i64: 2, -1>} : (tensor<6xf32>) -> tensor<2x3xf32>
  %2 = tactus.expand_dims %0 {axes = array<i64: 0, 2>} : (tensor<6xf32>) -> tensor<1x6x1xf32>
  return %1, %2 : tensor<2x3xf32>, tensor<1x6x1xf32>
}

// CHECK-LABEL: func @drops_dims_that_come_and_go
// CHECK-SAME:    (%[[X:.+]]: tensor<?x5xf32>, %[[Y:.+]]: tensor<?x1xf32>)
// CHECK-NEXT:    return %[[X]], %[[Y]]
func.func @drops_dims_that_come_and_go(%x: tensor<?x5xf32>, %y: tensor<?x1xf32>) -> (tensor<?x5xf32>, tensor<?x1xf32>) {
  %0 = tactus.expand_dims %x {axes = array<i64: 0, -1>} : (tensor<?x5xf32>) -> tensor<1x?x5x1xf32>
  %1 = tactus.squeeze %0 {axes = array<i64: 3, -4>} : (tensor<1x?x5x1xf32>) -> tensor<?x5xf32>
  %2 = tactus.squeeze %y {axes = array<i64: 1>} : (tensor<?x1xf32>) -> tensor<?xf32>
  %3 = tactus.expand_dims %2 {axes = array<i64: -1>} : (tensor<?xf32>) -> tensor<?x1xf32>
  return %1, %3 : tensor<?x5xf32>, tensor<?x1xf32>
}

// A size that is not known may be another than 1, which fails the run.
// CHECK-LABEL: func @keeps_dims_of_unknown_sizes
// CHECK-NEXT:    tactus.expand_dims
// CHECK-NEXT:    tactus.squeeze
// CHECK-NEXT:    tactus.squeeze
// CHECK-NEXT:    tactus.expand_dims
func.func @keeps_dims_of_unknown_sizes(%x: tensor<?x?xf32>) -> (tensor<1x?xf32>, tensor<?x1xf32>) {
  %0 = tactus.expand_dims %x {axes = array<i64: 0>} : (tensor<?x?xf32>) -> tensor<1x?x?xf32>
  %1 = tactus.squeeze %0 {axes = array<i64: 1>} : (tensor<1x?x?xf32>) -> tensor<1x?xf32>
  %2 = tactus.squeeze %x {axes = array<i64: 1>} : (tensor<?x?xf32>) -> tensor<?xf32>
  %3 = tactus.expand_dims %2 {axes = array<i64: 1>} : (tensor<?xf32>) -> tensor<?x1xf32>
  return %1, %3 : tensor<1x?xf32>, tensor<?x1xf32>
}

// A size of -1 that follows from the shape between does not from the first one.
// CHECK-LABEL: func @composes_reshapes_of_unknown_sizes
// CHECK-SAME:    (%[[X:.+]]: tensor<?x4xf32>)
// CHECK-NEXT:    %[[R:.+]] = tactus.reshape %[[X]] {shape = array<i64: 4, 4>} : (tensor<?x4xf32>) -> tensor<4x4xf32>
// CHECK-NEXT:    return %[[R]]
func.func @composes_reshapes_of_unknown_sizes(%x: tensor<?x4xf32>) -> tensor<4x4xf32> {
  %0 = tactus.reshape %x {shape = array<i64: 2, 8>} : (tensor<?x4xf32>) -> tensor<2x8xf32>
  %1 = tactus.reshape %0 {shape = array<i64: -1, 4>} : (tensor<2x8xf32>) -> tensor<4x4xf32>
  return %1 : tensor<4x4xf32>
}

// CHECK-LABEL: func @reshapes_constants
// CHECK-DAG:     %[[A:.+]] = tactus.constant dense<{{\[\[}}1, 2], [3, 4]]> : tensor<2x2xi32>
// CHECK-DAG:     %[[B:.+]] = tactus.constant dense<true> : tensor<i1>
// CHECK-DAG:     %[[C:.+]] = tactus.constant dense<1.500000e+00> : tensor<1x1xf32>
// CHECK-NEXT:    return %[[A]], %[[B]], %[[C]]
func.func @reshapes_constants() -> (tensor<2x2xi32>, tensor<i1>, tensor<1x1xf32>) {
  %0 = tactus.constant dense<[1, 2, 3, 4]> : tensor<4xi32>
  %1 = tactus.reshape %0 {shape = array<i64: 2, 2>} : (tensor<4xi32>) -> tensor<2x2xi32>
  %2 = tactus.constant dense<true> : tensor<1xi1>
  %3 = tactus.squeeze %2 : (tensor<1xi1>) -> tensor<i1>
  %4 = tactus.constant dense<1.5> : tensor<f32>
  %5 = tactus.expand_dims %4 {axes = array<i64: 0, 1>} : (tensor<f32>) -> tensor<1x1xf32>
  return %1, %3, %5 : tensor<2x2xi32>, tensor<i1>, tensor<1x1xf32>
}
