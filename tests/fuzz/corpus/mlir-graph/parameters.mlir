module attributes {tactus.parameters = "w.safetensors"} {
  func.func @main(%x: tensor<2x3xbf16> {tactus.name = "x"}) -> (tensor<2x3xbf16> {tactus.name = "y"}, tensor<2x2xi32> {tactus.name = "z"}) {
    %w = tactus.parameter @w : tensor<3xbf16>
    %0 = tactus.layer_norm %x scale %w {epsilon = 1.000000e-03 : f64} : (tensor<2x3xbf16>, tensor<3xbf16>) -> tensor<2x3xbf16>
    %1 = tactus.iota {axis = 1 : i64, type = tensor<2x3xi8>} : tensor<2x3xi8>
    %2 = tactus.transpose %1 {perm = array<i64: 1, 0>} : (tensor<2x3xi8>) -> tensor<3x2xi8>
    %3 = tactus.matmul %1, %2 {element_type = i32} : (tensor<2x3xi8>, tensor<3x2xi8>) -> tensor<2x2xi32>
    return %0, %3 : tensor<2x3xbf16>, tensor<2x2xi32>
  }
}
