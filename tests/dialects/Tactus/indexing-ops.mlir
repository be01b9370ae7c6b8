// RUN: tactus-opt %s | tactus-opt | FileCheck %s

// CHECK-LABEL: func @gather(
// CHECK:         tactus.gather %{{.+}}, %{{.+}} : (tensor<4x8xf32>, tensor<2x3xi64>) -> tensor<2x3x8xf32>
func.func @gather(%x: tensor<4x8xf32>, %i: tensor<2x3xi64>) -> tensor<2x3x8xf32> {
  %r = tactus.gather %x, %i : (tensor<4x8xf32>, tensor<2x3xi64>) -> tensor<2x3x8xf32>
  return %r : tensor<2x3x8xf32>
}

// CHECK-LABEL: func @gather_elements(
// CHECK:         tactus.gather_elements %{{.+}}, %{{.+}} {axis = 1 : i64} : (tensor<4x8xf32>, tensor<4x3xi64>) -> tensor<4x3xf32>
func.func @gather_elements(%x: tensor<4x8xf32>, %i: tensor<4x3xi64>) -> tensor<4x3xf32> {
  %r = tactus.gather_elements %x, %i {axis = 1 : i64} : (tensor<4x8xf32>, tensor<4x3xi64>) -> tensor<4x3xf32>
  return %r : tensor<4x3xf32>
}

// CHECK-LABEL: func @gather_nd(
// CHECK:         tactus.gather_nd %{{.+}}, %{{.+}} : (tensor<4x8xf32>, tensor<3x2xi64>) -> tensor<3xf32>
func.func @gather_nd(%x: tensor<4x8xf32>, %i: tensor<3x2xi64>) -> tensor<3xf32> {
  %r = tactus.gather_nd %x, %i : (tensor<4x8xf32>, tensor<3x2xi64>) -> tensor<3xf32>
  return %r : tensor<3xf32>
}

// CHECK-LABEL: func @scatter_elements(
// CHECK:         tactus.scatter_elements %{{.+}}, %{{.+}}, %{{.+}} {axis = 1 : i64, reduction = #tactus.scatter_reduction<add>} : (tensor<4x8xf32>, tensor<4x3xi64>, tensor<4x3xf32>) -> tensor<4x8xf32>
func.func @scatter_elements(%x: tensor<4x8xf32>, %i: tensor<4x3xi64>, %u: tensor<4x3xf32>) -> tensor<4x8xf32> {
  %r = tactus.scatter_elements %x, %i, %u {axis = 1 : i64, reduction = #tactus.scatter_reduction<add>} : (tensor<4x8xf32>, tensor<4x3xi64>, tensor<4x3xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @scatter_nd(
// CHECK:         tactus.scatter_nd %{{.+}}, %{{.+}}, %{{.+}} : (tensor<4x8xf32>, tensor<3x1xi64>, tensor<3x8xf32>) -> tensor<4x8xf32>
func.func @scatter_nd(%x: tensor<4x8xf32>, %i: tensor<3x1xi64>, %u: tensor<3x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.scatter_nd %x, %i, %u : (tensor<4x8xf32>, tensor<3x1xi64>, tensor<3x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// Sizes that are not known stay so, or come from what must equal them.
// CHECK-LABEL: func @sizes_not_known
func.func @sizes_not_known(%x: tensor<?x8xf32>, %i: tensor<?x2xi64>, %u: tensor<5xf32>) -> tensor<?x8xf32> {
  // CHECK: tactus.gather {{.+}} -> tensor<?x2x8xf32>
  %0 = tactus.gather %x, %i : (tensor<?x8xf32>, tensor<?x2xi64>) -> tensor<?x2x8xf32>
  // CHECK: tactus.gather_elements {{.+}} -> tensor<?x2xf32>
  %1 = tactus.gather_elements %x, %i {axis = 1 : i64} : (tensor<?x8xf32>, tensor<?x2xi64>) -> tensor<?x2xf32>
  // CHECK: tactus.gather_nd {{.+}} -> tensor<?xf32>
  %2 = tactus.gather_nd %x, %i : (tensor<?x8xf32>, tensor<?x2xi64>) -> tensor<?xf32>
  // CHECK: tactus.scatter_nd {{.+}} -> tensor<?x8xf32>
  %3 = tactus.scatter_nd %x, %i, %u : (tensor<?x8xf32>, tensor<?x2xi64>, tensor<5xf32>) -> tensor<?x8xf32>
  // CHECK: tactus.scatter_elements {{.+}} -> tensor<?x8xf32>
  %4 = tactus.scatter_elements %3, %i, %1 : (tensor<?x8xf32>, tensor<?x2xi64>, tensor<?x2xf32>) -> tensor<?x8xf32>
  return %4 : tensor<?x8xf32>
}
