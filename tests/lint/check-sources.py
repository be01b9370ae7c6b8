"""Each C++ file is named by a CMakeLists.txt: sources are listed by hand, and a test
that is not listed would never run."""

import posixpath
import re

from tree import Problem


def check(tree):
    listed = set()
    for path in tree.files:
        if path.endswith("CMakeLists.txt"):
            listed.update(sources(posixpath.dirname(path), tree.text(path)))
    for path in tree.under("dialects/", "runtime/", "compiler/", "tests/", "docs/", suffixes=(".cpp",)):
        if path not in listed and "/Inputs/" not in path:
            yield Problem(path, 0, "no CMakeLists.txt names it")


def sources(folder, text):
    """Yields the paths that the words of a CMakeLists.txt may mean."""
    text = re.sub(r"#.*", "", text).replace("${CMAKE_SOURCE_DIR}/", "/")
    for word in re.findall(r"[^\s()\"]+\.cpp\b", text):
        yield word[1:] if word.startswith("/") else posixpath.normpath(posixpath.join(folder, word))
