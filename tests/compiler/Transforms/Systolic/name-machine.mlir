// RUN: tactus-opt %s -split-input-file -systolic-name-machine=machine=edge | FileCheck %s

// CHECK: module attributes {systolic.machine = "edge"}
module {
}

// -----

// Negative: a module keeps the machine that it names.
// CHECK: module attributes {systolic.machine = "gemmini"}
module attributes {systolic.machine = "gemmini"} {
}
