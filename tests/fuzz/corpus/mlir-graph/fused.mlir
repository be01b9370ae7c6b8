module @m attributes {tactus.parameters = "w.safetensors"} {
  tactus.kernel @k(%x: tensor<2x3xf32>) -> tensor<2xf32> {
    %0 = tactus.sum %x {axes = array<i64: 1>} : (tensor<2x3xf32>) -> tensor<2xf32>
    tactus.yield %0 : tensor<2xf32>
  }
  func.func @main(%x: tensor<2x3xf32>) -> tensor<2xf32> {
    %0 = tactus.dispatch @k(%x) : (tensor<2x3xf32>) -> tensor<2xf32>
    %1 = "tactus.relu"(%0) : (tensor<2xf32>) -> tensor<2xf32>
    return %1 : tensor<2xf32>
  }
}
