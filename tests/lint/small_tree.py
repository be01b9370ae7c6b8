"""A small tree without a problem, and how the selftests spoil it."""

import pathlib
import tempfile
import unittest

import tree

ALL = tree.checks()
ADD, REPLACE = "add", "replace"


def banner(name, kind="C++"):
    return f"//===- {name} - A test file ---*- {kind} -*-===//\n"


def guarded(name, text):
    guard = "TACTUS_" + name.upper().replace(".", "_")
    kind = "tablegen" if name.endswith(".td") else "C++"
    return f"{banner(name, kind)}#ifndef {guard}\n#define {guard}\n\n{text}\n#endif // {guard}\n"


OPS = """include "mlir/IR/OpBase.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
def Test_Dialect : Dialect {
  let name = "tactus";
  let cppNamespace = "::tactus::ir";
}
def Test_Float : RankedTensorOf<[F32]> {
  list<Type> elements = [F32];
}
def Test_ElementwiseOpInterface : OpInterface<"ElementwiseOpInterface">;
def Test_AddOp : Op<Test_Dialect, "add", [InferTypeOpAdaptor, Test_ElementwiseOpInterface]> {
  string family = "Elementwise";
  let summary = "Adds elements.";
  let description = [{
    Computes `result = lhs + rhs`, rounded once. Source: arithmetic.

    Constraints:
    - (C1) `lhs` and `rhs` have one element type.

    Example:
    ```mlir
    %r = tactus.add %a, %b
        : tensor<4xf32>
    ```
  }];
  let arguments = (ins AnyTensor:$lhs, AnyTensor:$rhs);
  let results = (outs AnyTensor:$result);
}
def Test_ReluOp : Op<Test_Dialect, "relu", [Test_ElementwiseOpInterface]> {
  string family = "Elementwise";
  let summary = "Keeps what is positive.";
  let description = [{
    Computes `result = max(input, 0)`. Source: ONNX Relu.

    Example:
    ```mlir
    %r = tactus.relu %a : tensor<4xf32>
    ```
  }];
  let arguments = (ins Test_Float:$input);
  let results = (outs Test_Float:$result);
}
def Test_SumOp : Op<Test_Dialect, "sum"> {
  string family = "Elementwise";
  let summary = "Adds up.";
  let description = [{
    Computes the sum of all elements. Source: ONNX ReduceSum.

    Constraints:
    - (C1) There are elements.

    Example:
    ```mlir
    %r = tactus.sum %a : tensor<4xf32>
    ```
  }];
  let hasVerifier = 1;
  let arguments = (ins AnyTensor:$input);
  let results = (outs AnyTensor:$result);
}
"""
OPS_TEST = """// RUN: tactus-opt %s
func.func @add_c1_types_differ() {
func.func @sum_c1_no_elements() {
  %r = tactus.add %a, %b : tensor<4xf32>
  %r = tactus.relu %a : tensor<4xf32>
  %r = tactus.sum %a : tensor<4xf32>
}
"""
# What the ops above have beside their descriptions.
METHODS = """LogicalResult AddOp::inferReturnTypes() { return success(); }

LogicalResult SumOp::verify() { return success(); }
"""
EVALUATION = """static Tensor evalSum(Operands operands) { return {}; }

Tensor evaluate(Operation *op, Operands operands) {
  return TypeSwitch(op)
      .Case([](ir::AddOp) { return [](W x, W y) { return x + y; }; })
      .Case([](ir::ReluOp) { return relu<W>; })
      .Case([](ir::SumOp op) { return evalSum(operands); });
}
"""
FUNCTIONS = "mlir::Value relu(MathEmitter &m, mlir::Value x);\n"
EXPANSION = """Value relu(MathEmitter &m, Value x) { return m.atLeast(x, 0); }

Value expand(Operation *op) {
  return TypeSwitch(op)
      .Case([](ir::AddOp) { return m.add(x, y); })
      .Case([](ir::ReluOp) { return math::relu(m, x); });
}
"""
LOWERING = "void emitLoops(ir::SumOp op);\n"
STEPS = """struct ExpandRelu final : ExpandFunction<ir::ReluOp> {};

void populate() { patterns.add<ExpandRelu>(context); }
"""
API = """static Value reduce(Operand input) {
  return OpCall::on<ir::SumOp>({&input}).value();
}

Value add(Operand lhs, Operand rhs) {
  return OpCall::on<ir::AddOp>({&lhs, &rhs}).value();
}

Value relu(Operand input) { return OpCall::on<ir::ReluOp>({&input}).value(); }

Value sum(Operand input) { return reduce(input); }
"""
API_HEADER = """struct Operand {};
struct Value {};

/// Returns lhs + rhs.
Value add(Operand lhs, Operand rhs);

/// Returns what is positive, as clamp(input) does.
Value relu(Operand input);

/// Returns add(input[0], ...).
Value sum(Operand input);
"""
SCALARS = """/// x / (1 + x)
template <typename W> W relu(W x) {
  W sum = 1 + x;
  return x / sum;
}

template <typename W> W least(W x) {
  // Neither / nor std::exp().
  return x;
}
"""
QUICK = """V relu(V x) { return x; }

static const Case functions[] = {TACTUS_ALONE("relu", relu(x))};
"""
EXACT = """Exact relu(Exact x) { return x; }

static const Case functions[] = {{"relu", "relu %v", relu}};
"""
PRECISE = """Exact reluPrecisely(Exact x) { return x; }

const PreciseFunction functions[] = {{"relu", reluPrecisely}};
"""
PASSES = """include "mlir/Pass/PassBase.td"
def FuseThingsPass : Pass<"tactus-fuse-things"> {
  let summary = "Fuses things.";
  let description = [{
    Moves one thing into another, so that both are one. Leaves the rest alone.
  }];
  let options = [Option<"most", "most", "int64_t", "4", "How many to move.">];
}
"""
PROGRAM = "#include <tactus/Tensor.h>\n\nint main() { return 0; }\n"
README = f"# Tactus\n\n```cpp\n{PROGRAM}```\n\nSee [the glossary](docs/glossary.md).\n"

