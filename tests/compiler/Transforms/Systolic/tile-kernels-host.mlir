// RUN: tactus-opt %s -split-input-file -pass-pipeline='builtin.module(systolic-tile-kernels{machine=tpu-v2})' | FileCheck %s

// The host reads and writes DRAM; its kernel stays, the machine's does not.
// CHECK-LABEL: systolic.program @main layers ["relu", "sort"]
// CHECK-DAG:     %[[X:.+]] = systolic.dram input {name = "input0", tensor = tensor<4x8xf32>}
// CHECK-DAG:     %[[Y:.+]] = systolic.dram output {name = "output0", tensor = tensor<4x8xf32>}
// CHECK-DAG:     %[[R:.+]] = systolic.dram scratch {tensor = tensor<4x8xf32>}
// CHECK:         systolic.dma_store %{{.+}} to %[[R]]
// CHECK-NEXT:    systolic.host_call %[[Y]] from %[[R]] {bytes = 128 : i64, function = 0 : i64, kernel = @sort, layer = 1 : i64}
// CHECK-NEXT:    systolic.halt
// CHECK-NOT:   tactus.kernel @relu
// CHECK:       tactus.kernel @sort
func.func @main(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.dispatch @relu(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %1:2 = tactus.dispatch @sort(%0) : (tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xi64>)
  return %1#0 : tensor<4x8xf32>
}
tactus.kernel @relu(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.relu %x : tensor<4x8xf32>
  tactus.yield %0 : tensor<4x8xf32>
}
tactus.kernel @sort(%x: tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xi64>) {
  %0, %1 = tactus.sort %x : (tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xi64>)
  tactus.yield %0, %1 : tensor<4x8xf32>, tensor<4x8xi64>
}

// -----

// Each result that is used is a call of its own.
// CHECK-LABEL: systolic.program @main
// CHECK-DAG:     %[[V:.+]] = systolic.dram output {name = "output0", tensor = tensor<4x8xf32>}
// CHECK-DAG:     %[[I:.+]] = systolic.dram output {name = "output1", tensor = tensor<4x8xi64>}
// CHECK:         systolic.host_call %[[V]] from %[[X:.+]] {bytes = 128 : i64, function = 0 : i64, kernel = @sort}
// CHECK-NEXT:    systolic.host_call %[[I]] from %[[X]] {bytes = 256 : i64, function = 1 : i64, kernel = @sort, kernel_result = 1 : i64, layer = 1 : i64}
func.func @main(%x: tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xi64>) {
  %0:2 = tactus.dispatch @sort(%x) : (tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xi64>)
  return %0#0, %0#1 : tensor<4x8xf32>, tensor<4x8xi64>
}
tactus.kernel @sort(%x: tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xi64>) {
  %0, %1 = tactus.sort %x : (tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xi64>)
  tactus.yield %0, %1 : tensor<4x8xf32>, tensor<4x8xi64>
}

// -----

// A view of the middle of a tensor is copied first, what only moves is moved,
// of any type.
// CHECK-LABEL: systolic.program @main
// CHECK-DAG:     %[[X:.+]] = systolic.dram input {name = "input0", tensor = tensor<6x4xi64>}
// CHECK-DAG:     %[[S:.+]] = systolic.dram scratch {tensor = tensor<2x4xi64>}
// CHECK:         systolic.dma_load %[[A:.+]] from %[[X]] {{.*}}offset = 64 : i64, row_bytes = 64 : i64
// CHECK:         systolic.dma_store %[[A]] to %[[S]]
// CHECK:         systolic.host_call %{{.+}} from %[[S]] {bytes = 64 : i64
func.func @main(%x: tensor<6x4xi64>) -> tensor<2x4xi64> {
  %0 = tactus.dispatch @slice(%x) : (tensor<6x4xi64>) -> tensor<2x4xi64>
  %1 = tactus.dispatch @double(%0) : (tensor<2x4xi64>) -> tensor<2x4xi64>
  return %1 : tensor<2x4xi64>
}
tactus.kernel @slice(%x: tensor<6x4xi64>) -> tensor<2x4xi64> {
  %0 = tactus.slice %x {starts = array<i64: 2>, ends = array<i64: 4>} : (tensor<6x4xi64>) -> tensor<2x4xi64>
  tactus.yield %0 : tensor<2x4xi64>
}
tactus.kernel @double(%x: tensor<2x4xi64>) -> tensor<2x4xi64> {
  %0 = tactus.add %x, %x : tensor<2x4xi64>
  tactus.yield %0 : tensor<2x4xi64>
}
