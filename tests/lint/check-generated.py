"""docs/generated is what `./dev docs` writes; what is measured or asked of the compiler is
exempt. Nobody edits what is measured: its last line has the checksum of all before."""

import re
import zlib

import generate

from tree import Problem

FOLDER = "docs/generated/"
# Measured, or asked of the compiler by tactus-machine-support; tests tell where accuracy and
# systolic-support are stale.
MEASURED = FOLDER + "benchmarks/"
OTHERS = (MEASURED, FOLDER + "accuracy", FOLDER + "systolic-support")
MARK = re.compile(r"<!-- CRC-32 of all before: ([0-9a-f]{8}) -->\n\Z")


def check(tree):
    expected = {FOLDER + name: text for name, text in generate.generate(tree.root).items()}
    for path, text in expected.items():
        if not (tree.root / path).is_file():
            yield Problem(path, 0, "is missing: ./dev docs")
        elif tree.text(path) != text:
            yield Problem(path, first_difference(tree.text(path), text), "is stale: ./dev docs")
    for path in tree.under(FOLDER):
        if path not in expected and not path.startswith(OTHERS):
            yield Problem(path, 0, "docs/generate.py does not write this file")
    for path in tree.under(MEASURED, suffixes=(".md", ".svg")):
        if not is_as_measured(tree.text(path)):
            yield Problem(path, 0, "is not as it was measured: ./dev bench writes it")


def is_as_measured(text):
    match = MARK.search(text)
    return match and zlib.crc32(text[: match.start()].encode()) == int(match.group(1), 16)


def first_difference(old, new):
    for number, (before, after) in enumerate(zip(old.splitlines(), new.splitlines()), 1):
        if before != after:
            return number
    return min(len(old.splitlines()), len(new.splitlines())) + 1
