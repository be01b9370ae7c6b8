// What kernels compute and move, worked out by hand.
// RUN: tactus-opt %s --split-input-file --tactus-tile-kernels --tactus-lower-contractions | FileCheck %s

// 2 * 5 * 3 * 7 for the products, 5 * 7 for each of bias and relu; f32.
// CHECK-LABEL: func.func @counts_two_for_each_product
// CHECK-SAME:    tactus.work = {bytes = array<i64: 60, 84, 28, 140>, flops = 280 : i64, ops = "matmul add relu", shape = "f32[5,3] x [3,7]", type = f32}
tactus.kernel @counts_two_for_each_product(%x: tensor<5x3xf32>, %w: tensor<3x7xf32>, %b: tensor<7xf32>) -> tensor<5x7xf32> {
  %0 = tactus.matmul %x, %w : (tensor<5x3xf32>, tensor<3x7xf32>) -> tensor<5x7xf32>
  %1 = tactus.add %0, %b : (tensor<5x7xf32>, tensor<7xf32>) -> tensor<5x7xf32>
  %2 = tactus.relu %1 : tensor<5x7xf32>
  tactus.yield %2 : tensor<5x7xf32>
}

// -----

// 2 * (2 * 5 * 7) * 3 and an init of 70; the operand is packed, 8 columns for 7.
// CHECK-LABEL: func.func @counts_batches_and_an_init
// CHECK-SAME:    tactus.work = {bytes = array<i64: 120, 96, 28, 280>, flops = 490 : i64, ops = "matmul", shape = "f32[2,5,3] x [3,7]", type = f32}
tactus.kernel @counts_batches_and_an_init(%x: tensor<2x5x3xf32>, %p: tensor<1x3x8xf32>, %i: tensor<7xf32>) -> tensor<2x5x7xf32> {
  %w = tactus.unpack %p {columns = 7 : i64} : (tensor<1x3x8xf32>) -> tensor<3x7xf32>
  %0 = tactus.matmul %x, %w init %i : (tensor<2x5x3xf32>, tensor<3x7xf32>, tensor<7xf32>) -> tensor<2x5x7xf32>
  tactus.yield %0 : tensor<2x5x7xf32>
}

// -----

// 2 * 4 * 6 * 5 in i32; an i8 is a byte.
// CHECK-LABEL: func.func @says_the_type_of_operands
// CHECK-SAME:    tactus.work = {bytes = array<i64: 24, 30, 80>, flops = 240 : i64, ops = "matmul", shape = "i8[4,6] x [6,5]", type = i8}
tactus.kernel @says_the_type_of_operands(%x: tensor<4x6xi8>, %w: tensor<6x5xi8>) -> tensor<4x5xi32> {
  %0 = tactus.matmul %x, %w : (tensor<4x6xi8>, tensor<6x5xi8>) -> tensor<4x5xi32>
  tactus.yield %0 : tensor<4x5xi32>
}

// -----

// 32 for each of max, sub, exp, sum and div: a reduction takes its input, a
// function is one.
// CHECK-LABEL: func.func @counts_what_a_reduction_reads
// CHECK-SAME:    tactus.work = {bytes = array<i64: 128, 128>, flops = 160 : i64, ops = "max sub exp sum div", shape = "f32[8,4]", type = f32}
tactus.kernel @counts_what_a_reduction_reads(%x: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %0 = tactus.max %x {axes = array<i64: 1>, keepdims = true} : (tensor<8x4xf32>) -> tensor<8x1xf32>
  %1 = tactus.sub %x, %0 : (tensor<8x4xf32>, tensor<8x1xf32>) -> tensor<8x4xf32>
  %2 = tactus.exp %1 : tensor<8x4xf32>
  %3 = tactus.sum %2 {axes = array<i64: 1>, keepdims = true} : (tensor<8x4xf32>) -> tensor<8x1xf32>
  %4 = tactus.div %2, %3 : (tensor<8x4xf32>, tensor<8x1xf32>) -> tensor<8x4xf32>
  tactus.yield %4 : tensor<8x4xf32>
}

// -----

