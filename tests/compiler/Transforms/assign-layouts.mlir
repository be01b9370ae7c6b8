// RUN: tactus-opt %s -pass-pipeline='builtin.module(func.func(tactus-assign-layouts))' | FileCheck %s
// RUN: tactus-opt %s -pass-pipeline='builtin.module(func.func(tactus-assign-layouts{vector-bits=512 vector-registers=32}))' | FileCheck %s --check-prefix=WIDE

// CHECK-LABEL: func @parameter_is_packed
// CHECK:         %[[W:.+]] = tactus.parameter @w
// CHECK:         %[[P:.+]] = tactus.pack %[[W]] {tile = 16 : i64} : (tensor<16x100xf32>) -> tensor<7x16x16xf32>
// CHECK:         tactus.fused (%{{.+}} = %{{.+}}, %[[B:.+]] = %[[P]])
// CHECK:           %[[U:.+]] = tactus.unpack %[[B]] {columns = 100 : i64}
// CHECK:           tactus.matmul %{{.+}}, %[[U]]
// WIDE-LABEL: func @parameter_is_packed
// WIDE:         tactus.pack %{{.+}} {tile = 64 : i64}
func.func @parameter_is_packed(%x: tensor<4x16xf32>) -> tensor<4x100xf32> {
  %w = tactus.parameter @w : tensor<16x100xf32>
  %0 = tactus.fused (%a = %x, %b = %w) : (tensor<4x16xf32>, tensor<16x100xf32>) -> tensor<4x100xf32> {
    %1 = tactus.matmul %a, %b : (tensor<4x16xf32>, tensor<16x100xf32>) -> tensor<4x100xf32>
    tactus.yield %1 : tensor<4x100xf32>
  }
  return %0 : tensor<4x100xf32>
}

// CHECK-LABEL: func @narrow_matrix_has_narrow_panels
// CHECK:         tactus.pack %{{.+}} {tile = 8 : i64} : (tensor<16x3xf32>) -> tensor<1x16x8xf32>
func.func @narrow_matrix_has_narrow_panels(%x: tensor<4x16xf32>) -> tensor<4x3xf32> {
  %w = tactus.parameter @w : tensor<16x3xf32>
  %0 = tactus.fused (%a = %x, %b = %w) : (tensor<4x16xf32>, tensor<16x3xf32>) -> tensor<4x3xf32> {
    %1 = tactus.matmul %a, %b : (tensor<4x16xf32>, tensor<16x3xf32>) -> tensor<4x3xf32>
    tactus.yield %1 : tensor<4x3xf32>
  }
  return %0 : tensor<4x3xf32>
}

// CHECK-LABEL: func @transposed_parameter_is_packed
// CHECK:         %[[W:.+]] = tactus.transpose
// CHECK:         tactus.pack %[[W]]
func.func @transposed_parameter_is_packed(%x: tensor<4x16xf32>) -> tensor<4x100xf32> {
  %w = tactus.parameter @w : tensor<100x16xf32>
  %t = tactus.transpose %w {perm = array<i64: 1, 0>} : (tensor<100x16xf32>) -> tensor<16x100xf32>
  %0 = tactus.fused (%a = %x, %b = %t) : (tensor<4x16xf32>, tensor<16x100xf32>) -> tensor<4x100xf32> {
    %1 = tactus.matmul %a, %b : (tensor<4x16xf32>, tensor<16x100xf32>) -> tensor<4x100xf32>
    tactus.yield %1 : tensor<4x100xf32>
  }
  return %0 : tensor<4x100xf32>
}

// Negative: what the program computes is not known at load.
// CHECK-LABEL: func @computed_operand_is_not_packed
// CHECK-NOT:     tactus.pack
// CHECK:         return
func.func @computed_operand_is_not_packed(%x: tensor<4x16xf32>, %w: tensor<16x100xf32>) -> tensor<4x100xf32> {
  %0 = tactus.fused (%a = %x, %b = %w) : (tensor<4x16xf32>, tensor<16x100xf32>) -> tensor<4x100xf32> {
    %1 = tactus.matmul %a, %b : (tensor<4x16xf32>, tensor<16x100xf32>) -> tensor<4x100xf32>
    tactus.yield %1 : tensor<4x100xf32>
  }
  return %0 : tensor<4x100xf32>
}
