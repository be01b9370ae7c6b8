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

def Tactus_IndexingOpInterface : OpInterface<"IndexingOpInterface"> {
  let cppNamespace = "::tactus::ir";
  let description = [{
    An op that finds elements by the values of an operand, indices. One that is out of
    range is known only when the program runs, and then fails the run: targets check
    each index before it is used.
  }];
}

#endif // TACTUS_INTERFACES
