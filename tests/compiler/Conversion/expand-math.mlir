// RUN: tactus-opt %s -tactus-expand-math | FileCheck %s
// RUN: tactus-opt %s -tactus-expand-math=avx512=true | FileCheck %s --check-prefix=AVX512

// CHECK-LABEL: func @leaky_relu
// CHECK-SAME:    (%[[X:.+]]: vector<16xf32>)
// CHECK-DAG:     %[[SLOPE:.+]] = arith.constant dense<1.000000e-01> : vector<16xf32>
// CHECK-DAG:     %[[ZERO:.+]] = arith.constant dense<0.000000e+00> : vector<16xf32>
// CHECK:         %[[NEGATIVE:.+]] = arith.cmpf olt, %[[X]], %[[ZERO]]
// CHECK:         %[[SCALED:.+]] = arith.mulf %[[SLOPE]], %[[X]]
// CHECK:         %[[Y:.+]] = arith.select %[[NEGATIVE]], %[[SCALED]], %[[X]]
// CHECK:         return %[[Y]]
func.func @leaky_relu(%x: vector<16xf32>) -> vector<16xf32> {
  %y = tactus.leaky_relu %x {alpha = 1.000000e-01 : f64} : vector<16xf32>
  return %y : vector<16xf32>
}

// No call and no op of a math library is left.
// CHECK-LABEL: func @exponential_of_a_scalar
// CHECK-NOT:     math.exp
// CHECK-NOT:     tactus.
// CHECK:         arith.shli
// CHECK:         return
func.func @exponential_of_a_scalar(%x: f64) -> f64 {
  %y = tactus.exp %x : f64
  return %y : f64
}

// f16 is computed in f32 and rounded once.
// CHECK-LABEL: func @narrow_floats
// CHECK:         %[[A:.+]] = arith.extf %{{.+}} : vector<16xf16> to vector<16xf32>
// CHECK:         %[[B:.+]] = arith.extf %{{.+}} : vector<16xf16> to vector<16xf32>
// CHECK:         %[[C:.+]] = arith.mulf %[[A]], %[[B]] : vector<16xf32>
// CHECK:         arith.truncf %[[C]] : vector<16xf32> to vector<16xf16>
func.func @narrow_floats(%x: vector<16xf16>, %y: vector<16xf16>) -> vector<16xf16> {
  %z = tactus.mul %x, %y : (vector<16xf16>, vector<16xf16>) -> vector<16xf16>
  return %z : vector<16xf16>
}

// ui8 loses its sign and keeps its meaning, through loads, loops and stores.
// CHECK-LABEL: func @unsigned_bytes
// CHECK-NOT:     ui8
// CHECK:         %[[LOADED:.+]] = vector.load %{{.+}} : memref<16xi8>, vector<16xi8>
// CHECK:         arith.maxui %[[LOADED]], %{{.+}} : vector<16xi8>
// CHECK-NOT:     unrealized_conversion_cast
// CHECK:         return
func.func @unsigned_bytes(%m: memref<16xi8>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %loaded = vector.load %m[%c0] : memref<16xi8>, vector<16xi8>
  %v = builtin.unrealized_conversion_cast %loaded : vector<16xi8> to vector<16xui8>
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %v) -> vector<16xui8> {
    %b = tactus.maximum %v, %a : (vector<16xui8>, vector<16xui8>) -> vector<16xui8>
    scf.yield %b : vector<16xui8>
  }
  %s = builtin.unrealized_conversion_cast %r : vector<16xui8> to vector<16xi8>
  vector.store %s, %m[%c0] : memref<16xi8>, vector<16xi8>
  return
}

