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

// CHECK-LABEL: func @sub
// CHECK:         tactus.sub %{{.+}}, %{{.+}} : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
func.func @sub(%a: tensor<4x8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %r = tactus.sub %a, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @mul
// CHECK:         tactus.mul %{{.+}}, %{{.+}} : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
func.func @mul(%a: tensor<4x8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %r = tactus.mul %a, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @div
// CHECK:         tactus.div %{{.+}}, %{{.+}} : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
func.func @div(%a: tensor<4x8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %r = tactus.div %a, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @maximum
// CHECK:         tactus.maximum %{{.+}}, %{{.+}} : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
func.func @maximum(%a: tensor<4x8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %r = tactus.maximum %a, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @minimum
// CHECK:         tactus.minimum %{{.+}}, %{{.+}} : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
func.func @minimum(%a: tensor<4x8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %r = tactus.minimum %a, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @neg
// CHECK:         tactus.neg %{{.+}} : tensor<4x8xf32>
func.func @neg(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.neg %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @exp
// CHECK:         tactus.exp %{{.+}} : tensor<4x8xf32>
func.func @exp(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.exp %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @log
// CHECK:         tactus.log %{{.+}} : tensor<4x8xf32>
func.func @log(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.log %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @sqrt
// CHECK:         tactus.sqrt %{{.+}} : tensor<4x8xf32>
func.func @sqrt(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.sqrt %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @cast
// CHECK:         tactus.cast %{{.+}} {to = i32} : (tensor<4x8xf32>) -> tensor<4x8xi32>
func.func @cast(%x: tensor<4x8xf32>) -> tensor<4x8xi32> {
  %r = tactus.cast %x {to = i32} : (tensor<4x8xf32>) -> tensor<4x8xi32>
  return %r : tensor<4x8xi32>
}

// CHECK-LABEL: func @abs
// CHECK:         tactus.abs %{{.+}} : tensor<4x8xf32>
func.func @abs(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.abs %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @sign
// CHECK:         tactus.sign %{{.+}} : tensor<4x8xf32>
func.func @sign(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.sign %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @floor
// CHECK:         tactus.floor %{{.+}} : tensor<4x8xf32>
func.func @floor(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.floor %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @ceil
// CHECK:         tactus.ceil %{{.+}} : tensor<4x8xf32>
func.func @ceil(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.ceil %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @round
// CHECK:         tactus.round %{{.+}} : tensor<4x8xf32>
func.func @round(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.round %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @trunc
// CHECK:         tactus.trunc %{{.+}} : tensor<4x8xf32>
func.func @trunc(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = tactus.trunc %x : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @mod
// CHECK:         tactus.mod %{{.+}}, %{{.+}} {fmod = true} : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
func.func @mod(%a: tensor<4x8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %r = tactus.mod %a, %b {fmod = true} : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @clamp
// CHECK:         tactus.clamp %{{.+}}, %{{.+}}, %{{.+}} : (tensor<4x8xf32>, tensor<f32>, tensor<8xf32>) -> tensor<4x8xf32>
func.func @clamp(%x: tensor<4x8xf32>, %low: tensor<f32>, %high: tensor<8xf32>) -> tensor<4x8xf32> {
  %r = tactus.clamp %x, %low, %high : (tensor<4x8xf32>, tensor<f32>, tensor<8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}
