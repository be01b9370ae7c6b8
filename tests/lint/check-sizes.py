"""No file is over 800 lines; what is generated, and tables of data, are exempt."""

from tree import TEXT, Problem

LIMIT = 800
EXEMPT = ("docs/generated/", "LICENSE")


def check(tree):
    for path in tree.under("", suffixes=TEXT):
        if path.startswith(EXEMPT) or "/Inputs/" in path:
            continue
        count = len(tree.text(path).splitlines())
        if count > LIMIT:
            yield Problem(path, 0, f"expected at most {LIMIT} lines, but got {count}: split it")
