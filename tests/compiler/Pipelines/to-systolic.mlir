// The way down to a systolic machine stops and resumes at every level.
// RUN: tactus-opt %s -tactus-to-systolic='target=gemmini dims=batch=32 to=specialized' | FileCheck %s --check-prefix=SPECIALIZED
// RUN: tactus-opt %s -tactus-to-systolic='target=gemmini dims=batch=32 to=fused' | FileCheck %s --check-prefix=FUSED
// RUN: tactus-opt %s -tactus-to-systolic='target=gemmini dims=batch=32 to=outlined' | FileCheck %s --check-prefix=OUTLINED
// RUN: tactus-opt %s -tactus-to-systolic='target=gemmini dims=batch=32 to=tiled' | FileCheck %s --check-prefix=TILED
// RUN: tactus-opt %s -tactus-to-systolic='target=gemmini dims=batch=32' | FileCheck %s --check-prefix=SCHEDULED

// RUN: tactus-opt %s -tactus-to-systolic='target=gemmini dims=batch=32' -o %t.whole
// RUN: tactus-opt %s -tactus-to-systolic='target=gemmini dims=batch=32 to=outlined' \
// RUN:   | tactus-opt -tactus-to-systolic='target=gemmini from=outlined to=tiled' \
// RUN:   | tactus-opt -tactus-to-systolic='target=gemmini from=tiled' -o %t.steps
// RUN: diff %t.whole %t.steps

// RUN: not tactus-opt %s -tactus-to-systolic='target=gemmini to=bufferized' 2>&1 | FileCheck %s --check-prefix=NOWHERE
// RUN: not tactus-opt %s -tactus-to-systolic='target=abacus' 2>&1 | FileCheck %s --check-prefix=TARGET

// SPECIALIZED: tactus.matmul %{{.+}} : (tensor<32x16xi8>, tensor<16x16xi8>) -> tensor<32x16xi32>
// FUSED: tactus.fused
// OUTLINED: tactus.dispatch @matmul_add_relu_requantize
// TILED: systolic.matmul %{{.+}} wait(
// SCHEDULED: systolic.matmul {{.+}}wait_for = array<i64: 0, 1>
// NOWHERE: bufferized
// TARGET: abacus
func.func @main(%x: tensor<?x16xi8> {tactus.dims = ["batch", ""], tactus.name = "x"}, %w: tensor<16x16xi8>, %b: tensor<16xi32>) -> tensor<?x16xi8> {
  %p = tactus.matmul %x, %w : (tensor<?x16xi8>, tensor<16x16xi8>) -> tensor<?x16xi32>
  %s = tactus.add %p, %b : (tensor<?x16xi32>, tensor<16xi32>) -> tensor<?x16xi32>
  %r = tactus.relu %s : tensor<?x16xi32>
  %scale = tactus.constant dense<0.0625> : tensor<f32>
  %q = tactus.requantize %r, %scale {to = i8} : (tensor<?x16xi32>, tensor<f32>) -> tensor<?x16xi8>
  return %q : tensor<?x16xi8>
}
