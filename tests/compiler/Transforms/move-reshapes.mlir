// RUN: tactus-opt %s -pass-pipeline='builtin.module(func.func(tactus-move-reshapes))' | FileCheck %s

// Bias and activation follow the product in its shape. A row that is broadcast along the
// dimensions that become one stays as it is, a residual is seen in the product's shape.
// CHECK-LABEL: func @below_the_epilogue
// CHECK-SAME:    %[[X:.+]]: tensor<12x16xf32>, %[[W:.+]]: tensor<16x8xf32>, %[[B:.+]]: tensor<8xf32>, %[[R:.+]]: tensor<3x4x8xf32>
// CHECK:         %[[P:.+]] = tactus.matmul %[[X]], %[[W]]
// CHECK-NEXT:    %[[S:.+]] = tactus.add %[[P]], %[[B]] : (tensor<12x8xf32>, tensor<8xf32>) -> tensor<12x8xf32>
// CHECK-NEXT:    %[[G:.+]] = tactus.gelu %[[S]] {{.*}}: tensor<12x8xf32>
// CHECK-NEXT:    %[[V:.+]] = tactus.reshape %[[R]] {{.+}} -> tensor<12x8xf32>
// CHECK-NEXT:    %[[T:.+]] = tactus.add %[[V]], %[[G]]
// CHECK-NEXT:    %[[Y:.+]] = tactus.reshape %[[T]] {{.+}} -> tensor<3x4x8xf32>
// CHECK-NEXT:    return %[[Y]]
func.func @below_the_epilogue(%x: tensor<12x16xf32>, %w: tensor<16x8xf32>, %b: tensor<8xf32>, %r: tensor<3x4x8xf32>) -> tensor<3x4x8xf32> {
  %0 = tactus.matmul %x, %w : (tensor<12x16xf32>, tensor<16x8xf32>) -> tensor<12x8xf32>
  %1 = tactus.reshape %0 {shape = array<i64: 3, 4, 8>} : (tensor<12x8xf32>) -> tensor<3x4x8xf32>
  %2 = tactus.add %1, %b : (tensor<3x4x8xf32>, tensor<8xf32>) -> tensor<3x4x8xf32>
  %3 = tactus.gelu %2 : tensor<3x4x8xf32>
  %4 = tactus.add %r, %3 : (tensor<3x4x8xf32>, tensor<3x4x8xf32>) -> tensor<3x4x8xf32>
  return %4 : tensor<3x4x8xf32>
}

// Two reshapes on the way, a splat, a type that changes, and branches that join.
// CHECK-LABEL: func @below_branches
// CHECK:         %[[P:.+]] = tactus.matmul
// CHECK-NEXT:    %[[C:.+]] = tactus.constant dense<2.0{{.*}}> : tensor<12x8xf32>
// CHECK-NEXT:    %[[M:.+]] = tactus.mul %[[P]], %[[C]]
// CHECK-NEXT:    %[[S:.+]] = tactus.sigmoid %[[M]] : tensor<12x8xf32>
// CHECK-NEXT:    %[[J:.+]] = tactus.mul %[[M]], %[[S]]
// CHECK-NEXT:    %[[H:.+]] = tactus.cast %[[J]] {{.+}} -> tensor<12x8xf16>
// CHECK-NEXT:    %[[Y:.+]] = tactus.reshape %[[H]] {{.+}} -> tensor<96xf16>
// CHECK-NEXT:    return %[[Y]]
func.func @below_branches(%x: tensor<12x16xf32>, %w: tensor<16x8xf32>) -> tensor<96xf16> {
  %c = tactus.constant dense<2.0> : tensor<3x4x8xf32>
  %0 = tactus.matmul %x, %w : (tensor<12x16xf32>, tensor<16x8xf32>) -> tensor<12x8xf32>
  %1 = tactus.reshape %0 {shape = array<i64: 3, 4, 8>} : (tensor<12x8xf32>) -> tensor<3x4x8xf32>
  %2 = tactus.mul %1, %c : (tensor<3x4x8xf32>, tensor<3x4x8xf32>) -> tensor<3x4x8xf32>
  %3 = tactus.reshape %2 {shape = array<i64: 96>} : (tensor<3x4x8xf32>) -> tensor<96xf32>
  %4 = tactus.sigmoid %3 : tensor<96xf32>
  %5 = tactus.mul %3, %4 : (tensor<96xf32>, tensor<96xf32>) -> tensor<96xf32>
  %6 = tactus.cast %5 {to = f16} : (tensor<96xf32>) -> tensor<96xf16>
  return %6 : tensor<96xf16>
}

