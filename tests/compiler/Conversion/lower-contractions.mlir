// RUN: tactus-opt %s -tactus-lower-contractions -canonicalize -cse | FileCheck %s
// RUN: tactus-opt %s -tactus-lower-contractions='vector-bits=128 fma=false' -canonicalize -cse | FileCheck %s --check-prefix=SSE
// RUN: tactus-opt %s -tactus-lower-contractions='byte-products=true' -canonicalize -cse | FileCheck %s --check-prefix=VNNI

// Six rows by two vectors stay in registers over all of k.
// CHECK-LABEL: func.func @packed
// CHECK-SAME:    tactus.cost = 299
// CHECK-SAME:    tactus.extent = 2
// CHECK:         scf.for %[[PANEL:.+]] =
// CHECK:           scf.for %[[ROW:.+]] = %{{.+}} to %{{.+}} step %c6
// CHECK:             %[[SUMS:.+]]:12 = scf.for
// CHECK-COUNT-2:       vector.load {{.+}} vector<8xf32>
// CHECK-COUNT-12:      math.fma {{.+}} : vector<8xf32>
// CHECK:             vector.store %[[SUMS]]#0
// Panels that were made for wider vectors are read as they are.
// SSE-LABEL: func.func @packed
// SSE-NOT:     math.fma
// SSE:         scf.for %{{.+}} step %c2
// SSE-COUNT-4:   vector.load {{.+}} vector<4xf32>
// SSE-NOT:       vector.load
// SSE:         arith.mulf {{.+}} : vector<4xf32>
// SSE:         arith.addf {{.+}} : vector<4xf32>
tactus.kernel @packed(%x: tensor<12x40xf32>, %p: tensor<2x40x16xf32>) -> tensor<12x32xf32> {
  %w = tactus.unpack %p {columns = 32 : i64} : (tensor<2x40x16xf32>) -> tensor<40x32xf32>
  %0 = tactus.matmul %x, %w : (tensor<12x40xf32>, tensor<40x32xf32>) -> tensor<12x32xf32>
  tactus.yield %0 : tensor<12x32xf32>
}

// Thirteen rows are five and twice four: no masked rows.
// CHECK-LABEL: func.func @rows_are_split_evenly
// CHECK:         :10 = scf.for
// CHECK:         scf.for %{{.+}} = %{{.+}} to %{{.+}} step %c4
// CHECK:           :8 = scf.for
tactus.kernel @rows_are_split_evenly(%x: tensor<13x40xf32>, %p: tensor<1x40x16xf32>) -> tensor<13x16xf32> {
  %w = tactus.unpack %p {columns = 16 : i64} : (tensor<1x40x16xf32>) -> tensor<40x16xf32>
  %0 = tactus.matmul %x, %w : (tensor<13x40xf32>, tensor<40x16xf32>) -> tensor<13x16xf32>
  tactus.yield %0 : tensor<13x16xf32>
}

// A right operand that is computed is copied a panel at a time.
// CHECK-LABEL: func.func @panel_is_copied
// CHECK:         %[[PANEL:.+]] = memref.view {{.+}} to memref<640xf32>
// CHECK:         vector.store %{{.+}}, %[[PANEL]]
// CHECK:         vector.load %[[PANEL]]
// CHECK:         math.fma
tactus.kernel @panel_is_copied(%x: tensor<12x40xf32>, %w: tensor<40x16xf32>) -> tensor<12x16xf32> {
  %0 = tactus.matmul %x, %w : (tensor<12x40xf32>, tensor<40x16xf32>) -> tensor<12x16xf32>
  tactus.yield %0 : tensor<12x16xf32>
}

// A cheap epilogue is applied to the sums in registers.
// CHECK-LABEL: func.func @bias_and_relu_in_registers
// CHECK:         %[[SUMS:.+]]:4 = scf.for
// CHECK:         %[[BIASED:.+]] = tactus.add %[[SUMS]]#0
// CHECK:         %[[RESULT:.+]] = tactus.relu %[[BIASED]] : vector<8xf32>
// CHECK:         vector.store %[[RESULT]]
tactus.kernel @bias_and_relu_in_registers(%x: tensor<2x40xf32>, %p: tensor<1x40x16xf32>, %b: tensor<16xf32>) -> tensor<2x16xf32> {
  %w = tactus.unpack %p {columns = 16 : i64} : (tensor<1x40x16xf32>) -> tensor<40x16xf32>
  %0 = tactus.matmul %x, %w : (tensor<2x40xf32>, tensor<40x16xf32>) -> tensor<2x16xf32>
  %1 = tactus.add %0, %b : (tensor<2x16xf32>, tensor<16xf32>) -> tensor<2x16xf32>
  %2 = tactus.relu %1 : tensor<2x16xf32>
  tactus.yield %2 : tensor<2x16xf32>
}

