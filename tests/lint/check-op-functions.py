"""What the parts of an op name is written, and where docs/adding-an-op.md says: the functions
that a description asks for, that the interpreter and the expansion call, that a program calls
and that tests compare with. The compiler or linker would tell as well, but later."""

import re

from places import *
from tree import Problem

# A member function of an op: `EluOp::verify`.
METHOD = re.compile(r"\b(\w+Op::\w+)\(")
# A function of a header, and one below a comment.
DECLARED = re.compile(r"^ *(?!return\b)\w[\w:<>, ]*\s(\w+)\(", re.MULTILINE)
DOCUMENTED = re.compile(r"^ *///.*\n(?: *template .*\n)? *\w[\w:<>, ]*\s(\w+)\(", re.MULTILINE)
# What a switch does with an op, and the functions that it names.
CASE = re.compile(r"\.Case\b.*?(?=\.Case\b|\.Default\b|^\})", re.DOTALL | re.MULTILINE)
EVALUATES = re.compile(r"(?<![\w:.])([a-z]\w*)<[WT]>(?!\))|\b(eval[A-Z]\w*)\(")
EXPANDS = re.compile(r"(?<!mlir::)\bmath::(\w+)\(")
STRUCT = re.compile(r"\bstruct (\w+) final\b")
ADDED = re.compile(r"\bpatterns\.add<(.*?)>\(", re.DOTALL)
# A call with an argument, of a member or not, but not of another namespace.
CALL = re.compile(r"(\.|->|(?<![\w:]))([a-z]\w*)\((?!\))")
# A case of a test that ends with the name of its function.
NAMES_LAST = re.compile(r'\{"(\w+)",(?:(?!\{").)*?,\s*([a-z]\w*)\}', re.DOTALL)
# The C library's functions of long double: `sqrtl`.
LONG_DOUBLE = re.compile(r"\w+l")
QUICK_NAMES = re.compile(r'\bTACTUS_(?:FUNCTION|ALONE)\(\s*"(\w+)",\s*([a-z]\w*)\(')
QUICK_BOTH = re.compile(r"\bTACTUS_BOTH\(((\w+)),")
PRECISE_NAMES = re.compile(r'\{"(\w+)",\s*([a-z]\w*)[,}]')
QUICK_LIBRARY = re.compile(r"^TACTUS_(?:BOUNDED|LIBRARY|WITHIN)\((\w+)", re.MULTILINE)


def check(tree):
    named = Named(lambda *folders: joined(tree, *folders))
    for op in tree.ops("Tactus"):
        for message in named.unwritten(op) if op.in_graphs else ():
            yield Problem(op.file, op.line, message)


