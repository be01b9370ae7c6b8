"""Each C++ and .td file begins with its own name and purpose; each header and .td
file has one guard of its own."""

import pathlib
import re

from tree import CODE, Problem

BANNER = re.compile(r"//===-+ (\S+) - .+ -*(\*- (C\+\+|tablegen|C) -\*-)?===//$")


def check(tree):
    guards = {}
    for path in tree.under("dialects/", "runtime/", "compiler/", "tests/", "docs/", suffixes=CODE):
        lines = tree.text(path).splitlines()
        name = pathlib.PurePath(path).name
        banner = BANNER.match(lines[0]) if lines else None
        if not banner or banner.group(1) != name:
            yield Problem(path, 1, f"expected the line `//===- {name} - <purpose> ---===//` first")
        if path.endswith(".cpp"):
            continue
        guard = next((line.split()[1] for line in lines if line.startswith("#ifndef ")), None)
        if guard is None or f"#define {guard}" not in lines or not guard.startswith("TACTUS_"):
            yield Problem(path, 0, "expected an include guard that begins with TACTUS_")
        elif guard in guards:
            yield Problem(path, 0, f"the guard {guard} is that of {guards[guard]} too")
        else:
            guards[guard] = path
