// RUN: tactus-opt %s -pass-pipeline='builtin.module(func.func(tactus-fuse-elementwise,tactus-fuse-producers))' | FileCheck %s
// RUN: tactus-opt %s -pass-pipeline='builtin.module(func.func(tactus-fuse-producers))' -o - | FileCheck %s --check-prefix=ALONE

// The right operand is copied a panel at a time, and computed on the way.
// CHECK-LABEL: func @right_operand_is_computed_as_it_is_copied
// CHECK:         %[[F:.+]] = tactus.fused
// CHECK:           %[[E:.+]] = tactus.exp
// CHECK:           tactus.matmul %{{.+}}, %[[E]]
// CHECK:         return %[[F]]
func.func @right_operand_is_computed_as_it_is_copied(%x: tensor<12x64xf32>, %w: tensor<64x48xf32>) -> tensor<12x48xf32> {
  %e = tactus.exp %w : tensor<64x48xf32>
  %y = tactus.fused (%a = %x, %b = %e) : (tensor<12x64xf32>, tensor<64x48xf32>) -> tensor<12x48xf32> {
    %0 = tactus.matmul %a, %b : (tensor<12x64xf32>, tensor<64x48xf32>) -> tensor<12x48xf32>
    tactus.yield %0 : tensor<12x48xf32>
  }
  return %y : tensor<12x48xf32>
}

// Negative: the left operand is read element by element, for each panel again.
// CHECK-LABEL: func @left_operand_stays_apart
// CHECK:         tactus.fused
// CHECK:           tactus.add
// CHECK-NEXT:      tactus.yield
// CHECK:         tactus.fused
// CHECK-NEXT:      tactus.matmul
func.func @left_operand_stays_apart(%x: tensor<12x64xf32>, %w: tensor<64x48xf32>) -> tensor<12x48xf32> {
  %s = tactus.add %x, %x : (tensor<12x64xf32>, tensor<12x64xf32>) -> tensor<12x64xf32>
  %y = tactus.fused (%a = %s, %b = %w) : (tensor<12x64xf32>, tensor<64x48xf32>) -> tensor<12x48xf32> {
    %0 = tactus.matmul %a, %b : (tensor<12x64xf32>, tensor<64x48xf32>) -> tensor<12x48xf32>
    tactus.yield %0 : tensor<12x48xf32>
  }
  return %y : tensor<12x48xf32>
}

// What is added to the sums needs no kernel of its own either.
// CHECK-LABEL: func @addend_is_computed_with_the_sums
// CHECK:         tactus.fused
// CHECK:           tactus.tanh
// CHECK:           tactus.matmul
// CHECK:           tactus.add
// CHECK-NOT:     tactus.fused
// CHECK:         return
func.func @addend_is_computed_with_the_sums(%x: tensor<12x64xf32>, %w: tensor<64x48xf32>, %r: tensor<12x48xf32>) -> tensor<12x48xf32> {
  %t = tactus.tanh %r : tensor<12x48xf32>
  %y = tactus.fused (%a = %x, %b = %w, %c = %t) : (tensor<12x64xf32>, tensor<64x48xf32>, tensor<12x48xf32>) -> tensor<12x48xf32> {
    %0 = tactus.matmul %a, %b : (tensor<12x64xf32>, tensor<64x48xf32>) -> tensor<12x48xf32>
    %1 = tactus.add %0, %c : (tensor<12x48xf32>, tensor<12x48xf32>) -> tensor<12x48xf32>
    tactus.yield %1 : tensor<12x48xf32>
  }
  return %y : tensor<12x48xf32>
}

// Negative: a bias would be computed again for each row.
// CHECK-LABEL: func @function_of_a_bias_stays_apart
// CHECK:         tactus.fused
// CHECK:           tactus.tanh
// CHECK-NEXT:      tactus.yield
// CHECK:         tactus.fused
// CHECK:           tactus.matmul
func.func @function_of_a_bias_stays_apart(%x: tensor<12x64xf32>, %w: tensor<64x48xf32>, %r: tensor<48xf32>) -> tensor<12x48xf32> {
  %t = tactus.tanh %r : tensor<48xf32>
  %y = tactus.fused (%a = %x, %b = %w, %c = %t) : (tensor<12x64xf32>, tensor<64x48xf32>, tensor<48xf32>) -> tensor<12x48xf32> {
    %0 = tactus.matmul %a, %b : (tensor<12x64xf32>, tensor<64x48xf32>) -> tensor<12x48xf32>
    %1 = tactus.add %0, %c : (tensor<12x48xf32>, tensor<48xf32>) -> tensor<12x48xf32>
    tactus.yield %1 : tensor<12x48xf32>
  }
  return %y : tensor<12x48xf32>
}

// Two kernels read it; to compute it twice takes less than to write and read it.
// CHECK-LABEL: func @cheap_op_is_computed_by_both_readers
// CHECK:         tactus.fused
// CHECK:           tactus.neg
// CHECK:           tactus.exp
// CHECK:         tactus.fused
// CHECK:           tactus.neg
// CHECK:           tactus.sqrt
// CHECK-NOT:     tactus.fused
// CHECK:         return
func.func @cheap_op_is_computed_by_both_readers(%x: tensor<64x512xf32>) -> (tensor<64x512xf32>, tensor<64x512xf32>) {
  %0 = tactus.neg %x : tensor<64x512xf32>
  %1 = tactus.exp %0 : tensor<64x512xf32>
  %2 = tactus.sqrt %0 : tensor<64x512xf32>
  return %1, %2 : tensor<64x512xf32>, tensor<64x512xf32>
}

