// RUN: tactus-opt %s | tactus-opt | FileCheck %s

// Each op prints as it was written.

module attributes {systolic.machine = "gemmini"} {

// CHECK-LABEL: systolic.program @buffers layers ["fc"]
// CHECK:         %[[X:.+]] = systolic.dram input {name = "x", tensor = tensor<64x32xi8>}
// CHECK:         systolic.dram constant {index = 1 : i64, tensor = tensor<2x32x32xi8>, tiles = array<i64: 32, 16, 8>}
// CHECK:         %[[A:.+]] = systolic.alloc {rows = 64 : i64} : !systolic.ub
// CHECK:         systolic.dma_load %[[A]] from %[[X]] {dram_stride = 32 : i64, row_bytes = 16 : i64, rows = 64 : i64} : !systolic.ub
systolic.program @buffers layers ["fc"] {
  %x = systolic.dram input {name = "x", tensor = tensor<64x32xi8>}
  %y = systolic.dram output {name = "y", tensor = tensor<64x16xi8>}
  %w = systolic.dram constant {tensor = tensor<16x16xi8>}
  %v = systolic.dram constant {index = 1 : i64, tensor = tensor<2x32x32xi8>, tiles = array<i64: 32, 16, 8>}
  %a = systolic.alloc {rows = 64 : i64} : !systolic.ub
  %b = systolic.alloc {rows = 64 : i64} : !systolic.ub
  %s = systolic.alloc {rows = 64 : i64} : !systolic.acc
  %t = systolic.dma_load %a from %x {dram_stride = 32 : i64, rows = 64 : i64, row_bytes = 16 : i64} : !systolic.ub
  // CHECK: systolic.load_weights %{{.+}} {element = #systolic.type<i8>, k = 16 : i64, n = 16 : i64, stride = 16 : i64} : !systolic.dram
  %p = systolic.load_weights %w {element = #systolic.type<i8>, k = 16 : i64, n = 16 : i64, stride = 16 : i64} : !systolic.dram
  // CHECK: %[[M:.+]] = systolic.matmul %[[A]] into %{{.+}} wait(%{{.+}}) {{{.+}} switch_weights}
  %m = systolic.matmul %a into %s wait(%t) {element = #systolic.type<i8>, k = 16 : i64, counts = array<i64: 1, 1, 64>, strides = array<i64: 0, 0, 1>, switch_weights}
  // CHECK: systolic.activate %{{.+}} to %{{.+}} wait(%[[M]]) {columns = 16 : i64, function = #systolic.function<relu>, input = #systolic.type<i32>, output = #systolic.type<i8>, rows = 64 : i64, scale = 1.562500e-02 : f32}
  %d = systolic.activate %s to %b wait(%m) {input = #systolic.type<i32>, output = #systolic.type<i8>, rows = 64 : i64, columns = 16 : i64, function = #systolic.function<relu>, scale = 1.562500e-02 : f32}
  // CHECK: systolic.dma_store
  %f = systolic.dma_store %b to %y wait(%d) {dram_stride = 16 : i64, rows = 64 : i64, row_bytes = 16 : i64} : !systolic.ub
  // The example of dma_store.
  %u = systolic.dma_store %a to %y wait(%t) {dram_stride = 16 : i64, rows = 64 : i64, row_bytes = 16 : i64} : !systolic.ub
  systolic.halt
}

// CHECK-LABEL: systolic.program @vectors
// CHECK:         systolic.vec %[[A:.+]] : !systolic.ub with %[[B:.+]] : !systolic.ub to %[[B]] : !systolic.ub {columns = 4 : i64, kind = #systolic.operation<add>, rows = 4 : i64}
// CHECK:         systolic.vec %[[A]] : !systolic.ub to %[[B]] : !systolic.ub wait(%{{.+}}) {
// CHECK:         systolic.vec %[[A]] : !systolic.ub with %[[B]] : !systolic.ub to %[[B]] : !systolic.ub {columns = 4 : i64, function = #systolic.function<prelu>, kind = #systolic.operation<apply>, rhs_stride = 0 : i64, right_input = #systolic.type<bf16>, rows = 4 : i64}
// CHECK:         systolic.vec %[[B]] : !systolic.ub to %[[B]] : !systolic.ub {alpha = -1.000000e+00 : f32, beta = 1.000000e+00 : f32, columns = 4 : i64, function = #systolic.function<clip>, kind = #systolic.operation<apply>, rows = 4 : i64}
// CHECK:         systolic.host_call %[[Y:.+]] from %[[X:.+]] {bytes = 64 : i64, function = 0 : i64, kernel = @sort}
// CHECK:         systolic.host_call %[[Y]] from %[[X]], %[[X]] {bytes = 32 : i64, function = 1 : i64, kernel = @sort, kernel_result = 1 : i64, offset = 32 : i64}
systolic.program @vectors layers ["main"] {
  %a = systolic.alloc {rows = 4 : i64} : !systolic.ub
  %b = systolic.alloc {rows = 4 : i64} : !systolic.ub
  %x = systolic.dram scratch {tensor = tensor<64xi8>}
  %y = systolic.dram scratch {tensor = tensor<8xi64>}
  %z = systolic.dma_load %a {rows = 4 : i64, row_bytes = 16 : i64, zero_fill} : !systolic.ub
  systolic.fence
  %v = systolic.vec %a : !systolic.ub with %b : !systolic.ub to %b : !systolic.ub {kind = #systolic.operation<add>, rows = 4 : i64, columns = 4 : i64}
  %e = systolic.vec %a : !systolic.ub to %b : !systolic.ub wait(%z) {kind = #systolic.operation<exp>, rows = 4 : i64, columns = 4 : i64}
  %p = systolic.vec %a : !systolic.ub with %b : !systolic.ub to %b : !systolic.ub {kind = #systolic.operation<apply>, rows = 4 : i64, columns = 4 : i64, function = #systolic.function<prelu>, right_input = #systolic.type<bf16>, rhs_stride = 0 : i64}
  %c = systolic.vec %b : !systolic.ub to %b : !systolic.ub {kind = #systolic.operation<apply>, rows = 4 : i64, columns = 4 : i64, function = #systolic.function<clip>, alpha = -1.0 : f32, beta = 1.0 : f32}
  systolic.host_call %y from %x {function = 0 : i64, bytes = 64 : i64, kernel = @sort}
  systolic.host_call %y from %x, %x {function = 1 : i64, offset = 32 : i64, bytes = 32 : i64, kernel = @sort, kernel_result = 1 : i64}
  systolic.halt
}

// CHECK-LABEL: systolic.program @main layers ["fc"]
// CHECK:         systolic.nop {queue = #systolic.queue<LD>}
// CHECK:         systolic.tag {id = 3 : i64, queue = #systolic.queue<MM>}
// CHECK:         systolic.config {value = 128 : i64}
// CHECK:         systolic.nop {queue = #systolic.queue<ACT>, signal = 3 : i64, wait_for = array<i64: 0, 1, 2, 2>}
// CHECK:         systolic.fence
systolic.program @main layers ["fc"] {
  %t = systolic.nop {queue = #systolic.queue<LD>}
  systolic.halt
}
systolic.program @control layers ["fc"] {
  %t = systolic.tag {queue = #systolic.queue<MM>, id = 3 : i64}
  systolic.fence
  systolic.halt
}
systolic.program @fill layers ["fc"] {
  %t = systolic.config {value = 128 : i64}
  %l = systolic.nop {queue = #systolic.queue<LD>, signal = 0 : i64}
  %m = systolic.nop {queue = #systolic.queue<MM>, signal = 2 : i64}
  %k = systolic.nop {queue = #systolic.queue<MM>, signal = 2 : i64}
  %n = systolic.nop {queue = #systolic.queue<ACT>, wait_for = array<i64: 0, 1, 2, 2>, signal = 3 : i64}
  systolic.fence
  systolic.halt
}
}
