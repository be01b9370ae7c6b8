// RUN: tactus-opt %s -split-input-file -verify-diagnostics

// expected-error @+2 {{expected a machine of tpu-v1, gemmini, edge, tpu-v2, but got 'tpu-v9'}}
module attributes {systolic.machine = "tpu-v9"} {
systolic.program @program_c1_unknown_machine layers ["main"] {
  systolic.halt
}
}

// -----

// expected-error @below {{expected a module with 'systolic.machine', a name or a dictionary, but got none}}
systolic.program @program_c1_no_machine layers ["main"] {
  systolic.halt
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @program_c2_rows_of_a_buffer layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<8x16xi8>}
  // expected-note @below {{declared here}}
  %a = systolic.alloc {rows = 4 : i64} : !systolic.ub
  // expected-error @below {{expected rows below 4 of its buffer, but got 4}}
  %t = systolic.dma_load %a from %x {dram_stride = 16 : i64, row = 1 : i64, rows = 4 : i64, row_bytes = 16 : i64} : !systolic.ub
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @program_c2_bytes_of_a_tensor layers ["main"] {
  // expected-note @below {{declared here}}
  %x = systolic.dram input {name = "x", tensor = tensor<8x16xi8>}
  %a = systolic.alloc {rows = 8 : i64} : !systolic.ub
  // expected-error @below {{expected bytes below 128 of its tensor, but got 128}}
  %t = systolic.dma_load %a from %x {offset = 1 : i64, dram_stride = 16 : i64, rows = 8 : i64, row_bytes = 16 : i64} : !systolic.ub
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @program_c3_first_matmul_switches layers ["main"] {
  %a = systolic.alloc {rows = 4 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 4 : i64} : !systolic.acc
  // expected-error @below {{expected the first matmul to switch weights, but got none in use}}
  %t = systolic.matmul %a into %s {element = #systolic.type<i8>, k = 16 : i64, counts = array<i64: 1, 1, 4>, strides = array<i64: 0, 0, 1>}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @program_c3_tile_left_over layers ["main"] {
  %w = systolic.dram constant {tensor = tensor<16x16xi8>}
  // expected-error @below {{expected a matmul to use the weight tile, but got none}}
  %p = systolic.load_weights %w {element = #systolic.type<i8>, k = 16 : i64, n = 16 : i64, stride = 16 : i64} : !systolic.dram
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @program_c4_layer layers ["main"] {
  // expected-error @below {{expected a layer below 1, but got 1}}
  %t = systolic.nop {queue = #systolic.queue<LD>, layer = 1 : i64}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @program_c5_wait_for_no_signal layers ["main"] {
  %m = systolic.nop {queue = #systolic.queue<MM>, signal = 2 : i64}
  // expected-error @below {{expected a wait for one of the 1 signals of semaphore 2, but got one for signal 2}}
  %t = systolic.nop {queue = #systolic.queue<LD>, wait_for = array<i64: 2, 2>}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @program_c5_semaphore_of_two_queues layers ["main"] {
  // expected-note @below {{first signalled here}}
  %m = systolic.nop {queue = #systolic.queue<MM>, signal = 2 : i64}
  // expected-error @below {{expected semaphore 2 to be signalled from queue MM alone, but got ST}}
  %t = systolic.nop {queue = #systolic.queue<ST>, signal = 2 : i64}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @program_c5_deadlock layers ["main"] {
  // expected-error @below {{expected a queue that can go on, but got a deadlock}}
  // expected-note @below {{queue LD is here, at nop, which waits for nop of queue ST}}
  %l = systolic.nop {queue = #systolic.queue<LD>, wait_for = array<i64: 1, 1>, signal = 0 : i64}
  // expected-note @below {{queue ST is here, at nop, which waits for nop of queue LD}}
  %t = systolic.nop {queue = #systolic.queue<ST>, wait_for = array<i64: 0, 1>, signal = 1 : i64}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @program_c5_deadlock_across_a_fence layers ["main"] {
  // expected-error @below {{expected a queue that can go on, but got a deadlock}}
  // expected-note @below {{queue LD is here, at nop, which waits for nop of queue ST}}
  %l = systolic.nop {queue = #systolic.queue<LD>, wait_for = array<i64: 1, 1>}
  systolic.fence
  %t = systolic.nop {queue = #systolic.queue<ST>, signal = 1 : i64}
  systolic.halt
}
}

// -----

// The FIFO has room for one tile beside the one in use.
module attributes {systolic.machine = "gemmini"} {
systolic.program @program_c5_no_room_in_the_fifo layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<4x16xi8>}
  %w = systolic.dram constant {tensor = tensor<16x16xi8>}
  %a = systolic.alloc {rows = 4 : i64} : !systolic.ub
  %b = systolic.alloc {rows = 4 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 4 : i64} : !systolic.acc
  %0 = systolic.load_weights %w {element = #systolic.type<i8>, k = 16 : i64, n = 16 : i64, stride = 16 : i64} : !systolic.dram
  %1 = systolic.load_weights %w {element = #systolic.type<i8>, k = 16 : i64, n = 16 : i64, stride = 16 : i64} : !systolic.dram
  // expected-error @below {{expected a queue that can go on, but got a deadlock}}
  // expected-note @below {{queue WL is here, at load_weights, which waits for matmul of queue MM}}
  %2 = systolic.load_weights %w {element = #systolic.type<i8>, k = 16 : i64, n = 16 : i64, stride = 16 : i64} : !systolic.dram
  // expected-note @below {{queue LD is here, at dma_load, which waits for load_weights of queue WL}}
  %3 = systolic.dma_load %a from %x wait(%2) {dram_stride = 16 : i64, rows = 4 : i64, row_bytes = 16 : i64} : !systolic.ub
  // expected-note @below {{queue MM is here, at matmul, which waits for dma_load of queue LD}}
  %4 = systolic.matmul %a into %s wait(%3) {element = #systolic.type<i8>, k = 16 : i64, counts = array<i64: 1, 1, 4>, strides = array<i64: 0, 0, 1>, switch_weights}
  %5 = systolic.matmul %a into %s {element = #systolic.type<i8>, k = 16 : i64, counts = array<i64: 1, 1, 4>, strides = array<i64: 0, 0, 1>, switch_weights}
  %6 = systolic.matmul %a into %s {element = #systolic.type<i8>, k = 16 : i64, counts = array<i64: 1, 1, 4>, strides = array<i64: 0, 0, 1>, switch_weights}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @program_c6_adds_to_nothing layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<4x16xi8>}
  %w = systolic.dram constant {tensor = tensor<16x16xi8>}
  %a = systolic.alloc {rows = 4 : i64} : !systolic.ub
  %b = systolic.alloc {rows = 4 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 4 : i64} : !systolic.acc
  %0 = systolic.dma_load %a from %x {dram_stride = 16 : i64, rows = 4 : i64, row_bytes = 16 : i64} : !systolic.ub
  %1 = systolic.load_weights %w {element = #systolic.type<i8>, k = 16 : i64, n = 16 : i64, stride = 16 : i64} : !systolic.dram
  // expected-error @below {{expected sums to add to, overwritten or loaded before, but got accumulator row 0, which nothing wrote}}
  %2 = systolic.matmul %a into %s wait(%0) {element = #systolic.type<i8>, k = 16 : i64, counts = array<i64: 1, 1, 4>, strides = array<i64: 0, 0, 1>, switch_weights, accumulate}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @program_c6_adds_to_drained_sums layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<4x16xi8>}
  %w = systolic.dram constant {tensor = tensor<16x16xi8>}
  %a = systolic.alloc {rows = 4 : i64} : !systolic.ub
  %b = systolic.alloc {rows = 4 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 4 : i64} : !systolic.acc
  %0 = systolic.dma_load %a from %x {dram_stride = 16 : i64, rows = 4 : i64, row_bytes = 16 : i64} : !systolic.ub
  %1 = systolic.load_weights %w {element = #systolic.type<i8>, k = 16 : i64, n = 16 : i64, stride = 16 : i64} : !systolic.dram
  %2 = systolic.matmul %a into %s wait(%0) {element = #systolic.type<i8>, k = 16 : i64, counts = array<i64: 1, 1, 4>, strides = array<i64: 0, 0, 1>, switch_weights}
  %3 = systolic.activate %s to %b wait(%2) {input = #systolic.type<i32>, output = #systolic.type<i8>, rows = 4 : i64, columns = 16 : i64}
  // expected-error @below {{expected sums to add to, overwritten or loaded before, but got accumulator row 0, which was drained since}}
  %4 = systolic.matmul %a into %s wait(%3) {element = #systolic.type<i8>, k = 16 : i64, counts = array<i64: 1, 1, 4>, strides = array<i64: 0, 0, 1>, accumulate}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @program_c7_read_after_write layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<4x16xi8>}
  %w = systolic.dram constant {tensor = tensor<16x16xi8>}
  %a = systolic.alloc {rows = 4 : i64} : !systolic.ub
  %b = systolic.alloc {rows = 4 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 4 : i64} : !systolic.acc
  // expected-note @below {{the other is here}}
  %0 = systolic.dma_load %a from %x {dram_stride = 16 : i64, rows = 4 : i64, row_bytes = 16 : i64} : !systolic.ub
  %1 = systolic.load_weights %w {element = #systolic.type<i8>, k = 16 : i64, n = 16 : i64, stride = 16 : i64} : !systolic.dram
  // expected-error @below {{expected a token between it, which reads unified buffer row 0, and dma_load, which writes it, but got none}}
  %2 = systolic.matmul %a into %s {element = #systolic.type<i8>, k = 16 : i64, counts = array<i64: 1, 1, 4>, strides = array<i64: 0, 0, 1>, switch_weights}
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @program_c7_write_after_read layers ["main"] {
  %x = systolic.dram input {name = "x", tensor = tensor<4x16xi8>}
  %w = systolic.dram constant {tensor = tensor<16x16xi8>}
  %a = systolic.alloc {rows = 4 : i64} : !systolic.ub
  %b = systolic.alloc {rows = 4 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 4 : i64} : !systolic.acc
  %0 = systolic.dma_load %a from %x {dram_stride = 16 : i64, rows = 4 : i64, row_bytes = 16 : i64} : !systolic.ub
  %1 = systolic.load_weights %w {element = #systolic.type<i8>, k = 16 : i64, n = 16 : i64, stride = 16 : i64} : !systolic.dram
  // expected-error @below {{expected a token between it, which reads unified buffer row 0, and dma_load, which writes it, but got none}}
  %2 = systolic.matmul %a into %s wait(%0) {element = #systolic.type<i8>, k = 16 : i64, counts = array<i64: 1, 1, 4>, strides = array<i64: 0, 0, 1>, switch_weights}
  // expected-note @below {{the other is here}}
  %3 = systolic.dma_load %a from %x {dram_stride = 16 : i64, rows = 4 : i64, row_bytes = 16 : i64} : !systolic.ub
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @program_c7_dram layers ["main"] {
  %x = systolic.dram scratch {tensor = tensor<4x16xi8>}
  %a = systolic.alloc {rows = 4 : i64} : !systolic.ub
  %b = systolic.alloc {rows = 4 : i64} : !systolic.ub
  %0 = systolic.dma_load %a {rows = 4 : i64, row_bytes = 16 : i64, zero_fill} : !systolic.ub
  // expected-error @below {{expected a token between it, which writes DRAM, and dma_load, which reads it, but got none}}
  %1 = systolic.dma_store %a to %x wait(%0) {dram_stride = 16 : i64, rows = 4 : i64, row_bytes = 16 : i64} : !systolic.ub
  // expected-note @below {{the other is here}}
  %2 = systolic.dma_load %b from %x {dram_stride = 16 : i64, rows = 4 : i64, row_bytes = 16 : i64} : !systolic.ub
  systolic.halt
}
}

// -----

module attributes {systolic.machine = "gemmini"} {
systolic.program @program_c7_rows_that_two_buffers_share layers ["main"] {
  %x = systolic.dram output {name = "x", tensor = tensor<4x16xi8>, address = 0 : i64}
  %a = systolic.alloc {rows = 4 : i64, row = 0 : i64} : !systolic.ub
  %b = systolic.alloc {rows = 4 : i64, row = 3 : i64} : !systolic.ub
  %0 = systolic.dma_load %a {rows = 4 : i64, row_bytes = 16 : i64, zero_fill} : !systolic.ub
  // expected-error @below {{expected a token between it, which reads unified buffer row 3, and dma_load, which writes it, but got none}}
  %1 = systolic.dma_store %a to %x wait(%0) {dram_stride = 16 : i64, rows = 4 : i64, row_bytes = 16 : i64} : !systolic.ub
  // expected-note @below {{the other is here}}
  %2 = systolic.dma_load %b {rows = 4 : i64, row_bytes = 16 : i64, zero_fill} : !systolic.ub
  systolic.halt
}
}
