// RUN: split-file %s %t && cd %t
// RUN: tactus-opt bytes.mlir -pass-pipeline='builtin.module(func.func(tactus-legalize-for-target,cse))' | FileCheck bytes.mlir
// RUN: tactus-opt bf16.mlir -pass-pipeline='builtin.module(func.func(tactus-legalize-for-target,cse))' | FileCheck bf16.mlir
// RUN: tactus-opt both.mlir -pass-pipeline='builtin.module(func.func(tactus-legalize-for-target))' | FileCheck both.mlir

// Without a machine nothing is rounded.
// RUN: tactus-opt none.mlir -pass-pipeline='builtin.module(func.func(tactus-legalize-for-target))' | FileCheck none.mlir --check-prefix=NONE
// RUN: tactus-opt none.mlir -pass-pipeline='builtin.module(systolic-name-machine{machine=tpu-v2},func.func(tactus-legalize-for-target))' | FileCheck none.mlir --check-prefix=NAMED
// RUN: tactus-opt none.mlir -tactus-to-systolic='target=tpu-v2 to=specialized' | FileCheck none.mlir --check-prefix=NAMED
// RUN: tactus-opt both.mlir -pass-pipeline='builtin.module(systolic-name-machine{machine=cpu},func.func(tactus-legalize-for-target))' | FileCheck none.mlir --check-prefix=NONE
// RUN: tactus-opt both.mlir -tactus-to-cpu='to=specialized' | FileCheck none.mlir --check-prefix=NONE

// What is legalized stays as it is.
// RUN: tactus-opt bytes.mlir -pass-pipeline='builtin.module(func.func(tactus-legalize-for-target,cse))' -o bytes.once
// RUN: tactus-opt bytes.once -pass-pipeline='builtin.module(func.func(tactus-legalize-for-target,cse))' | diff bytes.once -
// RUN: tactus-opt bf16.mlir -pass-pipeline='builtin.module(func.func(tactus-legalize-for-target,cse))' -o bf16.once
// RUN: tactus-opt bf16.once -pass-pipeline='builtin.module(func.func(tactus-legalize-for-target,cse))' | diff bf16.once -

