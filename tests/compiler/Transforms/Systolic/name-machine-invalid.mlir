// RUN: tactus-opt %s -verify-diagnostics -systolic-name-machine=machine=abacus

// expected-error @below {{expected a machine of tpu-v1, gemmini, edge, tpu-v2, but got 'abacus'}}
module {
}
