// RUN: tactus-opt %s -split-input-file -pass-pipeline='builtin.module(systolic-tile-kernels{machine=gemmini plan=0})' | FileCheck %s

// One tile: the bias is loaded into the accumulators, and the matmul adds to it.
// CHECK-LABEL: systolic.program @main layers ["product"]
// CHECK-DAG:     %[[X:.+]] = systolic.dram input {name = "input0", tensor = tensor<8x16xi8>}
// CHECK-DAG:     %[[W:.+]] = systolic.dram input {name = "input1", tensor = tensor<16x16xi8>}
// CHECK-DAG:     %[[B:.+]] = systolic.dram input {name = "input2", tensor = tensor<16xi32>}
// CHECK-DAG:     %[[Y:.+]] = systolic.dram output {name = "output0", tensor = tensor<8x16xi8>}
// CHECK:         %[[T0:.+]] = systolic.dma_load %[[A:.+]] from %[[X]] {dram_stride = 16 : i64, row_bytes = 16 : i64, rows = 8 : i64}
// CHECK:         %[[T1:.+]] = systolic.dma_load %[[S:.+]] from %[[B]] {broadcast_row, row_bytes = 64 : i64, rows = 8 : i64}
// CHECK:         systolic.load_weights %[[W]] {element = #systolic.type<i8>, k = 16 : i64, n = 16 : i64, stride = 16 : i64}
// CHECK:         %[[M:.+]] = systolic.matmul %[[A]] into %[[S]] wait(%[[T0]], %[[T1]]) {accumulate, counts = array<i64: 1, 1, 8>,
// CHECK:         %[[V:.+]] = systolic.activate %[[S]] to %[[R:.+]] wait(%[[M]]) {columns = 16 : i64, function = #systolic.function<relu>,
// CHECK-SAME:      scale = 6.250000e-02 : f32
// CHECK:         systolic.dma_store %[[R]] to %[[Y]] wait(%[[V]])
// CHECK:         systolic.halt
func.func @main(%x: tensor<8x16xi8>, %w: tensor<16x16xi8>, %b: tensor<16xi32>) -> tensor<8x16xi8> {
  %0 = tactus.dispatch @product(%x, %w, %b) : (tensor<8x16xi8>, tensor<16x16xi8>, tensor<16xi32>) -> tensor<8x16xi8>
  return %0 : tensor<8x16xi8>
}
tactus.kernel @product(%x: tensor<8x16xi8>, %w: tensor<16x16xi8>, %b: tensor<16xi32>) -> tensor<8x16xi8> {
  %0 = tactus.matmul %x, %w : (tensor<8x16xi8>, tensor<16x16xi8>) -> tensor<8x16xi32>
  %1 = tactus.add %0, %b : (tensor<8x16xi32>, tensor<16xi32>) -> tensor<8x16xi32>
  %2 = tactus.relu %1 : tensor<8x16xi32>
  %s = tactus.constant dense<0.0625> : tensor<f32>
  %3 = tactus.requantize %2, %s {to = i8} : (tensor<8x16xi32>, tensor<f32>) -> tensor<8x16xi8>
  tactus.yield %3 : tensor<8x16xi8>
}

// -----

// Folds along k accumulate; the last ones are narrower. Without a bias the first
// overwrites what the accumulators held.
// CHECK-LABEL: systolic.program @main
// CHECK:         load_weights %{{.+}} {element = #systolic.type<i8>, k = 16 : i64, n = 8 : i64,
// CHECK:         %[[M0:.+]] = systolic.matmul %{{.+}} into %[[S:[^ ]+]]
// CHECK-NOT:       accumulate
// CHECK-SAME:      k = 16 : i64
// CHECK:         load_weights %{{.+}} {element = #systolic.type<i8>, k = 4 : i64, n = 8 : i64,
// CHECK:         %[[M1:.+]] = systolic.matmul %{{.+}} into %[[S]] {{.*}}{accumulate, counts = array<i64: 1, 1, 5>, element = #systolic.type<i8>, k = 4 : i64
// CHECK:         systolic.activate %[[S]] {{.+}}output = #systolic.type<i32>
func.func @main(%x: tensor<5x20xi8>, %w: tensor<20x8xi8>) -> tensor<5x8xi32> {
  %0 = tactus.dispatch @product(%x, %w) : (tensor<5x20xi8>, tensor<20x8xi8>) -> tensor<5x8xi32>
  return %0 : tensor<5x8xi32>
}
tactus.kernel @product(%x: tensor<5x20xi8>, %w: tensor<20x8xi8>) -> tensor<5x8xi32> {
  %0 = tactus.matmul %x, %w : (tensor<5x20xi8>, tensor<20x8xi8>) -> tensor<5x8xi32>
  tactus.yield %0 : tensor<5x8xi32>
}

