// The way down stops and resumes at every level.
// RUN: tactus-opt %s -tactus-to-cpu='dims=batch=4 to=specialized' | FileCheck %s --check-prefix=SPECIALIZED
// RUN: tactus-opt %s -tactus-to-cpu='dims=batch=4 to=fused' | FileCheck %s --check-prefix=FUSED
// RUN: tactus-opt %s -tactus-to-cpu='dims=batch=4 to=laid-out' | FileCheck %s --check-prefix=LAID-OUT
// RUN: tactus-opt %s -tactus-to-cpu='dims=batch=4 to=outlined' | FileCheck %s --check-prefix=OUTLINED
// RUN: tactus-opt %s -tactus-to-cpu='dims=batch=4 to=tiled' | FileCheck %s --check-prefix=TILED
// RUN: tactus-opt %s -tactus-to-cpu='dims=batch=4 to=bufferized' | FileCheck %s --check-prefix=BUFFERIZED
// RUN: tactus-opt %s -tactus-to-cpu='dims=batch=4' | FileCheck %s --check-prefix=LLVM

// RUN: tactus-opt %s -tactus-to-cpu='dims=batch=4' -o %t.whole
// RUN: tactus-opt %s -tactus-to-cpu='dims=batch=4 to=specialized' | tactus-opt -tactus-to-cpu='from=specialized to=fused' \
// RUN:   | tactus-opt -tactus-to-cpu='from=fused to=laid-out' | tactus-opt -tactus-to-cpu='from=laid-out to=outlined' \
// RUN:   | tactus-opt -tactus-to-cpu='from=outlined to=tiled' | tactus-opt -tactus-to-cpu='from=tiled to=bufferized' \
// RUN:   | tactus-opt -tactus-to-cpu='from=bufferized' -o %t.steps
// RUN: diff %t.whole %t.steps

// RUN: not tactus-opt %s -tactus-to-cpu='to=nowhere' 2>&1 | FileCheck %s --check-prefix=NOWHERE
// RUN: not tactus-opt %s -tactus-to-cpu='from=tiled to=fused' 2>&1 | FileCheck %s --check-prefix=BACKWARD
// RUN: not tactus-opt %s -tactus-to-cpu='target=z80' 2>&1 | FileCheck %s --check-prefix=TARGET

// SPECIALIZED: tactus.matmul %{{.+}} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
// FUSED: tactus.fused
// LAID-OUT: func.func @prepare
// LAID-OUT: tactus.pack
// OUTLINED: tactus.dispatch
// OUTLINED: tactus.kernel
// TILED: func.func @matmul_tanh
// TILED: tactus.tanh %{{.+}} : vector<8xf32>
// BUFFERIZED: tactus.arena_bytes
// BUFFERIZED: tactus.dispatch @matmul_tanh(%{{.+}}) {offsets = array<i64: -1>}
// BUFFERIZED-NOT: tactus.tanh
// LLVM-NOT: tactus.dispatch
// LLVM: llvm.func @_tactus_matmul_tanh
// NOWHERE: expected a level of graph, specialized, fused, laid-out, outlined, tiled, bufferized, llvm, but got 'nowhere'
// BACKWARD: expected 'to' (fused) to come after 'from' (tiled)
// TARGET: expected a processor of x86-64-v2, x86-64-v3, x86-64-v4, or a .json file, but got 'z80'
func.func @main(%x: tensor<?x16xf32> {tactus.name = "x", tactus.dims = ["batch", ""]}) -> (tensor<?x8xf32> {tactus.name = "y"}) {
  %w = tactus.parameter @w : tensor<16x8xf32>
  %0 = tactus.matmul %x, %w : (tensor<?x16xf32>, tensor<16x8xf32>) -> tensor<?x8xf32>
  %1 = tactus.tanh %0 : tensor<?x8xf32>
  return %1 : tensor<?x8xf32>
}
