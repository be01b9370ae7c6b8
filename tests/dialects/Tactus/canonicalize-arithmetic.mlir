// RUN: tactus-opt %s -canonicalize | FileCheck %s

//===----------------------------------------------------------------------===//
// Casts
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func @drops_casts_that_lose_nothing
// CHECK-SAME:    (%[[H:.+]]: tensor<4xbf16>, %[[B:.+]]: tensor<4xui8>, %[[F:.+]]: tensor<4xi1>)
// CHECK-DAG:     %[[LONG:.+]] = tactus.cast %[[B]] {to = i64}
// CHECK-DAG:     %[[BYTE:.+]] = tactus.cast %[[B]] {to = i8}
// CHECK-DAG:     %[[SHORT:.+]] = tactus.cast %[[H]] {to = i16}
// CHECK-DAG:     %[[FLAG:.+]] = tactus.cast %[[F]] {to = f64}
// CHECK-NEXT:    return %[[H]], %[[LONG]], %[[BYTE]], %[[B]], %[[SHORT]], %[[FLAG]]
func.func @drops_casts_that_lose_nothing(%h: tensor<4xbf16>, %b: tensor<4xui8>, %f: tensor<4xi1>)
    -> (tensor<4xbf16>, tensor<4xi64>, tensor<4xi8>, tensor<4xui8>, tensor<4xi16>, tensor<4xf64>) {
  %0 = tactus.cast %h {to = f32} : (tensor<4xbf16>) -> tensor<4xf32>
  %1 = tactus.cast %0 {to = bf16} : (tensor<4xf32>) -> tensor<4xbf16>
  %2 = tactus.cast %b {to = bf16} : (tensor<4xui8>) -> tensor<4xbf16>
  %3 = tactus.cast %2 {to = i64} : (tensor<4xbf16>) -> tensor<4xi64>
  %4 = tactus.cast %b {to = i32} : (tensor<4xui8>) -> tensor<4xi32>
  %5 = tactus.cast %4 {to = i8} : (tensor<4xi32>) -> tensor<4xi8>
  // A byte of either sign has the same bits.
  %6 = tactus.cast %b {to = i8} : (tensor<4xui8>) -> tensor<4xi8>
  %7 = tactus.cast %6 {to = ui8} : (tensor<4xi8>) -> tensor<4xui8>
  %8 = tactus.cast %h {to = f64} : (tensor<4xbf16>) -> tensor<4xf64>
  %9 = tactus.cast %8 {to = i16} : (tensor<4xf64>) -> tensor<4xi16>
  %10 = tactus.cast %f {to = i8} : (tensor<4xi1>) -> tensor<4xi8>
  %11 = tactus.cast %10 {to = f64} : (tensor<4xi8>) -> tensor<4xf64>
  return %1, %3, %5, %7, %9, %11 : tensor<4xbf16>, tensor<4xi64>, tensor<4xi8>, tensor<4xui8>, tensor<4xi16>, tensor<4xf64>
}

// Floats round and saturate, integers wrap, and i1 asks whether all is 0.
// CHECK-LABEL: func @keeps_casts_that_lose_something
// CHECK-COUNT-14: tactus.cast
func.func @keeps_casts_that_lose_something(%x: tensor<4xf32>, %i: tensor<4xi32>, %b: tensor<4xui8>)
    -> (tensor<4xf32>, tensor<4xi8>, tensor<4xi32>, tensor<4xi1>, tensor<4xf32>, tensor<4xi8>, tensor<4xf32>) {
  %0 = tactus.cast %x {to = bf16} : (tensor<4xf32>) -> tensor<4xbf16>
  %1 = tactus.cast %0 {to = f32} : (tensor<4xbf16>) -> tensor<4xf32>
  // 300 is 127 by way of f64, and 44 at once.
  %2 = tactus.cast %i {to = f64} : (tensor<4xi32>) -> tensor<4xf64>
  %3 = tactus.cast %2 {to = i8} : (tensor<4xf64>) -> tensor<4xi8>
  %4 = tactus.cast %i {to = f32} : (tensor<4xi32>) -> tensor<4xf32>
  %5 = tactus.cast %4 {to = i32} : (tensor<4xf32>) -> tensor<4xi32>
  // 256 is 0 in i8.
  %6 = tactus.cast %i {to = i8} : (tensor<4xi32>) -> tensor<4xi8>
  %7 = tactus.cast %6 {to = i1} : (tensor<4xi8>) -> tensor<4xi1>
  // 200 is -56 in i8.
  %8 = tactus.cast %b {to = i8} : (tensor<4xui8>) -> tensor<4xi8>
  %9 = tactus.cast %8 {to = f32} : (tensor<4xi8>) -> tensor<4xf32>
  // 200 is 127 from f32, and -56 at once.
  %10 = tactus.cast %b {to = f32} : (tensor<4xui8>) -> tensor<4xf32>
  %11 = tactus.cast %10 {to = i8} : (tensor<4xf32>) -> tensor<4xi8>
  %12 = tactus.cast %x {to = i64} : (tensor<4xf32>) -> tensor<4xi64>
  %13 = tactus.cast %12 {to = f32} : (tensor<4xi64>) -> tensor<4xf32>
  return %1, %3, %5, %7, %9, %11, %13 : tensor<4xf32>, tensor<4xi8>, tensor<4xi32>, tensor<4xi1>, tensor<4xf32>, tensor<4xi8>, tensor<4xf32>
}

