// RUN: tactus-opt %s -tactus-tile-kernels -canonicalize -cse | FileCheck %s

// Dimensions that lie behind one another in every buffer are one loop; the last
// iteration does the elements that fill no vector.
// CHECK-LABEL: func.func @contiguous_is_one_loop
// CHECK-SAME:    (%[[X:.+]]: memref<34xf32>, %[[Y:.+]]: memref<34xf32>, %{{.+}}: memref<1xi8>, %[[BEGIN:.+]]: index, %[[END:.+]]: index, %{{.+}}: memref<2xi64>)
// CHECK-SAME:    tactus.extent = 1
// CHECK-DAG:     %[[MASK:.+]] = arith.constant dense<[true, true, false,
// CHECK:         scf.for %{{.+}} = %[[BEGIN]] to %[[END]]
// CHECK:           scf.for %[[I:.+]] =
// CHECK:             %[[V:.+]] = vector.load %[[X]][%[[I]]] : memref<34xf32>, vector<16xf32>
// CHECK:             %[[R:.+]] = tactus.relu %[[V]] : vector<16xf32>
// CHECK:             vector.store %[[R]], %[[Y]][%[[I]]]
// CHECK:         scf.if
// CHECK:           vector.maskedload %[[X]][%{{.+}}], %[[MASK]]
// CHECK:           vector.maskedstore %[[Y]][%{{.+}}], %[[MASK]]
tactus.kernel @contiguous_is_one_loop(%x: tensor<2x17xf32>) -> tensor<2x17xf32> {
  %0 = tactus.relu %x : tensor<2x17xf32>
  tactus.yield %0 : tensor<2x17xf32>
}

// A broadcast operand is read once per vector of its own loop.
// CHECK-LABEL: func.func @row_is_broadcast
// CHECK-SAME:    tactus.extent = 3
// CHECK:         scf.for %[[ROW:.+]] =
// CHECK:           scf.for %[[COLUMN:.+]] =
// CHECK:             vector.load %{{.+}}[%[[COLUMN]]] : memref<32xf32>
// CHECK:             tactus.add
tactus.kernel @row_is_broadcast(%x: tensor<3x32xf32>, %b: tensor<32xf32>) -> tensor<3x32xf32> {
  %0 = tactus.add %x, %b : (tensor<3x32xf32>, tensor<32xf32>) -> tensor<3x32xf32>
  tactus.yield %0 : tensor<3x32xf32>
}

// Sixteen sums, then halves joined until one is left, which four lanes hold.
// CHECK-LABEL: func.func @row_sum
// CHECK:         %[[SUMS:.+]] = scf.for {{.+}} -> (vector<16xf32>)
// CHECK:         arith.addf {{.+}} : vector<8xf32>
// CHECK:         arith.addf {{.+}} : vector<4xf32>
// CHECK:         arith.addf {{.+}} : vector<4xf32>
// CHECK:         %[[ALL:.+]] = arith.addf {{.+}} : vector<4xf32>
// CHECK:         %[[SUM:.+]] = vector.extract %[[ALL]][0]
// CHECK:         memref.store %[[SUM]]
tactus.kernel @row_sum(%x: tensor<3x160xf32>) -> tensor<3xf32> {
  %0 = tactus.sum %x {axes = array<i64: 1>} : (tensor<3x160xf32>) -> tensor<3xf32>
  tactus.yield %0 : tensor<3xf32>
}