// A transpose that moves a dimension of one element is a reshape, too.
// CHECK-LABEL: func @below_a_column
// CHECK:         %[[P:.+]] = tactus.matmul
// CHECK-NEXT:    %[[V:.+]] = tactus.reshape %{{.+}} -> tensor<1x6xf32>
// CHECK-NEXT:    %[[S:.+]] = tactus.add %[[P]], %[[V]] : (tensor<1x6xf32>, tensor<1x6xf32>) -> tensor<1x6xf32>
// CHECK-NEXT:    %[[T:.+]] = tactus.sigmoid %[[S]]
// CHECK-NEXT:    tactus.reshape %[[T]] {{.+}} -> tensor<6x1xf32>
func.func @below_a_column(%x: tensor<1x16xf32>, %w: tensor<16x6xf32>, %b: tensor<6x1xf32>) -> tensor<6x1xf32> {
  %0 = tactus.matmul %x, %w : (tensor<1x16xf32>, tensor<16x6xf32>) -> tensor<1x6xf32>
  %1 = tactus.transpose %0 {perm = array<i64: 1, 0>} : (tensor<1x6xf32>) -> tensor<6x1xf32>
  %2 = tactus.add %1, %b : (tensor<6x1xf32>, tensor<6x1xf32>) -> tensor<6x1xf32>
  %3 = tactus.sigmoid %2 : tensor<6x1xf32>
  return %3 : tensor<6x1xf32>
}

// What is one row of four in the product's shape is none: the operand is broadcast along
// a part of the dimension.
// CHECK-LABEL: func @not_along_a_part
// CHECK:         tactus.matmul
// CHECK-NEXT:    tactus.reshape
// CHECK-NEXT:    tactus.add {{.+}} -> tensor<3x4x8xf32>
func.func @not_along_a_part(%x: tensor<12x16xf32>, %w: tensor<16x8xf32>, %b: tensor<4x8xf32>) -> tensor<3x4x8xf32> {
  %0 = tactus.matmul %x, %w : (tensor<12x16xf32>, tensor<16x8xf32>) -> tensor<12x8xf32>
  %1 = tactus.reshape %0 {shape = array<i64: 3, 4, 8>} : (tensor<12x8xf32>) -> tensor<3x4x8xf32>
  %2 = tactus.add %1, %b : (tensor<3x4x8xf32>, tensor<4x8xf32>) -> tensor<3x4x8xf32>
  return %2 : tensor<3x4x8xf32>
}

