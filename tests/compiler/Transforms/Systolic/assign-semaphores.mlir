// RUN: tactus-opt %s -pass-pipeline='builtin.module(systolic.program(systolic-assign-semaphores))' | FileCheck %s

// Loads end in order, so the product waits for the second only; what it stores
// waits for the activation alone, which waited for the product.
// CHECK-LABEL: systolic.program @main
// CHECK:         systolic.dma_load %[[A:[^ ]+]] from %{{.+}} {dram_stride = 16 : i64, row_bytes = 16 : i64, rows = 8 : i64} : !systolic.ub
// CHECK:         systolic.dma_load %[[S:[^ ]+]] from %{{.+}} {{{.*}}signal = 0 : i64} : !systolic.acc
// CHECK:         systolic.matmul %[[A]] into %[[S]] {accumulate, {{.*}}signal = 2 : i64, {{.*}}wait_for = array<i64: 0, 1>}
// CHECK:         systolic.activate %[[S]] to %[[R:[^ ]+]] {{{.*}}signal = 3 : i64, wait_for = array<i64: 2, 1>}
// CHECK:         systolic.dma_store %[[R]] to %{{.+}} {{{.*}}wait_for = array<i64: 3, 1>}
// CHECK-NOT:     wait(
module attributes {systolic.machine = "gemmini"} {
systolic.program @main layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<8x16xi8>}
  %c = systolic.dram input {name = "c", tensor = tensor<16xi32>}
  %w = systolic.dram constant {tensor = tensor<16x16xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<8x16xi8>}
  %a = systolic.alloc {rows = 8 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 8 : i64} : !systolic.acc
  %r = systolic.alloc {rows = 8 : i64} : !systolic.ub
  %0 = systolic.dma_load %a from %x {dram_stride = 16 : i64, rows = 8 : i64, row_bytes = 16 : i64} : !systolic.ub
  %1 = systolic.dma_load %s from %c {broadcast_row, rows = 8 : i64, row_bytes = 64 : i64} : !systolic.acc
  %2 = systolic.load_weights %w {element = #systolic.type<i8>, k = 16 : i64, n = 16 : i64, stride = 16 : i64} : !systolic.dram
  %3 = systolic.matmul %a into %s wait(%0, %1) {accumulate, element = #systolic.type<i8>, k = 16 : i64, counts = array<i64: 1, 1, 8>, strides = array<i64: 0, 0, 1>, switch_weights}
  %4 = systolic.activate %s to %r wait(%3) {input = #systolic.type<i32>, output = #systolic.type<i8>, rows = 8 : i64, columns = 16 : i64, function = #systolic.function<relu>, scale = 0.0625 : f32}
  %5 = systolic.dma_store %r to %y wait(%3, %4) {dram_stride = 16 : i64, rows = 8 : i64, row_bytes = 16 : i64} : !systolic.ub
  systolic.halt
}
}