// Short rows are computed four at a time, pass by pass, and what is left alone.
// CHECK-LABEL: func.func @short_rows
// CHECK-SAME:    tactus.scratch = 512
// CHECK-DAG:     %[[ONE:.+]] = arith.constant 1 : index
// CHECK-DAG:     %[[FOUR:.+]] = arith.constant 4 : index
// CHECK:         scf.for {{.+}} step %[[FOUR]]
// CHECK-COUNT-4:   tactus.exp
// CHECK-COUNT-4:   tactus.div
// CHECK:         scf.for {{.+}} step %[[ONE]]
// CHECK:           tactus.exp
// CHECK:           tactus.div
tactus.kernel @short_rows(%x: tensor<7x32xf32>) -> tensor<7x32xf32> {
  %e = tactus.exp %x : tensor<7x32xf32>
  %s = tactus.sum %e {axes = array<i64: 1>, keepdims = true} : (tensor<7x32xf32>) -> tensor<7x1xf32>
  %y = tactus.div %e, %s : (tensor<7x32xf32>, tensor<7x1xf32>) -> tensor<7x32xf32>
  tactus.yield %y : tensor<7x32xf32>
}

// Rows inside of the parallel loop, by which all of these are read.
// CHECK-LABEL: func.func @short_rows_inside
// CHECK:         scf.for %{{.+}} = %arg
// CHECK:           scf.for {{.+}} step %c4
// CHECK-COUNT-4:     tactus.exp
// CHECK-COUNT-4:     tactus.div
tactus.kernel @short_rows_inside(%x: tensor<70x8x32xf32>, %b: tensor<8x32xf32>) -> tensor<70x8x32xf32> {
  %a = tactus.add %x, %b : (tensor<70x8x32xf32>, tensor<8x32xf32>) -> tensor<70x8x32xf32>
  %e = tactus.exp %a : tensor<70x8x32xf32>
  %s = tactus.sum %e {axes = array<i64: 2>, keepdims = true} : (tensor<70x8x32xf32>) -> tensor<70x8x1xf32>
  %y = tactus.div %e, %s : (tensor<70x8x32xf32>, tensor<70x8x1xf32>) -> tensor<70x8x32xf32>
  tactus.yield %y : tensor<70x8x32xf32>
}

// No row may fail before the one above it does, whichever op indexes.
// CHECK-LABEL: func.func @rows_of_two_gathers
// CHECK-NOT:     step %c{{[2-4]}}{{ }}
// CHECK:         return
tactus.kernel @rows_of_two_gathers(%t: tensor<9x32xf32>, %i: tensor<7xi64>, %j: tensor<7xi64>) -> tensor<7x32xf32> {
  %x = tactus.gather %t, %i {axis = 0 : i64} : (tensor<9x32xf32>, tensor<7xi64>) -> tensor<7x32xf32>
  %z = tactus.gather %t, %j {axis = 0 : i64} : (tensor<9x32xf32>, tensor<7xi64>) -> tensor<7x32xf32>
  %s = tactus.sum %x {axes = array<i64: 1>, keepdims = true} : (tensor<7x32xf32>) -> tensor<7x1xf32>
  %y = tactus.div %z, %s : (tensor<7x32xf32>, tensor<7x1xf32>) -> tensor<7x32xf32>
  tactus.yield %y : tensor<7x32xf32>
}

// Long rows have four such vectors, joined in pairs.
// CHECK-LABEL: func.func @long_row_sum
// CHECK:         %[[SUMS:.+]]:4 = scf.for
// CHECK-COUNT-4:   vector.load
// CHECK:         %[[LAST:.+]] = vector.maskedload
// CHECK:         %[[ONE:.+]] = arith.select {{.+}}, %{{.+}}, %[[SUMS]]#1
// CHECK:         %[[A:.+]] = arith.addf %{{.+}}, %[[ONE]] : vector<16xf32>
// CHECK:         %[[B:.+]] = arith.addf %[[SUMS]]#2, %[[SUMS]]#3 : vector<16xf32>
// CHECK:         arith.addf %[[A]], %[[B]] : vector<16xf32>
// CHECK:         arith.addf {{.+}} : vector<8xf32>
tactus.kernel @long_row_sum(%x: tensor<3x345xf32>) -> tensor<3xf32> {
  %0 = tactus.sum %x {axes = array<i64: 1>} : (tensor<3x345xf32>) -> tensor<3xf32>
  tactus.yield %0 : tensor<3xf32>
}

