// RUN: tactus-opt %s -pass-pipeline='builtin.module(func.func(tactus-fuse-attention,tactus-fuse-activations,tactus-fuse-elementwise,tactus-fuse-producers))' --remarks-filter=tactus-fusion -o %t 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: FileCheck %s --input-file=%t
// RUN: not tactus-opt %s --remarks-filter='[' -o %t.none 2>&1 | FileCheck %s --check-prefix=REGEX
// RUN: not tactus-opt %s --remarks-filter-missed='a)' -o %t.none 2>&1 | FileCheck %s --check-prefix=MISSED
// RUN: tactus-opt %s -pass-pipeline='builtin.module(func.func(tactus-fuse-elementwise))' --remarks-filter=fusion -o %t.none 2>&1 | count 0
// RUN: tactus-opt %s -pass-pipeline='builtin.module(func.func(tactus-fuse-elementwise))' --remarks-filter-missed=tactus-fusion -o %t.none 2>&1 | FileCheck %s --check-prefix=ONLY
// RUN: tactus-opt %s -pass-pipeline='builtin.module(func.func(tactus-fuse-elementwise{vector-bits=512 l2-bytes=1048576}))' --remarks-filter=tactus-fusion -o %t.none 2>&1 | FileCheck %s --check-prefix=WIDE

// REGEX: tactus-opt: expected a regular expression after --remarks-filter, but got '[' (
// MISSED: tactus-opt: expected a regular expression after --remarks-filter-missed, but got 'a)' (
// ONLY-NOT: [Passed]
// ONLY: [Missed]
// ONLY-NOT: [Passed]

// Nothing is computed twice, and the sum need not be in memory.
// REMARK: remark: {{.*}}[Passed] fuse | Category:tactus-fusion | Function=chain | Cost="29 ns", Limit="41 ns", Remark="'h' (add) fused into 'y' (exp)"
// On vectors of twice the width functions take half as long.
// WIDE: Function=chain | Cost="21 ns", Limit="34 ns"
// CHECK-LABEL: func @chain
// CHECK:         tactus.fused
// CHECK:           tactus.add
// CHECK:           tactus.exp
// CHECK-NOT:     tactus.fused
func.func @chain(%x: tensor<4x8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.add %x, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32> loc("h")
  %1 = tactus.exp %0 : tensor<4x8xf32> loc("y")
  return %1 : tensor<4x8xf32>
}

// Negative: 64 rows would compute the same sines.
// REMARK: fusion-cost.mlir:[[#@LINE+7]]:8: remark: [Missed] fuse | Category:tactus-fusion | Function=row_of_functions | Cost="{{[0-9]+}} ns", Limit="{{[0-9]+}} ns", Remark="sin kept apart from add"
// CHECK-LABEL: func @row_of_functions
// CHECK:         %[[S:.+]] = tactus.fused
// CHECK-NEXT:      tactus.sin
// CHECK:         tactus.fused ({{.*}}%[[S]]
// CHECK-NEXT:      tactus.add
func.func @row_of_functions(%x: tensor<64x8xf32>, %b: tensor<8xf32>) -> tensor<64x8xf32> {
  %0 = tactus.sin %b : tensor<8xf32>
  %1 = tactus.add %x, %0 : (tensor<64x8xf32>, tensor<8xf32>) -> tensor<64x8xf32>
  return %1 : tensor<64x8xf32>
}

// A sign is turned again for each row in less time than it takes to load it.
// REMARK: [Passed] {{.+}} Function=row_of_signs | {{.+}} Remark="neg fused into add"
// CHECK-LABEL: func @row_of_signs
// CHECK:         tactus.fused
// CHECK:           tactus.neg
// CHECK:           tactus.add
// CHECK-NOT:     tactus.fused
func.func @row_of_signs(%x: tensor<4x8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.neg %b : tensor<8xf32>
  %1 = tactus.add %x, %0 : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  return %1 : tensor<4x8xf32>
}

