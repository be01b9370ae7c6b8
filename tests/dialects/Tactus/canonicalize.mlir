// RUN: tactus-opt %s -canonicalize | FileCheck %s

//===----------------------------------------------------------------------===//
// Folders
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func @drops_what_moves_nothing
// CHECK-SAME:    (%[[X:.+]]: tensor<4x8xf32>)
// CHECK-NEXT:    return %[[X]], %[[X]], %[[X]], %[[X]], %[[X]]
func.func @drops_what_moves_nothing(%x: tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>) {
  %0 = tactus.reshape %x {shape = array<i64: 4, -1>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %1 = tactus.transpose %x {perm = array<i64: 0, 1>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = tactus.broadcast %x {shape = array<i64: 1, 8>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %3 = tactus.slice %x {starts = array<i64: 0>, ends = array<i64: 9>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %4 = tactus.cast %x {to = f32} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %0, %1, %2, %3, %4 : tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>
}

// A dynamic size may be 1 before and 5 behind.
// CHECK-LABEL: func @keeps_broadcasts_of_unknown_sizes
// CHECK:         tactus.broadcast
func.func @keeps_broadcasts_of_unknown_sizes(%x: tensor<?x5xf32>) -> tensor<?x5xf32> {
  %0 = tactus.broadcast %x {shape = array<i64: 1, 5>} : (tensor<?x5xf32>) -> tensor<?x5xf32>
  return %0 : tensor<?x5xf32>
}

// CHECK-LABEL: func @keeps_slices_that_turn_around
// CHECK:         tactus.slice
func.func @keeps_slices_that_turn_around(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tactus.slice %x {starts = array<i64: -1>, ends = array<i64: -9>, steps = array<i64: -1>, axes = array<i64: 0>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func @composes_transposes_and_reshapes
// CHECK-DAG:     tactus.transpose %{{.+}} {perm = array<i64: 2, 1, 0>} : (tensor<2x3x5xf32>) -> tensor<5x3x2xf32>
// CHECK-DAG:     tactus.reshape %{{.+}} {shape = array<i64: 30>} : (tensor<2x3x5xf32>) -> tensor<30xf32>
// CHECK-NEXT:    return
func.func @composes_transposes_and_reshapes(%x: tensor<2x3x5xf32>) -> (tensor<5x3x2xf32>, tensor<30xf32>) {
  %0 = tactus.transpose %x {perm = array<i64: 1, 2, 0>} : (tensor<2x3x5xf32>) -> tensor<3x5x2xf32>
  %1 = tactus.transpose %0 {perm = array<i64: 1, 0, 2>} : (tensor<3x5x2xf32>) -> tensor<5x3x2xf32>
  %2 = tactus.reshape %x {shape = array<i64: 6, 5>} : (tensor<2x3x5xf32>) -> tensor<6x5xf32>
  %3 = tactus.reshape %2 {shape = array<i64: 30>} : (tensor<6x5xf32>) -> tensor<30xf32>
  return %1, %3 : tensor<5x3x2xf32>, tensor<30xf32>
}

// CHECK-LABEL: func @drops_a_choice_of_one
// CHECK-SAME:    (%{{.+}}: tensor<4xi1>, %[[X:.+]]: tensor<4xf32>)
// CHECK-NEXT:    return %[[X]]
func.func @drops_a_choice_of_one(%c: tensor<4xi1>, %x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tactus.select %c, %x, %x : (tensor<4xi1>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func @keeps_a_choice_that_broadcasts
// CHECK:         tactus.select
func.func @keeps_a_choice_that_broadcasts(%c: tensor<3x4xi1>, %x: tensor<4xf32>) -> tensor<3x4xf32> {
  %0 = tactus.select %c, %x, %x : (tensor<3x4xi1>, tensor<4xf32>, tensor<4xf32>) -> tensor<3x4xf32>
  return %0 : tensor<3x4xf32>
}

//===----------------------------------------------------------------------===//
// One op after another
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func @drops_what_undoes_itself
// CHECK-SAME:    (%[[X:.+]]: tensor<4x8xf32>, %[[I:.+]]: tensor<4xi32>, %[[B:.+]]: tensor<4xi1>)
// CHECK-NEXT:    return %[[X]], %[[I]], %[[B]], %[[X]]
func.func @drops_what_undoes_itself(%x: tensor<4x8xf32>, %i: tensor<4xi32>, %b: tensor<4xi1>) -> (tensor<4x8xf32>, tensor<4xi32>, tensor<4xi1>, tensor<4x8xf32>) {
  %0 = tactus.neg %x : tensor<4x8xf32>
  %1 = tactus.neg %0 : tensor<4x8xf32>
  %2 = tactus.bitwise_not %i : tensor<4xi32>
  %3 = tactus.bitwise_not %2 : tensor<4xi32>
  %4 = tactus.logical_not %b : tensor<4xi1>
  %5 = tactus.logical_not %4 : tensor<4xi1>
  %6 = tactus.reverse %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %7 = tactus.reverse %6 {axes = array<i64: -1, 0>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %1, %3, %5, %7 : tensor<4x8xf32>, tensor<4xi32>, tensor<4xi1>, tensor<4x8xf32>
}

// CHECK-LABEL: func @does_once_what_is_done_again
// CHECK-NEXT:    %[[FLOOR:.+]] = tactus.floor
// CHECK-NEXT:    %[[RELU:.+]] = tactus.relu
// CHECK-NEXT:    %[[ABS:.+]] = tactus.abs %arg0
// CHECK-NEXT:    return %[[FLOOR]], %[[RELU]], %[[ABS]]
func.func @does_once_what_is_done_again(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %0 = tactus.floor %x : tensor<4xf32>
  %1 = tactus.floor %0 : tensor<4xf32>
  %2 = tactus.relu %x : tensor<4xf32>
  %3 = tactus.relu %2 : tensor<4xf32>
  %4 = tactus.neg %x : tensor<4xf32>
  %5 = tactus.abs %4 : tensor<4xf32>
  %6 = tactus.abs %5 : tensor<4xf32>
  return %1, %3, %6 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func @keeps_one_after_another
// CHECK-NEXT:    tactus.floor
// CHECK-NEXT:    tactus.ceil
// CHECK-NEXT:    tactus.abs
// CHECK-NEXT:    tactus.neg
func.func @keeps_one_after_another(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tactus.floor %x : tensor<4xf32>
  %1 = tactus.ceil %0 : tensor<4xf32>
  %2 = tactus.abs %1 : tensor<4xf32>
  %3 = tactus.neg %2 : tensor<4xf32>
  return %3 : tensor<4xf32>
}

// CHECK-LABEL: func @negates_comparisons
// CHECK-DAG:     tactus.compare %arg0, %arg0 {predicate = #tactus.predicate<not_equal>}
// CHECK-DAG:     tactus.compare %arg1, %arg1 {predicate = #tactus.predicate<greater_equal>}
// CHECK-NOT:     tactus.logical_not
func.func @negates_comparisons(%x: tensor<4xf32>, %i: tensor<4xi32>) -> (tensor<4xi1>, tensor<4xi1>) {
  %0 = tactus.compare %x, %x {predicate = #tactus.predicate<equal>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  %1 = tactus.logical_not %0 : tensor<4xi1>
  %2 = tactus.compare %i, %i {predicate = #tactus.predicate<less>} : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi1>
  %3 = tactus.logical_not %2 : tensor<4xi1>
  return %1, %3 : tensor<4xi1>, tensor<4xi1>
}

// NaN is neither less nor greater or equal.
// CHECK-LABEL: func @keeps_negated_order_of_floats
// CHECK:         tactus.compare %{{.+}} {predicate = #tactus.predicate<less>}
// CHECK-NEXT:    tactus.logical_not
func.func @keeps_negated_order_of_floats(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xi1> {
  %0 = tactus.compare %x, %y {predicate = #tactus.predicate<less>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  %1 = tactus.logical_not %0 : tensor<4xi1>
  return %1 : tensor<4xi1>
}

// CHECK-LABEL: func @swaps_choices
// CHECK-SAME:    (%[[C:.+]]: tensor<4xi1>, %[[X:.+]]: tensor<4xf32>, %[[Y:.+]]: tensor<4xf32>)
// CHECK-NEXT:    tactus.select %[[C]], %[[Y]], %[[X]]
func.func @swaps_choices(%c: tensor<4xi1>, %x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tactus.logical_not %c : tensor<4xi1>
  %1 = tactus.select %0, %x, %y : (tensor<4xi1>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

//===----------------------------------------------------------------------===//
// Operands that change nothing
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func @drops_neutral_numbers
// CHECK-SAME:    (%[[X:.+]]: tensor<2x4xf32>, %[[I:.+]]: tensor<4xi8>, %[[B:.+]]: tensor<4xi1>)
// CHECK-NEXT:    return %[[X]], %[[X]], %[[X]], %[[I]], %[[I]], %[[I]], %[[B]]
func.func @drops_neutral_numbers(%x: tensor<2x4xf32>, %i: tensor<4xi8>, %b: tensor<4xi1>)
    -> (tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>, tensor<4xi8>, tensor<4xi8>, tensor<4xi8>, tensor<4xi1>) {
  %one = tactus.constant dense<1.0> : tensor<4xf32>
  %zero = tactus.constant dense<0.0> : tensor<f32>
  %minus_zero = tactus.constant dense<-0.0> : tensor<f32>
  %0 = tactus.mul %one, %x : (tensor<4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %1 = tactus.sub %x, %zero : (tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
  %2 = tactus.add %x, %minus_zero : (tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
  %none = tactus.constant dense<0> : tensor<i8>
  %all = tactus.constant dense<-1> : tensor<i8>
  %3 = tactus.add %none, %i : (tensor<i8>, tensor<4xi8>) -> tensor<4xi8>
  %4 = tactus.bitwise_and %i, %all : (tensor<4xi8>, tensor<i8>) -> tensor<4xi8>
  %5 = tactus.shift_right %i, %none : (tensor<4xi8>, tensor<i8>) -> tensor<4xi8>
  %true = tactus.constant dense<true> : tensor<i1>
  %6 = tactus.logical_and %b, %true : (tensor<4xi1>, tensor<i1>) -> tensor<4xi1>
  return %0, %1, %2, %3, %4, %5, %6 : tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>, tensor<4xi8>, tensor<4xi8>, tensor<4xi8>, tensor<4xi1>
}

// -0 + 0 is 0, and 0 - x is no x.
// CHECK-LABEL: func @keeps_numbers_that_are_not_neutral
// CHECK-DAG:     tactus.add
// CHECK-DAG:     tactus.sub
// CHECK-DAG:     tactus.sub
// CHECK-DAG:     tactus.mul
func.func @keeps_numbers_that_are_not_neutral(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %zero = tactus.constant dense<0.0> : tensor<f32>
  %minus_zero = tactus.constant dense<-0.0> : tensor<f32>
  %some = tactus.constant dense<[1.0, 1.0, 1.0, 2.0]> : tensor<4xf32>
  %0 = tactus.add %x, %zero : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %1 = tactus.sub %zero, %x : (tensor<f32>, tensor<4xf32>) -> tensor<4xf32>
  %2 = tactus.sub %x, %minus_zero : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %3 = tactus.mul %x, %some : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0, %1, %2, %3 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func @keeps_neutral_numbers_that_broadcast
// CHECK:         tactus.mul
func.func @keeps_neutral_numbers_that_broadcast(%x: tensor<4xf32>) -> tensor<2x4xf32> {
  %one = tactus.constant dense<1.0> : tensor<2x1xf32>
  %0 = tactus.mul %x, %one : (tensor<4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: func @drops_ops_of_equal_operands
// CHECK-SAME:    (%[[X:.+]]: tensor<4xf32>, %[[Y:.+]]: tensor<4xf32>)
// CHECK-NEXT:    %[[MAX:.+]] = tactus.maximum %[[X]], %[[Y]]
// CHECK-NEXT:    return %[[X]], %[[MAX]]
func.func @drops_ops_of_equal_operands(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = tactus.minimum %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = tactus.maximum %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

//===----------------------------------------------------------------------===//
// Ops that move nothing
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func @drops_arrangements_of_one
// CHECK-SAME:    (%[[X:.+]]: tensor<4x?xf32>)
// CHECK-NEXT:    return %[[X]], %[[X]], %[[X]], %[[X]], %[[X]], %[[X]], %[[X]]
func.func @drops_arrangements_of_one(%x: tensor<4x?xf32>) -> (tensor<4x?xf32>, tensor<4x?xf32>, tensor<4x?xf32>, tensor<4x?xf32>, tensor<4x?xf32>, tensor<4x?xf32>, tensor<4x?xf32>) {
  %0 = tactus.concat %x {axis = 1 : i64} : (tensor<4x?xf32>) -> tensor<4x?xf32>
  %1 = tactus.split %x {axis = 1 : i64, num_outputs = 1 : i64} : (tensor<4x?xf32>) -> tensor<4x?xf32>
  %2 = tactus.pad %x {pads = array<i64: 0, 0, 0, 0>} : (tensor<4x?xf32>) -> tensor<4x?xf32>
  %3 = tactus.tile %x {repeats = array<i64: 1, 1>} : (tensor<4x?xf32>) -> tensor<4x?xf32>
  %4 = tactus.squeeze %x {axes = array<i64>} : (tensor<4x?xf32>) -> tensor<4x?xf32>
  %5 = tactus.expand_dims %x {axes = array<i64>} : (tensor<4x?xf32>) -> tensor<4x?xf32>
  %6 = tactus.max %x {axes = array<i64>} : (tensor<4x?xf32>) -> tensor<4x?xf32>
  return %0, %1, %2, %3, %4, %5, %6 : tensor<4x?xf32>, tensor<4x?xf32>, tensor<4x?xf32>, tensor<4x?xf32>, tensor<4x?xf32>, tensor<4x?xf32>, tensor<4x?xf32>
}

// What comes in may be of another size where pads cancel, and a sum of -0 is 0.
// CHECK-LABEL: func @keeps_arrangements_of_more
// CHECK-NEXT:    tactus.concat
// CHECK-NEXT:    tactus.split
// CHECK-NEXT:    tactus.pad
// CHECK-NEXT:    tactus.tile
// CHECK-NEXT:    tactus.sum
// CHECK-NEXT:    tactus.max
func.func @keeps_arrangements_of_more(%x: tensor<4xf32>) -> (tensor<8xf32>, tensor<2xf32>, tensor<4xf32>, tensor<8xf32>, tensor<4xf32>, tensor<f32>) {
  %0 = tactus.concat %x, %x {axis = 0 : i64} : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xf32>
  %1:2 = tactus.split %x {num_outputs = 2 : i64} : (tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  %2 = tactus.pad %x {pads = array<i64: 1, -1>} : (tensor<4xf32>) -> tensor<4xf32>
  %3 = tactus.tile %x {repeats = array<i64: 2>} : (tensor<4xf32>) -> tensor<8xf32>
  %4 = tactus.sum %x {axes = array<i64>} : (tensor<4xf32>) -> tensor<4xf32>
  %5 = tactus.max %x : (tensor<4xf32>) -> tensor<f32>
  return %0, %1#0, %2, %3, %4, %5 : tensor<8xf32>, tensor<2xf32>, tensor<4xf32>, tensor<8xf32>, tensor<4xf32>, tensor<f32>
}

//===----------------------------------------------------------------------===//
// Control flow
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func @runs_the_region_that_is_known
// CHECK-SAME:    (%[[X:.+]]: tensor<4xf32>)
// CHECK-NEXT:    %[[EXP:.+]] = tactus.exp %[[X]]
// CHECK-NEXT:    return %[[EXP]], %[[X]]
func.func @runs_the_region_that_is_known(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %true = tactus.constant dense<true> : tensor<i1>
  %false = tactus.constant dense<false> : tensor<i1>
  %0 = tactus.if %true : (tensor<i1>) -> tensor<4xf32> then {
    %e = tactus.exp %x : tensor<4xf32>
    tactus.yield %e : tensor<4xf32>
  } else {
    tactus.yield %x : tensor<4xf32>
  }
  %1 = tactus.if %false : (tensor<i1>) -> tensor<4xf32> then {
    %e = tactus.log %x : tensor<4xf32>
    tactus.yield %e : tensor<4xf32>
  } else {
    tactus.yield %x : tensor<4xf32>
  }
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func @keeps_a_choice_that_is_made_later
// CHECK:         tactus.if
func.func @keeps_a_choice_that_is_made_later(%c: tensor<i1>, %x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tactus.if %c : (tensor<i1>) -> tensor<4xf32> then {
    %e = tactus.exp %x : tensor<4xf32>
    tactus.yield %e : tensor<4xf32>
  } else {
    tactus.yield %x : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}
