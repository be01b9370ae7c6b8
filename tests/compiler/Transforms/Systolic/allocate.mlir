// RUN: tactus-opt %s -pass-pipeline='builtin.module(systolic.program(systolic-allocate))' | FileCheck %s

// Each memory fills from row 0; DRAM in steps of 64 bytes, constants first.
// CHECK-LABEL: systolic.program @main
// CHECK:         systolic.dram input {address = 256 : i64, name = "x"
// CHECK:         systolic.dram constant {address = 0 : i64
// CHECK:         systolic.dram output {address = 384 : i64, name = "y"
// CHECK:         systolic.alloc {row = 0 : i64, rows = 8 : i64} : !systolic.ub
// CHECK:         systolic.alloc {row = 0 : i64, rows = 100 : i64} : !systolic.acc
// CHECK:         systolic.alloc {row = 8 : i64, rows = 16 : i64} : !systolic.ub
// CHECK:         systolic.alloc {row = 100 : i64, rows = 8 : i64} : !systolic.acc
module attributes {systolic.machine = "gemmini"} {
systolic.program @main layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<5x16xi8>}
  %w = systolic.dram constant {tensor = tensor<15x16xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<8x16xi8>}
  %a = systolic.alloc {rows = 8 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 100 : i64} : !systolic.acc
  %b = systolic.alloc {rows = 16 : i64} : !systolic.ub
  %r = systolic.alloc {rows = 8 : i64} : !systolic.acc
  systolic.halt
}
}