// A long one in a loop over the tile's rows.
// CHECK-LABEL: func.func @gelu_row_by_row
// CHECK:         %[[SUMS:.+]]:4 = scf.for
// CHECK:         vector.store %[[SUMS]]#0, %[[TILE:.+]][
// CHECK:         scf.for
// CHECK:           vector.load %[[TILE]]
// CHECK:           tactus.gelu
// CHECK:           tactus.gelu
// CHECK-NOT:       tactus.gelu
tactus.kernel @gelu_row_by_row(%x: tensor<2x40xf32>, %p: tensor<1x40x16xf32>) -> tensor<2x16xf32> {
  %w = tactus.unpack %p {columns = 16 : i64} : (tensor<1x40x16xf32>) -> tensor<40x16xf32>
  %0 = tactus.matmul %x, %w : (tensor<2x40xf32>, tensor<40x16xf32>) -> tensor<2x16xf32>
  %1 = tactus.gelu %0 : tensor<2x16xf32>
  tactus.yield %1 : tensor<2x16xf32>
}

// One panel: its rows come in blocks of ten tiles, and the copy of the panel
// stays for the block that follows.
// CHECK-LABEL: func.func @rows_in_blocks
// CHECK-SAME:    %[[BEGIN:[a-z0-9]+]]: index, %{{[a-z0-9]+}}: index, %{{[a-z0-9]+}}: memref<2xi64>
// CHECK-SAME:    tactus.extent = 2
// CHECK:         scf.for %[[I:.+]] = %[[BEGIN]] to
// CHECK:           %[[BLOCK:.+]] = arith.remui %[[I]], %c2
// CHECK:           %[[LATER:.+]] = arith.cmpi ugt, %[[BLOCK]], %c0
// CHECK:           %[[SINCE:.+]] = arith.select %[[LATER]], %c1, %c2
// CHECK:           %[[PAST:.+]] = arith.addi %[[BEGIN]], %[[SINCE]]
// CHECK:           %[[COPIES:.+]] = arith.cmpi ult, %[[I]], %[[PAST]]
// CHECK:           scf.if %[[COPIES]] {
// CHECK:             vector.store
// CHECK:           scf.for %{{.+}} = %{{.+}} to %{{.+}} step %c6
tactus.kernel @rows_in_blocks(%x: tensor<120x40xf32>, %w: tensor<40x16xf32>) -> tensor<120x16xf32> {
  %0 = tactus.matmul %x, %w : (tensor<120x40xf32>, tensor<40x16xf32>) -> tensor<120x16xf32>
  tactus.yield %0 : tensor<120x16xf32>
}

// Where two threads have half of the rows each, the first goes down from the middle,
// and the second up.
// CHECK-LABEL: func.func @rows_from_the_middle
// CHECK-SAME:    %[[BEGIN:[a-z0-9]+]]: index, %[[END:[a-z0-9]+]]: index
// CHECK:         %[[SIZE:.+]] = arith.subi %[[END]], %[[BEGIN]]
// CHECK:         %[[ALONE:.+]] = arith.cmpi eq, %[[SIZE]], %c16
// CHECK:         %[[SECOND:.+]] = arith.cmpi uge, %{{.+}}, %c4
// CHECK:         %[[UP:.+]] = arith.ori %[[ALONE]], %[[SECOND]]
// CHECK:         %[[LAST:.+]] = arith.addi %[[PAST:.+]], %c-6
// CHECK:         %[[FROM:.+]] = arith.select %[[UP]], %[[FIRST:.+]], %[[LAST]]
// CHECK:         %[[SIGN:.+]] = arith.select %[[UP]], %c1, %c-1
// CHECK:         scf.for %[[ROW:.+]] = %[[FIRST]] to %[[PAST]] step %c6
// CHECK:           %[[DONE:.+]] = arith.subi %[[ROW]], %[[FIRST]]
// CHECK:           %[[STEP:.+]] = arith.muli %[[SIGN]], %[[DONE]]
// CHECK:           arith.addi %[[FROM]], %[[STEP]]
tactus.kernel @rows_from_the_middle(%x: tensor<480x64xf32>, %p: tensor<2x64x16xf32>) -> tensor<480x32xf32> {
  %w = tactus.unpack %p {columns = 32 : i64} : (tensor<2x64x16xf32>) -> tensor<64x32xf32>
  %0 = tactus.matmul %x, %w : (tensor<480x64xf32>, tensor<64x32xf32>) -> tensor<480x32xf32>
  tactus.yield %0 : tensor<480x32xf32>
}

