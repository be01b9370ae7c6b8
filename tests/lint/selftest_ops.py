#!/usr/bin/env python3
"""Tests what lint says of ops: of a small tree, once one part of an op is left out, and of the
project itself, without a part of all ops."""

import re
import unittest

import tree
from small_tree import ALL, SmallTree, spoil

OPS = "dialects/Tactus/TactusOps.td"
OPS_TEST = "tests/dialects/Tactus/tactus-ops.mlir"
EXPAND = "compiler/Conversion/Math/Expand.h"
STEPS = "compiler/Transforms/LegalizeVectorUnit.cpp"
GRAPH = "compiler/Graph/Api.h"
HEADER = "compiler/include/tactus/Ops.h"
UNIT = "tests/unit/"
SCALARS_TEST = UNIT + "Interpreter/ScalarFunctionsTest.cpp"
SUPPORT = "docs/generated/systolic-support.md"

# The check, the file, what is taken from it, what it gets instead, and the whole message.
BAD = [
    ("ops", OPS, "Adds elements.", "Adds", "tactus.add: expected a summary that is a sentence"),
    ("ops", OPS, "Computes `result = lhs + rhs`, rounded once. Source: arithmetic.\n", "", "tactus.add: expected a description"),
    ("ops", OPS, "Source: arithmetic.", "", "tactus.add: expected its description to say its source"),
    ("ops", OPS, "(C1) `lhs`", "(C2) `lhs`", "tactus.add: expected the constraints to be numbered from C1 on, but got [2]"),
    ("ops", OPS, '"Elementwise"', '"Activation"', "tactus.relu: expected its saturation, as every activation says"),
    ("ops", OPS, '"Elementwise"', '"Reduction"', "tactus.relu: expected its description to say what becomes of NaN"),
    ("ops", OPS, "```mlir", "```", "tactus.add: expected an example in a ```mlir block"),
    ("ops", OPS_TEST, "tactus.add", "tactus.sub", "tactus.add: its example does not stand in tests/dialects/Tactus/tactus-ops.mlir"),
    ("ops", OPS_TEST, "add_c1_", "add_", "tactus.add: (C1) has no test @add_c1_... below tests/dialects/Tactus/"),
    ("op-parts", OPS, "Test_ReluOp", "Test_GoneOp", "ReluOp: expected part 1, its description, in dialects/Tactus/*.td"),
    ("op-functions", OPS, "let hasVerifier = 1;", "", "tactus.sum: expected part 1, its verifier, `let hasVerifier = 1`, since it has constraints"),
    ("op-functions", "dialects/Tactus/Infer.h", "SumOp", "GoneOp", "tactus.sum: expected part 1, its function `SumOp::verify` in dialects/Tactus/"),
    ("op-parts", "dialects/Tactus/Infer.h", "AddOp", "GoneOp", "tactus.add: expected part 2, its shape function, AddOp::inferReturnTypes in dialects/Tactus/"),
    ("op-parts", "runtime/Interpreter/Cases.h", "AddOp", "GoneOp", "tactus.add: expected part 3, its evaluation, a use of ir::AddOp in runtime/Interpreter/"),
    ("op-functions", "runtime/Interpreter/ScalarFunctions.h", "W relu(", "W gone(", "tactus.relu: expected part 3, its function `relu` in runtime/Interpreter/ScalarFunctions.h"),
    ("op-functions", "runtime/Interpreter/Cases.h", "Tensor evalSum(", "Tensor gone(", "tactus.sum: expected part 3, its function `evalSum` in runtime/Interpreter/"),
    ("op-parts", EXPAND, "AddOp", "GoneOp", "tactus.add: expected part 4, its expansion, a use of ir::AddOp in compiler/Conversion/Math/"),
    ("op-functions", "compiler/Conversion/Math/Functions.h", "relu", "gone", "tactus.relu: expected part 4, its declaration `relu` in compiler/Conversion/Math/Functions.h"),
    ("op-functions", EXPAND, "Value relu(", "Value gone(", "tactus.relu: expected part 4, its definition `relu` in compiler/Conversion/Math/*.cpp"),
    ("op-functions", EXPAND, "Value relu(", "Value MathEmitter::relu(", "tactus.relu: expected part 4, its definition `relu` in compiler/Conversion/Math/*.cpp"),
    ("op-functions", STEPS, "patterns.add<ExpandRelu>(context);", "", f"tactus.relu: expected part 4, its steps, ExpandRelu among the patterns that {STEPS} adds"),
    ("op-functions", STEPS, "struct ExpandRelu final : ExpandFunction<ir::ReluOp> {};\n", "", f"tactus.relu: expected part 4, its steps `ExpandRelu` in {STEPS}"),
    ("op-parts", STEPS, "ExpandFunction<ir::ReluOp>", "Gone", f"tactus.relu: expected part 4, its steps, ExpandFunction<ir::ReluOp> in {STEPS}, of which docs/decisions/0008-machine-arithmetic.md tells"),
    ("op-parts", "compiler/Conversion/Kernels/Loops.h", "SumOp", "GoneOp", "tactus.sum: expected part 4, its lowering, a use of ir::SumOp in compiler/Conversion/, compiler/Transforms/, compiler/Emit/"),
    ("op-parts", SUPPORT, "sum", "gone", f"tactus.sum: expected part 4, its lowering, a row `sum` of {SUPPORT}: tactus-machine-support writes it"),
    ("op-parts", GRAPH, "AddOp", "GoneOp", "tactus.add: expected part 5, its API function, one in compiler/Graph/ whose body adds ir::AddOp"),
    ("op-functions", GRAPH, "reduce(input)", "input", "tactus.sum: expected part 5, its declaration `reduce` in compiler/include/tactus/"),
    ("op-functions", HEADER, "Value sum(", "Value total(", "tactus.sum: expected part 5, its declaration `reduce` or `sum` in compiler/include/tactus/"),
    ("op-functions", HEADER, "Value add(Operand lhs, Operand rhs);", "", "tactus.add: expected part 5, its declaration `add` in compiler/include/tactus/"),
    ("op-functions", HEADER, "/// Returns lhs + rhs.", "", "tactus.add: expected part 5, its comment above `add` in compiler/include/tactus/"),
    ("op-parts", OPS, '"add"', '"plus"', f'tactus.plus: expected part 6, its tests, a case that begins with "plus" in {UNIT}Graph/OpCases.cpp'),
    ("op-parts", UNIT + "Graph/OpCases.cpp", '{"relu', '{"', f'tactus.relu: expected part 6, its tests, a case that begins with "relu" in {UNIT}Graph/OpCases.cpp'),
    ("op-parts", UNIT + "Interpreter/Values.cpp", '"relu"', '"tanh"', f'tactus.relu: expected part 6, its tests, a case "relu" worked by hand in {UNIT}Interpreter/'),
    ("op-parts", SCALARS_TEST, "relu", "tanh", f"relu: expected part 6, its tests, a use of relu in {SCALARS_TEST}"),
    ("op-functions", UNIT + "Support/Exact.h", "reluOf", "gone", f"tactus.relu: expected part 6, its function `reluOf` in {SCALARS_TEST} or {UNIT}Support/"),
    ("op-parts", "runtime/Interpreter/ScalarFunctions.h", "return x;", "return std::exp(x);", f"least: expected part 6, its tests, a use of least in {SCALARS_TEST}"),
    ("op-parts", UNIT + "Math/ExactFunctions.cpp", "relu %v", "%v", f'tactus.relu: expected part 6, its tests, a function "relu %v" in {UNIT}Math/ExactFunctions.cpp'),
    ("op-functions", UNIT + "Math/ExactFunctions.cpp", "Exact relu(", "Exact gone(", f"tactus.relu: expected part 6, its function `relu` in {UNIT}Math/ExactFunctions.cpp"),
    ("op-parts", UNIT + "Math/QuickFunctions.cpp", '"relu"', '"tanh"', f'tactus.relu: expected part 6, its tests, a function "relu" in {UNIT}Math/QuickFunctions.cpp'),
    ("op-functions", UNIT + "Math/QuickFunctions.cpp", "V relu(", "V gone(", f"tactus.relu: expected part 6, its function `relu` in {UNIT}Math/QuickFunctions.cpp"),
    ("op-parts", UNIT + "Math/PreciseFunctions.cpp", '"relu"', '"tanh"', f'tactus.relu: expected part 6, its tests, a function "relu" in {UNIT}Math/PreciseFunctions.cpp'),
    ("op-functions", UNIT + "Math/PreciseFunctions.cpp", "Exact reluPrecisely(", "Exact gone(", f"tactus.relu: expected part 6, its function `reluPrecisely` in {UNIT}Math/PreciseFunctions.cpp or {UNIT}Support/"),
    ("op-parts", "docs/generated/accuracy.md", "| relu | 1 |\n", "| tanh | 1 |\n", "tactus.relu: expected part 6, its tests, a row relu of each table of docs/generated/accuracy.md: tactus-accuracy --page writes it"),
    ("op-parts", UNIT + "Driver/MachineLegalizationTest.cpp", "relu", "tanh", f'tactus.relu: expected part 6, its tests, a case "relu" in {UNIT}Driver/MachineLegalizationTest.cpp'),
    ("op-parts", "tests/compiler/Transforms/legalize-for-machine.mlir", "relu", "tanh", "tactus.relu: expected part 6, its tests, tactus.relu in tests/compiler/Transforms/legalize-for-machine.mlir"),
    ("op-parts", "docs/decisions/0008-machine-arithmetic.md", "relu, ", "", "tactus.relu: expected part 6, its error, a row for relu in docs/decisions/0008-machine-arithmetic.md"),
]


