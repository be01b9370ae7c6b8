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

def Tactus_ControlOpInterface : OpInterface<"ControlOpInterface"> {
  let cppNamespace = "::tactus::ir";
  let description = [{
    An op that runs its regions, each of one block that ends in `tactus.yield`, never,
    once or again and again. Regions see the values around the op.
  }];
  let methods = [
    InterfaceMethod<"The types that the arguments of a region have, by the op's operands; "
                    "fails where these cannot be right, with an error at `location`, if any.",
        "::llvm::FailureOr<::llvm::SmallVector<::mlir::Type>>", "getArgumentTypes",
        (ins "unsigned":$region, "::std::optional<::mlir::Location>":$location)>,
    InterfaceMethod<"What files call the regions.",
        "::llvm::ArrayRef<::llvm::StringLiteral>", "getRegionNames", (ins),
        "return ConcreteOp::regionNames();">
  ];
}

#endif // TACTUS_INTERFACES