// The last three columns have eight lanes each, for as many steps of k, which
// are added up in pairs; the other columns have vectors of their own.
// CHECK-LABEL: func.func @last_columns
// CHECK:         scf.for %{{.+}} = %c0 to %c16 step %c1 {
// CHECK:           vector.interleave
// CHECK:           vector.store %{{.+}} : memref<512xf32>, vector<32xf32>
// CHECK:         scf.for %{{.+}} = %{{.+}} to %{{.+}} step %c2 iter_args
// CHECK:         scf.for %{{.+}} = %c0 to %c16 step %c1 iter_args
// CHECK:           vector.load %{{.+}} : memref<512xf32>, vector<16xf32>
// CHECK:           %[[LEFT:.+]] = vector.load %{{.+}} : memref<3072xf32>, vector<8xf32>
// CHECK:           vector.shuffle %[[LEFT]], %[[LEFT]] [0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7]
// CHECK:         vector.shuffle {{.+}} [1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14]
tactus.kernel @last_columns(%x: tensor<24x128xf32>, %w: tensor<128x19xf32>) -> tensor<24x19xf32> {
  %0 = tactus.matmul %x, %w : (tensor<24x128xf32>, tensor<128x19xf32>) -> tensor<24x19xf32>
  tactus.yield %0 : tensor<24x19xf32>
}

// Bytes are widened to 16 bits, of which one instruction multiplies and adds two;
// where it does four bytes, one operand has to be unsigned, so that the sums of two
// signed ones start from what turning a bit of the left one amounts to.
// CHECK-LABEL: func.func @bytes
// CHECK:         arith.extsi {{.+}} : vector<32xi8> to vector<32xi16>
// CHECK:         llvm.call_intrinsic "llvm.x86.avx2.pmadd.wd"({{.+}}) : (vector<16xi16>, vector<16xi16>) -> vector<8xi32>
// CHECK:         arith.addi {{.+}} : vector<8xi32>
// VNNI-LABEL: func.func @bytes
// VNNI:         vector.interleave
// VNNI:         llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.256"
// VNNI:         arith.subi {{.+}} : vector<8xi32>
// VNNI:         arith.xori {{.+}} : vector<32xi8>
// VNNI:         llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.256"
tactus.kernel @bytes(%x: tensor<2x40xi8>, %w: tensor<40x16xi8>) -> tensor<2x16xi32> {
  %0 = tactus.matmul %x, %w : (tensor<2x40xi8>, tensor<40x16xi8>) -> tensor<2x16xi32>
  tactus.yield %0 : tensor<2x16xi32>
}

// Rows that are prepared stay in scratch for all panels of a group.
// VNNI-LABEL: func.func @rows_stay
// VNNI:         scf.for %[[ITERATION:.+]] = %[[BEGIN:.+]] to
// VNNI:           %[[SINCE:.+]] = arith.subi %[[ITERATION]], %[[BEGIN]]
// VNNI:           arith.cmpi ult, %[[SINCE]], %c1
// VNNI:           scf.if
// VNNI:             scf.for %{{.+}} = %c0 to %c24 step %c1
// VNNI:               arith.xori {{.+}} : vector<32xi8>
// VNNI:           scf.for %{{.+}} = %c0 to %c24 step %c6
// VNNI-NOT:         arith.xori {{.+}} : vector<32xi8>
// VNNI-LABEL: func.func
tactus.kernel @rows_stay(%x: tensor<24x40xi8>, %w: tensor<40x48xi8>) -> tensor<24x48xi32> {
  %0 = tactus.matmul %x, %w : (tensor<24x40xi8>, tensor<40x48xi8>) -> tensor<24x48xi32>
  tactus.yield %0 : tensor<24x48xi32>
}

