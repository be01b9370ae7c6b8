// RUN: tactus-opt %s -split-input-file -tactus-plan-memory | FileCheck %s

func.func private @k(memref<32xf32>, memref<32xf32>, memref<1xi8>, index, index, memref<2xi64>)

// A result may take the place of one that is no longer read, but never of one
// that its own dispatch reads; what is returned needs no place.
// CHECK-LABEL: func @chain
// CHECK-SAME:    tactus.arena_bytes = 256
// CHECK:         tactus.dispatch @k(%{{.+}}) {offsets = array<i64: 0>}
// CHECK:         tactus.dispatch @k(%{{.+}}) {offsets = array<i64: 128>}
// CHECK:         tactus.dispatch @k(%{{.+}}) {offsets = array<i64: 0>}
// CHECK:         tactus.dispatch @k(%{{.+}}) {offsets = array<i64: -1>}
func.func @chain(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.dispatch @k(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %1 = tactus.dispatch @k(%0) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = tactus.dispatch @k(%1) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %3 = tactus.dispatch @k(%2) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %3 : tensor<4x8xf32>
}

// -----

func.func private @k(memref<32xf32>, memref<32xf32>, memref<1xi8>, index, index, memref<2xi64>)
func.func private @pair(memref<32xf32>, memref<32xf32>, memref<32xf32>, memref<1xi8>, index, index, memref<2xi64>)

// A view keeps what it views alive, and makes it an output where it is returned.
// CHECK-LABEL: func @views
// CHECK-SAME:    tactus.arena_bytes = 256
// CHECK:         tactus.dispatch @k(%{{.+}}) {offsets = array<i64: 0>}
// CHECK:         tactus.dispatch @k(%{{.+}}) {offsets = array<i64: 128>}
// CHECK:         tactus.dispatch @pair(%{{.+}}) {offsets = array<i64: -1>}
func.func @views(%x: tensor<4x8xf32>) -> tensor<32xf32> {
  %0 = tactus.dispatch @k(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %view = tactus.reshape %0 {shape = array<i64: 8, 4>} : (tensor<4x8xf32>) -> tensor<8x4xf32>
  %1 = tactus.dispatch @k(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = tactus.dispatch @pair(%view, %1) : (tensor<8x4xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %3 = tactus.reshape %2 {shape = array<i64: 32>} : (tensor<4x8xf32>) -> tensor<32xf32>
  return %3 : tensor<32xf32>
}

// -----

func.func private @large(memref<32xf32>, memref<1000xf32>, memref<1xi8>, index, index, memref<2xi64>)
func.func private @small(memref<1000xf32>, memref<3xf32>, memref<1xi8>, index, index, memref<2xi64>)
func.func private @last(memref<3xf32>, memref<3xf32>, memref<1xi8>, index, index, memref<2xi64>)

// The largest is placed first, and sizes are rounded up to 64 bytes.
// CHECK-LABEL: func @sizes
// CHECK-SAME:    tactus.arena_bytes = 4096
// CHECK:         tactus.dispatch @large(%{{.+}}) {offsets = array<i64: 0>}
// CHECK:         tactus.dispatch @small(%{{.+}}) {offsets = array<i64: 4032>}
// CHECK:         tactus.dispatch @last(%{{.+}}) {offsets = array<i64: -1>}
func.func @sizes(%x: tensor<4x8xf32>) -> tensor<3xf32> {
  %0 = tactus.dispatch @large(%x) : (tensor<4x8xf32>) -> tensor<1000xf32>
  %1 = tactus.dispatch @small(%0) : (tensor<1000xf32>) -> tensor<3xf32>
  %2 = tactus.dispatch @last(%1) : (tensor<3xf32>) -> tensor<3xf32>
  return %2 : tensor<3xf32>
}

// -----

func.func private @k(memref<32xf32>, memref<32xf32>, memref<1xi8>, index, index, memref<2xi64>)
func.func private @test(memref<32xf32>, memref<1xi1>, memref<1xi8>, index, index, memref<2xi64>)

// A loop needs room for its next values, its condition and what its regions
// call, beside what is read later; what a region reads lives as long as the op.
// CHECK-LABEL: func @loop
// CHECK-SAME:    tactus.arena_bytes = 448
// CHECK:         tactus.dispatch @k(%{{.+}}) {offsets = array<i64: 0>}
// CHECK:         tactus.while
// CHECK-SAME:    {tactus.arena = array<i64: 128>, tactus.flag = array<i64: 384>, tactus.next = array<i64: 256>, tactus.offsets = array<i64: -1>}
// CHECK-LABEL: func private @body
// CHECK-SAME:    tactus.arena_bytes = 128
// CHECK:         tactus.dispatch @k(%{{.+}}) {offsets = array<i64: 0>}
// CHECK:         tactus.dispatch @pair(%{{.+}}) {offsets = array<i64: -1>}
func.func private @pair(memref<32xf32>, memref<32xf32>, memref<32xf32>, memref<1xi8>, index, index, memref<2xi64>)
func.func @loop(%x: tensor<32xf32>) -> tensor<32xf32> {
  %0 = tactus.dispatch @k(%x) : (tensor<32xf32>) -> tensor<32xf32>
  %1 = tactus.while %x : (tensor<32xf32>) -> tensor<32xf32> condition {
  ^bb0(%a: tensor<32xf32>):
    %2 = func.call @condition(%a) : (tensor<32xf32>) -> tensor<i1>
    tactus.yield %2 : tensor<i1>
  } body {
  ^bb0(%a: tensor<32xf32>):
    %2 = func.call @body(%0, %a) : (tensor<32xf32>, tensor<32xf32>) -> tensor<32xf32>
    tactus.yield %2 : tensor<32xf32>
  }
  return %1 : tensor<32xf32>
}
func.func private @condition(%a: tensor<32xf32>) -> tensor<i1> {
  %0 = tactus.dispatch @test(%a) : (tensor<32xf32>) -> tensor<i1>
  return %0 : tensor<i1>
}
func.func private @body(%c: tensor<32xf32>, %a: tensor<32xf32>) -> tensor<32xf32> {
  %0 = tactus.dispatch @k(%a) : (tensor<32xf32>) -> tensor<32xf32>
  %1 = tactus.dispatch @pair(%0, %c) : (tensor<32xf32>, tensor<32xf32>) -> tensor<32xf32>
  return %1 : tensor<32xf32>
}

