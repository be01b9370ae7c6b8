// RUN: tactus-opt %s -split-input-file -systolic-name-machine=machine=edge | FileCheck %s
// RUN: tactus-opt %s -split-input-file -systolic-name-machine=machine=cpu | FileCheck %s --check-prefix=CPU

// CHECK: module attributes {systolic.machine = "edge"}
// CPU-NOT: systolic.machine
module {
}

// -----

// Negative: a module keeps the machine that it names.
// CHECK: module attributes {systolic.machine = "gemmini"}
module attributes {systolic.machine = "gemmini"} {
}