// Columns are summed side by side.
// CHECK-LABEL: func.func @column_sum
// CHECK:         %[[SUM:.+]] = scf.for {{.+}} -> (vector<16xf32>)
// CHECK-NOT:     vector.extract
// CHECK:         vector.store %[[SUM]]
tactus.kernel @column_sum(%x: tensor<3x32xf32>) -> tensor<32xf32> {
  %0 = tactus.sum %x {axes = array<i64: 0>} : (tensor<3x32xf32>) -> tensor<32xf32>
  tactus.yield %0 : tensor<32xf32>
}

// The exponentials are computed once and kept for the division.
// CHECK-LABEL: func.func @exponentials_are_kept
// CHECK-SAME:    tactus.scratch = 640
// CHECK:         %[[KEPT:.+]] = memref.view
// CHECK:         tactus.exp
// CHECK:         vector.store %{{.+}}, %[[KEPT]]
// CHECK-NOT:     tactus.exp
// CHECK:         vector.load %[[KEPT]]
// CHECK:         tactus.div
tactus.kernel @exponentials_are_kept(%x: tensor<1x160xf32>) -> tensor<1x160xf32> {
  %e = tactus.exp %x : tensor<1x160xf32>
  %s = tactus.sum %e {axes = array<i64: 1>, keepdims = true} : (tensor<1x160xf32>) -> tensor<1x1xf32>
  %y = tactus.div %e, %s : (tensor<1x160xf32>, tensor<1x1xf32>) -> tensor<1x160xf32>
  tactus.yield %y : tensor<1x160xf32>
}

// CHECK-LABEL: func.func @transposed_rows_are_gathered
// CHECK:         vector.gather
tactus.kernel @transposed_rows_are_gathered(%x: tensor<32x3xf32>) -> tensor<3x32xf32> {
  %0 = tactus.transpose %x {perm = array<i64: 1, 0>} : (tensor<32x3xf32>) -> tensor<3x32xf32>
  tactus.yield %0 : tensor<3x32xf32>
}

// Booleans are bytes in memory.
// CHECK-LABEL: func.func @booleans_are_bytes
// CHECK-SAME:    memref<32xi8>
// CHECK:         arith.cmpi ne, {{.+}} : vector<16xi8>
// CHECK:         tactus.cast {{.+}} : (vector<16xi1>) -> vector<16xf32>
tactus.kernel @booleans_are_bytes(%x: tensor<32xi1>) -> tensor<32xf32> {
  %0 = tactus.cast %x {to = f32} : (tensor<32xi1>) -> tensor<32xf32>
  tactus.yield %0 : tensor<32xf32>
}

// The columns past the end of the matrix are 0 in the last panel.
// CHECK-LABEL: func.func @pack
// CHECK:         scf.if
// CHECK:           vector.maskedload
// CHECK:         else
// CHECK:           vector.load
tactus.kernel @pack(%x: tensor<30x20xf32>) -> tensor<2x30x16xf32> {
  %0 = tactus.pack %x {tile = 16 : i64} : (tensor<30x20xf32>) -> tensor<2x30x16xf32>
  tactus.yield %0 : tensor<2x30x16xf32>
}

// The columns of a square are loaded as they lie, the last rows' with a mask.
// CHECK-LABEL: func.func @pack_transposed
// CHECK-NOT:     vector.gather
// CHECK:         scf.for
// CHECK-COUNT-16:  vector.load
// CHECK-COUNT-64:  vector.shuffle
// CHECK-COUNT-16:  vector.store
// CHECK:         }
// CHECK-COUNT-16: vector.maskedload
// CHECK-COUNT-4: vector.store
// CHECK-NOT:     vector.store
// CHECK:         return
tactus.kernel @pack_transposed(%x: tensor<16x36xf32>) -> tensor<1x36x16xf32> {
  %0 = tactus.transpose %x {perm = array<i64: 1, 0>} : (tensor<16x36xf32>) -> tensor<36x16xf32>
  %1 = tactus.pack %0 {tile = 16 : i64} : (tensor<36x16xf32>) -> tensor<1x36x16xf32>
  tactus.yield %1 : tensor<1x36x16xf32>
}

