//===- SystolicInterfaces.td - What instructions share -----*- tablegen -*-===//
#ifndef TACTUS_SYSTOLIC_INTERFACES
#define TACTUS_SYSTOLIC_INTERFACES

include "mlir/IR/OpBase.td"

// What every instruction of a queue has.
def Systolic_QueueOpInterface : OpInterface<"QueueOpInterface"> {
  let cppNamespace = "::tactus::systolic";
  let description = "An instruction that a queue executes, with its tokens or semaphores.";
  let methods = [
    InterfaceMethod<"The tokens it waits for.", "::mlir::OperandRange", "getWaits">,
    InterfaceMethod<"The same, to be changed.", "::mlir::MutableOperandRange", "getWaitsMutable">,
    InterfaceMethod<"That it has completed.", "::mlir::TypedValue<TokenType>", "getToken">,
    InterfaceMethod<"Semaphores and counts to wait for, in pairs.",
                    "::std::optional<::llvm::ArrayRef<int64_t>>", "getWaitFor">,
    InterfaceMethod<"Sets them.", "void", "setWaitFor",
                    (ins "::std::optional<::llvm::ArrayRef<int64_t>>":$pairs)>,
    InterfaceMethod<"The semaphore that it signals.", "::std::optional<uint64_t>", "getSignal">,
    InterfaceMethod<"Sets it.", "void", "setSignal", (ins "::std::optional<uint64_t>":$semaphore)>,
    InterfaceMethod<"The index of the layer it works for.", "uint64_t", "getLayer">,
  ];
}

#endif // TACTUS_SYSTOLIC_INTERFACES
