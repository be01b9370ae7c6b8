// RUN: tactus-opt %s -split-input-file -pass-pipeline='builtin.module(systolic.program(systolic-allocate))' | FileCheck %s

// Buffers that follow one another go to different banks; DRAM fills in steps of 64
// bytes, constants first.
// CHECK-LABEL: systolic.program @main
// CHECK:         systolic.dram input {address = 256 : i64, name = "x"
// CHECK:         systolic.dram constant {address = 0 : i64
// CHECK:         systolic.dram output {address = 384 : i64, name = "y"
// CHECK:         %[[A:[^ ]+]] = systolic.alloc {row = 0 : i64, rows = 8 : i64} : !systolic.ub
// CHECK:         %[[B:[^ ]+]] = systolic.alloc {row = 4096 : i64, rows = 16 : i64} : !systolic.ub
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

// -----

// So spread, the last would not fit; then they lie one behind the other.
// CHECK-LABEL: systolic.program @main
// CHECK:         systolic.alloc {row = 0 : i64
// CHECK:         systolic.alloc {row = 3000 : i64
// CHECK:         systolic.alloc {row = 6000 : i64
// CHECK:         systolic.alloc {row = 9000 : i64
// CHECK:         systolic.alloc {row = 12000 : i64
module attributes {systolic.machine = "gemmini"} {
systolic.program @main layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<16xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<80xi8>}
  %a = systolic.alloc {rows = 3000 : i64} : !systolic.ub
  %b = systolic.alloc {rows = 3000 : i64} : !systolic.ub
  %c = systolic.alloc {rows = 3000 : i64} : !systolic.ub
  %d = systolic.alloc {rows = 3000 : i64} : !systolic.ub
  %e = systolic.alloc {rows = 4000 : i64} : !systolic.ub
  %la = systolic.dma_load %a from %x {rows = 1 : i64, row_bytes = 16 : i64} : !systolic.ub
  %lb = systolic.dma_load %b from %x {rows = 1 : i64, row_bytes = 16 : i64} : !systolic.ub
  %lc = systolic.dma_load %c from %x {rows = 1 : i64, row_bytes = 16 : i64} : !systolic.ub
  %ld = systolic.dma_load %d from %x {rows = 1 : i64, row_bytes = 16 : i64} : !systolic.ub
  %le = systolic.dma_load %e from %x {rows = 1 : i64, row_bytes = 16 : i64} : !systolic.ub
  %sa = systolic.dma_store %a to %y wait(%la) {rows = 1 : i64, row_bytes = 16 : i64, dram_stride = 0 : i64, offset = 0 : i64} : !systolic.ub
  %sb = systolic.dma_store %b to %y wait(%lb) {rows = 1 : i64, row_bytes = 16 : i64, dram_stride = 0 : i64, offset = 16 : i64} : !systolic.ub
  %sc = systolic.dma_store %c to %y wait(%lc) {rows = 1 : i64, row_bytes = 16 : i64, dram_stride = 0 : i64, offset = 32 : i64} : !systolic.ub
  %sd = systolic.dma_store %d to %y wait(%ld) {rows = 1 : i64, row_bytes = 16 : i64, dram_stride = 0 : i64, offset = 48 : i64} : !systolic.ub
  %se = systolic.dma_store %e to %y wait(%le) {rows = 1 : i64, row_bytes = 16 : i64, dram_stride = 0 : i64, offset = 64 : i64} : !systolic.ub
  systolic.halt
}
}
