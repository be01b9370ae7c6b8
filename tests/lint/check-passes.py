"""Each pass says what it does and has a lit file of its own that runs it alone."""

from tree import Problem

ALONE = ("tactus-", "systolic-")


def check(tree):
    tests = tree.under("tests/", suffixes=(".mlir",))
    for p in tree.passes:
        for message in judge(tree, tests, p):
            yield Problem(p.file, p.line, f"{p.argument}: {message}")


def judge(tree, tests, p):
    if not p.argument.startswith(ALONE):
        yield f"expected an argument that begins with one of {', '.join(ALONE)}"
    if not p.summary.endswith("."):
        yield "expected a summary that is a sentence"
    if len(p.description.split()) < 8:
        yield "expected a description: what it does, why, before and after, what it leaves alone"
    for option in p.options:
        if not option.type:
            yield f"option '{option.name}' has no description"
    # tactus-fuse-activations is tested by fuse-activations*.mlir.
    stem = p.argument.split("-", 1)[-1]
    own = [path for path in tests if path.rsplit("/", 1)[-1].startswith(stem)]
    if not any(p.argument in line for path in own for line in run_lines(tree, path)):
        yield f"no file {stem}*.mlir below tests/ runs it"


def run_lines(tree, path):
    return [line for line in tree.text(path).splitlines() if "RUN:" in line]