class OpsTest(SmallTree):
    """Takes one part of an op from the small tree."""


def bad_case(check, path, taken, given, message):
    def test(self):
        spoil(self.root, path, taken, given)
        self.assertIn(message, [problem.message for problem in self.problems(check)])

    return test


for index, case in enumerate(BAD):
    setattr(OpsTest, f"test_{index:02}_{case[0].replace('-', '_')}", bad_case(*case))


CHECKS = ("op-parts", "op-functions")


class Spoiled(tree.Tree):
    """The project itself, but without the matches of a pattern in some of its files."""

    def __init__(self, pattern, *folders):
        super().__init__(tree.HERE)
        self.pattern, self.folders = re.compile(pattern, re.MULTILINE), folders

    def text(self, name):
        text = super().text(name)
        return self.pattern.sub("", text) if name.startswith(self.folders) else text


class PartsTest(unittest.TestCase):
    """Takes one part after the other from all ops of the project."""

    def expect_missed(self, number, spoiled, ops):
        messages = [problem.message for check in CHECKS for problem in ALL[check](spoiled)]
        for op in ops:
            text = f"{op.name}: expected part {number}, "
            self.assertTrue(any(message.startswith(text) for message in messages), text)

    def test_none_is_missed_in_the_project(self):
        for check in CHECKS:
            self.assertEqual(list(ALL[check](tree.Tree(tree.HERE))), [])

    def test_each_part_of_each_op_is_missed(self):
        ops = [op for op in tree.Tree(tree.HERE).ops("Tactus") if op.in_graphs]
        infer = [op for op in ops if op.infers and not op.infers_in_td]
        functions = [op for op in ops if op.is_function]
        uses = r"\bir::\w+Op\b"
        checked = [op for op in ops if op.methods]
        self.expect_missed(1, Spoiled(r"\w+Op::(?=verify|fold)", "dialects/Tactus/"), checked)
        self.expect_missed(2, Spoiled(r"::inferReturnTypes", "dialects/Tactus/"), infer)
        self.expect_missed(3, Spoiled(uses, "runtime/Interpreter/"), ops)
        lowering = ("compiler/Conversion/", "compiler/Transforms/", "compiler/Emit/")
        self.expect_missed(4, Spoiled(uses, *lowering), ops)
        self.expect_missed(5, Spoiled(uses, "compiler/Graph/"), ops)
        self.expect_missed(5, Spoiled(r"\(", "compiler/include/tactus/"), ops)
        self.expect_missed(6, Spoiled(r'\{"', "tests/unit/Graph/OpCases.cpp"), ops)
        self.expect_missed(6, Spoiled(r'\{(\.op = )?"', "tests/unit/Interpreter/"), ops)
        self.expect_missed(6, Spoiled(" %v", "tests/unit/Math/ExactFunctions.cpp"), functions)
        self.expect_missed(6, Spoiled("TACTUS_", "tests/unit/Math/QuickFunctions.cpp"), functions)
        precise = Spoiled(r'\{"|TACTUS_MPFR', "tests/unit/Math/PreciseFunctions.cpp")
        self.expect_missed(6, precise, functions)
        for number, page, missed in ((6, "accuracy", functions), (4, "systolic-support", ops)):
            self.expect_missed(number, Spoiled(r"(?m)^\| ", f"docs/generated/{page}.md"), missed)

    def test_what_the_parts_of_ops_name_is_missed(self):
        ops = {op.mnemonic: op for op in tree.Tree(tree.HERE).ops("Tactus") if op.in_graphs}
        named = [ops[name] for name in ("softplus", "sign", "gelu", "leaky_relu", "hard_sigmoid")]
        scalars = "runtime/Interpreter/ScalarFunctions.h"
        self.expect_missed(3, Spoiled(r"(?<=template <typename W> W )\w+", scalars), named)
        named.append(ops["pow"])
        math = "compiler/Conversion/Math/"
        for place, kind in ((math + "Functions.h", "mlir::Value "), (math, "^Value ")):
            self.expect_missed(4, Spoiled(rf"(?<={kind})\w+(?=\()", place), named)
        headers = "compiler/include/tactus/"
        self.expect_missed(5, Spoiled(r"(?<=^Value )\w+(?=\()", headers), [ops["add"], ops["select"]])
        self.expect_missed(5, Spoiled("///", headers), ops.values())


if __name__ == "__main__":
    unittest.main()