// Dividing neither traps nor leaves a result open.
// CHECK-LABEL: func @integer_division
// CHECK-SAME:    (%[[A:.+]]: i32, %[[B:.+]]: i32)
// CHECK-DAG:     %[[ONE:.+]] = arith.constant 1 : i32
// CHECK-DAG:     %[[IS_ZERO:.+]] = arith.cmpi eq, %[[B]], %{{.+}}
// CHECK-DAG:     %[[IS_MINUS_ONE:.+]] = arith.cmpi eq, %[[B]], %{{.+}}
// CHECK:         %[[UNSAFE:.+]] = arith.ori
// CHECK:         %[[SAFE:.+]] = arith.select %[[UNSAFE]], %[[ONE]], %[[B]]
// CHECK:         arith.divsi %[[A]], %[[SAFE]]
func.func @integer_division(%a: i32, %b: i32) -> i32 {
  %c = tactus.div %a, %b : (i32, i32) -> i32
  return %c : i32
}

// CHECK-LABEL: func @requantize
// CHECK:         arith.sitofp
// CHECK:         arith.mulf
// CHECK:         math.roundeven
// CHECK:         arith.fptosi
// CHECK:         arith.addi
// CHECK:         arith.trunci %{{.+}} : vector<16xi32> to vector<16xi8>
func.func @requantize(%x: vector<16xi32>, %s: vector<16xf32>, %z: vector<16xi32>) -> vector<16xi8> {
  %y = tactus.requantize %x, %s, %z {to = i8} : (vector<16xi32>, vector<16xf32>, vector<16xi32>) -> vector<16xi8>
  return %y : vector<16xi8>
}

// CHECK-LABEL: func @tensors_are_left_alone
// CHECK:         tactus.exp
func.func @tensors_are_left_alone(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = tactus.exp %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// On vectors of 512 bits, coefficients are looked up in tables; what the table
// does not reach is computed only where some lane needs it.
// AVX512-LABEL: func @gelu_in_pieces
// AVX512-SAME:    (%[[X:.+]]: vector<16xf32>)
// AVX512-NOT:     arith.divf
// AVX512-COUNT-7: llvm.x86.avx512.vpermi2var.ps.512
// AVX512:         %[[FAR:.+]] = arith.cmpf uge
// AVX512:         %[[ANY:.+]] = vector.reduction <or>, %[[FAR]]
// AVX512:         scf.if %[[ANY]] -> (vector<16xf32>) {
// AVX512:           arith.divf
// AVX512:         } else {
// AVX512-NOT:       arith
// AVX512:         return
func.func @gelu_in_pieces(%x: vector<16xf32>) -> vector<16xf32> {
  %y = tactus.gelu %x : vector<16xf32>
  return %y : vector<16xf32>
}

// A number alone takes the same way, so that it has the same bits.
// AVX512-LABEL: func @tanh_of_a_scalar
// AVX512:         vector.broadcast %{{.+}} : f32 to vector<16xf32>
// AVX512-COUNT-8: llvm.x86.avx512.vpermi2var.ps.512
// AVX512:         vector.extract %{{.+}}[0] : f32 from vector<16xf32>
func.func @tanh_of_a_scalar(%x: f32) -> f32 {
  %y = tactus.tanh %x : f32
  return %y : f32
}

// And so do vectors of any other length.
// AVX512-LABEL: func @exp_of_twenty
// AVX512-COUNT-2: llvm.x86.avx512.permvar.sf.512
// AVX512:         vector.insert_strided_slice %{{.+}} {offsets = [16], strides = [1]} : vector<4xf32> into vector<20xf32>
func.func @exp_of_twenty(%x: vector<20xf32>) -> vector<20xf32> {
  %y = tactus.exp %x : vector<20xf32>
  return %y : vector<20xf32>
}

// Negative: f64 has no tables.
// AVX512-LABEL: func @tanh_of_f64
// AVX512-NOT:     vperm
// AVX512:         return
func.func @tanh_of_f64(%x: vector<16xf64>) -> vector<16xf64> {
  %y = tactus.tanh %x : vector<16xf64>
  return %y : vector<16xf64>
}
