// RUN: tactus-opt %s | tactus-opt | FileCheck %s

// CHECK-LABEL: func @matmul
// CHECK:         tactus.matmul %{{.+}}, %{{.+}} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
func.func @matmul(%x: tensor<4x16xf32>, %w: tensor<16x8xf32>) -> tensor<4x8xf32> {
  %y = tactus.matmul %x, %w : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// CHECK-LABEL: func @matmul_broadcasts_leading_dims
// CHECK:         -> tensor<5x3x4x8xf32>
func.func @matmul_broadcasts_leading_dims(%x: tensor<5x1x4x16xf32>, %w: tensor<3x16x8xf32>) -> tensor<5x3x4x8xf32> {
  %y = tactus.matmul %x, %w : (tensor<5x1x4x16xf32>, tensor<3x16x8xf32>) -> tensor<5x3x4x8xf32>
  return %y : tensor<5x3x4x8xf32>
}

// CHECK-LABEL: func @matmul_of_bytes_gives_i32
// CHECK:         (tensor<4x16xi8>, tensor<16x8xui8>) -> tensor<4x8xi32>
func.func @matmul_of_bytes_gives_i32(%x: tensor<4x16xi8>, %w: tensor<16x8xui8>) -> tensor<4x8xi32> {
  %y = tactus.matmul %x, %w : (tensor<4x16xi8>, tensor<16x8xui8>) -> tensor<4x8xi32>
  return %y : tensor<4x8xi32>
}

// CHECK-LABEL: func @matmul_of_halves_gives_f32_where_asked
// CHECK:         {element_type = f32} : (tensor<?x16xf16>, tensor<16x8xf16>) -> tensor<?x8xf32>
func.func @matmul_of_halves_gives_f32_where_asked(%x: tensor<?x16xf16>, %w: tensor<16x8xf16>) -> tensor<?x8xf32> {
  %y = tactus.matmul %x, %w {element_type = f32} : (tensor<?x16xf16>, tensor<16x8xf16>) -> tensor<?x8xf32>
  return %y : tensor<?x8xf32>
}

// CHECK-LABEL: func @matmul_from_a_start_in_blocks
// CHECK:         tactus.matmul %{{.+}}, %{{.+}} init %{{.+}} {block = 8 : i64, element_type = f32} : (tensor<?x16xbf16>, tensor<16x8xbf16>, tensor<8xf32>) -> tensor<?x8xf32>
func.func @matmul_from_a_start_in_blocks(%x: tensor<?x16xbf16>, %w: tensor<16x8xbf16>, %b: tensor<8xf32>) -> tensor<?x8xf32> {
  %y = tactus.matmul %x, %w init %b {block = 8 : i64, element_type = f32} : (tensor<?x16xbf16>, tensor<16x8xbf16>, tensor<8xf32>) -> tensor<?x8xf32>
  return %y : tensor<?x8xf32>
}

// A dimension that is not known may turn out to fit.
// CHECK-LABEL: func @matmul_from_a_start_of_unknown_size
// CHECK:         init %{{.+}} : (tensor<?x16xi8>, tensor<16x8xi8>, tensor<4x?xi32>) -> tensor<?x8xi32>
func.func @matmul_from_a_start_of_unknown_size(%x: tensor<?x16xi8>, %w: tensor<16x8xi8>, %b: tensor<4x?xi32>) -> tensor<?x8xi32> {
  %y = tactus.matmul %x, %w init %b : (tensor<?x16xi8>, tensor<16x8xi8>, tensor<4x?xi32>) -> tensor<?x8xi32>
  return %y : tensor<?x8xi32>
}
