// RUN: tactus-opt %s -pass-pipeline='builtin.module(func.func(tactus-legalize-for-target))' | FileCheck %s
// RUN: tactus-opt %s -pass-pipeline='builtin.module(systolic-name-machine{machine=cpu},func.func(tactus-legalize-for-target))' | FileCheck %s --check-prefix=CPU

module attributes {systolic.machine = "tpu-v2"} {

// The table has 1024 lines from -8 on.
// CHECK-LABEL: func @sigmoid
// CHECK-SAME:    %[[X:.+]]: tensor<4x8xf32>
// CHECK-DAG:     %[[V:.+]] = tactus.constant dense<"0x{{.+}}"> : tensor<1025xf32>
// CHECK-DAG:     %[[S:.+]] = tactus.constant dense<"0x{{.+}}"> : tensor<1024xf32>
// CHECK:         tactus.piecewise_linear %[[X]], %[[V]], %[[S]] {low = -8.000000e+00 : f64, step = 1.562500e-02 : f64} :
// CPU-LABEL:   func @sigmoid
// CPU:           tactus.sigmoid
func.func @sigmoid(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.sigmoid %x : tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// CHECK-LABEL: func @tanh
// CHECK:         tactus.piecewise_linear {{.+}} {low = -8.000000e+00 : f64, step = 1.562500e-02 : f64} :
func.func @tanh(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.tanh %x : tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// CHECK-LABEL: func @silu
// CHECK:         tactus.piecewise_linear {{.+}} {above_slope = 1.000000e+00 : f64, low = -8.000000e+00 : f64, step = 1.562500e-02 : f64} :
func.func @silu(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.silu %x : tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// Two tables, since the forms differ.
// CHECK-LABEL: func @gelu
// CHECK-DAG:     %[[ERF:.+]] = tactus.piecewise_linear %{{.+}}, %[[V0:.+]], %{{.+}} {above_slope
// CHECK-DAG:     %[[TANH:.+]] = tactus.piecewise_linear %{{.+}}, %[[V1:.+]], %{{.+}} {above_slope
// CHECK:         return %[[ERF]], %[[TANH]]
func.func @gelu(%x: tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>) {
  %0 = tactus.gelu %x : tensor<4x8xf32>
  %1 = tactus.gelu %x {approximate = #tactus.gelu_form<tanh>} : tensor<4x8xf32>
  return %0, %1 : tensor<4x8xf32>, tensor<4x8xf32>
}

// CHECK-LABEL: func @narrow_tanh_is_looked_up_in_f32
// CHECK:         %[[W:.+]] = tactus.cast {{.+}} {to = f32}
// CHECK:         %[[Y:.+]] = tactus.piecewise_linear %[[W]]
// CHECK:         tactus.cast %[[Y]] {to = bf16}
func.func @narrow_tanh_is_looked_up_in_f32(%x: tensor<4x8xbf16>) -> tensor<4x8xbf16> {
  %0 = tactus.tanh %x : tensor<4x8xbf16>
  return %0 : tensor<4x8xbf16>
}

// Negative: the units have no f64.
// CHECK-LABEL: func @doubles_stay
// CHECK-NEXT:    tactus.tanh
// CHECK-NEXT:    tactus.neg
// CHECK-NEXT:    tactus.add
// CHECK-NEXT:    tactus.sum %{{.+}} {axes = array<i64: 0>} :
// CHECK-NEXT:    return
func.func @doubles_stay(%x: tensor<4x8xf64>) -> tensor<8xf64> {
  %0 = tactus.tanh %x : tensor<4x8xf64>
  %1 = tactus.neg %0 : tensor<4x8xf64>
  %2 = tactus.add %0, %1 : (tensor<4x8xf64>, tensor<4x8xf64>) -> tensor<4x8xf64>
  %3 = tactus.sum %2 {axes = array<i64: 0>} : (tensor<4x8xf64>) -> tensor<8xf64>
  return %3 : tensor<8xf64>
}

// Negative: so do integers, and what no unit computes.
// CHECK-LABEL: func @others_stay
// CHECK-NEXT:    tactus.abs
// CHECK-NEXT:    tactus.sum %{{.+}} {axes = array<i64: 0>} :
// CHECK-NEXT:    tactus.erf
// CHECK-NEXT:    tactus.thresholded_relu
// CHECK-NEXT:    return
func.func @others_stay(%i: tensor<4x8xi32>, %x: tensor<8xf32>) -> (tensor<8xi32>, tensor<8xf32>) {
  %0 = tactus.abs %i : tensor<4x8xi32>
  %1 = tactus.sum %0 {axes = array<i64: 0>} : (tensor<4x8xi32>) -> tensor<8xi32>
  %2 = tactus.erf %x : tensor<8xf32>
  %3 = tactus.thresholded_relu %2 : tensor<8xf32>
  return %1, %3 : tensor<8xi32>, tensor<8xf32>
}

// Negative: norms of doubles are written as for a CPU.
// CHECK-LABEL: func @norms_of_doubles_are_general
// CHECK-NOT:     tactus.transpose
// CHECK:         tactus.div
// CHECK:         tactus.mean %{{.+}} {axes = array<i64: 0>} :
// CHECK:         tactus.min %{{.+}} {axes = array<i64: 0>} :
// CHECK:         tactus.select
func.func @norms_of_doubles_are_general(%x: tensor<4x8xf64>) -> (tensor<4x8xf64>, tensor<8xf64>, tensor<8xf64>, tensor<8xf64>) {
  %0 = tactus.softmax %x {axis = 0 : i64} : tensor<4x8xf64>
  %1 = tactus.mean %x {axes = array<i64: 0>} : (tensor<4x8xf64>) -> tensor<8xf64>
  %2 = tactus.min %x {axes = array<i64: 0>} : (tensor<4x8xf64>) -> tensor<8xf64>
  %3 = tactus.log_sum_exp %x {axes = array<i64: 0>} : (tensor<4x8xf64>) -> tensor<8xf64>
  return %0, %1, %2, %3 : tensor<4x8xf64>, tensor<8xf64>, tensor<8xf64>, tensor<8xf64>
}

// Negative: rows of unknown length are nobody's.
// CHECK-LABEL: func @unknown_sizes_stay
// CHECK-NEXT:    tactus.sum %{{.+}} {axes = array<i64: 0>} :
// CHECK-NEXT:    tactus.tanh
// CHECK-NEXT:    return
func.func @unknown_sizes_stay(%x: tensor<4x?xf32>) -> tensor<?xf32> {
  %0 = tactus.sum %x {axes = array<i64: 0>} : (tensor<4x?xf32>) -> tensor<?xf32>
  %1 = tactus.tanh %0 : tensor<?xf32>
  return %1 : tensor<?xf32>
}

// CHECK-LABEL: func @neg
// CHECK:         %[[M:.+]] = tactus.constant dense<-1.000000e+00> : tensor<f32>
// CHECK:         tactus.mul %{{.+}}, %[[M]]
func.func @neg(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = tactus.neg %x : tensor<8xf32>
  return %0 : tensor<8xf32>
}

// CHECK-LABEL: func @abs
// CHECK-SAME:    %[[X:.+]]: tensor<8xf32>
// CHECK:         %[[N:.+]] = tactus.mul %[[X]], %{{.+}}
// CHECK:         tactus.maximum %[[X]], %[[N]]
func.func @abs(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = tactus.abs %x : tensor<8xf32>
  return %0 : tensor<8xf32>
}

// CHECK-LABEL: func @reciprocal
// CHECK:         %[[ONE:.+]] = tactus.constant dense<1.000000e+00> : tensor<f32>
// CHECK:         tactus.div %[[ONE]], %{{.+}}
func.func @reciprocal(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = tactus.reciprocal %x : tensor<8xf32>
  return %0 : tensor<8xf32>
}

// CHECK-LABEL: func @clamp
// CHECK-SAME:    %[[X:.+]]: tensor<8xf32>, %[[L:.+]]: tensor<8xf32>, %[[H:.+]]: tensor<f32>
// CHECK:         %[[M:.+]] = tactus.maximum %[[X]], %[[L]]
// CHECK:         tactus.minimum %[[M]], %[[H]]
func.func @clamp(%x: tensor<8xf32>, %l: tensor<8xf32>, %h: tensor<f32>) -> tensor<8xf32> {
  %0 = tactus.clamp %x, %l, %h : (tensor<8xf32>, tensor<8xf32>, tensor<f32>) -> tensor<8xf32>
  return %0 : tensor<8xf32>
}

// Negative: between two numbers it is one step.
// CHECK-LABEL: func @clamp_between_numbers_stays
// CHECK-NOT:     tactus.maximum
// CHECK:         tactus.clamp
func.func @clamp_between_numbers_stays(%x: tensor<8xf32>) -> tensor<8xf32> {
  %l = tactus.constant dense<-1.0> : tensor<f32>
  %h = tactus.constant dense<2.0> : tensor<1xf32>
  %0 = tactus.clamp %x, %l, %h : (tensor<8xf32>, tensor<f32>, tensor<1xf32>) -> tensor<8xf32>
  return %0 : tensor<8xf32>
}

// Bounds that pass each other leave the upper one.
// CHECK-LABEL: func @clamp_between_crossed_numbers
// CHECK:         %[[M:.+]] = tactus.maximum
// CHECK:         tactus.minimum %[[M]]
func.func @clamp_between_crossed_numbers(%x: tensor<8xf32>) -> tensor<8xf32> {
  %l = tactus.constant dense<2.0> : tensor<f32>
  %h = tactus.constant dense<-1.0> : tensor<f32>
  %0 = tactus.clamp %x, %l, %h : (tensor<8xf32>, tensor<f32>, tensor<f32>) -> tensor<8xf32>
  return %0 : tensor<8xf32>
}

// CHECK-LABEL: func @narrow_hard_tanh
// CHECK-DAG:     %[[L:.+]] = tactus.constant dense<-2.000000e+00> : tensor<f32>
// CHECK-DAG:     %[[H:.+]] = tactus.constant dense<5.000000e-01> : tensor<f32>
// CHECK:         %[[W:.+]] = tactus.cast %{{.+}} {to = f32}
// CHECK:         %[[C:.+]] = tactus.clamp %[[W]], %[[L]], %[[H]]
// CHECK:         tactus.cast %[[C]] {to = bf16}
func.func @narrow_hard_tanh(%x: tensor<8xbf16>) -> tensor<8xbf16> {
  %0 = tactus.hard_tanh %x {min = -2.0 : f64, max = 0.5 : f64} : tensor<8xbf16>
  return %0 : tensor<8xbf16>
}

// CHECK-LABEL: func @relu6
// CHECK-DAG:     %[[L:.+]] = tactus.constant dense<0.000000e+00> : tensor<f32>
// CHECK-DAG:     %[[H:.+]] = tactus.constant dense<6.000000e+00> : tensor<f32>
// CHECK:         tactus.clamp %{{.+}}, %[[L]], %[[H]]
func.func @relu6(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = tactus.relu6 %x : tensor<8xf32>
  return %0 : tensor<8xf32>
}

// CHECK-LABEL: func @hard_sigmoid
// CHECK-DAG:     %[[A:.+]] = tactus.constant dense<2.500000e-01> : tensor<f32>
// CHECK-DAG:     %[[B:.+]] = tactus.constant dense<5.000000e-01> : tensor<f32>
// CHECK:         %[[P:.+]] = tactus.mul %{{.+}}, %[[A]]
// CHECK:         %[[Q:.+]] = tactus.add %[[P]], %[[B]]
// CHECK:         tactus.clamp %[[Q]], %{{.+}}, %{{.+}}
func.func @hard_sigmoid(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = tactus.hard_sigmoid %x {alpha = 0.25 : f64} : tensor<8xf32>
  return %0 : tensor<8xf32>
}

// CHECK-LABEL: func @hard_swish
// CHECK:         %[[M:.+]] = tactus.maximum
// CHECK:         %[[P:.+]] = tactus.add %[[M]]
// CHECK:         %[[C:.+]] = tactus.clamp %[[P]]
// CHECK:         %[[G:.+]] = tactus.mul %[[C]]
// CHECK:         tactus.mul %[[M]], %[[G]]
func.func @hard_swish(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = tactus.hard_swish %x : tensor<8xf32>
  return %0 : tensor<8xf32>
}

// CHECK-LABEL: func @softsign
// CHECK:         %[[L:.+]] = tactus.maximum
// CHECK:         %[[B:.+]] = tactus.minimum %[[L]]
// CHECK:         %[[N:.+]] = tactus.mul %[[B]]
// CHECK:         %[[A:.+]] = tactus.maximum %[[B]], %[[N]]
// CHECK:         %[[D:.+]] = tactus.add %[[A]]
// CHECK:         tactus.div %[[B]], %[[D]]
func.func @softsign(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = tactus.softsign %x : tensor<8xf32>
  return %0 : tensor<8xf32>
}

// CHECK-LABEL: func @elu
// CHECK-SAME:    %[[X:.+]]: tensor<8xf32>
// CHECK:         %[[M:.+]] = tactus.minimum %[[X]]
// CHECK:         %[[E:.+]] = tactus.exp %[[M]]
// CHECK:         %[[D:.+]] = tactus.add %[[E]]
// CHECK:         %[[P:.+]] = tactus.mul %[[D]]
// CHECK:         %[[R:.+]] = tactus.relu %[[X]]
// CHECK:         tactus.add %[[R]], %[[P]]
func.func @elu(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = tactus.elu %x {alpha = 2.0 : f64} : tensor<8xf32>
  return %0 : tensor<8xf32>
}

// CHECK-LABEL: func @celu
// CHECK:         %[[M:.+]] = tactus.minimum
// CHECK:         %[[Q:.+]] = tactus.div %[[M]]
// CHECK:         %[[E:.+]] = tactus.exp %[[Q]]
// CHECK:         %[[D:.+]] = tactus.add %[[E]]
// CHECK:         %[[P:.+]] = tactus.mul %[[D]]
// CHECK:         tactus.add %{{.+}}, %[[P]]
func.func @celu(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = tactus.celu %x {alpha = 2.0 : f64} : tensor<8xf32>
  return %0 : tensor<8xf32>
}

// CHECK-LABEL: func @selu
// CHECK:         tactus.exp
// CHECK:         %[[S:.+]] = tactus.add
// CHECK:         %[[R:.+]] = tactus.relu
// CHECK:         %[[U:.+]] = tactus.add %[[R]]
// CHECK:         tactus.mul %[[U]]
func.func @selu(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = tactus.selu %x : tensor<8xf32>
  return %0 : tensor<8xf32>
}

// CHECK-LABEL: func @softplus
// CHECK-SAME:    %[[X:.+]]: tensor<8xf32>
// CHECK:         %[[N:.+]] = tactus.mul %[[X]]
// CHECK:         %[[M:.+]] = tactus.minimum %[[X]], %[[N]]
// CHECK:         %[[E:.+]] = tactus.exp %[[M]]
// CHECK:         %[[A:.+]] = tactus.add %[[E]]
// CHECK:         %[[L:.+]] = tactus.log %[[A]]
// CHECK:         tactus.add %{{.+}}, %[[L]]
func.func @softplus(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = tactus.softplus %x : tensor<8xf32>
  return %0 : tensor<8xf32>
}

// CHECK-LABEL: func @mish
// CHECK:         %[[M:.+]] = tactus.maximum
// CHECK:         %[[C:.+]] = tactus.minimum %[[M]]
// CHECK:         %[[E:.+]] = tactus.exp %[[C]]
// CHECK:         %[[A:.+]] = tactus.add %[[E]]
// CHECK:         %[[N:.+]] = tactus.mul %[[E]], %[[A]]
// CHECK:         %[[D:.+]] = tactus.add %[[N]]
// CHECK:         %[[G:.+]] = tactus.div %[[N]], %[[D]]
// CHECK:         tactus.mul %[[M]], %[[G]]
func.func @mish(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = tactus.mish %x : tensor<8xf32>
  return %0 : tensor<8xf32>
}

// Each op on narrow floats rounds, so each is widened and narrowed.
// CHECK-LABEL: func @narrow_ops_are_computed_in_f32
// CHECK:         %[[A:.+]] = tactus.cast %{{.+}} {to = f32}
// CHECK:         %[[B:.+]] = tactus.cast %{{.+}} {to = f32}
// CHECK:         %[[S:.+]] = tactus.add %[[A]], %[[B]] : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
// CHECK:         %[[N:.+]] = tactus.cast %[[S]] {to = bf16}
// CHECK:         %[[W:.+]] = tactus.cast %[[N]] {to = f32}
// CHECK:         %[[R:.+]] = tactus.leaky_relu %[[W]] {alpha = 2.500000e-01 : f64} : tensor<4x8xf32>
// CHECK:         tactus.cast %[[R]] {to = bf16}
func.func @narrow_ops_are_computed_in_f32(%x: tensor<4x8xbf16>, %b: tensor<8xbf16>) -> tensor<4x8xbf16> {
  %0 = tactus.add %x, %b : (tensor<4x8xbf16>, tensor<8xbf16>) -> tensor<4x8xbf16>
  %1 = tactus.leaky_relu %0 {alpha = 0.25 : f64} : tensor<4x8xbf16>
  return %1 : tensor<4x8xbf16>
}

// Negative: these are what the units compute.
// CHECK-LABEL: func @own_ops_stay
// CHECK-NEXT:    tactus.sub
// CHECK-NEXT:    tactus.rsqrt
// CHECK-NEXT:    tactus.prelu
// CHECK-NEXT:    tactus.max %{{.+}} {axes = array<i64: 1>, keepdims = true}
// CHECK-NEXT:    tactus.sum %{{.+}} {axes = array<i64: -1>, sequential = true}
// CHECK-NEXT:    return
func.func @own_ops_stay(%x: tensor<4x8xf32>, %s: tensor<8xf32>) -> (tensor<4x1xf32>, tensor<4xf32>) {
  %0 = tactus.sub %x, %s : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  %1 = tactus.rsqrt %0 : tensor<4x8xf32>
  %2 = tactus.prelu %1, %s : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  %3 = tactus.max %2 {axes = array<i64: 1>, keepdims = true} : (tensor<4x8xf32>) -> tensor<4x1xf32>
  %4 = tactus.sum %2 {axes = array<i64: -1>, sequential = true} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %3, %4 : tensor<4x1xf32>, tensor<4xf32>
}

// CHECK-LABEL: func @sum_of_rows
// CHECK-NEXT:    tactus.sum %{{.+}} {axes = array<i64: 1>, keepdims = true, sequential = true}
// CHECK-NEXT:    return
func.func @sum_of_rows(%x: tensor<4x8xf32>) -> tensor<4x1xf32> {
  %0 = tactus.sum %x {axes = array<i64: 1>, keepdims = true} : (tensor<4x8xf32>) -> tensor<4x1xf32>
  return %0 : tensor<4x1xf32>
}

// CHECK-LABEL: func @sum_of_columns
// CHECK-NEXT:    %[[T:.+]] = tactus.transpose %{{.+}} {perm = array<i64: 1, 2, 0>}
// CHECK-NEXT:    %[[S:.+]] = tactus.sum %[[T]] {axes = array<i64: 2>, keepdims = true, sequential = true} : (tensor<3x5x2xf32>) -> tensor<3x5x1xf32>
// CHECK-NEXT:    tactus.reshape %[[S]] {shape = array<i64: 1, 3, 5>}
func.func @sum_of_columns(%x: tensor<2x3x5xf32>) -> tensor<1x3x5xf32> {
  %0 = tactus.sum %x {axes = array<i64: 0>, keepdims = true} : (tensor<2x3x5xf32>) -> tensor<1x3x5xf32>
  return %0 : tensor<1x3x5xf32>
}

// Trailing dimensions lie together already.
// CHECK-LABEL: func @narrow_max_of_two_dimensions
// CHECK-NEXT:    %[[W:.+]] = tactus.cast %{{.+}} {to = f32}
// CHECK-NEXT:    %[[R:.+]] = tactus.reshape %[[W]] {shape = array<i64: 2, 15>}
// CHECK-NEXT:    %[[M:.+]] = tactus.max %[[R]] {axes = array<i64: 1>} : (tensor<2x15xf32>) -> tensor<2xf32>
// CHECK-NEXT:    tactus.cast %[[M]] {to = f16}
func.func @narrow_max_of_two_dimensions(%x: tensor<2x3x5xf16>) -> tensor<2xf16> {
  %0 = tactus.max %x {axes = array<i64: 1, 2>} : (tensor<2x3x5xf16>) -> tensor<2xf16>
  return %0 : tensor<2xf16>
}

// CHECK-LABEL: func @sum_of_narrow_floats_in_f32
// CHECK-NEXT:    %[[W:.+]] = tactus.cast %{{.+}} {to = f32}
// CHECK-NEXT:    tactus.sum %[[W]] {axes = array<i64: 0>, sequential = true} : (tensor<8xf32>) -> tensor<f32>
// CHECK-NEXT:    return
func.func @sum_of_narrow_floats_in_f32(%x: tensor<8xbf16>) -> tensor<f32> {
  %0 = tactus.sum %x {element_type = f32} : (tensor<8xbf16>) -> tensor<f32>
  return %0 : tensor<f32>
}

// CHECK-LABEL: func @sum_of_no_dimensions
// CHECK-NEXT:    return %{{.+}} :
func.func @sum_of_no_dimensions(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = tactus.sum %x {axes = array<i64>} : (tensor<8xf32>) -> tensor<8xf32>
  return %0 : tensor<8xf32>
}

// CHECK-LABEL: func @mean
// CHECK:         %[[N:.+]] = tactus.constant dense<8.000000e+00> : tensor<f32>
// CHECK:         %[[S:.+]] = tactus.sum %{{.+}} {axes = array<i64: 1>, sequential = true}
// CHECK:         tactus.div %[[S]], %[[N]]
func.func @mean(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %0 = tactus.mean %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func @min
// CHECK:         %[[N:.+]] = tactus.mul
// CHECK:         %[[M:.+]] = tactus.max %[[N]] {axes = array<i64: 1>}
// CHECK:         tactus.mul %[[M]]
func.func @min(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %0 = tactus.min %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func @softmax
// CHECK:         %[[M:.+]] = tactus.max %{{.+}} {axes = array<i64: 1>, keepdims = true}
// CHECK:         %[[D:.+]] = tactus.sub %{{.+}}, %[[M]]
// CHECK:         %[[E:.+]] = tactus.exp %[[D]]
// CHECK:         %[[S:.+]] = tactus.sum %[[E]] {axes = array<i64: 1>, keepdims = true, sequential = true}
// CHECK:         tactus.div %[[E]], %[[S]]
func.func @softmax(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.softmax %x : tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// One transpose, not one for each reduction.
// CHECK-LABEL: func @log_softmax_of_columns
// CHECK-NEXT:    tactus.transpose
// CHECK-NEXT:    tactus.max
// CHECK-NEXT:    tactus.sub
// CHECK-NEXT:    tactus.exp
// CHECK-NEXT:    tactus.sum
// CHECK-NEXT:    tactus.log
// CHECK-NEXT:    tactus.sub
// CHECK-NEXT:    tactus.transpose
// CHECK-NEXT:    return
func.func @log_softmax_of_columns(%x: tensor<4x8x2xf32>) -> tensor<4x8x2xf32> {
  %0 = tactus.log_softmax %x {axis = 0 : i64} : tensor<4x8x2xf32>
  return %0 : tensor<4x8x2xf32>
}

// CHECK-LABEL: func @layer_norm
// CHECK:         %[[S:.+]] = tactus.sum %{{.+}} {axes = array<i64: 1>, keepdims = true, sequential = true}
// CHECK:         %[[M:.+]] = tactus.div %[[S]]
// CHECK:         %[[D:.+]] = tactus.sub %{{.+}}, %[[M]]
// CHECK:         tactus.sum %{{.+}} sequential = true
// CHECK:         tactus.sqrt
// CHECK:         tactus.div %[[D]]
// CHECK-NOT:     tactus.mean
func.func @layer_norm(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.layer_norm %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// CHECK-LABEL: func @log_sum_exp
// CHECK:         %[[R:.+]] = tactus.max
// CHECK:         %[[L:.+]] = tactus.maximum %[[R]]
// CHECK:         %[[M:.+]] = tactus.minimum %[[L]]
// CHECK:         %[[D:.+]] = tactus.sub %{{.+}}, %[[M]]
// CHECK:         tactus.exp %[[D]]
// CHECK-NOT:     tactus.select
// CHECK:         tactus.log
func.func @log_sum_exp(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %0 = tactus.log_sum_exp %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func @l2_norm
// CHECK:         tactus.maximum
// CHECK:         tactus.max
// CHECK-NOT:     tactus.select
// CHECK:         tactus.sqrt
func.func @l2_norm(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %0 = tactus.l2_norm %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func @variance
// CHECK:         tactus.sum %{{.+}} sequential = true
// CHECK:         tactus.sum %{{.+}} sequential = true
// CHECK-NOT:     tactus.mean
// CHECK:         return
func.func @variance(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %0 = tactus.variance %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// The array sums in blocks; a CPU does not.
// CHECK-LABEL: func @machine_ops
// CHECK:         tactus.matmul %{{.+}} init %{{.+}} {block = 128 : i64, element_type = f32}
// CHECK:         tactus.piecewise_linear
// CPU-LABEL:   func @machine_ops
// CPU-NOT:       init
// CPU-NOT:       tactus.piecewise_linear
// CPU:           return
func.func @machine_ops(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>, %b: tensor<8xf32>, %v: tensor<3xf32>, %s: tensor<2xf32>) -> tensor<4x8xf32> {
  %0 = tactus.matmul %x, %w init %b {block = 128 : i64} : (tensor<4x8xf32>, tensor<8x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  %1 = tactus.piecewise_linear %0, %v, %s {low = 0.0 : f64, step = 1.0 : f64} : (tensor<4x8xf32>, tensor<3xf32>, tensor<2xf32>) -> tensor<4x8xf32>
  return %1 : tensor<4x8xf32>
}

}
