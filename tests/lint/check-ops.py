"""Each op says what it does, shows it in an example that a test parses, and has a
failing test for every numbered constraint."""

import pathlib
import re
import textwrap

from tree import Problem, ods

CONSTRAINT = re.compile(r"^- \(C(\d+)\)", re.MULTILINE)
# Families whose ops compute with floats, each in its own way.
NUMERIC = ("Activation", "Contraction", "Reduction")
EXAMPLE = re.compile(r"```mlir\n(.*?)```", re.DOTALL)


def check(tree):
    for dialect in ("Tactus", "Systolic"):
        folder = f"tests/dialects/{dialect}/"
        texts = {path: tree.text(path) for path in tree.under(folder, suffixes=(".mlir",))}
        for op in tree.ops(dialect):
            for message in judge(op, folder, texts):
                yield Problem(op.file, op.line, f"{op.name}: {message}")


def judge(op, folder, texts):
    if not op.summary.endswith("."):
        yield "expected a summary that is a sentence"
    if len(re.split("Constraints:|Example:", op.description)[0].split()) < 3:
        yield "expected a description"
    if op.family == "Activation":
        for fact in ods.FACTS:
            if not op.facts.get(fact):
                yield f"expected its {fact}, as every activation says"
    floats = any("F32" in operand.elements for operand in op.operands)
    if op.family in NUMERIC and floats and "NaN" not in op.description:
        yield "expected its description to say what becomes of NaN"
    if op.family and op.in_graphs and "Source:" not in op.description:
        yield "expected its description to say its source"
    numbers = [int(number) for number in CONSTRAINT.findall(op.description)]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"expected the constraints to be numbered from C1 on, but got {numbers}"

    examples = EXAMPLE.findall(op.description)
    if not examples:
        yield "expected an example in a ```mlir block"
    # Named after the .td file; a dialect without families has any names.
    described = pathlib.PurePosixPath(op.file).stem.removesuffix("Ops").lower()
    file = f"{folder}{described}-ops.mlir"
    where = {file: texts.get(file, "")} if op.family else texts
    for example in examples:
        if not any(squeeze(example) in squeeze(text) for text in where.values()):
            yield f"its example does not stand in {file if op.family else folder}"

    for number in numbers:
        test = re.compile(rf"@{re.escape(op.mnemonic.replace('.', '_'))}_c{number}_\w+")
        if not any(test.search(text) for text in texts.values()):
            yield f"(C{number}) has no test @{op.mnemonic}_c{number}_... below {folder}"


def squeeze(text):
    return " ".join(textwrap.dedent(text).split())
