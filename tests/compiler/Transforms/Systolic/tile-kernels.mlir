// RUN: tactus-opt %s -split-input-file -pass-pipeline='builtin.module(systolic-tile-kernels{machine=gemmini})' | FileCheck %s

// One tile: the bias is loaded into the accumulators, and the matmul adds to it.
// CHECK-LABEL: systolic.program @main layers ["product"]
// CHECK-DAG:     %[[X:.+]] = systolic.dram input {name = "input0", tensor = tensor<32x16xi8>}
// CHECK-DAG:     %[[W:.+]] = systolic.dram input {name = "input1", tensor = tensor<16x16xi8>}
// CHECK-DAG:     %[[B:.+]] = systolic.dram input {name = "input2", tensor = tensor<16xi32>}
// CHECK-DAG:     %[[Y:.+]] = systolic.dram output {name = "output0", tensor = tensor<32x16xi8>}
// CHECK:         %[[T0:.+]] = systolic.dma_load %[[A:.+]] from %[[X]] {dram_stride = 16 : i64, row_bytes = 16 : i64, rows = 32 : i64}
// CHECK:         %[[T1:.+]] = systolic.dma_load %[[S:.+]] from %[[B]] {broadcast_row, row_bytes = 64 : i64, rows = 32 : i64}
// CHECK:         systolic.load_weights %[[W]] {element = #systolic.type<i8>, k = 16 : i64, n = 16 : i64, stride = 16 : i64}
// CHECK:         %[[M:.+]] = systolic.matmul %[[A]] into %[[S]] wait(%[[T0]], %[[T1]]) {accumulate, counts = array<i64: 1, 1, 32>,
// CHECK:         %[[V:.+]] = systolic.activate %[[S]] to %[[R:.+]] wait(%[[M]]) {columns = 16 : i64, function = #systolic.function<relu>,
// CHECK-SAME:      scale = 6.250000e-02 : f32
// CHECK:         systolic.dma_store %[[R]] to %[[Y]] wait(%[[V]])
// CHECK:         systolic.halt
func.func @main(%x: tensor<32x16xi8>, %w: tensor<16x16xi8>, %b: tensor<16xi32>) -> tensor<32x16xi8> {
  %0 = tactus.dispatch @product(%x, %w, %b) : (tensor<32x16xi8>, tensor<16x16xi8>, tensor<16xi32>) -> tensor<32x16xi8>
  return %0 : tensor<32x16xi8>
}
tactus.kernel @product(%x: tensor<32x16xi8>, %w: tensor<16x16xi8>, %b: tensor<16xi32>) -> tensor<32x16xi8> {
  %0 = tactus.matmul %x, %w : (tensor<32x16xi8>, tensor<16x16xi8>) -> tensor<32x16xi32>
  %1 = tactus.add %0, %b : (tensor<32x16xi32>, tensor<16xi32>) -> tensor<32x16xi32>
  %2 = tactus.relu %1 : tensor<32x16xi32>
  %s = tactus.constant dense<0.0625> : tensor<f32>
  %3 = tactus.requantize %2, %s {to = i8} : (tensor<32x16xi32>, tensor<f32>) -> tensor<32x16xi8>
  tactus.yield %3 : tensor<32x16xi8>
}

// -----