//--- bytes.mlir
module attributes {systolic.machine = "edge"} {
  // A range of 254 makes steps of 2, so the input is halved; columns of weights are
  // measured, and their steps are large enough for the bias.
  // CHECK-LABEL: func @bias_and_relu
  // CHECK-SAME:    %[[X:[a-z0-9]+]]: tensor<4x16xf32>
  // CHECK-DAG:     %[[W:.+]] = tactus.parameter @w
  // CHECK-DAG:     %[[B:.+]] = tactus.parameter @b
  // CHECK-DAG:     %[[ONE:.+]] = tactus.constant dense<1.000000e+00>
  // CHECK-DAG:     %[[TWO:.+]] = tactus.constant dense<2.000000e+00>
  // CHECK-DAG:     %[[HALF:.+]] = tactus.constant dense<5.000000e-01>
  // CHECK-DAG:     %[[MOST:.+]] = tactus.constant dense<1.270000e+02>
  // CHECK-DAG:     %[[LEAST:.+]] = tactus.constant dense<8.67361737E-19>
  // CHECK-DAG:     %[[SHARE:.+]] = tactus.constant dense<4.65661287E-10>
  // CHECK-DAG:     %[[U:.+]] = tactus.mul %[[X]], %[[HALF]]
  // CHECK-DAG:     %[[Q:.+]] = tactus.quantize %[[U]], %[[ONE]] {to = i8} : (tensor<4x16xf32>, tensor<f32>) -> tensor<4x16xi8>
  // CHECK-DAG:     %[[D:.+]] = tactus.div %{{.+}}, %[[MOST]] : (tensor<8xf32>, tensor<f32>)
  // CHECK-DAG:     %[[L:.+]] = tactus.maximum %[[D]], %[[LEAST]]
  // CHECK-DAG:     %[[H:.+]] = tactus.mul %{{.+}}, %[[SHARE]] : (tensor<8xf32>, tensor<f32>)
  // CHECK-DAG:     %[[T:.+]] = tactus.maximum %[[L]], %[[H]]
  // CHECK-DAG:     %[[V:.+]] = tactus.quantize %[[W]], %[[T]] {to = i8} : (tensor<16x8xf32>, tensor<8xf32>) -> tensor<16x8xi8>
  // CHECK-DAG:     %[[S:.+]] = tactus.mul %[[T]], %[[TWO]]
  // CHECK-DAG:     %[[E:.+]] = tactus.div %[[B]], %[[S]]
  // CHECK-DAG:     %[[R:.+]] = tactus.round %[[E]]
  // CHECK-DAG:     %[[C:.+]] = tactus.cast %[[R]] {to = i32} : (tensor<8xf32>) -> tensor<8xi32>
  // CHECK:         %[[P:.+]] = tactus.matmul %[[Q]], %[[V]] init %[[C]] {element_type = i32}
  // CHECK:         %[[F:.+]] = tactus.dequantize %[[P]], %[[S]] : (tensor<4x8xi32>, tensor<8xf32>) -> tensor<4x8xf32>
  // CHECK:         %[[Y:.+]] = tactus.relu %[[F]]
  // CHECK:         return %[[Y]]
  func.func @bias_and_relu(%x: tensor<4x16xf32>) -> tensor<4x8xf32> {
    %w = tactus.parameter @w : tensor<16x8xf32>
    %b = tactus.parameter @b : tensor<8xf32>
    %0 = tactus.matmul %x, %w {tactus.ranges = array<f32: 254.0, 0.0>} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    %1 = tactus.add %0, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    %2 = tactus.relu %1 : tensor<4x8xf32>
    return %2 : tensor<4x8xf32>
  }

  // Two measured operands have one step each, and the sums one: 2 * 4.
  // CHECK-LABEL: func @measured_operands
  // CHECK-SAME:    %[[X:[a-z0-9]+]]: tensor<3x4x16xf32>, %[[Z:[a-z0-9]+]]: tensor<3x16x8xf32>
  // CHECK-DAG:     %[[EIGHT:.+]] = tactus.constant dense<8.000000e+00>
  // CHECK-DAG:     %[[HALF:.+]] = tactus.constant dense<5.000000e-01>
  // CHECK-DAG:     %[[QUARTER:.+]] = tactus.constant dense<2.500000e-01>
  // CHECK-DAG:     %[[A:.+]] = tactus.mul %[[X]], %[[HALF]]
  // CHECK-DAG:     %[[B:.+]] = tactus.mul %[[Z]], %[[QUARTER]]
  // CHECK-DAG:     %[[C:.+]] = tactus.quantize %[[A]]
  // CHECK-DAG:     %[[D:.+]] = tactus.quantize %[[B]]
  // CHECK:         %[[P:.+]] = tactus.matmul %[[C]], %[[D]] {element_type = i32}
  // CHECK:         tactus.dequantize %[[P]], %[[EIGHT]]
  func.func @measured_operands(%x: tensor<3x4x16xf32>, %z: tensor<3x16x8xf32>) -> tensor<3x4x8xf32> {
    %0 = tactus.matmul %x, %z {tactus.ranges = array<f32: 254.0, 508.0>} : (tensor<3x4x16xf32>, tensor<3x16x8xf32>) -> tensor<3x4x8xf32>
    return %0 : tensor<3x4x8xf32>
  }

