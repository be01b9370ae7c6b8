// RUN: tactus-opt %s -tactus-outline-kernels | FileCheck %s

// Equal regions are one kernel; other shapes are another.
// CHECK-LABEL: func @main
// CHECK:         %[[A:.+]] = tactus.dispatch @exp(%{{.+}}) : (tensor<4x8xf32>) -> tensor<4x8xf32>
// CHECK:         tactus.dispatch @exp(%[[A]])
// CHECK:         tactus.dispatch @exp_1(%{{.+}}) : (tensor<5xf32>) -> tensor<5xf32>
// CHECK:       tactus.kernel @exp(%{{.+}}: tensor<4x8xf32>) -> tensor<4x8xf32>
// CHECK:         tactus.exp
// CHECK:       tactus.kernel @exp_1(
// CHECK-NOT:   tactus.kernel
func.func @main(%x: tensor<4x8xf32>, %y: tensor<5xf32>) -> (tensor<4x8xf32>, tensor<5xf32>) {
  %0 = tactus.fused (%a = %x) : (tensor<4x8xf32>) -> tensor<4x8xf32> {
    %3 = tactus.exp %a : tensor<4x8xf32>
    tactus.yield %3 : tensor<4x8xf32>
  }
  %1 = tactus.fused (%a = %0) : (tensor<4x8xf32>) -> tensor<4x8xf32> {
    %3 = tactus.exp %a : tensor<4x8xf32>
    tactus.yield %3 : tensor<4x8xf32>
  }
  %2 = tactus.fused (%a = %y) : (tensor<5xf32>) -> tensor<5xf32> {
    %3 = tactus.exp %a : tensor<5xf32>
    tactus.yield %3 : tensor<5xf32>
  }
  return %1, %2 : tensor<4x8xf32>, tensor<5xf32>
}