// A column's value is computed once for its row.
// REMARK: [Passed] {{.+}} Function=column_of_functions | {{.+}} Remark="sin fused into add"
// CHECK-LABEL: func @column_of_functions
// CHECK:         tactus.fused
// CHECK:           tactus.sin
// CHECK:           tactus.add
// CHECK-NOT:     tactus.fused
func.func @column_of_functions(%x: tensor<64x8xf32>, %b: tensor<64x1xf32>) -> tensor<64x8xf32> {
  %0 = tactus.sin %b : tensor<64x1xf32>
  %1 = tactus.add %x, %0 : (tensor<64x8xf32>, tensor<64x1xf32>) -> tensor<64x8xf32>
  return %1 : tensor<64x8xf32>
}

// Negative: slices that overlap would compute most sines twice.
// REMARK: [Missed] {{.+}} Function=slices_that_overlap | {{.+}} Remark="sin kept apart from add"
// CHECK-LABEL: func @slices_that_overlap
// CHECK-COUNT-1: tactus.sin
// CHECK-NOT:     tactus.sin
// CHECK:         return
func.func @slices_that_overlap(%x: tensor<1024xf32>) -> tensor<1023xf32> {
  %0 = tactus.sin %x : tensor<1024xf32>
  %1 = tactus.slice %0 {starts = array<i64: 0>, ends = array<i64: 1023>} : (tensor<1024xf32>) -> tensor<1023xf32>
  %2 = tactus.slice %0 {starts = array<i64: 1>, ends = array<i64: 1024>} : (tensor<1024xf32>) -> tensor<1023xf32>
  %3 = tactus.add %1, %2 : (tensor<1023xf32>, tensor<1023xf32>) -> tensor<1023xf32>
  return %3 : tensor<1023xf32>
}

// Slices of one place each do not.
// REMARK: [Passed] {{.+}} Function=slices_that_do_not_overlap | {{.+}} Remark="sin fused into add"
// CHECK-LABEL: func @slices_that_do_not_overlap
// CHECK:         tactus.fused
// CHECK:           tactus.sin
// CHECK:           tactus.add
// CHECK-NOT:     tactus.fused
func.func @slices_that_do_not_overlap(%x: tensor<1024xf32>) -> tensor<512xf32> {
  %0 = tactus.sin %x : tensor<1024xf32>
  %1 = tactus.slice %0 {starts = array<i64: 0>, ends = array<i64: 512>} : (tensor<1024xf32>) -> tensor<512xf32>
  %2 = tactus.slice %0 {starts = array<i64: 512>, ends = array<i64: 1024>} : (tensor<1024xf32>) -> tensor<512xf32>
  %3 = tactus.add %1, %2 : (tensor<512xf32>, tensor<512xf32>) -> tensor<512xf32>
  return %3 : tensor<512xf32>
}

// Negative: a concat that holds it twice would compute it twice.
// REMARK: [Missed] {{.+}} Function=part_that_comes_twice | {{.+}} Remark="sin kept apart from concat"
// CHECK-LABEL: func @part_that_comes_twice
// CHECK-COUNT-1: tactus.sin
// CHECK-NOT:     tactus.sin
// CHECK:         return
func.func @part_that_comes_twice(%x: tensor<256xf32>) -> tensor<512xf32> {
  %0 = tactus.sin %x : tensor<256xf32>
  %1 = tactus.concat %0, %0 {axis = 0 : i64} : (tensor<256xf32>, tensor<256xf32>) -> tensor<512xf32>
  return %1 : tensor<512xf32>
}

// Negative: the third function in one loop makes each of them slower.
// REMARK: [Passed] {{.+}} Function=three_functions | {{.+}} Remark="gelu fused into sigmoid"
// REMARK: [Missed] {{.+}} Function=three_functions | {{.+}} Remark="tanh kept apart from sigmoid"
// CHECK-LABEL: func @three_functions
// CHECK:         tactus.fused
// CHECK-NEXT:      tactus.tanh
// CHECK-NEXT:      tactus.yield
// CHECK:         tactus.fused
// CHECK-NEXT:      tactus.gelu
// CHECK-NEXT:      tactus.sigmoid
func.func @three_functions(%x: tensor<4096xf32>) -> tensor<4096xf32> {
  %0 = tactus.tanh %x : tensor<4096xf32>
  %1 = tactus.gelu %0 : tensor<4096xf32>
  %2 = tactus.sigmoid %1 : tensor<4096xf32>
  return %2 : tensor<4096xf32>
}