// One of the readers reads the other as well, which therefore stays what it is.
// CHECK-LABEL: func @reader_reads_another_reader
// CHECK:         %[[M:.+]] = tactus.fused (%{{.+}} = %arg0) :
// CHECK:           tactus.neg
// CHECK:           tactus.sum
// CHECK:         tactus.fused (%{{.+}} = %arg0, %{{.+}} = %[[M]]) :
// CHECK:           tactus.neg
// CHECK:           tactus.prod
// CHECK-NOT:     tactus.fused
// CHECK:         return
func.func @reader_reads_another_reader(%x: tensor<64x512xf32>) -> (tensor<64x1xf32>, tensor<1x512xf32>) {
  %0 = tactus.neg %x : tensor<64x512xf32>
  %1 = tactus.sum %0 {axes = array<i64: 1>, keepdims = true} : (tensor<64x512xf32>) -> tensor<64x1xf32>
  %2 = tactus.add %0, %1 : (tensor<64x512xf32>, tensor<64x1xf32>) -> tensor<64x512xf32>
  %3 = tactus.prod %2 {axes = array<i64: 0>, keepdims = true} : (tensor<64x512xf32>) -> tensor<1x512xf32>
  return %1, %3 : tensor<64x1xf32>, tensor<1x512xf32>
}

// Negative: a sine takes longer than to write and read it.
// CHECK-LABEL: func @sine_stays_apart
// CHECK-COUNT-1: tactus.sin
// CHECK-NOT:     tactus.sin
// CHECK:         return
func.func @sine_stays_apart(%x: tensor<64x512xf32>) -> (tensor<64x512xf32>, tensor<64x512xf32>) {
  %0 = tactus.sin %x : tensor<64x512xf32>
  %1 = tactus.neg %0 : tensor<64x512xf32>
  %2 = tactus.abs %0 : tensor<64x512xf32>
  return %1, %2 : tensor<64x512xf32>, tensor<64x512xf32>
}

// Negative: the program returns it, so it has to be in memory.
// CHECK-LABEL: func @returned_value_stays_apart
// CHECK:         %[[N:.+]] = tactus.fused
// CHECK:           tactus.neg
// CHECK:         tactus.fused (%{{.+}} = %[[N]])
// CHECK:         tactus.fused (%{{.+}} = %[[N]])
func.func @returned_value_stays_apart(%x: tensor<64x512xf32>) -> (tensor<64x512xf32>, tensor<64x512xf32>, tensor<64x512xf32>) {
  %0 = tactus.neg %x : tensor<64x512xf32>
  %1 = tactus.exp %0 : tensor<64x512xf32>
  %2 = tactus.sqrt %0 : tensor<64x512xf32>
  return %0, %1, %2 : tensor<64x512xf32>, tensor<64x512xf32>, tensor<64x512xf32>
}

// Negative: one of the readers finds its elements by indices, in memory.
// CHECK-LABEL: func @data_of_a_gather_stays_apart
// CHECK:         %[[N:.+]] = tactus.fused
// CHECK:           tactus.neg
// CHECK:         tactus.fused (%{{.+}} = %[[N]])
// CHECK:           tactus.exp
func.func @data_of_a_gather_stays_apart(%x: tensor<64x512xf32>, %i: tensor<3xi64>) -> (tensor<64x512xf32>, tensor<3x512xf32>) {
  %0 = tactus.neg %x : tensor<64x512xf32>
  %1 = tactus.exp %0 : tensor<64x512xf32>
  %2 = tactus.gather %0, %i : (tensor<64x512xf32>, tensor<3xi64>) -> tensor<3x512xf32>
  return %1, %2 : tensor<64x512xf32>, tensor<3x512xf32>
}

// Negative: a sum of rows is not computed twice.
// CHECK-LABEL: func @reduction_stays_apart
// CHECK-COUNT-1: tactus.sum
// CHECK-NOT:     tactus.sum
// CHECK:         return
func.func @reduction_stays_apart(%x: tensor<4x8xf32>) -> (tensor<4x1xf32>, tensor<4x1xf32>) {
  %0 = tactus.sum %x {axes = array<i64: 1>, keepdims = true} : (tensor<4x8xf32>) -> tensor<4x1xf32>
  %1 = tactus.neg %0 : tensor<4x1xf32>
  %2 = tactus.abs %0 : tensor<4x1xf32>
  return %1, %2 : tensor<4x1xf32>, tensor<4x1xf32>
}

// Negative: what depends on parameters alone is computed once, at load.
// CHECK-LABEL: func @prepared_value_stays_apart
// CHECK-COUNT-1: tactus.neg
// CHECK-NOT:     tactus.neg
// CHECK:         return
func.func @prepared_value_stays_apart(%x: tensor<64x8xf32>) -> (tensor<64x8xf32>, tensor<64x8xf32>) {
  %p = tactus.parameter @p : tensor<64x8xf32>
  %0 = tactus.neg %p : tensor<64x8xf32>
  %1 = tactus.add %0, %x : (tensor<64x8xf32>, tensor<64x8xf32>) -> tensor<64x8xf32>
  %2 = tactus.mul %0, %x : (tensor<64x8xf32>, tensor<64x8xf32>) -> tensor<64x8xf32>
  return %1, %2 : tensor<64x8xf32>, tensor<64x8xf32>
}

// Negative: alone, the pass finds no kernels here.
// ALONE-LABEL: func @ops_that_are_no_kernels
// ALONE-NOT:     tactus.fused
func.func @ops_that_are_no_kernels(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.neg %x : tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}