// Folds along k accumulate; the last ones are narrower. Without a bias the first
// overwrites what the accumulators held.
// CHECK-LABEL: systolic.program @main
// CHECK:         load_weights %{{.+}} {element = #systolic.type<i8>, k = 16 : i64, n = 8 : i64,
// CHECK:         %[[M0:.+]] = systolic.matmul %{{.+}} into %[[S:[^ ]+]]
// CHECK-NOT:       accumulate
// CHECK-SAME:      k = 16 : i64
// CHECK:         load_weights %{{.+}} {element = #systolic.type<i8>, k = 4 : i64, n = 8 : i64,
// CHECK:         %[[M1:.+]] = systolic.matmul %{{.+}} into %[[S]] {{.*}}{accumulate, counts = array<i64: 1, 1, 5>, element = #systolic.type<i8>, k = 4 : i64
// CHECK:         systolic.activate %[[S]] {{.+}}output = #systolic.type<i32>
func.func @main(%x: tensor<5x20xi8>, %w: tensor<20x8xi8>) -> tensor<5x8xi32> {
  %0 = tactus.dispatch @product(%x, %w) : (tensor<5x20xi8>, tensor<20x8xi8>) -> tensor<5x8xi32>
  return %0 : tensor<5x8xi32>
}
tactus.kernel @product(%x: tensor<5x20xi8>, %w: tensor<20x8xi8>) -> tensor<5x8xi32> {
  %0 = tactus.matmul %x, %w : (tensor<5x20xi8>, tensor<20x8xi8>) -> tensor<5x8xi32>
  tactus.yield %0 : tensor<5x8xi32>
}

// -----

// What the sums start from is such a bias too.
// CHECK-LABEL: systolic.program @main
// CHECK-DAG:     %[[B:.+]] = systolic.dram input {name = "input2", tensor = tensor<8xi32>}
// CHECK:         systolic.dma_load %[[S:[^ ]+]] from %[[B]] {broadcast_row, row_bytes = 32 : i64, rows = 5 : i64}
// CHECK:         systolic.matmul %{{.+}} into %[[S]] {{.*}}{accumulate,
func.func @main(%x: tensor<5x16xi8>, %w: tensor<16x8xi8>, %b: tensor<8xi32>) -> tensor<5x8xi32> {
  %0 = tactus.dispatch @product(%x, %w, %b) : (tensor<5x16xi8>, tensor<16x8xi8>, tensor<8xi32>) -> tensor<5x8xi32>
  return %0 : tensor<5x8xi32>
}
tactus.kernel @product(%x: tensor<5x16xi8>, %w: tensor<16x8xi8>, %b: tensor<8xi32>) -> tensor<5x8xi32> {
  %0 = tactus.matmul %x, %w init %b : (tensor<5x16xi8>, tensor<16x8xi8>, tensor<8xi32>) -> tensor<5x8xi32>
  tactus.yield %0 : tensor<5x8xi32>
}

// -----

// More rows than half the accumulators: even chunks, in alternate buffers.
// CHECK-LABEL: systolic.program @main
// CHECK:         systolic.matmul %[[A0:.+]] into %[[S0:[^ ]+]] {{.+}}counts = array<i64: 1, 1, 400>
// CHECK:         systolic.matmul %[[A1:.+]] into %[[S1:[^ ]+]] {{.+}}counts = array<i64: 1, 1, 400>
// CHECK:         systolic.matmul %[[A0]] into %[[S0]] {{.+}}counts = array<i64: 1, 1, 400>
func.func @main(%x: tensor<1200x16xi8>, %w: tensor<16x16xi8>) -> tensor<1200x16xi32> {
  %0 = tactus.dispatch @product(%x, %w) : (tensor<1200x16xi8>, tensor<16x16xi8>) -> tensor<1200x16xi32>
  return %0 : tensor<1200x16xi32>
}
tactus.kernel @product(%x: tensor<1200x16xi8>, %w: tensor<16x16xi8>) -> tensor<1200x16xi32> {
  %0 = tactus.matmul %x, %w : (tensor<1200x16xi8>, tensor<16x16xi8>) -> tensor<1200x16xi32>
  tactus.yield %0 : tensor<1200x16xi32>
}

// -----

// What is not the program's function stays.
// CHECK-LABEL: func.func @other
// CHECK-NEXT:    tactus.relu
func.func @other(%x: tensor<4xi8>) -> tensor<4xi8> {
  %0 = tactus.relu %x : tensor<4xi8>
  return %0 : tensor<4xi8>
}
