// RUN: tactus-opt %s --tactus-wrap-kernels -verify-diagnostics -split-input-file

// expected-error @below {{expected a kernel with scratch, begin, end and status, but got 2 arguments}}
llvm.func @too_few_arguments(%x: !llvm.ptr, %status: !llvm.ptr) attributes {tactus.extent = 4 : i64} {
  llvm.return
}

// -----

// expected-error @below {{expected argument 1 of a kernel to be an integer, but got '!llvm.ptr'}}
llvm.func @bound_is_a_pointer(%scratch: !llvm.ptr, %begin: !llvm.ptr, %end: i64, %status: !llvm.ptr)
    attributes {tactus.extent = 4 : i64} {
  llvm.return
}
