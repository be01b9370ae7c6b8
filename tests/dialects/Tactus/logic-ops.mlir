// RUN: tactus-opt %s | tactus-opt | FileCheck %s

// CHECK-LABEL: func @compare
// CHECK:         tactus.compare %{{.+}}, %{{.+}} {predicate = #tactus.predicate<less>} : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xi1>
func.func @compare(%a: tensor<4x8xf32>, %b: tensor<8xf32>) -> tensor<4x8xi1> {
  %r = tactus.compare %a, %b {predicate = #tactus.predicate<less>} : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xi1>
  return %r : tensor<4x8xi1>
}

// CHECK-LABEL: func @compare_of_vectors
// CHECK:         tactus.compare %{{.+}}, %{{.+}} {predicate = #tactus.predicate<not_equal>} : (vector<16xf16>, vector<16xf16>) -> vector<16xi1>
func.func @compare_of_vectors(%a: vector<16xf16>, %b: vector<16xf16>) -> vector<16xi1> {
  %r = tactus.compare %a, %b {predicate = #tactus.predicate<not_equal>} : (vector<16xf16>, vector<16xf16>) -> vector<16xi1>
  return %r : vector<16xi1>
}

// CHECK-LABEL: func @select
// CHECK:         tactus.select %{{.+}}, %{{.+}}, %{{.+}} : (tensor<4x8xi1>, tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
func.func @select(%c: tensor<4x8xi1>, %a: tensor<4x8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %r = tactus.select %c, %a, %b : (tensor<4x8xi1>, tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @select_keeps_unknown_sizes
// CHECK:         tactus.select %{{.+}}, %{{.+}}, %{{.+}} : (tensor<?xi1>, tensor<4x1xi8>, tensor<i8>) -> tensor<4x?xi8>
func.func @select_keeps_unknown_sizes(%c: tensor<?xi1>, %a: tensor<4x1xi8>, %b: tensor<i8>) -> tensor<4x?xi8> {
  %r = tactus.select %c, %a, %b : (tensor<?xi1>, tensor<4x1xi8>, tensor<i8>) -> tensor<4x?xi8>
  return %r : tensor<4x?xi8>
}

// CHECK-LABEL: func @is_nan
// CHECK:         tactus.is_nan %{{.+}} : (tensor<4x8xf32>) -> tensor<4x8xi1>
func.func @is_nan(%x: tensor<4x8xf32>) -> tensor<4x8xi1> {
  %r = tactus.is_nan %x : (tensor<4x8xf32>) -> tensor<4x8xi1>
  return %r : tensor<4x8xi1>
}

// CHECK-LABEL: func @is_inf
// CHECK:         tactus.is_inf %{{.+}} : (tensor<4x8xf32>) -> tensor<4x8xi1>
func.func @is_inf(%x: tensor<4x8xf32>) -> tensor<4x8xi1> {
  %r = tactus.is_inf %x : (tensor<4x8xf32>) -> tensor<4x8xi1>
  return %r : tensor<4x8xi1>
}

// CHECK-LABEL: func @is_finite
// CHECK:         tactus.is_finite %{{.+}} : (tensor<4x8xf32>) -> tensor<4x8xi1>
func.func @is_finite(%x: tensor<4x8xf32>) -> tensor<4x8xi1> {
  %r = tactus.is_finite %x : (tensor<4x8xf32>) -> tensor<4x8xi1>
  return %r : tensor<4x8xi1>
}

// CHECK-LABEL: func @logical_and
// CHECK:         tactus.logical_and %{{.+}}, %{{.+}} : (tensor<4x8xi1>, tensor<8xi1>) -> tensor<4x8xi1>
func.func @logical_and(%a: tensor<4x8xi1>, %b: tensor<8xi1>) -> tensor<4x8xi1> {
  %r = tactus.logical_and %a, %b : (tensor<4x8xi1>, tensor<8xi1>) -> tensor<4x8xi1>
  return %r : tensor<4x8xi1>
}

// CHECK-LABEL: func @logical_or
// CHECK:         tactus.logical_or %{{.+}}, %{{.+}} : (tensor<4x8xi1>, tensor<8xi1>) -> tensor<4x8xi1>
func.func @logical_or(%a: tensor<4x8xi1>, %b: tensor<8xi1>) -> tensor<4x8xi1> {
  %r = tactus.logical_or %a, %b : (tensor<4x8xi1>, tensor<8xi1>) -> tensor<4x8xi1>
  return %r : tensor<4x8xi1>
}

// CHECK-LABEL: func @logical_xor
// CHECK:         tactus.logical_xor %{{.+}}, %{{.+}} : (tensor<4x8xi1>, tensor<8xi1>) -> tensor<4x8xi1>
func.func @logical_xor(%a: tensor<4x8xi1>, %b: tensor<8xi1>) -> tensor<4x8xi1> {
  %r = tactus.logical_xor %a, %b : (tensor<4x8xi1>, tensor<8xi1>) -> tensor<4x8xi1>
  return %r : tensor<4x8xi1>
}

// CHECK-LABEL: func @bitwise_and
// CHECK:         tactus.bitwise_and %{{.+}}, %{{.+}} : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
func.func @bitwise_and(%a: tensor<4x8xi32>, %b: tensor<8xi32>) -> tensor<4x8xi32> {
  %r = tactus.bitwise_and %a, %b : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
  return %r : tensor<4x8xi32>
}

// CHECK-LABEL: func @bitwise_or
// CHECK:         tactus.bitwise_or %{{.+}}, %{{.+}} : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
func.func @bitwise_or(%a: tensor<4x8xi32>, %b: tensor<8xi32>) -> tensor<4x8xi32> {
  %r = tactus.bitwise_or %a, %b : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
  return %r : tensor<4x8xi32>
}

// CHECK-LABEL: func @bitwise_xor
// CHECK:         tactus.bitwise_xor %{{.+}}, %{{.+}} : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
func.func @bitwise_xor(%a: tensor<4x8xi32>, %b: tensor<8xi32>) -> tensor<4x8xi32> {
  %r = tactus.bitwise_xor %a, %b : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
  return %r : tensor<4x8xi32>
}

// CHECK-LABEL: func @shift_left
// CHECK:         tactus.shift_left %{{.+}}, %{{.+}} : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
func.func @shift_left(%a: tensor<4x8xi32>, %b: tensor<8xi32>) -> tensor<4x8xi32> {
  %r = tactus.shift_left %a, %b : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
  return %r : tensor<4x8xi32>
}

// CHECK-LABEL: func @shift_right
// CHECK:         tactus.shift_right %{{.+}}, %{{.+}} : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
func.func @shift_right(%a: tensor<4x8xi32>, %b: tensor<8xi32>) -> tensor<4x8xi32> {
  %r = tactus.shift_right %a, %b : (tensor<4x8xi32>, tensor<8xi32>) -> tensor<4x8xi32>
  return %r : tensor<4x8xi32>
}

// CHECK-LABEL: func @logical_not
// CHECK:         tactus.logical_not %{{.+}} : tensor<4x8xi1>
func.func @logical_not(%x: tensor<4x8xi1>) -> tensor<4x8xi1> {
  %r = tactus.logical_not %x : tensor<4x8xi1>
  return %r : tensor<4x8xi1>
}

// CHECK-LABEL: func @bitwise_not
// CHECK:         tactus.bitwise_not %{{.+}} : tensor<4x8xi32>
func.func @bitwise_not(%x: tensor<4x8xi32>) -> tensor<4x8xi32> {
  %r = tactus.bitwise_not %x : tensor<4x8xi32>
  return %r : tensor<4x8xi32>
}
