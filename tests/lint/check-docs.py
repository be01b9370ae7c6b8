"""Links between documents lead somewhere, the README's program is the one that the
tests compile, and a block after `<!-- source: file -->` stands in that file."""

import posixpath
import re

from tree import Problem

LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)|<img [^>]*src=\"([^\"]+)\"")
PROGRAM = re.compile(r"```cpp\n(.*?)```", re.DOTALL)
EXCERPT = re.compile(r"<!-- source: (\S+) -->\n```\w*\n(.*?)^```$", re.DOTALL | re.MULTILINE)
README = "README.md"
COMPILED = "docs/examples/readme.cpp"


def check(tree):
    for path in tree.under("", suffixes=(".md",)):
        for number, line in tree.lines(path):
            for match in LINK.finditer(line):
                target = match.group(1) or match.group(2)
                if not re.match(r"[a-z]+:", target) and not leads(tree, path, target):
                    yield Problem(path, number, f"there is no '{target}' to link to")
        for match in EXCERPT.finditer(tree.text(path)):
            file, text = match.groups()
            if file not in tree.files or text not in tree.text(file):
                line = tree.text(path).count("\n", 0, match.start()) + 1
                yield Problem(path, line, f"expected what follows to stand in {file}")
    if README in tree.files:
        yield from check_program(tree)


def leads(tree, path, target):
    place = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    return (tree.root / place).exists()


def check_program(tree):
    programs = PROGRAM.findall(tree.text(README))
    if not programs and COMPILED not in tree.files:
        return
    if len(programs) != 1:
        yield Problem(README, 0, f"expected one block of C++, but got {len(programs)}")
    elif COMPILED not in tree.files:
        yield Problem(COMPILED, 0, "expected the README's program in a file that tests compile")
    # The file adds only its banner.
    elif tree.text(COMPILED).split("\n", 1)[1].strip() != programs[0].strip():
        yield Problem(README, 0, f"expected its block of C++ to equal {COMPILED}")
