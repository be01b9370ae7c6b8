// RUN: tactus-opt %s -verify-diagnostics -pass-pipeline='builtin.module(systolic.program(systolic-allocate))'

// gemmini has 1024 rows of accumulators.
module attributes {systolic.machine = "gemmini"} {
systolic.program @main layers ["main"] {
  %s = systolic.alloc {rows = 1000 : i64} : !systolic.acc
  // expected-error @below {{expected 25 free rows, but 'gemmini' has 24 of 1024 left}}
  %r = systolic.alloc {rows = 25 : i64} : !systolic.acc
  systolic.halt
}
}