// Negative: what depends on parameters alone is computed at load.
// REMARK: [Missed] {{.+}} Function=known_at_load | {{.+}} Remark="neg kept apart from add"
// CHECK-LABEL: func @known_at_load
// CHECK:         tactus.fused
// CHECK-NEXT:      tactus.neg
// CHECK-NEXT:      tactus.yield
func.func @known_at_load(%x: tensor<64x8xf32>) -> tensor<64x8xf32> {
  %p = tactus.parameter @p : tensor<64x8xf32>
  %0 = tactus.neg %p : tensor<64x8xf32>
  %1 = tactus.add %x, %0 : (tensor<64x8xf32>, tensor<64x8xf32>) -> tensor<64x8xf32>
  return %1 : tensor<64x8xf32>
}

// A parameter that repeats is read where it lies.
// REMARK: [Passed] {{.+}} Function=repeated_at_load | {{.+}} Remark="broadcast fused into add"
// CHECK-LABEL: func @repeated_at_load
// CHECK:         tactus.fused
// CHECK-NEXT:      tactus.broadcast
// CHECK-NEXT:      tactus.add
func.func @repeated_at_load(%x: tensor<64x8xf32>) -> tensor<64x8xf32> {
  %p = tactus.parameter @q : tensor<8xf32>
  %0 = tactus.broadcast %p {shape = array<i64: 64, 8>} : (tensor<8xf32>) -> tensor<64x8xf32>
  %1 = tactus.add %x, %0 : (tensor<64x8xf32>, tensor<64x8xf32>) -> tensor<64x8xf32>
  return %1 : tensor<64x8xf32>
}

