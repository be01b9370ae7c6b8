"""docs/generated is what `./dev docs` writes; tables of timings are exempt."""

import generate

from tree import Problem

FOLDER = "docs/generated/"
# Measured, or asked of the compiler by tactus-machine-support; tests tell where accuracy and
# systolic-support are stale.
OTHERS = (FOLDER + "accuracy", FOLDER + "timings", FOLDER + "systolic-support")


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


def first_difference(old, new):
    for number, (before, after) in enumerate(zip(old.splitlines(), new.splitlines()), 1):
        if before != after:
            return number
    return min(len(old.splitlines()), len(new.splitlines())) + 1
