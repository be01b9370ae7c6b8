// RUN: tactus-opt %s -pass-pipeline='builtin.module(func.func(tactus-legalize-for-target))' | FileCheck %s

// CHECK-LABEL: func @softmax
// CHECK-SAME:    %[[X:.+]]: tensor<4x8xf32>
// CHECK:         %[[M:.+]] = tactus.max %[[X]] {axes = array<i64: 0>, keepdims = true}
// CHECK:         %[[D:.+]] = tactus.sub %[[X]], %[[M]]
// CHECK:         %[[E:.+]] = tactus.exp %[[D]]
// CHECK:         %[[S:.+]] = tactus.sum %[[E]] {axes = array<i64: 0>, keepdims = true}
// CHECK:         %[[R:.+]] = tactus.reciprocal %[[S]] : tensor<1x8xf32>
// CHECK:         tactus.mul %[[E]], %[[R]]
func.func @softmax(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.softmax %x {axis = -2 : i64} : tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// CHECK-LABEL: func @narrow_softmax_rounds_once
// CHECK:         tactus.cast {{.+}} -> tensor<4x8xf32>
// CHECK-NOT:     f16
// CHECK:         tactus.mul
// CHECK:         tactus.cast %{{.+}} {to = f16}
func.func @narrow_softmax_rounds_once(%x: tensor<4x8xf16>) -> tensor<4x8xf16> {
  %0 = tactus.softmax %x : tensor<4x8xf16>
  return %0 : tensor<4x8xf16>
}

// CHECK-LABEL: func @log_softmax
// CHECK:         %[[D:.+]] = tactus.sub
// CHECK:         %[[E:.+]] = tactus.exp %[[D]]
// CHECK:         %[[S:.+]] = tactus.sum %[[E]]
// CHECK:         %[[L:.+]] = tactus.log %[[S]]
// CHECK:         tactus.sub %[[D]], %[[L]]
func.func @log_softmax(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.log_softmax %x : tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// CHECK-LABEL: func @layer_norm
// CHECK-SAME:    %[[X:.+]]: tensor<4x8xf32>, %[[S:.+]]: tensor<8xf32>, %[[B:.+]]: tensor<8xf32>
// CHECK:         %[[M:.+]] = tactus.mean %[[X]] {axes = array<i64: 1>, keepdims = true}
// CHECK:         %[[D:.+]] = tactus.sub %[[X]], %[[M]]
// CHECK:         %[[Q:.+]] = tactus.mul %[[D]], %[[D]]
// CHECK:         %[[V:.+]] = tactus.mean %[[Q]]
// CHECK:         %[[R:.+]] = tactus.sqrt
// CHECK:         %[[O:.+]] = tactus.reciprocal %[[R]]
// CHECK:         %[[N:.+]] = tactus.mul %[[D]], %[[O]]
// CHECK:         %[[T:.+]] = tactus.mul %[[N]], %[[S]]
// CHECK:         tactus.add %[[T]], %[[B]]
func.func @layer_norm(%x: tensor<4x8xf32>, %s: tensor<8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.layer_norm %x scale %s bias %b : (tensor<4x8xf32>, tensor<8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// Negative: an activation keeps its name until code generation.
// CHECK-LABEL: func @gelu_stays
// CHECK:         tactus.gelu
func.func @gelu_stays(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.gelu %x : tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}


// A tensor of one value is a constant, whatever its size.
// CHECK-LABEL: func @fill
// CHECK:         tactus.constant dense<2.500000e+00> : tensor<4x8xf16>
// CHECK:         tactus.constant dense<200> : tensor<3xui8>
// CHECK:         tactus.constant dense<true> : tensor<2xi1>
// CHECK-NOT:     tactus.fill
func.func @fill() -> (tensor<4x8xf16>, tensor<3xui8>, tensor<2xi1>) {
  %0 = tactus.fill {type = tensor<4x8xf16>, value = 2.500000e+00 : f64} : tensor<4x8xf16>
  %1 = tactus.fill {type = tensor<3xui8>, value = 2.000000e+02 : f64} : tensor<3xui8>
  %2 = tactus.fill {type = tensor<2xi1>, value = 1.000000e+00 : f64} : tensor<2xi1>
  return %0, %1, %2 : tensor<4x8xf16>, tensor<3xui8>, tensor<2xi1>
}

// Rows without elements have no largest one.
// CHECK-LABEL: func @softmax_of_nothing
// CHECK-NEXT:    return %{{.+}}, %{{.+}} :
func.func @softmax_of_nothing(%x: tensor<4x0xf32>) -> (tensor<4x0xf32>, tensor<4x0xf32>) {
  %0 = tactus.softmax %x : tensor<4x0xf32>
  %1 = tactus.log_softmax %x : tensor<4x0xf32>
  return %0, %1 : tensor<4x0xf32>, tensor<4x0xf32>
}

// CHECK-LABEL: func @squeeze
// CHECK:         tactus.reshape %{{.+}} {shape = array<i64: 4, 8>}
func.func @squeeze(%x: tensor<4x1x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.squeeze %x : (tensor<4x1x8xf32>) -> tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// CHECK-LABEL: func @expand_dims
// CHECK:         tactus.reshape %{{.+}} {shape = array<i64: 1, 4, 8>}
func.func @expand_dims(%x: tensor<4x8xf32>) -> tensor<1x4x8xf32> {
  %0 = tactus.expand_dims %x {axes = array<i64: 0>} : (tensor<4x8xf32>) -> tensor<1x4x8xf32>
  return %0 : tensor<1x4x8xf32>
}

// Dimensions that do not repeat ride with the one before.
// CHECK-LABEL: func @tile
// CHECK:         %[[F:.+]] = tactus.reshape %{{.+}} {shape = array<i64: 1, 32, 1, 5>}
// CHECK:         %[[T:.+]] = tactus.broadcast %[[F]] {shape = array<i64: 2, 32, 3, 5>}
// CHECK:         tactus.reshape %[[T]] {shape = array<i64: 8, 8, 15>}
func.func @tile(%x: tensor<4x8x5xf32>) -> tensor<8x8x15xf32> {
  %0 = tactus.tile %x {repeats = array<i64: 2, 1, 3>} : (tensor<4x8x5xf32>) -> tensor<8x8x15xf32>
  return %0 : tensor<8x8x15xf32>
}

// CHECK-LABEL: func @reverse
// CHECK:         tactus.slice %{{.+}} {axes = array<i64: 1>, ends = array<i64: -9223372036854775808>, starts = array<i64: -1>, steps = array<i64: -1>}
func.func @reverse(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.reverse %x {axes = array<i64: -1>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// CHECK-LABEL: func @trilu
// CHECK-SAME:    %[[X:.+]]: tensor<4x8xf32>
// CHECK-DAG:     %[[C:.+]] = tactus.iota {{.+}} : tensor<8xi32>
// CHECK-DAG:     %[[R:.+]] = tactus.iota {{.+}} : tensor<4x1xi32>
// CHECK:         %[[D:.+]] = tactus.sub %[[C]], %[[R]]
// CHECK:         %[[K:.+]] = tactus.compare %[[D]], %{{.+}} {predicate = #tactus.predicate<less_equal>}
// CHECK:         tactus.select %[[K]], %[[X]], %{{.+}}
func.func @trilu(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tactus.trilu %x {upper = false, k = 2 : i64} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// CHECK-LABEL: func @split
// CHECK:         tactus.slice %{{.+}} {axes = array<i64: 1>, ends = array<i64: 3>, starts = array<i64: 0>, steps = array<i64: 1>}
// CHECK:         tactus.slice %{{.+}} {axes = array<i64: 1>, ends = array<i64: 8>, starts = array<i64: 3>, steps = array<i64: 1>}
func.func @split(%x: tensor<4x8xf32>) -> (tensor<4x3xf32>, tensor<4x5xf32>) {
  %0:2 = tactus.split %x {axis = -1 : i64, sizes = array<i64: 3, 5>} : (tensor<4x8xf32>) -> (tensor<4x3xf32>, tensor<4x5xf32>)
  return %0#0, %0#1 : tensor<4x3xf32>, tensor<4x5xf32>
}

// CHECK-LABEL: func @concat_of_one_that_has_elements
// CHECK-SAME:    %[[X:.+]]: tensor<4x8xf32>
// CHECK:         return %[[X]]
func.func @concat_of_one_that_has_elements(%x: tensor<4x8xf32>, %y: tensor<4x0xf32>) -> tensor<4x8xf32> {
  %0 = tactus.concat %y, %x {axis = 1 : i64} : (tensor<4x0xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// CHECK-LABEL: func @pad_with_a_value
// CHECK-SAME:    %[[X:.+]]: tensor<4x8xf32>
// CHECK-DAG:     %[[B:.+]] = tactus.constant dense<5.000000e-01> : tensor<1x8xf32>
// CHECK-DAG:     %[[L:.+]] = tactus.constant dense<5.000000e-01> : tensor<5x2xf32>
// CHECK:         %[[R:.+]] = tactus.concat %[[X]], %[[B]] {axis = 0 : i64}
// CHECK:         tactus.concat %[[L]], %[[R]] {axis = 1 : i64}
func.func @pad_with_a_value(%x: tensor<4x8xf32>) -> tensor<5x10xf32> {
  %0 = tactus.pad %x {pads = array<i64: 0, 2, 1, 0>, value = 5.000000e-01 : f64} : (tensor<4x8xf32>) -> tensor<5x10xf32>
  return %0 : tensor<5x10xf32>
}

// CHECK-LABEL: func @pad_reflects
// CHECK-SAME:    %[[X:.+]]: tensor<4xf32>
// CHECK:         %[[F:.+]] = tactus.slice %[[X]] {axes = array<i64: 0>, ends = array<i64: 0>, starts = array<i64: 2>, steps = array<i64: -1>}
// CHECK:         %[[L:.+]] = tactus.slice %[[X]] {axes = array<i64: 0>, ends = array<i64: -9223372036854775808>, starts = array<i64: 2>, steps = array<i64: -1>}
// CHECK:         tactus.concat %[[F]], %[[X]], %[[L]]
func.func @pad_reflects(%x: tensor<4xf32>) -> tensor<9xf32> {
  %0 = tactus.pad %x {pads = array<i64: 2, 3>, mode = #tactus.pad_mode<reflect>} : (tensor<4xf32>) -> tensor<9xf32>
  return %0 : tensor<9xf32>
}

// A ring of six elements, [a b c d c b], that goes around often enough.
// CHECK-LABEL: func @pad_reflects_several_times
// CHECK:         %[[R:.+]] = tactus.concat
// CHECK:         tactus.broadcast %{{.+}} {shape = array<i64: 3, 6>}
// CHECK:         tactus.slice %{{.+}} {axes = array<i64: 0>, ends = array<i64: 14>, starts = array<i64: 1>, steps = array<i64: 1>}
func.func @pad_reflects_several_times(%x: tensor<4xf32>) -> tensor<13xf32> {
  %0 = tactus.pad %x {pads = array<i64: 5, 4>, mode = #tactus.pad_mode<reflect>} : (tensor<4xf32>) -> tensor<13xf32>
  return %0 : tensor<13xf32>
}

// CHECK-LABEL: func @pad_takes_away_first
// CHECK:         %[[S:.+]] = tactus.slice %{{.+}} {axes = array<i64: 0>, ends = array<i64: 4>, starts = array<i64: 1>, steps = array<i64: 1>}
// CHECK:         %[[E:.+]] = tactus.slice %[[S]] {axes = array<i64: 0>, ends = array<i64: 3>, starts = array<i64: 2>, steps = array<i64: 1>}
// CHECK:         %[[B:.+]] = tactus.broadcast %[[E]] {shape = array<i64: 2>}
// CHECK:         tactus.concat %[[S]], %[[B]]
func.func @pad_takes_away_first(%x: tensor<4xf32>) -> tensor<5xf32> {
  %0 = tactus.pad %x {pads = array<i64: -1, 2>, mode = #tactus.pad_mode<edge>} : (tensor<4xf32>) -> tensor<5xf32>
  return %0 : tensor<5xf32>
}

// CHECK-LABEL: func @writes_log_sum_exp_around_a_finite_largest_element
// CHECK:         %[[MAX:.+]] = tactus.max %{{.+}} {axes = array<i64: 1>, keepdims = true}
// CHECK:         %[[FINITE:.+]] = tactus.is_finite %[[MAX]]
// CHECK:         %[[M:.+]] = tactus.select %[[FINITE]], %[[MAX]], %{{.+}}
// CHECK:         %[[D:.+]] = tactus.sub %{{.+}}, %[[M]]
// CHECK:         %[[E:.+]] = tactus.exp %[[D]]
// CHECK:         %[[S:.+]] = tactus.sum %[[E]]
// CHECK:         %[[LOG:.+]] = tactus.log %[[S]]
// CHECK:         tactus.add %[[M]], %[[LOG]]
func.func @writes_log_sum_exp_around_a_finite_largest_element(%x: tensor<4x8xf32>) -> tensor<4x1xf32> {
  %r = tactus.log_sum_exp %x {axes = array<i64: 1>, keepdims = true} : (tensor<4x8xf32>) -> tensor<4x1xf32>
  return %r : tensor<4x1xf32>
}

// CHECK-LABEL: func @computes_the_l1_norm_of_halves_in_f32
// CHECK:         %[[WIDE:.+]] = tactus.cast %{{.+}} {to = f32}
// CHECK:         %[[SIZE:.+]] = tactus.abs %[[WIDE]]
// CHECK:         %[[SUM:.+]] = tactus.sum %[[SIZE]]
// CHECK:         %[[NARROW:.+]] = tactus.cast %[[SUM]] {to = f16}
// CHECK:         tactus.reshape %[[NARROW]] {shape = array<i64: 4>}
func.func @computes_the_l1_norm_of_halves_in_f32(%x: tensor<4x8xf16>) -> tensor<4xf16> {
  %r = tactus.l1_norm %x {axes = array<i64: 1>} : (tensor<4x8xf16>) -> tensor<4xf16>
  return %r : tensor<4xf16>
}

// CHECK-LABEL: func @divides_by_the_largest_size_before_it_squares
// CHECK:         %[[SIZE:.+]] = tactus.abs %[[X:.+]] :
// CHECK:         %[[MAX:.+]] = tactus.max %[[SIZE]]
// CHECK:         %[[D:.+]] = tactus.div %[[X]], %[[M:.+]] :
// CHECK:         %[[SQUARE:.+]] = tactus.mul %[[D]], %[[D]]
// CHECK:         %[[SUM:.+]] = tactus.sum %[[SQUARE]]
// CHECK:         %[[ROOT:.+]] = tactus.sqrt %[[SUM]]
// CHECK:         tactus.mul %[[M]], %[[ROOT]]
func.func @divides_by_the_largest_size_before_it_squares(%x: tensor<4x8xf32>) -> tensor<4x1xf32> {
  %r = tactus.l2_norm %x {axes = array<i64: 1>, keepdims = true} : (tensor<4x8xf32>) -> tensor<4x1xf32>
  return %r : tensor<4x1xf32>
}

// CHECK-LABEL: func @divides_variance_by_one_less
// CHECK-DAG:     %[[N:.+]] = tactus.constant dense<7.000000e+00>
// CHECK-DAG:     %[[MEAN:.+]] = tactus.mean
// CHECK:         %[[D:.+]] = tactus.sub %{{.+}}, %[[MEAN]]
// CHECK:         %[[SQUARE:.+]] = tactus.mul %[[D]], %[[D]]
// CHECK:         %[[SUM:.+]] = tactus.sum %[[SQUARE]]
// CHECK:         tactus.div %[[SUM]], %[[N]]
func.func @divides_variance_by_one_less(%x: tensor<4x8xf32>) -> tensor<4x1xf32> {
  %r = tactus.variance %x {axes = array<i64: 1>, correction = 1 : i64, keepdims = true} : (tensor<4x8xf32>) -> tensor<4x1xf32>
  return %r : tensor<4x1xf32>
}

// CHECK-LABEL: func @writes_eye_as_a_comparison
// CHECK:         %[[D:.+]] = tactus.sub
// CHECK:         %[[ON:.+]] = tactus.compare %[[D]], %{{.+}} {predicate = #tactus.predicate<equal>}
// CHECK:         tactus.cast %[[ON]] {to = f32}
func.func @writes_eye_as_a_comparison() -> tensor<4x8xf32> {
  %r = tactus.eye {type = tensor<4x8xf32>, k = 1 : i64} : tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @writes_one_hot_as_a_choice
// CHECK:         %[[ZEROS:.+]] = tactus.constant dense<0> : tensor<8xi64>
// CHECK:         tactus.gather %[[ZEROS]], %{{.+}} {tactus.checked_op = "one_hot"} : (tensor<8xi64>, tensor<4x1xi64>) -> tensor<4x1xi64>
// CHECK:         %[[ON:.+]] = tactus.compare %{{.+}}, %{{.+}} {predicate = #tactus.predicate<equal>} : (tensor<4x1xi64>, tensor<8xi64>) -> tensor<4x8xi1>
// CHECK:         tactus.select %[[ON]], %{{.+}}, %{{.+}} : (tensor<4x8xi1>, tensor<1xf32>, tensor<1xf32>) -> tensor<4x8xf32>
func.func @writes_one_hot_as_a_choice(%i: tensor<4xi64>, %v: tensor<2xf32>) -> tensor<4x8xf32> {
  %r = tactus.one_hot %i, %v {depth = 8 : i64} : (tensor<4xi64>, tensor<2xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: func @counts_ranges_of_floats_in_f64
// CHECK:         tactus.iota {type = tensor<4xf64>}
// CHECK:         %[[WIDE:.+]] = tactus.add {{.+}} : (tensor<f64>, tensor<4xf64>) -> tensor<4xf64>
// CHECK:         tactus.cast %[[WIDE]] {to = f32}
func.func @counts_ranges_of_floats_in_f64() -> tensor<4xf32> {
  %start = tactus.constant dense<0.0> : tensor<f32>
  %limit = tactus.constant dense<1.0> : tensor<f32>
  %delta = tactus.constant dense<0.25> : tensor<f32>
  %r = tactus.range %start, %limit, %delta : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// CHECK-LABEL: func @quantizes_with_the_range_of_each_row
// CHECK-DAG:     tactus.max %arg0 {axes = array<i64: 1>, keepdims = true}
// CHECK-DAG:     tactus.min %arg0 {axes = array<i64: 1>, keepdims = true}
// CHECK:         %[[S:.+]] = tactus.select %{{.+}}, %{{.+}}, %{{.+}} : (tensor<4x1xi1>, tensor<f32>, tensor<4x1xf32>) -> tensor<4x1xf32>
// CHECK:         %[[Z:.+]] = tactus.cast %{{.+}} {to = i32}
// CHECK:         tactus.quantize %arg0, %[[S]], %[[Z]] {to = i8}
func.func @quantizes_with_the_range_of_each_row(%x: tensor<4x8xf32>) -> tensor<4x8xi8> {
  %q, %s, %z = tactus.dynamic_quantize %x {axes = array<i64: 1>, to = i8} : (tensor<4x8xf32>) -> (tensor<4x8xi8>, tensor<4x1xf32>, tensor<4x1xi32>)
  return %q : tensor<4x8xi8>
}

// CHECK-LABEL: func @matmul_with_init
// CHECK-SAME:    %[[X:.+]]: tensor<4x16xi8>, %[[W:.+]]: tensor<16x8xi8>, %[[B:.+]]: tensor<8xi32>
// CHECK:         %[[Y:.+]] = tactus.matmul %[[X]], %[[W]] {element_type = i32} :
// CHECK:         tactus.add %[[Y]], %[[B]]
func.func @matmul_with_init(%x: tensor<4x16xi8>, %w: tensor<16x8xi8>, %b: tensor<8xi32>) -> tensor<4x8xi32> {
  %y = tactus.matmul %x, %w init %b {block = 4 : i64} : (tensor<4x16xi8>, tensor<16x8xi8>, tensor<8xi32>) -> tensor<4x8xi32>
  return %y : tensor<4x8xi32>
}

// CHECK-LABEL: func @narrow_matmul_with_init_rounds_once
// CHECK:         %[[Y:.+]] = tactus.matmul {{.+}} {element_type = f32}
// CHECK:         %[[B:.+]] = tactus.cast {{.+}} {to = f32}
// CHECK:         %[[S:.+]] = tactus.add %[[Y]], %[[B]]
// CHECK:         tactus.cast %[[S]] {to = f16}
func.func @narrow_matmul_with_init_rounds_once(%x: tensor<4x16xf16>, %w: tensor<16x8xf16>, %b: tensor<8xf16>) -> tensor<4x8xf16> {
  %y = tactus.matmul %x, %w init %b : (tensor<4x16xf16>, tensor<16x8xf16>, tensor<8xf16>) -> tensor<4x8xf16>
  return %y : tensor<4x8xf16>
}

// The CPU sums in its own order.
// CHECK-LABEL: func @matmul_with_block
// CHECK:         tactus.matmul {{.+}} {element_type = f32} :
// CHECK-NEXT:    return
func.func @matmul_with_block(%x: tensor<4x16xf32>, %w: tensor<16x8xf32>) -> tensor<4x8xf32> {
  %y = tactus.matmul %x, %w {block = 4 : i64} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// Negative: nothing to split.
// CHECK-LABEL: func @plain_matmul_stays
// CHECK-NEXT:    tactus.matmul %{{.+}}, %{{.+}} : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
// CHECK-NEXT:    return
func.func @plain_matmul_stays(%x: tensor<4x16xf32>, %w: tensor<16x8xf32>) -> tensor<4x8xf32> {
  %y = tactus.matmul %x, %w : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// CHECK-LABEL: func @piecewise_linear
// CHECK-SAME:    %[[X:.+]]: tensor<4x8xf32>, %[[V:.+]]: tensor<5xf32>, %[[S:.+]]: tensor<4xf32>
// CHECK-DAG:     %[[LOW:.+]] = tactus.constant dense<-2.000000e+00> : tensor<f32>
// CHECK-DAG:     %[[STEP:.+]] = tactus.constant dense<5.000000e-01> : tensor<f32>
// CHECK-DAG:     %[[LAST:.+]] = tactus.constant dense<3.000000e+00> : tensor<f32>
// CHECK:         %[[D:.+]] = tactus.sub %[[X]], %[[LOW]]
// CHECK:         %[[Q:.+]] = tactus.div %[[D]], %[[STEP]]
// CHECK:         %[[C:.+]] = tactus.clamp %[[Q]], %{{.+}}, %[[LAST]]
// CHECK:         %[[I:.+]] = tactus.cast %[[C]] {to = i32}
// CHECK-DAG:     %[[VALUE:.+]] = tactus.gather %[[V]], %[[I]]
// CHECK-DAG:     %[[SLOPE:.+]] = tactus.gather %[[S]], %[[I]]
// CHECK:         %[[P:.+]] = tactus.mul %[[SLOPE]], %{{.+}}
// CHECK:         %[[LINE:.+]] = tactus.add %[[VALUE]], %[[P]]
// CHECK:         %[[INSIDE:.+]] = tactus.select %{{.+}}, %{{.+}}, %[[LINE]]
// CHECK:         tactus.select %{{.+}}, %{{.+}}, %[[INSIDE]]
func.func @piecewise_linear(%x: tensor<4x8xf32>, %v: tensor<5xf32>, %s: tensor<4xf32>) -> tensor<4x8xf32> {
  %r = tactus.piecewise_linear %x, %v, %s {low = -2.0 : f64, step = 0.5 : f64, above_slope = 1.0 : f64} : (tensor<4x8xf32>, tensor<5xf32>, tensor<4xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// Negative: without its size the last knot is not known.
// CHECK-LABEL: func @piecewise_linear_of_unknown_size_stays
// CHECK:         tactus.piecewise_linear
func.func @piecewise_linear_of_unknown_size_stays(%x: tensor<4xf32>, %v: tensor<?xf32>, %s: tensor<?xf32>) -> tensor<4xf32> {
  %r = tactus.piecewise_linear %x, %v, %s {low = -2.0 : f64, step = 0.5 : f64} : (tensor<4xf32>, tensor<?xf32>, tensor<?xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// A vector is of rows where there are few columns.
// CHECK-LABEL: func @narrow_product_is_turned
// CHECK-SAME:    %[[X:.+]]: tensor<64x96xf32>, %[[W:.+]]: tensor<96x2xf32>
// CHECK-DAG:     %[[U:.+]] = tactus.transpose %[[W]] {perm = array<i64: 1, 0>}
// CHECK-DAG:     %[[Y:.+]] = tactus.transpose %[[X]] {perm = array<i64: 1, 0>}
// CHECK:         %[[P:.+]] = tactus.matmul %[[U]], %[[Y]]
// CHECK:         tactus.transpose %[[P]] {perm = array<i64: 1, 0>}
func.func @narrow_product_is_turned(%x: tensor<64x96xf32>, %w: tensor<96x2xf32>) -> tensor<64x2xf32> {
  %y = tactus.matmul %x, %w : (tensor<64x96xf32>, tensor<96x2xf32>) -> tensor<64x2xf32>
  return %y : tensor<64x2xf32>
}

// It is once, where there are few rows as well.
// CHECK-LABEL: func @small_product_is_turned
// CHECK-SAME:    %[[X:.+]]: tensor<2x96xf32>, %[[W:.+]]: tensor<96x2xf32>
// CHECK-DAG:     %[[U:.+]] = tactus.transpose %[[W]] {perm = array<i64: 1, 0>}
// CHECK-DAG:     %[[Y:.+]] = tactus.transpose %[[X]] {perm = array<i64: 1, 0>}
// CHECK:         %[[P:.+]] = tactus.matmul %[[U]], %[[Y]]
// CHECK:         tactus.transpose %[[P]] {perm = array<i64: 1, 0>}
func.func @small_product_is_turned(%x: tensor<2x96xf32>, %w: tensor<96x2xf32>) -> tensor<2x2xf32> {
  %y = tactus.matmul %x, %w : (tensor<2x96xf32>, tensor<96x2xf32>) -> tensor<2x2xf32>
  return %y : tensor<2x2xf32>
}

// Negative: short sums are few vectors.
// CHECK-LABEL: func @short_product_stays
// CHECK-NOT:     tactus.transpose
func.func @short_product_stays(%x: tensor<64x32xf32>, %w: tensor<32x2xf32>) -> tensor<64x2xf32> {
  %y = tactus.matmul %x, %w : (tensor<64x32xf32>, tensor<32x2xf32>) -> tensor<64x2xf32>
  return %y : tensor<64x2xf32>
}
