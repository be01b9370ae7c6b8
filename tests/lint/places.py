"""Where the parts of an op stand, as docs/adding-an-op.md has them, and how code speaks of
ops there."""

import re

DIALECT = "dialects/Tactus/"
INTERPRETER = "runtime/Interpreter/"
SCALARS = "runtime/Interpreter/ScalarFunctions.h"
# An elementwise op is expanded; another is legalized, or has loops or steps of its own.
EXPANSION = "compiler/Conversion/Math/"
FUNCTIONS = "compiler/Conversion/Math/Functions.h"
LOWERING = ("compiler/Conversion/", "compiler/Transforms/", "compiler/Emit/")
GRAPH = "compiler/Graph/"
HEADERS = "compiler/include/tactus/"
OP_CASES = "tests/unit/Graph/OpCases.cpp"
VALUES = "tests/unit/Interpreter/"
SCALAR_CASES = "tests/unit/Interpreter/ScalarFunctionsTest.cpp"
SUPPORT = "tests/unit/Support/"
ACCURACY = "tests/unit/Math/ExactFunctions.cpp"
QUICK = "tests/unit/Math/QuickFunctions.cpp"
PRECISE = "tests/unit/Math/PreciseFunctions.cpp"
# Steps of a machine's vector unit, which no op needs, and what tests those that have them.
STEPS = "compiler/Transforms/LegalizeVectorUnit.cpp"
STEPS_CASES = "tests/unit/Driver/MachineLegalizationTest.cpp"
STEPS_TESTS = "tests/compiler/Transforms/legalize-for-machine.mlir"
STEPS_PAGE = "docs/decisions/0008-machine-arithmetic.md"
# Pages that docs/generate.py cannot write, since the compiled project is asked.
ACCURACY_PAGE = "docs/generated/accuracy.md"
SUPPORT_PAGE = "docs/generated/systolic-support.md"

# An op of the dialect where it is handled; where one is created it is only used.
MENTION = re.compile(r"\bir::(\w+Op)\b(?!::create)")
CREATION = re.compile(r"\bir::(\w+Op)\b")
# A function at the left margin, up to the brace that ends it, there or in its line.
FUNCTION = re.compile(
    r"^(?:\w[^\n;{}=]*?\b)?(\w+)\([^;{}]*(?:\{[^\n]*\}$|\{.*?^\})", re.MULTILINE | re.DOTALL
)
# The name of a function, and the op that it is a form of.
ACCURACY_CASE = re.compile(r'\{"(\w+)",\s*"(\w+) %v')


def absent(op, number, part, place):
    return f"{op}: expected part {number}, its {part}, {place}"


def unwritten(op, number, part, name, place):
    return f"{op}: expected part {number}, its {part} `{name}` in {place}"


def joined(tree, *folders):
    """The text of all files below `folders`."""
    paths = tree.under(*folders, suffixes=(".cpp", ".h", ".md", ".mlir"))
    return "\n".join(tree.text(path) for path in paths)


def written(text):
    """The functions that `text` defines, but for those of classes."""
    found = FUNCTION.finditer(text)
    return {one[1] for one in found if not re.search(rf"\b[A-Z]\w*::{one[1]}\(", one[0][:200])}