// Rows that fill no vector are gathered.
// CHECK-LABEL: func.func @pack_few_transposed
// CHECK:         vector.gather
tactus.kernel @pack_few_transposed(%x: tensor<16x9xf32>) -> tensor<1x9x16xf32> {
  %0 = tactus.transpose %x {perm = array<i64: 1, 0>} : (tensor<16x9xf32>) -> tensor<9x16xf32>
  %1 = tactus.pack %0 {tile = 16 : i64} : (tensor<9x16xf32>) -> tensor<1x9x16xf32>
  tactus.yield %1 : tensor<1x9x16xf32>
}

// Negative: contractions have a pass of their own.
// CHECK-LABEL: tactus.kernel @contraction_stays
tactus.kernel @contraction_stays(%x: tensor<4x16xf32>, %w: tensor<16x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.matmul %x, %w : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
  tactus.yield %0 : tensor<4x8xf32>
}

// What an earlier pass kept ends in the whole tail of the last row: row 4
// starts at 20 and stores 16, which is more than 25 rounded up to whole vectors.
// CHECK-LABEL: func.func @kept_rows
// CHECK-SAME:    tactus.scratch = 192
tactus.kernel @kept_rows(%x: tensor<5x5xf32>, %s: tensor<5x1xf32>) -> tensor<5x5xf32> {
  %0 = tactus.mul %x, %s : (tensor<5x5xf32>, tensor<5x1xf32>) -> tensor<5x5xf32>
  %1 = tactus.exp %0 : tensor<5x5xf32>
  %2 = tactus.sum %1 {axes = array<i64: 0, 1>, keepdims = true} : (tensor<5x5xf32>) -> tensor<1x1xf32>
  %3 = tactus.div %1, %2 : (tensor<5x5xf32>, tensor<1x1xf32>) -> tensor<5x5xf32>
  tactus.yield %3 : tensor<5x5xf32>
}

// Each part of a concat has a loop of its own over the iterations that are its.
// CHECK-LABEL: func.func @concat
// CHECK-SAME:    %[[BEGIN:[^ ]+]]: index, %[[END:[^ ]+]]: index
// CHECK-SAME:    tactus.extent = 13
// CHECK:         %[[B0:.+]] = arith.maxsi %[[BEGIN]]
// CHECK:         %[[E0:.+]] = arith.minsi %[[END]]
// CHECK:         scf.for %{{.+}} = %[[B0]] to %[[E0]]
// CHECK:           scf.for
// CHECK:             vector.load
// CHECK:             vector.store
// CHECK:         scf.for
// CHECK:             vector.store %{{cst.*}}, {{.+}} : memref<432xf32>
// CHECK:         scf.for
// CHECK:           scf.for
// CHECK:             vector.load
// CHECK:             vector.store
tactus.kernel @concat(%x: tensor<4x32xf32>, %y: tensor<5x64xf32>) -> tensor<9x48xf32> {
  %0 = tactus.slice %y {starts = array<i64: 0>, ends = array<i64: 48>, axes = array<i64: 1>} : (tensor<5x64xf32>) -> tensor<5x48xf32>
  %1 = tactus.constant dense<1.0> : tensor<4x16xf32>
  %2 = tactus.concat %x, %1 {axis = 1 : i64} : (tensor<4x32xf32>, tensor<4x16xf32>) -> tensor<4x48xf32>
  %3 = tactus.concat %2, %0 {axis = 0 : i64} : (tensor<4x48xf32>, tensor<5x48xf32>) -> tensor<9x48xf32>
  tactus.yield %3 : tensor<9x48xf32>
}

