// RUN: tactus-opt %s -pass-pipeline='builtin.module(func.func(tactus-fuse-attention))' | FileCheck %s

// Scores, scale, softmax and the product with the values, and the transpose of the
// keys, are one region; what follows elementwise rides along.
// CHECK-LABEL: func @attention
// CHECK-NOT:     tactus.matmul
// CHECK:         %[[F:.+]] = tactus.fused
// CHECK:           tactus.transpose
// CHECK:           tactus.matmul
// CHECK:           tactus.max
// CHECK:           tactus.div
// CHECK:           tactus.matmul
// CHECK:           tactus.relu
// CHECK:           tactus.yield
// CHECK-NEXT:    }
// CHECK-NEXT:    return %[[F]]
func.func @attention(%q: tensor<2x64x8xf32>, %k: tensor<2x64x8xf32>, %v: tensor<2x64x8xf32>, %mask: tensor<64x64xf32>) -> tensor<2x64x8xf32> {
  %t = tactus.transpose %k {perm = array<i64: 0, 2, 1>} : (tensor<2x64x8xf32>) -> tensor<2x8x64xf32>
  %0 = tactus.matmul %q, %t : (tensor<2x64x8xf32>, tensor<2x8x64xf32>) -> tensor<2x64x64xf32>
  %1 = tactus.add %0, %mask : (tensor<2x64x64xf32>, tensor<64x64xf32>) -> tensor<2x64x64xf32>
  %2 = tactus.max %1 {axes = array<i64: 2>, keepdims = true} : (tensor<2x64x64xf32>) -> tensor<2x64x1xf32>
  %3 = tactus.sub %1, %2 : (tensor<2x64x64xf32>, tensor<2x64x1xf32>) -> tensor<2x64x64xf32>
  %4 = tactus.exp %3 : tensor<2x64x64xf32>
  %5 = tactus.sum %4 {axes = array<i64: 2>, keepdims = true} : (tensor<2x64x64xf32>) -> tensor<2x64x1xf32>
  %6 = tactus.div %4, %5 : (tensor<2x64x64xf32>, tensor<2x64x1xf32>) -> tensor<2x64x64xf32>
  %7 = tactus.matmul %6, %v : (tensor<2x64x64xf32>, tensor<2x64x8xf32>) -> tensor<2x64x8xf32>
  %8 = tactus.relu %7 : tensor<2x64x8xf32>
  return %8 : tensor<2x64x8xf32>
}

// Heads of keys and values in one tensor are read in place; scores need no scale.
// CHECK-LABEL: func @attention_of_slices
// CHECK-SAME:    %[[P:.+]]: tensor<64x6x8xf32>
// CHECK:         %[[F:.+]] = tactus.fused (%{{.+}} = %[[P]]{{.*}})
// CHECK-COUNT-2:   tactus.slice
// CHECK:           tactus.matmul
// CHECK-NEXT:      tactus.max
// CHECK:           tactus.matmul
// CHECK-NEXT:      tactus.yield
// CHECK-NEXT:    }
// CHECK-NEXT:    return %[[F]]
func.func @attention_of_slices(%p: tensor<64x6x8xf32>) -> tensor<2x64x8xf32> {
  %q = tactus.slice %p {starts = array<i64: 0>, ends = array<i64: 2>, axes = array<i64: 1>} : (tensor<64x6x8xf32>) -> tensor<64x2x8xf32>
  %k = tactus.slice %p {starts = array<i64: 2>, ends = array<i64: 4>, axes = array<i64: 1>} : (tensor<64x6x8xf32>) -> tensor<64x2x8xf32>
  %v = tactus.slice %p {starts = array<i64: 4>, ends = array<i64: 6>, axes = array<i64: 1>} : (tensor<64x6x8xf32>) -> tensor<64x2x8xf32>
  %0 = tactus.transpose %q {perm = array<i64: 1, 0, 2>} : (tensor<64x2x8xf32>) -> tensor<2x64x8xf32>
  %1 = tactus.transpose %k {perm = array<i64: 1, 2, 0>} : (tensor<64x2x8xf32>) -> tensor<2x8x64xf32>
  %2 = tactus.transpose %v {perm = array<i64: 1, 0, 2>} : (tensor<64x2x8xf32>) -> tensor<2x64x8xf32>
  %3 = tactus.matmul %0, %1 : (tensor<2x64x8xf32>, tensor<2x8x64xf32>) -> tensor<2x64x64xf32>
  %4 = tactus.max %3 {axes = array<i64: 2>, keepdims = true} : (tensor<2x64x64xf32>) -> tensor<2x64x1xf32>
  %5 = tactus.sub %3, %4 : (tensor<2x64x64xf32>, tensor<2x64x1xf32>) -> tensor<2x64x64xf32>
  %6 = tactus.exp %5 : tensor<2x64x64xf32>
  %7 = tactus.sum %6 {axes = array<i64: 2>, keepdims = true} : (tensor<2x64x64xf32>) -> tensor<2x64x1xf32>
  %8 = tactus.div %6, %7 : (tensor<2x64x64xf32>, tensor<2x64x1xf32>) -> tensor<2x64x64xf32>
  %9 = tactus.matmul %8, %2 : (tensor<2x64x64xf32>, tensor<2x64x8xf32>) -> tensor<2x64x8xf32>
  return %9 : tensor<2x64x8xf32>
}