# The files of a tree without a problem, but for what docs/generate.py writes.
GOOD = {
    ".ci/run": "#!/bin/sh\n",
    ".clang-format": "BasedOnStyle: LLVM\n",
    ".clang-tidy": "Checks: '-*'\n",
    ".gitignore": "build/\n",
    "CMakeLists.txt": "project(Tactus)\n",
    "LICENSE": "the license\n",
    "README.md": README,
    "dev": "#!/bin/sh\n",
    "docs/glossary.md": "# Glossary\n",
    "docs/generated/benchmarks/threads-1.md": "text\n<!-- CRC-32 of all before: 37ecda27 -->\n",
    "docs/examples/readme.cpp": banner("readme.cpp") + PROGRAM,
    "dialects/Tactus/TactusOps.td": guarded("TactusOps.td", OPS),
    "dialects/Tactus/Shape.h": guarded("Shape.h", "#include <vector>\n"),
    "dialects/Systolic/Machine.h": guarded("Machine.h", '#include "tactus/Error.h"\n'),
    "runtime/include/tactus/Error.h": guarded("Error.h", "#include <string>\n"),
    "runtime/include/tactus/Tensor.h": guarded("Tensor.h", '#include "tactus/Error.h"\n'),
    "runtime/Support/Json.h": guarded("Json.h", "#include <nlohmann/json.hpp>\n"),
    "runtime/Core/Arena.h": guarded(
        "Arena.h", '#include "dialects/Systolic/Machine.h"\n#include "tactus/Tensor.h"\n'
    ),
    "runtime/Interpreter/Eval.h": guarded(
        "Eval.h", '#include "dialects/Tactus/Ops.h.inc"\n#include "mlir/IR/Value.h"\n'
    ),
    "compiler/include/tactus/Graph.h": guarded("Graph.h", '#include "tactus/Tensor.h"\n'),
    "compiler/Transforms/Passes.td": guarded("Passes.td", PASSES),
    "compiler/Transforms/Fuse.h": guarded("Fuse.h", '#include "dialects/Tactus/Shape.h"\n'),
    "compiler/Driver/Driver.h": guarded("Driver.h", '#include "compiler/Transforms/Fuse.h"\n'),
    "tests/CMakeLists.txt": "add_executable(a ${CMAKE_SOURCE_DIR}/docs/examples/readme.cpp)\n",
    "tests/unit/CMakeLists.txt": "add_executable(b\n  DriverTest.cpp Graph/OpCases.cpp Interpreter/Values.cpp\n"
    "  Interpreter/ScalarFunctionsTest.cpp Math/ExactFunctions.cpp\n"
    "  Math/QuickFunctions.cpp Math/PreciseFunctions.cpp Driver/MachineLegalizationTest.cpp)\n",
    "tests/unit/DriverTest.cpp": banner("DriverTest.cpp")
    + '#include "compiler/Driver/Driver.h"\n#include <gtest/gtest.h>\n',
    "tests/dialects/Tactus/tactus-ops.mlir": OPS_TEST,
    "dialects/Tactus/Infer.h": guarded("Infer.h", METHODS),
    "runtime/Interpreter/Cases.h": guarded("Cases.h", EVALUATION),
    "compiler/Conversion/Math/Functions.h": guarded("Functions.h", FUNCTIONS),
    "compiler/Conversion/Math/Expand.h": guarded("Expand.h", EXPANSION),
    "compiler/Conversion/Kernels/Loops.h": guarded("Loops.h", LOWERING),
    "compiler/Graph/Api.h": guarded("Api.h", API),
    "compiler/include/tactus/Ops.h": guarded("Ops.h", API_HEADER),
    "tests/unit/Graph/OpCases.cpp": banner("OpCases.cpp")
    + 'static const Case cases[] = {{"add"}, {"relu %arg0"}, {"sum"}};\n',
    "tests/unit/Interpreter/Values.cpp": banner("Values.cpp")
    + 'static const Case cases[] = {{"add", 1}, {.op = "relu", 2}, {"sum", 3}};\n',
    "runtime/Interpreter/ScalarFunctions.h": guarded("ScalarFunctions.h", SCALARS),
    "tests/unit/Interpreter/ScalarFunctionsTest.cpp": banner("ScalarFunctionsTest.cpp")
    + 'static const Function functions[] = {{"relu", relu<double>, reluOf}};\n',
    "tests/unit/Support/Exact.h": guarded("Exact.h", "Exact reluOf(Exact x) { return x; }\n"),
    "tests/unit/Math/ExactFunctions.cpp": banner("ExactFunctions.cpp")
    + EXACT,
    "tests/unit/Math/QuickFunctions.cpp": banner("QuickFunctions.cpp")
    + QUICK,
    "tests/unit/Math/PreciseFunctions.cpp": banner("PreciseFunctions.cpp")
    + PRECISE,
    "compiler/CMakeLists.txt": "add_library(c Transforms/LegalizeVectorUnit.cpp)\n",
    "compiler/Transforms/LegalizeVectorUnit.cpp": banner("LegalizeVectorUnit.cpp") + STEPS,
    "tests/unit/Driver/MachineLegalizationTest.cpp": banner("MachineLegalizationTest.cpp")
    + 'static const Case activations[] = {{"relu", 0}};\n',
    "tests/compiler/Transforms/legalize-for-machine.mlir": "%0 = tactus.relu %x : tensor<8xf32>\n",
    "docs/decisions/0008-machine-arithmetic.md": "| relu, abs | as defined |\n",
    "docs/generated/accuracy.md": "| relu | 0 |\n\n| relu | 1 |\n",
    "docs/generated/systolic-support.md": "| `add` | |\n| `relu` | |\n| `sum` | |\n",
    "tests/compiler/Transforms/fuse-things.mlir": "// RUN: tactus-opt %s --tactus-fuse-things\n",
}


def plant(root, files):
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)


def good_tree(root):
    plant(root, GOOD)
    for name, text in tree.generate.generate(root).items():
        plant(root, {f"docs/generated/{name}": text})


def spoil(root, path, how, text):
    place = root / path
    if text is None:
        place.unlink()
    elif how == REPLACE:
        plant(root, {path: text})
    elif how == ADD:
        place.write_text(place.read_text() + text)
    else:
        before = place.read_text()
        assert how in before, f"{path} does not hold '{how}'"
        place.write_text(before.replace(how, text))


class SmallTree(unittest.TestCase):
    """What a check says of a small tree, once it is spoiled."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        good_tree(self.root)

    def problems(self, check):
        return list(ALL[check](tree.Tree(self.root)))
