//===- TactusBase.td - Dialect, types and op classes -------*- tablegen -*-===//
#ifndef TACTUS_BASE
#define TACTUS_BASE

include "dialects/Tactus/TactusInterfaces.td"
include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Tactus_Dialect : Dialect {
  let name = "tactus";
  let cppNamespace = "::tactus::ir";
  let summary = "Tensor programs as dataflow graphs.";
  let description = [{
    Ops have value semantics and no side effects. There is no implicit
    promotion: element types change only through `tactus.cast` and where an op
    names its result's element type.

    Shapes broadcast, and negative axes and indices count from the end, as in NumPy.
    Arithmetic follows IEEE 754: NaN gives NaN where a description says nothing else. Ops
    that move elements leave them as they are.
  }];
  let hasCanonicalizer = 1;
  let hasConstantMaterializer = 1;
  let useDefaultAttributePrinterParser = 1;
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

defvar tactusFloats = [F32, F64, F16, BF16];
defvar tactusInts = [I8, UI8, I16, I32, I64];
defvar tactusNumbers = !listconcat(tactusFloats, tactusInts);
defvar tactusAll = !listconcat(tactusNumbers, [I1]);

// Tensors of the graph levels. `elements` is for the tables made from this file.
class Tactus_TensorOf<list<Type> types> : RankedTensorOf<types> {
  list<Type> elements = types;
}
def Tactus_AnyTensor : Tactus_TensorOf<tactusAll>;
def Tactus_NumericTensor : Tactus_TensorOf<tactusNumbers>;
def Tactus_FloatTensor : Tactus_TensorOf<tactusFloats>;
def Tactus_IntegerTensor : Tactus_TensorOf<tactusInts>;
def Tactus_BoolTensor : Tactus_TensorOf<[I1]>;
def Tactus_IndexTensor : Tactus_TensorOf<[I64]>;

// Elementwise ops stand on tensors in a graph, and on the vectors and scalars
// of a kernel's loops once it has been tiled.
class Tactus_ElementwiseOperand<list<Type> types, string name>
    : AnyTypeOf<[RankedTensorOf<types>, VectorOfRankAndType<[1], types>,
                 AnyTypeOf<types>],
                "tensor, vector or scalar of " # name> {
  list<Type> elements = types;
}
def Tactus_AnyElementwise : Tactus_ElementwiseOperand<tactusAll, "any element type">;
def Tactus_NumericElementwise : Tactus_ElementwiseOperand<tactusNumbers, "a number type">;
def Tactus_FloatElementwise : Tactus_ElementwiseOperand<tactusFloats, "a float type">;

// The element type of a result, where an op names it; `TypeAttr` is the type of a
// whole tensor.
def Tactus_ElementTypeAttr : TypeAttrBase<"::mlir::Type", "element type attribute"> {
  let constBuilderCall = "::mlir::TypeAttr::get($0)";
}

//===----------------------------------------------------------------------===//
// Op classes
//===----------------------------------------------------------------------===//

class Tactus_Op<string mnemonic, string opFamily, list<Trait> traits = []>
    : Op<Tactus_Dialect, mnemonic, traits> {
  /// The family, one word at every level of the tree.
  string family = opFamily;
  /// True for ops that a user writes in a graph; JSON and the API offer these.
  bit inGraphs = 1;
}

// Result types come from one shape function, `ShapeInference.h`.
class Tactus_InferringOp<string mnemonic, string family, list<Trait> traits = []>
    : Tactus_Op<mnemonic, family,
                !listconcat([Pure, InferTypeOpAdaptor], traits)>;

class Tactus_UnaryElementwiseOp<string mnemonic, string family, Constraint type,
                                list<Trait> traits = []>
    : Tactus_Op<mnemonic, family,
                !listconcat([Pure, SameOperandsAndResultType,
                             Tactus_ElementwiseOpInterface], traits)> {
  let arguments = (ins type:$input);
  let results = (outs type:$result);
  let assemblyFormat = "$input attr-dict `:` type($result)";
}

class Tactus_BinaryElementwiseOp<string mnemonic, string family, Constraint type,
                                 list<Trait> traits = []>
    : Tactus_InferringOp<mnemonic, family,
                         !listconcat([Tactus_ElementwiseOpInterface], traits)> {
  let arguments = (ins type:$lhs, type:$rhs);
  let results = (outs type:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` functional-type(operands, results)";
  let extraClassDefinition = [{
    ::llvm::LogicalResult $cppClass::inferReturnTypes(
        ::mlir::MLIRContext *context, ::std::optional<::mlir::Location> location,
        Adaptor adaptor, ::llvm::SmallVectorImpl<::mlir::Type> &types) {
      return inferBroadcast(location, adaptor.getOperands(), types);
    }
  }];
}

/// What a reader wants to know of an activation, as data: docs, lint and
/// `tactus explain` read it.
class Tactus_ActivationFacts<string d, string r, string m, string s, string h, string c> {
  /// With respect to the input, unless it says another.
  string derivative = d;
  string range = r;
  string monotonicity = m;
  string saturation = s;
  string home = h;
  /// When to choose it, and when another.
  string choice = c;
}

#endif // TACTUS_BASE
