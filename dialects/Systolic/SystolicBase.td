//===- SystolicBase.td - Dialect, types and op classes -----*- tablegen -*-===//
#ifndef TACTUS_SYSTOLIC_BASE
#define TACTUS_SYSTOLIC_BASE

include "dialects/Systolic/SystolicInterfaces.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Systolic_Dialect : Dialect {
  let name = "systolic";
  let cppNamespace = "::tactus::systolic";
  let summary = "Programs of a weight-stationary systolic machine.";
  let description = [{
    One op an instruction, in program order; each queue of the machine executes
    its own in that order. Between queues `!systolic.token`s order accesses, until
    semaphores take their place. Ops address rows of buffers, which have no place
    until `systolic-allocate` gives them one. The module's attribute
    `systolic.machine` names a preset or holds a whole description.
  }];
  let useDefaultTypePrinterParser = 1;
  let useDefaultAttributePrinterParser = 1;
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

class Systolic_Type<string name, string typeMnemonic, string text>
    : TypeDef<Systolic_Dialect, name> {
  let mnemonic = typeMnemonic;
  let summary = text;
}

def Systolic_Token : Systolic_Type<"Token", "token", "that an instruction has completed">;
def Systolic_UnifiedBuffer : Systolic_Type<"UnifiedBuffer", "ub", "rows of the unified buffer">;
def Systolic_Accumulators : Systolic_Type<"Accumulators", "acc", "rows of accumulators">;
def Systolic_Dram : Systolic_Type<"Dram", "dram", "bytes of DRAM">;

def Systolic_Local : AnyTypeOf<[Systolic_UnifiedBuffer, Systolic_Accumulators], "rows of the unified buffer or of accumulators">;
def Systolic_WeightSource : AnyTypeOf<[Systolic_Dram, Systolic_UnifiedBuffer], "DRAM or rows of the unified buffer">;

//===----------------------------------------------------------------------===//
// Choices
//===----------------------------------------------------------------------===//

// The values are those of Encoding.h, whose enums the encoder takes.
class Systolic_Enum<string name, string text, list<string> words>
    : I32EnumAttr<name, text,
                  !foreach(i, !range(!size(words)), I32EnumAttrCase<words[i], i>)> {
  let cppNamespace = "::tactus::systolic";
  let genSpecializedAttr = 0;
}

def Systolic_ElementKind : Systolic_Enum<"ElementKind", "element type",
    ["i8", "bf16", "i32", "f32"]>;
def Systolic_FunctionKind : Systolic_Enum<"FunctionKind", "activation function",
    ["none", "relu", "leaky_relu", "prelu", "clip", "sigmoid", "tanh", "gelu", "gelu_tanh", "silu"]>;
def Systolic_VectorKind : Systolic_Enum<"VectorKind", "vector operation",
    ["add", "mul", "max", "row_max", "row_sum", "exp", "rsqrt", "apply", "div", "min", "sqrt", "log"]>;
def Systolic_RightKind : Systolic_Enum<"RightKind", "kind of right operand",
    ["rows", "column", "immediate"]>;
def Systolic_QueueKind : Systolic_Enum<"QueueKind", "queue",
    ["LD", "WL", "MM", "ACT", "ST"]>;
def Systolic_RoleKind : Systolic_Enum<"RoleKind", "what a range of DRAM holds",
    ["input", "output", "constant", "scratch"]>;

class Systolic_EnumAttr<EnumInfo info, string attrMnemonic>
    : EnumAttr<Systolic_Dialect, info, attrMnemonic> {
  let assemblyFormat = "`<` $value `>`";
}
def Systolic_ElementAttr : Systolic_EnumAttr<Systolic_ElementKind, "type">;
def Systolic_FunctionAttr : Systolic_EnumAttr<Systolic_FunctionKind, "function">;
def Systolic_VectorAttr : Systolic_EnumAttr<Systolic_VectorKind, "operation">;
def Systolic_RightAttr : Systolic_EnumAttr<Systolic_RightKind, "right">;
def Systolic_QueueAttr : Systolic_EnumAttr<Systolic_QueueKind, "queue">;
// Stands bare in `systolic.dram input`.
def Systolic_RoleAttr : EnumAttr<Systolic_Dialect, Systolic_RoleKind, "role">;

//===----------------------------------------------------------------------===//
// Op classes
//===----------------------------------------------------------------------===//

class Systolic_Op<string mnemonic, list<Trait> traits = []>
    : Op<Systolic_Dialect, mnemonic, traits>;

// `fields` come after the operands; waits are last of these, so that at most one
// group of operands varies in ops that have no optional ones.
class Systolic_QueueOp<string mnemonic, dag operands, dag fields, list<Trait> traits = []>
    : Systolic_Op<mnemonic, !listconcat(traits, [HasParent<"ProgramOp">, Systolic_QueueOpInterface])> {
  let arguments = !con(operands, (ins Variadic<Systolic_Token>:$waits), fields,
      (ins DefaultValuedAttr<I64Attr, "0">:$layer, OptionalAttr<DenseI64ArrayAttr>:$wait_for,
           OptionalAttr<I64Attr>:$signal));
  let results = (outs Systolic_Token:$token);
  let hasVerifier = 1;
}

// Waits for everything before it and holds back everything after it.
class Systolic_BarrierOp<string mnemonic, dag fields, list<Trait> traits = []>
    : Systolic_Op<mnemonic, !listconcat(traits, [HasParent<"ProgramOp">])> {
  let arguments = !con(fields, (ins DefaultValuedAttr<I64Attr, "0">:$layer));
  let hasVerifier = 1;
}

#endif // TACTUS_SYSTOLIC_BASE