// Negative: two layers without a reduction between them.
// CHECK-LABEL: func @keeps_layers_apart
// CHECK-NOT:     tactus.fused
func.func @keeps_layers_apart(%x: tensor<16x8xf32>, %w: tensor<8x16xf32>, %u: tensor<16x4xf32>) -> tensor<16x4xf32> {
  %0 = tactus.matmul %x, %w : (tensor<16x8xf32>, tensor<8x16xf32>) -> tensor<16x16xf32>
  %1 = tactus.relu %0 : tensor<16x16xf32>
  %2 = tactus.matmul %1, %u : (tensor<16x16xf32>, tensor<16x4xf32>) -> tensor<16x4xf32>
  return %2 : tensor<16x4xf32>
}

// Negative: the scores are a result too.
// CHECK-LABEL: func @keeps_scores_that_are_read
// CHECK-NOT:     tactus.fused
func.func @keeps_scores_that_are_read(%q: tensor<16x8xf32>, %k: tensor<8x16xf32>, %v: tensor<16x4xf32>) -> (tensor<16x4xf32>, tensor<16x16xf32>) {
  %0 = tactus.matmul %q, %k : (tensor<16x8xf32>, tensor<8x16xf32>) -> tensor<16x16xf32>
  %1 = tactus.sum %0 {axes = array<i64: 1>, keepdims = true} : (tensor<16x16xf32>) -> tensor<16x1xf32>
  %2 = tactus.div %0, %1 : (tensor<16x16xf32>, tensor<16x1xf32>) -> tensor<16x16xf32>
  %3 = tactus.matmul %2, %v : (tensor<16x16xf32>, tensor<16x4xf32>) -> tensor<16x4xf32>
  return %3, %0 : tensor<16x4xf32>, tensor<16x16xf32>
}

// Negative: columns are summed, so no row is whole without the others.
// CHECK-LABEL: func @keeps_sums_of_columns
// CHECK-NOT:     tactus.fused
func.func @keeps_sums_of_columns(%q: tensor<16x8xf32>, %k: tensor<8x16xf32>, %v: tensor<16x4xf32>) -> tensor<16x4xf32> {
  %0 = tactus.matmul %q, %k : (tensor<16x8xf32>, tensor<8x16xf32>) -> tensor<16x16xf32>
  %1 = tactus.sum %0 {axes = array<i64: 0>, keepdims = true} : (tensor<16x16xf32>) -> tensor<1x16xf32>
  %2 = tactus.div %0, %1 : (tensor<16x16xf32>, tensor<1x16xf32>) -> tensor<16x16xf32>
  %3 = tactus.matmul %2, %v : (tensor<16x16xf32>, tensor<16x4xf32>) -> tensor<16x4xf32>
  return %3 : tensor<16x4xf32>
}

// Negative: fewer rows than pay for packing keys and values.
// CHECK-LABEL: func @keeps_few_rows
// CHECK-NOT:     tactus.fused
func.func @keeps_few_rows(%q: tensor<1x8xf32>, %k: tensor<8x16xf32>, %v: tensor<16x4xf32>) -> tensor<1x4xf32> {
  %0 = tactus.matmul %q, %k : (tensor<1x8xf32>, tensor<8x16xf32>) -> tensor<1x16xf32>
  %1 = tactus.sum %0 {axes = array<i64: 1>, keepdims = true} : (tensor<1x16xf32>) -> tensor<1x1xf32>
  %2 = tactus.div %0, %1 : (tensor<1x16xf32>, tensor<1x1xf32>) -> tensor<1x16xf32>
  %3 = tactus.matmul %2, %v : (tensor<1x16xf32>, tensor<16x4xf32>) -> tensor<1x4xf32>
  return %3 : tensor<1x4xf32>
}
