"""Unfinished work names its issue; no file holds a path of one machine; no test is
made unable to fail."""

import re

from tree import Problem

# Written apart, so that this file does not find itself.
MARK = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
REFERENCE = re.compile(r"(#|issue |decision )\d+", re.IGNORECASE)
MACHINE = re.compile(r"(?<![\w.])/(wo" r"rk|ro" r"ot|fa" r"rm|ho" r"me/\w+|tm" r"p/[a-z])/")
WEAK = re.compile(
    r"(EXPECT|ASSERT)_TRUE\(tr" r"ue\)|\|\| tr" r"ue\b|\bXFA" r"IL\b|\bDISABL" r"ED_|GTEST_SK" r"IP"
)


def check(tree):
    for path in tree.under(""):
        for number, line in tree.lines(path):
            mark = MARK.search(line)
            if mark and not REFERENCE.search(line):
                yield Problem(path, number, f"{mark.group()} names neither issue nor decision")
            if MACHINE.search(line):
                yield Problem(path, number, "holds a path of one machine")
            if path.startswith("tests/") and WEAK.search(line):
                yield Problem(path, number, f"'{WEAK.search(line).group()}' makes a test unable to fail")
