// RUN: tactus-opt %s -verify-diagnostics -pass-pipeline='builtin.module(systolic.program(systolic-allocate))'

// gemmini has 16384 rows of unified buffer, and both buffers are in use when the
// second is loaded.
module attributes {systolic.machine = "gemmini"} {
systolic.program @main layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<16xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<16xi8>}
  %a = systolic.alloc {rows = 16000 : i64} : !systolic.ub
  // expected-error @below {{expected 385 free rows, but 'gemmini' has no more beside what is in use of its 16384}}
  %b = systolic.alloc {rows = 385 : i64} : !systolic.ub
  %0 = systolic.dma_load %a from %x {rows = 1 : i64, row_bytes = 16 : i64} : !systolic.ub
  %1 = systolic.dma_load %b from %x {rows = 1 : i64, row_bytes = 16 : i64} : !systolic.ub
  %2 = systolic.dma_store %a to %y wait(%0) {rows = 1 : i64, row_bytes = 16 : i64, dram_stride = 0 : i64} : !systolic.ub
  systolic.halt
}
}
