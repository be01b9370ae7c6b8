#!/usr/bin/env python3
"""Tests each check of lint on a small tree: silent where it is right, and for each
thing that a check forbids, a change that makes it speak."""

import pathlib
import re
import tempfile
import unittest

import tree

ALL = tree.checks()


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
    Computes `result = lhs + rhs`, rounded once.

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
    Computes `result = max(input, 0)`.

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
    Computes the sum of all elements.

    Example:
    ```mlir
    %r = tactus.sum %a : tensor<4xf32>
    ```
  }];
  let arguments = (ins AnyTensor:$input);
  let results = (outs AnyTensor:$result);
}
"""
OPS_TEST = """// RUN: tactus-opt %s
func.func @add_c1_types_differ() {
  %r = tactus.add %a, %b : tensor<4xf32>
  %r = tactus.relu %a : tensor<4xf32>
  %r = tactus.sum %a : tensor<4xf32>
}
"""
# What the ops above have beside their descriptions.
EVALUATION = """void evaluate(ir::AddOp op);
void evaluate(ir::ReluOp op);
void evaluate(ir::SumOp op);
"""
EXPANSION = "void expand(ir::AddOp op);\nvoid expand(ir::ReluOp op);\n"
LOWERING = "void emitLoops(ir::SumOp op);\n"
STEPS = "struct ExpandRelu final : ExpandFunction<ir::ReluOp> {};\n"
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
Value add(Operand lhs, Operand rhs);
Value relu(Operand input);
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
    "  Interpreter/ScalarFunctionsTest.cpp Math/FunctionSamplesTest.cpp Math/ExactFunctions.cpp\n"
    "  Math/QuickFunctions.cpp Driver/MachineLegalizationTest.cpp)\n",
    "tests/unit/DriverTest.cpp": banner("DriverTest.cpp")
    + '#include "compiler/Driver/Driver.h"\n#include <gtest/gtest.h>\n',
    "tests/dialects/Tactus/tactus-ops.mlir": OPS_TEST,
    "dialects/Tactus/Infer.h": guarded("Infer.h", "LogicalResult AddOp::inferReturnTypes();\n"),
    "runtime/Interpreter/Cases.h": guarded("Cases.h", EVALUATION),
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
    + 'static const Function functions[] = {{"relu", relu<double>}};\n',
    "tests/unit/Math/FunctionSamplesTest.cpp": banner("FunctionSamplesTest.cpp")
    + "static const Case functions[] = {TACTUS_MPFR(relu)};\n",
    "tests/unit/Math/ExactFunctions.cpp": banner("ExactFunctions.cpp")
    + 'static const Case functions[] = {{"relu", "relu %v"}};\n',
    "tests/unit/Math/QuickFunctions.cpp": banner("QuickFunctions.cpp")
    + 'static const Case functions[] = {TACTUS_ALONE("relu", x)};\n',
    "compiler/Transforms/LegalizeVectorUnit.h": guarded("LegalizeVectorUnit.h", STEPS),
    "tests/unit/Driver/MachineLegalizationTest.cpp": banner("MachineLegalizationTest.cpp")
    + 'static const Case activations[] = {{"relu", 0}};\n',
    "tests/compiler/Transforms/legalize-for-machine.mlir": "%0 = tactus.relu %x : tensor<8xf32>\n",
    "docs/generated/accuracy.md": "| relu | 0 |\n",
    "docs/generated/systolic-support.md": "| `add` | |\n| `relu` | |\n| `sum` | |\n",
    "tests/compiler/Transforms/fuse-things.mlir": "// RUN: tactus-opt %s --tactus-fuse-things\n",
}

# The check, the file, its text (or what is appended to it; None removes the file),
# and what the check says.
ADD, REPLACE = "add", "replace"
BAD = [
    ("layering", "dialects/Tactus/Shape.h", ADD, '#include "runtime/Core/Arena.h"\n', "belongs to core"),
    ("layering", "runtime/Core/Arena.h", ADD, '#include "dialects/Tactus/Shape.h"\n', "core may not"),
    ("layering", "runtime/Core/Arena.h", ADD, "#include <llvm/ADT/APInt.h>\n", "free of LLVM"),
    ("layering", "runtime/Core/Arena.h", ADD, '#include "mlir/IR/Value.h"\n', "free of LLVM"),
    ("layering", "dialects/Systolic/Machine.h", ADD, '#include "mlir/IR/Value.h"\n', "free of LLVM"),
    ("layering", "dialects/Systolic/Machine.h", ADD, '#include "dialects/Tactus/Shape.h"\n', "machine may"),
    ("layering", "runtime/Core/Arena.h", ADD, '#include "compiler/Driver/Driver.h"\n', "core may not"),
    ("layering", "runtime/Core/Arena.h", ADD, "#include <nlohmann/json.hpp>\n", "only below runtime/Support/"),
    ("layering", "runtime/Core/Arena.h", ADD, "#include <gtest/gtest.h>\n", "only below tests/"),
    ("layering", "runtime/Core/Arena.h", ADD, '#include "runtime/Interpreter/Eval.h"\n', "core may not"),
    ("layering", "runtime/Core/Arena.h", ADD, '#include "../Support/Json.h"\n', "from the top of the tree"),
    ("layering", "runtime/Core/Arena.h", ADD, '#include "runtime/Core/Gone.h"\n', "there is no file"),
    ("layering", "runtime/Interpreter/Eval.h", ADD, '#include "compiler/Transforms/Fuse.h"\n', "interpreter may"),
    ("layering", "runtime/include/tactus/Tensor.h", ADD, '#include "tactus/Graph.h"\n', "public runtime may"),
    ("layering", "runtime/include/tactus/Tensor.h", ADD, '#include "runtime/Core/Arena.h"\n', "public runtime may"),
    ("layering", "compiler/include/tactus/Graph.h", ADD, "#include <mlir/IR/Value.h>\n", "free of LLVM"),
    ("layering", "compiler/include/tactus/Graph.h", ADD, '#include "compiler/Driver/Driver.h"\n', "public compiler may"),
    ("layering", "compiler/Transforms/Fuse.h", ADD, '#include "compiler/Driver/Driver.h"\n', "compiler may not"),
    ("layering", "docs/examples/readme.cpp", ADD, '#include "runtime/Core/Arena.h"\n', "examples may not"),
    ("layering", "dialects/Tactus/TactusOps.td", ADD, 'include "compiler/Transforms/Passes.td"\n', "dialects may"),
    ("layering", "runtime/Elsewhere/New.h", REPLACE, "\n", "a folder that the layering table knows"),
    ("public-headers", "runtime/include/tactus/Tensor.h", ADD, "std::vector<int> f();\n", "not compile alone"),
    ("public-headers", "runtime/include/tactus/tactus_c.h", REPLACE, "class A;\n", "not compile alone"),
    ("sizes", "dialects/Tactus/Shape.h", REPLACE, "\n" * 801, "at most 800 lines, but got 801"),
    ("top-level", "setup.sh", REPLACE, "\n", "nothing but the listed files"),
    ("top-level", "LICENSE", REPLACE, None, "expected this file"),
    ("headers", "dialects/Tactus/Shape.h", REPLACE, "#pragma once\n", "===- Shape.h - <purpose>"),
    ("headers", "dialects/Tactus/Shape.h", REPLACE, banner("Shape.h"), "expected an include guard"),
    ("headers", "runtime/Core/Shape.h", REPLACE, guarded("Shape.h", ""), "is that of dialects/"),
    ("headers", "tests/unit/DriverTest.cpp", REPLACE, "int x;\n", "===- DriverTest.cpp - <purpose>"),
    ("marks", "dialects/Tactus/Shape.h", ADD, "// TO" + "DO: later\n", "neither issue nor decision"),
    ("marks", "docs/glossary.md", ADD, "see /wo" + "rk/notes\n", "a path of one machine"),
    ("marks", "tests/unit/DriverTest.cpp", ADD, "EXPECT_TRUE(tr" + "ue);\n", "unable to fail"),
    ("dispatch", "compiler/Transforms/Fuse.h", ADD, 'if (name == "tactus.add")\n', "op name 'tactus.add'"),
    ("dispatch", "compiler/Transforms/Fuse.h", ADD, '  .Case("add", 1)\n', "op name 'add'"),
    ("dispatch", "compiler/Transforms/Fuse.h", ADD, "x->getName().getStringRef() == y\n", "by an op's name"),
    ("style", "dialects/Tactus/Shape.h", ADD, "using namespace mlir;\n", "opens no namespace"),
    ("style", "compiler/Transforms/Fuse.h", ADD, "cl::opt<bool> fast;\n", "not to globals"),
    ("style", "compiler/Transforms/Fuse.h", ADD, 'report_fatal_error("x");\n', "never fatal"),
    ("style", "compiler/Transforms/Fuse.h", ADD, "auto v = json::parse(text);\n", "strict reader"),
    ("style", "tests/unit/DriverTest.cpp", ADD, "namespace mlir {\n", "MLIR's namespace"),
    ("style", "compiler/Transforms/Fuse.h", ADD, "struct P : impl::PBase<P> {};\n", "tactus::impl::"),
    ("style", "docs/glossary.md", ADD, "the behav" + "iour\n", "American spelling"),
    ("style", "docs/glossary.md", ADD, "is initial" + "ised\n", "American spelling"),
    ("format", "tests/unit/DriverTest.cpp", ADD, "int   x ;\n", "not formatted"),
    ("ops", "dialects/Tactus/TactusOps.td", "Adds elements.", "Adds", "summary that is a sentence"),
    ("ops", "dialects/Tactus/TactusOps.td", "Computes `result = lhs + rhs`, rounded once.\n", "", "expected a description"),
    ("ops", "dialects/Tactus/TactusOps.td", "(C1)", "(C2)", "numbered from C1 on, but got [2]"),
    ("ops", "dialects/Tactus/TactusOps.td", '"Elementwise"', '"Activation"', "expected its saturation"),
    ("ops", "dialects/Tactus/TactusOps.td", '"Elementwise"', '"Reduction"', "what becomes of NaN"),
    ("ops", "dialects/Tactus/TactusOps.td", "```mlir", "```", "expected an example"),
    ("ops", "tests/dialects/Tactus/tactus-ops.mlir", "tactus.add", "tactus.sub", "does not stand in"),
    ("ops", "tests/dialects/Tactus/tactus-ops.mlir", "add_c1_", "add_", "(C1) has no test"),
    ("op-parts", "dialects/Tactus/TactusOps.td", '"add"', '"plus"', 'begins with "plus"'),
    ("op-parts", "dialects/Tactus/TactusOps.td", "Test_ReluOp", "Test_GoneOp", "ReluOp: expected part 1, its description"),
    ("op-parts", "dialects/Tactus/Infer.h", "AddOp", "GoneOp", "tactus.add: expected part 2, its shape function"),
    ("op-parts", "runtime/Interpreter/Cases.h", "AddOp", "GoneOp", "tactus.add: expected part 3, its evaluation"),
    ("op-parts", "compiler/Conversion/Math/Expand.h", "AddOp", "GoneOp", "tactus.add: expected part 4, its expansion"),
    ("op-parts", "compiler/Conversion/Kernels/Loops.h", "SumOp", "GoneOp", "tactus.sum: expected part 4, its lowering"),
    ("op-parts", "compiler/Graph/Api.h", "AddOp", "GoneOp", "tactus.add: expected part 5, its API function"),
    ("op-parts", "compiler/Graph/Api.h", "reduce(input)", "input", "tactus.sum: expected part 5, its API function"),
    ("op-parts", "compiler/include/tactus/Ops.h", "sum(", "total(", "tactus.sum: expected part 5, its API function"),
    ("op-parts", "tests/unit/Graph/OpCases.cpp", '{"relu', '{"', "tactus.relu: expected part 6, its tests"),
    ("op-parts", "tests/unit/Math/ExactFunctions.cpp", "relu %v", "%v", "tactus.relu: expected part 6, its tests"),
    ("op-parts", "tests/unit/Interpreter/Values.cpp", '"relu"', '"tanh"', 'a case "relu" worked by hand'),
    ("op-parts", "tests/unit/Interpreter/ScalarFunctionsTest.cpp", "relu", "tanh", "relu: expected part 6, its tests, a use of relu"),
    ("op-parts", "runtime/Interpreter/ScalarFunctions.h", "return x;", "return std::exp(x);", "least: expected part 6"),
    ("op-parts", "tests/unit/Math/FunctionSamplesTest.cpp", "(relu)", "(tanh)", 'a function "relu" in'),
    ("op-parts", "tests/unit/Math/QuickFunctions.cpp", "relu", "tanh", 'a function "relu" in tests/unit/Math/QuickFunctions.cpp'),
    ("op-parts", "docs/generated/accuracy.md", "relu", "tanh", "tactus.relu: expected part 6, its tests, a row relu"),
    ("op-parts", "docs/generated/systolic-support.md", "sum", "gone", "tactus.sum: expected part 4, its lowering, a row `sum`"),
    ("op-parts", "tests/unit/Driver/MachineLegalizationTest.cpp", "relu", "tanh", 'a case "relu" in tests/unit/Driver/'),
    ("op-parts", "tests/compiler/Transforms/legalize-for-machine.mlir", "relu", "tanh", "tactus.relu in tests/compiler/"),
    ("passes", "compiler/Transforms/Passes.td", "Fuses things.", "", "summary that is a sentence"),
    ("passes", "compiler/Transforms/Passes.td", "Moves one thing into another, so that both are one.", "", "expected a description"),
    ("passes", "compiler/Transforms/Passes.td", "tactus-fuse-things", "fuse-things", "begins with one of"),
    ("passes", "compiler/Transforms/Passes.td", "How many to move.", "", "option 'most' has no description"),
    ("passes", "tests/compiler/Transforms/fuse-things.mlir", "RUN: tactus-opt", "tactus-opt", "runs it"),
    ("generated", "dialects/Tactus/TactusOps.td", "rounded once", "rounded twice", "tactus-ops.md:"),
    ("generated", "docs/generated/more.md", REPLACE, "text\n", "does not write this file"),
    ("generated", "docs/generated/passes.md", REPLACE, None, "is missing"),
    ("generated", "docs/generated/benchmarks/threads-1.md", ADD, "better\n", "is not as it was measured"),
    ("generated", "docs/generated/benchmarks/threads-1.md", "text", "test", "is not as it was measured"),
    ("generated", "docs/generated/benchmarks/more.svg", REPLACE, "<svg/>\n", "is not as it was measured"),
    ("sources", "tests/unit/CMakeLists.txt", "DriverTest.cpp", "", "no CMakeLists.txt names it"),
    ("sources", "runtime/Core/Arena.cpp", REPLACE, "int x;\n", "no CMakeLists.txt names it"),
    ("docs", "docs/glossary.md", ADD, "[gone](gone.md)\n", "no 'gone.md' to link to"),
    ("docs", "README.md", ADD, "```cpp\nint x;\n```\n", "one block of C++, but got 2"),
    ("docs", "docs/examples/readme.cpp", ADD, "int x;\n", "to equal docs/examples/readme.cpp"),
    ("docs", "docs/examples/readme.cpp", REPLACE, None, "a file that tests compile"),
]


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


class SelfTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        good_tree(self.root)

    def problems(self, check):
        return [str(problem) for problem in ALL[check](tree.Tree(self.root))]

    def test_silent_on_good_tree(self):
        for check in ALL:
            with self.subTest(check=check):
                self.assertEqual(self.problems(check), [])

    def test_every_check_has_a_bad_tree(self):
        self.assertEqual(set(ALL), {case[0] for case in BAD})


class Spoiled(tree.Tree):
    """The project itself, but without the matches of a pattern in some of its files."""

    def __init__(self, pattern, *folders):
        super().__init__(tree.HERE)
        self.pattern, self.folders = re.compile(pattern), folders

    def text(self, name):
        text = super().text(name)
        return self.pattern.sub("", text) if name.startswith(self.folders) else text


class PartsTest(unittest.TestCase):
    """Takes one part after the other from all ops of the project."""

    def expect_missed(self, number, spoiled, ops):
        messages = [problem.message for problem in ALL["op-parts"](spoiled)]
        for op in ops:
            text = f"{op.name}: expected part {number}, "
            self.assertTrue(any(message.startswith(text) for message in messages), text)

    def test_none_is_missed_in_the_project(self):
        self.assertEqual(list(ALL["op-parts"](tree.Tree(tree.HERE))), [])

    def test_each_part_of_each_op_is_missed(self):
        ops = [op for op in tree.Tree(tree.HERE).ops("Tactus") if op.in_graphs]
        infer = [op for op in ops if op.infers and not op.infers_in_td]
        functions = [op for op in ops if op.is_function]
        uses = r"\bir::\w+Op\b"
        self.expect_missed(2, Spoiled(r"::inferReturnTypes", "dialects/Tactus/"), infer)
        self.expect_missed(3, Spoiled(uses, "runtime/Interpreter/"), ops)
        lowering = ("compiler/Conversion/", "compiler/Transforms/", "compiler/Emit/")
        self.expect_missed(4, Spoiled(uses, *lowering), ops)
        self.expect_missed(5, Spoiled(uses, "compiler/Graph/"), ops)
        self.expect_missed(5, Spoiled(r"\(", "compiler/include/tactus/"), ops)
        self.expect_missed(6, Spoiled(r'\{"', "tests/unit/Graph/OpCases.cpp"), ops)
        self.expect_missed(6, Spoiled(r'\{(\.op = )?"', "tests/unit/Interpreter/"), ops)
        for name in ("ExactFunctions", "FunctionSamplesTest"):
            spoiled = Spoiled(r' %v|\{"|TACTUS_MPFR', f"tests/unit/Math/{name}.cpp")
            self.expect_missed(6, spoiled, functions)
        self.expect_missed(6, Spoiled("TACTUS_", "tests/unit/Math/QuickFunctions.cpp"), functions)
        for number, page, missed in ((6, "accuracy", functions), (4, "systolic-support", ops)):
            self.expect_missed(number, Spoiled(r"(?m)^\| ", f"docs/generated/{page}.md"), missed)


def bad_case(check, path, how, text, says):
    def test(self):
        spoil(self.root, path, how, text)
        problems = self.problems(check)
        self.assertTrue(any(says in problem for problem in problems), problems)

    return test


for index, case in enumerate(BAD):
    setattr(SelfTest, f"test_{index:02}_{case[0].replace('-', '_')}", bad_case(*case))

if __name__ == "__main__":
    unittest.main()
