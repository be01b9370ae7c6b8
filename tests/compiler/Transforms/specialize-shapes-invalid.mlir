// RUN: tactus-opt %s -tactus-specialize-shapes=dims=a=4,b=5,c=x -split-input-file -verify-diagnostics

func.func @main(%x: tensor<?xf32> {tactus.dims = ["a"]}, %y: tensor<?xf32> {tactus.dims = ["b"]}) -> tensor<?xf32> {
  // expected-error @below {{expected shapes that broadcast, but got lhs dim -1 (4) and rhs dim -1 (5)}}
  %0 = tactus.add %x, %y : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  return %0 : tensor<?xf32>
}

// -----

// expected-error @below {{expected a size for dimension 'c', but got 'x'}}
func.func @main(%x: tensor<?xf32> {tactus.dims = ["c"]}) -> tensor<?xf32> {
  return %x : tensor<?xf32>
}

// -----

func.func @main(%limit: tensor<i64>) -> tensor<?xi64> {
  %zero = tactus.constant dense<0> : tensor<i64>
  %one = tactus.constant dense<1> : tensor<i64>
  // expected-error @below {{expected bounds that are constants here, where sizes must be known before the program runs, but got bounds that it computes}}
  %0 = tactus.range %zero, %limit, %one : (tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<?xi64>
  return %0 : tensor<?xi64>
}

// -----

func.func @main(%x: tensor<1xi8>) -> tensor<1048576x1048576xi8> {
  // expected-error @below {{expected a tensor of 2^37 elements or less, but got 'tensor<1048576x1048576xi8>'}}
  %0 = tactus.broadcast %x {shape = array<i64: 1048576, 1048576>} : (tensor<1xi8>) -> tensor<1048576x1048576xi8>
  return %0 : tensor<1048576x1048576xi8>
}
