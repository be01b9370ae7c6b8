// RUN: tactus-opt %s -tactus-outline-kernels -mlir-print-local-scope | FileCheck %s

// Two regions that are equal but for where they come from share a kernel; each
// dispatch keeps the names and places of the ops that may fail.
// CHECK-LABEL: func @main
// CHECK:         tactus.dispatch @gather(%{{.+}}) {tactus.indexing = {{\[\[}}"gather", loc("left"){{\]\]}}}
// CHECK:         tactus.dispatch @gather(%{{.+}}) {tactus.indexing = {{\[\[}}"gather", loc("right"){{\]\]}}}
// CHECK:       tactus.kernel @gather(
// CHECK-NOT:   tactus.kernel
func.func @main(%x: tensor<4x8xf32>, %i: tensor<2xi64>, %j: tensor<2xi64>) -> (tensor<2x8xf32>, tensor<2x8xf32>) {
  %0 = tactus.fused (%a = %x, %b = %i) : (tensor<4x8xf32>, tensor<2xi64>) -> tensor<2x8xf32> {
    %2 = tactus.gather %a, %b : (tensor<4x8xf32>, tensor<2xi64>) -> tensor<2x8xf32> loc("left")
    tactus.yield %2 : tensor<2x8xf32>
  }
  %1 = tactus.fused (%a = %x, %b = %j) : (tensor<4x8xf32>, tensor<2xi64>) -> tensor<2x8xf32> {
    %2 = tactus.gather %a, %b : (tensor<4x8xf32>, tensor<2xi64>) -> tensor<2x8xf32> loc("right")
    tactus.yield %2 : tensor<2x8xf32>
  }
  return %0, %1 : tensor<2x8xf32>, tensor<2x8xf32>
}
