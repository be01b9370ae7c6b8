// RUN: tactus-opt %s --tactus-isolate-kernels | FileCheck %s

// CHECK-NOT: @main
// CHECK: func.func @k
// CHECK-NOT: @prepare
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
func.func @k(%x: memref<4xf32>, %y: memref<4xf32>, %scratch: memref<1xi8>,
             %begin: index, %end: index, %status: memref<2xi64>)
    attributes {tactus.extent = 4 : i64, tactus.scratch = 1 : i64} {
  return
}
func.func @prepare() {
  return
}
