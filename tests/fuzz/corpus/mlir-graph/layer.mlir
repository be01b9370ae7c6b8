#loc = loc("g.json":1:2)
!t = tensor<?x3xf32>
func.func @main(%x: !t {tactus.name = "x", tactus.dims = ["n", ""]}) -> (tensor<?x2xf32> {tactus.name = "y"}) {
  %w = tactus.constant dense<[[1.0, 2.0], [3.0, 0x7F800000], [5.0, -6.0]]> : tensor<3x2xf32>
  %0 = tactus.matmul %x, %w : (!t, tensor<3x2xf32>) -> tensor<?x2xf32> loc(#loc)
  %1 = tactus.gelu %0 {approximate = #tactus.gelu_form<tanh>} : tensor<?x2xf32>
  %2 = tactus.softmax %1 {axis = 1 : i64} : tensor<?x2xf32>
  return %2 : tensor<?x2xf32>
}