//===----------------------------------------------------------------------===//
// Signs
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func @takes_signs_into_sums
// CHECK-SAME:    (%[[X:.+]]: tensor<3x4xf32>, %[[Y:.+]]: tensor<4xf32>)
// CHECK-DAG:     %[[A:.+]] = tactus.sub %[[X]], %[[Y]]
// CHECK-DAG:     %[[B:.+]] = tactus.sub %[[X]], %[[Y]]
// CHECK-DAG:     %[[C:.+]] = tactus.add %[[X]], %[[Y]]
// CHECK-NOT:     tactus.neg
// CHECK:         return
func.func @takes_signs_into_sums(%x: tensor<3x4xf32>, %y: tensor<4xf32>) -> (tensor<3x4xf32>, tensor<3x4xf32>, tensor<3x4xf32>) {
  %0 = tactus.neg %y : tensor<4xf32>
  %1 = tactus.add %x, %0 : (tensor<3x4xf32>, tensor<4xf32>) -> tensor<3x4xf32>
  %2 = tactus.add %0, %x : (tensor<4xf32>, tensor<3x4xf32>) -> tensor<3x4xf32>
  %3 = tactus.sub %x, %0 : (tensor<3x4xf32>, tensor<4xf32>) -> tensor<3x4xf32>
  return %1, %2, %3 : tensor<3x4xf32>, tensor<3x4xf32>, tensor<3x4xf32>
}