// -----

// What the sums start from is such a bias too.
// CHECK-LABEL: systolic.program @main
// CHECK-DAG:     %[[B:.+]] = systolic.dram input {name = "input2", tensor = tensor<8xi32>}
// CHECK:         systolic.dma_load %[[S:[^ ]+]] from %[[B]] {broadcast_row, row_bytes = 32 : i64, rows = 5 : i64}
// CHECK:         systolic.matmul %{{.+}} into %[[S]] {{.*}}{accumulate,
func.func @main(%x: tensor<5x16xi8>, %w: tensor<16x8xi8>, %b: tensor<8xi32>) -> tensor<5x8xi32> {
  %0 = tactus.dispatch @product(%x, %w, %b) : (tensor<5x16xi8>, tensor<16x8xi8>, tensor<8xi32>) -> tensor<5x8xi32>
  return %0 : tensor<5x8xi32>
}
tactus.kernel @product(%x: tensor<5x16xi8>, %w: tensor<16x8xi8>, %b: tensor<8xi32>) -> tensor<5x8xi32> {
  %0 = tactus.matmul %x, %w init %b : (tensor<5x16xi8>, tensor<16x8xi8>, tensor<8xi32>) -> tensor<5x8xi32>
  tactus.yield %0 : tensor<5x8xi32>
}

// -----

// More rows than half the accumulators: even chunks, in alternate buffers.
// CHECK-LABEL: systolic.program @main
// CHECK:         systolic.matmul %[[A0:.+]] into %[[S0:[^ ]+]] {{.+}}counts = array<i64: 1, 1, [[ROWS:[0-9]+]]>
// CHECK:         systolic.matmul %[[A1:.+]] into %[[S1:[^ ]+]] {{.+}}counts = array<i64: 1, 1, [[ROWS]]>
// CHECK:         systolic.matmul %{{.+}} into %[[S0]] {{.+}}counts = array<i64: 1, 1, [[ROWS]]>
func.func @main(%x: tensor<1200x16xi8>, %w: tensor<16x16xi8>) -> tensor<1200x16xi32> {
  %0 = tactus.dispatch @product(%x, %w) : (tensor<1200x16xi8>, tensor<16x16xi8>) -> tensor<1200x16xi32>
  return %0 : tensor<1200x16xi32>
}
tactus.kernel @product(%x: tensor<1200x16xi8>, %w: tensor<16x16xi8>) -> tensor<1200x16xi32> {
  %0 = tactus.matmul %x, %w : (tensor<1200x16xi8>, tensor<16x16xi8>) -> tensor<1200x16xi32>
  tactus.yield %0 : tensor<1200x16xi32>
}

// -----

// The second layer finds the first one's result in the unified buffer.
// CHECK-LABEL: systolic.program @main layers ["layer", "layer"]
// CHECK:         %[[OUT:.+]] = systolic.dram output
// CHECK-NOT:     systolic.dram scratch
// CHECK:         %[[V:.+]] = systolic.activate %{{.+}} to %[[H:.+]] wait
// CHECK-NOT:     systolic.dma_store
// CHECK-NOT:     systolic.dma_load
// CHECK:         systolic.matmul %[[H]] into %{{.+}} wait(%[[V]])
// CHECK:         systolic.dma_store %{{.+}} to %[[OUT]]
func.func @main(%x: tensor<8x16xi8>, %w: tensor<16x16xi8>, %v: tensor<16x16xi8>) -> tensor<8x16xi8> {
  %0 = tactus.dispatch @layer(%x, %w) : (tensor<8x16xi8>, tensor<16x16xi8>) -> tensor<8x16xi8>
  %1 = tactus.dispatch @layer(%0, %v) : (tensor<8x16xi8>, tensor<16x16xi8>) -> tensor<8x16xi8>
  return %1 : tensor<8x16xi8>
}
tactus.kernel @layer(%x: tensor<8x16xi8>, %w: tensor<16x16xi8>) -> tensor<8x16xi8> {
  %0 = tactus.matmul %x, %w : (tensor<8x16xi8>, tensor<16x16xi8>) -> tensor<8x16xi32>
  %s = tactus.constant dense<0.0625> : tensor<f32>
  %1 = tactus.requantize %0, %s {to = i8} : (tensor<8x16xi32>, tensor<f32>) -> tensor<8x16xi8>
  tactus.yield %1 : tensor<8x16xi8>
}

