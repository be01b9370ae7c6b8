// RUN: tactus-opt %s -split-input-file -pass-pipeline='builtin.module(systolic-tile-kernels{machine=tpu-v2})' | FileCheck %s

// What a kernel computes goes straight to its place in the result; what comes
// from outside is copied there.
// CHECK-LABEL: systolic.program @main
// CHECK-NOT:     host_call
// CHECK:         %[[Y:.+]] = systolic.dram {{ *}}output
// CHECK:         systolic.vec
// CHECK:         systolic.dma_store %{{.+}} to %[[Y]] {{.+}}dram_stride = 64 : i64, row_bytes = 32 : i64, rows = 4 : i64
// CHECK:         systolic.dma_store %{{.+}} to %[[Y]] {{.+}}dram_stride = 64 : i64, layer = 1 : i64, offset = 32 : i64, row_bytes = 32 : i64, rows = 4 : i64
// CHECK-NOT:     dma_store
func.func @main(%x: tensor<4x8xf32> {tactus.name = "x"}, %z: tensor<4x8xf32> {tactus.name = "z"}) -> (tensor<4x16xf32> {tactus.name = "y"}) {
  %0 = tactus.dispatch @relu(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %1 = tactus.dispatch @concat(%0, %z) : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x16xf32>
  return %1 : tensor<4x16xf32>
}
tactus.kernel @relu(%a: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.relu %a : tensor<4x8xf32>
  tactus.yield %0 : tensor<4x8xf32>
}
tactus.kernel @concat(%a: tensor<4x8xf32>, %b: tensor<4x8xf32>) -> tensor<4x16xf32> {
  %0 = tactus.concat %a, %b {axis = 1 : i64} : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x16xf32>
  tactus.yield %0 : tensor<4x16xf32>
}

// -----

// One tensor twice, another way round than the kernel's arguments: computed to
// one place, and copied from there to the other.
// CHECK-LABEL: systolic.program @main
// CHECK-NOT:     host_call
// CHECK:         %[[Z:.+]] = systolic.dram {{ *}}input {name = "z"
// CHECK:         %[[Y:.+]] = systolic.dram {{ *}}output
// CHECK-NOT:     scratch
// CHECK:         systolic.dma_store %{{.+}} to %[[Y]] {{.+}}offset = 64 : i64
// CHECK:         systolic.dma_load %{{.+}} from %[[Z]]
// CHECK:         systolic.dma_store %{{.+}} to %[[Y]] {{.*}}{dram_stride = 32 : i64, layer = 1 : i64, row_bytes = 32 : i64, rows = 2 : i64}
// CHECK:         systolic.dma_load %{{.+}} from %[[Y]] {{.+}}offset = 64 : i64
// CHECK:         systolic.dma_store %{{.+}} to %[[Y]] {{.+}}offset = 192 : i64
func.func @main(%x: tensor<4x8xf32> {tactus.name = "x"}, %z: tensor<2x8xf32> {tactus.name = "z"}) -> (tensor<10x8xf32> {tactus.name = "y"}) {
  %0 = tactus.dispatch @relu(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %1 = tactus.dispatch @concat(%0, %z) : (tensor<4x8xf32>, tensor<2x8xf32>) -> tensor<10x8xf32>
  return %1 : tensor<10x8xf32>
}
tactus.kernel @relu(%a: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.relu %a : tensor<4x8xf32>
  tactus.yield %0 : tensor<4x8xf32>
}
tactus.kernel @concat(%a: tensor<4x8xf32>, %b: tensor<2x8xf32>) -> tensor<10x8xf32> {
  %0 = tactus.concat %b, %a, %a {axis = 0 : i64} : (tensor<2x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<10x8xf32>
  tactus.yield %0 : tensor<10x8xf32>
}

// -----

// Truth values, of a byte each.
// CHECK-LABEL: systolic.program @main
// CHECK-NOT:     host_call
// CHECK:         systolic.dma_store %{{.+}} row_bytes = 8 : i64, rows = 4 : i64
// CHECK:         systolic.dma_store %{{.+}} offset = 32 : i64, row_bytes = 8 : i64, rows = 4 : i64
func.func @main(%x: tensor<4x8xi1> {tactus.name = "x"}, %z: tensor<4x8xi1> {tactus.name = "z"}) -> (tensor<8x8xi1> {tactus.name = "y"}) {
  %0 = tactus.dispatch @concat(%x, %z) : (tensor<4x8xi1>, tensor<4x8xi1>) -> tensor<8x8xi1>
  return %0 : tensor<8x8xi1>
}
tactus.kernel @concat(%a: tensor<4x8xi1>, %b: tensor<4x8xi1>) -> tensor<8x8xi1> {
  %0 = tactus.concat %a, %b {axis = 0 : i64} : (tensor<4x8xi1>, tensor<4x8xi1>) -> tensor<8x8xi1>
  tactus.yield %0 : tensor<8x8xi1>
}
