// RUN: tactus-opt %s --tactus-wrap-kernels | FileCheck %s

// CHECK-LABEL: llvm.func private @becomes_private_with_an_entry
// CHECK-SAME:    (%{{[^:]+}}: !llvm.ptr {llvm.noalias}, %{{[^:]+}}: !llvm.ptr {llvm.noalias},
// CHECK-SAME:     %{{[^:]+}}: !llvm.ptr {llvm.noalias}, %{{[^:]+}}: i64, %{{[^:]+}}: i64,
// CHECK-SAME:     %{{[^:]+}}: !llvm.ptr {llvm.noalias})
llvm.func @becomes_private_with_an_entry(%x: !llvm.ptr, %y: !llvm.ptr, %scratch: !llvm.ptr,
    %begin: i64, %end: i64, %status: !llvm.ptr) attributes {tactus.extent = 4 : i64} {
  llvm.return
}
// CHECK-LABEL: llvm.func @_tactus_becomes_private_with_an_entry
// CHECK-SAME:    (%[[BUFFERS:[^:]+]]: !llvm.ptr, %[[BEGIN:.+]]: i64, %[[END:.+]]: i64, %[[SCRATCH:.+]]: !llvm.ptr, %[[STATUS:.+]]: !llvm.ptr)
// CHECK:         %[[SLOT0:.+]] = llvm.getelementptr %[[BUFFERS]][0]
// CHECK:         %[[X:.+]] = llvm.load %[[SLOT0]]
// CHECK:         %[[SLOT1:.+]] = llvm.getelementptr %[[BUFFERS]][1]
// CHECK:         %[[Y:.+]] = llvm.load %[[SLOT1]]
// CHECK:         llvm.call @becomes_private_with_an_entry(%[[X]], %[[Y]], %[[SCRATCH]], %[[BEGIN]], %[[END]], %[[STATUS]])

// CHECK-LABEL: llvm.func @no_kernel_is_left_alone(%{{.+}}: !llvm.ptr) {
// CHECK-NOT:   @_tactus_no_kernel_is_left_alone
llvm.func @no_kernel_is_left_alone(%x: !llvm.ptr) {
  llvm.return
}