// Of two products, the first counts.
// CHECK-LABEL: func @below_one_of_two
// CHECK-SAME:    %[[X:.+]]: tensor<12x16xf32>, %[[W:.+]]: tensor<16x8xf32>
// CHECK:         %[[P:.+]] = tactus.matmul %[[X]], %[[W]]
// CHECK-NEXT:    %[[Q:.+]] = tactus.matmul
// CHECK-NEXT:    %[[V:.+]] = tactus.reshape %[[Q]] {{.+}} -> tensor<12x8xf32>
// CHECK-NEXT:    %[[S:.+]] = tactus.sub %[[P]], %[[V]]
// CHECK-NEXT:    tactus.reshape %[[S]] {{.+}} -> tensor<24x4xf32>
func.func @below_one_of_two(%x: tensor<12x16xf32>, %w: tensor<16x8xf32>, %v: tensor<24x3xf32>, %u: tensor<3x4xf32>) -> tensor<24x4xf32> {
  %0 = tactus.matmul %x, %w : (tensor<12x16xf32>, tensor<16x8xf32>) -> tensor<12x8xf32>
  %1 = tactus.matmul %v, %u : (tensor<24x3xf32>, tensor<3x4xf32>) -> tensor<24x4xf32>
  %2 = tactus.reshape %0 {shape = array<i64: 24, 4>} : (tensor<12x8xf32>) -> tensor<24x4xf32>
  %3 = tactus.sub %2, %1 : (tensor<24x4xf32>, tensor<24x4xf32>) -> tensor<24x4xf32>
  return %3 : tensor<24x4xf32>
}

// A norm reads the sum twice, and keeps its shape.
// CHECK-LABEL: func @not_into_rows
// CHECK:         tactus.add {{.+}} -> tensor<12x8xf32>
// CHECK:         %[[R:.+]] = tactus.reshape {{.+}} -> tensor<3x4x8xf32>
// CHECK-NEXT:    tactus.mean %[[R]]
// CHECK-NEXT:    tactus.sub %[[R]]
func.func @not_into_rows(%x: tensor<12x16xf32>, %w: tensor<16x8xf32>, %b: tensor<8xf32>) -> tensor<3x4x8xf32> {
  %0 = tactus.matmul %x, %w : (tensor<12x16xf32>, tensor<16x8xf32>) -> tensor<12x8xf32>
  %1 = tactus.reshape %0 {shape = array<i64: 3, 4, 8>} : (tensor<12x8xf32>) -> tensor<3x4x8xf32>
  %2 = tactus.add %1, %b : (tensor<3x4x8xf32>, tensor<8xf32>) -> tensor<3x4x8xf32>
  %3 = tactus.mean %2 {axes = array<i64: 2>, keepdims = true} : (tensor<3x4x8xf32>) -> tensor<3x4x1xf32>
  %4 = tactus.sub %2, %3 : (tensor<3x4x8xf32>, tensor<3x4x1xf32>) -> tensor<3x4x8xf32>
  return %4 : tensor<3x4x8xf32>
}

// What no contraction is before follows what reads it.
// CHECK-LABEL: func @above_a_chain
// CHECK-SAME:    %[[X:.+]]: tensor<12x8xf32>, %[[C:.+]]: tensor<12x1xf32>
// CHECK:         %[[V:.+]] = tactus.reshape %[[X]] {{.+}} -> tensor<3x4x8xf32>
// CHECK-NEXT:    %[[E:.+]] = tactus.exp %[[V]]
// CHECK-NEXT:    %[[D:.+]] = tactus.reshape %[[C]] {{.+}} -> tensor<3x4x1xf32>
// CHECK-NEXT:    %[[M:.+]] = tactus.mul %[[E]], %[[D]]
// CHECK-NEXT:    tactus.sum %[[M]]
func.func @above_a_chain(%x: tensor<12x8xf32>, %c: tensor<12x1xf32>) -> tensor<3x8xf32> {
  %0 = tactus.exp %x : tensor<12x8xf32>
  %1 = tactus.mul %0, %c : (tensor<12x8xf32>, tensor<12x1xf32>) -> tensor<12x8xf32>
  %2 = tactus.reshape %1 {shape = array<i64: 3, 4, 8>} : (tensor<12x8xf32>) -> tensor<3x4x8xf32>
  %3 = tactus.sum %2 {axes = array<i64: 1>} : (tensor<3x4x8xf32>) -> tensor<3x8xf32>
  return %3 : tensor<3x8xf32>
}

