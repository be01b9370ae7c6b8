// RUN: tactus-opt %s | tactus-opt | FileCheck %s

// CHECK-LABEL: func @add
// CHECK:         tactus.add %{{.+}}, %{{.+}} : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
func.func @add(%a: tensor<4x8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %r = tactus.add %a, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @add_of_vectors
// CHECK:         tactus.add %{{.+}}, %{{.+}} : (vector<16xbf16>, vector<16xbf16>) -> vector<16xbf16>
func.func @add_of_vectors(%a: vector<16xbf16>, %b: vector<16xbf16>) -> vector<16xbf16> {
  %r = tactus.add %a, %b : (vector<16xbf16>, vector<16xbf16>) -> vector<16xbf16>
  return %r : vector<16xbf16>
}
