// RUN: tactus-opt %s -pass-pipeline='builtin.module(systolic.program(systolic-schedule))' | FileCheck %s

// The load of %b waits for nothing and passes the product; the reload of %a waits
// for it and stays behind.
// CHECK-LABEL: systolic.program @main
// CHECK:         %[[A:.+]] = systolic.alloc {rows = 8 : i64} : !systolic.ub
// CHECK:         %[[B:.+]] = systolic.alloc {rows = 8 : i64} : !systolic.ub
// CHECK:         %[[T0:.+]] = systolic.dma_load %[[A]]
// CHECK:         %[[T1:.+]] = systolic.dma_load %[[B]]
// CHECK:         %[[M:.+]] = systolic.matmul %[[A]] into %{{.+}} wait(%[[T0]])
// CHECK:         systolic.dma_load %[[A]] from %{{.+}} wait(%[[M]])
// CHECK:         systolic.matmul %[[B]] into %{{.+}} wait(%[[T1]])
module attributes {systolic.machine = "gemmini"} {
systolic.program @main layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<8x16xi8>}
  %w = systolic.dram constant {tensor = tensor<16x16xi8>}
  %a = systolic.alloc {rows = 8 : i64} : !systolic.ub
  %b = systolic.alloc {rows = 8 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 8 : i64} : !systolic.acc
  %0 = systolic.dma_load %a from %x {dram_stride = 16 : i64, rows = 8 : i64, row_bytes = 16 : i64} : !systolic.ub
  %1 = systolic.load_weights %w {element = #systolic.type<i8>, k = 16 : i64, n = 16 : i64, stride = 16 : i64} : !systolic.dram
  %2 = systolic.matmul %a into %s wait(%0) {element = #systolic.type<i8>, k = 16 : i64, counts = array<i64: 1, 1, 8>, strides = array<i64: 0, 0, 1>, switch_weights}
  %3 = systolic.dma_load %a from %x wait(%2) {dram_stride = 16 : i64, rows = 8 : i64, row_bytes = 16 : i64} : !systolic.ub
  %4 = systolic.dma_load %b from %x {dram_stride = 16 : i64, rows = 8 : i64, row_bytes = 16 : i64} : !systolic.ub
  %5 = systolic.matmul %b into %s wait(%4) {accumulate, element = #systolic.type<i8>, k = 16 : i64, counts = array<i64: 1, 1, 8>, strides = array<i64: 0, 0, 1>}
  systolic.halt
}
}
