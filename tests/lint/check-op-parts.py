"""Each op of a graph has the six parts that docs/adding-an-op.md lists: description,
shape function, evaluation, expansion, API function and tests.

What a description is worth is for check-ops.py, and what the parts name for
check-op-functions.py; here it is missing where code speaks of an op that no .td file
declares."""

import re

from places import *
from tree import Problem

INFERENCE = re.compile(r"\b(\w+Op)::inferReturnTypes\(")
OP_CASE = re.compile(r'\{"(\w+)[ "]')
# Cases name their op first, or where it is optional what stands first.
VALUE_CASE = re.compile(r'\{(?:\.op = )?"(\w+)",')
# A function of a wider type, up to the brace that ends it.
SCALAR = re.compile(r"^template <typename W> W (\w+)\(.*?^\}", re.MULTILINE | re.DOTALL)
# What rounds: divisions, and functions of the library that are not exact.
ROUNDS = re.compile(r"/|\bstd::(?:exp|log|erf|tanh|sin|cos|pow)\w*\(")
PRECISE_CASE = re.compile(r'(?:\{"|\bTACTUS_MPFR\()(\w+)')
QUICK_CASE = re.compile(r'\bTACTUS_(?:FUNCTION|ALONE|BOTH)\(\s*"?(\w+)')
STEPS_OF = re.compile(r"\b(?:ExpandFunction|LookUp)<ir::(\w+)>")
STEPS_CASE = re.compile(r'\{"(\w+)",')
STEPS_TEST = re.compile(r"\btactus\.(\w+) ")
PAGE_ROW = re.compile(r"^\| `?(\w+)`? \|", re.MULTILINE)
# Several ops of one row.
PAGE_ROWS = re.compile(r"^\| (\w[\w, ]*) \|", re.MULTILINE)


def check(tree):
    ops = [op for op in tree.ops("Tactus") if op.in_graphs]
    parts = Parts(lambda *folders: joined(tree, *folders))
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
    text, cases = joined(tree, SCALARS), joined(tree, SCALAR_CASES)
    for function in SCALAR.finditer(text):
        code = re.sub("//.*", "", function[0])
        if ROUNDS.search(code) and not re.search(rf"\b{function[1]}\b", cases):
            line = text.count("\n", 0, function.start()) + 1
            message = absent(function[1], 6, "tests", f"a use of {function[1]} in {SCALAR_CASES}")
            yield Problem(SCALARS, line, message)


class Parts:
    """What the tree holds of ops beside their descriptions; `text` gives that of the files
    below folders."""

    def __init__(self, text):
        mentioned = lambda *folders: set(MENTION.findall(text(*folders)))
        self.inferred = set(INFERENCE.findall(text(DIALECT)))
        self.evaluated = mentioned(INTERPRETER)
        self.expanded = mentioned(EXPANSION)
        self.lowered = mentioned(*LOWERING)
        self.added = set(CREATION.findall(text(GRAPH)))
        self.cases = set(OP_CASE.findall(text(OP_CASES)))
        # The functions held against exact results there have no values worked by hand.
        values = text(VALUES).replace(text(SCALAR_CASES), "")
        self.worked = set(VALUE_CASE.findall(values))
        self.forms = {}
        for form, op in ACCURACY_CASE.findall(text(ACCURACY)):
            self.forms.setdefault(op, []).append(form)
        self.quick = set(QUICK_CASE.findall(text(QUICK)))
        self.precise = set(PRECISE_CASE.findall(text(PRECISE)))
        # Each of its tables has all functions: that of f32 and that of narrow floats.
        tables = [set(PAGE_ROW.findall(table)) for table in text(ACCURACY_PAGE).split("\n\n")]
        self.told = set.intersection(*filter(None, tables)) if any(tables) else set()
        self.supported = set(PAGE_ROW.findall(text(SUPPORT_PAGE)))
        self.stepped = set(STEPS_OF.findall(text(STEPS)))
        self.steps_cases = set(STEPS_CASE.findall(text(STEPS_CASES)))
        self.steps_tests = set(STEPS_TEST.findall(text(STEPS_TESTS)))
        self.steps_told = set(", ".join(PAGE_ROWS.findall(text(STEPS_PAGE))).split(", "))

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
        if name not in self.added:
            yield absent(op.name, 5, "API function", f"one in {GRAPH} whose body adds ir::{name}")
        if op.mnemonic not in self.cases:
            yield absent(op.name, 6, "tests", f'a case that begins with "{op.mnemonic}" in {OP_CASES}')
        if op.mnemonic not in self.worked:
            yield absent(op.name, 6, "tests", f'a case "{op.mnemonic}" worked by hand in {VALUES}')
        if op.is_function:
            yield from self.missing_measures(op)
        if name in self.stepped:
            if op.mnemonic not in self.steps_cases:
                yield absent(op.name, 6, "tests", f'a case "{op.mnemonic}" in {STEPS_CASES}')
            if op.mnemonic not in self.steps_tests:
                yield absent(op.name, 6, "tests", f"tactus.{op.mnemonic} in {STEPS_TESTS}")
            if op.mnemonic not in self.steps_told:
                yield absent(op.name, 6, "error", f"a row for {op.mnemonic} in {STEPS_PAGE}")
        elif op.is_function and op.mnemonic in self.steps_told:
            place = f"ExpandFunction<ir::{name}> in {STEPS}, of which {STEPS_PAGE} tells"
            yield absent(op.name, 4, "steps", place)

    def missing_measures(self, op):
        if op.mnemonic not in self.forms:
            yield absent(op.name, 6, "tests", f'a function "{op.mnemonic} %v" in {ACCURACY}')
        for form in self.forms.get(op.mnemonic, []):
            if form not in self.quick:
                yield absent(op.name, 6, "tests", f'a function "{form}" in {QUICK}')
            if form not in self.precise:
                yield absent(op.name, 6, "tests", f'a function "{form}" in {PRECISE}')
            if form not in self.told:
                place = f"a row {form} of each table of {ACCURACY_PAGE}: tactus-accuracy --page writes it"
                yield absent(op.name, 6, "tests", place)
