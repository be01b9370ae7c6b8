// RUN: tactus-opt %s | tactus-opt | FileCheck %s

// CHECK-LABEL: func @reshape
// CHECK:         tactus.reshape %{{.+}} {shape = array<i64: 2, -1>} : (tensor<4x8xf32>) -> tensor<2x16xf32>
func.func @reshape(%x: tensor<4x8xf32>) -> tensor<2x16xf32> {
  %r = tactus.reshape %x {shape = array<i64: 2, -1>} : (tensor<4x8xf32>) -> tensor<2x16xf32>
  return %r : tensor<2x16xf32>
}

// CHECK-LABEL: func @transpose
// CHECK:         tactus.transpose %{{.+}} {perm = array<i64: 1, 0>} : (tensor<4x8xf32>) -> tensor<8x4xf32>
func.func @transpose(%x: tensor<4x8xf32>) -> tensor<8x4xf32> {
  %r = tactus.transpose %x {perm = array<i64: 1, 0>} : (tensor<4x8xf32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// CHECK-LABEL: func @broadcast
// CHECK:         tactus.broadcast %{{.+}} {shape = array<i64: 3, 4, 8>} : (tensor<4x1xf32>) -> tensor<3x4x8xf32>
func.func @broadcast(%x: tensor<4x1xf32>) -> tensor<3x4x8xf32> {
  %r = tactus.broadcast %x {shape = array<i64: 3, 4, 8>} : (tensor<4x1xf32>) -> tensor<3x4x8xf32>
  return %r : tensor<3x4x8xf32>
}

// CHECK-LABEL: func @slice
// CHECK:         tactus.slice %{{.+}} {ends = array<i64: -1>, starts = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<2x8xf32>
func.func @slice(%x: tensor<4x8xf32>) -> tensor<2x8xf32> {
  %r = tactus.slice %x {starts = array<i64: 1>, ends = array<i64: -1>} : (tensor<4x8xf32>) -> tensor<2x8xf32>
  return %r : tensor<2x8xf32>
}

// CHECK-LABEL: func @squeeze(
// CHECK:         tactus.squeeze %{{.+}} {axes = array<i64: 1>} : (tensor<4x1x8xf32>) -> tensor<4x8xf32>
func.func @squeeze(%x: tensor<4x1x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.squeeze %x {axes = array<i64: 1>} : (tensor<4x1x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @expand_dims(
// CHECK:         tactus.expand_dims %{{.+}} {axes = array<i64: 0, -1>} : (tensor<4x8xf32>) -> tensor<1x4x8x1xf32>
func.func @expand_dims(%x: tensor<4x8xf32>) -> tensor<1x4x8x1xf32> {
  %r = tactus.expand_dims %x {axes = array<i64: 0, -1>} : (tensor<4x8xf32>) -> tensor<1x4x8x1xf32>
  return %r : tensor<1x4x8x1xf32>
}

// CHECK-LABEL: func @tile(
// CHECK:         tactus.tile %{{.+}} {repeats = array<i64: 3, 2>} : (tensor<4x8xf32>) -> tensor<12x16xf32>
func.func @tile(%x: tensor<4x8xf32>) -> tensor<12x16xf32> {
  %r = tactus.tile %x {repeats = array<i64: 3, 2>} : (tensor<4x8xf32>) -> tensor<12x16xf32>
  return %r : tensor<12x16xf32>
}

// CHECK-LABEL: func @reverse(
// CHECK:         tactus.reverse %{{.+}} {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
func.func @reverse(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.reverse %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @trilu(
// CHECK:         tactus.trilu %{{.+}} {k = 1 : i64} : (tensor<4x8xf32>) -> tensor<4x8xf32>
func.func @trilu(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.trilu %x {k = 1 : i64} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @concat(
// CHECK:         tactus.concat %{{.+}}, %{{.+}} {axis = 1 : i64} : (tensor<4x8xf32>, tensor<4x3xf32>) -> tensor<4x11xf32>
func.func @concat(%x: tensor<4x8xf32>, %y: tensor<4x3xf32>) -> tensor<4x11xf32> {
  %r = tactus.concat %x, %y {axis = 1 : i64} : (tensor<4x8xf32>, tensor<4x3xf32>) -> tensor<4x11xf32>
  return %r : tensor<4x11xf32>
}

// CHECK-LABEL: func @split(
// CHECK:         tactus.split %{{.+}} {axis = 1 : i64, sizes = array<i64: 6, 2>} : (tensor<4x8xf32>) -> (tensor<4x6xf32>, tensor<4x2xf32>)
func.func @split(%x: tensor<4x8xf32>) -> (tensor<4x6xf32>, tensor<4x2xf32>) {
  %r:2 = tactus.split %x {axis = 1 : i64, sizes = array<i64: 6, 2>} : (tensor<4x8xf32>) -> (tensor<4x6xf32>, tensor<4x2xf32>)
  return %r#0, %r#1 : tensor<4x6xf32>, tensor<4x2xf32>
}

// CHECK-LABEL: func @pad(
// CHECK:         tactus.pad %{{.+}} {pads = array<i64: 0, 2, 1, 0>, value = 5.000000e-01 : f64} : (tensor<4x8xf32>) -> tensor<5x10xf32>
func.func @pad(%x: tensor<4x8xf32>) -> tensor<5x10xf32> {
  %r = tactus.pad %x {pads = array<i64: 0, 2, 1, 0>, value = 5.000000e-01 : f64} : (tensor<4x8xf32>) -> tensor<5x10xf32>
  return %r : tensor<5x10xf32>
}

// Sizes that are not known stay so, or come from what must equal them.
// CHECK-LABEL: func @sizes_not_known
func.func @sizes_not_known(%x: tensor<?x8xf32>, %y: tensor<3x?xf32>) -> tensor<3x8xf32> {
  // CHECK: tactus.squeeze {{.+}} -> tensor<8xf32>
  %0 = tactus.squeeze %x {axes = array<i64: 0>} : (tensor<?x8xf32>) -> tensor<8xf32>
  // CHECK: tactus.expand_dims {{.+}} -> tensor<?x1x8xf32>
  %1 = tactus.expand_dims %x {axes = array<i64: 1>} : (tensor<?x8xf32>) -> tensor<?x1x8xf32>
  // CHECK: tactus.tile {{.+}} -> tensor<?x0xf32>
  %2 = tactus.tile %x {repeats = array<i64: 3, 0>} : (tensor<?x8xf32>) -> tensor<?x0xf32>
  // CHECK: tactus.concat {{.+}} -> tensor<?x8xf32>
  %3 = tactus.concat %x, %y {axis = 0 : i64} : (tensor<?x8xf32>, tensor<3x?xf32>) -> tensor<?x8xf32>
  // CHECK: tactus.split {{.+}} -> (tensor<?x8xf32>, tensor<?x8xf32>)
  %4:2 = tactus.split %x {num_outputs = 2 : i64} : (tensor<?x8xf32>) -> (tensor<?x8xf32>, tensor<?x8xf32>)
  // CHECK: tactus.split {{.+}} -> (tensor<2x8xf32>, tensor<5x8xf32>)
  %5:2 = tactus.split %x {sizes = array<i64: 2, 5>} : (tensor<?x8xf32>) -> (tensor<2x8xf32>, tensor<5x8xf32>)
  // CHECK: tactus.pad {{.+}} -> tensor<?x9xf32>
  %6 = tactus.pad %x {pads = array<i64: 4, 1, 0, 0>} : (tensor<?x8xf32>) -> tensor<?x9xf32>
  // CHECK: tactus.trilu {{.+}} -> tensor<?x8xf32>
  %7 = tactus.trilu %x : (tensor<?x8xf32>) -> tensor<?x8xf32>
  // CHECK: tactus.slice {{.+}} -> tensor<?x4xf32>
  %8 = tactus.slice %x {starts = array<i64: -1, -1>, ends = array<i64: 0, 0>, steps = array<i64: -1, -2>} : (tensor<?x8xf32>) -> tensor<?x4xf32>
  %9 = tactus.broadcast %0 {shape = array<i64: 3, 8>} : (tensor<8xf32>) -> tensor<3x8xf32>
  return %9 : tensor<3x8xf32>
}