// What something else reads as well stays, and so does what a reduction gives.
// CHECK-LABEL: func @not_above
// CHECK:         %[[E:.+]] = tactus.exp %{{.+}} : tensor<12x8xf32>
// CHECK:         tactus.reshape %[[E]]
// CHECK:         %[[S:.+]] = tactus.sum
// CHECK:         %[[D:.+]] = tactus.div %{{.+}}, %[[S]] : {{.+}} -> tensor<12x8xf32>
// CHECK:         tactus.reshape %[[D]]
func.func @not_above(%x: tensor<12x8xf32>, %y: tensor<12x8xf32>) -> (tensor<12x8xf32>, tensor<96xf32>, tensor<96xf32>) {
  %0 = tactus.exp %x : tensor<12x8xf32>
  %1 = tactus.reshape %0 {shape = array<i64: 96>} : (tensor<12x8xf32>) -> tensor<96xf32>
  %2 = tactus.exp %y : tensor<12x8xf32>
  %3 = tactus.sum %2 {axes = array<i64: 1>, keepdims = true} : (tensor<12x8xf32>) -> tensor<12x1xf32>
  %4 = tactus.div %2, %3 : (tensor<12x8xf32>, tensor<12x1xf32>) -> tensor<12x8xf32>
  %5 = tactus.reshape %4 {shape = array<i64: 96>} : (tensor<12x8xf32>) -> tensor<96xf32>
  return %0, %1, %5 : tensor<12x8xf32>, tensor<96xf32>, tensor<96xf32>
}

// Nothing is known of places in these.
// CHECK-LABEL: func @unknown
// CHECK:         tactus.reshape %{{.+}} -> tensor<0x4xf32>
// CHECK-NEXT:    tactus.relu %{{.+}} : tensor<0x4xf32>
func.func @unknown(%x: tensor<0x16xf32>, %w: tensor<16x8xf32>) -> tensor<0x4xf32> {
  %0 = tactus.matmul %x, %w : (tensor<0x16xf32>, tensor<16x8xf32>) -> tensor<0x8xf32>
  %1 = tactus.reshape %0 {shape = array<i64: 0, 4>} : (tensor<0x8xf32>) -> tensor<0x4xf32>
  %2 = tactus.relu %1 : tensor<0x4xf32>
  return %2 : tensor<0x4xf32>
}

// Heads of queries, keys and values that stand in one matrix are slices of its heads.
// CHECK-LABEL: func @above_slices
// CHECK-SAME:    %[[X:.+]]: tensor<6x24xf32>
// CHECK:         %[[H:.+]] = tactus.reshape %[[X]] {shape = array<i64: 6, 6, 4>}
// CHECK-NEXT:    tactus.slice %[[H]] {ends = array<i64: 6, 2, 4>, starts = array<i64: 0, 0, 0>} : {{.+}} -> tensor<6x2x4xf32>
// CHECK-NEXT:    %[[G:.+]] = tactus.reshape %[[X]] {shape = array<i64: 6, 6, 4>}
// CHECK-NEXT:    tactus.slice %[[G]] {ends = array<i64: 6, 4, 4>, starts = array<i64: 0, 2, 0>} : {{.+}} -> tensor<6x2x4xf32>
// CHECK-NEXT:    %[[R:.+]] = tactus.reshape %[[X]] {shape = array<i64: 2, 3, 24>}
// CHECK-NEXT:    tactus.slice %[[R]] {ends = array<i64: 2, 3, 24>, starts = array<i64: 1, 0, 0>} : {{.+}} -> tensor<1x3x24xf32>
// CHECK-NEXT:    return
func.func @above_slices(%x: tensor<6x24xf32>) -> (tensor<6x2x4xf32>, tensor<6x2x4xf32>, tensor<1x3x24xf32>) {
  %0 = tactus.slice %x {starts = array<i64: 0>, ends = array<i64: 8>, axes = array<i64: 1>} : (tensor<6x24xf32>) -> tensor<6x8xf32>
  %1 = tactus.reshape %0 {shape = array<i64: 6, 2, 4>} : (tensor<6x8xf32>) -> tensor<6x2x4xf32>
  %2 = tactus.slice %x {starts = array<i64: 8>, ends = array<i64: 16>, axes = array<i64: -1>} : (tensor<6x24xf32>) -> tensor<6x8xf32>
  %3 = tactus.reshape %2 {shape = array<i64: 6, 2, 4>} : (tensor<6x8xf32>) -> tensor<6x2x4xf32>
  %4 = tactus.slice %x {starts = array<i64: -3>, ends = array<i64: 6>} : (tensor<6x24xf32>) -> tensor<3x24xf32>
  %5 = tactus.reshape %4 {shape = array<i64: 1, 3, 24>} : (tensor<3x24xf32>) -> tensor<1x3x24xf32>
  return %1, %3, %5 : tensor<6x2x4xf32>, tensor<6x2x4xf32>, tensor<1x3x24xf32>
}

