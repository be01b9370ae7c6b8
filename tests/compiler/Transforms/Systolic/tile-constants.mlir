// RUN: tactus-opt %s -split-input-file -pass-pipeline='builtin.module(systolic-tile-kernels{machine=gemmini})' | FileCheck %s
// RUN: tactus-opt %s -split-input-file -pass-pipeline='builtin.module(systolic-tile-kernels{machine=gemmini plan=9})' | FileCheck %s --check-prefix=LAST

// A constant that is only read as weights lies tile by tile, so each of them is one
// run of bytes. They go through the unified buffer, whose loads run ahead of the
// FIFO's; by the last plan they do not.
// CHECK-LABEL: systolic.program @main
// CHECK:         %[[W:.+]] = systolic.dram constant {tensor = tensor<20x40xi8>, tiles = array<i64: 20, 16, 16>}
// CHECK:         %[[T0:.+]] = systolic.dma_load %[[A0:.+]] from %[[W]] {dram_stride = 16 : i64, row_bytes = 16 : i64, rows = 16 : i64}
// CHECK:         systolic.load_weights %[[A0]] wait(%[[T0]]) {{.+}}k = 16 : i64, n = 16 : i64, stride = 1 : i64} : !systolic.ub
// CHECK:         systolic.dma_load %{{.+}} from %[[W]] {dram_stride = 16 : i64, offset = 640 : i64, row_bytes = 16 : i64, rows = 4 : i64}
// CHECK:         systolic.dma_load %{{.+}} from %[[W]] {dram_stride = 16 : i64, offset = 256 : i64, row_bytes = 16 : i64, rows = 16 : i64}
// CHECK:         systolic.dma_load %{{.+}} from %[[W]] {dram_stride = 16 : i64, offset = 704 : i64,
// CHECK:         systolic.dma_load %{{.+}} from %[[W]] {dram_stride = 8 : i64, offset = 512 : i64,
// CHECK:         systolic.dma_load %{{.+}} from %[[W]] {dram_stride = 8 : i64, offset = 768 : i64, row_bytes = 8 : i64, rows = 4 : i64}
// LAST-LABEL: systolic.program @main
// LAST:         %[[W:.+]] = systolic.dram constant {tensor = tensor<20x40xi8>, tiles = array<i64: 20, 16, 16>}
// LAST:         systolic.load_weights %[[W]] {{.+}}k = 4 : i64, n = 16 : i64, offset = 640 : i64, stride = 16 : i64} : !systolic.dram
// LAST:         systolic.load_weights %[[W]] {{.+}}k = 4 : i64, n = 8 : i64, offset = 768 : i64, stride = 8 : i64} : !systolic.dram
func.func @main(%x: tensor<8x20xi8>, %w: tensor<20x40xi8> {tactus.prepared}) -> tensor<8x40xi32> {
  %0 = tactus.dispatch @product(%x, %w) : (tensor<8x20xi8>, tensor<20x40xi8>) -> tensor<8x40xi32>
  return %0 : tensor<8x40xi32>
}
tactus.kernel @product(%x: tensor<8x20xi8>, %w: tensor<20x40xi8>) -> tensor<8x40xi32> {
  %0 = tactus.matmul %x, %w : (tensor<8x20xi8>, tensor<20x40xi8>) -> tensor<8x40xi32>
  tactus.yield %0 : tensor<8x40xi32>
}

// -----

// What is read in another way too stays as it is.
// CHECK-LABEL: systolic.program @main
// CHECK:         systolic.dram constant {tensor = tensor<40x40xi8>}
// LAST-LABEL: systolic.program @main
// LAST:         systolic.dram constant {tensor = tensor<40x40xi8>}
func.func @main(%w: tensor<40x40xi8> {tactus.prepared}) -> tensor<40x40xi32> {
  %0 = tactus.dispatch @square(%w) : (tensor<40x40xi8>) -> tensor<40x40xi32>
  return %0 : tensor<40x40xi32>
}
tactus.kernel @square(%w: tensor<40x40xi8>) -> tensor<40x40xi32> {
  %0 = tactus.matmul %w, %w : (tensor<40x40xi8>, tensor<40x40xi8>) -> tensor<40x40xi32>
  tactus.yield %0 : tensor<40x40xi32>
}

// -----

// The host reads tensors as they are.
// CHECK-LABEL: systolic.program @main
// CHECK:         systolic.dram constant {tensor = tensor<40x40xi8>}
// LAST-LABEL: systolic.program @main
// LAST:         systolic.dram constant {tensor = tensor<40x40xi8>}
func.func @main(%x: tensor<8x40xi8>, %w: tensor<40x40xi8> {tactus.prepared}) -> (tensor<8x40xi32>, tensor<40x40xi8>) {
  %0 = tactus.dispatch @product(%x, %w) : (tensor<8x40xi8>, tensor<40x40xi8>) -> tensor<8x40xi32>
  %1 = tactus.dispatch @remainder(%w) : (tensor<40x40xi8>) -> tensor<40x40xi8>
  return %0, %1 : tensor<8x40xi32>, tensor<40x40xi8>
}
tactus.kernel @product(%x: tensor<8x40xi8>, %w: tensor<40x40xi8>) -> tensor<8x40xi32> {
  %0 = tactus.matmul %x, %w : (tensor<8x40xi8>, tensor<40x40xi8>) -> tensor<8x40xi32>
  tactus.yield %0 : tensor<8x40xi32>
}
tactus.kernel @remainder(%w: tensor<40x40xi8>) -> tensor<40x40xi8> {
  %0 = tactus.mod %w, %w : (tensor<40x40xi8>, tensor<40x40xi8>) -> tensor<40x40xi8>
  tactus.yield %0 : tensor<40x40xi8>
}