// Backward along the vector loop: loaded forward and turned around.
// CHECK-LABEL: func.func @backward
// CHECK:         scf.for
// CHECK:           %[[V:.+]] = vector.load
// CHECK:           vector.shuffle %[[V]], %[[V]] [15, 14
// CHECK-NOT:       vector.gather
// CHECK:           vector.store
tactus.kernel @backward(%x: tensor<32xf32>) -> tensor<32xf32> {
  %0 = tactus.slice %x {starts = array<i64: -1>, ends = array<i64: -99>, steps = array<i64: -1>} : (tensor<32xf32>) -> tensor<32xf32>
  tactus.yield %0 : tensor<32xf32>
}

// The index is looked up once for a row, outside the vector loop; in its place
// one that is out of range leaves 0, and the check and the index in the status.
// CHECK-LABEL: func.func @gather_rows
// CHECK-SAME:    %[[STATUS:[^ ]+]]: memref<2xi64>
// CHECK-SAME:    tactus.checks = array<i64: 0, 4>
// CHECK:         scf.for
// CHECK:           %[[I:.+]] = memref.load
// CHECK:           %[[BAD:.+]] = arith.cmpi uge
// CHECK:           arith.select %[[BAD]], %c0
// CHECK:           scf.if %[[BAD]]
// CHECK:             memref.load %[[STATUS]]
// CHECK:             memref.store %[[I]], %[[STATUS]]
// CHECK:           scf.for
// CHECK-NOT:         arith.cmpi
// CHECK:             vector.load
// CHECK:             vector.store
tactus.kernel @gather_rows(%x: tensor<4x32xf32>, %i: tensor<3xi64>) -> tensor<3x32xf32> {
  %0 = tactus.gather %x, %i : (tensor<4x32xf32>, tensor<3xi64>) -> tensor<3x32xf32>
  tactus.yield %0 : tensor<3x32xf32>
}

// Along the axis itself, each lane has an index of its own.
// CHECK-LABEL: func.func @gather_columns
// CHECK-SAME:    tactus.checks = array<i64: 0, 32>
// CHECK:         scf.for
// CHECK:           arith.extsi {{.+}} : vector<16xi32> to vector<16xi64>
// CHECK:           %[[BAD:.+]] = arith.cmpi uge
// CHECK:           %[[ANY:.+]] = vector.reduction <or>, %[[BAD]]
// CHECK:           scf.if %[[ANY]]
// CHECK:           vector.gather
// CHECK:           vector.store
tactus.kernel @gather_columns(%x: tensor<32xf32>, %i: tensor<48xi32>) -> tensor<48xf32> {
  %0 = tactus.gather %x, %i : (tensor<32xf32>, tensor<48xi32>) -> tensor<48xf32>
  tactus.yield %0 : tensor<48xf32>
}

