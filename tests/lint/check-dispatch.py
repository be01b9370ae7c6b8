"""Nothing decides by an op's name in a string: ops are told apart by class or
interface, and tables of names are generated."""

import re

from tree import Problem

NAME_OF_OP = re.compile(r"getName\(\)\s*\.\s*(getStringRef|stripDialect)\(\)\s*(==|!=|\.(compare|starts_with|ends_with)\b)")


def check(tree):
    names = {op.name for dialect in ("Tactus", "Systolic") for op in tree.ops(dialect)}
    mnemonics = {name.split(".", 1)[1] for name in names}
    decides = re.compile(r'(?:[!=]=\s*|\bCases?\(\s*|\bstrcmp\([^,]+,\s*)"([\w.]+)"')
    for path in tree.under("dialects/", "runtime/", "compiler/", suffixes=(".h", ".cpp")):
        for number, line in tree.lines(path):
            if NAME_OF_OP.search(line):
                yield Problem(path, number, "decides by an op's name; use its class or an interface")
            for literal in decides.findall(line):
                if literal in names or literal in mnemonics:
                    yield Problem(path, number, f"decides by the op name '{literal}'")