// -----

// Steps of the vector unit: a row repeats by a stride of 0, a row's maximum is a
// column.
// CHECK-LABEL: systolic.program @main layers ["rows"]
// CHECK:         systolic.vec %{{.+}} with %[[B:.+]] : !systolic.ub to %[[S:.+]] : !systolic.ub wait{{.+}}kind = #systolic.operation<add>,{{.+}}rhs_stride = 0 : i64
// CHECK:         systolic.vec %[[S]] : !systolic.ub to %[[M:.+]] : !systolic.ub wait{{.+}}kind = #systolic.operation<row_max>
// CHECK:         systolic.vec %[[S]] : !systolic.ub with %[[M]] : !systolic.ub to {{.+}}kind = #systolic.operation<add>,{{.+}}negate, right = #systolic.right<column>
func.func @main(%x: tensor<8x12xf32>, %b: tensor<12xf32>) -> tensor<8x12xf32> {
  %0 = tactus.dispatch @rows(%x, %b) : (tensor<8x12xf32>, tensor<12xf32>) -> tensor<8x12xf32>
  return %0 : tensor<8x12xf32>
}
tactus.kernel @rows(%x: tensor<8x12xf32>, %b: tensor<12xf32>) -> tensor<8x12xf32> {
  %0 = tactus.add %x, %b : (tensor<8x12xf32>, tensor<12xf32>) -> tensor<8x12xf32>
  %1 = tactus.max %0 {axes = array<i64: 1>, keepdims = true} : (tensor<8x12xf32>) -> tensor<8x1xf32>
  %2 = tactus.sub %0, %1 : (tensor<8x12xf32>, tensor<8x1xf32>) -> tensor<8x12xf32>
  tactus.yield %2 : tensor<8x12xf32>
}

// -----

// A transposed result is stored where it is wanted; nothing is moved again. Each
// matrix of the batch has its own weights.
// CHECK-LABEL: systolic.program @main layers ["heads"]
// CHECK-NOT:     systolic.dram scratch
// CHECK:         systolic.load_weights %[[W:.+]] {element
// CHECK:         systolic.dma_store %{{.+}} to %[[Y:.+]] wait(%{{.+}}) {dram_stride = 48 : i64, row_bytes = 12 : i64, rows = 2 : i64}
// CHECK:         systolic.load_weights %[[W]] {{.+}}offset = 24 : i64
// CHECK:         systolic.dma_store %{{.+}} to %[[Y]] {{.+}}{dram_stride = 48 : i64, offset = 12 : i64, row_bytes = 12 : i64, rows = 2 : i64}
func.func @main(%x: tensor<4x2x8xi8>, %w: tensor<4x8x3xi8>) -> tensor<2x4x3xi32> {
  %0 = tactus.dispatch @heads(%x, %w) : (tensor<4x2x8xi8>, tensor<4x8x3xi8>) -> tensor<4x2x3xi32>
  %1 = tactus.dispatch @turn(%0) : (tensor<4x2x3xi32>) -> tensor<2x4x3xi32>
  return %1 : tensor<2x4x3xi32>
}
tactus.kernel @heads(%x: tensor<4x2x8xi8>, %w: tensor<4x8x3xi8>) -> tensor<4x2x3xi32> {
  %0 = tactus.matmul %x, %w : (tensor<4x2x8xi8>, tensor<4x8x3xi8>) -> tensor<4x2x3xi32>
  tactus.yield %0 : tensor<4x2x3xi32>
}
tactus.kernel @turn(%x: tensor<4x2x3xi32>) -> tensor<2x4x3xi32> {
  %0 = tactus.transpose %x {perm = array<i64: 1, 0, 2>} : (tensor<4x2x3xi32>) -> tensor<2x4x3xi32>
  tactus.yield %0 : tensor<2x4x3xi32>
}

// -----