// Data first, then the updates in order: here rows, which are vectors.
// CHECK-LABEL: func.func @scatter_rows
// CHECK-SAME:    tactus.extent = 1
// CHECK:         scf.for
// CHECK:           scf.for
// CHECK:             vector.load
// CHECK:             vector.store
// CHECK:           scf.for
// CHECK:             scf.if
// CHECK:             scf.for
// CHECK:               tactus.add {{.+}} vector<16xf32>
// CHECK:               vector.store
tactus.kernel @scatter_rows(%x: tensor<4x32xf32>, %i: tensor<3x1xi64>, %u: tensor<3x32xf32>) -> tensor<4x32xf32> {
  %0 = tactus.scatter_nd %x, %i, %u {reduction = #tactus.scatter_reduction<add>} : (tensor<4x32xf32>, tensor<3x1xi64>, tensor<3x32xf32>) -> tensor<4x32xf32>
  tactus.yield %0 : tensor<4x32xf32>
}

// Lanes may meet in one element, so they are updated one after another.
// CHECK-LABEL: func.func @scatter_elements
// CHECK:         vector.reduction <or>
// CHECK:         %[[U:.+]] = vector.load %arg2
// CHECK:         vector.extract %[[U]][0]
// CHECK:         memref.store
// CHECK:         vector.extract %[[U]][15]
// CHECK:         memref.store
tactus.kernel @scatter_elements(%x: tensor<32xf32>, %i: tensor<16xi64>, %u: tensor<16xf32>) -> tensor<32xf32> {
  %0 = tactus.scatter_elements %x, %i, %u : (tensor<32xf32>, tensor<16xi64>, tensor<16xf32>) -> tensor<32xf32>
  tactus.yield %0 : tensor<32xf32>
}

// Sixteen neighboring columns are summed at once, in order; the last four under
// a mask.
// CHECK-LABEL: func.func @running_sum_of_columns
// CHECK-SAME:    tactus.extent = 2
// CHECK:         scf.if
// CHECK:           scf.for {{.+}} -> (vector<16xf32>)
// CHECK:             vector.maskedload
// CHECK:             %[[MASKED:.+]] = arith.addf {{.+}} : vector<16xf32>
// CHECK:             vector.maskedstore {{.+}}, %[[MASKED]]
// CHECK:         else
// CHECK:           scf.for {{.+}} -> (vector<16xf32>)
// CHECK:             vector.load
// CHECK:             %[[SUM:.+]] = arith.addf {{.+}} : vector<16xf32>
// CHECK:             vector.store %[[SUM]]
tactus.kernel @running_sum_of_columns(%x: tensor<3x20xf32>) -> tensor<3x20xf32> {
  %0 = tactus.cumsum %x {axis = 0 : i64} : (tensor<3x20xf32>) -> tensor<3x20xf32>
  tactus.yield %0 : tensor<3x20xf32>
}

// Each step needs the one before it. An exclusive sum is stored before it grows.
// CHECK-LABEL: func.func @running_sum_of_a_row_is_sequential
// CHECK-SAME:    tactus.extent = 3
// CHECK:         scf.for {{.+}} iter_args(%[[BEFORE:.+]] = %{{.+}}) -> (f32)
// CHECK:           arith.addf %[[BEFORE]]
// CHECK:           memref.store %[[BEFORE]]
// CHECK:         {tactus.sequential}
tactus.kernel @running_sum_of_a_row_is_sequential(%x: tensor<3x20xf32>) -> tensor<3x20xf32> {
  %0 = tactus.cumsum %x {axis = 1 : i64, exclusive = true} : (tensor<3x20xf32>) -> tensor<3x20xf32>
  tactus.yield %0 : tensor<3x20xf32>
}

// Two halves of 32 pairs of 4 bytes each; vectors of keys and indices, five
// passes of merges, and elements read by index.
// CHECK-LABEL: func.func @rows_are_merged
// CHECK-SAME:    tactus.extent = 3
// CHECK-SAME:    tactus.scratch = 512
// CHECK-DAG:     %[[PASSES:.+]] = arith.constant 5 : index
// CHECK:         vector.store %{{.+}} : memref<64xi32>, vector<16xi32>
// CHECK:         scf.for %{{.+}} = %{{.+}} to %[[PASSES]]
// CHECK:           scf.for
// CHECK:             scf.for {{.+}} -> (index, index)
// CHECK:         vector.gather
tactus.kernel @rows_are_merged(%x: tensor<3x20xf32>) -> (tensor<3x20xf32>, tensor<3x20xi64>) {
  %0, %1 = tactus.sort %x : (tensor<3x20xf32>) -> (tensor<3x20xf32>, tensor<3x20xi64>)
  tactus.yield %0, %1 : tensor<3x20xf32>, tensor<3x20xi64>
}