// 0 - 0 is 0 in either order, and its negative -0; a bias is negated once, ahead.
// CHECK-LABEL: func @keeps_signs
// CHECK:         tactus.neg
// CHECK:         tactus.add
// CHECK:         tactus.sub
// CHECK:         tactus.neg
// CHECK:         tactus.neg
// CHECK:         tactus.sub
func.func @keeps_signs(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %w = tactus.parameter @w : tensor<4xf32>
  %0 = tactus.neg %w : tensor<4xf32>
  %1 = tactus.add %x, %0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %2 = tactus.sub %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %3 = tactus.neg %2 : tensor<4xf32>
  %4 = tactus.neg %x : tensor<4xf32>
  %5 = tactus.sub %4, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %1, %3, %5 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func @drops_signs_under_abs_of_signed_elements
// CHECK-SAME:    (%[[I:.+]]: tensor<4xi8>, %[[B:.+]]: tensor<4xui8>)
// CHECK-NEXT:    %[[A:.+]] = tactus.abs %[[I]]
// CHECK-NEXT:    %[[N:.+]] = tactus.neg %[[B]]
// CHECK-NEXT:    %[[C:.+]] = tactus.abs %[[N]]
// CHECK-NEXT:    return %[[A]], %[[C]]
func.func @drops_signs_under_abs_of_signed_elements(%i: tensor<4xi8>, %b: tensor<4xui8>) -> (tensor<4xi8>, tensor<4xui8>) {
  %0 = tactus.neg %i : tensor<4xi8>
  %1 = tactus.abs %0 : tensor<4xi8>
  %2 = tactus.neg %b : tensor<4xui8>
  %3 = tactus.abs %2 : tensor<4xui8>
  return %1, %3 : tensor<4xi8>, tensor<4xui8>
}

//===----------------------------------------------------------------------===//
// Divisions and powers
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func @multiplies_by_inverses_of_powers_of_two
// CHECK-DAG:     %[[C:.+]] = tactus.constant dense<-1.250000e-01> : tensor<f32>
// CHECK:         tactus.mul %{{.+}}, %[[C]]
func.func @multiplies_by_inverses_of_powers_of_two(%x: tensor<4xf32>) -> tensor<4xf32> {
  %c = tactus.constant dense<-8.0> : tensor<f32>
  %0 = tactus.div %x, %c : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// A third is no float, 2^-127 no normal one; integers have no inverses; and what is divided
// is no divisor.
// CHECK-LABEL: func @keeps_divisions
// CHECK-COUNT-5: tactus.div
func.func @keeps_divisions(%x: tensor<2xf32>, %i: tensor<2xi32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xi32>, tensor<2xf32>, tensor<2xf32>) {
  %three = tactus.constant dense<3.0> : tensor<f32>
  %large = tactus.constant dense<0x7F000000> : tensor<f32>
  %two = tactus.constant dense<2> : tensor<i32>
  %half = tactus.constant dense<0.5> : tensor<f32>
  %several = tactus.constant dense<[2.0, 4.0]> : tensor<2xf32>
  %0 = tactus.div %x, %three : (tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
  %1 = tactus.div %x, %large : (tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
  %2 = tactus.div %i, %two : (tensor<2xi32>, tensor<i32>) -> tensor<2xi32>
  %3 = tactus.div %half, %x : (tensor<f32>, tensor<2xf32>) -> tensor<2xf32>
  %4 = tactus.div %x, %several : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %0, %1, %2, %3, %4 : tensor<2xf32>, tensor<2xf32>, tensor<2xi32>, tensor<2xf32>, tensor<2xf32>
}

// CHECK-LABEL: func @expands_powers
// CHECK-SAME:    (%[[X:.+]]: tensor<4xf16>)
// CHECK-NEXT:    %[[A:.+]] = tactus.mul %[[X]], %[[X]]
// CHECK-NEXT:    %[[B:.+]] = tactus.reciprocal %[[X]]
// CHECK-NEXT:    return %[[A]], %[[B]]
func.func @expands_powers(%x: tensor<4xf16>) -> (tensor<4xf16>, tensor<4xf16>) {
  %two = tactus.constant dense<2.0> : tensor<f16>
  %minus_one = tactus.constant dense<-1.0> : tensor<4xf16>
  %0 = tactus.pow %x, %two : (tensor<4xf16>, tensor<f16>) -> tensor<4xf16>
  %1 = tactus.pow %x, %minus_one : (tensor<4xf16>, tensor<4xf16>) -> tensor<4xf16>
  return %0, %1 : tensor<4xf16>, tensor<4xf16>
}

// A cube is rounded twice; the root of -0 is -0 and its power 0; integers stay as they are.
// CHECK-LABEL: func @keeps_powers
// CHECK-COUNT-5: tactus.pow
func.func @keeps_powers(%x: tensor<4xf32>, %d: tensor<4xf64>, %i: tensor<4xi32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf64>, tensor<4xi32>, tensor<2x4xf32>) {
  %three = tactus.constant dense<3.0> : tensor<f32>
  %half = tactus.constant dense<0.5> : tensor<f32>
  %double = tactus.constant dense<2.0> : tensor<f64>
  %minus_one = tactus.constant dense<-1> : tensor<i32>
  %two = tactus.constant dense<2.0> : tensor<2x1xf32>
  %0 = tactus.pow %x, %three : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %1 = tactus.pow %x, %half : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %2 = tactus.pow %d, %double : (tensor<4xf64>, tensor<f64>) -> tensor<4xf64>
  %3 = tactus.pow %i, %minus_one : (tensor<4xi32>, tensor<i32>) -> tensor<4xi32>
  %4 = tactus.pow %x, %two : (tensor<4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  return %0, %1, %2, %3, %4 : tensor<4xf32>, tensor<4xf32>, tensor<4xf64>, tensor<4xi32>, tensor<2x4xf32>
}

// CHECK-LABEL: func @drops_neutral_fills
// CHECK-SAME:    (%[[X:.+]]: tensor<4xf32>, %[[B:.+]]: tensor<4xi1>)
// CHECK:         %[[KEPT:.+]] = tactus.add %[[X]]
// CHECK-NEXT:    return %[[X]], %[[B]], %[[KEPT]]
func.func @drops_neutral_fills(%x: tensor<4xf32>, %b: tensor<4xi1>) -> (tensor<4xf32>, tensor<4xi1>, tensor<4xf32>) {
  %one = tactus.fill {type = tensor<4xf32>, value = 1.0 : f64} : tensor<4xf32>
  %true = tactus.fill {type = tensor<4xi1>, value = 1.0 : f64} : tensor<4xi1>
  %zero = tactus.fill {type = tensor<4xf32>, value = 0.0 : f64} : tensor<4xf32>
  %0 = tactus.mul %x, %one : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = tactus.logical_and %b, %true : (tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>
  %2 = tactus.add %x, %zero : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0, %1, %2 : tensor<4xf32>, tensor<4xi1>, tensor<4xf32>
}