// A reduction is no epilogue, whatever it costs.
// REMARK: [Missed] {{.+}} Function=other_loops | Reason="no one kernel runs both", Remark="sum kept apart from sum"
func.func @other_loops(%x: tensor<4x8x3xf32>) -> tensor<4xf32> {
  %0 = tactus.sum %x {axes = array<i64: 2>} : (tensor<4x8x3xf32>) -> tensor<4x8xf32>
  %1 = tactus.sum %0 {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// Negative: of 36 tensors that are large for the cache, a kernel reads 34.
// REMARK: [Missed] {{.+}} Function=more_streams_than_are_fetched | {{.+}} Remark="add kept apart from add"
// CHECK-LABEL: func @more_streams_than_are_fetched
// CHECK:         tactus.fused
// CHECK-COUNT-2: tactus.add
// CHECK:         tactus.fused
// CHECK-COUNT-33: tactus.add
// CHECK-NOT:     tactus.fused
func.func @more_streams_than_are_fetched(%x0: tensor<16384xf32>, %x1: tensor<16384xf32>, %x2: tensor<16384xf32>, %x3: tensor<16384xf32>, %x4: tensor<16384xf32>, %x5: tensor<16384xf32>, %x6: tensor<16384xf32>, %x7: tensor<16384xf32>, %x8: tensor<16384xf32>, %x9: tensor<16384xf32>, %x10: tensor<16384xf32>, %x11: tensor<16384xf32>, %x12: tensor<16384xf32>, %x13: tensor<16384xf32>, %x14: tensor<16384xf32>, %x15: tensor<16384xf32>, %x16: tensor<16384xf32>, %x17: tensor<16384xf32>, %x18: tensor<16384xf32>, %x19: tensor<16384xf32>, %x20: tensor<16384xf32>, %x21: tensor<16384xf32>, %x22: tensor<16384xf32>, %x23: tensor<16384xf32>, %x24: tensor<16384xf32>, %x25: tensor<16384xf32>, %x26: tensor<16384xf32>, %x27: tensor<16384xf32>, %x28: tensor<16384xf32>, %x29: tensor<16384xf32>, %x30: tensor<16384xf32>, %x31: tensor<16384xf32>, %x32: tensor<16384xf32>, %x33: tensor<16384xf32>, %x34: tensor<16384xf32>, %x35: tensor<16384xf32>) -> tensor<16384xf32> {
  %1 = tactus.add %x0, %x1 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %2 = tactus.add %1, %x2 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %3 = tactus.add %2, %x3 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %4 = tactus.add %3, %x4 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %5 = tactus.add %4, %x5 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %6 = tactus.add %5, %x6 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %7 = tactus.add %6, %x7 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %8 = tactus.add %7, %x8 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %9 = tactus.add %8, %x9 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %10 = tactus.add %9, %x10 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %11 = tactus.add %10, %x11 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %12 = tactus.add %11, %x12 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %13 = tactus.add %12, %x13 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %14 = tactus.add %13, %x14 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %15 = tactus.add %14, %x15 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %16 = tactus.add %15, %x16 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %17 = tactus.add %16, %x17 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %18 = tactus.add %17, %x18 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %19 = tactus.add %18, %x19 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %20 = tactus.add %19, %x20 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %21 = tactus.add %20, %x21 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %22 = tactus.add %21, %x22 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %23 = tactus.add %22, %x23 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %24 = tactus.add %23, %x24 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %25 = tactus.add %24, %x25 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %26 = tactus.add %25, %x26 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %27 = tactus.add %26, %x27 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %28 = tactus.add %27, %x28 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %29 = tactus.add %28, %x29 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %30 = tactus.add %29, %x30 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %31 = tactus.add %30, %x31 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %32 = tactus.add %31, %x32 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %33 = tactus.add %32, %x33 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %34 = tactus.add %33, %x34 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  %35 = tactus.add %34, %x35 : (tensor<16384xf32>, tensor<16384xf32>) -> tensor<16384xf32>
  return %35 : tensor<16384xf32>
}

// Small ones stay in the caches.
// CHECK-LABEL: func @many_small_operands
// CHECK:         tactus.fused
// CHECK-COUNT-35: tactus.add
// CHECK-NOT:     tactus.fused
func.func @many_small_operands(%x0: tensor<64xf32>, %x1: tensor<64xf32>, %x2: tensor<64xf32>, %x3: tensor<64xf32>, %x4: tensor<64xf32>, %x5: tensor<64xf32>, %x6: tensor<64xf32>, %x7: tensor<64xf32>, %x8: tensor<64xf32>, %x9: tensor<64xf32>, %x10: tensor<64xf32>, %x11: tensor<64xf32>, %x12: tensor<64xf32>, %x13: tensor<64xf32>, %x14: tensor<64xf32>, %x15: tensor<64xf32>, %x16: tensor<64xf32>, %x17: tensor<64xf32>, %x18: tensor<64xf32>, %x19: tensor<64xf32>, %x20: tensor<64xf32>, %x21: tensor<64xf32>, %x22: tensor<64xf32>, %x23: tensor<64xf32>, %x24: tensor<64xf32>, %x25: tensor<64xf32>, %x26: tensor<64xf32>, %x27: tensor<64xf32>, %x28: tensor<64xf32>, %x29: tensor<64xf32>, %x30: tensor<64xf32>, %x31: tensor<64xf32>, %x32: tensor<64xf32>, %x33: tensor<64xf32>, %x34: tensor<64xf32>, %x35: tensor<64xf32>) -> tensor<64xf32> {
  %1 = tactus.add %x0, %x1 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %2 = tactus.add %1, %x2 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %3 = tactus.add %2, %x3 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %4 = tactus.add %3, %x4 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %5 = tactus.add %4, %x5 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %6 = tactus.add %5, %x6 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %7 = tactus.add %6, %x7 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %8 = tactus.add %7, %x8 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %9 = tactus.add %8, %x9 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %10 = tactus.add %9, %x10 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %11 = tactus.add %10, %x11 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %12 = tactus.add %11, %x12 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %13 = tactus.add %12, %x13 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %14 = tactus.add %13, %x14 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %15 = tactus.add %14, %x15 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %16 = tactus.add %15, %x16 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %17 = tactus.add %16, %x17 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %18 = tactus.add %17, %x18 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %19 = tactus.add %18, %x19 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %20 = tactus.add %19, %x20 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %21 = tactus.add %20, %x21 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %22 = tactus.add %21, %x22 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %23 = tactus.add %22, %x23 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %24 = tactus.add %23, %x24 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %25 = tactus.add %24, %x25 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %26 = tactus.add %25, %x26 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %27 = tactus.add %26, %x27 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %28 = tactus.add %27, %x28 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %29 = tactus.add %28, %x29 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %30 = tactus.add %29, %x30 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %31 = tactus.add %30, %x31 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %32 = tactus.add %31, %x32 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %33 = tactus.add %32, %x33 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %34 = tactus.add %33, %x34 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %35 = tactus.add %34, %x35 : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  return %35 : tensor<64xf32>
}
