module @indexing {
  func.func @main(%arg0: tensor<4x3xf32> {tactus.name = "x"}, %arg1: tensor<2xi64> {tactus.name = "i"}) -> (tensor<3x3xf32> {tactus.name = "y"}, tensor<2x5xf32> {tactus.name = "o"}, tensor<7x2xi64> {tactus.name = "places"}) {
    %0 = tactus.constant dense<[0, -1, 3]> : tensor<3xi64>
    %1 = tactus.gather %arg0, %0 : (tensor<4x3xf32>, tensor<3xi64>) -> tensor<3x3xf32>
    %2 = tactus.concat %1, %arg0 {axis = 0 : i64} : (tensor<3x3xf32>, tensor<4x3xf32>) -> tensor<7x3xf32>
    %3:2 = tactus.split %2 {sizes = array<i64: 3, 4>} : (tensor<7x3xf32>) -> (tensor<3x3xf32>, tensor<4x3xf32>)
    %4 = tactus.pad %3#1 {mode = #tactus.pad_mode<reflect>, pads = array<i64: 1, 0, 2, -1>} : (tensor<4x3xf32>) -> tensor<7x2xf32>
    %values, %indices = tactus.top_k %4 {axis = 1 : i64, k = 2 : i64} : (tensor<7x2xf32>) -> (tensor<7x2xf32>, tensor<7x2xi64>)
    %5 = tactus.constant dense<[5.000000e-01, 2.000000e+00]> : tensor<2xf32>
    %6 = tactus.one_hot %arg1, %5 {depth = 5 : i64} : (tensor<2xi64>, tensor<2xf32>) -> tensor<2x5xf32>
    %7 = tactus.constant dense<2.500000e-01> : tensor<f32>
    %8 = tactus.compare %3#0, %7 {predicate = #tactus.predicate<less>} : (tensor<3x3xf32>, tensor<f32>) -> tensor<3x3xi1>
    %9 = tactus.constant dense<1.000000e+00> : tensor<f32>
    %10 = tactus.select %8, %3#0, %9 : (tensor<3x3xi1>, tensor<3x3xf32>, tensor<f32>) -> tensor<3x3xf32>
    return %10, %6, %indices : tensor<3x3xf32>, tensor<2x5xf32>, tensor<7x2xi64>
  }
}