// Weights are transposed as they are loaded; scales of the columns, a residual and
// the function after it are part of the drain.
// CHECK-LABEL: systolic.program @main layers ["transposed"]
// CHECK:         systolic.load_weights %{{.+}} {element = #systolic.type<i8>, k = 8 : i64, n = 3 : i64, stride = 8 : i64, transpose}
// CHECK:         systolic.activate %{{.+}} to %{{.+}} scales %{{.+}} residual %{{.+}} wait{{.+}}function = #systolic.function<relu>,{{.+}}output = #systolic.type<f32>, residual_first
// CHECK-NOT:     systolic.vec
func.func @main(%x: tensor<5x8xi8>, %w: tensor<3x8xi8>, %s: tensor<3xf32>, %r: tensor<5x3xf32>) -> tensor<5x3xf32> {
  %0 = tactus.dispatch @transposed(%x, %w, %s, %r) : (tensor<5x8xi8>, tensor<3x8xi8>, tensor<3xf32>, tensor<5x3xf32>) -> tensor<5x3xf32>
  return %0 : tensor<5x3xf32>
}
tactus.kernel @transposed(%x: tensor<5x8xi8>, %w: tensor<3x8xi8>, %s: tensor<3xf32>, %r: tensor<5x3xf32>) -> tensor<5x3xf32> {
  %t = tactus.transpose %w {perm = array<i64: 1, 0>} : (tensor<3x8xi8>) -> tensor<8x3xi8>
  %0 = tactus.matmul %x, %t : (tensor<5x8xi8>, tensor<8x3xi8>) -> tensor<5x3xi32>
  %1 = tactus.dequantize %0, %s : (tensor<5x3xi32>, tensor<3xf32>) -> tensor<5x3xf32>
  %2 = tactus.add %1, %r : (tensor<5x3xf32>, tensor<5x3xf32>) -> tensor<5x3xf32>
  %3 = tactus.relu %2 : tensor<5x3xf32>
  tactus.yield %3 : tensor<5x3xf32>
}

// -----

// What a drain has no room for follows on the vector unit.
// CHECK-LABEL: systolic.program @main layers ["long"]
// CHECK:         %[[D:.+]] = systolic.activate %{{.+}} to %[[A:.+]] wait{{.+}}function = #systolic.function<relu>,{{.+}}output = #systolic.type<f32>
// CHECK:         systolic.vec %[[A]] : !systolic.ub to {{.+}} wait(%[[D]]) {{.+}}kind = #systolic.operation<exp>
func.func @main(%x: tensor<5x8xi8>, %w: tensor<8x3xi8>) -> tensor<5x3xf32> {
  %0 = tactus.dispatch @long(%x, %w) : (tensor<5x8xi8>, tensor<8x3xi8>) -> tensor<5x3xf32>
  return %0 : tensor<5x3xf32>
}
tactus.kernel @long(%x: tensor<5x8xi8>, %w: tensor<8x3xi8>) -> tensor<5x3xf32> {
  %0 = tactus.matmul %x, %w : (tensor<5x8xi8>, tensor<8x3xi8>) -> tensor<5x3xi32>
  %s = tactus.constant dense<0.125> : tensor<f32>
  %1 = tactus.dequantize %0, %s : (tensor<5x3xi32>, tensor<f32>) -> tensor<5x3xf32>
  %2 = tactus.relu %1 : tensor<5x3xf32>
  %3 = tactus.exp %2 : tensor<5x3xf32>
  tactus.yield %3 : tensor<5x3xf32>
}

// -----

// A transpose that moves the last dimension is a copy, element by element.
// CHECK-LABEL: systolic.program @main layers ["turn"]
// CHECK-COUNT-4: systolic.dma_load %{{.+}} from %{{.+}}dram_stride = 16 : i64,{{.*}} row_bytes = 4 : i64, rows = 6 : i64
// CHECK:         systolic.dma_store %{{.+}} to %{{.+}}dram_stride = 4 : i64, row_bytes = 4 : i64, rows = 24 : i64
func.func @main(%x: tensor<6x4xi32>) -> tensor<4x6xi32> {
  %0 = tactus.dispatch @turn(%x) : (tensor<6x4xi32>) -> tensor<4x6xi32>
  return %0 : tensor<4x6xi32>
}
tactus.kernel @turn(%x: tensor<6x4xi32>) -> tensor<4x6xi32> {
  %0 = tactus.transpose %x {perm = array<i64: 1, 0>} : (tensor<6x4xi32>) -> tensor<4x6xi32>
  tactus.yield %0 : tensor<4x6xi32>
}

// -----

// An input that is given back is copied.
// CHECK-LABEL: systolic.program @main layers ["copy"]
// CHECK:         systolic.dma_load %[[A:.+]] from %{{.+}}row_bytes = 6 : i64
// CHECK:         systolic.dma_store %[[A]] to
func.func @main(%x: tensor<4x6xi8>) -> tensor<4x6xi8> {
  return %x : tensor<4x6xi8>
}

// -----

// What is not the program's function stays.
// CHECK-LABEL: func.func @other
// CHECK-NEXT:    tactus.relu
func.func @other(%x: tensor<4xi8>) -> tensor<4xi8> {
  %0 = tactus.relu %x : tensor<4xi8>
  return %0 : tensor<4xi8>
}
