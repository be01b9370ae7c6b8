"""What style allows nowhere: words and calls that a pattern finds."""

import re

from tree import Problem

HEADERS = (".h",)
CPP = (".h", ".cpp")
# Suffixes, pattern, message.
RULES = (
    (HEADERS, r"^\s*using namespace\b", "a header opens no namespace"),
    (CPP, r"\bcl::(opt|list|bits)\s*<", "options belong to passes and tools, not to globals"),
    (CPP, r"\breport_fatal_error\s*\(", "what input can cause is a diagnostic, never fatal"),
    (CPP, r"\bjson::parse\s*\(", "JSON is read by the strict reader alone"),
    (CPP, r"^\s*namespace mlir\b", "our code does not live in MLIR's namespace"),
    (CPP, r"(?<![\w:])impl::\w+Base\b", "write tactus::impl::: bare impl:: clashes with MLIR's"),
)

# British spellings whose American form the identifiers and texts use.
BRITISH = re.compile(
    r"(?<![a-z])(colour|behaviour|favour|honour|neighbour|centre\b|catalogue|licence\b"
    r"|(initial|normal|quant|special|vector|serial|optim|synchron|canonical|legal|buffer|parallel"
    r"|recogn|organ|minim|maxim|general|summar|util|material|token)is(e|ed|es|ing|ation|er)s?\b"
    r"|analys(e|ed|ing)\b|modelled|labelled|cancelled)",
    re.IGNORECASE,
)

def check(tree):
    for suffixes, pattern, message in RULES:
        compiled = re.compile(pattern)
        for path in tree.under("dialects/", "runtime/", "compiler/", "tests/", suffixes=suffixes):
            for number, line in tree.lines(path):
                if compiled.search(line):
                    yield Problem(path, number, message)
    for path in tree.under(""):
        if path == "LICENSE" or path == "tests/lint/check-style.py":
            continue
        for number, line in tree.lines(path):
            match = BRITISH.search(line)
            if match:
                yield Problem(path, number, f"expected American spelling, but got '{match.group()}'")