  // A left operand that is known at load has one step, and a bias stays in f32.
  // CHECK-LABEL: func @left_parameter
  // CHECK:         %[[W:.+]] = tactus.parameter @w
  // CHECK:         tactus.quantize %[[W]], %{{.+}} {to = i8} : (tensor<4x16xf32>, tensor<f32>) -> tensor<4x16xi8>
  // CHECK:         tactus.dequantize %{{.+}} : (tensor<4x8xi32>, tensor<f32>) -> tensor<4x8xf32>
  // CHECK:         tactus.add %{{.+}} : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  func.func @left_parameter(%z: tensor<16x8xf32>) -> tensor<4x8xf32> {
    %w = tactus.parameter @w : tensor<4x16xf32>
    %b = tactus.parameter @b : tensor<8xf32>
    %0 = tactus.matmul %w, %z {tactus.ranges = array<f32: 0.0, 1.0>} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    %1 = tactus.add %0, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    return %1 : tensor<4x8xf32>
  }

  // Matrices of weights share the step of a column, as the machine has one vector.
  // CHECK-LABEL: func @batched_parameter
  // CHECK:         tactus.quantize %{{.+}} {to = i8} : (tensor<3x16x8xf32>, tensor<8xf32>) -> tensor<3x16x8xi8>
  // CHECK:         tactus.dequantize %{{.+}} : (tensor<3x4x8xi32>, tensor<8xf32>) -> tensor<3x4x8xf32>
  func.func @batched_parameter(%x: tensor<3x4x16xf32>) -> tensor<3x4x8xf32> {
    %w = tactus.parameter @w : tensor<3x16x8xf32>
    %0 = tactus.matmul %x, %w {tactus.ranges = array<f32: 1.0, 0.0>} : (tensor<3x4x16xf32>, tensor<3x16x8xf32>) -> tensor<3x4x8xf32>
    return %0 : tensor<3x4x8xf32>
  }

  // What is only moved on its way to the product is quantized before.
  // CHECK-LABEL: func @quantizes_before_it_moves
  // CHECK-SAME:    %[[X:[a-z0-9]+]]: tensor<16x2x2xf32>
  // CHECK:         %[[U:.+]] = tactus.mul %[[X]]
  // CHECK:         %[[Q:.+]] = tactus.quantize %[[U]]
  // CHECK:         %[[R:.+]] = tactus.reshape %[[Q]] {shape = array<i64: 16, 4>} : (tensor<16x2x2xi8>) -> tensor<16x4xi8>
  // CHECK:         %[[T:.+]] = tactus.transpose %[[R]] {perm = array<i64: 1, 0>} : (tensor<16x4xi8>) -> tensor<4x16xi8>
  // CHECK:         tactus.matmul %[[T]]
  func.func @quantizes_before_it_moves(%x: tensor<16x2x2xf32>) -> tensor<4x8xf32> {
    %w = tactus.parameter @w : tensor<16x8xf32>
    %0 = tactus.reshape %x {shape = array<i64: 16, 4>} : (tensor<16x2x2xf32>) -> tensor<16x4xf32>
    %1 = tactus.transpose %0 {perm = array<i64: 1, 0>} : (tensor<16x4xf32>) -> tensor<4x16xf32>
    %2 = tactus.matmul %1, %w {tactus.ranges = array<f32: 1.0, 0.0>} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    return %2 : tensor<4x8xf32>
  }

  // Negative: the transpose is needed in f32 too.
  // CHECK-LABEL: func @quantizes_a_transpose_with_a_second_user
  // CHECK:         %[[T:.+]] = tactus.transpose %{{.+}} -> tensor<4x16xf32>
  // CHECK:         tactus.mul %[[T]]
  // CHECK-NOT:     tactus.transpose {{.+}}i8>
  func.func @quantizes_a_transpose_with_a_second_user(%x: tensor<16x4xf32>) -> (tensor<4x8xf32>, tensor<4x16xf32>) {
    %w = tactus.parameter @w : tensor<16x8xf32>
    %0 = tactus.transpose %x {perm = array<i64: 1, 0>} : (tensor<16x4xf32>) -> tensor<4x16xf32>
    %1 = tactus.matmul %0, %w {tactus.ranges = array<f32: 1.0, 0.0>} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    return %1, %0 : tensor<4x8xf32>, tensor<4x16xf32>
  }

  // CHECK-LABEL: func @narrow_floats_are_widened
  // CHECK-SAME:    %[[X:[a-z0-9]+]]: tensor<4x16xf16>
  // CHECK:         %[[U:.+]] = tactus.cast %[[X]] {to = f32}
  // CHECK:         tactus.mul %[[U]]
  // CHECK:         %[[Y:.+]] = tactus.dequantize
  // CHECK:         %[[Z:.+]] = tactus.cast %[[Y]] {to = f16}
  // CHECK:         tactus.cast %[[Z]] {to = f32}
  // CHECK:         tactus.add
  func.func @narrow_floats_are_widened(%x: tensor<4x16xf16>) -> tensor<4x8xf16> {
    %w = tactus.parameter @w : tensor<16x8xf16>
    // Negative: the sum is rounded to f16 before the bias is added.
    %b = tactus.parameter @b : tensor<8xf16>
    %0 = tactus.matmul %x, %w {tactus.ranges = array<f32: 1.0, 0.0>} : (tensor<4x16xf16>, tensor<16x8xf16>) -> tensor<4x8xf16>
    %1 = tactus.add %0, %b : (tensor<4x8xf16>, tensor<8xf16>) -> tensor<4x8xf16>
    return %1 : tensor<4x8xf16>
  }

  // CHECK-LABEL: func @bias_of_one_row
  // CHECK:         tactus.reshape %{{.+}} {shape = array<i64: 8>} : (tensor<1x8xf32>) -> tensor<8xf32>
  // CHECK:         tactus.matmul {{.+}} init {{.+}} (tensor<4x16xi8>, tensor<16x8xi8>, tensor<8xi32>) -> tensor<4x8xi32>
  func.func @bias_of_one_row(%x: tensor<4x16xf32>) -> tensor<4x8xf32> {
    %w = tactus.parameter @w : tensor<16x8xf32>
    %b = tactus.parameter @b : tensor<1x8xf32>
    %0 = tactus.matmul %x, %w {tactus.ranges = array<f32: 1.0, 0.0>} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    %1 = tactus.add %b, %0 : (tensor<1x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
    return %1 : tensor<4x8xf32>
  }

  // An init that is a row is a bias.
  // CHECK-LABEL: func @init_of_a_row
  // CHECK:         tactus.matmul {{.+}} init {{.+}} (tensor<4x16xi8>, tensor<16x8xi8>, tensor<8xi32>) -> tensor<4x8xi32>
  // CHECK-NOT:     tactus.add
  func.func @init_of_a_row(%x: tensor<4x16xf32>) -> tensor<4x8xf32> {
    %w = tactus.parameter @w : tensor<16x8xf32>
    %b = tactus.parameter @b : tensor<8xf32>
    %0 = tactus.matmul %x, %w init %b {tactus.ranges = array<f32: 1.0, 0.0>} : (tensor<4x16xf32>, tensor<16x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    return %0 : tensor<4x8xf32>
  }

  // Negative: another init is added in f32.
  // CHECK-LABEL: func @init_of_a_matrix
  // CHECK-SAME:    %[[C:[a-z0-9]+]]: tensor<4x8xf32>
  // CHECK-NOT:     init
  // CHECK:         %[[Y:.+]] = tactus.dequantize
  // CHECK:         tactus.add %[[Y]], %[[C]]
  func.func @init_of_a_matrix(%x: tensor<4x16xf32>, %c: tensor<4x8xf32>) -> tensor<4x8xf32> {
    %w = tactus.parameter @w : tensor<16x8xf32>
    %0 = tactus.matmul %x, %w init %c {tactus.ranges = array<f32: 1.0, 0.0>} : (tensor<4x16xf32>, tensor<16x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
    return %0 : tensor<4x8xf32>
  }

  // Negative: not what is added to each row at load.
  // CHECK-LABEL: func @keeps_adds_in_f32
  // CHECK-NOT:     init
  // CHECK-COUNT-5: tactus.add {{.+}} -> tensor<{{.*}}4x8xf32>
  func.func @keeps_adds_in_f32(%x: tensor<4x16xf32>, %input: tensor<8xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<2x4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>) {
    %w = tactus.parameter @w : tensor<16x8xf32>
    %column = tactus.parameter @column : tensor<4x1xf32>
    %number = tactus.parameter @number : tensor<f32>
    %wide = tactus.parameter @wide : tensor<2x1x8xf32>
    %b = tactus.parameter @b : tensor<8xf32>
    %0 = tactus.matmul %x, %w {tactus.ranges = array<f32: 1.0, 0.0>} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    %1 = tactus.add %0, %input : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    %2 = tactus.matmul %x, %w {tactus.ranges = array<f32: 1.0, 0.0>} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    %3 = tactus.add %2, %column : (tensor<4x8xf32>, tensor<4x1xf32>) -> tensor<4x8xf32>
    %4 = tactus.matmul %x, %w {tactus.ranges = array<f32: 1.0, 0.0>} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    %5 = tactus.add %4, %number : (tensor<4x8xf32>, tensor<f32>) -> tensor<4x8xf32>
    %6 = tactus.matmul %x, %w {tactus.ranges = array<f32: 1.0, 0.0>} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    %7 = tactus.add %6, %wide : (tensor<4x8xf32>, tensor<2x1x8xf32>) -> tensor<2x4x8xf32>
    %8 = tactus.matmul %x, %w {tactus.ranges = array<f32: 1.0, 0.0>} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    %9 = tactus.add %8, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    return %1, %3, %5, %7, %8, %9 : tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<2x4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>
  }

  // Negative: bytes are the machine's own, and what is known at load is not its.
  // CHECK-LABEL: func @keeps_bytes_and_products_of_parameters
  // CHECK-NOT:     tactus.quantize
  // CHECK:         tactus.matmul {{.+}} (tensor<4x16xi8>, tensor<16x8xi8>) -> tensor<4x8xi32>
  // CHECK:         tactus.matmul {{.+}} (tensor<16x16xf64>, tensor<16x16xf64>) -> tensor<16x16xf64>
  func.func @keeps_bytes_and_products_of_parameters(%x: tensor<4x16xi8>, %z: tensor<16x8xi8>) -> (tensor<4x8xi32>, tensor<16x16xf64>) {
    %w = tactus.parameter @w : tensor<16x16xf64>
    %0 = tactus.matmul %x, %z : (tensor<4x16xi8>, tensor<16x8xi8>) -> tensor<4x8xi32>
    %1 = tactus.matmul %w, %w : (tensor<16x16xf64>, tensor<16x16xf64>) -> tensor<16x16xf64>
    return %0, %1 : tensor<4x8xi32>, tensor<16x16xf64>
  }

  // CHECK-LABEL: func @sums_of_nothing
  // CHECK-SAME:    %{{.+}}: tensor<8x0xf32>, %{{.+}}: tensor<0x4xf32>, %[[C:[a-z0-9]+]]: tensor<4xf32>
  // CHECK-DAG:     %[[Z:.+]] = tactus.constant dense<0.000000e+00> : tensor<8x4xf32>
  // CHECK-DAG:     %[[B:.+]] = tactus.broadcast %[[C]] {shape = array<i64: 8, 4>}
  // CHECK:         return %[[Z]], %[[B]]
  func.func @sums_of_nothing(%x: tensor<8x0xf32>, %z: tensor<0x4xf32>, %c: tensor<4xf32>) -> (tensor<8x4xf32>, tensor<8x4xf32>) {
    %0 = tactus.matmul %x, %z : (tensor<8x0xf32>, tensor<0x4xf32>) -> tensor<8x4xf32>
    %1 = tactus.matmul %x, %z init %c : (tensor<8x0xf32>, tensor<0x4xf32>, tensor<4xf32>) -> tensor<8x4xf32>
    return %0, %1 : tensor<8x4xf32>, tensor<8x4xf32>
  }
}

//--- bf16.mlir
module attributes {systolic.machine = "tpu-v2"} {
  // CHECK-LABEL: func @bias_and_relu
  // CHECK-SAME:    %[[X:[a-z0-9]+]]: tensor<4x16xf32>
  // CHECK-DAG:     %[[W:.+]] = tactus.parameter @w
  // CHECK-DAG:     %[[B:.+]] = tactus.parameter @b
  // CHECK-DAG:     %[[A:.+]] = tactus.cast %[[X]] {to = bf16}
  // CHECK-DAG:     %[[C:.+]] = tactus.cast %[[W]] {to = bf16}
  // CHECK:         %[[P:.+]] = tactus.matmul %[[A]], %[[C]] init %[[B]] {block = 128 : i64, element_type = f32} : (tensor<4x16xbf16>, tensor<16x8xbf16>, tensor<8xf32>) -> tensor<4x8xf32>
  // CHECK:         %[[Y:.+]] = tactus.relu %[[P]]
  // CHECK:         return %[[Y]]
  func.func @bias_and_relu(%x: tensor<4x16xf32>) -> tensor<4x8xf32> {
    %w = tactus.parameter @w : tensor<16x8xf32>
    %b = tactus.parameter @b : tensor<8xf32>
    %0 = tactus.matmul %x, %w : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    %1 = tactus.add %0, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    %2 = tactus.relu %1 : tensor<4x8xf32>
    return %2 : tensor<4x8xf32>
  }

  // CHECK-LABEL: func @bf16_is_rounded_once_more_at_the_end
  // CHECK-SAME:    %[[X:[a-z0-9]+]]: tensor<4x16xbf16>, %[[Z:[a-z0-9]+]]: tensor<16x8xbf16>
  // CHECK:         %[[P:.+]] = tactus.matmul %[[X]], %[[Z]] {block = 128 : i64, element_type = f32}
  // CHECK:         tactus.cast %[[P]] {to = bf16}
  func.func @bf16_is_rounded_once_more_at_the_end(%x: tensor<4x16xbf16>, %z: tensor<16x8xbf16>) -> tensor<4x8xbf16> {
    %0 = tactus.matmul %x, %z : (tensor<4x16xbf16>, tensor<16x8xbf16>) -> tensor<4x8xbf16>
    return %0 : tensor<4x8xbf16>
  }

  // CHECK-LABEL: func @f16_goes_to_bf16_and_back
  // CHECK-SAME:    %[[X:[a-z0-9]+]]: tensor<4x16xf16>, %{{.+}}: tensor<16x8xf16>, %[[C:[a-z0-9]+]]: tensor<8xf16>
  // CHECK:         %[[A:.+]] = tactus.cast %[[X]] {to = bf16}
  // CHECK:         %[[I:.+]] = tactus.cast %[[C]] {to = f32}
  // CHECK:         %[[P:.+]] = tactus.matmul %[[A]], %{{.+}} init %[[I]]
  // CHECK:         tactus.cast %[[P]] {to = f16}
  func.func @f16_goes_to_bf16_and_back(%x: tensor<4x16xf16>, %z: tensor<16x8xf16>, %c: tensor<8xf16>) -> tensor<4x8xf16> {
    %0 = tactus.matmul %x, %z init %c : (tensor<4x16xf16>, tensor<16x8xf16>, tensor<8xf16>) -> tensor<4x8xf16>
    return %0 : tensor<4x8xf16>
  }

  // The block is the machine's, whatever it was.
  // CHECK-LABEL: func @other_blocks_become_the_machines
  // CHECK:         tactus.matmul {{.+}} {block = 128 : i64, element_type = f32}
  // CHECK-NOT:     block = 4
  func.func @other_blocks_become_the_machines(%x: tensor<4x16xbf16>, %z: tensor<16x8xbf16>) -> tensor<4x8xf32> {
    %0 = tactus.matmul %x, %z {block = 4 : i64, element_type = f32} : (tensor<4x16xbf16>, tensor<16x8xbf16>) -> tensor<4x8xf32>
    return %0 : tensor<4x8xf32>
  }

  // CHECK-LABEL: func @rounds_before_it_moves
  // CHECK-SAME:    %[[X:[a-z0-9]+]]: tensor<16x4xf32>, %[[Z:[a-z0-9]+]]: tensor<8x16xf32>
  // CHECK-DAG:     %[[A:.+]] = tactus.cast %[[X]] {to = bf16}
  // CHECK-DAG:     %[[B:.+]] = tactus.cast %[[Z]] {to = bf16}
  // CHECK-DAG:     %[[C:.+]] = tactus.transpose %[[A]] {{.+}} (tensor<16x4xbf16>) -> tensor<4x16xbf16>
  // CHECK-DAG:     %[[D:.+]] = tactus.transpose %[[B]] {{.+}} (tensor<8x16xbf16>) -> tensor<16x8xbf16>
  // CHECK:         tactus.matmul %[[C]], %[[D]]
  func.func @rounds_before_it_moves(%x: tensor<16x4xf32>, %z: tensor<8x16xf32>) -> tensor<4x8xf32> {
    %0 = tactus.transpose %x {perm = array<i64: 1, 0>} : (tensor<16x4xf32>) -> tensor<4x16xf32>
    %1 = tactus.transpose %z {perm = array<i64: 1, 0>} : (tensor<8x16xf32>) -> tensor<16x8xf32>
    %2 = tactus.matmul %0, %1 : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    return %2 : tensor<4x8xf32>
  }

  // Negative: the sum has another reader than the bias.
  // CHECK-LABEL: func @keeps_a_bias_apart
  // CHECK:         %[[P:.+]] = tactus.matmul %{{.+}}, %{{.+}} {block
  // CHECK:         tactus.add %[[P]]
  func.func @keeps_a_bias_apart(%x: tensor<4x16xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>) {
    %w = tactus.parameter @w : tensor<16x8xf32>
    %b = tactus.parameter @b : tensor<8xf32>
    %0 = tactus.matmul %x, %w : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    %1 = tactus.add %0, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    return %0, %1 : tensor<4x8xf32>, tensor<4x8xf32>
  }
}

//--- both.mlir
// A machine with both types multiplies what is calibrated in i8, the rest in bf16.
module attributes {systolic.machine = {name = "both", element_types = ["bf16", "i8"], rows = 16 : i64, columns = 16 : i64,
    clock_hz = 1000000000 : i64, unified_buffer_bytes = 262144 : i64, unified_buffer_banks = 4 : i64,
    unified_buffer_row_bytes = 32 : i64, accumulator_rows = 1024 : i64, fifo_tiles = 1 : i64, dram_bytes = 4294967296 : i64,
    weight_rows_per_cycle = 1 : i64, activate_depth = 8 : i64, vector_depth = 8 : i64,
    dram = {bytes_per_second = 16000000000 : i64, latency = 100 : i64, burst_bytes = 64 : i64, in_flight = 16 : i64}}} {
  // CHECK-LABEL: func @product
  // CHECK:         tactus.matmul {{.+}} {element_type = i32}
  // CHECK:         tactus.matmul {{.+}} {block = 16 : i64, element_type = f32}
  func.func @product(%x: tensor<4x16xf32>, %z: tensor<16x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>) {
    %0 = tactus.matmul %x, %z {tactus.ranges = array<f32: 1.0, 2.0>} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    %1 = tactus.matmul %x, %z : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    return %0, %1 : tensor<4x8xf32>, tensor<4x8xf32>
  }
}

//--- none.mlir
// NONE-LABEL: func @product
// NONE:         tactus.matmul {{.+}} (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
// NONE-NOT:     tactus.cast
// NAMED-LABEL: func @product
// NAMED:         tactus.matmul {{.+}} {block = 128 : i64, element_type = f32}
func.func @product(%x: tensor<4x16xf32>, %z: tensor<16x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.matmul %x, %z : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}
