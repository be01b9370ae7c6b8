// RUN: tactus-opt %s -split-input-file -verify-diagnostics

module attributes {systolic.machine = "gemmini"} {
systolic.program @dma_load_c1_rows layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected rows of 1 to 16777216, but got 0}}
  %t = systolic.dma_load %a from %x {dram_stride = 64 : i64, rows = 0 : i64, row_bytes = 16 : i64} : !systolic.ub
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @dma_load_c2_two_modes layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected at most one of zero fill, broadcast row and pixel repeat, but got more}}
  %t = systolic.dma_load %a from %x {dram_stride = 64 : i64, rows = 4 : i64, row_bytes = 16 : i64, broadcast_row, pixel_repeat = 2 : i64} : !systolic.ub
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @dma_load_c3_source layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected a source, or else zero_fill}}
  %t = systolic.dma_load %a from %x {dram_stride = 64 : i64, rows = 4 : i64, row_bytes = 16 : i64, zero_fill} : !systolic.ub
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @dma_load_c4_dram_bytes layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected DRAM bytes below 4294967296, but got 4294967311}}
  %t = systolic.dma_load %a from %x {dram_stride = 64 : i64, rows = 4 : i64, row_bytes = 16 : i64, offset = 4294967104 : i64} : !systolic.ub
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @dma_load_c5_local_rows layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected local rows below 16384 of the unified buffer, but got 16384}}
  %t = systolic.dma_load %a from %x {dram_stride = 64 : i64, rows = 4 : i64, row_bytes = 16 : i64, row = 16381 : i64} : !systolic.ub
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @dma_load_c6_whole_values layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected row bytes of accumulators to be a multiple of 4, but got 14}}
  %t = systolic.dma_load %s from %x {dram_stride = 64 : i64, rows = 4 : i64, row_bytes = 14 : i64} : !systolic.acc
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @dma_store_c1_row_bytes layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected row bytes of 1 to 4294967295, but got 0}}
  %t = systolic.dma_store %a to %y {dram_stride = 64 : i64, rows = 4 : i64, row_bytes = 0 : i64} : !systolic.ub
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @dma_store_c2_dram_bytes layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected DRAM bytes below 4294967296, but got 4294967311}}
  %t = systolic.dma_store %a to %y {dram_stride = 64 : i64, rows = 4 : i64, row_bytes = 16 : i64, offset = 4294967104 : i64} : !systolic.ub
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @dma_store_c3_dram_rows_overlap layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected DRAM rows 16 or more bytes apart, but got 15}}
  %t = systolic.dma_store %a to %y {dram_stride = 15 : i64, rows = 4 : i64, row_bytes = 16 : i64} : !systolic.ub
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @dma_store_c4_local_rows layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected local rows below 16384 of the unified buffer, but got 16384}}
  %t = systolic.dma_store %a to %y {dram_stride = 64 : i64, rows = 4 : i64, row_bytes = 16 : i64, row = 16381 : i64} : !systolic.ub
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @dma_store_c5_whole_values layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected row bytes of accumulators to be a multiple of 4, but got 14}}
  %t = systolic.dma_store %s to %y {dram_stride = 64 : i64, rows = 4 : i64, row_bytes = 14 : i64} : !systolic.acc
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @load_weights_c1_type layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected operands of type i8, but got bf16}}
  %t = systolic.load_weights %x {element = #systolic.type<bf16>, k = 16 : i64, n = 16 : i64, stride = 64 : i64} : !systolic.dram
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @load_weights_c2_k layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected k of 1 to 16, but got 17}}
  %t = systolic.load_weights %x {element = #systolic.type<i8>, k = 17 : i64, n = 16 : i64, stride = 64 : i64} : !systolic.dram
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @load_weights_c3_n layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected n of 1 to 16, but got 17}}
  %t = systolic.load_weights %x {element = #systolic.type<i8>, k = 16 : i64, n = 17 : i64, stride = 64 : i64} : !systolic.dram
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @load_weights_c4_local_rows layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected weight rows below 16384 of the unified buffer, but got 16384}}
  %t = systolic.load_weights %a {element = #systolic.type<i8>, k = 16 : i64, n = 16 : i64, stride = 1 : i64, offset = 16369 : i64} : !systolic.ub
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @load_weights_c5_dram_bytes layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected DRAM bytes below 4294967296, but got 4294967296}}
  %t = systolic.load_weights %x {element = #systolic.type<i8>, k = 16 : i64, n = 16 : i64, stride = 64 : i64, offset = 4294966321 : i64} : !systolic.dram
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "tpu-v2"} {
systolic.program @load_weights_c6_whole_weights layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected the weights' address to be a multiple of 2, but got 1}}
  %t = systolic.load_weights %x {element = #systolic.type<bf16>, k = 16 : i64, n = 16 : i64, stride = 64 : i64, offset = 1 : i64} : !systolic.dram
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @matmul_c1_type layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected operands of type i8, but got bf16}}
  %t = systolic.matmul %a into %s {element = #systolic.type<bf16>, k = 16 : i64, counts = array<i64: 1, 1, 4>, strides = array<i64: 0, 0, 1>, switch_weights}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @matmul_c2_k layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected k of 1 to 16, but got 17}}
  %t = systolic.matmul %a into %s {element = #systolic.type<i8>, k = 17 : i64, counts = array<i64: 1, 1, 4>, strides = array<i64: 0, 0, 1>, switch_weights}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @matmul_c3_three_counts layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected three counts and three strides}}
  %t = systolic.matmul %a into %s {element = #systolic.type<i8>, k = 16 : i64, counts = array<i64: 4>, strides = array<i64: 0, 0, 1>, switch_weights}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @matmul_c4_input_rows layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected input rows of 0 to 16383, but got 16384}}
  %t = systolic.matmul %a into %s {element = #systolic.type<i8>, k = 16 : i64, counts = array<i64: 1, 1, 4>, strides = array<i64: 0, 0, 1>, switch_weights, row = 16381 : i64}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @matmul_c5_accumulator_rows layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected accumulator rows below 1024 of the accumulator, but got 1024}}
  %t = systolic.matmul %a into %s {element = #systolic.type<i8>, k = 16 : i64, counts = array<i64: 1, 1, 4>, strides = array<i64: 0, 0, 1>, switch_weights, sums_row = 1021 : i64}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @activate_c1_sums layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected sums of type i32 or f32, but got i8}}
  %t = systolic.activate %s to %a {input = #systolic.type<i8>, output = #systolic.type<i8>, rows = 4 : i64, columns = 16 : i64}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "tpu-v2"} {
systolic.program @activate_c2_exact layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected i32 results of i32 sums, but got f32}}
  %t = systolic.activate %s to %a {input = #systolic.type<f32>, output = #systolic.type<i32>, rows = 4 : i64, columns = 16 : i64}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @activate_c3_scaled_exact layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected i32 results unscaled, through none or relu, but got none}}
  %t = systolic.activate %s to %a {input = #systolic.type<i32>, output = #systolic.type<i32>, rows = 4 : i64, columns = 16 : i64, stride = 4 : i64, scale = 2.0 : f32}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @activate_c4_zero_point layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected a zero point for i8 only, but got f32}}
  %t = systolic.activate %s to %a {input = #systolic.type<i32>, output = #systolic.type<f32>, rows = 4 : i64, columns = 16 : i64, stride = 4 : i64, zero_point = 1 : i64}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @activate_c5_accumulator_rows layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected accumulator rows below 1024 of the accumulator, but got 1024}}
  %t = systolic.activate %s to %a {input = #systolic.type<i32>, output = #systolic.type<i8>, rows = 4 : i64, columns = 16 : i64, sums_row = 1021 : i64}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @activate_c6_pooling_lines layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected rows of whole lines of 3, but got 4}}
  %t = systolic.activate %s to %a {input = #systolic.type<i32>, output = #systolic.type<i8>, rows = 4 : i64, columns = 16 : i64, pooling = array<i64: 2, 2, 1, 1, 3>}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @activate_c7_result_rows layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected result rows below 16384 of the unified buffer, but got 16384}}
  %t = systolic.activate %s to %a {input = #systolic.type<i32>, output = #systolic.type<i8>, rows = 4 : i64, columns = 16 : i64, row = 16381 : i64}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @activate_c8_scale_row layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected scale rows below 16384 of the unified buffer, but got 16384}}
  %t = systolic.activate %s to %a scales %a {input = #systolic.type<i32>, output = #systolic.type<i8>, rows = 4 : i64, columns = 16 : i64, scales_row = 16381 : i64}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @activate_c9_clip layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected a clip from alpha to beta, but got alpha above beta}}
  %t = systolic.activate %s to %a {input = #systolic.type<i32>, output = #systolic.type<i8>, rows = 4 : i64, columns = 16 : i64, function = #systolic.function<clip>, alpha = 2.0 : f32, beta = 1.0 : f32}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @vec_c1_output layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected results of type i8, bf16 or f32, but got i32}}
  %t = systolic.vec %a : !systolic.ub to %a : !systolic.ub {kind = #systolic.operation<exp>, rows = 4 : i64, columns = 4 : i64, output = #systolic.type<i32>}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @vec_c2_rows layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected rows of 1 to 16777216, but got 0}}
  %t = systolic.vec %a : !systolic.ub to %a : !systolic.ub {kind = #systolic.operation<exp>, rows = 0 : i64, columns = 4 : i64}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @vec_c3_function layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected a clip from alpha to beta, but got alpha above beta}}
  %t = systolic.vec %a : !systolic.ub to %a : !systolic.ub {kind = #systolic.operation<apply>, rows = 4 : i64, columns = 4 : i64, function = #systolic.function<clip>, alpha = 1.0 : f32}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @vec_c4_accumulator_type layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected a 4-byte type in accumulators, but got i8}}
  %t = systolic.vec %a : !systolic.ub to %s : !systolic.acc {kind = #systolic.operation<exp>, rows = 4 : i64, columns = 4 : i64, output = #systolic.type<i8>}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @vec_c5_rows layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected left rows below 16384 of the unified buffer, but got 16384}}
  %t = systolic.vec %a : !systolic.ub to %a : !systolic.ub {kind = #systolic.operation<exp>, rows = 4 : i64, columns = 4 : i64, lhs_row = 16381 : i64}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @config_c1_byte layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected a value of 0 to 255, but got 256}}
  %t = systolic.config {value = 256 : i64}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @host_call_c1_bytes layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected DRAM bytes below 4294967296, but got 4294967296}}
  systolic.host_call %x {function = 1 : i64, bytes = 4294967297 : i64}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @alloc_c1_rows layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected 1 or more rows below 1024 of the machine, but got 8 from row 1017}}
  %t = systolic.alloc {rows = 8 : i64, row = 1017 : i64} : !systolic.acc
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @dram_c1_type layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected a static tensor of f32, f64, f16, bf16, i1, i8, ui8, i16, i32 or i64, but got 'tensor<4xui16>'}}
  %t = systolic.dram scratch {tensor = tensor<4xui16>}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @dram_c2_value layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected a value of type 'tensor<4xi8>', but got 'tensor<5xi8>'}}
  %t = systolic.dram constant {tensor = tensor<4xi8>, value = dense<1> : tensor<5xi8>}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @dram_c3_name layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<1024x64xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<1024x64xi8>}
  %a = systolic.alloc {rows = 16384 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 1024 : i64} : !systolic.acc
  // expected-error @below {{expected a name for an input, but got none}}
  %t = systolic.dram input {tensor = tensor<4xi8>}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @dram_c4_input layers ["main"] {
  // expected-error @below {{expected tiles on a constant, but got them on an input}}
  %t = systolic.dram input {name = "x", tensor = tensor<32x32xi8>, tiles = array<i64: 32, 16, 16>}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @dram_c4_height layers ["main"] {
  // expected-error @below {{expected tiles of 3 sizes, the first a divisor of 32 rows, but got [20, 16, 16]}}
  %t = systolic.dram constant {tensor = tensor<32x32xi8>, tiles = array<i64: 20, 16, 16>}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @dram_c4_sizes layers ["main"] {
  // expected-error @below {{expected tiles of 3 sizes, the first a divisor of 32 rows, but got [32, 0, 16]}}
  %t = systolic.dram constant {tensor = tensor<32x32xi8>, tiles = array<i64: 32, 0, 16>}
  systolic.halt
}
}
