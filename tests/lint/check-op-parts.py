"""Each op of a graph has the six parts that docs/adding-an-op.md lists: description,
shape function, evaluation, expansion, API function and tests.

What a description is worth is for check-ops.py; here it is missing where code speaks of
an op that no .td file declares."""

import re

from tree import Problem

DIALECT = "dialects/Tactus/"
INTERPRETER = "runtime/Interpreter/"
# An elementwise op is expanded; another is legalized, or has loops or steps of its own.
EXPANSION = "compiler/Conversion/Math/"
LOWERING = ("compiler/Conversion/", "compiler/Transforms/", "compiler/Emit/")
GRAPH = "compiler/Graph/"
HEADERS = "compiler/include/tactus/"
OP_CASES = "tests/unit/Graph/OpCases.cpp"
VALUES = "tests/unit/Interpreter/"
SCALARS = "runtime/Interpreter/ScalarFunctions.h"
SCALAR_CASES = "tests/unit/Interpreter/ScalarFunctionsTest.cpp"
ACCURACY = "tests/unit/Math/ExactFunctions.cpp"
SAMPLES = "tests/unit/Math/FunctionSamplesTest.cpp"
QUICK = "tests/unit/Math/QuickFunctions.cpp"
# Steps of a machine's vector unit, which no op needs, and what tests those that have them.
STEPS = "compiler/Transforms/LegalizeVectorUnit"
STEPS_CASES = "tests/unit/Driver/MachineLegalizationTest.cpp"
STEPS_TESTS = "tests/compiler/Transforms/legalize-for-machine.mlir"
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
INFERENCE = re.compile(r"\b(\w+Op)::inferReturnTypes\(")
CALL = re.compile(r"\b([a-z]\w*)\(")
OP_CASE = re.compile(r'\{"(\w+)[ "]')
# Cases name their op first, or where it is optional what stands first.
VALUE_CASE = re.compile(r'\{(?:\.op = )?"(\w+)",')
# A function of a wider type, up to the brace that ends it.
SCALAR = re.compile(r"^template <typename W> W (\w+)\(.*?^\}", re.MULTILINE | re.DOTALL)
# What rounds: divisions, and functions of the library that are not exact.
ROUNDS = re.compile(r"/|\bstd::(?:exp|log|erf|tanh|sin|cos|pow)\w*\(")
# The name of a function, and the op that it is a form of.
ACCURACY_CASE = re.compile(r'\{"(\w+)",\s*"(\w+) %v')
QUICK_CASE = re.compile(r'\bTACTUS_\w+\(\s*"?(\w+)')
STEPS_OF = re.compile(r"\b(?:ExpandFunction|LookUp)<ir::(\w+)>")
STEPS_CASE = re.compile(r'\{"(\w+)",')
STEPS_TEST = re.compile(r"\btactus\.(\w+) ")
PAGE_ROW = re.compile(r"^\| `?(\w+)`? \|", re.MULTILINE)
SAMPLES_CASE = re.compile(r'\{"(\w+)",|\bTACTUS_MPFR\((\w+)\)')


def check(tree):
    ops = [op for op in tree.ops("Tactus") if op.in_graphs]
    suffixes = (".cpp", ".h", ".md", ".mlir")
    parts = Parts(tree.text, lambda *folders: tree.under(*folders, suffixes=suffixes))
    for op in ops:
        for message in parts.missing(op):
            yield Problem(op.file, op.line, message)
    yield from unmeasured(tree)
    declared = {op.cpp_class for op in tree.ops("Tactus")}
    for path in tree.under(INTERPRETER, EXPANSION, GRAPH, suffixes=(".cpp", ".h")):
        for number, line in tree.lines(path):
            for name in sorted(set(CREATION.findall(line)) - declared):
                yield Problem(path, number, absent(name, 1, "description", f"in {DIALECT}*.td"))


def unmeasured(tree):
    """Yields a problem for each function of the interpreter that may lose bits and is not
    held against exact results."""
    text, cases = ("".join(map(tree.text, tree.under(path))) for path in (SCALARS, SCALAR_CASES))
    for function in SCALAR.finditer(text):
        code = re.sub("//.*", "", function[0])
        if ROUNDS.search(code) and not re.search(rf"\b{function[1]}\b", cases):
            line = text.count("\n", 0, function.start()) + 1
            message = absent(function[1], 6, "tests", f"a use of {function[1]} in {SCALAR_CASES}")
            yield Problem(SCALARS, line, message)


def absent(op, number, part, place):
    return f"{op}: expected part {number}, its {part}, {place}"