// A comparison in f64 counts, a choice and a cast do not; an i1 is a byte.
// CHECK-LABEL: func.func @counts_the_widest_floats
// CHECK-SAME:    tactus.work = {bytes = array<i64: 72, 36, 36, 9>, flops = 18 : i64, ops = "cast add compare select", shape = "f32[9]", type = f64}
tactus.kernel @counts_the_widest_floats(%x: tensor<9xf64>, %y: tensor<9xf32>) -> (tensor<9xf32>, tensor<9xi1>) {
  %0 = tactus.cast %x {to = f32} : (tensor<9xf64>) -> tensor<9xf32>
  %1 = tactus.add %0, %y : (tensor<9xf32>, tensor<9xf32>) -> tensor<9xf32>
  %zero = tactus.constant dense<0.0> : tensor<f64>
  %2 = tactus.compare %x, %zero {predicate = #tactus.predicate<less>} : (tensor<9xf64>, tensor<f64>) -> tensor<9xi1>
  %3 = tactus.select %2, %1, %y : (tensor<9xi1>, tensor<9xf32>, tensor<9xf32>) -> tensor<9xf32>
  tactus.yield %3, %2 : tensor<9xf32>, tensor<9xi1>
}

// -----

// Of 1000 rows of 32 bytes three are read; indices are.
// CHECK-LABEL: func.func @reads_the_rows_that_are_gathered
// CHECK-SAME:    tactus.work = {bytes = array<i64: 96, 24, 96>, flops = 0 : i64, ops = "gather", shape = "f32[3,8]", type = f32}
tactus.kernel @reads_the_rows_that_are_gathered(%x: tensor<1000x8xf32>, %i: tensor<3xi64>) -> tensor<3x8xf32> {
  %0 = tactus.gather %x, %i : (tensor<1000x8xf32>, tensor<3xi64>) -> tensor<3x8xf32>
  tactus.yield %0 : tensor<3x8xf32>
}

// -----

// Two slices of 16 bytes, of 64.
// CHECK-LABEL: func.func @reads_what_slices_take
// CHECK-SAME:    tactus.work = {bytes = array<i64: 32, 16>, flops = 4 : i64, ops = "slice slice add", shape = "f32[4]", type = f32}
tactus.kernel @reads_what_slices_take(%x: tensor<16xf32>) -> tensor<4xf32> {
  %0 = tactus.slice %x {starts = array<i64: 0>, ends = array<i64: 4>} : (tensor<16xf32>) -> tensor<4xf32>
  %1 = tactus.slice %x {starts = array<i64: 8>, ends = array<i64: 12>} : (tensor<16xf32>) -> tensor<4xf32>
  %2 = tactus.add %0, %1 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  tactus.yield %2 : tensor<4xf32>
}

// -----

// Two slices of 48 bytes, of 64 in all.
// CHECK-LABEL: func.func @reads_no_more_than_there_is
// CHECK-SAME:    tactus.work = {bytes = array<i64: 64, 48>, flops = 12 : i64, ops = "slice slice add", shape = "f32[12]", type = f32}
tactus.kernel @reads_no_more_than_there_is(%x: tensor<16xf32>) -> tensor<12xf32> {
  %0 = tactus.slice %x {starts = array<i64: 0>, ends = array<i64: 12>} : (tensor<16xf32>) -> tensor<12xf32>
  %1 = tactus.slice %x {starts = array<i64: 4>, ends = array<i64: 16>} : (tensor<16xf32>) -> tensor<12xf32>
  %2 = tactus.add %0, %1 : (tensor<12xf32>, tensor<12xf32>) -> tensor<12xf32>
  tactus.yield %2 : tensor<12xf32>
}

// -----

// Only updates that are added count.
// CHECK-LABEL: func.func @counts_updates_that_are_added
// CHECK-SAME:    tactus.work = {bytes = array<i64: 128, 24, 96, 128>, flops = 24 : i64, ops = "scatter_nd", shape = "f32[4,8]", type = f32}
tactus.kernel @counts_updates_that_are_added(%x: tensor<4x8xf32>, %i: tensor<3x1xi64>, %u: tensor<3x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.scatter_nd %x, %i, %u {reduction = #tactus.scatter_reduction<add>} : (tensor<4x8xf32>, tensor<3x1xi64>, tensor<3x8xf32>) -> tensor<4x8xf32>
  tactus.yield %0 : tensor<4x8xf32>
}

// -----

// CHECK-LABEL: func.func @a_sort_counts_as_no_operation
// CHECK-SAME:    tactus.work = {bytes = array<i64: 64, 64, 128>, flops = 0 : i64, ops = "sort", shape = "f32[16]", type = f32}
tactus.kernel @a_sort_counts_as_no_operation(%x: tensor<16xf32>) -> (tensor<16xf32>, tensor<16xi64>) {
  %0, %1 = tactus.sort %x {axis = 0 : i64} : (tensor<16xf32>) -> (tensor<16xf32>, tensor<16xi64>)
  tactus.yield %0, %1 : tensor<16xf32>, tensor<16xi64>
}
