//===- TactusInterfaces.td - What ops have in common -------*- tablegen -*-===//
#ifndef TACTUS_INTERFACES
#define TACTUS_INTERFACES

include "mlir/IR/OpBase.td"

def Tactus_ElementwiseOpInterface : OpInterface<"ElementwiseOpInterface"> {
  let cppNamespace = "::tactus::ir";
  let description = [{
    An op that computes each element of its one result from the elements at the
    same place of its operands, which broadcast as in NumPy. It may stand on
    vectors and scalars too.
  }];
}

#endif // TACTUS_INTERFACES