class Parts:
    """What the tree holds of ops beside their descriptions. `text` gives a file's text
    and `under` the files below folders."""

    def __init__(self, text, under):
        joined = lambda *folders: "\n".join(text(path) for path in under(*folders))
        mentioned = lambda *folders: set(MENTION.findall(joined(*folders)))
        self.inferred = set(INFERENCE.findall(joined(DIALECT)))
        self.evaluated = mentioned(INTERPRETER)
        self.expanded = mentioned(EXPANSION)
        self.lowered = mentioned(*LOWERING)
        self.offered = offered(joined(GRAPH), joined(HEADERS))
        self.cases = set(OP_CASE.findall(joined(OP_CASES)))
        # The functions held against exact results there have no values worked by hand.
        values = (text(path) for path in under(VALUES) if str(path) != SCALAR_CASES)
        self.worked = set(VALUE_CASE.findall("\n".join(values)))
        self.forms = {}
        for form, op in ACCURACY_CASE.findall(joined(ACCURACY)):
            self.forms.setdefault(op, []).append(form)
        self.quick = set(QUICK_CASE.findall(joined(QUICK)))
        self.told = set(PAGE_ROW.findall(joined(ACCURACY_PAGE)))
        self.supported = set(PAGE_ROW.findall(joined(SUPPORT_PAGE)))
        self.stepped = set(STEPS_OF.findall(joined(STEPS)))
        self.steps_cases = set(STEPS_CASE.findall(joined(STEPS_CASES)))
        self.steps_tests = set(STEPS_TEST.findall(joined(STEPS_TESTS)))
        self.sampled = {name for pair in SAMPLES_CASE.findall(joined(SAMPLES)) for name in pair}

    def missing(self, op):
        """Yields a message for each part that `op` lacks."""
        name = op.cpp_class
        if op.infers and not op.infers_in_td and name not in self.inferred:
            yield absent(op.name, 2, "shape function", f"{name}::inferReturnTypes in {DIALECT}")
        if name not in self.evaluated:
            yield absent(op.name, 3, "evaluation", f"a use of ir::{name} in {INTERPRETER}")
        if op.is_elementwise and name not in self.expanded:
            yield absent(op.name, 4, "expansion", f"a use of ir::{name} in {EXPANSION}")
        if not op.is_elementwise and name not in self.lowered:
            yield absent(op.name, 4, "lowering", f"a use of ir::{name} in {', '.join(LOWERING)}")
        if op.mnemonic not in self.supported:
            place = f"a row `{op.mnemonic}` of {SUPPORT_PAGE}: tactus-machine-support writes it"
            yield absent(op.name, 4, "lowering", place)
        if name not in self.offered:
            place = f"one in {HEADERS} whose body in {GRAPH} adds ir::{name}"
            yield absent(op.name, 5, "API function", place)
        if op.mnemonic not in self.cases:
            yield absent(op.name, 6, "tests", f'a case that begins with "{op.mnemonic}" in {OP_CASES}')
        if op.mnemonic not in self.worked:
            yield absent(op.name, 6, "tests", f'a case "{op.mnemonic}" worked by hand in {VALUES}')
        if op.is_function and op.mnemonic not in self.forms:
            yield absent(op.name, 6, "tests", f'a function "{op.mnemonic} %v" in {ACCURACY}')
        if op.is_function and op.mnemonic not in self.sampled:
            yield absent(op.name, 6, "tests", f'a function "{op.mnemonic}" in {SAMPLES}')
        for form in self.forms.get(op.mnemonic, []) if op.is_function else []:
            if form not in self.quick:
                yield absent(op.name, 6, "tests", f'a function "{form}" in {QUICK}')
            if form not in self.told:
                place = f"a row {form} of {ACCURACY_PAGE}: tactus-accuracy --page writes it"
                yield absent(op.name, 6, "tests", place)
        if name in self.stepped:
            if op.mnemonic not in self.steps_cases:
                yield absent(op.name, 6, "tests", f'a case "{op.mnemonic}" in {STEPS_CASES}')
            if op.mnemonic not in self.steps_tests:
                yield absent(op.name, 6, "tests", f"tactus.{op.mnemonic} in {STEPS_TESTS}")


def offered(sources, headers):
    """Returns the ops that a function which `headers` declare adds, itself or through
    other functions of `sources`."""
    bodies = {}
    for function in FUNCTION.finditer(sources):
        bodies[function[1]] = bodies.get(function[1], "") + function[0]
    calls = {name: set(CALL.findall(text)) for name, text in bodies.items()}
    reached, ahead = set(), [name for name in CALL.findall(headers) if name in bodies]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += [called for called in calls[name] if called in bodies]
    return {op for name in reached for op in CREATION.findall(bodies[name])}
