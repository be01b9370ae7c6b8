// RUN: tactus-opt %s -split-input-file -pass-pipeline='builtin.module(systolic.program(systolic-allocate))' | FileCheck %s

// Buffers in use at one time lie apart, in banks of their own where there are any; DRAM fills in steps of 64 bytes, constants
// first.
// CHECK-LABEL: systolic.program @main
// CHECK:         systolic.dram input {address = 256 : i64, name = "x"
// CHECK:         systolic.dram constant {address = 0 : i64
// CHECK:         systolic.dram output {address = 384 : i64, name = "y"
// CHECK:         %[[A:[^ ]+]] = systolic.alloc {row = 0 : i64, rows = 8 : i64} : !systolic.ub
// CHECK:         %[[B:[^ ]+]] = systolic.alloc {row = {{8|4096}} : i64, rows = 16 : i64} : !systolic.ub
// CHECK:         systolic.dma_load %[[A]]
// CHECK:         systolic.dma_load %[[B]]
module attributes {systolic.machine = "gemmini"} {
systolic.program @main layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<5x16xi8>}
  %w = systolic.dram constant {tensor = tensor<15x16xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<8x16xi8>}
  %a = systolic.alloc {rows = 8 : i64} : !systolic.ub
  %b = systolic.alloc {rows = 16 : i64} : !systolic.ub
  %0 = systolic.dma_load %a from %x {rows = 5 : i64, row_bytes = 16 : i64, dram_stride = 16 : i64} : !systolic.ub
  %1 = systolic.dma_load %b from %w {rows = 1 : i64, row_bytes = 16 : i64} : !systolic.ub
  %2 = systolic.dma_store %a to %y wait(%0) {rows = 5 : i64, row_bytes = 16 : i64, dram_stride = 16 : i64} : !systolic.ub
  systolic.halt
}
}

// -----

// The rows of a buffer that nothing reads again serve another, whose writer waits
// for the last reader.
// CHECK-LABEL: systolic.program @main
// CHECK:         %[[A:.+]] = systolic.alloc {row = 0 : i64, rows = 10000 : i64} : !systolic.ub
// CHECK:         %[[B:.+]] = systolic.alloc {row = 0 : i64, rows = 10000 : i64} : !systolic.ub
// CHECK:         %[[T0:.+]] = systolic.dma_load %[[A]]
// CHECK:         %[[T1:.+]] = systolic.dma_store %[[A]] to %{{.+}} wait(%[[T0]])
// CHECK:         systolic.dma_load %[[B]] from %{{.+}} wait({{.*}}%[[T1]]{{.*}})
module attributes {systolic.machine = "gemmini"} {
systolic.program @main layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<16xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<16xi8>}
  %z = systolic.dram output {name = "z", tensor = tensor<16xi8>}
  %a = systolic.alloc {rows = 10000 : i64} : !systolic.ub
  %b = systolic.alloc {rows = 10000 : i64} : !systolic.ub
  %0 = systolic.dma_load %a from %x {rows = 1 : i64, row_bytes = 16 : i64} : !systolic.ub
  %1 = systolic.dma_store %a to %y wait(%0) {rows = 1 : i64, row_bytes = 16 : i64, dram_stride = 0 : i64} : !systolic.ub
  %2 = systolic.dma_load %b from %x {rows = 1 : i64, row_bytes = 16 : i64} : !systolic.ub
  %3 = systolic.dma_store %b to %z wait(%2) {rows = 1 : i64, row_bytes = 16 : i64, dram_stride = 0 : i64} : !systolic.ub
  systolic.halt
}
}