// Negative: other kernels have a pass of their own.
// CHECK-LABEL: tactus.kernel @elementwise_stays
tactus.kernel @elementwise_stays(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.exp %x : tensor<4x8xf32>
  tactus.yield %0 : tensor<4x8xf32>
}

// Long sums wait in memory between blocks of k, and what the next block and the next
// steps read is fetched ahead.
// CHECK-LABEL: func.func @blocks_of_k
// CHECK:         %[[K:.+]] = arith.constant 4000 : index
// CHECK:         scf.for %[[DEPTH:.+]] = %c0 to %[[K]] step %{{.+}} {
// CHECK:           scf.for %[[ROW:.+]] = %{{.+}} to %{{.+}} step %c6
// CHECK:             vector.load
// CHECK:             %[[SUMS:.+]]:12 = scf.for %{{.+}} = %[[DEPTH]]
// CHECK:               memref.prefetch %{{.+}}, read, locality<3>, data
// CHECK:               memref.prefetch %{{.+}}, read, locality<3>, data
// CHECK-COUNT-12:      math.fma
// CHECK:             vector.store %[[SUMS]]#0
tactus.kernel @blocks_of_k(%x: tensor<12x4000xf32>, %p: tensor<2x4000x16xf32>) -> tensor<12x32xf32> {
  %w = tactus.unpack %p {columns = 32 : i64} : (tensor<2x4000x16xf32>) -> tensor<4000x32xf32>
  %0 = tactus.matmul %x, %w : (tensor<12x4000xf32>, tensor<4000x32xf32>) -> tensor<12x32xf32>
  tactus.yield %0 : tensor<12x32xf32>
}

// Attention: scores of a block of rows, what becomes of them, and the second product
// follow one another; the right operands are packed once a matrix.
// CHECK-LABEL: func.func @attention
// CHECK-SAME:    tactus.extent = 2
// CHECK:         scf.for %[[I:.+]] =
// CHECK:             vector.store
// CHECK:           math.fma
// CHECK:           tactus.exp
// CHECK:           math.fma
// CHECK-NOT:     func.func @attention_block
tactus.kernel @attention(%q: tensor<2x12x8xf32>, %k: tensor<2x8x16xf32>, %v: tensor<2x16x8xf32>) -> tensor<2x12x8xf32> {
  %0 = tactus.matmul %q, %k : (tensor<2x12x8xf32>, tensor<2x8x16xf32>) -> tensor<2x12x16xf32>
  %1 = tactus.exp %0 : tensor<2x12x16xf32>
  %2 = tactus.sum %1 {axes = array<i64: 2>, keepdims = true} : (tensor<2x12x16xf32>) -> tensor<2x12x1xf32>
  %3 = tactus.div %1, %2 : (tensor<2x12x16xf32>, tensor<2x12x1xf32>) -> tensor<2x12x16xf32>
  %4 = tactus.matmul %3, %v : (tensor<2x12x16xf32>, tensor<2x16x8xf32>) -> tensor<2x12x8xf32>
  tactus.yield %4 : tensor<2x12x8xf32>
}

// Few rows with a right operand that lies along k: each of sixteen lanes sums up a part
// of k, for some columns at once; lanes are added up for all columns of a vector together.
// CHECK-LABEL: func.func @along_k
// CHECK:         scf.for %{{.+}} = %c0 to %c8 step %c4
// CHECK:           %[[SUMS:.+]]:4 = scf.for %{{.+}} = %c0 to %c32 step %c16 iter_args
// CHECK:             vector.load {{.+}} vector<16xf32>
// CHECK-COUNT-4:     vector.load {{.+}} vector<16xf32>
// CHECK:             scf.yield
// CHECK-COUNT-5:   vector.maskedload {{.+}} vector<16xf32>
// CHECK:           math.fma %{{.+}}, %{{.+}}, %[[SUMS]]#3
// CHECK-COUNT-8: vector.shuffle {{.+}} [0, 1, 2, 3, 4, 5, 6, 7]
// CHECK:         vector.shuffle {{.+}} [0, 1, 2, 3, 8, 9, 10, 11]
// CHECK-NOT:     math.fma
tactus.kernel @along_k(%v: tensor<1x40xf32>, %x: tensor<64x40xf32>) -> tensor<1x64xf32> {
  %t = tactus.transpose %x {perm = array<i64: 1, 0>} : (tensor<64x40xf32>) -> tensor<40x64xf32>
  %0 = tactus.matmul %v, %t : (tensor<1x40xf32>, tensor<40x64xf32>) -> tensor<1x64xf32>
  tactus.yield %0 : tensor<1x64xf32>
}