// Negative: a part of a head, every other element, and a part of two dimensions.
// CHECK-LABEL: func @not_above_slices
// CHECK-NEXT:    tactus.slice
// CHECK-NEXT:    tactus.reshape
// CHECK-NEXT:    tactus.slice
// CHECK-NEXT:    tactus.reshape
// CHECK-NEXT:    tactus.slice
// CHECK-NEXT:    tactus.reshape
// CHECK-NEXT:    return
func.func @not_above_slices(%x: tensor<6x24xf32>) -> (tensor<6x2x4xf32>, tensor<6x2x6xf32>, tensor<24xf32>) {
  %0 = tactus.slice %x {starts = array<i64: 2>, ends = array<i64: 10>, axes = array<i64: 1>} : (tensor<6x24xf32>) -> tensor<6x8xf32>
  %1 = tactus.reshape %0 {shape = array<i64: 6, 2, 4>} : (tensor<6x8xf32>) -> tensor<6x2x4xf32>
  %2 = tactus.slice %x {starts = array<i64: 0>, ends = array<i64: 24>, axes = array<i64: 1>, steps = array<i64: 2>} : (tensor<6x24xf32>) -> tensor<6x12xf32>
  %3 = tactus.reshape %2 {shape = array<i64: 6, 2, 6>} : (tensor<6x12xf32>) -> tensor<6x2x6xf32>
  %4 = tactus.slice %x {starts = array<i64: 0, 0>, ends = array<i64: 3, 8>} : (tensor<6x24xf32>) -> tensor<3x8xf32>
  %5 = tactus.reshape %4 {shape = array<i64: 24>} : (tensor<3x8xf32>) -> tensor<24xf32>
  return %1, %3, %5 : tensor<6x2x4xf32>, tensor<6x2x6xf32>, tensor<24xf32>
}

// Negative: what a region does with it is no part of the product's kernel.
// CHECK-LABEL: func @not_into_regions
// CHECK:         %[[P:.+]] = tactus.matmul
// CHECK:         tactus.if
// CHECK-NEXT:      %[[V:.+]] = tactus.reshape %[[P]]
// CHECK-NEXT:      tactus.relu %[[V]] : tensor<96xf32>
func.func @not_into_regions(%c: tensor<i1>, %x: tensor<12x16xf32>, %w: tensor<16x8xf32>, %y: tensor<96xf32>) -> tensor<96xf32> {
  %0 = tactus.matmul %x, %w : (tensor<12x16xf32>, tensor<16x8xf32>) -> tensor<12x8xf32>
  %1 = tactus.if %c : (tensor<i1>) -> tensor<96xf32> then {
    %2 = tactus.reshape %0 {shape = array<i64: 96>} : (tensor<12x8xf32>) -> tensor<96xf32>
    %3 = tactus.relu %2 : tensor<96xf32>
    tactus.yield %3 : tensor<96xf32>
  } else {
    tactus.yield %y : tensor<96xf32>
  }
  return %1 : tensor<96xf32>
}
