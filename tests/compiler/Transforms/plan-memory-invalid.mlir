// RUN: tactus-opt %s -tactus-plan-memory -verify-diagnostics

func.func @main(%x: tensor<4xf32>, %c: tensor<i1>) -> tensor<4xf32> {
  // expected-error@+1 {{expected regions that are calls of functions, as tactus-outline-regions makes them}}
  %r = tactus.if %c : (tensor<i1>) -> tensor<4xf32> then {
    tactus.yield %x : tensor<4xf32>
  } else {
    tactus.yield %x : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}