// More rows find it in scratch, turned in squares.
// CHECK-LABEL: func.func @turned_and_copied
// CHECK-COUNT-24:  vector.shuffle {{.+}} : vector<8xf32>, vector<8xf32>
// CHECK:           vector.store
// CHECK:           math.fma
tactus.kernel @turned_and_copied(%y: tensor<12x40xf32>, %x: tensor<64x40xf32>) -> tensor<12x64xf32> {
  %t = tactus.transpose %x {perm = array<i64: 1, 0>} : (tensor<64x40xf32>) -> tensor<40x64xf32>
  %0 = tactus.matmul %y, %t : (tensor<12x40xf32>, tensor<40x64xf32>) -> tensor<12x64xf32>
  tactus.yield %0 : tensor<12x64xf32>
}

// What a call touches does not fit into the second-level cache: the lines of a row of
// results are fetched before a part of the sums, and the rows of the next tile meanwhile:
// above or below, and after the last, those of the first, since there are none.
// CHECK-LABEL: func.func @afar
// CHECK:         scf.for %{{.+}} = %{{.+}} to %{{.+}} step %c6
// CHECK:           %[[ROW:.+]] = arith.addi
// CHECK:           %[[ABOVE:.+]] = arith.addi %[[ROW]], %c6
// CHECK:           %[[BELOW:.+]] = arith.addi %[[ROW]], %c-6
// CHECK:           %[[NEXT:.+]] = arith.select %[[UP:.+]], %[[ABOVE]], %[[BELOW]]
// CHECK:           %[[INSIDE:.+]] = arith.cmpi ult, %[[NEXT]], %c1024
// CHECK:           arith.select %[[INSIDE]], %[[NEXT]], %c0
// CHECK:           scf.for %{{.+}} = %c0 to %c6 step %c1 iter_args
// CHECK:             memref.prefetch %{{.+}}, write, locality<3>, data : memref<32768xf32>
// CHECK:             scf.for %{{.+}} step %c2 iter_args
// CHECK:               memref.prefetch %{{.+}}, read, locality<3>, data : memref<65536xf32>
// CHECK-NOT:           memref.prefetch
// CHECK:               scf.yield
tactus.kernel @afar(%x: tensor<1024x64xf32>, %p: tensor<2x64x16xf32>) -> tensor<1024x32xf32> {
  %w = tactus.unpack %p {columns = 32 : i64} : (tensor<2x64x16xf32>) -> tensor<64x32xf32>
  %0 = tactus.matmul %x, %w : (tensor<1024x64xf32>, tensor<64x32xf32>) -> tensor<1024x32xf32>
  tactus.yield %0 : tensor<1024x32xf32>
}

// Rows that stay close while many panels come from afar are not fetched again.
// CHECK-LABEL: func.func @close_rows
// CHECK:         scf.for %{{.+}} step %c2 iter_args
// CHECK:           memref.prefetch %{{.+}}, read, locality<3>, data : memref<65536xf32>
// CHECK-NOT:       memref.prefetch {{.+}} : memref<8192xf32>
// CHECK:           scf.yield
tactus.kernel @close_rows(%x: tensor<128x64xf32>, %p: tensor<64x64x16xf32>) -> tensor<128x1024xf32> {
  %w = tactus.unpack %p {columns = 1024 : i64} : (tensor<64x64x16xf32>) -> tensor<64x1024xf32>
  %0 = tactus.matmul %x, %w : (tensor<128x64xf32>, tensor<64x1024xf32>) -> tensor<128x1024xf32>
  tactus.yield %0 : tensor<128x1024xf32>
}

// CHECK-LABEL: func.func @near
// CHECK-NOT:     memref.prefetch
tactus.kernel @near(%x: tensor<512x64xf32>, %p: tensor<2x64x16xf32>) -> tensor<512x32xf32> {
  %w = tactus.unpack %p {columns = 32 : i64} : (tensor<2x64x16xf32>) -> tensor<64x32xf32>
  %0 = tactus.matmul %x, %w : (tensor<512x64xf32>, tensor<64x32xf32>) -> tensor<512x32xf32>
  tactus.yield %0 : tensor<512x32xf32>
}