class Named:
    """What code names for ops and what is written; `text` gives that of the files below
    folders."""

    def __init__(self, text):
        self.methods = set(METHOD.findall(text(DIALECT)))
        self.evaluates = named_for_ops(text(INTERPRETER), EVALUATES)
        self.evaluations = written(text(INTERPRETER))
        self.expands = named_for_ops(text(EXPANSION), EXPANDS)
        self.declared = set(DECLARED.findall(text(FUNCTIONS)))
        self.defined = written(text(EXPANSION))
        self.steps = set(STRUCT.findall(text(STEPS)))
        self.steps_added = set(re.findall(r"\w+", " ".join(ADDED.findall(text(STEPS)))))
        self.offered = set(DECLARED.findall(re.sub("//.*", "", text(HEADERS))))
        self.adders, self.direct = adders(text(GRAPH), self.offered)
        self.documented = set(DOCUMENTED.findall(text(HEADERS)))
        self.forms = {form: op for form, op in ACCURACY_CASE.findall(text(ACCURACY))}
        self.compared = {}
        quick = written(text(QUICK)) | set(QUICK_LIBRARY.findall(text(QUICK)))
        for case in (QUICK_NAMES, QUICK_BOTH):
            self.compare(case.findall(text(QUICK)), quick, QUICK)
        for file in (ACCURACY, SCALAR_CASES):
            known = written(text(file) + text(SUPPORT))
            cases = NAMES_LAST.findall(text(file))
            cases = [case for case in cases if not LONG_DOUBLE.fullmatch(case[1])]
            self.compare(cases, known, file if file == ACCURACY else f"{file} or {SUPPORT}")
        precise = written(text(PRECISE) + text(SUPPORT))
        self.compare(PRECISE_NAMES.findall(text(PRECISE)), precise, f"{PRECISE} or {SUPPORT}")

    def compare(self, cases, known, place):
        """Keeps the functions of `cases` that are not `known`, by the op."""
        for form, function in cases:
            if function not in known:
                op = self.forms.get(form, form)
                self.compared.setdefault(op, []).append((function, place))

    def unwritten(self, op):
        """Yields a message for each function that is named for `op` and not written."""
        name = op.cpp_class
        for method in op.methods:
            if f"{name}::{method}" not in self.methods:
                yield unwritten(op.name, 1, "function", f"{name}::{method}", DIALECT)
        checks = op.infers or any(method.startswith("verify") for method in op.methods)
        if "(C1)" in op.description and not checks:
            yield absent(op.name, 1, "verifier", "`let hasVerifier = 1`, since it has constraints")
        place = SCALARS if op.is_elementwise else INTERPRETER
        for function in sorted(self.evaluates.get(name, set()) - self.evaluations):
            yield unwritten(op.name, 3, "function", function, place)
        expands = self.expands.get(name, set())
        for function in sorted(expands - self.declared):
            yield unwritten(op.name, 4, "declaration", function, FUNCTIONS)
        for function in sorted(expands - self.defined):
            yield unwritten(op.name, 4, "definition", function, f"{EXPANSION}*.cpp")
        step = f"Expand{name.removesuffix('Op')}"
        if step in self.steps - self.steps_added:
            yield absent(op.name, 4, "steps", f"{step} among the patterns that {STEPS} adds")
        if step in self.steps_added - self.steps:
            yield unwritten(op.name, 4, "steps", step, STEPS)
        undeclared = self.direct.get(name, set()) - self.offered
        for function in sorted(undeclared):
            yield unwritten(op.name, 5, "declaration", function, HEADERS)
        functions = sorted(self.adders.get(name, ()))
        if functions and self.offered.isdisjoint(functions) and not undeclared:
            yield unwritten(op.name, 5, "declaration", "` or `".join(functions), HEADERS)
        named = self.offered.intersection(functions)
        if named and self.documented.isdisjoint(named):
            yield unwritten(op.name, 5, "comment above", "` or `".join(sorted(named)), HEADERS)
        for function, place in self.compared.get(op.mnemonic, ()):
            yield unwritten(op.name, 6, "function", function, place)


def named_for_ops(text, pattern):
    """The functions that `pattern` finds in the cases of `text`, by the op of the case."""
    found = {}
    for case in CASE.findall(text):
        functions = {match[match.lastindex] for match in pattern.finditer(case)}
        for op in MENTION.findall(case):
            found.setdefault(op, set()).update(functions)
    return found


def adders(sources, offered):
    """Returns for each op the functions of `sources` that add it, themselves or through
    others, and those that do so themselves and can only be for programs. What is `offered`
    is no member: `text.split()` does not call it."""
    bodies, direct, found = {}, {}, {}
    for function in FUNCTION.finditer(sources):
        text, name = function[0], function[1]
        bodies[name] = bodies.get(name, "") + text
        head = text.partition("(")[0]
        if not head.startswith("static ") and not head.endswith(f"::{name}"):
            for op in CREATION.findall(text):
                direct.setdefault(op, set()).add(name)
    calls = {}
    for name, text in bodies.items():
        called = {call for member, call in CALL.findall(text) if not member or call not in offered}
        calls[name] = called & set(bodies)
    for name in bodies:
        reached, ahead = set(), [name]
        while ahead:
            called = ahead.pop()
            if called not in reached:
                reached.add(called)
                ahead += calls[called]
        for op in CREATION.findall("".join(bodies[called] for called in reached)):
            found.setdefault(op, set()).add(name)
    return found, direct
