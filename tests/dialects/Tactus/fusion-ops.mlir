// RUN: tactus-opt %s | tactus-opt | FileCheck %s

// CHECK-LABEL: func @fused
// CHECK:         tactus.fused (%[[A:.+]] = %{{.+}}, %[[B:.+]] = %{{.+}}) : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32> {
// CHECK:           tactus.matmul %[[A]], %[[B]]
// CHECK:           tactus.yield
func.func @fused(%x: tensor<4x16xf32>, %w: tensor<16x8xf32>) -> tensor<4x8xf32> {
  %y = tactus.fused (%a = %x, %b = %w) : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32> {
    %0 = tactus.matmul %a, %b : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    %1 = tactus.relu %0 : tensor<4x8xf32>
    tactus.yield %1 : tensor<4x8xf32>
  }
  return %y : tensor<4x8xf32>
}

// CHECK-LABEL: func @dispatch
// CHECK:         tactus.dispatch @k(%{{.+}}) : (tensor<4x8xf32>) -> tensor<4x8xf32>
func.func @dispatch(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %y = tactus.dispatch @k(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// CHECK-LABEL: tactus.kernel @k(%{{.+}}: tensor<4x8xf32>) -> tensor<4x8xf32> {
tactus.kernel @k(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.relu %x : tensor<4x8xf32>
  tactus.yield %0 : tensor<4x8xf32>
}

// CHECK-LABEL: func @fused_of_one_op
// CHECK:         tactus.yield %{{.+}} : tensor<4x8xf32>
func.func @fused_of_one_op(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %y = tactus.fused (%a = %x) : (tensor<4x8xf32>) -> tensor<4x8xf32> {
    %r = tactus.relu %a : tensor<4x8xf32>
    tactus.yield %r : tensor<4x8xf32>
  }
  return %y : tensor<4x8xf32>
}

// CHECK-LABEL: func @pack
// CHECK:         tactus.pack %{{.+}} {tile = 48 : i64} : (tensor<784x512xf32>) -> tensor<11x784x48xf32>
// CHECK:         tactus.pack %{{.+}} {depth = 4 : i64, tile = 64 : i64} : (tensor<784x512xi8>) -> tensor<8x196x256xi8>
func.func @pack(%w: tensor<784x512xf32>, %b: tensor<784x512xi8>) -> (tensor<11x784x48xf32>, tensor<8x196x256xi8>) {
  %p = tactus.pack %w {tile = 48 : i64} : (tensor<784x512xf32>) -> tensor<11x784x48xf32>
  %q = tactus.pack %b {depth = 4 : i64, tile = 64 : i64} : (tensor<784x512xi8>) -> tensor<8x196x256xi8>
  return %p, %q : tensor<11x784x48xf32>, tensor<8x196x256xi8>
}

// CHECK-LABEL: func @unpack
// CHECK:         tactus.unpack %{{.+}} {columns = 512 : i64} : (tensor<11x784x48xf32>) -> tensor<784x512xf32>
// CHECK:         tactus.unpack %{{.+}} {columns = 512 : i64, depth = 4 : i64, rows = 783 : i64} : (tensor<8x196x256xi8>) -> tensor<783x512xi8>
func.func @unpack(%p: tensor<11x784x48xf32>, %q: tensor<8x196x256xi8>) -> (tensor<784x512xf32>, tensor<783x512xi8>) {
  %w = tactus.unpack %p {columns = 512 : i64} : (tensor<11x784x48xf32>) -> tensor<784x512xf32>
  %b = tactus.unpack %q {columns = 512 : i64, depth = 4 : i64, rows = 783 : i64} : (tensor<8x196x256xi8>) -> tensor<783x512xi8>
  return %w, %b : tensor<784x512xf32>, tensor<783x512xi8>
}
